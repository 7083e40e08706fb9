//! The mean filter.

use super::kernel::{Line, footprint, pass};
use super::{Boundary, Volume};
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

    /// Scratch: a line and the kernel.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        Footprint::of::<f64>(self.size).all_of(footprint(shape, self.size / 2))
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
        let line = Line::new(weights);
        let axes = self.dimensions.min(3);
        let mut boundary = boundary;
        for axis in 0..axes {
            let shape = volume.shape;
            pass(volume.values, shape, axis, &line, boundary, watch, scratch.scope())?;
            boundary = boundary.times(self.size as f64);
        }
        let count = (0..axes).fold(1.0, |product, _| product * self.size as f64);
        for x in volume.values.iter_mut() {
            *x /= count;
        }
        Ok(())
    }
}
