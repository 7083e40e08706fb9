//! The 25 features of one matrix, from exact integer margins.

use crate::error::Error;
use crate::family::entropy::{Entropy, entropy};
use crate::math;
use crate::status::{Status, Value};
use crate::sum::{Sums, sum};
use crate::workspace::{Arena, Footprint};

/// Number of features.
pub const FEATURES: usize = 25;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// What the features need of a matrix of counts c_ij: everything else follows.
#[derive(Debug)]
pub(super) struct Margins<'w> {
    /// Sum over i - 1 of counts in a row.
    row: &'w mut [u64],
    /// Counts by |i - j|.
    difference: &'w mut [u64],
    /// Counts by i + j - 2.
    sum: &'w mut [u64],
    total: u64,
    max: u64,
    squares: u128,
    products: u128,
    entropy: Entropy,
}

impl<'w> Margins<'w> {
    pub(super) fn footprint(levels: u32) -> Footprint {
        Footprint::of::<u64>((levels as usize).saturating_mul(4))
    }

    pub(super) fn take(levels: u32, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let n = levels as usize;
        Ok(Self {
            row: scratch.take(n)?,
            difference: scratch.take(n)?,
            sum: scratch.take(2 * n)?,
            total: 0,
            max: 0,
            squares: 0,
            products: 0,
            entropy: Entropy::default(),
        })
    }

    pub(super) fn clear(&mut self) {
        self.row.fill(0);
        self.difference.fill(0);
        self.sum.fill(0);
        (self.total, self.max, self.squares, self.products) = (0, 0, 0, 0);
        self.entropy = Entropy::default();
    }

    /// Adds the cell (i, j) of the symmetric matrix, and for i < j the cell (j, i) with it.
    #[inline]
    pub(super) fn add(&mut self, i: usize, j: usize, count: u64) {
        let both = if i == j { count } else { 2 * count };
        self.row[i - 1] += count;
        if i != j {
            self.row[j - 1] += count;
        }
        self.difference[i.abs_diff(j)] += both;
        self.sum[i + j - 2] += both;
        self.total += both;
        self.max = self.max.max(count);
        self.squares += u128::from(both) * u128::from(count);
        self.products += u128::from(both) * (i as u128 * j as u128);
        self.entropy.push(count, if i == j { 1 } else { 2 });
    }

    /// Computes all features as [the family](super) defines them, or `None` when the matrix is empty.
    pub(super) fn features(&self) -> Option<Features> {
        if self.total == 0 {
            return None;
        }
        let total = self.total as f64;
        let levels = self.row.len() as f64;
        let p = |c: u64| c as f64 / total;
        // Whole numbers: exact before the division.
        let mean_of = |counts: &[u64], first: u128| {
            let weighted = counts.iter().zip(first..).map(|(c, k)| u128::from(*c) * k);
            weighted.sum::<u128>() as f64 / total
        };
        let mean = mean_of(self.row, 1);
        let variance = sum(self.row.iter().enumerate().map(|(i, c)| {
            let d = i as f64 + 1.0 - mean;
            d * d * p(*c)
        }));
        let joint_entropy = self.entropy.bits();
        let difference_mean = mean_of(self.difference, 0);
        let mut d = Sums::<7>::new();
        for (k, c) in self.difference.iter().enumerate() {
            if *c == 0 {
                continue;
            }
            let (k, p) = (k as f64, p(*c));
            let away = k - difference_mean;
            let (share, square) = (k / levels, k * k);
            d.push([
                away * away * p,
                square * p,
                p / (1.0 + k),
                p / (1.0 + share),
                p / (1.0 + square),
                p / (1.0 + share * share),
                if k > 0.0 { p / square } else { 0.0 },
            ]);
        }
        let [difference_variance, contrast, id, idn, idm, idmn, inverse_variance] = d.total();
        let sum_mean = mean_of(self.sum, 2);
        let mut s = Sums::<4>::new();
        for (k, c) in self.sum.iter().enumerate() {
            if *c == 0 {
                continue;
            }
            let (k, p) = (k as f64 + 2.0, p(*c));
            let (away, cluster) = (k - sum_mean, k - 2.0 * mean);
            let square = cluster * cluster;
            s.push([away * away * p, square * p, square * cluster * p, square * square * p]);
        }
        let [sum_variance, tendency, shade, prominence] = s.total();
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
            Value::ok(self.max as f64 / total),
            Value::ok(mean),
            Value::ok(variance),
            Value::ok(joint_entropy),
            Value::ok(difference_mean),
            Value::ok(difference_variance),
            Value::ok(entropy(self.difference)),
            Value::ok(sum_mean),
            Value::ok(sum_variance),
            Value::ok(entropy(self.sum)),
            Value::ok(self.squares as f64 / (total * total)),
            Value::ok(contrast),
            Value::ok(difference_mean),
            Value::ok(id),
            Value::ok(idn),
            Value::ok(idm),
            Value::ok(idmn),
            Value::ok(inverse_variance),
            correlation,
            Value::ok(self.products as f64 / total),
            Value::ok(tendency),
            Value::ok(shade),
            Value::ok(prominence),
            first_information,
            Value::ok(second_information),
        ])
    }
}
