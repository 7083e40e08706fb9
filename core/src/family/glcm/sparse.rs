//! Many grey levels: voxels bucketed by level, one row of a matrix at a time.

use super::features::{Features, Margins};
use super::joint::Joints;
use super::offset;
use crate::aggregation::{Aggregation, Aggregations};
use crate::error::Error;
use crate::family::buckets::Buckets;
use crate::family::means::Means;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{DIRECTIONS, Level, Levels, PLANAR_DIRECTIONS};
use crate::workspace::{Arena, Footprint};

pub(super) fn footprint(voxels: usize, levels: u32) -> Footprint {
    let row = levels as usize + 1;
    Buckets::footprint_of(voxels, levels)
        .all_of(Footprint::of::<u32>(row))
        .all_of(Footprint::of::<u32>(row))
}

/// One row of counts and the places in it that are not 0.
struct Row<'w> {
    counts: &'w mut [u32],
    touched: &'w mut [u32],
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
    let length = levels.count() as usize + 1;
    let mut buckets = Buckets::take(levels, &mut scratch)?;
    let mut row = Row { counts: scratch.take_zeroed(length)?, touched: scratch.take(length)? };
    let mut offsets = [0; DIRECTIONS.len()];
    for (direction, offset_of) in offsets.iter_mut().enumerate() {
        *offset_of = offset(levels, direction, distance);
    }
    let mut pace = Pace::start(watch)?;
    let planar = &offsets[..PLANAR_DIRECTIONS];
    let nz = levels.shape()[2];
    let wanted = |a: Aggregation| which.has(a).then_some(a.place());

    if which.has(Aggregation::Averaged2D) || which.has(Aggregation::SliceMerged2D) {
        let (mut averaged, mut merged) = (Means::new(), Means::new());
        for z in 0..nz {
            buckets.fill(levels, z..z + 1);
            if which.has(Aggregation::Averaged2D) {
                for offset in planar {
                    let offsets = core::slice::from_ref(offset);
                    let matrix =
                        matrix(levels, &buckets, offsets, &mut pace, &mut row, &mut margins)?;
                    matrix.iter().for_each(|features| averaged.push(features));
                }
            }
            if which.has(Aggregation::SliceMerged2D) {
                let matrix = matrix(levels, &buckets, planar, &mut pace, &mut row, &mut margins)?;
                matrix.iter().for_each(|features| merged.push(features));
            }
        }
        if let Some(at) = wanted(Aggregation::Averaged2D) {
            out[at] = averaged.means(Status::NoNeighbours);
        }
        if let Some(at) = wanted(Aggregation::SliceMerged2D) {
            out[at] = merged.means(Status::NoNeighbours);
        }
    }
    buckets.fill(levels, 0..nz);
    for (offsets, average, merger) in [
        (planar, Aggregation::DirectionMerged2_5D, Aggregation::Merged2_5D),
        (&offsets[..], Aggregation::Averaged3D, Aggregation::Merged3D),
    ] {
        if let Some(at) = wanted(average) {
            let mut means = Means::new();
            for offset in offsets {
                let offset = core::slice::from_ref(offset);
                let matrix = matrix(levels, &buckets, offset, &mut pace, &mut row, &mut margins)?;
                matrix.iter().for_each(|features| means.push(features));
            }
            out[at] = means.means(Status::NoNeighbours);
        }
        if let Some(at) = wanted(merger) {
            let none = [Value::undefined(Status::NoNeighbours); super::FEATURES];
            let matrix = matrix(levels, &buckets, offsets, &mut pace, &mut row, &mut margins)?;
            out[at] = matrix.unwrap_or(none);
        }
    }
    Ok(())
}

/// The features of the matrix of the bucketed voxels over these offsets, both ways.
fn matrix<L: Level>(
    levels: &Levels<L>,
    buckets: &Buckets,
    offsets: &[isize],
    pace: &mut Pace,
    row: &mut Row,
    margins: &mut Margins,
) -> Result<Option<Features>, Error> {
    margins.clear();
    let mut joints = Joints::new();
    let cells = levels.cells();
    // Buckets and margins are swept over all levels, whether present or not.
    pace.spend(16 * levels.count() as usize)?;
    for (i, voxels) in buckets.iter() {
        let mut count = 0;
        for voxel in voxels {
            for offset in offsets {
                for there in [*voxel as isize + offset, *voxel as isize - offset] {
                    let j = cells[there as usize].index();
                    // The other half of the row follows from symmetry.
                    if j >= i {
                        if row.counts[j] == 0 {
                            row.touched[count] = j as u32;
                            count += 1;
                        }
                        row.counts[j] += 1;
                    }
                }
            }
        }
        // Sorted, so that sums have one order.
        row.touched[..count].sort_unstable();
        for j in &row.touched[..count] {
            let j = *j as usize;
            let count = u64::from(core::mem::take(&mut row.counts[j]));
            let both = if i == j { count } else { 2 * count };
            margins.row[i - 1] += count;
            margins.difference[j - i] += both;
            margins.sum[i + j - 2] += both;
            if i == j {
                joints.add_own(&[count]);
            } else {
                margins.row[j - 1] += count;
                joints.add_pair(&[count]);
            }
        }
        joints.end_row();
        // Two random reads, and the sort.
        pace.spend(32 * voxels.len() * offsets.len())?;
    }
    Ok(margins.features(&joints.of(0)))
}
