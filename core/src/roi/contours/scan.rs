//! Where the edges of a contour cross the rows of a slice.

use core::ops::Range;

use super::frame::Frame;
use super::list::Contour;
use crate::error::Error;
use crate::math;
use crate::pace::Pace;

/// An edge that crosses a row.
#[derive(Clone, Copy, Debug)]
pub(super) struct Crossing {
    /// The row, within the grid.
    pub y: usize,
    /// The centres of this row with an X below lie to the left of the edge.
    pub x: f64,
    /// Whether the edge goes from smaller to larger Y.
    pub up: bool,
}

impl Crossing {
    /// How many of `width` cells from `start` lie to its left.
    pub(super) fn cells_left(&self, start: usize, width: usize) -> usize {
        // Whole numbers X below x are those below its ceiling; what is no number has none below it.
        let below = math::ceil(self.x) as i64;
        below.saturating_sub(start as i64).clamp(0, width as i64) as usize
    }
}

/// Visits every crossing of an edge with a row of the range. A row is crossed an even number of times.
pub(super) fn crossings(
    contour: &Contour,
    frame: &Frame,
    rows: &Range<usize>,
    pace: &mut Pace,
    mut visit: impl FnMut(Crossing) -> Result<(), Error>,
) -> Result<(), Error> {
    let Some(last) = contour.points().last() else { return Ok(()) };
    let [mut xj, mut yj, _] = frame.locate(last);
    for point in contour.points() {
        let [xi, yi, _] = frame.locate(point);
        let crossed = rows_between(yi, yj, rows);
        pace.spend(8 + 8 * crossed.len())?;
        for y in crossed {
            let row = y as f64;
            let x = (xj - xi) * (row - yi) / (yj - yi) + xi;
            visit(Crossing { y, x, up: yj < yi })?;
        }
        (xj, yj) = (xi, yi);
    }
    Ok(())
}

/// The rows Y of a range for which `(y_i > Y) != (y_j > Y)`: those from the smaller of both on, below the larger.
pub(super) fn rows_between(yi: f64, yj: f64, rows: &Range<usize>) -> Range<usize> {
    let bound = |y: f64| {
        let row = math::ceil(y) as i64;
        row.clamp(rows.start as i64, rows.end as i64) as usize
    };
    bound(yi.min(yj))..bound(yi.max(yj))
}
