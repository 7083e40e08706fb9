//! A row with what lies beyond its ends.

use super::{Combine, Line, Signs, Taps, extend};
use crate::error::Error;
use crate::filter::Boundary;
use crate::workspace::{Arena, Footprint};

/// A row of n cells with `low` cells before and after it, and one like it to go on to.
pub(crate) struct Row<'w> {
    cells: &'w mut [f64],
    other: &'w mut [f64],
    low: usize,
    n: usize,
}

impl<'w> Row<'w> {
    fn length(n: usize, low: usize) -> usize {
        low.saturating_mul(2).saturating_add(n)
    }

    pub(crate) fn footprint(n: usize, low: usize) -> Footprint {
        Footprint::of::<f64>(Self::length(n, low)).times(2)
    }

    pub(crate) fn new(n: usize, low: usize, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let length = Self::length(n, low);
        let (cells, other) = (scratch.take::<f64>(length)?, scratch.take::<f64>(length)?);
        Ok(Self { cells, other, low, n })
    }

    /// The row itself.
    pub(crate) fn inner(&mut self) -> &mut [f64] {
        &mut self.cells[self.low..self.low + self.n]
    }

    /// The row and what lies beyond it.
    pub(crate) fn cells(&self) -> &[f64] {
        self.cells
    }

    /// Fills what lies beyond it.
    pub(crate) fn extend(&mut self, edge: Boundary) {
        extend(self.cells, self.low, self.n, edge);
    }

    /// Becomes the response of another row.
    pub(super) fn follow(&mut self, row: &mut Row, line: &Line, edge: Boundary, taps: &mut Taps) {
        row.extend(edge);
        taps.extended(line, self.low, 1);
        taps.sum(row.cells, 0, Combine::Set, Signs::Plus, self.inner());
    }

    /// Becomes its own response.
    pub(super) fn again(&mut self, line: &Line, edge: Boundary, taps: &mut Taps) {
        self.extend(edge);
        taps.extended(line, self.low, 1);
        let out = &mut self.other[self.low..self.low + self.n];
        taps.sum(self.cells, 0, Combine::Set, Signs::Plus, out);
        core::mem::swap(&mut self.cells, &mut self.other);
    }
}
