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
/// The same in rows that are no longer.
const HALF: usize = 32;
/// The directions to the next row of a slice, and all that lead to other rows.
const PLANAR: usize = PLANAR_DIRECTIONS - 1;
const LINES: usize = DIRECTIONS.len() - 1;

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
    /// Two rows for each planar direction, then two slices for each deep direction if there are any.
    numbers: &'w mut [R],
    width: usize,
    slice: usize,
}

/// Cells of a row with its margin, and what the last word takes beyond it.
const fn width(nx: usize) -> usize {
    nx.saturating_add(2 + WORD)
}

/// Cells of a slice with its margin, and of all.
fn lengths([nx, ny, _]: [usize; 3], deep: bool) -> [usize; 2] {
    let slice = ny.saturating_add(2).saturating_mul(width(nx));
    let slices = if deep { slice.saturating_mul(2 * (LINES - PLANAR)) } else { 0 };
    [slice, width(nx).saturating_mul(2 * PLANAR).saturating_add(slices)]
}

/// The lines along a direction: where their numbers are.
#[derive(Clone, Copy, Default)]
struct Line {
    /// From a cell to the next of its line.
    offset: isize,
    /// The number of the first cell of this row, and of the cell before it in its line.
    to: usize,
    from: usize,
}

impl<'w, R: Before> Carried<'w, R> {
    /// What [`Carried::take`] takes for a box; `deep` for directions beyond the slice.
    pub(super) fn footprint(shape: [usize; 3], deep: bool) -> Footprint {
        let [_, numbers] = lengths(shape, deep);
        Footprint::of::<R>(numbers)
    }

    pub(super) fn take(
        shape: [usize; 3],
        deep: bool,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let [slice, numbers] = lengths(shape, deep);
        Ok(Self { numbers: scratch.take(numbers)?, width: width(shape[0]), slice })
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
        // The last voxel of a run that is too short has at most so many before it.
        let few = if least > 2 { R::ONE } else { R::zeroed() };
        let mut spare = [[L::zeroed(); WORD]; 2];
        for z in slices {
            for y in 0..levels.shape()[1] {
                let span = levels.span(y, z);
                pace.spend(span.len() * if deep { 16 } else { 4 })?;
                row::runs(levels, y, z, least, &mut spare, |level, length| visit(0, level, length));
                let row = Row { cells: levels.cells(), start: levels.index(0, y, z), span, few };
                let lines = self.lines(levels, y, z);
                let lines = if deep { &lines[..] } else { &lines[..PLANAR] };
                // The first direction is that of the row.
                let visit = |line, level, length| visit(line + 1, level, length);
                // Few levels are the usual case, and worth code of their own.
                if L::MAX == u32::from(u8::MAX) && row.span.len() <= HALF {
                    row.carry::<HALF>(lines, self.numbers, visit);
                } else {
                    row.carry::<WORD>(lines, self.numbers, visit);
                }
            }
        }
        Ok(())
    }

    /// The lines that come to a row.
    fn lines<L: Level>(&self, levels: &Levels<L>, y: usize, z: usize) -> [Line; LINES] {
        let mut lines = [Line::default(); LINES];
        let ([now, before], [above, here]) = ([z % 2, (z + 1) % 2], [(y + 1) % 2, y % 2]);
        for (at, (line, direction)) in lines.iter_mut().zip(&DIRECTIONS[1..]).enumerate() {
            let [dx, dy, _] = direction.map(|step| step as isize);
            line.offset = levels.offset(*direction);
            let (to, from, back) = if at < PLANAR {
                let first = 2 * at;
                ((first + here) * self.width, (first + above) * self.width, dx)
            } else {
                let first = 2 * PLANAR * self.width + (y + 1) * self.width;
                let pair = 2 * (at - PLANAR);
                let slice = |which: usize| first + (pair + which) * self.slice;
                (slice(now), slice(before), dx + dy * self.width as isize)
            };
            (line.to, line.from) = (to + 1, (from + 1).wrapping_add_signed(-back));
        }
        lines
    }
}

/// A row with its voxels.
struct Row<'r, L, R> {
    cells: &'r [L],
    /// Its first cell.
    start: usize,
    span: Range<usize>,
    few: R,
}

impl<L: Level, R: Before> Row<'_, L, R> {
    /// Carries numbers along lines from the rows before, `N` cells at a time, and visits the runs that end here with more
    /// than `few` voxels before their last one.
    #[inline]
    fn carry<const N: usize>(
        &self,
        lines: &[Line],
        numbers: &mut [R],
        mut visit: impl FnMut(usize, usize, usize),
    ) {
        let mut spare = [[L::zeroed(); N]; 3];
        let [spare, spare_before, spare_after] = &mut spare;
        for first in self.span.clone().step_by(N) {
            let at = self.start + first;
            let here = word(self.cells, at, spare);
            let inside = row::gathered_below((self.span.end - first).min(N));
            for (line, Line { offset, to, from }) in lines.iter().enumerate() {
                let before = word(self.cells, at.wrapping_add_signed(-offset), spare_before);
                let after = word(self.cells, at.wrapping_add_signed(*offset), spare_after);
                // Rows have room for a whole word.
                let Some(from) = numbers[from + first..].first_chunk::<N>() else { return };
                let (mut now, mut ends) = ([R::zeroed(); N], [0; N]);
                for i in 0..N {
                    now[i] = from[i].next(here[i] == before[i]);
                    ends[i] = u8::from(here[i] != after[i]) & u8::from(now[i] > self.few);
                }
                let Some(to) = numbers[to + first..].first_chunk_mut::<N>() else { return };
                *to = now;
                let mut bits = row::gathered(&ends) & inside;
                while bits != 0 {
                    let at = row::cell(bits.trailing_zeros());
                    bits &= bits - 1;
                    let level = here[at].index();
                    if level > 0 {
                        visit(line, level, now[at].get() + 1);
                    }
                }
            }
        }
    }
}
