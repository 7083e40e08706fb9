//! Where a row touches the rows before it, in loops that a compiler turns into vectors.
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
/// Bits of one row in [`Found::near`] and [`Found::far`].
const ROW: usize = 3;

/// Rows before a row: (y, z) steps, in the order of the bits.
const BEFORE: [[i32; 2]; 4] = [[-1, 0], [0, -1], [-1, -1], [1, -1]];

/// Contacts of a block that no others imply: with the first two rows, and with the last two.
struct Found {
    near: [u8; BLOCK],
    far: [u8; BLOCK],
}

impl Found {
    /// A bit for each voxel with a contact, the first lowest.
    #[inline(always)]
    fn voxels(&self) -> u32 {
        let mut any = [0u8; BLOCK];
        for i in 0..BLOCK {
            any[i] = u8::from(self.near[i] | self.far[i] != 0);
        }
        // The multiplication brings the lowest bits of eight bytes together in the highest byte.
        let eights = any.as_chunks::<8>().0.iter().rev();
        eights.fold(0, |bits, eight| {
            let gathered = u64::from_le_bytes(*eight).wrapping_mul(0x0102_0408_1020_4080) >> 56;
            bits << 8 | gathered as u32
        })
    }
}

/// From a voxel to those that it can touch, as steps in a dense volume, in the order of the bits.
pub(super) fn steps([nx, ny, _]: [usize; 3]) -> [usize; 4 * ROW] {
    // Backwards, so that what is taken away is positive.
    let back = |row: usize, dx: usize| {
        let [dy, dz] = BEFORE[row].map(|d| d as isize);
        let step = dx as isize - 1 + nx as isize * (dy + ny as isize * dz);
        step.unsigned_abs()
    };
    core::array::from_fn(|bit| back(bit / ROW, bit % ROW))
}

/// Calls `join` with the places of two voxels in a dense volume for every contact of a row that no other implies; the
/// row's first voxel has the place `start`.
pub(super) fn of_row<L: Level>(
    levels: &Levels<L>,
    extent: Extent,
    [y, z]: [usize; 2],
    start: usize,
    steps: &[usize; 4 * ROW],
    mut join: impl FnMut(usize, usize),
) {
    let span = levels.span(y, z);
    let cells = levels.cells();
    let offsets = BEFORE.map(|[dy, dz]| levels.offset([-1, dy, dz]));
    let deep = extent == Extent::Volume;
    let mut spare = [[L::zeroed(); BLOCK + 2]; 5];
    let mut found = Found { near: [0; BLOCK], far: [0; BLOCK] };
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
        // What lies beyond the span is not of this row.
        let mut voxels = found.voxels() & (u32::MAX >> (BLOCK - BLOCK.min(span.end - first)));
        while voxels != 0 {
            let at = voxels.trailing_zeros() as usize;
            voxels &= voxels - 1;
            let here = start + first + at;
            let mut contacts = u32::from(found.near[at]) | u32::from(found.far[at]) << (2 * ROW);
            // Mostly one.
            while contacts != 0 {
                let bit = contacts.trailing_zeros() as usize;
                contacts &= contacts - 1;
                join(here, here - steps[bit % (4 * ROW)]);
            }
        }
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
    let (_, new) = touch(&Own::of(here), above);
    *found = Found { near: new, far: [0; BLOCK] };
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
    *found = Found { near, far };
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
