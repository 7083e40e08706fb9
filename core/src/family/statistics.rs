//! Intensity-based statistics (IBSI UHIW): 18 features of the intensities in the intensity mask.

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::status::{Status, Value};
use crate::sum::{Sums, sum};

/// Number of features.
pub const FEATURES: usize = 18;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// The percentile by linear interpolation between order statistics: position `p (n - 1)`.
pub fn percentile(sorted: &[f64], p: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let position = p * last as f64;
    let low = (position as usize).min(last);
    let high = (low + 1).min(last);
    let t = position - low as f64;
    match (sorted.get(low), sorted.get(high)) {
        // A weighted mean, not `a + t (b - a)`: the difference of two numbers may overflow.
        // Rounding must not carry it past either: equal intensities are their own percentile.
        (Some(a), Some(b)) if t > 0.0 => ((1.0 - t) * a + t * b).clamp(*a, *b),
        (Some(a), _) => *a,
        _ => f64::NAN,
    }
}

/// Computes all features from the finite intensities in rising order.
///
/// With N intensities x, their mean m and central moments M_k = 1/N sum (x - m)^k:
///
/// ```text
/// mean                 Q4LE  m = 1/N sum x
/// variance             ECT3  M_2
/// skewness             KE2A  M_3 / M_2^(3/2)          0 where M_2 = 0 (by convention)
/// excess kurtosis      IPH6  M_4 / M_2^2 - 3          0 where M_2 = 0 (by convention)
/// median               Y12H  P50
/// minimum              1GSF  min x
/// 10th percentile      QG58  P10
/// 90th percentile      8DWT  P90
/// maximum              84IY  max x
/// interquartile range  SALO  P75 - P25
/// range                2OJQ  max x - min x
/// mean absolute deviation          4FUA  1/N sum |x - m|
/// robust mean absolute deviation   1128  the same over x in [P10, P90], about their mean
/// median absolute deviation        N72L  1/N sum |x - P50|
/// coefficient of variation         7TET  sqrt(M_2) / m                  undefined where m = 0
/// quartile coefficient of dispersion 9S40  (P75 - P25) / (P75 + P25)    undefined where P75 + P25 = 0
/// energy               N8CA  sum x^2
/// root mean square     5ZWQ  sqrt(1/N sum x^2)
/// ```
///
/// Units: intensity, intensity squared for variance and energy, none for the shapes and coefficients.
/// Everything is undefined for an empty mask. Reference: IBSI manual, section *Intensity-based statistical
/// features*.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn extract(sorted: &[f64], watch: &Watch) -> Result<Features, Error> {
    let (Some(min), Some(max)) = (sorted.first().copied(), sorted.last().copied()) else {
        return Ok([Value::undefined(Status::EmptyIntensityMask); FEATURES]);
    };
    let n = sorted.len() as f64;
    // Whole numbers that cancel give exactly 0; only a sum that overflows is divided first.
    let total = sum(sorted.iter().copied());
    let mean = if total.is_finite() { total / n } else { sum(sorted.iter().map(|x| x / n)) };
    // The mean of equal numbers is that number, whatever the rounding of its sum.
    let mean = if min == max { min } else { mean.clamp(min, max) };
    watch.check()?;
    let mut moments = Sums::<4>::new();
    for x in sorted {
        let d = x - mean;
        let d2 = d * d;
        moments.push([d2, d2 * d, d2 * d2, math::abs(d)]);
    }
    watch.check()?;
    let [m2, m3, m4, mad] = moments.total().map(|total| total / n);
    let median = percentile(sorted, 0.5);
    let (p10, p90) = (percentile(sorted, 0.1), percentile(sorted, 0.9));
    let (p25, p75) = (percentile(sorted, 0.25), percentile(sorted, 0.75));
    let medad = sum(sorted.iter().map(|x| math::abs(x - median))) / n;
    let energy = sum(sorted.iter().map(|x| x * x));
    let low = sorted.partition_point(|x| *x < p10);
    let high = sorted.partition_point(|x| *x <= p90);
    let flat = min == max;
    Ok([
        Value::ok(mean),
        Value::ok(m2),
        if flat { Value::by_convention(0.0) } else { Value::ok(m3 / (m2 * math::sqrt(m2))) },
        if flat { Value::by_convention(0.0) } else { Value::ok(m4 / (m2 * m2) - 3.0) },
        Value::ok(median),
        Value::ok(min),
        Value::ok(p10),
        Value::ok(p90),
        Value::ok(max),
        Value::ok(p75 - p25),
        Value::ok(max - min),
        Value::ok(mad),
        robust_deviation(sorted.get(low..high).unwrap_or(&[])),
        Value::ok(medad),
        Value::ratio(math::sqrt(m2), mean, Status::ZeroDenominator),
        Value::ratio(p75 - p25, p75 + p25, Status::ZeroDenominator),
        Value::ok(energy),
        Value::ok(math::sqrt(energy / n)),
    ])
}

/// Mean absolute deviation from the mean of a part of the intensities. The part is empty when no
/// intensity lies between two interpolated percentiles (two far apart intensities).
fn robust_deviation(part: &[f64]) -> Value {
    if part.is_empty() {
        return Value::undefined(Status::TooFewVoxels);
    }
    let n = part.len() as f64;
    let mean = sum(part.iter().map(|x| x / n));
    Value::ok(sum(part.iter().map(|x| math::abs(x - mean))) / n)
}
