//! A box of voxels.

use crate::error::Error;

/// A box of voxels, half open: `start..start + shape` along each axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundingBox {
    /// First voxel.
    pub start: [usize; 3],
    /// Extent.
    pub shape: [usize; 3],
}

impl BoundingBox {
    /// The whole of a grid.
    pub const fn whole(shape: [usize; 3]) -> Self {
        Self { start: [0; 3], shape }
    }

    /// Grows a box to hold `count` voxels from a place along x.
    pub fn include(found: &mut Option<Self>, [x, y, z]: [usize; 3], count: usize) {
        let (low, high) = match found {
            Some(b) => (b.start, b.end()),
            None => ([x, y, z], [x, y, z]),
        };
        let start = [low[0].min(x), low[1].min(y), low[2].min(z)];
        let end = [high[0].max(x + count), high[1].max(y + 1), high[2].max(z + 1)];
        let shape = [end[0] - start[0], end[1] - start[1], end[2] - start[2]];
        *found = Some(Self { start, shape });
    }

    /// One past the last voxel along each axis.
    pub const fn end(&self) -> [usize; 3] {
        let ([x, y, z], [nx, ny, nz]) = (self.start, self.shape);
        [x + nx, y + ny, z + nz]
    }

    /// Number of voxels in it; at most `usize::MAX`.
    pub const fn voxels(&self) -> usize {
        self.shape[0].saturating_mul(self.shape[1]).saturating_mul(self.shape[2])
    }

    /// The box grown by `reach` on every side, as far as a grid of this shape goes.
    #[must_use]
    pub fn grown(&self, reach: [usize; 3], grid: [usize; 3]) -> Self {
        let mut out = *self;
        for axis in 0..3 {
            let start = self.start[axis].saturating_sub(reach[axis]);
            let end = self.end()[axis].saturating_add(reach[axis]).min(grid[axis]);
            (out.start[axis], out.shape[axis]) = (start, end - start);
        }
        out
    }

    /// Whether there is no voxel in it.
    pub const fn is_empty(&self) -> bool {
        self.shape[0] == 0 || self.shape[1] == 0 || self.shape[2] == 0
    }

    /// Grows a box to hold another, which has voxels.
    pub(crate) fn enclose(found: &mut Option<Self>, other: Self) {
        let Some(old) = found else {
            *found = Some(other);
            return;
        };
        for axis in 0..3 {
            let start = old.start[axis].min(other.start[axis]);
            let end = old.end()[axis].max(other.end()[axis]);
            (old.start[axis], old.shape[axis]) = (start, end - start);
        }
    }

    /// The same box, `by` voxels further.
    #[must_use]
    pub(crate) const fn moved(&self, by: [usize; 3]) -> Self {
        let ([x, y, z], [dx, dy, dz]) = (self.start, by);
        Self { start: [x + dx, y + dy, z + dz], shape: self.shape }
    }

    /// Checks that the box lies in a grid; a box without voxels may touch its end.
    pub(crate) fn check_inside(&self, field: &'static str, grid: [usize; 3]) -> Result<(), Error> {
        for axis in 0..3 {
            match self.start[axis].checked_add(self.shape[axis]) {
                Some(end) if end <= grid[axis] => {}
                _ => return Err(Error::invalid(field, self.start[axis], "a box inside the grid")),
            }
        }
        Ok(())
    }
}
