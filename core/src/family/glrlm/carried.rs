//! The runs of two and more voxels along all directions in one pass over the rows.
//!
//! For each direction every voxel knows how many voxels of its level lie before it in a row: one more than its predecessor
//! where that has its level, which loops tell that a compiler turns into vectors. Where the successor has another level a run
//! has ended. Along x the ends are found in words of bits.

use core::ops::Range;

use bytemuck::Pod;

use super::row;
use crate::error::Error;
use crate::family::pace::Pace;
use crate::volume::{DIRECTIONS, Level, Levels, PLANAR_DIRECTIONS, word};
use crate::workspace::{Arena, Footprint};

/// Cells whose ends are looked at together.
pub(super) const WORD: usize = 64;
/// The directions to the next row of a slice.
const PLANAR: Range<usize> = 1..PLANAR_DIRECTIONS;
/// The directions to the next slice.
const DEEP: Range<usize> = PLANAR_DIRECTIONS..DIRECTIONS.len();

/// A number of voxels before one in a run.
pub(super) trait Before: Pod + Ord {
    const ONE: Self;
    /// One more where the voxel goes on, else none.
    fn next(self, goes_on: bool) -> Self;
    fn get(self) -> usize;
}

impl Before for u8 {
    const ONE: Self = 1;
    #[inline]
    fn next(self, goes_on: bool) -> Self {
        // Not an if: it would become a branch.
        self.wrapping_add(1) & Self::from(goes_on).wrapping_neg()
    }
    #[inline]
    fn get(self) -> usize {
        usize::from(self)
    }
}

impl Before for u16 {
    const ONE: Self = 1;
    #[inline]
    fn next(self, goes_on: bool) -> Self {
        // Not an if: it would become a branch.
        self.wrapping_add(1) & Self::from(goes_on).wrapping_neg()
    }
    #[inline]
    fn get(self) -> usize {
        usize::from(self)
    }
}

/// The numbers of two rows or slices by turns, with a margin of a voxel on every side of a slice. They start with anything:
/// only that of a predecessor of the same level is used, and outside the region there is no run.
#[derive(Debug)]
pub(super) struct Carried<'w, R> {
    /// Row by row: the one before and this one, for each planar direction.
    rows: &'w mut [R],
    /// Slice by slice: the one before and this one, for each deep direction; empty without these.
    slices: &'w mut [R],
    width: usize,
    height: usize,
}

/// Cells of a row with its margin, and what the last word takes beyond it.
const fn width(nx: usize) -> usize {
    nx.saturating_add(2 + WORD)
}

/// Lengths of both buffers.
fn lengths([nx, ny, _]: [usize; 3], deep: bool) -> [usize; 2] {
    let slice = ny.saturating_add(2).saturating_mul(width(nx));
    let slices = if deep { slice.saturating_mul(2 * DEEP.len()) } else { 0 };
    [width(nx).saturating_mul(2 * PLANAR.len()), slices]
}

impl<'w, R: Before> Carried<'w, R> {
    /// What [`Carried::take`] takes for a box; `deep` for directions beyond the slice.
    pub(super) fn footprint(shape: [usize; 3], deep: bool) -> Footprint {
        let [rows, slices] = lengths(shape, deep);
        Footprint::of::<R>(rows).all_of(Footprint::of::<R>(slices))
    }

    pub(super) fn take(
        shape: [usize; 3],
        deep: bool,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let [rows, slices] = lengths(shape, deep);
        let (rows, slices) = (scratch.take(rows)?, scratch.take(slices)?);
        Ok(Self { rows, slices, width: width(shape[0]), height: shape[1] + 2 })
    }

    /// Calls `visit(direction, level, length)` for every run of `least` or more voxels, 2 or 3, that lies in one of the
    /// slices; if `deep`, also for those along directions beyond the slice, and then the slices must be all of the box.
    /// Shorter runs along x may be among them.
    pub(super) fn visit<L: Level>(
        &mut self,
        levels: &Levels<L>,
        slices: Range<usize>,
        deep: bool,
        least: usize,
        pace: &mut Pace,
        mut visit: impl FnMut(usize, usize, usize),
    ) -> Result<(), Error> {
        let ny = levels.shape()[1];
        let (width, slice) = (self.width, self.width * self.height);
        // The last voxel of a run that is too short has at most so many before it.
        let few = if least > 2 { R::ONE } else { R::zeroed() };
        let (mut before, mut now) = match deep {
            true => self.slices.split_at_mut(self.slices.len() / 2),
            false => Default::default(),
        };
        let mut spare = [[L::zeroed(); WORD]; 3];
        let offsets = DIRECTIONS.map(|step| levels.offset(step));
        for z in slices {
            let (mut row_before, mut row_now) = self.rows.split_at_mut(self.rows.len() / 2);
            for y in 0..ny {
                let span = levels.span(y, z);
                pace.spend(span.len() * if deep { 16 } else { 4 })?;
                row::runs(levels, y, z, least, &mut spare, |level, length| visit(0, level, length));
                let last = row::gathered_below(span.len() % WORD);
                let here = Row { cells: levels.cells(), start: levels.index(0, y, z), span, last };
                for direction in PLANAR {
                    let at = (direction - PLANAR.start) * width + 1;
                    let [dx, ..] = DIRECTIONS[direction];
                    let from = &row_before[at.wrapping_add_signed(-dx as isize)..];
                    let to = &mut row_now[at..];
                    let offset = offsets[direction];
                    here.carry(offset, from, to, few, &mut spare, |l, n| visit(direction, l, n));
                }
                for direction in DEEP.filter(|_| deep) {
                    let at = (direction - DEEP.start) * slice + (y + 1) * width + 1;
                    let [dx, dy, _] = DIRECTIONS[direction].map(|step| step as isize);
                    let from = &before[at.wrapping_add_signed(-dx - dy * width as isize)..];
                    let to = &mut now[at..];
                    let offset = offsets[direction];
                    here.carry(offset, from, to, few, &mut spare, |l, n| visit(direction, l, n));
                }
                (row_before, row_now) = (row_now, row_before);
            }
            (before, now) = (now, before);
        }
        Ok(())
    }
}

/// A row with its voxels.
struct Row<'r, L> {
    cells: &'r [L],
    /// Its first cell.
    start: usize,
    span: Range<usize>,
    /// The bits of the last word, if it is not whole.
    last: u64,
}

impl<L: Level> Row<'_, L> {
    /// Carries numbers along a direction from the row before, whose cells lie `offset` before this row's, and visits the
    /// runs that end here with more than `few` voxels before their last one.
    #[inline]
    fn carry<R: Before>(
        &self,
        offset: isize,
        from: &[R],
        to: &mut [R],
        few: R,
        [spare, spare_before, spare_after]: &mut [[L; WORD]; 3],
        mut visit: impl FnMut(usize, usize),
    ) {
        for first in self.span.clone().step_by(WORD) {
            let at = self.start + first;
            let here = word(self.cells, at, spare);
            let before = word(self.cells, at.wrapping_add_signed(-offset), spare_before);
            let after = word(self.cells, at.wrapping_add_signed(offset), spare_after);
            // Both rows have room for a whole word.
            let Some(from) = from[first..].first_chunk::<WORD>() else { return };
            let Some(to) = to[first..].first_chunk_mut::<WORD>() else { return };
            let (mut now, mut ends) = ([R::zeroed(); WORD], [0; WORD]);
            for i in 0..WORD {
                now[i] = from[i].next(here[i] == before[i]);
                ends[i] = u8::from(here[i] != after[i]) & u8::from(now[i] > few);
            }
            *to = now;
            let mut bits = row::gathered(&ends);
            if self.span.end - first < WORD {
                bits &= self.last;
            }
            while bits != 0 {
                let at = row::cell(bits.trailing_zeros());
                bits &= bits - 1;
                let level = here[at].index();
                if level > 0 {
                    visit(level, now[at].get() + 1);
                }
            }
        }
    }
}
