//! Histogram features from the list of levels, one entry a voxel.

use super::statistics::common;

/// The 23 features; `None` where undefined.
pub fn features(levels: &[u32], count: usize) -> Vec<Option<f64>> {
    let x: Vec<f64> = levels.iter().map(|l| f64::from(*l)).collect();
    let stats = common(&x);
    let voxels = |level: usize| x.iter().filter(|x| **x == level as f64).count() as f64;
    let p: Vec<f64> =
        (1..=count).map(|i| voxels(i) / x.len() as f64).filter(|p| *p > 0.0).collect();
    let most = (1..=count).map(voxels).fold(0.0, f64::max);
    let mean = stats[0].expect("a mean");
    let mode = (1..=count)
        .filter(|i| voxels(*i) == most)
        .min_by(|a, b| (*a as f64 - mean).abs().total_cmp(&(*b as f64 - mean).abs()))
        .expect("a level");
    let gradient = |i: usize| {
        if i == 1 {
            voxels(2) - voxels(1)
        } else if i == count {
            voxels(count) - voxels(count - 1)
        } else {
            (voxels(i + 1) - voxels(i - 1)) / 2.0
        }
    };
    let mut out: Vec<Option<f64>> = stats[..9].to_vec();
    out.push(Some(mode as f64));
    out.extend(&stats[9..16]);
    out.push(Some(p.iter().map(|p| -p * p.log2()).sum()));
    out.push(Some(p.iter().map(|p| p * p).sum()));
    if count < 2 {
        out.extend([None; 4]);
        return out;
    }
    let all: Vec<(usize, f64)> = (1..=count).map(|i| (i, gradient(i))).collect();
    for sign in [1.0, -1.0] {
        let best = all.iter().map(|(_, g)| g * sign).fold(f64::NEG_INFINITY, f64::max);
        let first = all.iter().find(|(_, g)| g * sign == best).expect("a level");
        out.extend([Some(first.1), Some(first.0 as f64)]);
    }
    out
}
