//! Grey level run length matrix (IBSI TP0I): how long runs of one grey level are along each direction.
//!
//! Features, in the order of the registry: short 22OV and long W4KF runs emphasis, low V3SW and high G3QZ
//! grey level run emphasis, the four combinations HTZT, GD3A, IVPO, 3KUM, grey level non-uniformity R5YN and
//! OVBL (normalised), run length non-uniformity W92Y and IC23, run percentage 9ZK5, grey level variance 8CE5,
//! run length variance SXLW, run entropy HJ9O. Their formulas are those of every matrix over level and
//! size, with the run length as size; merging directions or slices adds counts and N_v. Reference: IBSI
//! manual, section *Grey level run length based features*.

mod dense;
mod matrix;
mod runs;
mod sparse;

pub use matrix::count;

use super::glcm::check_size;
use crate::aggregation::{Aggregations, Extent};
use crate::error::Error;
use crate::host::Watch;
use crate::status::Value;
use crate::volume::{Level, Levels};
use crate::workspace::{Arena, Footprint};

/// Number of features.
pub const FEATURES: usize = super::emphasis::COMMON;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// Up to this many cells a matrix is a dense table.
const DENSE_CELLS: usize = 1 << 18;
/// Most cells of a table for each voxel that it counts, where bucketing costs as much (measured).
const CELLS_PER_VOXEL: usize = 16;

/// Number of columns of a matrix: no run in the box is longer.
pub fn longest(shape: [usize; 3]) -> usize {
    shape[0].max(shape[1]).max(shape[2])
}

/// Cells of a table; at least one, which is no empty chunk.
fn cells(levels: u32, shape: [usize; 3]) -> usize {
    (levels as usize).saturating_mul(longest(shape)).max(1)
}

/// From how many voxels on the matrices are dense tables.
fn dense_from(levels: u32, shape: [usize; 3], which: Aggregations) -> usize {
    let cells = cells(levels, shape);
    let tables = if which.has_extent(Extent::Slice) { shape[2] } else { 1 };
    if cells > DENSE_CELLS {
        return usize::MAX;
    }
    cells.saturating_mul(tables).div_ceil(CELLS_PER_VOXEL)
}

/// What [`extract`] takes for any region in a box.
pub fn footprint(shape: [usize; 3], max_levels: u32, which: Aggregations) -> Footprint {
    let box_voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
    let bucketed = box_voxels.min(dense_from(max_levels, shape, which));
    dense::footprint(cells(max_levels, shape).min(DENSE_CELLS), longest(shape), which)
        .any_of(sparse::footprint(bucketed, max_levels, longest(shape)))
}

/// Computes the features of every aggregation in `which`; `out` is in the order of
/// [`crate::Aggregation::DIRECTIONAL`], and the others stay as they are.
///
/// # Errors
/// When the scratch is too small or the host cancels.
pub fn extract<L: Level>(
    levels: &Levels<L>,
    which: Aggregations,
    watch: &Watch,
    scratch: Arena<'_>,
    out: &mut [Features; 6],
) -> Result<(), Error> {
    check_size(levels)?;
    if levels.voxels() >= dense_from(levels.count(), levels.shape(), which) as u64 {
        dense::extract(levels, which, watch, scratch, out)
    } else {
        sparse::extract(levels, which, watch, scratch, out)
    }
}
