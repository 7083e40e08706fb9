//! Where a voxel touches those before it, in its row and the rows before, in loops that a compiler turns into vectors.
//!
//! Only contacts that join something new matter. A contact is implied by another when a third voxel of the
//! same level touches both ends; those are dropped, which leaves few of the thirteen.

use crate::aggregation::Extent;
use crate::volume::{Level, Levels, word};

/// Voxels that are looked at together.
const BLOCK: usize = 32;

/// Bits of the three voxels that one voxel can touch in another row.
const LEFT: u8 = 1;
const MIDDLE: u8 = 2;
const RIGHT: u8 = 4;
/// Bits of one row.
const ROW: usize = 3;

/// Rows before a row: (y, z) steps, in the order of the bits.
const BEFORE: [[i32; 2]; 4] = [[-1, 0], [0, -1], [-1, -1], [1, -1]];

/// Contacts of the voxels of a block that no others imply, a bit each: with the voxel before in the row, then three bits
/// for each of the rows before.
pub(super) type Found = [u16; BLOCK];

/// Bits of one voxel; the highest are never set.
pub(super) const BITS: usize = u16::BITS as usize;

/// The contacts of each voxel, from those with its own row, with the first two rows before, and with the last two.
#[inline(always)]
fn together(own: &[u8; BLOCK], near: &[u8; BLOCK], far: &[u8; BLOCK]) -> Found {
    let mut found = [0; BLOCK];
    for i in 0..BLOCK {
        found[i] = u16::from(own[i]) | u16::from(near[i]) << 1 | u16::from(far[i]) << (1 + 2 * ROW);
    }
    found
}

/// From a voxel to those that it can touch, as steps along x, y, z in the order of the bits; those never set are no step.
pub(super) fn steps() -> [[i32; 3]; BITS] {
    core::array::from_fn(|bit| match bit {
        0 => [-1, 0, 0],
        _ => match BEFORE.get((bit - 1) / ROW) {
            Some([dy, dz]) => [((bit - 1) % ROW) as i32 - 1, *dy, *dz],
            None => [0; 3],
        },
    })
}

/// Calls `visit` block by block with the first voxel, the levels and the contacts of those that a row has in the block.
pub(super) fn of_row<L: Level>(
    levels: &Levels<L>,
    extent: Extent,
    [y, z]: [usize; 2],
    mut visit: impl FnMut(usize, &[L], &[u16]),
) {
    let span = levels.span(y, z);
    let cells = levels.cells();
    let offsets = BEFORE.map(|[dy, dz]| levels.offset([-1, dy, dz]));
    let deep = extent == Extent::Volume;
    let mut spare = [[L::zeroed(); BLOCK + 2]; 5];
    let mut found = [0; BLOCK];
    for first in span.clone().step_by(BLOCK) {
        let cell = levels.index(first, y, z);
        let row = |step: usize| (cell as isize + offsets[step]) as usize;
        let [own, first_spare, second_spare, third_spare, fourth_spare] = &mut spare;
        let here = word(cells, cell - 1, own);
        let above = word(cells, row(0), first_spare);
        if deep {
            let behind = word(cells, row(1), second_spare);
            let over = word(cells, row(2), third_spare);
            let under = word(cells, row(3), fourth_spare);
            volume(here, [above, behind, over, under], &mut found);
        } else {
            slice(here, above, &mut found);
        }
        let count = BLOCK.min(span.end - first);
        visit(first, &here[1..=count], &found[..count]);
    }
}

/// A block of a row, with what its voxels have in common with those beside them, as bytes of ones or zeros.
struct Own<L> {
    at: [L; BLOCK],
    inside: [u8; BLOCK],
    like_before: [u8; BLOCK],
    like_after: [u8; BLOCK],
}

impl<L: Level> Own<L> {
    /// Of a row with a cell more at each end.
    #[inline(always)]
    fn of(row: &[L; BLOCK + 2]) -> Self {
        let mut at = [L::zeroed(); BLOCK];
        if let Some(middle) = row[1..].first_chunk() {
            at = *middle;
        }
        let mut inside = [0; BLOCK];
        for i in 0..BLOCK {
            inside[i] = if at[i] == L::zeroed() { 0 } else { u8::MAX };
        }
        Self { at, inside, like_before: same(&at, row, 0), like_after: same(&at, row, 2) }
    }
}

impl<L> Own<L> {
    /// 1 for each voxel that is like the one before it.
    #[inline(always)]
    fn joined(&self) -> [u8; BLOCK] {
        let mut joined = [0; BLOCK];
        for i in 0..BLOCK {
            joined[i] = self.like_before[i] & self.inside[i] & 1;
        }
        joined
    }
}

/// Which cells equal those of another row from a place on, as bytes of ones or zeros.
#[inline(always)]
fn same<L: Level>(at: &[L; BLOCK], row: &[L; BLOCK + 2], shift: usize) -> [u8; BLOCK] {
    let mut same = [0; BLOCK];
    if let Some(other) = row[shift..].first_chunk::<BLOCK>() {
        for i in 0..BLOCK {
            same[i] = if at[i] == other[i] { u8::MAX } else { 0 };
        }
    }
    same
}

/// Contacts within a slice.
#[inline(never)]
fn slice<L: Level>(here: &[L; BLOCK + 2], above: &[L; BLOCK + 2], found: &mut Found) {
    let own = Own::of(here);
    let (_, new) = touch(&own, above);
    *found = together(&own.joined(), &new, &[0; BLOCK]);
}

/// Contacts within a volume, with the row above, that behind it in the slice before, and those over and under the latter.
#[inline(never)]
fn volume<L: Level>(
    here: &[L; BLOCK + 2],
    [above, behind, over, under]: [&[L; BLOCK + 2]; 4],
    found: &mut Found,
) {
    let own = Own::of(here);
    let (above, mut near) = touch(&own, above);
    let (behind, new) = touch(&own, behind);
    for i in 0..BLOCK {
        near[i] |= (new[i] & !around(above[i])) << ROW;
    }
    let (_, mut far) = touch(&own, over);
    for i in 0..BLOCK {
        far[i] &= !around(above[i]) & !around(behind[i]);
    }
    let (_, new) = touch(&own, under);
    for i in 0..BLOCK {
        far[i] |= (new[i] & !around(behind[i])) << ROW;
    }
    *found = together(&own.joined(), &near, &far);
}

/// Voxels of a row that touch one of these contacts.
#[inline(always)]
fn around(contacts: u8) -> u8 {
    (contacts | contacts << 1 | contacts >> 1) & (LEFT | MIDDLE | RIGHT)
}

/// All contacts of a block with another row, and those not implied along x.
#[inline(always)]
fn touch<L: Level>(own: &Own<L>, other: &[L; BLOCK + 2]) -> ([u8; BLOCK], [u8; BLOCK]) {
    let (left, middle) = (same(&own.at, other, 0), same(&own.at, other, 1));
    let right = same(&own.at, other, 2);
    let (mut all, mut new) = ([0; BLOCK], [0; BLOCK]);
    for i in 0..BLOCK {
        all[i] = ((left[i] & LEFT) | (middle[i] & MIDDLE) | (right[i] & RIGHT)) & own.inside[i];
    }
    for i in 0..BLOCK {
        // The voxel before touches what lies left of this one, the one after what lies right; and neighbours
        // in the other row touch each other.
        let left_new = left[i] & !middle[i] & !own.like_before[i] & LEFT;
        let middle_new = middle[i] & !(left[i] & own.like_before[i]) & MIDDLE;
        let right_new = right[i] & !middle[i] & !own.like_after[i] & RIGHT;
        new[i] = (left_new | middle_new | right_new) & own.inside[i];
    }
    (all, new)
}
