//! Regions held as runs of voxels.

use super::cells::Cells;
use super::{Base, Numbers, Order};
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::view::BoundingBox;

/// A region as runs of voxels that follow one another along the fastest axis of the host's array: the run-length
/// encodings of masks, ITK's label maps. Runs may overlap and come in any order; a run of length 0 is empty.
#[derive(Clone, Copy, Debug)]
pub struct Runs<'a> {
    numbers: Numbers<'a>,
    kind: Kind,
    base: Base,
    order: Order,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    /// start, length
    Linear,
    /// x, y, z, length
    Rows,
}

impl Kind {
    const fn columns(self) -> usize {
        match self {
            Kind::Linear => 2,
            Kind::Rows => 4,
        }
    }
}

/// First voxel and one past the last, in the linear order.
struct Run {
    start: u64,
    end: u64,
}

impl<'a> Runs<'a> {
    /// Runs as pairs (number of the first voxel, length). A run goes on in the next line of the array where one
    /// ends.
    ///
    /// # Errors
    /// When there is an odd count of numbers.
    pub fn linear(pairs: impl Into<Numbers<'a>>, base: Base, order: Order) -> Result<Self, Error> {
        Self::new(pairs.into(), Kind::Linear, base, order)
    }

    /// Runs as rows (x, y, z, length), along the fastest axis of the order, each inside one line of the grid.
    ///
    /// # Errors
    /// When the count of numbers is not a multiple of 4.
    pub fn rows(rows: impl Into<Numbers<'a>>, base: Base, order: Order) -> Result<Self, Error> {
        Self::new(rows.into(), Kind::Rows, base, order)
    }

    fn new(numbers: Numbers<'a>, kind: Kind, base: Base, order: Order) -> Result<Self, Error> {
        if !numbers.len().is_multiple_of(kind.columns()) {
            let expected = match kind {
                Kind::Linear => "pairs of start and length",
                Kind::Rows => "rows of x, y, z and length",
            };
            return Err(Error::invalid("runs", numbers.len(), expected));
        }
        Ok(Self { numbers, kind, base, order })
    }

    /// The smallest box around the region, or `None` when it is empty.
    ///
    /// # Errors
    /// The first number that is not whole or leads out of the grid; [`Error::Cancelled`].
    pub fn bounds(&self, watch: &Watch) -> Result<Option<BoundingBox>, Error> {
        let mut found = None;
        let [fast, middle, _] = self.order.sides();
        self.each(watch, |Run { start, end }, _| {
            let (mut low, mut high) = (self.order.split(start), self.order.split(end - 1));
            // A run that enters the next line has been at the end of one and at the start of the other.
            if low[2] != high[2] {
                (low[1], high[1]) = (0, middle - 1);
                (low[0], high[0]) = (0, fast - 1);
            } else if low[1] != high[1] {
                (low[0], high[0]) = (0, fast - 1);
            }
            BoundingBox::enclose(&mut found, self.order.between(low, high));
            Ok(())
        })?;
        Ok(found)
    }

    /// Writes the mask of a box of the grid and counts the voxels in it.
    ///
    /// # Errors
    /// The first number that is not whole or leads out of the grid; a box that leaves the grid; an output that has
    /// not one cell a voxel of the box; [`Error::Cancelled`]. After an error the output means nothing.
    pub fn fill(&self, within: BoundingBox, out: &mut [u8], watch: &Watch) -> Result<u64, Error> {
        let mut cells = Cells::clear(self.order.shape(), within, out)?;
        let mut voxels = 0;
        self.each(watch, |run, pace| {
            voxels += self.set(&run, &mut cells, pace)?;
            Ok(())
        })?;
        Ok(voxels)
    }

    /// Sets what a run has in common with a box, line by line.
    fn set(&self, run: &Run, cells: &mut Cells, pace: &mut Pace) -> Result<u64, Error> {
        let (low, high) = (self.order.split(run.start), self.order.split(run.end - 1));
        let [fast, middle, _] = self.order.sides();
        let start = self.order.along_axes(cells.within().start);
        let end = self.order.along_axes(cells.within().end());
        let mut new = 0;
        for s in low[2].max(start[2])..(high[2] + 1).min(end[2]) {
            let first = if s == low[2] { low[1] } else { 0 };
            let last = if s == high[2] { high[1] } else { middle - 1 };
            for m in first.max(start[1])..(last + 1).min(end[1]) {
                let from = if [m, s] == [low[1], low[2]] { low[0] } else { 0 };
                let to = if [m, s] == [high[1], high[2]] { high[0] + 1 } else { fast };
                pace.spend(to - from)?;
                new += cells.set(self.order.axes()[0], self.order.to_xyz([from, m, s]), to - from);
            }
        }
        Ok(new)
    }

    /// Checks every run and visits those that are not empty.
    fn each(
        &self,
        watch: &Watch,
        mut visit: impl FnMut(Run, &mut Pace) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let mut pace = Pace::start(watch)?;
        for first in (0..self.numbers.len()).step_by(self.kind.columns()) {
            pace.spend(16)?;
            let run = match self.kind {
                Kind::Linear => self.pair(first)?,
                Kind::Rows => self.row(first)?,
            };
            if run.start < run.end {
                visit(run, &mut pace)?;
            }
        }
        Ok(())
    }

    fn pair(&self, at: usize) -> Result<Run, Error> {
        let voxels = self.order.voxels();
        let start = self.position(at, voxels)?;
        Ok(Run { start, end: start + self.length(at + 1, voxels - start)? })
    }

    fn row(&self, first: usize) -> Result<Run, Error> {
        let mut place = [0; 3];
        for axis in 0..3 {
            place[axis] = self.position(first + axis, self.order.shape()[axis] as u64)? as usize;
        }
        let [fast, middle, slow] = self.order.along_axes(place);
        let [line, lines, _] = self.order.sides();
        let length = self.length(first + 3, (line - fast) as u64)?;
        let start = ((slow * lines + middle) * line + fast) as u64;
        Ok(Run { start, end: start + length })
    }

    /// The number at a place of the list, counted from 0 and below an end.
    fn position(&self, at: usize, end: u64) -> Result<u64, Error> {
        let number = self.numbers.whole(at).and_then(|n| self.base.count_from_zero(n));
        number.filter(|n| *n < end).ok_or_else(|| {
            let expected = "a whole number that is a place in the grid";
            Error::invalid_at("runs", at, self.numbers.detail(at), expected)
        })
    }

    fn length(&self, at: usize, most: u64) -> Result<u64, Error> {
        self.numbers.whole(at).filter(|n| *n <= most).ok_or_else(|| {
            let expected = match self.kind {
                Kind::Linear => "a length that ends inside the grid",
                Kind::Rows => "a length that ends inside the line",
            };
            Error::invalid_at("runs", at, self.numbers.detail(at), expected)
        })
    }
}
