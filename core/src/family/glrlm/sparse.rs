//! Many grey levels or long rows: voxels bucketed by level, the lengths of one level at a time.

use super::runs::run_length;
use super::{Features, longest};
use crate::aggregation::{Aggregation, Aggregations};
use crate::error::Error;
use crate::family::buckets::Buckets;
use crate::family::emphasis::Matrix;
use crate::family::means::Means;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{DIRECTIONS, Level, Levels, PLANAR_DIRECTIONS};
use crate::workspace::{Arena, Footprint};

pub(super) fn footprint(voxels: usize, levels: u32, longest: usize) -> Footprint {
    Buckets::footprint_of(voxels, levels)
        .all_of(Footprint::of::<u32>(longest + 1))
        .all_of(Footprint::of::<u32>(longest + 1))
        .all_of(Footprint::of::<u64>(longest + 1))
}

struct Row<'w> {
    counts: &'w mut [u32],
    touched: &'w mut [u32],
    columns: &'w mut [u64],
}

pub(super) fn extract<L: Level>(
    levels: &Levels<L>,
    which: Aggregations,
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut [Features; 6],
) -> Result<(), Error> {
    let length = longest(levels.shape()) + 1;
    let mut buckets = Buckets::take(levels, &mut scratch)?;
    let mut row = Row {
        counts: scratch.take_zeroed(length)?,
        touched: scratch.take(length)?,
        columns: scratch.take(length)?,
    };
    let mut steps = [0; DIRECTIONS.len()];
    for (step, direction) in steps.iter_mut().zip(DIRECTIONS) {
        *step = levels.offset(direction);
    }
    let mut pace = Pace::start(watch)?;
    let planar = &steps[..PLANAR_DIRECTIONS];
    let nz = levels.shape()[2];
    let none = [Value::undefined(Status::EmptyIntensityMask); super::FEATURES];
    let wanted = |a: Aggregation| which.has(a).then_some(a.place());
    let mut of =
        |buckets: &Buckets, steps: &[isize]| matrix(levels, buckets, steps, &mut pace, &mut row);

    if which.has(Aggregation::Averaged2D) || which.has(Aggregation::SliceMerged2D) {
        let (mut averaged, mut merged) = (Means::new(), Means::new());
        for z in 0..nz {
            buckets.fill(levels, z..z + 1);
            for step in planar.iter().filter(|_| which.has(Aggregation::Averaged2D)) {
                let features = of(&buckets, core::slice::from_ref(step))?;
                features.iter().for_each(|features| averaged.push(features));
            }
            if which.has(Aggregation::SliceMerged2D) {
                of(&buckets, planar)?.iter().for_each(|features| merged.push(features));
            }
        }
        if let Some(at) = wanted(Aggregation::Averaged2D) {
            out[at] = averaged.means(Status::EmptyIntensityMask);
        }
        if let Some(at) = wanted(Aggregation::SliceMerged2D) {
            out[at] = merged.means(Status::EmptyIntensityMask);
        }
    }
    buckets.fill(levels, 0..nz);
    for (steps, average, merger) in [
        (planar, Aggregation::DirectionMerged2_5D, Aggregation::Merged2_5D),
        (&steps[..], Aggregation::Averaged3D, Aggregation::Merged3D),
    ] {
        if let Some(at) = wanted(average) {
            let mut means = Means::new();
            for step in steps {
                let features = of(&buckets, core::slice::from_ref(step))?;
                features.iter().for_each(|features| means.push(features));
            }
            out[at] = means.means(Status::EmptyIntensityMask);
        }
        if let Some(at) = wanted(merger) {
            out[at] = of(&buckets, steps)?.unwrap_or(none);
        }
    }
    Ok(())
}

/// Features of the runs of the bucketed voxels along these steps.
fn matrix<L: Level>(
    levels: &Levels<L>,
    buckets: &Buckets,
    steps: &[isize],
    pace: &mut Pace,
    row: &mut Row,
) -> Result<Option<Features>, Error> {
    let cells = levels.cells();
    let mut matrix = Matrix::default();
    row.columns.fill(0);
    // Buckets and columns are swept whether filled or not.
    pace.spend(4 * levels.count() as usize + row.columns.len())?;
    let mut bucketed = 0u64;
    for (level, voxels) in buckets.iter() {
        let mut count = 0;
        for voxel in voxels {
            let start = *voxel as usize;
            for step in steps {
                if cells[(start as isize - step) as usize] != cells[start] {
                    let length = run_length(cells, start, *step);
                    if row.counts[length] == 0 {
                        row.touched[count] = length as u32;
                        count += 1;
                    }
                    row.counts[length] += 1;
                }
            }
        }
        // Sorted, so that sums have the order of the dense table.
        row.touched[..count].sort_unstable();
        for length in &row.touched[..count] {
            let length = *length as usize;
            let runs = u64::from(core::mem::take(&mut row.counts[length]));
            matrix.add(level, length, runs);
            row.columns[length] += runs;
        }
        bucketed += voxels.len() as u64;
        pace.spend(8 * voxels.len() * steps.len())?;
    }
    row.columns.iter().for_each(|column| matrix.add_column(*column));
    Ok(matrix.features(bucketed * steps.len() as u64))
}
