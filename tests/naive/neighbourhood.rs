//! Tone differences and dependences, voxel by voxel.

use std::collections::BTreeMap;

use support::boxes::LevelBox;

use super::zones::{Cells, cells, features, means};

/// Chebyshev radii and the largest dependent difference.
#[derive(Clone, Copy, Debug)]
pub struct Reach {
    pub ngtdm: i64,
    pub ngldm: i64,
    pub alpha: f64,
}

/// One level of the tone difference matrix.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tone {
    pub voxels: u64,
    pub difference: f64,
}

/// Levels of the neighbours inside the region; in a slice z stays.
fn neighbours(levels: &LevelBox, p: [i64; 3], radius: i64, solid: bool) -> Vec<u32> {
    let deep = if solid { radius } else { 0 };
    let mut out = Vec::new();
    for dz in -deep..=deep {
        for dy in -radius..=radius {
            for dx in -radius..=radius {
                let level = levels.at([p[0] + dx, p[1] + dy, p[2] + dz]);
                if [dx, dy, dz] != [0; 3] && level != 0 {
                    out.push(level);
                }
            }
        }
    }
    out
}

fn places(levels: &LevelBox, slice: Option<i64>) -> Vec<[i64; 3]> {
    levels.places().into_iter().filter(|p| slice.is_none_or(|z| p[2] == z)).collect()
}

/// n_i and s_i of every level that has a voxel with a neighbour.
pub fn tones(
    levels: &LevelBox,
    radius: i64,
    solid: bool,
    slice: Option<i64>,
) -> BTreeMap<u64, Tone> {
    let mut out = BTreeMap::<u64, Tone>::new();
    for p in places(levels, slice) {
        let near = neighbours(levels, p, radius, solid);
        if near.is_empty() {
            continue;
        }
        let mean = near.iter().map(|l| f64::from(*l)).sum::<f64>() / near.len() as f64;
        let level = levels.at(p);
        let tone = out.entry(u64::from(level)).or_default();
        tone.voxels += 1;
        tone.difference += (f64::from(level) - mean).abs();
    }
    out
}

/// Counts of (level, dependence), the voxel itself included.
pub fn dependences(levels: &LevelBox, reach: Reach, solid: bool, slice: Option<i64>) -> Cells {
    cells(places(levels, slice).into_iter().map(|p| {
        let level = levels.at(p);
        let near = neighbours(levels, p, reach.ngldm, solid);
        let close = |l: &&u32| f64::from(level.abs_diff(**l)) <= reach.alpha;
        (u64::from(level), 1 + near.iter().filter(close).count() as u64)
    }))
}

/// Coarseness, contrast, busyness, complexity, strength; an inner `None` has no value, the outer no matrix.
pub fn tone_features(tones: &BTreeMap<u64, Tone>) -> Option<Vec<Option<f64>>> {
    let total: u64 = tones.values().map(|t| t.voxels).sum();
    if total == 0 {
        return None;
    }
    let n = total as f64;
    let levels: Vec<[f64; 3]> =
        tones.iter().map(|(i, t)| [*i as f64, t.voxels as f64 / n, t.difference]).collect();
    let present = levels.len() as f64;
    let pairs = |f: &dyn Fn([f64; 3], [f64; 3]) -> f64| {
        levels.iter().flat_map(|a| levels.iter().map(move |b| f(*a, *b))).sum::<f64>()
    };
    let weighted: f64 = levels.iter().map(|[_, p, s]| p * s).sum();
    let difference: f64 = levels.iter().map(|[_, _, s]| s).sum();
    // Whether i p_i = j p_j for all levels is a question about whole numbers.
    let products: Vec<u64> = tones.iter().map(|(i, t)| i * t.voxels).collect();
    let equal = products.iter().all(|x| *x == products[0]);
    let one = levels.len() == 1;
    let spread = pairs(&|a, b| a[1] * b[1] * (a[0] - b[0]) * (a[0] - b[0]));
    let coarseness = if weighted == 0.0 { 1e6 } else { (1.0 / weighted).min(1e6) };
    let contrast = if one { 0.0 } else { spread / (present * (present - 1.0)) * difference / n };
    let busyness = match (one, equal) {
        (true, _) => Some(0.0),
        (false, true) => None,
        _ => Some(weighted / pairs(&|a, b| (a[0] * a[1] - b[0] * b[1]).abs())),
    };
    let complexity =
        pairs(&|a, b| (a[0] - b[0]).abs() * (a[1] * a[2] + b[1] * b[2]) / (a[1] + b[1])) / n;
    let strong = pairs(&|a, b| (a[1] + b[1]) * (a[0] - b[0]) * (a[0] - b[0]));
    let strength = if difference == 0.0 { 0.0 } else { strong / difference };
    Some(vec![Some(coarseness), Some(contrast), busyness, Some(complexity), Some(strength)])
}

/// NGTDM features: 2D, 2.5D, 3D. One slice without a value leaves the mean without.
pub fn all_tones(levels: &LevelBox, reach: Reach) -> [Vec<Option<f64>>; 3] {
    let of = |solid, slice| tone_features(&tones(levels, reach.ngtdm, solid, slice));
    let slices: Vec<_> = (0..levels.shape[2] as i64).filter_map(|z| of(false, Some(z))).collect();
    let mean = |k: usize| {
        let parts: Option<Vec<f64>> = slices.iter().map(|part| part[k]).collect();
        parts.filter(|p| !p.is_empty()).map(|p| p.iter().sum::<f64>() / p.len() as f64)
    };
    let none = vec![None; 5];
    [
        (0..5).map(mean).collect(),
        of(false, None).unwrap_or(none.clone()),
        of(true, None).unwrap_or(none),
    ]
}

/// NGLDM features: the 16 common ones and energy; 2D, 2.5D, 3D.
pub fn all_dependences(levels: &LevelBox, reach: Reach) -> [Option<Vec<f64>>; 3] {
    let of = |solid, slice| {
        let cells = dependences(levels, reach, solid, slice);
        let total = cells.values().sum::<u64>();
        let mut out = features(&cells, total)?;
        out.push(cells.values().map(|c| (*c as f64 / total as f64).powi(2)).sum());
        Some(out)
    };
    let slices: Vec<_> = (0..levels.shape[2] as i64).filter_map(|z| of(false, Some(z))).collect();
    [means(&slices), of(false, None), of(true, None)]
}
