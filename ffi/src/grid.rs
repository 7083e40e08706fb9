//! Where the voxels lie in the patient.

use radiomics::Geometry;

use crate::diagnostic::Fail;
use crate::memory::{self, Range};
use crate::status::radiomics_status_code::RADIOMICS_ERROR_IRREGULAR_GRID;
use crate::structs::{self, Plain};

/// A voxel grid. Lengths are in millimetres, x, y, z are the axes of the grid.
///
/// With an unrotated direction and origin 0, only `struct_size`, `shape` and `spacing` need to be set.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_grid {
    /// `sizeof(radiomics_grid)`.
    pub struct_size: usize,
    /// Voxels along x, y, z; at least 1 each.
    pub shape: [i64; 3],
    /// Distance between voxel centres along x, y, z.
    pub spacing: [f64; 3],
    /// Centre of the voxel (0, 0, 0) in patient coordinates.
    pub origin: [f64; 3],
    /// The 3 x 3 matrix whose columns are the unit vectors of the axes in patient coordinates, row by row, as ITK holds
    /// it. All 0 means the axes of the patient.
    pub direction: [f64; 9],
    /// NULL for evenly spaced slices. Otherwise `shape[2]` rising positions in mm of the slices along the z axis,
    /// relative to the origin: contours can be drawn on such a grid, features are refused.
    pub slice_positions: *const f64,
    /// Number of slice positions; 0 with NULL.
    pub slice_count: usize,
}

// SAFETY: a struct_size first, then numbers and a pointer; any bytes are a value.
unsafe impl Plain for radiomics_grid {}

/// The caller's memory that a grid is read from; that of a struct which cannot be read is the struct.
///
/// # Safety
/// As [`Grid::read`].
pub(crate) unsafe fn ranges(pointer: *const radiomics_grid) -> [Range; 2] {
    // SAFETY: as promised.
    let place = unsafe { structs::range(pointer, 1, "grid") };
    // SAFETY: as promised.
    let Ok(grid) = (unsafe { structs::read(pointer, "grid") }) else { return [place; 2] };
    let bytes = grid.slice_count.saturating_mul(size_of::<f64>());
    [place, Range::new(grid.slice_positions, bytes, "grid.slice_positions")]
}

/// A checked grid.
pub(crate) struct Grid<'a> {
    pub shape: [usize; 3],
    pub geometry: Geometry,
    /// Positions of irregular slices.
    pub slices: Option<&'a [f64]>,
}

const SHAPE: [&str; 3] = ["grid.shape[0]", "grid.shape[1]", "grid.shape[2]"];

impl Grid<'_> {
    /// Reads and checks a grid.
    ///
    /// # Safety
    /// `pointer` is NULL or points to a grid as the header describes it.
    pub(crate) unsafe fn read(pointer: *const radiomics_grid) -> Result<Self, Fail> {
        // SAFETY: as promised.
        let grid = unsafe { structs::read(pointer, "grid")? };
        let mut shape = [0; 3];
        for axis in 0..3 {
            shape[axis] = match usize::try_from(grid.shape[axis]) {
                Ok(n) if n > 0 => n,
                _ => return Err(Fail::data(SHAPE[axis], grid.shape[axis], "at least 1 voxel")),
            };
        }
        let d = grid.direction;
        let mut geometry = Geometry::axis_aligned(grid.spacing);
        geometry.origin = grid.origin;
        if d != [0.0; 9] {
            geometry.direction = [[d[0], d[1], d[2]], [d[3], d[4], d[5]], [d[6], d[7], d[8]]];
        }
        geometry.check()?;
        let slices = if grid.slice_positions.is_null() {
            if grid.slice_count != 0 {
                return Err(Fail::null("grid.slice_positions"));
            }
            None
        } else {
            if grid.slice_count != shape[2] {
                let expected = "as many positions as slices";
                return Err(Fail::data("grid.slice_count", grid.slice_count, expected));
            }
            // SAFETY: as promised.
            let positions = unsafe {
                memory::slice(grid.slice_positions, grid.slice_count, "grid.slice_positions")?
            };
            Some(positions)
        };
        Ok(Self { shape, geometry, slices })
    }

    /// Refuses slices that are not evenly spaced.
    pub(crate) fn regular(&self) -> Result<(), Fail> {
        if self.slices.is_none() {
            return Ok(());
        }
        let message = format_args!(
            "grid.slice_positions is set: features are defined on evenly spaced slices only; resample the image first"
        );
        Err(Fail::new(RADIOMICS_ERROR_IRREGULAR_GRID, "grid.slice_positions", message))
    }

    /// What the memory of an extraction depends on.
    pub(crate) fn extent(&self) -> radiomics::Grid {
        radiomics::Grid { shape: self.shape, spacing: self.geometry.spacing }
    }
}
