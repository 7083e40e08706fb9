//! Regions as hosts hold them.

use core::ffi::c_void;

use radiomics::view::BoundingBox;
use radiomics::{Region, Select};

use crate::diagnostic::Fail;
use crate::dtype;
use crate::grid::Grid;
use crate::image;
use crate::memory::Range;
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

/// Every voxel of an array that is not zero. NaN is outside.
pub const RADIOMICS_REGION_MASK: u32 = 1;
/// Every voxel of an array that equals `label`.
pub const RADIOMICS_REGION_LABEL: u32 = 2;

/// A region on the grid of the image it is used with. `kind` says in which form the host holds it and which fields count;
/// the others are 0. It is read in place and never written.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_region {
    /// `sizeof(radiomics_region)`.
    pub struct_size: usize,
    /// One of RADIOMICS_REGION_*.
    pub kind: u32,
    /// Type of an element of `data`: RADIOMICS_U8...
    pub dtype: u32,
    /// The buffer.
    pub data: *const c_void,
    /// Its length in bytes; no access goes beyond it.
    pub data_bytes: usize,
    /// Steps from voxel to voxel along x, y, z as in an image. All 0 means x fastest without gaps.
    pub strides: [i64; 3],
    /// Index of the voxel (0, 0, 0).
    pub start: i64,
    /// RADIOMICS_REGION_LABEL: the label.
    pub label: f64,
}

// SAFETY: a struct_size first, then numbers and pointers; any bytes are a value.
unsafe impl Plain for radiomics_region {}

impl radiomics_box {
    pub(crate) unsafe fn read(pointer: *const Self, grid: [usize; 3]) -> Result<BoundingBox, Fail> {
        let given = unsafe { structs::read(pointer, "box")? };
        let mut out = BoundingBox { start: [0; 3], shape: [0; 3] };
        for axis in 0..3 {
            let start = usize::try_from(given.start[axis]).ok();
            let shape = usize::try_from(given.shape[axis]).ok();
            match (start, shape) {
                (Some(start), Some(shape))
                    if start.checked_add(shape).is_some_and(|end| end <= grid[axis]) =>
                {
                    (out.start[axis], out.shape[axis]) = (start, shape);
                }
                _ => return Err(Fail::invalid("box", given.start[axis], "a box inside the grid")),
            }
        }
        Ok(out)
    }
}

/// A region as it was given, checked.
pub(crate) struct Given<'a> {
    region: Region<'a>,
    range: Range,
}

impl<'a> Given<'a> {
    pub(crate) unsafe fn read(pointer: *const radiomics_region, grid: &Grid<'_>) -> Result<Self, Fail> {
        let given = unsafe { structs::read(pointer, "region")? };
        let select = match given.kind {
            RADIOMICS_REGION_MASK => Select::NonZero,
            RADIOMICS_REGION_LABEL => Select::Label(given.label),
            other => return Err(Fail::data("region.kind", other, "one of RADIOMICS_REGION_*")),
        };
        let layout = image::layout(grid.shape, given.strides, given.start, ["region.strides", "region.start"])?;
        let voxels = unsafe { dtype::voxels(given.data, given.data_bytes, given.dtype, ["region.data", "region.dtype"])? };
        let region = Region::new(voxels, layout, select)?;
        Ok(Self { region, range: Range::new(given.data, given.data_bytes, "region.data") })
    }
    pub(crate) fn ranges(&self) -> impl Iterator<Item = Range> + use<> {
        [self.range].into_iter()
    }
    pub(crate) fn bounds(&self) -> Result<Option<BoundingBox>, Fail> {
        Ok(self.region.bounding_box())
    }
    pub(crate) fn cells(&self, _bounds: Option<BoundingBox>) -> usize {
        0
    }
    pub(crate) fn region<'r>(&'r self, _grid: &Grid<'_>, _bounds: Option<BoundingBox>, _cells: &'r mut [u8]) -> Result<Region<'r>, Fail> {
        Ok(self.region)
    }
}
