//! Intensity histogram (IBSI ZVCW): 23 features of the grey levels in the intensity mask.

use crate::math;
use crate::status::{Status, Value};
use crate::sum::{Sums, sum};

/// Number of features.
pub const FEATURES: usize = 23;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// Computes all features; `counts[i]` voxels have the grey level `i + 1`, and N_g is the length.
///
/// With N voxels, n_i of level i, p_i = n_i / N, mean m = sum i p_i and M_k = sum (i - m)^k p_i:
///
/// ```text
/// mean X6K6, variance CH89, skewness 88K1, kurtosis C3I7, median WIFQ, minimum 1PR8, percentiles GPMT and
/// OZ0C, maximum 3NCY, interquartile range WR0O, range 5Z3W, deviations D2ZX, WRZB, 4RNL, coefficients CWYJ
/// and SLWD: as for the intensities, over the levels
/// mode         AMMC  the level with the most voxels; of several the one closest to m, of two the lower
/// entropy      TLU2  - sum p_i log2 p_i                      bit
/// uniformity   BJ5W  sum p_i^2
/// gradient     H'_i = (n_{i+1} - n_{i-1}) / 2, at the ends n_2 - n_1 and n_Ng - n_{Ng-1}
/// maximum gradient 12CE and its level 8E6O; minimum gradient VQB3 and its level RHQZ (the first such)
/// ```
///
/// Empty bins stay. Undefined: everything for an empty mask; gradients with fewer than two levels.
/// Variance 0 gives skewness and kurtosis 0 by convention. Reference: IBSI manual, section *Intensity
/// histogram features*.
pub fn extract(counts: &[u64]) -> Features {
    let total = counts.iter().try_fold(0u64, |sum, count| sum.checked_add(*count));
    let total = match total {
        Some(0) => return [Value::undefined(Status::EmptyIntensityMask); FEATURES],
        Some(total) => total,
        None => return [Value::undefined(Status::Overflow); FEATURES],
    };
    let n = total as f64;
    let levels =
        || counts.iter().enumerate().filter(|(_, c)| **c > 0).map(|(i, c)| (i as f64 + 1.0, *c));
    let weighted = |term: &dyn Fn(f64) -> f64| sum(levels().map(|(i, c)| term(i) * c as f64)) / n;
    let min = levels().next().map_or(0.0, |(i, _)| i);
    let max = levels().next_back().map_or(0.0, |(i, _)| i);
    // Whole numbers: exact.
    let mean = counts.iter().zip(1u128..).map(|(c, i)| u128::from(*c) * i).sum::<u128>() as f64 / n;
    let mut moments = Sums::<4>::new();
    for (i, c) in levels() {
        let (d, c) = (i - mean, c as f64);
        moments.push([d * d * c, d * d * d * c, d * d * d * d * c, math::abs(d) * c]);
    }
    let [m2, m3, m4, mad] = moments.total().map(|t| t / n);
    let percentile = |p: f64| percentile(counts, total, p);
    let (p10, p25, median) = (percentile(0.1), percentile(0.25), percentile(0.5));
    let (p75, p90) = (percentile(0.75), percentile(0.9));
    let flat = min == max;
    let shape = |x: f64| if flat { Value::by_convention(0.0) } else { Value::ok(x) };
    let entropy = sum(levels().map(|(_, c)| {
        let p = c as f64 / n;
        -p * math::log2(p)
    }));
    let uniformity = sum(levels().map(|(_, c)| (c as f64 / n) * (c as f64 / n)));
    let [max_gradient, max_level, min_gradient, min_level] = gradients(counts);
    [
        Value::ok(mean),
        Value::ok(m2),
        shape(m3 / (m2 * math::sqrt(m2))),
        shape(m4 / (m2 * m2) - 3.0),
        Value::ok(median),
        Value::ok(min),
        Value::ok(p10),
        Value::ok(p90),
        Value::ok(max),
        Value::ok(mode(counts, mean)),
        Value::ok(p75 - p25),
        Value::ok(max - min),
        Value::ok(mad),
        robust_deviation(counts, p10, p90),
        Value::ok(weighted(&|i| math::abs(i - median))),
        Value::ratio(math::sqrt(m2), mean, Status::ZeroDenominator),
        Value::ratio(p75 - p25, p75 + p25, Status::ZeroDenominator),
        Value::ok(entropy),
        Value::ok(uniformity),
        max_gradient,
        max_level,
        min_gradient,
        min_level,
    ]
}

/// The level of the voxel at a place in rising order.
fn order_statistic(counts: &[u64], place: u64) -> f64 {
    let mut before = 0;
    for (i, count) in counts.iter().enumerate() {
        before += count;
        if place < before {
            return i as f64 + 1.0;
        }
    }
    counts.len() as f64
}

fn percentile(counts: &[u64], total: u64, p: f64) -> f64 {
    let position = p * (total - 1) as f64;
    let low = position as u64;
    let t = position - low as f64;
    let a = order_statistic(counts, low);
    if t > 0.0 { a + t * (order_statistic(counts, (low + 1).min(total - 1)) - a) } else { a }
}

fn mode(counts: &[u64], mean: f64) -> f64 {
    let most = counts.iter().copied().max().unwrap_or(0);
    let mut best = (f64::INFINITY, 0.0);
    for (i, count) in counts.iter().enumerate() {
        let level = i as f64 + 1.0;
        let away = math::abs(level - mean);
        if *count == most && away < best.0 {
            best = (away, level);
        }
    }
    best.1
}

fn robust_deviation(counts: &[u64], p10: f64, p90: f64) -> Value {
    let inside = || {
        let levels = counts.iter().enumerate().map(|(i, c)| (i as f64 + 1.0, *c as f64));
        levels.filter(move |(i, c)| *c > 0.0 && *i >= p10 && *i <= p90)
    };
    let n: f64 = inside().map(|(_, c)| c).sum();
    if n == 0.0 {
        return Value::undefined(Status::TooFewVoxels);
    }
    let mean = sum(inside().map(|(i, c)| i * c)) / n;
    Value::ok(sum(inside().map(|(i, c)| math::abs(i - mean) * c)) / n)
}

/// Largest and smallest gradient, each with the first level that has it.
fn gradients(counts: &[u64]) -> [Value; 4] {
    let last = counts.len() - 1;
    if last == 0 {
        return [Value::undefined(Status::TooFewLevels); 4];
    }
    let (mut max, mut min) = ((f64::NEG_INFINITY, 0.0), (f64::INFINITY, 0.0));
    for i in 0..=last {
        let (low, high) = (i.saturating_sub(1), (i + 1).min(last));
        let difference = counts[high] as f64 - counts[low] as f64;
        let gradient = difference / (high - low) as f64;
        let level = i as f64 + 1.0;
        if gradient > max.0 {
            max = (gradient, level);
        }
        if gradient < min.0 {
            min = (gradient, level);
        }
    }
    [max.0, max.1, min.0, min.1].map(Value::ok)
}
