//! Few grey levels: one table a direction, all directions in one pass.

use super::features::{Features, Margins};
use super::offset;
use crate::aggregation::{Aggregation, Aggregations, Extent};
use crate::error::Error;
use crate::family::means::Means;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{DIRECTIONS, Level, Levels, PLANAR_DIRECTIONS};
use crate::workspace::{Arena, Footprint};

/// A row more for level 0, which collects what is outside and is never read: no branch per voxel. The row
/// length is odd, since tables a multiple of 4 096 bytes apart alias in the processor's store buffer.
const fn row_length(levels: u32) -> usize {
    (levels as usize + 1) | 1
}

const fn table_length(levels: u32) -> usize {
    (levels as usize + 1) * row_length(levels)
}

/// What has to be counted.
#[derive(Clone, Copy)]
struct Need {
    /// Slices on their own.
    slices: bool,
    /// Directions counted over the volume.
    directions: usize,
}

impl Need {
    fn of(which: Aggregations) -> Self {
        let planar = which.has_extent(Extent::SlicesMerged);
        Self {
            slices: which.has_extent(Extent::Slice),
            directions: match which.has_extent(Extent::Volume) {
                true => DIRECTIONS.len(),
                false if planar => PLANAR_DIRECTIONS,
                false => 0,
            },
        }
    }

    fn tables(self) -> usize {
        self.directions + if self.slices { PLANAR_DIRECTIONS } else { 0 }
    }
}

pub(super) fn footprint(levels: u32, which: Aggregations) -> Footprint {
    let tables = Footprint::of::<u32>(table_length(levels)).times(Need::of(which).tables());
    tables.all_of(Footprint::of::<u64>(levels as usize * levels as usize))
}

/// Adds to `table` every pair whose first voxel lies in the row at `start` and the second `offset` cells on.
#[inline]
fn add_row<L: Level>(levels: &Levels<L>, start: usize, offset: isize, table: &mut [u32]) {
    let nx = levels.shape()[0];
    let row = row_length(levels.count());
    let cells = levels.cells();
    let there = (start as isize + offset) as usize;
    for (a, b) in cells[start..start + nx].iter().zip(&cells[there..there + nx]) {
        // Level 0 lands in the row or column that is never read.
        table[a.index() * row + b.index()] += 1;
    }
}

pub(super) fn extract<L: Level>(
    levels: &Levels<L>,
    distance: u32,
    which: Aggregations,
    watch: &Watch,
    mut margins: Margins<'_>,
    mut scratch: Arena<'_>,
    out: &mut [Features; 6],
) -> Result<(), Error> {
    let need = Need::of(which);
    let length = table_length(levels.count());
    let volume = scratch.take_zeroed::<u32>(length * need.directions)?;
    let slice_tables = if need.slices { PLANAR_DIRECTIONS * length } else { 0 };
    let slice = scratch.take_zeroed::<u32>(slice_tables)?;
    let n = levels.count() as usize;
    let merged = scratch.take::<u64>(n * n)?;
    let [nx, ny, nz] = levels.shape();
    let mut pace = Pace::start(watch)?;
    let (mut averaged, mut slice_merged) = (Means::new(), Means::new());
    for z in 0..nz {
        for y in 0..ny {
            pace.spend(2 * nx * DIRECTIONS.len())?;
            let start = levels.index(0, y, z);
            // Planar directions go through the slice's tables where there are any.
            let first = if need.slices { PLANAR_DIRECTIONS } else { 0 };
            for (direction, table) in slice.chunks_exact_mut(length).enumerate() {
                add_row(levels, start, offset(levels, direction, distance), table);
            }
            for (direction, table) in volume.chunks_exact_mut(length).enumerate().skip(first) {
                add_row(levels, start, offset(levels, direction, distance), table);
            }
        }
        if need.slices {
            pace.spend(4 * slice.len())?;
            merged.fill(0);
            for table in slice.chunks_exact(length) {
                margins.clear();
                sweep(table, n, |i, j, count| {
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
            for (total, part) in volume.iter_mut().zip(slice.iter()) {
                *total += part;
            }
            slice.fill(0);
        }
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
        for table in volume.chunks_exact(length).take(directions) {
            pace.spend(4 * length)?;
            margins.clear();
            sweep(table, n, |i, j, count| {
                margins.add(i, j, count);
                merged[(i - 1) * n + j - 1] += count;
            });
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

/// Visits the non-zero cells (i, j) with i <= j of the symmetric matrix of a table.
fn sweep(table: &[u32], n: usize, mut visit: impl FnMut(usize, usize, u64)) {
    let row = row_length(n as u32);
    for i in 1..=n {
        let own = 2 * u64::from(table[i * row + i]);
        if own > 0 {
            visit(i, i, own);
        }
        for j in i + 1..=n {
            let count = u64::from(table[i * row + j]) + u64::from(table[j * row + i]);
            if count > 0 {
                visit(i, j, count);
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
