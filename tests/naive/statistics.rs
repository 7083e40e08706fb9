//! Statistics straight from the definitions, over a list of numbers.

/// Percentile by linear interpolation between order statistics.
pub fn percentile(values: &[f64], p: f64) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let position = p * (sorted.len() - 1) as f64;
    let (low, t) = (position.floor() as usize, position.fract());
    if t == 0.0 || sorted[low] == sorted[low + 1] {
        return sorted[low];
    }
    (1.0 - t) * sorted[low] + t * sorted[low + 1]
}

/// Mean, variance, skewness, kurtosis, median, minimum, P10, P90, maximum, interquartile range, range, mean
/// absolute deviation, robust and median absolute deviation, both coefficients; `None` where undefined.
pub fn common(x: &[f64]) -> Vec<Option<f64>> {
    let n = x.len() as f64;
    let mean_of = |v: &mut dyn Iterator<Item = f64>| {
        let v: Vec<f64> = v.collect();
        (!v.is_empty()).then(|| v.iter().sum::<f64>() / v.len() as f64)
    };
    let mean = x.iter().sum::<f64>() / n;
    let moment = |k: i32| x.iter().map(|x| (x - mean).powi(k)).sum::<f64>() / n;
    let p = |q: f64| percentile(x, q);
    let (min, max) = (p(0.0), p(1.0));
    let flat = min == max;
    let (p10, p90, median) = (p(0.1), p(0.9), p(0.5));
    let robust: Vec<f64> = x.iter().copied().filter(|x| *x >= p10 && *x <= p90).collect();
    let robust_mean = mean_of(&mut robust.iter().copied());
    let quotient = |a: f64, b: f64| (b != 0.0).then(|| a / b);
    vec![
        Some(mean),
        Some(moment(2)),
        Some(if flat { 0.0 } else { moment(3) / moment(2).powf(1.5) }),
        Some(if flat { 0.0 } else { moment(4) / moment(2).powi(2) - 3.0 }),
        Some(p(0.5)),
        Some(min),
        Some(p(0.1)),
        Some(p(0.9)),
        Some(max),
        Some(p(0.75) - p(0.25)),
        Some(max - min),
        mean_of(&mut x.iter().map(|x| (x - mean).abs())),
        robust_mean.and_then(|m| mean_of(&mut robust.iter().map(|x| (x - m).abs()))),
        mean_of(&mut x.iter().map(|x| (x - median).abs())),
        quotient(moment(2).sqrt(), mean),
        quotient(p(0.75) - p(0.25), p(0.75) + p(0.25)),
    ]
}

/// The 18 statistics of the intensities.
pub fn features(x: &[f64]) -> Vec<Option<f64>> {
    let energy = x.iter().map(|x| x * x).sum::<f64>();
    let mut out = common(x);
    out.push(Some(energy));
    out.push(Some((energy / x.len() as f64).sqrt()));
    out
}
