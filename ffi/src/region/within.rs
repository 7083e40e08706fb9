//! Boxes of voxels.

use radiomics::view::BoundingBox;

use crate::diagnostic::Fail;
use crate::structs::{self, Plain};

/// A box of voxels of a grid.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_box {
    /// `sizeof(radiomics_box)`, set by the caller.
    pub struct_size: usize,
    /// First voxel along x, y, z.
    pub start: [i64; 3],
    /// Voxels along x, y, z; all 0 for an empty region.
    pub shape: [i64; 3],
}

// SAFETY: a struct_size first, then integers; any bytes are a value.
unsafe impl Plain for radiomics_box {}

const START: [&str; 3] = ["box.start[0]", "box.start[1]", "box.start[2]"];

impl radiomics_box {
    /// Reads a box and checks that it lies in a grid of this shape.
    ///
    /// # Safety
    /// `pointer` is NULL or points to a box as the header describes it.
    pub(crate) unsafe fn read(pointer: *const Self, grid: [usize; 3]) -> Result<BoundingBox, Fail> {
        // SAFETY: as promised.
        let given = unsafe { structs::read(pointer, "box")? };
        let mut out = BoundingBox { start: [0; 3], shape: [0; 3] };
        for axis in 0..3 {
            let start = usize::try_from(given.start[axis]).ok();
            let shape = usize::try_from(given.shape[axis]).ok();
            let (Some(start), Some(shape)) = (start, shape) else {
                return Err(Fail::invalid(START[axis], given.start[axis], "a box inside the grid"));
            };
            if start.checked_add(shape).is_none_or(|end| end > grid[axis]) {
                return Err(Fail::invalid(START[axis], start, "a box inside the grid"));
            }
            (out.start[axis], out.shape[axis]) = (start, shape);
        }
        Ok(out)
    }

    /// What a caller sees of a box; of none, zeros.
    pub(crate) fn of(found: Option<BoundingBox>) -> Self {
        let found = found.unwrap_or(BoundingBox { start: [0; 3], shape: [0; 3] });
        // Grids are addressable, so that their indices fit.
        let signed = |n: [usize; 3]| n.map(|n| n as i64);
        Self { struct_size: 0, start: signed(found.start), shape: signed(found.shape) }
    }
}
