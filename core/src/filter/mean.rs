//! The mean filter.

use super::kernel::{Chain, Line, Separable};
use super::{Boundary, Pooling, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::workspace::{Arena, Footprint};

/// Mean of a box around each voxel.
///
/// ```text
/// h(k) = 1/M^D sum of f over M voxels along each of D axes; the centre is voxel (M - 1)/2 of the box
/// ```
///
/// IBSI S60F. Unit: that of the image. Sums of whole numbers are exact.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mean {
    /// Side M of the box in voxels.
    pub size: usize,
    /// Axes D: 2 acts slice by slice.
    pub dimensions: usize,
}

impl Mean {
    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        let half = self.size / 2;
        Some([half, half, if self.dimensions == 2 { 0 } else { half }])
    }

    fn separable<'k>(&self, weights: &'k [f64]) -> Separable<'k> {
        let mut chain = Chain::new();
        let _ = chain.push(Line::new(weights));
        let chains = [chain.clone(), chain.clone(), chain];
        Separable { chains, dimensions: self.dimensions.min(3), pooling: Pooling::None }
    }

    /// Scratch: a slice, lines and the kernel.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let kernel = Footprint::of::<f64>(self.size);
        kernel.all_of(Separable::unpooled(shape, self.size / 2, self.size))
    }

    /// Replaces the volume by its response.
    ///
    /// # Errors
    /// Too little scratch, or cancelled.
    pub fn apply(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let weights = scratch.take::<f64>(self.size)?;
        weights.fill(1.0);
        let axes = self.dimensions.min(3);
        let count = (0..axes).fold(1.0, |product, _| product * self.size as f64);
        let finish = |slice: &mut [f64]| slice.iter_mut().for_each(|x| *x /= count);
        self.separable(weights).apply(volume, boundary, finish, watch, scratch)
    }
}
