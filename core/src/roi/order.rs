//! The order in which the voxels of a grid are numbered.

use crate::error::Error;
use crate::view::{BoundingBox, Layout};

/// Numbers the voxels of a grid one after the other, by axes from the fastest to the slowest.
///
/// | the host's array | axes, fastest first |
/// |---|---|
/// | MATLAB or Fortran, indexed (x, y, z); NumPy or C, indexed (z, y, x); NIfTI, ITK | `[0, 1, 2]` |
/// | MATLAB, indexed (row, column, slice) with rows along y, as CERR and matRad hold it | `[1, 0, 2]` |
/// | NumPy or C, indexed (x, y, z) | `[2, 1, 0]` |
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    shape: [usize; 3],
    axes: [usize; 3],
}

const AXES: [&str; 3] = ["order.axes[0]", "order.axes[1]", "order.axes[2]"];

impl Order {
    /// An order of the voxels of a grid: axis `axes[0]` runs fastest, `axes[2]` slowest; 0, 1, 2 are x, y, z.
    /// The shape is along x, y, z whatever the order.
    ///
    /// # Errors
    /// When the grid has no voxels or too many, or the axes are not 0, 1 and 2 in some order.
    pub fn new(shape: [usize; 3], axes: [usize; 3]) -> Result<Self, Error> {
        Layout::x_fastest(shape)?;
        for i in 0..3 {
            if axes[i] > 2 || axes[..i].contains(&axes[i]) {
                return Err(Error::invalid(AXES[i], axes[i], "each of 0, 1, 2 once"));
            }
        }
        Ok(Self { shape, axes })
    }

    /// x fastest, then y, then z.
    ///
    /// # Errors
    /// When the grid has no voxels or too many.
    pub fn x_fastest(shape: [usize; 3]) -> Result<Self, Error> {
        Self::new(shape, [0, 1, 2])
    }

    /// Extent along x, y, z.
    pub const fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// The axes, fastest first.
    pub const fn axes(&self) -> [usize; 3] {
        self.axes
    }

    /// Extents of the axes, fastest first.
    pub(super) const fn sides(&self) -> [usize; 3] {
        let [fast, middle, slow] = self.axes;
        [self.shape[fast], self.shape[middle], self.shape[slow]]
    }

    /// Number of voxels of the grid.
    pub(super) const fn voxels(&self) -> u64 {
        // No more than an isize, as the layout of the same shape has checked.
        (self.shape[0] * self.shape[1] * self.shape[2]) as u64
    }

    /// Where the voxel with this number lies: along the fastest, the middle and the slowest axis.
    pub(super) const fn split(&self, number: u64) -> [usize; 3] {
        let [fast, middle, _] = self.sides();
        let number = number as usize;
        [number % fast, number / fast % middle, number / fast / middle]
    }

    /// Brings three values from the order of the axes, fastest first, to x, y, z.
    pub(super) const fn to_xyz(self, values: [usize; 3]) -> [usize; 3] {
        let mut out = [0; 3];
        out[self.axes[0]] = values[0];
        out[self.axes[1]] = values[1];
        out[self.axes[2]] = values[2];
        out
    }

    /// Brings x, y, z to the order of the axes, fastest first.
    pub(super) const fn along_axes(&self, values: [usize; 3]) -> [usize; 3] {
        [values[self.axes[0]], values[self.axes[1]], values[self.axes[2]]]
    }

    /// The box from one place to another, both in it, given along the axes, fastest first.
    pub(super) const fn between(&self, low: [usize; 3], high: [usize; 3]) -> BoundingBox {
        let shape = [high[0] - low[0] + 1, high[1] - low[1] + 1, high[2] - low[2] + 1];
        BoundingBox { start: self.to_xyz(low), shape: self.to_xyz(shape) }
    }
}
