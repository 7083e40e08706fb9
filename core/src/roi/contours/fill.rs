//! From contours to a mask.

use core::ops::Range;

use super::frame::Frame;
use super::list::{Contour, Contours};
use super::place::{self, Place, Spot};
use super::rules::{Inside, Rules};
use super::scan;
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::roi::cells;
use crate::view::BoundingBox;
use crate::workspace::{Arena, Footprint};

/// What became of the contours. Counts of contours and slices are about the whole grid, whatever the box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rasterised {
    /// Voxels inside, in the box.
    pub voxels: u64,
    /// Contours that count for a slice.
    pub contours_used: usize,
    /// Contours off the grid along z.
    pub contours_outside: usize,
    /// Contours on the grid that the slice rule left out as too far from any slice.
    pub contours_between: usize,
    /// Contours of fewer than three points or without extent along x or y.
    pub contours_degenerate: usize,
    /// Contours among the used ones that reach beyond the pixels of the grid along x or y, and were cut there.
    pub contours_clipped: usize,
    /// Slices that have contours.
    pub slices_used: usize,
    /// Slices without contours between the first and the last that have some: nothing is interpolated.
    pub slices_missing: usize,
    /// Slices that have contours of several planes. Under the even-odd rule these exclude each other, so that
    /// rings appear: the contours were drawn on slices that lie closer than these.
    pub slices_shared: usize,
    /// The largest distance of a used contour from its slice in mm.
    pub largest_distance: f64,
}

/// Planes of one slice further apart than this fraction of the distance between slices are different planes.
const SAME_PLANE: f64 = 0.01;

/// Flag of a cell that is inside one of the contours so far.
const INSIDE: u8 = 1;
/// Flag of a cell from which on a contour's inside and outside change places.
const TOGGLE: u8 = 2;

/// A box that holds the region, at most a voxel larger along x than the region of the contours' points, or `None`
/// when no contour lies on the grid.
///
/// # Errors
/// As [`fill`].
pub fn bounds(
    contours: &Contours,
    frame: &Frame,
    rules: &Rules,
    watch: &Watch,
) -> Result<Option<BoundingBox>, Error> {
    place::check(rules.slice)?;
    let mut pace = Pace::start(watch)?;
    let mut found = None;
    let [nx, ny, _] = frame.shape();
    for contour in contours.iter() {
        pace.spend(16)?;
        let Place::In(spot) = place::place(&contour, frame, rules.slice, &mut pace)? else {
            continue;
        };
        // A crossing may round to a place just beyond the ends of its edge.
        let x = if math::abs(spot.low[0]).max(math::abs(spot.high[0])) < FAR {
            clamp(math::ceil(spot.low[0]) - 1.0, nx)..clamp(math::ceil(spot.high[0]) + 1.0, nx)
        } else {
            0..nx
        };
        let y = scan::rows_between(spot.low[1], spot.high[1], &(0..ny));
        if !x.is_empty() && !y.is_empty() {
            let start = [x.start, y.start, spot.near.slice];
            let shape = [x.len(), y.len(), 1];
            BoundingBox::enclose(&mut found, BoundingBox { start, shape });
        }
    }
    Ok(found)
}

/// Pixel coordinates beyond are no longer known to a small part of a pixel after a few operations.
const FAR: f64 = 1e9;

fn clamp(x: f64, n: usize) -> usize {
    (x as i64).clamp(0, n as i64) as usize
}

/// The scratch memory of [`fill`] on a grid of this shape.
pub const fn footprint(shape: [usize; 3]) -> Footprint {
    Footprint::of::<[f64; 2]>(shape[2])
}

/// Writes the mask of a box of the grid, one byte a cell, x fastest, 1 inside and 0 outside, and says what became
/// of the contours. The scratch memory is that of [`footprint`].
///
/// # Errors
/// - a coordinate that is not finite: its position in the points;
/// - a contour that is not flat and parallel to the slices, with the distance in mm of its outermost points from
///   its plane, when that is more than a tenth of the distance between slices;
/// - a contour that [`SliceRule::RefuseBeyond`](super::SliceRule::RefuseBeyond) refuses, with its distance in mm;
/// - under the winding rule, a contour with which more than 127 edges of one sense pass between two neighbouring
///   centres of a row;
/// - a box that leaves the grid, an output that has not one cell a voxel of the box, too little scratch memory,
///   [`Error::Cancelled`].
///
/// After an error the output means nothing.
pub fn fill(
    contours: &Contours,
    frame: &Frame,
    rules: &Rules,
    within: BoundingBox,
    out: &mut [u8],
    mut scratch: Arena<'_>,
    watch: &Watch,
) -> Result<Rasterised, Error> {
    place::check(rules.slice)?;
    let shape = frame.shape();
    cells::check(shape, within, out)?;
    out.fill(0);
    let planes = scratch.take::<[f64; 2]>(shape[2])?;
    planes.fill(NO_PLANE);
    let mut pace = Pace::start(watch)?;
    let mut summary = Rasterised::default();
    for contour in contours.iter() {
        pace.spend(16)?;
        let spot = match place::place(&contour, frame, rules.slice, &mut pace)? {
            Place::Degenerate => {
                summary.contours_degenerate += 1;
                continue;
            }
            Place::Outside => {
                summary.contours_outside += 1;
                continue;
            }
            Place::Between => {
                summary.contours_between += 1;
                continue;
            }
            Place::In(spot) => spot,
        };
        summary.contours_used += 1;
        summary.contours_clipped += usize::from(spot.is_clipped(shape));
        summary.largest_distance = summary.largest_distance.max(spot.near.distance);
        let [low, high] = planes[spot.near.slice];
        planes[spot.near.slice] = [low.min(spot.plane), high.max(spot.plane)];
        let Some(mut slice) = Slice::of(within, out, &spot) else { continue };
        slice.mark(&contour, frame, rules.inside, &mut pace)?;
    }
    if !within.is_empty() {
        for row in out.chunks_exact_mut(within.shape[0]) {
            pace.spend(row.len())?;
            summary.voxels += finish(row, rules.inside);
        }
    }
    describe(planes, frame, &mut summary);
    Ok(summary)
}

/// No contour yet: the smallest plane lies above the largest.
const NO_PLANE: [f64; 2] = [f64::INFINITY, f64::NEG_INFINITY];

/// Turns the marks of a row into the mask; says how many cells are inside.
fn finish(row: &mut [u8], inside: Inside) -> u64 {
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

/// Counts the slices by the planes of their contours.
fn describe(planes: &[[f64; 2]], frame: &Frame, summary: &mut Rasterised) {
    let mut last_used = None;
    for (slice, [low, high]) in planes.iter().enumerate().filter(|(_, plane)| **plane != NO_PLANE) {
        summary.slices_used += 1;
        summary.slices_missing += last_used.map_or(0, |last| slice - last - 1);
        last_used = Some(slice);
        let different = high - low > SAME_PLANE * frame.finest_gap(frame.position(slice));
        summary.slices_shared += usize::from(different);
    }
}

/// The cells of the slice of one contour.
struct Slice<'o> {
    cells: &'o mut [u8],
    start: [usize; 2],
    width: usize,
    rows: Range<usize>,
}

impl<'o> Slice<'o> {
    /// The part of the box that lies in the slice, or `None`.
    fn of(within: BoundingBox, out: &'o mut [u8], spot: &Spot) -> Option<Self> {
        let ([x0, y0, z0], [nx, ny, _]) = (within.start, within.shape);
        let z = spot.near.slice;
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
    fn mark(
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
