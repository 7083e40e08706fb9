//! Moran's I and Geary's C by visiting all pairs.

/// Positions in mm with their intensities; `None` where undefined.
pub fn features(points: &[([f64; 3], f64)]) -> [Option<f64>; 2] {
    let n = points.len() as f64;
    let mean = points.iter().map(|p| p.1).sum::<f64>() / n;
    let variance: f64 = points.iter().map(|p| (p.1 - mean).powi(2)).sum();
    if points.len() < 2 || points.iter().all(|p| p.1 == points[0].1) {
        return [None; 2];
    }
    let (mut weights, mut moran, mut geary) = (0.0, 0.0, 0.0);
    for (i, (p, a)) in points.iter().enumerate() {
        for (j, (q, b)) in points.iter().enumerate() {
            if i != j {
                let square: f64 = p.iter().zip(q).map(|(p, q)| (p - q).powi(2)).sum();
                let w = 1.0 / square.sqrt();
                weights += w;
                moran += w * (a - mean) * (b - mean);
                geary += w * (a - b).powi(2);
            }
        }
    }
    [Some(n / weights * moran / variance), Some((n - 1.0) / (2.0 * weights) * geary / variance)]
}
