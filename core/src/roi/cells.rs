//! The mask that is written: cells of a box of the grid.

use crate::error::Error;
use crate::view::BoundingBox;

/// Cells of a box, x fastest.
pub(super) struct Cells<'o> {
    within: BoundingBox,
    out: &'o mut [u8],
}

impl<'o> Cells<'o> {
    /// Clears the cells of a box of a grid.
    pub(super) fn clear(
        shape: [usize; 3],
        within: BoundingBox,
        out: &'o mut [u8],
    ) -> Result<Self, Error> {
        check(shape, within, out)?;
        out.fill(0);
        Ok(Self { within, out })
    }

    pub(super) const fn within(&self) -> BoundingBox {
        self.within
    }

    /// Sets the cells of the box among `count` voxels from a place along an axis; says how many were not set.
    pub(super) fn set(&mut self, axis: usize, place: [usize; 3], count: usize) -> u64 {
        let (start, end) = (self.within.start, self.within.end());
        let mut at = [0; 3];
        for a in 0..3 {
            if a != axis {
                if place[a] < start[a] || place[a] >= end[a] {
                    return 0;
                }
                at[a] = place[a] - start[a];
            }
        }
        let from = place[axis].max(start[axis]);
        let to = place[axis].saturating_add(count).min(end[axis]);
        if from >= to {
            return 0;
        }
        at[axis] = from - start[axis];
        let [nx, ny, _] = self.within.shape;
        let first = (at[2] * ny + at[1]) * nx + at[0];
        let step = [1, nx, nx * ny][axis];
        let mut new = 0;
        for cell in self.out[first..].iter_mut().step_by(step).take(to - from) {
            new += u64::from(*cell == 0);
            *cell = 1;
        }
        new
    }
}

/// Checks that a box lies in the grid and that there is a cell for each of its voxels.
pub(super) fn check(shape: [usize; 3], within: BoundingBox, out: &[u8]) -> Result<(), Error> {
    within.check_inside("within", shape)?;
    if out.len() != within.voxels() {
        return Err(Error::invalid("out", out.len(), "one cell for every voxel of the box"));
    }
    Ok(())
}
