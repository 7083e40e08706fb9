//! Where a contour lies on the grid.

use core::ops::Range;

use super::frame::{Frame, Near};
use super::list::Contour;
use super::rules::SliceRule;
use crate::error::Error;
use crate::math;
use crate::pace::Pace;

/// How far a point may lie from the plane of its contour, as a fraction of the distance between slices.
const FLATNESS: f64 = 0.1;

/// Where a contour lies.
#[derive(Clone, Debug)]
pub(super) enum Place {
    /// Fewer than three points, or no extent along x or y.
    Degenerate,
    /// Off the grid along z.
    Outside,
    /// On the grid, but too far from any slice for the rule.
    Between,
    /// In a slice, or near enough to several.
    In(Spot),
}

/// A contour and its slices.
#[derive(Clone, Debug)]
pub(super) struct Spot {
    /// The slices that it may count for.
    pub slices: Range<usize>,
    /// Distance of its plane from the origin along axis z in mm.
    pub plane: f64,
    /// Smallest and largest pixel coordinates X, Y.
    pub low: [f64; 2],
    /// See `low`.
    pub high: [f64; 2],
}

impl Spot {
    /// Whether it reaches beyond the pixels of the grid.
    pub(super) fn is_clipped(&self, shape: [usize; 3]) -> bool {
        (0..2).any(|axis| self.low[axis] < -0.5 || self.high[axis] > shape[axis] as f64 - 0.5)
    }
}

/// Finds the slice of a contour.
pub(super) fn place(
    contour: &Contour,
    frame: &Frame,
    rule: SliceRule,
    pace: &mut Pace,
) -> Result<Place, Error> {
    let (mut low, mut high) = ([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]);
    for (i, point) in contour.points().enumerate() {
        pace.spend(16)?;
        let at = frame.locate(point);
        if let Some(axis) = wrong(&point, &at) {
            let number = 3 * (contour.first + i) + axis;
            let expected = "finite coordinates within reach of the grid";
            return Err(Error::invalid_at("contours.points", number, point[axis], expected));
        }
        for axis in 0..3 {
            low[axis] = low[axis].min(at[axis]);
            high[axis] = high[axis].max(at[axis]);
        }
    }
    if contour.len() < 3 {
        return Ok(Place::Degenerate);
    }
    let (plane, spread) = (0.5 * (low[2] + high[2]), high[2] - low[2]);
    // Not the negation: a plane that overflowed has no spread to compare.
    let flat = 0.5 * spread <= FLATNESS * frame.finest_gap(plane);
    if !flat {
        let expected =
            "every point within a tenth of the slice distance of one plane along the slices";
        let field = "contours.deviation_mm";
        return Err(Error::invalid_at(field, contour.index, 0.5 * spread, expected));
    }
    if low[0] == high[0] || low[1] == high[1] {
        return Ok(Place::Degenerate);
    }
    let near = frame.nearest(plane);
    let far = |near: &Near, fraction: f64| near.distance / near.gap > fraction;
    let slices = match (rule, near) {
        (SliceRule::NearestPlane(reach), _) => frame.within(plane, reach + same_plane(reach)),
        (_, None) => return Ok(Place::Outside),
        (SliceRule::SkipBeyond(fraction), Some(near)) if far(&near, fraction) => {
            return Ok(Place::Between);
        }
        (SliceRule::RefuseBeyond(fraction), Some(near)) if far(&near, fraction) => {
            let expected = "a contour as near to a slice as the rule demands";
            let field = "contours.distance_mm";
            return Err(Error::invalid_at(field, contour.index, near.distance, expected));
        }
        (_, Some(near)) => near.slice..near.slice + 1,
    };
    if slices.is_empty() {
        return Ok(if near.is_none() { Place::Outside } else { Place::Between });
    }
    let (low, high) = ([low[0], low[1]], [high[0], high[1]]);
    Ok(Place::In(Spot { slices, plane, low, high }))
}

/// Planes no further apart than this are one where the reach of a plane is given.
pub(super) fn same_plane(reach: f64) -> f64 {
    0.01 * reach
}

/// The coordinate of a point that is not finite itself, or so large that its place on the grid is not.
fn wrong(point: &[f64; 3], at: &[f64; 3]) -> Option<usize> {
    if at.iter().all(|c| c.is_finite()) {
        return None;
    }
    // A total order has NaN above everything.
    (0..3).max_by(|a, b| math::abs(point[*a]).total_cmp(&math::abs(point[*b])))
}

/// Checks the number in a rule.
pub(super) fn check(rule: SliceRule) -> Result<(), Error> {
    match rule {
        SliceRule::SkipBeyond(fraction) | SliceRule::RefuseBeyond(fraction)
            if !(0.0..=0.5).contains(&fraction) =>
        {
            let expected = "a fraction of the distance between slices from 0 to 0.5";
            Err(Error::invalid("rules.slice", fraction, expected))
        }
        SliceRule::NearestPlane(reach) if !(reach.is_finite() && reach > 0.0) => {
            Err(Error::invalid("rules.slice", reach, "a reach above 0 mm"))
        }
        _ => Ok(()),
    }
}
