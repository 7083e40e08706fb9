//! The caller's image, read in place.

use core::ffi::c_void;

use radiomics::{Image, Layout};

use crate::diagnostic::Fail;
use crate::dtype;
use crate::grid::{self, Grid, radiomics_grid};
use crate::memory::Range;
use crate::structs::{self, Plain};

/// An image: `intensity = slope * voxel + intercept`. It is read in place and never written.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_image {
    /// `sizeof(radiomics_image)`.
    pub struct_size: usize,
    /// Where the voxels lie.
    pub grid: *const radiomics_grid,
    /// The buffer.
    pub data: *const c_void,
    /// Its length in bytes; no access goes beyond it.
    pub data_bytes: usize,
    /// Type of a voxel: RADIOMICS_U8 to RADIOMICS_F64.
    pub dtype: u32,
    /// 0.
    pub reserved: u32,
    /// Steps from voxel to voxel along x, y, z, counted in voxels; negative steps walk backwards. All 0 means x fastest,
    /// then y, then z without gaps.
    pub strides: [i64; 3],
    /// Index in the buffer of the voxel (0, 0, 0): not 0 where a step is negative or the image is part of a larger one.
    pub start: i64,
    /// Slope; 0 means 1.
    pub slope: f64,
    /// Intercept.
    pub intercept: f64,
}

// SAFETY: a struct_size first, then numbers and pointers; any bytes are a value.
unsafe impl Plain for radiomics_image {}

/// A layout from what the caller says about a buffer.
pub(crate) fn layout(
    shape: [usize; 3],
    strides: [i64; 3],
    start: i64,
    [strides_field, start_field]: [&'static str; 2],
) -> Result<Layout, Fail> {
    let at = usize::try_from(start)
        .map_err(|_| Fail::data(start_field, start, "an index in the buffer"))?;
    if strides == [0; 3] {
        let dense = Layout::x_fastest(shape)?;
        return Ok(Layout::new(shape, dense.strides(), at)?);
    }
    let mut steps = [0; 3];
    for axis in 0..3 {
        steps[axis] = isize::try_from(strides[axis]).map_err(|_| {
            Fail::data(strides_field, strides[axis], "a step that can be addressed")
        })?;
    }
    Ok(Layout::new(shape, steps, at)?)
}

/// The caller's memory that an image is read from; that of a struct which cannot be read is the struct.
///
/// # Safety
/// As [`read`].
pub(crate) unsafe fn ranges(pointer: *const radiomics_image) -> [Range; 4] {
    // SAFETY: as promised.
    let place = unsafe { structs::range(pointer, 1, "image") };
    // SAFETY: as promised.
    let Ok(image) = (unsafe { structs::read(pointer, "image") }) else { return [place; 4] };
    // SAFETY: as promised.
    let [grid, slices] = unsafe { grid::ranges(image.grid) };
    [place, grid, slices, Range::new(image.data, image.data_bytes, "image.data")]
}

/// Reads and checks an image on an evenly spaced grid.
///
/// # Safety
/// `pointer` is NULL or points to an image as the header describes it, which is not written while it is borrowed.
pub(crate) unsafe fn read<'a>(
    pointer: *const radiomics_image,
) -> Result<(Image<'a>, Grid<'a>), Fail> {
    // SAFETY: as promised.
    let image = unsafe { structs::read(pointer, "image")? };
    // SAFETY: as promised.
    let grid = unsafe { Grid::read(image.grid)? };
    grid.regular()?;
    if image.reserved != 0 {
        return Err(Fail::data("image.reserved", image.reserved, "0"));
    }
    let layout = layout(grid.shape, image.strides, image.start, ["image.strides", "image.start"])?;
    // SAFETY: as promised.
    let voxels = unsafe {
        dtype::voxels(image.data, image.data_bytes, image.dtype, ["image.data", "image.dtype"])?
    };
    let slope = if image.slope == 0.0 { 1.0 } else { image.slope };
    let image = Image::new(voxels, layout, grid.geometry)?.rescaled(slope, image.intercept)?;
    Ok((image, grid))
}
