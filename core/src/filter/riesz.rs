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
    /// Too little scratch, or cancelled.
    pub fn apply(
        &self,
        volume: &mut Volume,
        _boundary: Boundary,
        watch: &Watch,
        scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let shape = volume.shape;
        let (order, dimensions) = (self.order, self.dimensions.min(3));
        multiply(volume, dimensions, watch, scratch, |k| weight(order, dimensions, shape, k))
    }
}

/// The factor at a place of the spectrum.
pub(super) fn weight(
    order: [u32; 3],
    dimensions: usize,
    shape: [usize; 3],
    k: [usize; 3],
) -> Complex {
    let order = &order[..dimensions.min(3)];
    let total: u32 = order.iter().sum();
    let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
    let parts: f64 = order.iter().map(|l| factorial(*l)).product();
    let mut product = math::sqrt(factorial(total) / parts);
    let mut squared = 0.0;
    for (axis, l) in order.iter().enumerate() {
        let v = frequency(k[axis], shape[axis]);
        squared += v * v;
        for _ in 0..*l {
            product *= v;
        }
        if 2 * k[axis] == shape[axis] && l % 2 == 1 {
            product = 0.0;
        }
    }
    if squared == 0.0 {
        return [0.0; 2];
    }
    let length = math::sqrt(squared);
    for _ in 0..total {
        product /= length;
    }
    match total % 4 {
        0 => [product, 0.0],
        1 => [0.0, -product],
        2 => [-product, 0.0],
        _ => [0.0, product],
    }
}
