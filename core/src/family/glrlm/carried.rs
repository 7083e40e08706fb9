//! The runs of two and more voxels along all directions in one pass over the rows.
//!
//! For each direction every voxel knows how many voxels of its level lie before it in a row. From a row to the
//! next one along a direction these numbers are carried, in loops that a compiler turns into vectors, and where a level does
//! not go on a run has ended. Along x the ends are found in words of bits.

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
    fn next(self) -> Self;
    fn get(self) -> usize;
}

impl Before for u8 {
    const ONE: Self = 1;
    #[inline]
    fn next(self) -> Self {
        self.wrapping_add(1)
    }
    #[inline]
    fn get(self) -> usize {
        usize::from(self)
    }
}

impl Before for u16 {
    const ONE: Self = 1;
    #[inline]
    fn next(self) -> Self {
        self.wrapping_add(1)
    }
    #[inline]
    fn get(self) -> usize {
        usize::from(self)
    }
}

/// What is carried, with a margin of a voxel on every side of a slice. What comes to the margin is not read.
#[derive(Debug)]
pub(super) struct Carried<'w, R> {
    /// Row by row: this one and the next, for each planar direction.
    rows: &'w mut [R],
    /// Slice by slice: this one and the next, for each deep direction; empty without these.
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
    /// Runs of the level 0, outside the region, and shorter ones may be among them.
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
        let zero = R::zeroed();
        // The last voxel of a run that is too short has at most so many before it.
        let few = if least > 2 { R::ONE } else { zero };
        let (mut this, mut next) = match deep {
            true => self.slices.split_at_mut(self.slices.len() / 2),
            false => Default::default(),
        };
        this.fill(zero);
        let mut spare = [[L::zeroed(); WORD]; 2];
        let offsets = DIRECTIONS.map(|step| levels.offset(step));
        for z in slices {
            next.fill(zero);
            let (mut row, mut next_row) = self.rows.split_at_mut(self.rows.len() / 2);
            row.fill(zero);
            for y in 0..ny {
                next_row.fill(zero);
                let span = levels.span(y, z);
                pace.spend(span.len() * if deep { 16 } else { 4 })?;
                row::runs(levels, y, z, least, &mut spare, |level, length| visit(0, level, length));
                let here = Row { cells: levels.cells(), start: levels.index(0, y, z), span };
                for direction in PLANAR {
                    let at = (direction - PLANAR.start) * width;
                    let from = &row[at..at + width];
                    let to = shifted(&mut next_row[at..at + width], direction);
                    let offset = offsets[direction];
                    here.carry(offset, from, to, few, &mut spare, |l, n| visit(direction, l, n));
                }
                for direction in DEEP.filter(|_| deep) {
                    let at = (direction - DEEP.start) * slice + (y + 1) * width;
                    let to =
                        (at as isize + DIRECTIONS[direction][1] as isize * width as isize) as usize;
                    let from = &this[at..at + width];
                    let to = shifted(&mut next[to..to + width], direction);
                    let offset = offsets[direction];
                    here.carry(offset, from, to, few, &mut spare, |l, n| visit(direction, l, n));
                }
                (row, next_row) = (next_row, row);
            }
            (this, next) = (next, this);
        }
        Ok(())
    }
}

/// A row with its margins from the cell on to which the first cell of the row before it leads.
#[inline(always)]
fn shifted<R>(row: &mut [R], direction: usize) -> &mut [R] {
    &mut row[(1 + DIRECTIONS[direction][0]) as usize..]
}

/// A row from which is carried.
struct Row<'r, L> {
    cells: &'r [L],
    /// Its first cell.
    start: usize,
    span: Range<usize>,
}

impl<L: Level> Row<'_, L> {
    /// Carries numbers from this row, with its margins, to the next one along a direction, and visits the runs that end
    /// here with more than `few` voxels before their last one. The next row's cells lie `offset` further.
    #[inline]
    fn carry<R: Before>(
        &self,
        offset: isize,
        from: &[R],
        to: &mut [R],
        few: R,
        [spare, next_spare]: &mut [[L; WORD]; 2],
        mut visit: impl FnMut(usize, usize),
    ) {
        let next_start = (self.start as isize + offset) as usize;
        for first in self.span.clone().step_by(WORD) {
            let here = word(self.cells, self.start + first, spare);
            let next = word(self.cells, next_start + first, next_spare);
            // Both rows have room for a whole word.
            let Some(from) = from[first + 1..].first_chunk::<WORD>() else { return };
            let Some(to) = to[first..].first_chunk_mut::<WORD>() else { return };
            let mut ends = [0; WORD];
            for i in 0..WORD {
                let same = here[i] == next[i];
                to[i] = if same { from[i].next() } else { R::zeroed() };
                ends[i] = u8::from(!same) & u8::from(from[i] > few);
            }
            let mut bits = row::bits(&ends) & row::below(self.span.end - first);
            while bits != 0 {
                let at = bits.trailing_zeros() as usize;
                bits &= bits - 1;
                visit(here[at].index(), from[at].get() + 1);
            }
        }
    }
}
