//! Few grey levels: one table a direction, all directions in one pass.

use super::features::{Features, Margins};
use super::row::Row;
use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::family::equal_pairs::EqualPairs;
use crate::family::means::Means;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{DIRECTIONS, Level, Levels, PLANAR_DIRECTIONS};
use crate::workspace::{Arena, Footprint};

/// Where the counts of a pair of levels start: side by side for all directions, since neighbours in different
/// directions are mostly alike and then share a line of the cache. A row and a column more for level 0
/// collect what is outside and are never read: no branch per voxel.
pub(super) const fn row_length(levels: u32) -> usize {
    levels as usize + 1
}

/// Counts of a volume, with all directions, and of slices.
const VOLUME: usize = 16;
const SLICE: usize = PLANAR_DIRECTIONS;

const fn table_length(levels: u32, directions: usize) -> usize {
    row_length(levels) * row_length(levels) * directions
}

/// What has to be counted.
#[derive(Clone, Copy)]
struct Need {
    /// Slices on their own.
    slices: bool,
    /// Counts of a pair over the volume.
    volume: usize,
}

impl Need {
    fn of(which: Aggregations) -> Self {
        let planar = which.has_extent(Extent::SlicesMerged);
        Self {
            slices: which.has_extent(Extent::Slice),
            volume: match which.has_extent(Extent::Volume) {
                true => VOLUME,
                false if planar => SLICE,
                false => 0,
            },
        }
    }

    fn counts(self) -> usize {
        self.volume + if self.slices { SLICE } else { 0 }
    }
}

pub(super) fn footprint(levels: u32, which: Aggregations) -> Footprint {
    let tables = Footprint::of::<u32>(table_length(levels, Need::of(which).counts()));
    // One word more, for the second of two tables begins at a word.
    tables
        .all_of(Footprint::of::<u64>(1))
        .all_of(Footprint::of::<u64>(levels as usize * levels as usize))
}

#[expect(
    clippy::too_many_arguments,
    reason = "what a family takes, with its margins and the pairs to note"
)]
pub(super) fn extract<L: Level>(
    levels: &Levels<L>,
    distance: u32,
    which: Aggregations,
    watch: &Watch,
    mut margins: Margins<'_>,
    mut scratch: Arena<'_>,
    out: &mut [Features; 6],
    pairs: Option<&mut EqualPairs>,
) -> Result<(), Error> {
    let need = Need::of(which);
    let length = |directions| table_length(levels.count(), directions);
    let volume = scratch.take_zeroed::<u32>(length(need.volume))?;
    let slice = scratch.take_zeroed::<u32>(if need.slices { length(SLICE) } else { 0 })?;
    let n = levels.count() as usize;
    let merged = scratch.take::<u64>(n * n)?;
    let [nx, ny, nz] = levels.shape();
    let mut pace = Pace::start(watch)?;
    let (mut averaged, mut slice_merged) = (Means::new(), Means::new());
    for z in 0..nz {
        for y in 0..ny {
            pace.spend(2 * nx * DIRECTIONS.len())?;
            let row = Row::of(levels, distance, y, z);
            if need.slices {
                row.add_planar(slice.as_chunks_mut::<SLICE>().0);
            }
            match need.volume {
                VOLUME => row.add_all(volume.as_chunks_mut::<VOLUME>().0),
                // Otherwise the slices are added up.
                SLICE if !need.slices => row.add_planar(volume.as_chunks_mut::<SLICE>().0),
                _ => {}
            }
        }
        if need.slices {
            pace.spend(4 * slice.len())?;
            merged.fill(0);
            let counts = slice.as_chunks::<SLICE>().0;
            for direction in 0..PLANAR_DIRECTIONS {
                margins.clear();
                sweep(counts, direction, n, |i, j, count| {
                    margins.add(i, j, count);
                    merged[(i - 1) * n + j - 1] += count;
                });
                if let Some(features) = margins.features() {
                    averaged.push(&features);
                }
            }
            if let Some(features) = of_merged(&mut margins, merged, n) {
                slice_merged.push(&features);
            }
            if need.volume == SLICE {
                for (total, part) in volume.iter_mut().zip(slice.iter()) {
                    *total += part;
                }
            }
            slice.fill(0);
        }
    }
    if let (Some(pairs), VOLUME) = (pairs, need.volume) {
        let own = volume.as_chunks::<VOLUME>().0.iter().step_by(row_length(levels.count()) + 1);
        pairs.learn(own.map(|counts| core::array::from_fn(|direction| counts[direction])));
    }
    let wanted = |a: Aggregation| which.has(a).then_some(a.place());
    if let Some(at) = wanted(Aggregation::Averaged2D) {
        out[at] = averaged.means(Status::NoNeighbours);
    }
    if let Some(at) = wanted(Aggregation::SliceMerged2D) {
        out[at] = slice_merged.means(Status::NoNeighbours);
    }
    for (directions, average, merger) in [
        (PLANAR_DIRECTIONS, Aggregation::DirectionMerged2_5D, Aggregation::Merged2_5D),
        (DIRECTIONS.len(), Aggregation::Averaged3D, Aggregation::Merged3D),
    ] {
        if !which.has(average) && !which.has(merger) {
            continue;
        }
        let mut means = Means::new();
        merged.fill(0);
        for direction in 0..directions {
            pace.spend(4 * length(1))?;
            margins.clear();
            let mut add = |i: usize, j: usize, count: u64| {
                margins.add(i, j, count);
                merged[(i - 1) * n + j - 1] += count;
            };
            match need.volume {
                VOLUME => sweep(volume.as_chunks::<VOLUME>().0, direction, n, &mut add),
                _ => sweep(volume.as_chunks::<SLICE>().0, direction, n, &mut add),
            }
            if let Some(features) = margins.features() {
                means.push(&features);
            }
        }
        if let Some(at) = wanted(average) {
            out[at] = means.means(Status::NoNeighbours);
        }
        if let Some(at) = wanted(merger) {
            let none = [Value::undefined(Status::NoNeighbours); super::FEATURES];
            out[at] = of_merged(&mut margins, merged, n).unwrap_or(none);
        }
    }
    Ok(())
}

/// Visits the non-zero cells (i, j) with i <= j of the symmetric matrix of a direction.
fn sweep<const D: usize>(
    counts: &[[u32; D]],
    direction: usize,
    n: usize,
    mut visit: impl FnMut(usize, usize, u64),
) {
    let row = row_length(n as u32);
    let count = |i: usize, j: usize| u64::from(counts[i * row + j][direction]);
    for i in 1..=n {
        let own = 2 * count(i, i);
        if own > 0 {
            visit(i, i, own);
        }
        for j in i + 1..=n {
            let both = count(i, j) + count(j, i);
            if both > 0 {
                visit(i, j, both);
            }
        }
    }
}

/// Features of a matrix of which the cells with i <= j are given.
fn of_merged(margins: &mut Margins, merged: &[u64], n: usize) -> Option<Features> {
    margins.clear();
    for i in 0..n {
        for j in i..n {
            let count = merged[i * n + j];
            if count > 0 {
                margins.add(i + 1, j + 1, count);
            }
        }
    }
    margins.features()
}
