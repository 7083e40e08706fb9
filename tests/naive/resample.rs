//! Interpolation voxel by voxel; the spline by solving its equations along every axis.

/// How.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Method {
    Nearest,
    Linear,
    Cubic,
}

/// Voxels along an axis and the position of each target voxel.
pub fn axis(n: usize, from: f64, to: f64) -> Vec<f64> {
    if to == 0.0 || to == from {
        return (0..n).map(|i| i as f64).collect();
    }
    let count = (n as f64 * from / to - 1e-4).ceil().max(1.0);
    let start = ((n as f64 - 1.0) - to / from * (count - 1.0)) / 2.0;
    // Positions within a billionth of a multiple of 1/64 are that multiple.
    let settled = |p: f64| {
        let near = (p * 64.0).round() / 64.0;
        if (p - near).abs() < 1e-9 { near } else { p }
    };
    let position = |m: usize| settled(start + m as f64 * (to / from));
    (0..count as usize).map(|m| position(m).clamp(0.0, n as f64 - 1.0)).collect()
}

/// Coefficients of the interpolating spline of a mirrored signal: (c[k-1] + 4 c[k] + c[k+1]) / 6 = s[k].
fn coefficients(samples: &[f64]) -> Vec<f64> {
    let n = samples.len();
    if n == 1 {
        return samples.to_vec();
    }
    // Gauss elimination of the tridiagonal system; mirroring doubles the first and last outer entries.
    let mut diagonal = vec![4.0; n];
    let upper = |k: usize| if k == 0 { 2.0 } else { 1.0 };
    let lower = |k: usize| if k == n - 1 { 2.0 } else { 1.0 };
    let mut right: Vec<f64> = samples.iter().map(|s| 6.0 * s).collect();
    for k in 1..n {
        let factor = lower(k) / diagonal[k - 1];
        diagonal[k] -= factor * upper(k - 1);
        right[k] -= factor * right[k - 1];
    }
    let mut out = vec![0.0; n];
    out[n - 1] = right[n - 1] / diagonal[n - 1];
    for k in (0..n - 1).rev() {
        out[k] = (right[k] - upper(k) * out[k + 1]) / diagonal[k];
    }
    out
}

fn bspline(t: f64) -> f64 {
    let t = t.abs();
    if t < 1.0 {
        2.0 / 3.0 - t * t + t * t * t / 2.0
    } else if t < 2.0 {
        (2.0 - t).powi(3) / 6.0
    } else {
        0.0
    }
}

fn value(line: &[f64], position: f64, method: Method) -> f64 {
    let n = line.len() as i64;
    let mirror = |k: i64| {
        if n == 1 {
            return 0;
        }
        let k = k.rem_euclid(2 * n - 2);
        (if k < n { k } else { 2 * n - 2 - k }) as usize
    };
    let low = position.floor();
    match method {
        Method::Nearest => line[((position + 0.5).floor() as usize).min(line.len() - 1)],
        Method::Linear => {
            let t = position - low;
            let next = line[(low as usize + 1).min(line.len() - 1)];
            if t == 0.0 { line[low as usize] } else { (1.0 - t) * line[low as usize] + t * next }
        }
        // The line holds coefficients.
        Method::Cubic => (low as i64 - 1..=low as i64 + 2)
            .map(|k| line[mirror(k)] * bspline(position - k as f64))
            .sum(),
    }
}

/// Interpolates a whole volume, axis by axis. Positions are those of each axis.
pub fn volume(
    data: &[f64],
    shape: [usize; 3],
    positions: &[Vec<f64>; 3],
    method: Method,
) -> (Vec<f64>, [usize; 3]) {
    let (mut data, mut shape) = (data.to_vec(), shape);
    for a in 0..3 {
        if positions[a].iter().enumerate().all(|(i, p)| *p == i as f64)
            && positions[a].len() == shape[a]
        {
            continue;
        }
        let mut next = shape;
        next[a] = positions[a].len();
        let at = |shape: [usize; 3], p: [usize; 3]| p[0] + shape[0] * (p[1] + shape[1] * p[2]);
        let mut out = vec![0.0; next.iter().product()];
        let mut across = shape;
        across[a] = 1;
        for z in 0..across[2] {
            for y in 0..across[1] {
                for x in 0..across[0] {
                    let place = |k: usize| {
                        let mut q = [x, y, z];
                        q[a] = k;
                        q
                    };
                    let line: Vec<f64> = (0..shape[a]).map(|k| data[at(shape, place(k))]).collect();
                    let line = if method == Method::Cubic { coefficients(&line) } else { line };
                    for (m, position) in positions[a].iter().enumerate() {
                        out[at(next, place(m))] = value(&line, *position, method);
                    }
                }
            }
        }
        (data, shape) = (out, next);
    }
    (data, shape)
}

/// The stand-ins for NaN: round by round, the mean of the face neighbours known before the round, along
/// the axes that are interpolated; 0 deeper than `rounds`.
pub fn filled(data: &[f64], shape: [usize; 3], interpolated: [bool; 3], rounds: usize) -> Vec<f64> {
    let mut data = data.to_vec();
    let at = |p: [i64; 3]| {
        let inside = (0..3).all(|a| p[a] >= 0 && p[a] < shape[a] as i64);
        inside.then(|| p[0] as usize + shape[0] * (p[1] as usize + shape[1] * p[2] as usize))
    };
    for _ in 0..rounds {
        let before = data.clone();
        for p in support::boxes::places(shape) {
            let here = at(p).expect("a place of the box");
            if before[here].is_finite() {
                continue;
            }
            let mut near = Vec::new();
            for a in (0..3).filter(|a| interpolated[*a]) {
                for step in [-1, 1] {
                    let mut q = p;
                    q[a] += step;
                    near.extend(at(q).map(|i| before[i]).filter(|v| v.is_finite()));
                }
            }
            if !near.is_empty() {
                data[here] = near.iter().sum::<f64>() / near.len() as f64;
            }
        }
    }
    data.iter().map(|v| if v.is_finite() { *v } else { 0.0 }).collect()
}
