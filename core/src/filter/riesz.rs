//! Riesz transforms.

use super::simoncelli::multiply;
use super::spectrum::{Complex, Transform, frequency};
use super::{Boundary, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// The Riesz transform of an order.
///
/// ```text
/// R(v) = (-i)^L sqrt(L! / (l1! l2! l3!)) v1^l1 v2^l2 v3^l3 / |v|^L       L = l1 + l2 + l3,  R(0) = 0
/// ```
///
/// v: frequency; l: order along x, y, z. IBSI AYRS. The transform is periodic, whatever the boundary rule. At the
/// Nyquist frequency of an even side odd orders are 0, so that the response is real. Unit: that of the image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Riesz {
    /// Order along x, y, z.
    pub order: [u32; 3],
    /// Axes: 2 acts slice by slice.
    pub dimensions: usize,
}

impl Riesz {
    /// `None`: the spectrum is that of the whole image.
    pub const fn reach(&self) -> Option<[usize; 3]> {
        None
    }

    /// Scratch: the complex volume and the transform.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<Complex>(voxels).all_of(Transform::footprint(shape, self.dimensions))
    }

    /// Replaces the volume by its response.
    ///
    /// # Errors
    /// A total order above 24, too little scratch, or cancelled.
    pub fn apply(
        &self,
        volume: &mut Volume,
        _boundary: Boundary,
        watch: &Watch,
        scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let shape = volume.shape;
        let dimensions = self.dimensions.min(3);
        let weights = Weights::new(self.order, dimensions, shape)?;
        multiply(volume, dimensions, watch, scratch, |k| weights.at(k))
    }
}

/// The highest total order.
pub(super) const HIGHEST: u32 = 24;

/// The total of an order, refused above [`HIGHEST`].
pub(super) fn total(order: [u32; 3]) -> Result<u32, Error> {
    let total = order.into_iter().fold(0u32, u32::saturating_add);
    if total <= HIGHEST {
        return Ok(total);
    }
    Err(Error::invalid("filter.riesz.order", total, "a total order of at most 24"))
}

/// `l1! l2! l3!`
pub(super) fn factorials(order: &[u32]) -> f64 {
    order.iter().map(|l| (1..=*l).map(f64::from).product::<f64>()).product()
}

/// The factors of an order at the places of a spectrum.
pub(super) struct Weights {
    order: [u32; 3],
    total: u32,
    /// `sqrt(L! / (l1! l2! l3!))`
    scale: f64,
    dimensions: usize,
    shape: [usize; 3],
}

impl Weights {
    /// For as many axes; orders along the others do not count.
    pub(super) fn new(
        mut order: [u32; 3],
        dimensions: usize,
        shape: [usize; 3],
    ) -> Result<Self, Error> {
        let dimensions = dimensions.min(3);
        order[dimensions..].fill(0);
        let total = total(order)?;
        let scale = math::sqrt(factorials(&[total]) / factorials(&order));
        Ok(Self { order, total, scale, dimensions, shape })
    }

    pub(super) fn shape(&self) -> [usize; 3] {
        self.shape
    }

    pub(super) fn at(&self, k: [usize; 3]) -> Complex {
        let mut product = self.scale;
        let mut squared = 0.0;
        for axis in 0..self.dimensions {
            let (l, n) = (self.order[axis], self.shape[axis]);
            let v = frequency(k[axis], n);
            squared += v * v;
            for _ in 0..l {
                product *= v;
            }
            if 2 * k[axis] == n && l % 2 == 1 {
                product = 0.0;
            }
        }
        if squared == 0.0 {
            return [0.0; 2];
        }
        let length = math::sqrt(squared);
        for _ in 0..self.total {
            product /= length;
        }
        match self.total % 4 {
            0 => [product, 0.0],
            1 => [0.0, -product],
            2 => [-product, 0.0],
            _ => [0.0, product],
        }
    }
}
