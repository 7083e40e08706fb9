//! Where the voxel at x, y, z lies in a buffer.

use crate::error::Error;

/// Shape, signed strides and start of a volume in a buffer, counted in voxels.
///
/// A negative stride walks the buffer backwards; a stride of 0 repeats one plane. NumPy's C order
/// (z, y, x), MATLAB's column order and flipped axes are all strides of the one buffer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    shape: [usize; 3],
    strides: [isize; 3],
    start: usize,
}

const SHAPE: [&str; 3] = ["layout.shape[0]", "layout.shape[1]", "layout.shape[2]"];
const STRIDE: [&str; 3] = ["layout.strides[0]", "layout.strides[1]", "layout.strides[2]"];

impl Layout {
    /// A layout in which the voxel (0, 0, 0) lies at `start` and a step along axis `a` adds `strides[a]`.
    ///
    /// # Errors
    /// When a side of the shape is 0, or the number of voxels or an offset cannot be addressed.
    pub fn new(shape: [usize; 3], strides: [isize; 3], start: usize) -> Result<Self, Error> {
        let mut voxels = 1usize;
        for axis in 0..3 {
            if shape[axis] == 0 {
                return Err(Error::invalid(SHAPE[axis], shape[axis], "at least 1 voxel"));
            }
            // Interpolation and padding need room above the shape itself.
            if shape[axis] > i32::MAX as usize / 4 {
                return Err(Error::invalid(SHAPE[axis], shape[axis], "at most 536870911 voxels"));
            }
            voxels = voxels
                .checked_mul(shape[axis])
                .filter(|v| *v <= isize::MAX as usize)
                .ok_or(Error::TooLarge { field: "layout.shape" })?;
        }
        let layout = Self { shape, strides, start };
        layout.reach()?;
        Ok(layout)
    }

    /// x fastest, then y, then z: the order of a NIfTI file and of MATLAB arrays indexed (x, y, z).
    ///
    /// # Errors
    /// As [`Layout::new`].
    pub fn x_fastest(shape: [usize; 3]) -> Result<Self, Error> {
        let plane = shape[0].checked_mul(shape[1]).filter(|p| *p <= isize::MAX as usize);
        let plane = plane.ok_or(Error::TooLarge { field: "layout.shape" })?;
        Self::new(shape, [1, shape[0] as isize, plane as isize], 0)
    }

    /// Smallest and largest index that a voxel has.
    fn reach(&self) -> Result<(usize, usize), Error> {
        let (mut low, mut high) = (self.start as i128, self.start as i128);
        for axis in 0..3 {
            let last = (self.shape[axis] as i128 - 1) * self.strides[axis] as i128;
            low += last.min(0);
            high += last.max(0);
            if low < 0 {
                let stride = self.strides[axis];
                return Err(Error::invalid(
                    STRIDE[axis],
                    stride,
                    "offsets that stay in the buffer",
                ));
            }
            if high > isize::MAX as i128 {
                let stride = self.strides[axis];
                return Err(Error::invalid(STRIDE[axis], stride, "offsets that can be addressed"));
            }
        }
        Ok((low as usize, high as usize))
    }

    /// Checks that every voxel lies in a buffer of this length.
    ///
    /// # Errors
    /// When the buffer is too short; `field` names it.
    pub fn check_length(&self, field: &'static str, length: usize) -> Result<(), Error> {
        let (_, high) = self.reach()?;
        if high < length {
            Ok(())
        } else {
            Err(Error::invalid(field, length, "a length beyond the last voxel of the layout"))
        }
    }

    /// Extent along x, y, z.
    pub const fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// Signed steps along x, y, z.
    pub const fn strides(&self) -> [isize; 3] {
        self.strides
    }

    /// Index of the voxel at x, y, z.
    #[inline]
    pub const fn index(&self, x: usize, y: usize, z: usize) -> usize {
        let [sx, sy, sz] = self.strides;
        (self.start as isize + x as isize * sx + y as isize * sy + z as isize * sz) as usize
    }

    /// The `count` voxels from (x, y, z) along x, if they are neighbours in the buffer.
    pub(crate) fn row<'d, T>(
        &self,
        data: &'d [T],
        x: usize,
        [y, z]: [usize; 2],
        count: usize,
    ) -> Option<&'d [T]> {
        let first = self.index(x, y, z);
        (self.strides[0] == 1).then(|| &data[first..first + count])
    }

    /// Calls `visit(i, voxel)` for the `count` voxels from (x, y, z) along x.
    #[inline]
    pub(crate) fn for_row<T: Copy>(
        &self,
        data: &[T],
        x: usize,
        [y, z]: [usize; 2],
        count: usize,
        mut visit: impl FnMut(usize, T),
    ) {
        if count == 0 {
            return;
        }
        let first = self.index(x, y, z);
        if self.strides[0] == 1 {
            for (i, voxel) in data[first..first + count].iter().enumerate() {
                visit(i, *voxel);
            }
        } else {
            for i in 0..count {
                let at = first as isize + i as isize * self.strides[0];
                visit(i, data[at as usize]);
            }
        }
    }
}
