//! Regions as hosts hold them.

pub(crate) mod given;
mod mask;
mod within;

pub(crate) use given::Given;
pub use mask::{radiomics_drawing, radiomics_region_box, radiomics_region_mask};
pub use within::radiomics_box;

use core::ffi::c_void;

use crate::structs::Plain;

/// Every voxel of an array that is not zero. NaN is outside.
pub const RADIOMICS_REGION_MASK: u32 = 1;
/// Every voxel of an array that equals `label`: one object of a label image.
pub const RADIOMICS_REGION_LABEL: u32 = 2;
/// Every voxel of an array of fractions whose fraction is at least `threshold`. Integers count in parts of the largest one
/// of their type: 255 of RADIOMICS_U8 is 1.
pub const RADIOMICS_REGION_FRACTION: u32 = 3;
/// Every bit that is set; `strides` and `start` count bits, `dtype` is RADIOMICS_U8.
pub const RADIOMICS_REGION_BITS: u32 = 4;
/// Linear indices of voxels, as `find` gives them, of type RADIOMICS_U32, I32, U64, I64 or F64; `index_base` and
/// `order` say how they are counted. With `occupancy` only those whose fraction is at least `threshold`.
pub const RADIOMICS_REGION_INDICES: u32 = 5;
/// Pairs (linear index of the first voxel, number of voxels), of the types of indices.
pub const RADIOMICS_REGION_RUNS: u32 = 6;
/// Fours (x, y, z, number of voxels) along the fastest axis of `order`, of the types of indices.
pub const RADIOMICS_REGION_ROWS: u32 = 7;
/// Closed planar contours: points x, y, z in patient millimetres of type RADIOMICS_F64, one contour after the other;
/// `contour_sizes` says how many points each has.
pub const RADIOMICS_REGION_CONTOURS: u32 = 8;

/// x fastest, z slowest: (x, y, z) in Fortran and MATLAB, [z][y][x] in C, NIfTI, ITK.
pub const RADIOMICS_ORDER_XYZ: u32 = 0;
/// y fastest: MATLAB arrays whose rows run along y, as in CERR and matRad.
pub const RADIOMICS_ORDER_YXZ: u32 = 1;
/// z fastest: [x][y][z] in C, (x, y, z) in NumPy.
pub const RADIOMICS_ORDER_ZYX: u32 = 2;
/// x fastest, then z, then y.
pub const RADIOMICS_ORDER_XZY: u32 = 3;
/// y fastest, then z, then x.
pub const RADIOMICS_ORDER_YZX: u32 = 4;
/// z fastest, then x, then y.
pub const RADIOMICS_ORDER_ZXY: u32 = 5;

/// The bit of value 1 comes first: DICOM, C++'s vector<bool>.
pub const RADIOMICS_BITS_LOW_FIRST: u32 = 0;
/// The bit of value 128 comes first: NumPy's packbits.
pub const RADIOMICS_BITS_HIGH_FIRST: u32 = 1;

/// A voxel is inside when its centre is, by the crossing number over all contours of its slice: contours within contours
/// are holes. The rule of the IBSI reference masks, and the default.
pub const RADIOMICS_INSIDE_EVEN_ODD: u32 = 0;
/// A voxel is inside when its centre is in at least one contour of its slice.
pub const RADIOMICS_INSIDE_UNION: u32 = 1;
/// A voxel is inside when the contours of its slice wind around its centre: holes turn the other way round.
pub const RADIOMICS_INSIDE_WINDING: u32 = 2;

/// A contour counts for the nearest slice. The rule of the IBSI reference masks, and the default.
pub const RADIOMICS_SLICE_NEAREST: u32 = 0;
/// As nearest, but a contour further from it than `slice_tolerance` of the slice distance is left out, and counted.
pub const RADIOMICS_SLICE_SKIP_BEYOND: u32 = 1;
/// As nearest, but a contour further from it than `slice_tolerance` of the slice distance is an error.
pub const RADIOMICS_SLICE_REFUSE_BEYOND: u32 = 2;
/// Each slice takes the contours of the plane nearest to it, if that lies within `slice_tolerance` millimetres: for contours
/// that were drawn on another grid, as those of a CT on a PET.
pub const RADIOMICS_SLICE_NEAREST_PLANE: u32 = 3;

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
    /// MASK, LABEL, FRACTION, BITS: steps from voxel to voxel along x, y, z as in an image. All 0 means x fastest, then y,
    /// then z without gaps.
    pub strides: [i64; 3],
    /// MASK, LABEL, FRACTION, BITS: index of the voxel (0, 0, 0).
    pub start: i64,
    /// LABEL: the label, not 0.
    pub label: f64,
    /// FRACTION and occupancy: the smallest fraction that is inside, up to 1; 0 means 0.5.
    pub threshold: f64,
    /// BITS: RADIOMICS_BITS_*.
    pub bit_order: u32,
    /// INDICES, RUNS, ROWS: what the first voxel is called, 0 or 1.
    pub index_base: u32,
    /// INDICES, RUNS, ROWS: in which order voxels are counted, RADIOMICS_ORDER_*.
    pub order: u32,
    /// INDICES: type of `occupancy`, RADIOMICS_U8 to RADIOMICS_F64.
    pub occupancy_dtype: u32,
    /// INDICES: the fraction of each voxel that is inside, or NULL.
    pub occupancy: *const c_void,
    /// INDICES: length of `occupancy` in bytes.
    pub occupancy_bytes: usize,
    /// CONTOURS: number of points of each contour.
    pub contour_sizes: *const u32,
    /// CONTOURS: number of contours.
    pub contour_count: usize,
    /// CONTOURS: RADIOMICS_INSIDE_*.
    pub inside_rule: u32,
    /// CONTOURS: RADIOMICS_SLICE_*.
    pub slice_rule: u32,
    /// CONTOURS: for RADIOMICS_SLICE_*_BEYOND a fraction of the distance between slices, for
    /// RADIOMICS_SLICE_NEAREST_PLANE millimetres.
    pub slice_tolerance: f64,
}

// SAFETY: a struct_size first, then numbers and pointers; any bytes are a value.
unsafe impl Plain for radiomics_region {}
