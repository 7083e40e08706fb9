//! Grey level co-occurrence matrix (IBSI LFYI): how often two grey levels are neighbours.
//!
//! A pair is two voxels of the region that lie a distance apart along one of the 13 directions (3D) or 4 (2D
//! and 2.5D). Each pair counts in both orders, so the matrix is symmetric. A matrix belongs to a direction, a
//! slice, or a merger of those; merging adds counts. A mean over directions or slices leaves out those without a
//! pair, which have no matrix; where one of the others leaves a feature undefined, so is the mean.
//!
//! With few grey levels matrices are dense tables, all directions in one pass; with many, or where tables would
//! have many more cells than there are voxels, voxels are bucketed by level and one row of the matrix exists at a
//! time, so that time and memory grow with voxels plus levels. Both ways give the same bits.
//!
//! # Symbols
//!
//! ```text
//! c_ij    ordered pairs of a voxel of level i and one of level j      p_ij   c_ij / sum c_ij
//! p_i     sum_j p_ij, the margin                                     HX     -sum_i p_i log2 p_i, in bit
//! p_-(k)  sum of p_ij over |i - j| = k, from k = 0                   N_g    number of grey levels, whether
//! p_+(k)  sum of p_ij over i + j = k, from k = 2                            present or not
//! ```
//!
//! The matrix is symmetric, so that both conditional entropies HXY1 and HXY2 of the manual are 2 HX. Entropies
//! are in bit, all others have no unit beyond that of the levels. Without any pair every feature is undefined
//! (`no_neighbours`). Reference: IBSI manual, section *Grey level co-occurrence based features*.
//!
//! # Features, in the order of the registry
//!
//! **Joint maximum** (GYBY): share of the most frequent ordered pair; 1 with one grey level.
//!
//! ```text
//! max_ij p_ij
//! ```
//!
//! **Joint average** (60VM): mean grey level of the pairs.
//!
//! ```text
//! mu = sum_ij i p_ij = sum_i i p_i
//! ```
//!
//! **Joint variance** (UR99): spread of the grey levels about their mean.
//!
//! ```text
//! sum_i (i - mu)^2 p_i
//! ```
//!
//! **Joint entropy** (TU9B): disorder of the pairs, in bit; 0 with one grey level.
//!
//! ```text
//! H = -sum_ij p_ij log2 p_ij
//! ```
//!
//! **Difference average** (TF7R): mean difference of neighbours.
//!
//! ```text
//! mu_d = sum_k k p_-(k)
//! ```
//!
//! **Difference variance** (D3YU): spread of the differences.
//!
//! ```text
//! sum_k (k - mu_d)^2 p_-(k)
//! ```
//!
//! **Difference entropy** (NTRS): disorder of the differences, in bit.
//!
//! ```text
//! -sum_k p_-(k) log2 p_-(k)
//! ```
//!
//! **Sum average** (ZGXS): mean sum of neighbours, twice the joint average.
//!
//! ```text
//! mu_s = sum_k k p_+(k)
//! ```
//!
//! **Sum variance** (OEEB): spread of the sums; equal to the cluster tendency.
//!
//! ```text
//! sum_k (k - mu_s)^2 p_+(k)
//! ```
//!
//! **Sum entropy** (P6QZ): disorder of the sums, in bit.
//!
//! ```text
//! -sum_k p_+(k) log2 p_+(k)
//! ```
//!
//! **Angular second moment** (8ZQL): large where few kinds of pair dominate; the energy of the matrix.
//!
//! ```text
//! sum_ij p_ij^2
//! ```
//!
//! **Contrast** (ACUI): large where neighbours differ much.
//!
//! ```text
//! sum_k k^2 p_-(k)
//! ```
//!
//! **Dissimilarity** (8S9J): mean difference of neighbours; equal to the difference average.
//!
//! ```text
//! sum_k k p_-(k)
//! ```
//!
//! **Inverse difference** (IB1Z): large where neighbours are alike; at most 1.
//!
//! ```text
//! sum_k p_-(k) / (1 + k)
//! ```
//!
//! **Normalised inverse difference** (NDRX): the same with differences relative to the number of levels.
//!
//! ```text
//! sum_k p_-(k) / (1 + k / N_g)
//! ```
//!
//! **Inverse difference moment** (WF0Z): large where neighbours are alike, and stricter about it; at most 1.
//!
//! ```text
//! sum_k p_-(k) / (1 + k^2)
//! ```
//!
//! **Normalised inverse difference moment** (1QCO): the same with differences relative to the number of levels.
//!
//! ```text
//! sum_k p_-(k) / (1 + k^2 / N_g^2)
//! ```
//!
//! **Inverse variance** (E8JP): large where neighbours differ, but little; equal neighbours do not count.
//!
//! ```text
//! sum_{k > 0} p_-(k) / k^2
//! ```
//!
//! **Correlation** (NI2N): from -1 to 1, how a level goes with that of its neighbour. With one grey level it is
//! undefined (`zero_variance`): the manual fixes no value.
//!
//! ```text
//! sum_ij (i - mu)(j - mu) p_ij / sum_i (i - mu)^2 p_i
//! ```
//!
//! **Autocorrelation** (QWB0): mean product of neighbours; large where high grey levels meet.
//!
//! ```text
//! sum_ij i j p_ij
//! ```
//!
//! **Cluster tendency** (DG8W): spread of the sums of neighbours.
//!
//! ```text
//! sum_k (k - 2 mu)^2 p_+(k)
//! ```
//!
//! **Cluster shade** (7NFM): lopsidedness of the sums of neighbours.
//!
//! ```text
//! sum_k (k - 2 mu)^3 p_+(k)
//! ```
//!
//! **Cluster prominence** (AE86): weight of the tails of the sums of neighbours.
//!
//! ```text
//! sum_k (k - 2 mu)^4 p_+(k)
//! ```
//!
//! **Information correlation 1** (R8DG): from -1 to 0, the share of a level's entropy that its neighbour
//! explains, with a minus sign. With one grey level there is no entropy and it is undefined
//! (`zero_denominator`).
//!
//! ```text
//! (H - 2 HX) / HX
//! ```
//!
//! **Information correlation 2** (JN9H): from 0 for independent neighbours towards 1; entropies in bit, as in
//! the reference values. It is the root of a difference of entropies: where that is below their rounding, the
//! value is 0.
//!
//! ```text
//! sqrt(1 - exp(-2 (2 HX - H)))
//! ```

mod dense;
mod features;
mod joint;
mod lanes;
mod matrix;
mod row;
mod sparse;

pub use features::{FEATURES, Features};
pub use matrix::count;
pub(crate) use matrix::{check_slices, check_step};

use super::equal_pairs::EqualPairs;
use crate::aggregation::{Aggregations, Extent};
use crate::error::Error;
use crate::host::Watch;
use crate::volume::{DIRECTIONS, Level, Levels};
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
/// [`crate::Aggregation::DIRECTIONAL`], and the others stay as they are.
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
    scratch: Arena<'_>,
    out: &mut [Features; 6],
) -> Result<(), Error> {
    extract_with_pairs(levels, distance, which, watch, scratch, out, None)
}

/// [`extract`], which takes note of the pairs of equal levels where its tables hold them: those of all directions at
/// distance 1.
///
/// # Errors
/// As [`extract`].
pub fn extract_with_pairs<L: Level>(
    levels: &Levels<L>,
    distance: u32,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut [Features; 6],
    pairs: Option<&mut EqualPairs>,
) -> Result<(), Error> {
    if distance == 0 || distance as usize > levels.pad() {
        let expected = "from 1 to the margin of the levels";
        return Err(Error::invalid("glcm.distance", distance, expected));
    }
    levels.check_countable()?;
    let margins = Margins::take(levels.count(), &mut scratch)?;
    if levels.voxels() >= dense_from(levels.count(), levels.shape()[2], which) as u64 {
        let pairs = pairs.filter(|_| distance == 1);
        // Narrow counts halve the tables and the work on them.
        if levels.voxels() <= joint::MOST_NARROW {
            dense::extract::<u16, L>(levels, distance, which, watch, margins, scratch, out, pairs)
        } else {
            dense::extract::<u32, L>(levels, distance, which, watch, margins, scratch, out, pairs)
        }
    } else {
        sparse::extract(levels, distance, which, watch, margins, scratch, out)
    }
}

/// The step to the neighbour in a direction.
fn offset<L: Level>(levels: &Levels<L>, direction: usize, distance: u32) -> isize {
    levels.offset(DIRECTIONS[direction]) * distance as isize
}
