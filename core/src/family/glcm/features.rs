//! The 25 features of one matrix, from exact integer margins.

use super::joint::Joint;
use crate::error::Error;
use crate::family::entropy::entropy;
use crate::math;
use crate::status::{Status, Value};
use crate::workspace::{Arena, Footprint};

/// Number of features.
pub const FEATURES: usize = 25;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// Weights of a difference k in the features that fall with it: `1 / (1 + k)`, `1 / (1 + k / N_g)`, `1 / (1 + k^2)`,
/// `1 / (1 + k^2 / N_g^2)`, and `1 / k^2` for k > 0.
type Weights = [f64; 5];

/// What the features need of a matrix of counts c_ij besides its [`Joint`] sums: everything else follows.
#[derive(Debug)]
pub(super) struct Margins<'w> {
    /// Sum over i - 1 of counts in a row.
    pub(super) row: &'w mut [u64],
    /// Counts by |i - j|.
    pub(super) difference: &'w mut [u64],
    /// Counts by i + j - 2.
    pub(super) sum: &'w mut [u64],
    /// By |i - j|.
    weights: &'w [Weights],
}

impl<'w> Margins<'w> {
    pub(super) fn footprint(levels: u32) -> Footprint {
        let n = levels as usize;
        Footprint::of::<u64>(n.saturating_mul(4)).all_of(Footprint::of::<Weights>(n))
    }

    pub(super) fn take(levels: u32, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let n = levels as usize;
        let margins = [scratch.take(n)?, scratch.take(n)?, scratch.take(2 * n)?];
        let weights = scratch.take::<Weights>(n)?;
        let levels = f64::from(levels);
        for (k, weights) in weights.iter_mut().enumerate() {
            let k = k as f64;
            let (square, squared) = (k * k, levels * levels);
            let inverse = if k > 0.0 { 1.0 / square } else { 0.0 };
            *weights = [
                1.0 / (1.0 + k),
                levels / (levels + k),
                1.0 / (1.0 + square),
                squared / (squared + square),
                inverse,
            ];
        }
        let [row, difference, sum] = margins;
        Ok(Self { row, difference, sum, weights })
    }

    pub(super) fn clear(&mut self) {
        self.row.fill(0);
        self.difference.fill(0);
        self.sum.fill(0);
    }

    /// Computes all features as [the family](super) defines them, or `None` when the matrix is empty.
    pub(super) fn features(&self, joint: &Joint) -> Option<Features> {
        let n: u64 = self.row.iter().sum();
        if n == 0 {
            return None;
        }
        let total = n as f64;
        let differences = Moments::of(self.difference, 0);
        let (difference_mean, contrast) = (differences.mean(), differences.squares as f64 / total);
        let [id, idn, idm, idmn, inverse_variance] =
            weighted(self.difference, self.weights).map(|sum| sum / total);
        // i + j, from 2: the mean of one level is half of it, so that cluster tendency is its variance.
        let sums = Moments::of(self.sum, 2);
        let central = Central::of(self.sum, &sums);
        let tendency = central.spread as f64 / total / total;
        // (i + j)^2 + (i - j)^2 is 2 (i^2 + j^2), and both means of i are the same.
        let scaled_contrast = differences.squares * u128::from(n);
        let variance = (central.spread + scaled_contrast) as f64 / 4.0 / total / total;
        let products = (sums.squares - differences.squares) / 4;
        let joint_entropy = joint.entropy(n);
        let margin_entropy = entropy(self.row);
        let single = self.row.iter().filter(|c| **c > 0).count() == 1;
        let correlation = if single {
            Value::undefined(Status::ZeroVariance)
        } else {
            Value::ok((tendency - contrast) / (4.0 * variance))
        };
        // What both entropies share, less the rounding of either: independence must give 0, and the root
        // below would make 1e-8 of 1e-16.
        let rounding = 16.0 * f64::EPSILON * math::log2(total);
        let shared = 2.0 * margin_entropy - joint_entropy;
        let shared = if shared > rounding { shared } else { 0.0 };
        let first_information = if single {
            Value::undefined(Status::ZeroDenominator)
        } else {
            Value::ok(-shared / margin_entropy)
        };
        let second_information = math::sqrt(1.0 - math::exp(-2.0 * shared));
        Some([
            Value::ok(joint.largest() as f64 / total),
            Value::ok(sums.total as f64 / 2.0 / total),
            Value::ok(variance),
            Value::ok(joint_entropy),
            Value::ok(difference_mean),
            Value::ok(differences.spread() as f64 / total / total),
            Value::ok(entropy(self.difference)),
            Value::ok(sums.mean()),
            Value::ok(tendency),
            Value::ok(entropy(self.sum)),
            Value::ok(joint.squares as f64 / (total * total)),
            Value::ok(contrast),
            Value::ok(difference_mean),
            Value::ok(id),
            Value::ok(idn),
            Value::ok(idm),
            Value::ok(idmn),
            Value::ok(inverse_variance),
            correlation,
            Value::ok(products as f64 / total),
            Value::ok(tendency),
            Value::ok(central.shade),
            Value::ok(central.prominence),
            first_information,
            Value::ok(second_information),
        ])
    }
}

/// Exact sums over counts c_k: of c, c k, c k^2.
struct Moments {
    count: u64,
    total: u64,
    squares: u128,
}

impl Moments {
    /// Of counts by k, the first of which has k = `first`. Fewer than 2^37 pairs of levels below 2^16 are counted.
    fn of(counts: &[u64], first: u64) -> Self {
        let mut sums = Self { count: 0, total: 0, squares: 0 };
        for (c, k) in counts.iter().zip(first..) {
            sums.count += c;
            sums.total += c * k;
            sums.squares += u128::from(c * k) * u128::from(k);
        }
        sums
    }

    fn mean(&self) -> f64 {
        self.total as f64 / self.count as f64
    }

    /// n sum c k^2 - (sum c k)^2, the variance times n^2.
    fn spread(&self) -> u128 {
        self.squares * u128::from(self.count) - u128::from(self.total) * u128::from(self.total)
    }
}

/// Central moments of the sums i + j.
struct Central {
    /// The variance times n^2, a whole number.
    spread: u128,
    shade: f64,
    prominence: f64,
}

impl Central {
    /// Powers of the distance from a whole number next to the mean are exact; at most half a level is left to the mean.
    fn of(counts: &[u64], sums: &Moments) -> Self {
        let n = sums.count;
        let middle = (sums.total + n / 2) / n;
        let (mut first, mut third) = (0i64, 0i128);
        let (mut second, mut fourth) = (0u128, 0u128);
        for (c, k) in counts.iter().zip(2u64..) {
            let d = k as i64 - middle as i64;
            let square = d.unsigned_abs().pow(2);
            let both = u128::from(*c) * u128::from(square);
            first += *c as i64 * d;
            second += both;
            third += both as i128 * i128::from(d);
            fourth += both * u128::from(square);
        }
        let spread = second * u128::from(n) - u128::from(first.unsigned_abs()).pow(2);
        let n = n as f64;
        let [first, second] = [first as f64 / n, second as f64 / n];
        let [third, fourth] = [third as f64 / n, fourth as f64 / n];
        let square = first * first;
        Self {
            spread,
            shade: third - first * (3.0 * second - 2.0 * square),
            prominence: fourth - first * (4.0 * third - first * (6.0 * second - 3.0 * square)),
        }
    }
}

/// Sums of counts times each of their weights, in blocks, so that the rounding stays small.
fn weighted(counts: &[u64], weights: &[Weights]) -> Weights {
    let mut total = [0.0; 5];
    for (counts, weights) in counts.chunks(128).zip(weights.chunks(128)) {
        let mut block = [0.0; 5];
        for (count, weights) in counts.iter().zip(weights) {
            let count = *count as f64;
            block.iter_mut().zip(weights).for_each(|(sum, weight)| *sum += count * weight);
        }
        total.iter_mut().zip(block).for_each(|(sum, block)| *sum += block);
    }
    total
}
