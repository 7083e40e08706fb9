//! Grey level co-occurrence matrix (IBSI LFYI): how often two grey levels are neighbours.
//!
//! Counts are symmetric: each pair counts in both orders. A matrix belongs to a direction, a slice, or a
//! merger of those; merging adds counts. With few grey levels matrices are dense tables, all directions in one
//! pass; with many, or where tables would have many more cells than there are voxels, voxels are bucketed by level
//! and one row of the matrix exists at a time, so that time and memory grow with voxels plus levels. Both ways
//! give the same bits.

mod dense;
mod features;
mod matrix;
mod sparse;

pub use features::{FEATURES, Features};
pub use matrix::count;
pub(crate) use matrix::{check_slices, check_step};

use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::host::Watch;
use crate::volume::{DIRECTIONS, Level, Levels, padded_len};
use crate::workspace::{Arena, Footprint};
use features::Margins;

/// Up to here matrices are dense tables.
const DENSE_LEVELS: u32 = 256;
/// Most cells of a table for each voxel, where bucketing costs as much as sweeping the cells (measured).
const CELLS_PER_VOXEL: usize = 16;
/// The same for each voxel of a slice, where each slice and direction has a table.
const CELLS_PER_SLICE_VOXEL: usize = 128;

/// From how many voxels on the matrices are dense tables.
fn dense_from(levels: u32, slices: usize, which: Aggregations) -> usize {
    if levels > DENSE_LEVELS {
        return usize::MAX;
    }
    let cells = levels as usize * levels as usize;
    if which.has_extent(Extent::Slice) {
        cells.saturating_mul(slices).div_ceil(CELLS_PER_SLICE_VOXEL)
    } else {
        cells.div_ceil(CELLS_PER_VOXEL)
    }
}

/// What [`extract`] takes for any region in a box.
pub fn footprint(shape: [usize; 3], max_levels: u32, which: Aggregations) -> Footprint {
    let box_voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
    let bucketed = box_voxels.min(dense_from(max_levels, shape[2], which));
    dense::footprint(max_levels.min(DENSE_LEVELS), which)
        .any_of(sparse::footprint(bucketed, max_levels))
        .all_of(Margins::footprint(max_levels))
}

/// Computes the features of every aggregation in `which`; `out` is in the order of
/// [`Aggregation::DIRECTIONAL`], and the others stay as they are.
///
/// The neighbour lies `distance` steps along each of the 13 (3D) or 4 (2D, 2.5D) directions. Averages are
/// over the matrices that hold a pair: a slice without a pair in a direction has no matrix.
///
/// # Errors
/// When `distance` is 0 or beyond the margin of the levels, the scratch is too small, or the host cancels.
pub fn extract<L: Level>(
    levels: &Levels<L>,
    distance: u32,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut [Features; 6],
) -> Result<(), Error> {
    if distance == 0 || distance as usize > levels.pad() {
        let expected = "from 1 to the margin of the levels";
        return Err(Error::invalid("glcm.distance", distance, expected));
    }
    check_size(levels)?;
    let margins = Margins::take(levels.count(), &mut scratch)?;
    if levels.voxels() >= dense_from(levels.count(), levels.shape()[2], which) as u64 {
        dense::extract(levels, distance, which, watch, margins, scratch, out)
    } else {
        sparse::extract(levels, distance, which, watch, margins, scratch, out)
    }
}

/// Counters and voxel numbers have 32 bits.
pub(crate) fn check_size<L: Level>(levels: &Levels<L>) -> Result<(), Error> {
    match padded_len(levels.shape(), levels.pad()) {
        Some(cells) if cells < u32::MAX as usize / 2 => Ok(()),
        _ => Err(Error::TooLarge { field: "region.box" }),
    }
}

/// The step to the neighbour in a direction.
fn offset<L: Level>(levels: &Levels<L>, direction: usize, distance: u32) -> isize {
    levels.offset(DIRECTIONS[direction]) * distance as isize
}

/// The position of an aggregation in the output.
pub(crate) fn place(aggregation: Aggregation) -> usize {
    Aggregation::DIRECTIONAL.iter().position(|a| *a == aggregation).unwrap_or(0)
}
