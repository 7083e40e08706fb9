//! Where a row touches the rows before it, in loops that a compiler turns into vectors.
//!
//! Only contacts that join something new matter. A contact is implied by another when a third voxel of the
//! same level touches both ends; those are dropped, which leaves few of the thirteen.

use crate::aggregation::Extent;
use crate::error::Error;
use crate::volume::{Level, Levels};
use crate::workspace::{Arena, Footprint};

/// Bits of the three voxels that one voxel can touch in another row.
const LEFT: u8 = 1;
const MIDDLE: u8 = 2;
const RIGHT: u8 = 4;
/// Bits of one row in [`Contacts::near`] and [`Contacts::far`].
const ROW: u32 = 3;

/// Rows before a row: (y, z) steps, in the order of the bits.
const BEFORE: [(i32, i32); 4] = [(-1, 0), (0, -1), (-1, -1), (1, -1)];

/// Scratch for one row of voxels.
#[derive(Debug)]
pub(super) struct Contacts<'w> {
    /// All contacts with the row above in the slice, and with the row behind it in the slice before.
    above: &'w mut [u8],
    behind: &'w mut [u8],
    /// What is left of the contacts with the first two rows, and with the last two.
    near: &'w mut [u8],
    far: &'w mut [u8],
}

impl<'w> Contacts<'w> {
    pub(super) fn footprint(nx: usize) -> Footprint {
        Footprint::of::<u8>(nx).times(4)
    }

    pub(super) fn take(nx: usize, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        Ok(Self {
            above: scratch.take(nx)?,
            behind: scratch.take(nx)?,
            near: scratch.take(nx)?,
            far: scratch.take(nx)?,
        })
    }

    /// Calls `join` with x and the step (x, y, z) of every contact of a row that no other implies.
    pub(super) fn of_row<L: Level>(
        &mut self,
        levels: &Levels<L>,
        extent: Extent,
        y: usize,
        z: usize,
        mut join: impl FnMut(usize, [i32; 3]),
    ) {
        let span = levels.span(y, z);
        let n = span.len();
        // A row with a cell more at each end, some rows away.
        let row = |(dy, dz): (i32, i32)| {
            let start = levels.index(span.start, y, z) as isize + levels.offset([-1, dy, dz]);
            &levels.cells()[start as usize..start as usize + n + 2]
        };
        let here = row((0, 0));
        // One length, so that the loops need no checks.
        let [above, behind, near, far] =
            [&mut *self.above, self.behind, self.near, self.far].map(|bits| &mut bits[..n]);
        touch(n, here, row(BEFORE[0]), |x, all, new| {
            above[x] = all;
            near[x] = new;
        });
        if extent == Extent::Volume {
            touch(n, here, row(BEFORE[1]), |x, all, new| {
                behind[x] = all;
                near[x] |= (new & !around(above[x])) << ROW;
            });
            touch(n, here, row(BEFORE[2]), |x, _, new| {
                far[x] = new & !around(above[x]) & !around(behind[x]);
            });
            touch(n, here, row(BEFORE[3]), |x, _, new| {
                far[x] |= (new & !around(behind[x])) << ROW;
            });
        } else {
            far.fill(0);
        }
        // Eight voxels at a time: most have nothing left.
        for (eight, (near, far)) in near.chunks(8).zip(far.chunks(8)).enumerate() {
            if near.iter().chain(far).fold(0, |any, bits| any | bits) == 0 {
                continue;
            }
            for (i, (near, far)) in near.iter().zip(far).enumerate() {
                let mut bits = u32::from(*near) | u32::from(*far) << (2 * ROW);
                while bits != 0 {
                    let bit = bits.trailing_zeros();
                    bits &= bits - 1;
                    let (dy, dz) = BEFORE[(bit / ROW) as usize & 3];
                    join(span.start + 8 * eight + i, [(bit % ROW) as i32 - 1, dy, dz]);
                }
            }
        }
    }
}

/// Voxels of a row that touch one of these contacts.
#[inline]
fn around(contacts: u8) -> u8 {
    (contacts | contacts << 1 | contacts >> 1) & (LEFT | MIDDLE | RIGHT)
}

/// Gives, voxel by voxel, all contacts of a row with another and those not implied along x. Both rows come with
/// one cell more at each end.
#[inline(always)]
fn touch<L: Level>(n: usize, here: &[L], other: &[L], mut each: impl FnMut(usize, u8, u8)) {
    let (before, at, after) = (&here[..n], &here[1..][..n], &here[2..][..n]);
    let (left, middle, right) = (&other[..n], &other[1..][..n], &other[2..][..n]);
    for x in 0..n {
        let level = at[x];
        let inside = u8::from(level.index() != 0).wrapping_neg();
        let [l, m, r] = [left[x], middle[x], right[x]].map(|o| u8::from(o == level));
        let all = (l | m << 1 | r << 2) & inside;
        let [before, after] = [before[x], after[x]].map(|o| u8::from(o == level));
        // The voxel before touches what lies left of this one, the one after what lies right; and neighbours
        // in the other row touch each other.
        let new = (l & !m & !before) | (m & !(l & before)) << 1 | (r & !m & !after) << 2;
        each(x, all, new & inside);
    }
}
