//! Few grey levels: one table a direction, all directions in one pass.

use super::features::{Features, Margins};
use super::joint::Count;
use super::lanes::{self, Lanes, Swept};
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

    /// Directions whose margins are found together.
    fn side_by_side(self) -> usize {
        if self.volume == VOLUME { VOLUME } else { SLICE }
    }

    /// Counts of a pair in a slice.
    fn slice(self) -> usize {
        if self.slices { SLICE } else { 0 }
    }
}

pub(super) fn footprint(levels: u32, which: Aggregations) -> Footprint {
    let need = Need::of(which);
    // Two tables, each from a word on; counts may be narrower.
    Footprint::of::<u32>(table_length(levels, need.volume))
        .all_of(Footprint::of::<u32>(table_length(levels, need.slice())))
        .all_of(lanes::footprint(levels, need.side_by_side()))
}

#[expect(
    clippy::too_many_arguments,
    reason = "what a family takes, with its margins and the pairs to note"
)]
pub(super) fn extract<C: Count, L: Level>(
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
    let volume = scratch.take_zeroed::<C>(length(need.volume))?;
    let slice = scratch.take_zeroed::<C>(length(need.slice()))?;
    let mut lanes = Lanes::<C>::take(levels.count(), need.side_by_side(), &mut scratch)?;
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
            let swept = lanes.sweep(slice.as_chunks::<SLICE>().0, PLANAR_DIRECTIONS);
            if which.has(Aggregation::Averaged2D) {
                swept.each(&mut margins, |features| averaged.push(features));
            }
            if which.has(Aggregation::SliceMerged2D)
                && let Some(features) = swept.merged(&mut margins)
            {
                slice_merged.push(&features);
            }
            if need.volume == SLICE {
                // Without the pairs of two places outside, which may have wrapped around.
                let outside = row_length(levels.count()) * SLICE;
                for (total, part) in volume[outside..].iter_mut().zip(&slice[outside..]) {
                    *total += *part;
                }
            }
            slice.fill(C::default());
        }
    }
    if let (Some(pairs), VOLUME) = (pairs, need.volume) {
        let own = volume.as_chunks::<VOLUME>().0.iter().step_by(row_length(levels.count()) + 1);
        pairs.learn(own.map(|counts| {
            core::array::from_fn(|direction| {
                // One voxel has one neighbour: no count is above that of the voxels.
                counts[direction].into() as u32
            })
        }));
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
        let places = [wanted(average), wanted(merger)];
        if places == [None, None] {
            continue;
        }
        pace.spend(2 * volume.len())?;
        match need.volume {
            VOLUME => {
                let counts = volume.as_chunks::<VOLUME>().0;
                write(&lanes.sweep(counts, directions), &mut margins, places, out);
            }
            _ => {
                let counts = volume.as_chunks::<SLICE>().0;
                write(&lanes.sweep(counts, directions), &mut margins, places, out);
            }
        }
    }
    Ok(())
}

/// Writes the mean over directions and the features of their merger, where they have a place.
fn write<C: Count, const D: usize>(
    swept: &Swept<C, D>,
    margins: &mut Margins,
    [average, merger]: [Option<usize>; 2],
    out: &mut [Features; 6],
) {
    if let Some(at) = average {
        let mut means = Means::new();
        swept.each(margins, |features| means.push(features));
        out[at] = means.means(Status::NoNeighbours);
    }
    if let Some(at) = merger {
        let none = [Value::undefined(Status::NoNeighbours); super::FEATURES];
        out[at] = swept.merged(margins).unwrap_or(none);
    }
}
