//! The cells of a slice, while contours are drawn on them.

use core::ops::Range;

use super::frame::Frame;
use super::list::Contour;
use super::rules::Inside;
use super::scan;
use crate::error::Error;
use crate::pace::Pace;
use crate::view::BoundingBox;

/// Flag of a cell that is inside one of the contours so far.
const INSIDE: u8 = 1;
/// Flag of a cell from which on a contour's inside and outside change places.
const TOGGLE: u8 = 2;

/// Turns the marks of a row into the mask; says how many cells are inside.
pub(super) fn finish(row: &mut [u8], inside: Inside) -> u64 {
    let mut voxels = 0;
    match inside {
        Inside::EvenOdd => {
            let mut parity = 0;
            for cell in row {
                parity ^= *cell;
                *cell = parity;
                voxels += u64::from(parity);
            }
        }
        Inside::Union => voxels = row.iter().map(|cell| u64::from(*cell)).sum(),
        Inside::Winding => {
            let mut winding = 0i64;
            for cell in row {
                winding += i64::from(*cell as i8);
                *cell = u8::from(winding != 0);
                voxels += u64::from(*cell);
            }
        }
    }
    voxels
}

/// The cells of the slice of one contour.
pub(super) struct Slice<'o> {
    cells: &'o mut [u8],
    start: [usize; 2],
    width: usize,
    rows: Range<usize>,
}

impl<'o> Slice<'o> {
    /// The part of the cells of a box that lies in a slice, or `None`.
    pub(super) fn of(within: BoundingBox, out: &'o mut [u8], z: usize) -> Option<Self> {
        let ([x0, y0, z0], [nx, ny, _]) = (within.start, within.shape);
        if within.is_empty() || !(z0..within.end()[2]).contains(&z) {
            return None;
        }
        let cells = out[(z - z0) * nx * ny..].get_mut(..nx * ny)?;
        Some(Self { cells, start: [x0, y0], width: nx, rows: y0..y0 + ny })
    }

    /// Marks where the inside of the contour changes along each row.
    ///
    /// An edge turns every cell to its left. A row is crossed an even number of times, so turning every cell from
    /// there on instead gives the same, and one running value along the row resolves it.
    pub(super) fn mark(
        &mut self,
        contour: &Contour,
        frame: &Frame,
        inside: Inside,
        pace: &mut Pace,
    ) -> Result<(), Error> {
        let ([x0, y0], width) = (self.start, self.width);
        let cells = &mut *self.cells;
        // First column, first row and one past the last row that have marks.
        let (mut left, mut top, mut bottom) = (width, usize::MAX, 0);
        scan::crossings(contour, frame, &self.rows, pace, |crossing| {
            let (column, row) = (crossing.cells_left(x0, width), crossing.y - y0);
            if column == width {
                // Every cell of the row is turned: the same as none.
                return Ok(());
            }
            (left, top, bottom) = (left.min(column), top.min(row), bottom.max(row + 1));
            let cell = &mut cells[row * width + column];
            match inside {
                Inside::EvenOdd => *cell ^= INSIDE,
                Inside::Union => *cell ^= TOGGLE,
                Inside::Winding => {
                    let step = if crossing.up { 1 } else { -1 };
                    let sum = (*cell as i8).checked_add(step).ok_or_else(|| {
                        let expected = "at most 127 edges of one sense between two pixel centres";
                        Error::invalid_at("contours", contour.index, 128usize, expected)
                    })?;
                    *cell = sum as u8;
                }
            }
            Ok(())
        })?;
        if inside == Inside::Union {
            for row in top..bottom {
                pace.spend(width)?;
                let mut parity = 0;
                for cell in &mut cells[row * width..][left..width] {
                    parity ^= *cell & TOGGLE;
                    *cell = (*cell & INSIDE) | u8::from(parity != 0);
                }
            }
        }
        Ok(())
    }
}
