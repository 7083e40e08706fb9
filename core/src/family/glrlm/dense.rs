//! Few grey levels: a table of counts over level and length for each direction, all in one pass.

use core::ops::Range;

use super::carried::{Before, Carried};
use super::{Features, cells, longest};
use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::family::emphasis::Matrix;
use crate::family::equal_pairs::EqualPairs;
use crate::family::means::Means;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{DIRECTIONS, Level, Levels, PLANAR_DIRECTIONS};
use crate::workspace::{Arena, Footprint};

/// Directions that are counted over all slices.
fn directions(which: Aggregations) -> usize {
    if which.has_extent(Extent::Volume) { DIRECTIONS.len() } else { PLANAR_DIRECTIONS }
}

pub(super) fn footprint(
    shape: [usize; 3],
    levels: u32,
    cells: usize,
    which: Aggregations,
) -> Footprint {
    let (directions, deep) = (directions(which), which.has_extent(Extent::Volume));
    let carried = match longest(shape) {
        ..=SHORT => Carried::<u8>::footprint(shape, deep),
        _ => Carried::<u16>::footprint(shape, deep),
    };
    Footprint::of::<u32>(cells.saturating_mul(directions))
        .all_of(Footprint::of::<u64>(cells))
        .all_of(Footprint::of::<u64>(longest(shape)))
        .all_of(Footprint::of::<u32>(levels as usize + 1).times(2))
        .all_of(carried)
}

/// The longest run whose voxels a byte can number.
const SHORT: usize = u8::MAX as usize;

/// What the matrices are made in. A table goes level by level from 0, which is outside and stays empty; length 1
/// comes first.
struct Tables<'w> {
    /// Tables of all directions.
    counts: &'w mut [u32],
    merged: &'w mut [u64],
    columns: &'w mut [u64],
    /// Voxels of each level by turns in two tables.
    voxels: [&'w mut [u32]; 2],
    cells: usize,
    longest: usize,
    /// No run that was counted is longer, nor is anything left of one that was: of most rows this is a small part.
    reach: usize,
}

impl<'w> Tables<'w> {
    fn take(
        levels: u32,
        shape: [usize; 3],
        directions: usize,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let (cells, longest, levels) = (cells(levels, shape), longest(shape), levels as usize + 1);
        Ok(Self {
            counts: scratch.take_zeroed(cells * directions)?,
            merged: scratch.take_zeroed(cells)?,
            columns: scratch.take(longest)?,
            voxels: [scratch.take(levels)?, scratch.take(levels)?],
            cells,
            longest,
            reach: 0,
        })
    }

    /// Takes over the voxels of each level from 1 on; returns how many there are.
    fn take_voxels(&mut self, voxels: &[u64]) -> u64 {
        let [counts, _] = &mut self.voxels;
        counts.fill(0);
        // The box has fewer voxels than 32 bits can count.
        counts[1..].iter_mut().zip(voxels).for_each(|(count, voxels)| *count = *voxels as u32);
        voxels.iter().sum()
    }

    /// Counts the voxels of some slices; returns how many there are.
    fn count_voxels<L: Level>(
        &mut self,
        levels: &Levels<L>,
        slices: Range<usize>,
        pace: &mut Pace,
    ) -> Result<u64, Error> {
        // Two tables by turns: a count need not wait for the one before it.
        let [even, odd] = &mut self.voxels;
        even.fill(0);
        odd.fill(0);
        for z in slices {
            for y in 0..levels.shape()[1] {
                let span = levels.span(y, z);
                pace.spend(span.len())?;
                let (pairs, rest) = levels.row(y, z)[span].as_chunks::<2>();
                for [a, b] in pairs {
                    even[a.index()] += 1;
                    odd[b.index()] += 1;
                }
                rest.iter().for_each(|last| even[last.index()] += 1);
            }
        }
        even.iter_mut().zip(&**odd).for_each(|(a, b)| *a += b);
        Ok(even[1..].iter().map(|n| u64::from(*n)).sum())
    }

    /// Counts the runs of some slices along the first directions; returns the number of voxels. Where the pairs of equal
    /// levels in these slices are known, runs of two follow from them; runs of one follow from the number of voxels.
    fn count<L: Level, R: Before>(
        &mut self,
        levels: &Levels<L>,
        slices: Range<usize>,
        directions: usize,
        carried: &mut Carried<R>,
        pairs: Option<&EqualPairs>,
        pace: &mut Pace,
    ) -> Result<u64, Error> {
        let total = match pairs.and_then(EqualPairs::voxels) {
            Some(voxels) => self.take_voxels(voxels),
            None => self.count_voxels(levels, slices.clone(), pace)?,
        };
        let Tables { cells, longest, reach: before, .. } = *self;
        let counts = &mut self.counts[..directions * cells];
        pace.spend(counts.len() / longest * before / 4)?;
        rows(counts, longest, before).for_each(|runs| runs.fill(0));
        let deep = directions > PLANAR_DIRECTIONS;
        let pairs = pairs.and_then(EqualPairs::known);
        let least = if pairs.is_some() { 3 } else { 2 };
        let mut reach = least.min(longest);
        carried.visit(levels, slices, deep, least, pace, |direction, level, length| {
            reach = reach.max(length);
            counts[direction * cells + level * longest + length - 1] += 1;
        })?;
        self.reach = reach;
        for (direction, counts) in counts.chunks_exact_mut(cells).enumerate() {
            let levels = rows(counts, longest, reach).zip(&*self.voxels[0]).enumerate().skip(1);
            for (level, (runs, voxels)) in levels {
                if let (Some(pairs), Some(two)) = (pairs, runs.get_mut(1)) {
                    *two = 0;
                    let longer = sum(runs, |length| length - 1);
                    runs[1] = pairs[level][direction] - longer;
                }
                runs[0] = 0;
                runs[0] = voxels - sum(runs, |length| length);
            }
        }
        Ok(total)
    }

    /// Features of the table of one direction, which is added to the merged one.
    fn features(&mut self, direction: usize, voxels: u64) -> Option<Features> {
        let Tables { cells, longest, reach, .. } = *self;
        let counts = &mut self.counts[direction * cells..(direction + 1) * cells];
        let merged = rows(self.merged, longest, reach);
        let mut matrix = Matrix::default();
        let columns = &mut self.columns[..reach];
        columns.fill(0);
        for (level, (runs, merged)) in rows(counts, longest, reach).zip(merged).enumerate().skip(1)
        {
            let runs = runs.iter().zip(merged).zip(&mut *columns).zip(1..);
            for (((count, merged), column), length) in runs {
                if *count > 0 {
                    let count = u64::from(*count);
                    matrix.add(level, length, count);
                    *column += count;
                    *merged += count;
                }
            }
        }
        columns.iter().for_each(|column| matrix.add_column(*column));
        matrix.features(voxels)
    }

    /// Features of the merged table, which is cleared.
    fn merged_features(&mut self, voxels: u64) -> Option<Features> {
        let mut matrix = Matrix::default();
        let columns = &mut self.columns[..self.reach];
        columns.fill(0);
        for (level, merged) in rows(self.merged, self.longest, self.reach).enumerate().skip(1) {
            for ((merged, column), length) in merged.iter_mut().zip(&mut *columns).zip(1..) {
                let count = core::mem::take(merged);
                if count > 0 {
                    matrix.add(level, length, count);
                    *column += count;
                }
            }
        }
        columns.iter().for_each(|column| matrix.add_column(*column));
        matrix.features(voxels)
    }
}

/// Of each level of a table, from 0 on, the counts of the runs up to a length.
fn rows<C>(
    counts: &mut [C],
    longest: usize,
    reach: usize,
) -> impl ExactSizeIterator<Item = &mut [C]> {
    counts.chunks_exact_mut(longest).map(move |runs| &mut runs[..reach])
}

/// The runs of a level, each times a number for its length.
fn sum(runs: &[u32], times: impl Fn(u32) -> u32) -> u32 {
    runs.iter().zip(1..).map(|(count, length)| count * times(length)).sum()
}

pub(super) fn extract<L: Level>(
    levels: &Levels<L>,
    which: Aggregations,
    watch: &Watch,
    scratch: Arena<'_>,
    out: &mut [Features; 6],
    pairs: Option<&EqualPairs>,
) -> Result<(), Error> {
    match longest(levels.shape()) {
        ..=SHORT => extract_with::<L, u8>(levels, which, watch, scratch, out, pairs),
        _ => extract_with::<L, u16>(levels, which, watch, scratch, out, pairs),
    }
}

fn extract_with<L: Level, R: Before>(
    levels: &Levels<L>,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut [Features; 6],
    pairs: Option<&EqualPairs>,
) -> Result<(), Error> {
    let nz = levels.shape()[2];
    let mut pace = Pace::start(watch)?;
    let none = [Value::undefined(Status::EmptyIntensityMask); super::FEATURES];
    let (directions, deep) = (directions(which), which.has_extent(Extent::Volume));
    let mut tables = Tables::take(levels.count(), levels.shape(), directions, &mut scratch)?;
    let mut carried = Carried::<R>::take(levels.shape(), deep, &mut scratch)?;
    let wanted = |a: Aggregation| which.has(a).then_some(a.place());

    if which.has_extent(Extent::Slice) {
        let (mut averaged, mut merged) = (Means::new(), Means::new());
        for z in 0..nz {
            let voxels =
                tables.count(levels, z..z + 1, PLANAR_DIRECTIONS, &mut carried, None, &mut pace)?;
            for direction in 0..PLANAR_DIRECTIONS {
                pace.spend(4 * tables.cells)?;
                let features = tables.features(direction, voxels);
                features.iter().for_each(|features| averaged.push(features));
            }
            let features = tables.merged_features(PLANAR_DIRECTIONS as u64 * voxels);
            features.iter().for_each(|features| merged.push(features));
        }
        if let Some(at) = wanted(Aggregation::Averaged2D) {
            out[at] = averaged.means(Status::EmptyIntensityMask);
        }
        if let Some(at) = wanted(Aggregation::SliceMerged2D) {
            out[at] = merged.means(Status::EmptyIntensityMask);
        }
    }
    if !deep && !which.has_extent(Extent::SlicesMerged) {
        return Ok(());
    }
    let voxels = tables.count(levels, 0..nz, directions, &mut carried, pairs, &mut pace)?;
    for (directions, average, merger) in [
        (PLANAR_DIRECTIONS, Aggregation::DirectionMerged2_5D, Aggregation::Merged2_5D),
        (DIRECTIONS.len(), Aggregation::Averaged3D, Aggregation::Merged3D),
    ] {
        if !which.has(average) && !which.has(merger) {
            continue;
        }
        let mut means = Means::new();
        for direction in 0..directions {
            pace.spend(4 * tables.cells)?;
            tables.features(direction, voxels).iter().for_each(|features| means.push(features));
        }
        let merged = tables.merged_features(directions as u64 * voxels);
        if let Some(at) = wanted(average) {
            out[at] = means.means(Status::EmptyIntensityMask);
        }
        if let Some(at) = wanted(merger) {
            out[at] = merged.unwrap_or(none);
        }
    }
    Ok(())
}
