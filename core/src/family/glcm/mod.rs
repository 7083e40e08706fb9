//! Grey level co-occurrence matrix (IBSI LFYI): how often two grey levels are neighbours.
//!
//! Counts are symmetric: each pair counts in both orders. A matrix belongs to a direction, a slice, or a
//! merger of those; merging adds counts. With few grey levels matrices are dense tables, all directions in one
//! pass; with many, voxels are bucketed by level and one row of the matrix exists at a time, so that memory
//! grows with voxels plus levels.

mod dense;
mod features;
mod sparse;

pub use dense::count;
pub use features::{FEATURES, Features};

use crate::aggregation::{Aggregation, Aggregations};
use crate::error::Error;
use crate::host::Watch;
use crate::volume::{DIRECTIONS, Level, Levels, padded_len};
use crate::workspace::{Arena, Footprint};
use features::Margins;

/// Up to here matrices are dense tables.
const DENSE_LEVELS: u32 = 256;

/// What [`extract`] takes for any region in a box.
pub fn footprint(shape: [usize; 3], max_levels: u32, which: Aggregations) -> Footprint {
    let dense = max_levels.min(DENSE_LEVELS);
    let narrow = dense::footprint(dense, which).all_of(Margins::footprint(dense));
    if max_levels <= DENSE_LEVELS {
        return narrow;
    }
    narrow.any_of(sparse::footprint(shape, max_levels).all_of(Margins::footprint(max_levels)))
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
    if levels.count() <= DENSE_LEVELS {
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
