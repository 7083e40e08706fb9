//! The magnitude of the gradient.

use super::kernel::{Combine, Line, Row, Signs, Taps};
use super::{Boundary, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
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

    /// Scratch: a volume and rows.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<f64>(voxels)
            .all_of(Footprint::of::<f64>(shape[0]))
            .all_of(Row::footprint(shape[0], 1))
            .all_of(Taps::footprint(2))
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
        let [nx, ny, nz] = shape;
        let from = scratch.take::<f64>(volume.values.len())?;
        from.copy_from_slice(volume.values);
        let part = scratch.take::<f64>(nx)?;
        let mut row = Row::new(nx, 1, &mut scratch)?;
        let mut taps = Taps::new(2, &mut scratch)?;
        let strides = [1, nx, nx * ny];
        let mut pace = Pace::start(watch)?;
        for (at, out) in volume.values.chunks_mut(nx.max(1)).enumerate() {
            pace.spend(8 * nx)?;
            let place = [0, at % ny.max(1), at / ny.max(1)];
            let start = at * nx;
            out.fill(0.0);
            for axis in 0..self.dimensions.min(3) {
                let slope = 0.5 / self.spacing[axis];
                let weights = [slope, 0.0, -slope];
                let line = Line::new(&weights);
                let (source, base): (&[f64], usize) = if axis == 0 {
                    row.inner().copy_from_slice(&from[start..start + nx]);
                    row.extend(boundary);
                    taps.extended(&line, 1, 1);
                    (row.cells(), 0)
                } else {
                    taps.at(&line, place[axis], [nx, ny, nz][axis], strides[axis], boundary);
                    (from, start - place[axis] * strides[axis])
                };
                taps.sum(source, base, Combine::Set, Signs::Plus, part);
                for (sum, x) in out.iter_mut().zip(part.iter()) {
                    *sum += x * x;
                }
            }
            out.iter_mut().for_each(|x| *x = math::sqrt(*x));
        }
        Ok(())
    }
}
