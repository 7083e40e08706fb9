//! The minimum volume enclosing ellipsoid of the hull, with a certificate.
//!
//! Weights of the vertices that sum to 1 have a mean c and a covariance S, and
//!
//! ```text
//! volume of {x: (x-c)ᵀ S⁻¹ (x-c) <= 3}  <=  least volume  <=  volume of {x: (x-c)ᵀ S⁻¹ (x-c) <= k}
//! ```
//!
//! where k is the largest value at a vertex, so that the ellipsoid on the right holds them all. At the optimum k
//! is 3. `newton` finds the weights; the ellipsoid on the right is the result, and (k/3)^(3/2) - 1 bounds by how
//! much its volume exceeds the smallest, whatever happened on the way (Khachiyan, Math. Oper. Res. 21 (1996) 307).

mod linear;
mod newton;

use super::Hull;
use super::vector::{Vector, dot, minus};
use crate::error::Error;
use crate::family::morphology::axes::eigenvalues;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::math;
use crate::sum::Sums;
use crate::workspace::{Arena, Footprint};
use linear::{Matrix, cholesky, forward};
use newton::State;

/// The volume exceeds the smallest possible one by at most this share.
pub const GAP: f64 = 1e-9;
/// Steps before giving up; a few dozen are usual.
const MAX_STEPS: usize = 200;

/// An enclosing ellipsoid.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ellipsoid {
    /// Semi-axes in mm, falling.
    pub semi_axes: [f64; 3],
    /// Bound of the volume's excess over the smallest one, as a share.
    pub gap: f64,
    /// Whether the gap is at most [`GAP`].
    pub converged: bool,
}

pub(super) fn footprint(points: usize) -> Footprint {
    Footprint::of::<Vector>(points).all_of(Footprint::of::<f64>(points).times(2))
}

/// Weighted mean and covariance.
struct Weighted {
    mean: Vector,
    covariance: Matrix<3>,
}

impl Weighted {
    /// Of points that lie around the origin; the weights need not sum to 1.
    fn of(points: &[Vector], weights: impl Iterator<Item = f64>) -> Self {
        let mut sums = Sums::<10>::new();
        for ([x, y, z], w) in points.iter().copied().zip(weights) {
            let terms = [1.0, x, y, z, x * x, x * y, y * y, x * z, y * z, z * z];
            sums.push(terms.map(|term| w * term));
        }
        let [total, sums @ ..] = sums.total();
        let [x, y, z, xx, xy, yy, xz, yz, zz] = sums.map(|sum| sum / total);
        let (xx, xy, yy) = (xx - x * x, xy - x * y, yy - y * y);
        let (xz, yz, zz) = (xz - x * z, yz - y * z, zz - z * z);
        Self { mean: [x, y, z], covariance: [[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]] }
    }

    /// The largest (x-c)ᵀ S⁻¹ (x-c) of the points; `None` when rounding left no covariance.
    fn farthest(&self, points: &[Vector]) -> Option<f64> {
        let factor = cholesky(&self.covariance)?;
        let square = |p: &Vector| {
            let q = forward(&factor, minus(*p, self.mean));
            dot(q, q)
        };
        Some(points.iter().map(square).fold(0.0, f64::max))
    }
}

/// The smallest ellipsoid around the hull, up to [`GAP`].
///
/// # Errors
/// When the scratch is too small or the host cancels.
pub fn enclosing(
    hull: &Hull,
    spacing: [f64; 3],
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<Ellipsoid, Error> {
    let mut pace = Pace::start(watch)?;
    let middle = hull.middle();
    let points = scratch.take::<Vector>(hull.vertices.len())?;
    for (point, p) in points.iter_mut().zip(hull.vertices) {
        *point = core::array::from_fn(|i| (f64::from(p[i]) - middle[i]) / 2.0 * spacing[i]);
    }
    let failed = Ellipsoid { semi_axes: [f64::NAN; 3], gap: f64::INFINITY, converged: false };
    // The problem is affine: in coordinates where all points together have mean 0 and covariance 1, it is round.
    let all = Weighted::of(points, points.iter().map(|_| 1.0));
    let Some(whole) = cholesky(&all.covariance) else { return Ok(failed) };
    for point in points.iter_mut() {
        *point = forward(&whole, minus(*point, all.mean));
    }
    let points = &*points;
    let weights = scratch.take::<f64>(points.len())?;
    let slacks = scratch.take::<f64>(points.len())?;
    let mut state = State::start(points, weights, slacks);
    let mut best: Option<(f64, Weighted)> = None;
    // The share of what is left to aim at: small after a long step.
    let mut share = 0.2;
    for _ in 0..MAX_STEPS {
        let left = state.gap();
        if left < 10.0 * GAP {
            let weighted = Weighted::of(points, state.weights.iter().copied());
            let Some(square) = weighted.farthest(points) else { break };
            if best.as_ref().is_none_or(|(least, _)| square < *least) {
                best = Some((square, weighted));
            }
            if excess(square) <= GAP / 10.0 || left < GAP * 1e-4 {
                break;
            }
        }
        let way = state.step(share * left / points.len() as f64, &mut pace)?;
        if way == 0.0 {
            break;
        }
        share = if way > 0.9 {
            0.05
        } else if way > 0.5 {
            0.2
        } else {
            0.5
        };
    }
    let found = match best {
        Some(found) => Some(found),
        None => {
            let weighted = Weighted::of(points, state.weights.iter().copied());
            weighted.farthest(points).map(|square| (square, weighted))
        }
    };
    let Some((square, weighted)) = found else { return Ok(failed) };
    // Back to mm: the covariance of L q is L S Lᵀ.
    let half: Matrix<3> = core::array::from_fn(|i| {
        core::array::from_fn(|j| (0..3).map(|k| whole[i][k] * weighted.covariance[k][j]).sum())
    });
    let in_mm = core::array::from_fn(|i| core::array::from_fn(|j| dot(half[i], whole[j])));
    let semi_axes = eigenvalues(in_mm).map(|x| math::sqrt(x * square));
    let gap = excess(square);
    Ok(Ellipsoid { semi_axes, gap, converged: gap <= GAP })
}

/// By what share the volume exceeds the least, at most.
fn excess(square: f64) -> f64 {
    let ratio = square / 3.0;
    (ratio * math::sqrt(ratio) - 1.0).max(0.0)
}
