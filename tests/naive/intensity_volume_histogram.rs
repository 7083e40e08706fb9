//! The intensity-volume histogram from the list of values and the list of levels.

/// V and I at each fraction, and the area; `levels` is the rising list of grey levels G.
pub fn features(values: &[f64], levels: &[f64], fractions: &[f64]) -> (Vec<f64>, Vec<f64>, f64) {
    let nu = |i: f64| values.iter().filter(|x| **x >= i).count() as f64 / values.len() as f64;
    let (min, max) = (levels[0], levels[levels.len() - 1]);
    let gamma = |i: f64| if max > min { (i - min) / (max - min) } else { 1.0 };
    let volume = fractions
        .iter()
        .map(|x| {
            let at = levels.iter().filter(|i| gamma(**i) >= *x - 1e-12);
            at.map(|i| nu(*i)).fold(0.0, f64::max)
        })
        .collect();
    let intensity = fractions
        .iter()
        .map(|x| levels.iter().copied().find(|i| nu(*i) <= *x).unwrap_or(max))
        .collect();
    let flat = values.iter().all(|x| *x == values[0]);
    let area = if flat {
        0.0
    } else {
        levels.windows(2).map(|w| (nu(w[0]) + nu(w[1])) / 2.0 * (gamma(w[1]) - gamma(w[0]))).sum()
    };
    (volume, intensity, area)
}
