//! The minimum volume enclosing ellipsoid of the hull, with a certificate.
//!
//! Khachiyan's coordinate ascent on the dual problem, a weighted covariance of the vertices, with away steps
//! (Todd and Yildirim, Discrete Appl. Math. 155 (2007) 1731). At every iterate the covariance S gives a lower
//! bound of the volume, and S scaled until it holds every vertex an upper one.

use super::Hull;
use super::measures::in_mm;
use crate::error::Error;
use crate::family::morphology::axes::eigenvalues;
use crate::host::Watch;
use crate::math;
use crate::sum::Sums;
use crate::workspace::{Arena, Footprint};

/// The volume exceeds the smallest possible one by at most this share.
pub const GAP: f64 = 1e-8;
const MAX_ITERATIONS: usize = 50_000;
/// Weighted sums are rebuilt after this many updates, so that rounding does not add up.
const REBUILD: usize = 50;

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
    Footprint::of::<[f64; 3]>(points).all_of(Footprint::of::<f64>(points).times(2))
}

/// Weighted mean and covariance.
#[derive(Clone, Copy)]
struct Weighted {
    first: [f64; 3],
    /// xx, yy, zz, xy, xz, yz
    second: [f64; 6],
}

fn products(p: [f64; 3]) -> [f64; 6] {
    [p[0] * p[0], p[1] * p[1], p[2] * p[2], p[0] * p[1], p[0] * p[2], p[1] * p[2]]
}

impl Weighted {
    fn of(points: &[[f64; 3]], weights: &[f64]) -> Self {
        let mut sums = Sums::<9>::new();
        for (p, w) in points.iter().zip(weights).filter(|(_, w)| **w > 0.0) {
            let [xx, yy, zz, xy, xz, yz] = products(*p);
            sums.push([p[0], p[1], p[2], xx, yy, zz, xy, xz, yz].map(|v| v * w));
        }
        let [x, y, z, xx, yy, zz, xy, xz, yz] = sums.total();
        Self { first: [x, y, z], second: [xx, yy, zz, xy, xz, yz] }
    }

    fn step(&mut self, p: [f64; 3], beta: f64) {
        for (sum, term) in self.first.iter_mut().zip(p) {
            *sum = (1.0 - beta) * *sum + beta * term;
        }
        for (sum, term) in self.second.iter_mut().zip(products(p)) {
            *sum = (1.0 - beta) * *sum + beta * term;
        }
    }

    fn covariance(&self) -> [[f64; 3]; 3] {
        let c = self.first;
        let [xx, yy, zz, xy, xz, yz] = self.second;
        let (xy, xz, yz) = (xy - c[0] * c[1], xz - c[0] * c[2], yz - c[1] * c[2]);
        [[xx - c[0] * c[0], xy, xz], [xy, yy - c[1] * c[1], yz], [xz, yz, zz - c[2] * c[2]]]
    }
}

fn inverse(a: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let minor = |i: usize, j: usize| {
        let (r, s) = ((i + 1) % 3, (i + 2) % 3);
        let (c, d) = ((j + 1) % 3, (j + 2) % 3);
        a[r][c] * a[s][d] - a[r][d] * a[s][c]
    };
    let determinant = a[0][0] * minor(0, 0) + a[0][1] * minor(0, 1) + a[0][2] * minor(0, 2);
    core::array::from_fn(|i| core::array::from_fn(|j| minor(j, i) / determinant))
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
    let n = hull.vertices().len();
    let points = scratch.take::<[f64; 3]>(n)?;
    let weights = scratch.take_zeroed::<f64>(n)?;
    let distances = scratch.take::<f64>(n)?;
    // In units of the extent along each axis around the middle: the problem is affine.
    let (mut low, mut high) = ([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]);
    for p in hull.vertices() {
        let p = in_mm(p, spacing);
        low = core::array::from_fn(|i| low[i].min(p[i]));
        high = core::array::from_fn(|i| high[i].max(p[i]));
    }
    let half: [f64; 3] = core::array::from_fn(|i| (high[i] - low[i]) / 2.0);
    for (point, p) in points.iter_mut().zip(hull.vertices()) {
        let p = in_mm(p, spacing);
        *point = core::array::from_fn(|i| (p[i] - low[i] - half[i]) / half[i]);
    }
    // Start from the extremes along each axis.
    for axis in 0..3 {
        let by = |a: &usize, b: &usize| points[*a][axis].total_cmp(&points[*b][axis]);
        for extreme in [(0..n).min_by(by), (0..n).max_by(by)].into_iter().flatten() {
            weights[extreme] += 1.0 / 6.0;
        }
    }
    let mut weighted = Weighted::of(points, weights);
    let mut gap = f64::INFINITY;
    let mut scale = 3.0;
    for iteration in 0..MAX_ITERATIONS {
        if iteration % REBUILD == 0 {
            watch.check()?;
            let total = crate::sum::sum(weights.iter().copied());
            weights.iter_mut().for_each(|w| *w /= total);
            weighted = Weighted::of(points, weights);
        }
        let s = inverse(weighted.covariance());
        let c = weighted.first;
        let mut far = (f64::NEG_INFINITY, 0);
        let mut near = (f64::INFINITY, 0);
        for (i, (p, distance)) in points.iter().zip(distances.iter_mut()).enumerate() {
            let d: [f64; 3] = core::array::from_fn(|k| p[k] - c[k]);
            let row = |r: usize| s[r][0] * d[0] + s[r][1] * d[1] + s[r][2] * d[2];
            *distance = d[0] * row(0) + d[1] * row(1) + d[2] * row(2);
            if *distance > far.0 {
                far = (*distance, i);
            }
            if weights[i] > 0.0 && *distance < near.0 {
                near = (*distance, i);
            }
        }
        // At the optimum every distance is at most 3, and 3 where there is weight.
        scale = far.0;
        let ratio = far.0 / 3.0;
        gap = ratio * math::sqrt(ratio) - 1.0;
        if gap <= GAP {
            break;
        }
        let (distance, at) = if far.0 - 3.0 >= 3.0 - near.0 { far } else { near };
        let mut beta = (distance - 3.0) / (4.0 * distance);
        if beta < 0.0 {
            beta = beta.max(-weights[at] / (1.0 - weights[at]));
        }
        weights.iter_mut().for_each(|w| *w *= 1.0 - beta);
        weights[at] = (weights[at] + beta).max(0.0);
        weighted.step(points[at], beta);
    }
    let s = weighted.covariance();
    let in_mm = core::array::from_fn(|i| core::array::from_fn(|j| s[i][j] * half[i] * half[j]));
    let semi_axes = eigenvalues(in_mm).map(|x| math::sqrt(x * scale));
    Ok(Ellipsoid { semi_axes, gap, converged: gap <= GAP })
}
