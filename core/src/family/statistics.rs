//! Intensity-based statistics (IBSI UHIW): 18 features of the intensities in the intensity mask.

use core::ops::Range;

use super::distribution::Distribution;
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::status::{Status, Value};
use crate::sum::Sums;

/// Number of features.
pub const FEATURES: usize = 18;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// The percentile by linear interpolation between order statistics: position `p (n - 1)`.
pub fn percentile(values: &Distribution, p: f64) -> f64 {
    let last = values.len().saturating_sub(1);
    let position = p * last as f64;
    let low = (position as usize).min(last);
    let high = (low + 1).min(last);
    let t = position - low as f64;
    match (values.at(low), values.at(high)) {
        // A weighted mean, not `a + t (b - a)`: the difference of two numbers may overflow.
        // Rounding must not carry it past either: equal intensities are their own percentile.
        (Some(a), Some(b)) if t > 0.0 => ((1.0 - t) * a + t * b).clamp(a, b),
        (Some(a), _) => a,
        _ => f64::NAN,
    }
}

/// Computes all features of the intensities.
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
pub fn extract(values: &Distribution, watch: &Watch) -> Result<Features, Error> {
    let mut pace = Pace::start(watch)?;
    let all = 0..values.len();
    let (Some(min), Some(max)) = (values.at(0), values.at(all.end.wrapping_sub(1))) else {
        return Ok([Value::undefined(Status::EmptyIntensityMask); FEATURES]);
    };
    let n = all.end as f64;
    // A power of two brings the intensities near 1: their fourth powers neither overflow nor vanish, and
    // no digit changes.
    let scale = math::power_of_two_scale(math::abs(min).max(math::abs(max)));
    let back = 1.0 / scale;
    let median = percentile(values, 0.5);
    let (p10, p90) = (percentile(values, 0.1), percentile(values, 0.9));
    let (p25, p75) = (percentile(values, 0.25), percentile(values, 0.75));
    let (q25, q75) = (p25 * scale, p75 * scale);
    let mean = mean_of(values, all.clone(), scale, &mut pace)?;
    let middle = median * scale;
    let mut sums = Sums::<6>::new();
    values.visit(all, &mut pace, |x, count| {
        let (x, count) = (x * scale, count as f64);
        let d = x - mean;
        let d2 = d * d;
        let terms = [d2, d2 * d, d2 * d2, math::abs(d), math::abs(x - middle), x * x];
        sums.push(terms.map(|term| count * term));
    })?;
    let [m2, m3, m4, mad, medad, square] = sums.total().map(|total| total / n);
    let (low, high) = (values.below(|x| x < p10), values.below(|x| x <= p90));
    let shape = |x: f64| if min == max { Value::by_convention(0.0) } else { Value::ok(x) };
    Ok([
        Value::ok(mean * back),
        Value::ok(m2 * back * back),
        shape(m3 / (m2 * math::sqrt(m2))),
        shape(m4 / (m2 * m2) - 3.0),
        Value::ok(median),
        Value::ok(min),
        Value::ok(p10),
        Value::ok(p90),
        Value::ok(max),
        Value::ok(p75 - p25),
        Value::ok(max - min),
        Value::ok(mad * back),
        robust_deviation(values, low..high, scale, &mut pace)?,
        Value::ok(medad * back),
        Value::ratio(math::sqrt(m2), mean, Status::ZeroDenominator),
        Value::ratio(q75 - q25, q75 + q25, Status::ZeroDenominator),
        Value::ok(sums.total()[5] * back * back),
        Value::ok(math::sqrt(square) * back),
    ])
}

/// Mean of the scaled intensities at some places. Whatever the rounding of the sum, the mean lies among
/// them, so that the mean of equal intensities is that intensity.
fn mean_of(
    values: &Distribution,
    places: Range<usize>,
    scale: f64,
    pace: &mut Pace,
) -> Result<f64, Error> {
    let (Some(min), Some(max)) = (values.at(places.start), values.at(places.end.wrapping_sub(1)))
    else {
        return Ok(f64::NAN);
    };
    let n = places.len() as f64;
    let mut sum = Sums::<1>::new();
    values.visit(places, pace, |x, count| sum.push([count as f64 * (x * scale)]))?;
    Ok((sum.total()[0] / n).max(min * scale).min(max * scale))
}

/// Mean absolute deviation from the mean of a part of the intensities. The part is empty when no
/// intensity lies between two interpolated percentiles (two far apart intensities).
fn robust_deviation(
    values: &Distribution,
    places: Range<usize>,
    scale: f64,
    pace: &mut Pace,
) -> Result<Value, Error> {
    if places.is_empty() {
        return Ok(Value::undefined(Status::TooFewVoxels));
    }
    let n = places.len() as f64;
    let mean = mean_of(values, places.clone(), scale, pace)?;
    let mut sum = Sums::<1>::new();
    values.visit(places, pace, |x, count| {
        sum.push([count as f64 * math::abs(x * scale - mean)]);
    })?;
    Ok(Value::ok(sum.total()[0] / n / scale))
}
