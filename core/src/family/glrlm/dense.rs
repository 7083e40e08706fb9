//! Few grey levels: a table of counts over level and length.

use core::ops::Range;

use super::{Features, cells, longest};
use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::family::emphasis::Matrix;
use crate::family::equal::Equal;
use crate::family::means::Means;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{DIRECTIONS, Level, Levels, PLANAR_DIRECTIONS};
use crate::workspace::{Arena, Footprint};

/// Words of cells between two questions to the host, and what a cell in them may cost.
const BLOCK: usize = 1 << 12;
const CELL_WORK: usize = 2;

pub(super) fn footprint(
    shape: [usize; 3],
    pad: usize,
    levels: u32,
    cells: usize,
    which: Aggregations,
) -> Footprint {
    let longest = longest(shape);
    let planar = if which.has_extent(Extent::Slice) { PLANAR_DIRECTIONS } else { 0 };
    Footprint::of::<u32>(cells)
        .times(1 + planar)
        .all_of(Footprint::of::<u64>(cells))
        .all_of(Footprint::of::<u64>(longest))
        .all_of(Footprint::of::<u32>(levels as usize + 1).times(2))
        .all_of(Equal::footprint_of(shape, pad))
}

/// Tables of counts, level by level; length 1 comes first.
struct Tables<'w> {
    one: &'w mut [u32],
    merged: &'w mut [u64],
    columns: &'w mut [u64],
    longest: usize,
}

impl Tables<'_> {
    /// Features of the table of one direction, which is added to the merged one.
    fn features(&mut self, voxels: u64) -> Option<Features> {
        let mut matrix = Matrix::default();
        self.columns.fill(0);
        for (at, (count, merged)) in self.one.iter().zip(self.merged.iter_mut()).enumerate() {
            if *count > 0 {
                let count = u64::from(*count);
                let (level, length) = (at / self.longest, at % self.longest);
                matrix.add(level + 1, length + 1, count);
                self.columns[length] += count;
                *merged += count;
            }
        }
        self.columns.iter().for_each(|column| matrix.add_column(*column));
        matrix.features(voxels)
    }

    /// Features of the merged table, which is cleared.
    fn merged_features(&mut self, voxels: u64) -> Option<Features> {
        let mut matrix = Matrix::default();
        self.columns.fill(0);
        for (at, merged) in self.merged.iter_mut().enumerate() {
            let count = core::mem::take(merged);
            if count > 0 {
                let (level, length) = (at / self.longest, at % self.longest);
                matrix.add(level + 1, length + 1, count);
                self.columns[length] += count;
            }
        }
        self.columns.iter().for_each(|column| matrix.add_column(*column));
        matrix.features(voxels)
    }
}

/// Counts the runs of some slices along a direction into a table of zeros.
struct Counter<'c, 'w, L> {
    levels: &'c Levels<'c, L>,
    equal: Equal<'w>,
    /// Voxels of each level, and those of them that no longer run holds.
    voxels: &'w mut [u32],
    single: &'w mut [u32],
    longest: usize,
}

impl<L: Level> Counter<'_, '_, L> {
    /// Turns to some slices, of which the number of voxels is returned.
    fn turn_to(&mut self, slices: Range<usize>) -> u64 {
        self.voxels.fill(0);
        for z in slices {
            for y in 0..self.levels.shape()[1] {
                for level in self.levels.row(y, z) {
                    self.voxels[level.index()] += 1;
                }
            }
        }
        self.voxels[1..].iter().map(|n| u64::from(*n)).sum()
    }

    fn count(
        &mut self,
        slices: Range<usize>,
        direction: [i32; 3],
        one: &mut [u32],
        pace: &mut Pace,
    ) -> Result<(), Error> {
        let [_, _, slice] = self.levels.strides().map(isize::unsigned_abs);
        let pad = self.levels.pad();
        // Slices of zeros before and after are nobody's neighbours.
        let range = (slices.start + pad) * slice..(slices.end + pad) * slice;
        let cells = &self.levels.cells()[range.clone()];
        let step = self.levels.offset(direction).unsigned_abs();
        let longest = self.longest;
        self.equal.compare(self.levels, range, step);
        self.single.copy_from_slice(self.voxels);
        let words = Equal::words(cells.len());
        for first in (0..words).step_by(BLOCK) {
            let block = first..words.min(first + BLOCK);
            pace.spend(CELL_WORK * Equal::cells(block.len()))?;
            self.equal.for_each_run(block, step, |cell, length| {
                let level = cells[cell].index();
                one[(level - 1) * longest + length - 1] += 1;
                self.single[level] -= length as u32;
            });
        }
        // What is in no longer run is a run of one voxel.
        for (run, single) in one.iter_mut().step_by(longest).zip(&self.single[1..]) {
            *run = *single;
        }
        Ok(())
    }
}

pub(super) fn extract<L: Level>(
    levels: &Levels<L>,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut [Features; 6],
) -> Result<(), Error> {
    let longest = longest(levels.shape());
    let cells = cells(levels.count(), levels.shape());
    let nz = levels.shape()[2];
    let mut pace = Pace::start(watch)?;
    let none = [Value::undefined(Status::EmptyIntensityMask); super::FEATURES];
    let planar = if which.has_extent(Extent::Slice) { PLANAR_DIRECTIONS } else { 0 };
    // What slices count is the volume's count of the planar directions, too.
    let volume = scratch.take_zeroed::<u32>(cells * planar)?;
    let mut tables = Tables {
        one: scratch.take_zeroed(cells)?,
        merged: scratch.take_zeroed(cells)?,
        columns: scratch.take(longest)?,
        longest,
    };
    let places = levels.count() as usize + 1;
    let mut counter = Counter {
        levels,
        equal: Equal::take(levels, &mut scratch)?,
        voxels: scratch.take(places)?,
        single: scratch.take(places)?,
        longest,
    };
    let wanted = |a: Aggregation| which.has(a).then_some(a.place());

    if planar > 0 {
        let (mut averaged, mut merged) = (Means::new(), Means::new());
        for z in 0..nz {
            let voxels = counter.turn_to(z..z + 1);
            for (direction, total) in volume.chunks_exact_mut(cells).enumerate() {
                pace.spend(4 * cells)?;
                tables.one.fill(0);
                let one = &mut *tables.one;
                counter.count(z..z + 1, DIRECTIONS[direction], one, &mut pace)?;
                total.iter_mut().zip(one.iter()).for_each(|(total, one)| *total += one);
                tables.features(voxels).iter().for_each(|features| averaged.push(features));
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
    for (directions, average, merger) in [
        (PLANAR_DIRECTIONS, Aggregation::DirectionMerged2_5D, Aggregation::Merged2_5D),
        (DIRECTIONS.len(), Aggregation::Averaged3D, Aggregation::Merged3D),
    ] {
        if !which.has(average) && !which.has(merger) {
            continue;
        }
        let mut means = Means::new();
        counter.turn_to(0..nz);
        for (at, direction) in DIRECTIONS.iter().take(directions).enumerate() {
            pace.spend(4 * cells)?;
            if at < planar {
                tables.one.copy_from_slice(&volume[at * cells..(at + 1) * cells]);
            } else {
                tables.one.fill(0);
                counter.count(0..nz, *direction, tables.one, &mut pace)?;
            }
            tables.features(levels.voxels()).iter().for_each(|features| means.push(features));
        }
        let merged = tables.merged_features(directions as u64 * levels.voxels());
        if let Some(at) = wanted(average) {
            out[at] = means.means(Status::EmptyIntensityMask);
        }
        if let Some(at) = wanted(merger) {
            out[at] = merged.unwrap_or(none);
        }
    }
    Ok(())
}
