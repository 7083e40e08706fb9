//! Newton's method on the conditions of the optimum, from inside.
//!
//! With every point lifted to q = (x, y, z, 1), the smallest ellipsoid belongs to the symmetric matrix Y that
//!
//! ```text
//! minimises  -log det Y   with   qᵀ Y q + s = 1,  s >= 0   for every point
//! Y⁻¹ = sum l q qᵀ,   l >= 0,   s l = 0                      at the optimum
//! ```
//!
//! The slacks s and the weights l stay positive and their products fall together (a primal-dual interior point
//! method, as in Toh, Comput. Optim. Appl. 14 (1999) 309): some twenty steps whatever the shape, each linear in
//! the number of points.

use super::linear::{Matrix, cholesky, inverse, solve};
use crate::error::Error;
use crate::family::morphology::hull::vector::Vector;
use crate::family::pace::Pace;

/// Entries of a symmetric matrix of 4 rows.
const ENTRIES: [(usize, usize); 10] =
    [(0, 0), (1, 1), (2, 2), (3, 3), (0, 1), (0, 2), (0, 3), (1, 2), (1, 3), (2, 3)];

type Entries = [f64; 10];

/// Weights and slacks of the points.
pub(super) struct State<'s> {
    points: &'s [Vector],
    pub weights: &'s mut [f64],
    slacks: &'s mut [f64],
    shape: Matrix<4>,
}

/// By what qᵀ Y q depends on each entry of Y.
fn lifted([x, y, z]: Vector) -> Entries {
    [x * x, y * y, z * z, 1.0, 2.0 * x * y, 2.0 * x * z, 2.0 * x, 2.0 * y * z, 2.0 * y, 2.0 * z]
}

fn entries(a: &Matrix<4>) -> Entries {
    ENTRIES.map(|(i, j)| a[i][j])
}

fn product(a: &Entries, b: &Entries) -> f64 {
    let mut sum = 0.0;
    for (a, b) in a.iter().zip(b) {
        sum += a * b;
    }
    sum
}

/// Share of the way to the edge that a step takes at most.
const BOLDNESS: f64 = 0.99;

impl<'s> State<'s> {
    /// Starts inside, for points with mean 0 and covariance 1.
    pub(super) fn start(
        points: &'s [Vector],
        weights: &'s mut [f64],
        slacks: &'s mut [f64],
    ) -> Self {
        let square = |p: &Vector| 1.0 + p[0] * p[0] + p[1] * p[1] + p[2] * p[2];
        let most = 1.1 * points.iter().map(square).fold(1.0, f64::max);
        weights.fill(most / points.len() as f64);
        for (slack, p) in slacks.iter_mut().zip(points) {
            *slack = 1.0 - square(p) / most;
        }
        let shape = core::array::from_fn(|i| {
            core::array::from_fn(|j| if i == j { 1.0 / most } else { 0.0 })
        });
        Self { points, weights, slacks, shape }
    }

    /// Sum of the products of slacks and weights: what the logarithm of the volume can still fall by, about.
    pub(super) fn gap(&self) -> f64 {
        crate::sum::sum(self.slacks.iter().zip(&*self.weights).map(|(s, l)| s * l))
    }

    /// One step toward products of `target`; returns its length, 0 when rounding ends the way.
    pub(super) fn step(&mut self, target: f64, pace: &mut Pace) -> Result<f64, Error> {
        let Some(factor) = cholesky(&self.shape) else { return Ok(0.0) };
        let inverse = inverse(&factor);
        let half = |(i, j): (usize, usize)| if i == j { 0.5 } else { 1.0 };
        // Derivatives of -log det Y along the entries.
        let mut gradient: Entries = ENTRIES.map(|(i, j)| 2.0 * half((i, j)) * inverse[i][j]);
        let mut hessian: Matrix<10> = ENTRIES.map(|(i, j)| {
            ENTRIES.map(|(k, l)| {
                let twice = inverse[i][k] * inverse[j][l] + inverse[i][l] * inverse[j][k];
                2.0 * half((i, j)) * half((k, l)) * twice
            })
        });
        let shape = entries(&self.shape);
        for ((p, slack), weight) in self.points.iter().zip(&*self.slacks).zip(&*self.weights) {
            let w = lifted(*p);
            let missing = product(&w, &shape) + slack - 1.0;
            let ratio = weight / slack;
            let pull = target / slack + ratio * missing;
            for (i, row) in hessian.iter_mut().enumerate() {
                gradient[i] -= pull * w[i];
                let scaled = ratio * w[i];
                for (entry, w) in row[..=i].iter_mut().zip(w) {
                    *entry += scaled * w;
                }
            }
        }
        pace.spend(self.points.len().saturating_mul(64))?;
        let Some(factor) = cholesky(&hessian) else { return Ok(0.0) };
        let turn = solve(&factor, gradient);
        // How far slacks, weights and the matrix can go.
        let (mut slack_way, mut weight_way) = (1.0f64, 1.0f64);
        self.changes(&turn, &shape, target, |slack, weight, [ds, dl]| {
            if ds < 0.0 {
                slack_way = slack_way.min(-BOLDNESS * *slack / ds);
            }
            if dl < 0.0 {
                weight_way = weight_way.min(-BOLDNESS * *weight / dl);
            }
        });
        let moved = |way: f64| {
            let mut next = self.shape;
            for ((i, j), change) in ENTRIES.into_iter().zip(turn) {
                next[i][j] += way * change;
                next[j][i] = next[i][j];
            }
            next
        };
        let mut next = moved(slack_way);
        while cholesky(&next).is_none() {
            slack_way /= 2.0;
            if slack_way < 1e-9 {
                return Ok(0.0);
            }
            next = moved(slack_way);
        }
        self.changes(&turn, &shape, target, |slack, weight, [ds, dl]| {
            *slack += slack_way * ds;
            *weight += weight_way * dl;
        });
        self.shape = next;
        Ok(slack_way.min(weight_way))
    }

    /// Visits every slack and weight with their changes over a whole step.
    fn changes(
        &mut self,
        turn: &Entries,
        shape: &Entries,
        target: f64,
        mut visit: impl FnMut(&mut f64, &mut f64, [f64; 2]),
    ) {
        let all = self.points.iter().zip(self.slacks.iter_mut()).zip(self.weights.iter_mut());
        for ((p, slack), weight) in all {
            let w = lifted(*p);
            let missing = product(&w, shape) + *slack - 1.0;
            let by_slack = -missing - product(&w, turn);
            let by_weight = (target - *weight * by_slack) / *slack - *weight;
            visit(slack, weight, [by_slack, by_weight]);
        }
    }
}
