//! The magnitude of the gradient.

use super::kernel::{Line, footprint, pass};
use super::{Boundary, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// The magnitude of the gradient by central differences.
///
/// ```text
/// h(i) = sqrt(sum_d ((f(i + e_d) - f(i - e_d)) / (2 a_d))^2)
/// ```
///
/// a_d: spacing along axis d in mm; e_d: one voxel along it. Not part of IBSI. Unit: intensity/mm.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gradient {
    /// Spacing along x, y, z in mm.
    pub spacing: [f64; 3],
    /// Axes: 2 acts slice by slice.
    pub dimensions: usize,
}

impl Gradient {
    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        Some([1, 1, usize::from(self.dimensions != 2)])
    }

    /// Scratch: two volumes and a line.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<f64>(voxels).times(2).all_of(footprint(shape, 1))
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
        let shape = volume.shape;
        let sum = scratch.take_zeroed::<f64>(volume.values.len())?;
        let part = scratch.take::<f64>(volume.values.len())?;
        for axis in 0..self.dimensions.min(3) {
            part.copy_from_slice(volume.values);
            let slope = 0.5 / self.spacing[axis];
            let weights = [slope, 0.0, -slope];
            let line = Line::new(&weights);
            pass(part, shape, axis, &line, boundary, watch, scratch.scope())?;
            for (sum, x) in sum.iter_mut().zip(part.iter()) {
                *sum += x * x;
            }
        }
        for (out, sum) in volume.values.iter_mut().zip(sum.iter()) {
            *out = math::sqrt(*sum);
        }
        Ok(())
    }
}
