//! Few grey levels: a table of counts over level and length.

use super::runs::for_each_run;
use super::{Features, cells, longest};
use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::family::emphasis::Matrix;
use crate::family::means::Means;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{DIRECTIONS, Level, Levels, PLANAR_DIRECTIONS};
use crate::workspace::{Arena, Footprint};

pub(super) fn footprint(cells: usize, longest: usize, which: Aggregations) -> Footprint {
    let planar = if which.has_extent(Extent::Slice) { PLANAR_DIRECTIONS } else { 0 };
    Footprint::of::<u32>(cells)
        .times(1 + planar)
        .all_of(Footprint::of::<u64>(cells))
        .all_of(Footprint::of::<u64>(longest))
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

pub(super) fn extract<L: Level>(
    levels: &Levels<L>,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut [Features; 6],
) -> Result<(), Error> {
    let longest = longest(levels.shape());
    let cells = cells(levels.count(), levels.shape());
    let [nx, ny, nz] = levels.shape();
    let mut pace = Pace::start(watch)?;
    // Finding and walking the runs of a slice.
    let walk = 4 * nx * ny;
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
    let wanted = |a: Aggregation| which.has(a).then_some(a.place());

    if planar > 0 {
        let (mut averaged, mut merged) = (Means::new(), Means::new());
        for z in 0..nz {
            let voxels = voxels_of_slice(levels, z);
            for (direction, total) in volume.chunks_exact_mut(cells).enumerate() {
                pace.spend(walk + 4 * cells)?;
                tables.one.fill(0);
                let one = &mut *tables.one;
                for_each_run(levels, DIRECTIONS[direction], z..z + 1, |level, length| {
                    one[(level - 1) * longest + length - 1] += 1;
                });
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
        for (at, direction) in DIRECTIONS.iter().take(directions).enumerate() {
            pace.spend(4 * cells)?;
            if at < planar {
                tables.one.copy_from_slice(&volume[at * cells..(at + 1) * cells]);
            } else {
                tables.one.fill(0);
                let one = &mut *tables.one;
                for z in 0..nz {
                    pace.spend(walk)?;
                    for_each_run(levels, *direction, z..z + 1, |level, length| {
                        one[(level - 1) * longest + length - 1] += 1;
                    });
                }
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

fn voxels_of_slice<L: Level>(levels: &Levels<L>, z: usize) -> u64 {
    let rows = (0..levels.shape()[1]).map(|y| levels.row(y, z));
    rows.map(|row| row.iter().filter(|l| l.index() > 0).count() as u64).sum()
}
