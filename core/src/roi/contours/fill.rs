//! From contours to a mask.

use super::frame::Frame;
use super::list::Contours;
use super::marks::{Slice, finish};
use super::place::{self, Place};
use super::rules::{Rules, SliceRule};
use super::summary::{Planes, Rasterised};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::roi::cells;
use crate::view::BoundingBox;
use crate::workspace::{Arena, Footprint};

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
/// - a contour that [`SliceRule::RefuseBeyond`] refuses, with its distance in mm;
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
    let mut planes = Planes::none(scratch.take::<[f64; 2]>(shape[2])?);
    let mut pace = Pace::start(watch)?;
    let same = match rules.slice {
        SliceRule::NearestPlane(reach) => {
            for contour in contours.iter() {
                pace.spend(16)?;
                if let Place::In(spot) = place::place(&contour, frame, rules.slice, &mut pace)? {
                    pace.spend(8 * spot.slices.len())?;
                    for slice in frame.within(spot.plane, reach) {
                        planes.offer(slice, frame.position(slice), spot.plane);
                    }
                }
            }
            Some(place::same_plane(reach))
        }
        _ => None,
    };
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
        let mut used = false;
        for slice in spot.slices.clone() {
            pace.spend(8)?;
            match same {
                Some(same) if planes.distance(slice, spot.plane) > same => continue,
                Some(_) => {}
                None => planes.add(slice, spot.plane),
            }
            used = true;
            let distance = math::abs(spot.plane - frame.position(slice));
            summary.largest_distance = summary.largest_distance.max(distance);
            if let Some(mut cells) = Slice::of(within, out, slice) {
                cells.mark(&contour, frame, rules.inside, &mut pace)?;
            }
        }
        summary.contours_used += usize::from(used);
        summary.contours_between += usize::from(!used);
        summary.contours_clipped += usize::from(used && spot.is_clipped(shape));
    }
    if !within.is_empty() {
        for row in out.chunks_exact_mut(within.shape[0]) {
            pace.spend(row.len())?;
            summary.voxels += finish(row, rules.inside);
        }
    }
    planes.count(frame, &mut summary);
    Ok(summary)
}
