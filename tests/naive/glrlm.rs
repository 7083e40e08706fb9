//! Run lengths straight from the definition: every voxel whose predecessor differs starts a run.

use std::collections::BTreeMap;

use radiomics::Aggregation;
use support::boxes::LevelBox;

use super::glcm::{directions, mean};

/// Counts by level and size.
pub type Counts = BTreeMap<(u32, u32), u64>;

/// Runs of one direction that lie in some slices.
pub fn matrix(b: &LevelBox, d: [i64; 3], slices: std::ops::Range<i64>) -> Counts {
    let at = |p: [i64; 3]| if slices.contains(&p[2]) { b.at(p) } else { 0 };
    let mut counts = Counts::new();
    for p in b.places().into_iter().filter(|p| at(*p) != 0) {
        let step = |k: i64| [p[0] + k * d[0], p[1] + k * d[1], p[2] + k * d[2]];
        if at(step(-1)) == at(p) {
            continue;
        }
        let length = (0..).take_while(|k| at(step(*k)) == at(p)).count();
        *counts.entry((at(p), length as u32)).or_default() += 1;
    }
    counts
}

/// The 16 features that all matrices over level and size share; `None` where undefined.
pub fn features(counts: &Counts, voxels: u64) -> Vec<Option<f64>> {
    let total: u64 = counts.values().sum();
    if total == 0 {
        return vec![None; 16];
    }
    let n = total as f64;
    let cells: Vec<(f64, f64, f64)> =
        counts.iter().map(|((i, j), c)| (f64::from(*i), f64::from(*j), *c as f64)).collect();
    let over =
        |f: &dyn Fn(f64, f64) -> f64| cells.iter().map(|(i, j, c)| f(*i, *j) * c).sum::<f64>() / n;
    let mut rows = BTreeMap::<u32, u64>::new();
    let mut columns = BTreeMap::<u32, u64>::new();
    for ((i, j), c) in counts {
        *rows.entry(*i).or_default() += c;
        *columns.entry(*j).or_default() += c;
    }
    let squares = |m: &BTreeMap<u32, u64>| m.values().map(|c| (*c as f64).powi(2)).sum::<f64>();
    let (mean_level, mean_size) = (over(&|i, _| i), over(&|_, j| j));
    [
        over(&|_, j| j.powi(-2)),
        over(&|_, j| j.powi(2)),
        over(&|i, _| i.powi(-2)),
        over(&|i, _| i.powi(2)),
        over(&|i, j| (i * j).powi(-2)),
        over(&|i, j| (i / j).powi(2)),
        over(&|i, j| (j / i).powi(2)),
        over(&|i, j| (i * j).powi(2)),
        squares(&rows) / n,
        squares(&rows) / n / n,
        squares(&columns) / n,
        squares(&columns) / n / n,
        n / voxels as f64,
        over(&|i, _| (i - mean_level).powi(2)),
        over(&|_, j| (j - mean_size).powi(2)),
        -cells.iter().map(|(_, _, c)| c / n * (c / n).log2()).sum::<f64>(),
    ]
    .into_iter()
    .map(Some)
    .collect()
}

/// The features of one aggregation.
pub fn aggregated(b: &LevelBox, aggregation: Aggregation) -> Vec<Option<f64>> {
    let depth = b.shape[2] as i64;
    let planar = !matches!(aggregation, Aggregation::Averaged3D | Aggregation::Merged3D);
    let directions = directions(planar);
    let voxels =
        |z: &std::ops::Range<i64>| b.places().iter().filter(|p| z.contains(&p[2])).count() as u64;
    let merged = |z: std::ops::Range<i64>| {
        let mut sum = Counts::new();
        for d in &directions {
            for (cell, count) in matrix(b, *d, z.clone()) {
                *sum.entry(cell).or_default() += count;
            }
        }
        features(&sum, directions.len() as u64 * voxels(&z))
    };
    let filled: Vec<_> = (0..depth).map(|z| z..z + 1).filter(|z| voxels(z) > 0).collect();
    let all: Vec<_> = match aggregation {
        Aggregation::Averaged2D => filled
            .into_iter()
            .flat_map(|z| directions.iter().map(move |d| (z.clone(), *d)))
            .map(|(z, d)| features(&matrix(b, d, z.clone()), voxels(&z)))
            .collect(),
        Aggregation::SliceMerged2D => filled.into_iter().map(merged).collect(),
        Aggregation::DirectionMerged2_5D | Aggregation::Averaged3D => {
            let total = voxels(&(0..depth));
            directions.iter().map(|d| features(&matrix(b, *d, 0..depth), total)).collect()
        }
        _ => return merged(0..depth),
    };
    mean(&all, 16)
}
