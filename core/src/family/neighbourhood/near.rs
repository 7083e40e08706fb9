//! The 26 or 8 nearest neighbours, the usual case: blocks of voxels in registers, one table row for each level.

use super::tally::Place;
use crate::aggregation::Extent;
use crate::volume::{Level, word};

/// Voxels that are looked at together.
const BLOCK: usize = 32;
/// Counters of a level for each family: more than there are voxels in the neighbourhood.
pub(super) const COUNTERS: usize = 32;

/// Counters of one level, whether wanted or not, since one reading of the cells serves both families: `[k]` voxels have the
/// dependence k; `[COUNTERS + n]` is the sum of tone numerators over voxels with n voxels in the neighbourhood, and for
/// n = 1, where there is no neighbour, the number of these voxels.
pub(super) type Row = [u64; 2 * COUNTERS];

/// The distance at which neighbours are near, and the neighbourhood's voxels at most.
pub(super) const RADIUS: u32 = 1;

/// Adds the voxels of a row to the counters of their levels, which begin with those of level 0, outside; says how many
/// cells were visited.
pub(super) fn count<L: Level>(place: &Place<L>, y: usize, z: usize, counters: &mut [Row]) -> usize {
    if place.extent == Extent::Volume {
        rows(place, VOLUME, y, z, counters)
    } else {
        rows(place, SLICE, y, z, counters)
    }
}

/// Rows of the neighbourhood, as steps along y and z.
const VOLUME: [[i32; 2]; 9] =
    [[-1, -1], [0, -1], [1, -1], [-1, 0], [0, 0], [1, 0], [-1, 1], [0, 1], [1, 1]];
const SLICE: [[i32; 2]; 3] = [[-1, 0], [0, 0], [1, 0]];

fn rows<L: Level, const ROWS: usize>(
    place: &Place<L>,
    rows: [[i32; 2]; ROWS],
    y: usize,
    z: usize,
    counters: &mut [Row],
) -> usize {
    // No two levels differ by more than the largest of their type.
    let most = L::from_index(place.most().min(L::MAX as usize) as u32);
    // The sum of three levels may fit their type.
    let few = 3 * place.levels.count() <= L::MAX;
    let around = match (place.most(), few) {
        (0, true) => around::<L, ROWS, true, true>,
        (0, false) => around::<L, ROWS, true, false>,
        (_, true) => around::<L, ROWS, false, true>,
        (_, false) => around::<L, ROWS, false, false>,
    };
    let (levels, span) = (place.levels, place.levels.span(y, z));
    let cells = levels.cells();
    let offsets = rows.map(|[dy, dz]| levels.offset([-1, dy, dz]));
    let (mut own, mut spare) = ([L::zeroed(); BLOCK], [[L::zeroed(); BLOCK + 2]; ROWS]);
    let mut found = Around { dependence: [0; BLOCK], count: [0; BLOCK], sum: [0; BLOCK] };
    for first in span.clone().step_by(BLOCK) {
        let start = levels.index(first, y, z);
        let here = word(cells, start, &mut own);
        let mut spare = spare.iter_mut();
        let others = offsets.map(|offset| {
            let spare = spare.next()?;
            Some(word(cells, (start as isize + offset) as usize, spare))
        });
        around(here, &others, most, &mut found);
        let Around { dependence, count, sum } = &found;
        let mut numerators = [0u16; BLOCK];
        for i in 0..BLOCK {
            let (level, neighbours) = (here[i].index() as u16, u16::from(count[i]).wrapping_sub(1));
            let difference = level.wrapping_mul(neighbours).abs_diff(sum[i].wrapping_sub(level));
            numerators[i] = if neighbours == 0 { 1 } else { difference };
        }
        for at in 0..BLOCK.min(span.end - first) {
            let row = &mut counters[here[at].index()];
            row[usize::from(dependence[at]) % COUNTERS] += 1;
            row[COUNTERS + usize::from(count[at]) % COUNTERS] += u64::from(numerators[at]);
        }
    }
    span.len().next_multiple_of(BLOCK) * 3 * ROWS
}

/// What surrounds the voxels of a block, they themselves included.
struct Around {
    dependence: [u8; BLOCK],
    count: [u8; BLOCK],
    /// Levels are few where all of them have counters: sums fit.
    sum: [u16; BLOCK],
}

/// Looks at some rows of cells, of which the block's neighbours along x are the first, second and third on.
///
/// On its own and with a loop for each quantity and place, so that it becomes vectors held in registers.
#[inline(never)]
fn around<L: Level, const ROWS: usize, const EQUAL: bool, const FEW: bool>(
    here: &[L; BLOCK],
    rows: &[Option<&[L; BLOCK + 2]>; ROWS],
    most: L,
    out: &mut Around,
) {
    let (mut dependence, mut count, mut sum) = ([0u8; BLOCK], [0u8; BLOCK], [0u16; BLOCK]);
    for others in rows.iter().flatten() {
        let mut three = [L::zeroed(); BLOCK];
        for shift in 0..3 {
            let Some(other) = others[shift..].first_chunk::<BLOCK>() else { continue };
            for i in 0..BLOCK {
                // A voxel has a level, so an equal one is no outside cell.
                let near = match EQUAL {
                    true => here[i] == other[i],
                    false => (here[i].distance(other[i]) <= most) & (other[i] != L::zeroed()),
                };
                dependence[i] += u8::from(near);
            }
            for i in 0..BLOCK {
                count[i] += u8::from(other[i] != L::zeroed());
            }
            for i in 0..BLOCK {
                if FEW {
                    three[i] = three[i].plus(other[i]);
                } else {
                    sum[i] = sum[i].wrapping_add(other[i].index() as u16);
                }
            }
        }
        for i in 0..BLOCK {
            sum[i] = sum[i].wrapping_add(three[i].index() as u16);
        }
    }
    *out = Around { dependence, count, sum };
}
