//! Grey level run length matrix (IBSI TP0I): how long runs of one grey level are along each direction.
//!
//! A run is a maximal row of consecutive voxels of one grey level along one of the 13 directions (3D) or 4 (2D and
//! 2.5D). A matrix belongs to a direction, a slice, or a merger of those; merging adds counts and numbers of
//! voxels. A mean over slices leaves out those without a voxel.
//!
//! # Symbols
//!
//! ```text
//! c_ij   runs of grey level i with j voxels        N_s   sum c_ij, the number of runs
//! p_ij   c_ij / N_s                               N_v   number of voxels, once for each merged direction
//! ```
//!
//! Sums run over the cells with c_ij > 0. Without any voxel there is no matrix and every feature is undefined
//! (`empty_intensity_mask`). Reference: IBSI manual, section *Grey level run length based features*.
//!
//! # Features, in the order of the registry
//!
//! **Short runs emphasis** (22OV): large where runs are short.
//!
//! ```text
//! 1/N_s sum_ij c_ij / j^2
//! ```
//!
//! **Long runs emphasis** (W4KF): large where runs are long.
//!
//! ```text
//! 1/N_s sum_ij c_ij j^2
//! ```
//!
//! **Low grey level run emphasis** (V3SW): large where low grey levels dominate.
//!
//! ```text
//! 1/N_s sum_ij c_ij / i^2
//! ```
//!
//! **High grey level run emphasis** (G3QZ): large where high grey levels dominate.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2
//! ```
//!
//! **Short run low grey level emphasis** (HTZT): low grey levels in short runs.
//!
//! ```text
//! 1/N_s sum_ij c_ij / (i^2 j^2)
//! ```
//!
//! **Short run high grey level emphasis** (GD3A): high grey levels in short runs.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2 / j^2
//! ```
//!
//! **Long run low grey level emphasis** (IVPO): low grey levels in long runs.
//!
//! ```text
//! 1/N_s sum_ij c_ij j^2 / i^2
//! ```
//!
//! **Long run high grey level emphasis** (3KUM): high grey levels in long runs.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2 j^2
//! ```
//!
//! **Grey level non-uniformity** (R5YN): small where the runs spread evenly over the grey levels.
//!
//! ```text
//! 1/N_s sum_i (sum_j c_ij)^2
//! ```
//!
//! **Normalised grey level non-uniformity** (OVBL): the same, independent of the number of runs; 1 where one
//! level occurs.
//!
//! ```text
//! 1/N_s^2 sum_i (sum_j c_ij)^2
//! ```
//!
//! **Run length non-uniformity** (W92Y): small where the runs spread evenly over the lengths.
//!
//! ```text
//! 1/N_s sum_j (sum_i c_ij)^2
//! ```
//!
//! **Normalised run length non-uniformity** (IC23): the same, independent of the number of runs; 1 where one
//! length occurs.
//!
//! ```text
//! 1/N_s^2 sum_j (sum_i c_ij)^2
//! ```
//!
//! **Run percentage** (9ZK5): number of runs for each voxel and direction; 1 where every voxel is a run.
//!
//! ```text
//! N_s / N_v
//! ```
//!
//! **Grey level variance** (8CE5): spread of the runs over the grey levels.
//!
//! ```text
//! sum_ij (i - mu)^2 p_ij,  mu = sum_ij i p_ij
//! ```
//!
//! **Run length variance** (SXLW): spread of the runs over the lengths.
//!
//! ```text
//! sum_ij (j - mu)^2 p_ij,  mu = sum_ij j p_ij
//! ```
//!
//! **Run entropy** (HJ9O): disorder of level and length; 0 where all runs are alike; in bit, all others have no
//! unit.
//!
//! ```text
//! -sum_ij p_ij log2 p_ij
//! ```

mod carried;
mod dense;
mod matrix;
mod row;
mod runs;
mod sparse;

pub use matrix::count;

use super::equal_pairs::EqualPairs;
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
const DENSE_CELLS: usize = 1 << 16;
/// Most cells of a table for each voxel that it counts, where bucketing costs as much (measured).
const CELLS_PER_VOXEL: usize = 16;

/// Number of columns of a matrix: no run in the box is longer.
pub fn longest(shape: [usize; 3]) -> usize {
    shape[0].max(shape[1]).max(shape[2])
}

/// Cells of a table, that of level 0 among them; at least one, which is no empty chunk.
fn cells(levels: u32, shape: [usize; 3]) -> usize {
    (levels as usize + 1).saturating_mul(longest(shape)).max(1)
}

/// From how many voxels on the matrices are dense tables.
fn dense_from(levels: u32, shape: [usize; 3], which: Aggregations) -> usize {
    let cells = cells(levels, shape);
    let tables = if which.has_extent(Extent::Slice) { shape[2] } else { 1 };
    // Numbers of 16 bits are carried.
    if cells > DENSE_CELLS || longest(shape) > usize::from(u16::MAX) {
        return usize::MAX;
    }
    cells.saturating_mul(tables).div_ceil(CELLS_PER_VOXEL)
}

/// What [`extract`] takes for any region in a box.
pub fn footprint(shape: [usize; 3], max_levels: u32, which: Aggregations) -> Footprint {
    let box_voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
    let bucketed = box_voxels.min(dense_from(max_levels, shape, which));
    let cells = cells(max_levels, shape).min(DENSE_CELLS);
    dense::footprint(shape, max_levels.min(DENSE_CELLS as u32), cells, which)
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
    extract_with_pairs(levels, which, watch, scratch, out, None)
}

/// [`extract`] with the pairs of equal levels of [`super::glcm::extract_with_pairs`], which need the same levels: runs of
/// two follow from them.
///
/// # Errors
/// As [`extract`].
pub fn extract_with_pairs<L: Level>(
    levels: &Levels<L>,
    which: Aggregations,
    watch: &Watch,
    scratch: Arena<'_>,
    out: &mut [Features; 6],
    pairs: Option<&EqualPairs>,
) -> Result<(), Error> {
    levels.check_countable()?;
    if levels.voxels() >= dense_from(levels.count(), levels.shape(), which) as u64 {
        dense::extract(levels, which, watch, scratch, out, pairs)
    } else {
        sparse::extract(levels, which, watch, scratch, out)
    }
}
