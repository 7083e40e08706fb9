//! The box that contours need.

use super::frame::Frame;
use super::list::Contours;
use super::place::{self, Place};
use super::rules::Rules;
use super::scan;
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::view::BoundingBox;

/// A box that holds the region, at most a voxel larger along x than the region of the contours' points, or `None`
/// when no contour lies on the grid.
///
/// # Errors
/// As [`fill`](super::fill), for the points and the slice rule.
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
            let start = [x.start, y.start, spot.slices.start];
            let shape = [x.len(), y.len(), spot.slices.len()];
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
