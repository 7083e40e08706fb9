//! Zones by flood fill, border distances by erosion, and the features of a matrix over level and size.

use std::collections::{BTreeMap, BTreeSet};

use radiomics::volume::Mask;
use support::boxes::{LevelBox, MaskBox};

/// Counts of a matrix: (grey level, size) to number.
pub type Cells = BTreeMap<(u64, u64), u64>;
type Place = [i64; 3];

/// A connected zone: grey level, voxels, least border distance.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Zone {
    pub level: u64,
    pub size: u64,
    pub distance: u64,
}

/// Steps to all places at most 1 away along each axis; in a slice z stays.
fn touching(solid: bool) -> Vec<Place> {
    let mut steps = Vec::new();
    for dz in if solid { -1..=1 } else { 0..=0 } {
        for dy in -1..=1 {
            for dx in -1..=1 {
                if [dx, dy, dz] != [0; 3] {
                    steps.push([dx, dy, dz]);
                }
            }
        }
    }
    steps
}

fn go(p: Place, d: Place) -> Place {
    [p[0] + d[0], p[1] + d[1], p[2] + d[2]]
}

/// The erosion that removes each voxel of the morphological mask: 1 at the border.
pub fn border_distances(mask: &MaskBox, solid: bool) -> BTreeMap<Place, u64> {
    let faces: Vec<Place> = touching(solid)
        .into_iter()
        .filter(|d| d.iter().map(|c| c.abs()).sum::<i64>() == 1)
        .collect();
    let mut left: BTreeSet<Place> = mask.places(Mask::MORPHOLOGICAL).into_iter().collect();
    let mut out = BTreeMap::new();
    for erosion in 1.. {
        let border: Vec<Place> = left
            .iter()
            .copied()
            .filter(|p| faces.iter().any(|d| !left.contains(&go(*p, *d))))
            .collect();
        if border.is_empty() {
            break;
        }
        for p in border {
            left.remove(&p);
            out.insert(p, erosion);
        }
    }
    out
}

/// All zones: 26-connected if `solid`, else 8-connected within slices; of one slice or of all.
pub fn zones(levels: &LevelBox, mask: &MaskBox, solid: bool, slice: Option<i64>) -> Vec<Zone> {
    let distances = border_distances(mask, solid);
    let steps = touching(solid);
    let mut left: BTreeSet<Place> =
        levels.places().into_iter().filter(|p| slice.is_none_or(|z| p[2] == z)).collect();
    let mut found = Vec::new();
    while let Some(seed) = left.pop_first() {
        let level = levels.at(seed);
        let mut zone = vec![seed];
        let mut next = 0;
        while let Some(p) = zone.get(next).copied() {
            next += 1;
            for q in steps.iter().map(|d| go(p, *d)) {
                if levels.at(q) == level && left.remove(&q) {
                    zone.push(q);
                }
            }
        }
        found.push(Zone {
            level: u64::from(level),
            size: zone.len() as u64,
            distance: zone.iter().map(|p| distances[p]).min().expect("a voxel"),
        });
    }
    found.sort_unstable();
    found
}

/// Counts pairs.
pub fn cells(pairs: impl IntoIterator<Item = (u64, u64)>) -> Cells {
    let mut out = Cells::new();
    for pair in pairs {
        *out.entry(pair).or_default() += 1;
    }
    out
}

/// The 16 features of a matrix over grey level i and size j, from its probabilities; `None` when empty.
pub fn features(cells: &Cells, voxels: u64) -> Option<Vec<f64>> {
    let total: u64 = cells.values().sum();
    if total == 0 {
        return None;
    }
    let n = total as f64;
    let p: Vec<[f64; 3]> =
        cells.iter().map(|((i, j), c)| [*i as f64, *j as f64, *c as f64 / n]).collect();
    let mean = |f: &dyn Fn(f64, f64) -> f64| p.iter().map(|[i, j, p]| p * f(*i, *j)).sum::<f64>();
    let squares = |of: &dyn Fn(&(u64, u64)) -> u64| {
        let mut marginal = BTreeMap::<u64, f64>::new();
        for (cell, c) in cells {
            *marginal.entry(of(cell)).or_default() += *c as f64;
        }
        marginal.values().map(|m| m * m).sum::<f64>()
    };
    let (rows, columns) = (squares(&|c| c.0), squares(&|c| c.1));
    let (mu_i, mu_j) = (mean(&|i, _| i), mean(&|_, j| j));
    Some(vec![
        mean(&|_, j| 1.0 / (j * j)),
        mean(&|_, j| j * j),
        mean(&|i, _| 1.0 / (i * i)),
        mean(&|i, _| i * i),
        mean(&|i, j| 1.0 / (i * i * j * j)),
        mean(&|i, j| i * i / (j * j)),
        mean(&|i, j| j * j / (i * i)),
        mean(&|i, j| i * i * j * j),
        rows / n,
        rows / (n * n),
        columns / n,
        columns / (n * n),
        n / voxels as f64,
        mean(&|i, _| (i - mu_i) * (i - mu_i)),
        mean(&|_, j| (j - mu_j) * (j - mu_j)),
        -p.iter().map(|[_, _, p]| p * p.log2()).sum::<f64>(),
    ])
}

/// The mean of each feature over the matrices there are; `None` without any.
pub fn means(parts: &[Vec<f64>]) -> Option<Vec<f64>> {
    let first = parts.first()?;
    let mean = |k: usize| parts.iter().map(|part| part[k]).sum::<f64>() / parts.len() as f64;
    Some((0..first.len()).map(mean).collect())
}

/// Features over sizes or distances: 2D, 2.5D, 3D.
pub fn all(levels: &LevelBox, mask: &MaskBox, column: fn(&Zone) -> u64) -> [Option<Vec<f64>>; 3] {
    let of = |solid, slice: Option<i64>| {
        let zones = zones(levels, mask, solid, slice);
        let voxels =
            levels.places().iter().filter(|p| slice.is_none_or(|z| p[2] == z)).count() as u64;
        features(&cells(zones.iter().map(|z| (z.level, column(z)))), voxels)
    };
    let slices: Vec<_> = (0..levels.shape[2] as i64).filter_map(|z| of(false, Some(z))).collect();
    [means(&slices), of(false, None), of(true, None)]
}
