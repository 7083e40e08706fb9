//! Co-occurrence straight from the definition: a matrix as a map from pairs of levels to probabilities.

use std::collections::BTreeMap;

use radiomics::Aggregation;
use support::boxes::LevelBox;

/// Counts by pair of levels.
pub type Counts = BTreeMap<(u32, u32), u64>;

const PLANAR: [[i64; 3]; 4] = [[1, 0, 0], [0, 1, 0], [1, 1, 0], [1, -1, 0]];

/// One of each pair of opposite directions, in a slice or in the volume.
pub fn directions(planar: bool) -> Vec<[i64; 3]> {
    if planar {
        return PLANAR.to_vec();
    }
    let mut all = Vec::new();
    for x in -1..=1i64 {
        for y in -1..=1 {
            for z in -1..=1 {
                if (x, y, z) > (0, 0, 0) {
                    all.push([x, y, z]);
                }
            }
        }
    }
    all
}

/// Symmetric counts of one direction in some slices.
pub fn matrix(b: &LevelBox, d: [i64; 3], distance: i64, slices: std::ops::Range<i64>) -> Counts {
    let mut counts = Counts::new();
    for p in b.places().into_iter().filter(|p| slices.contains(&p[2])) {
        let q = [p[0] + distance * d[0], p[1] + distance * d[1], p[2] + distance * d[2]];
        let (i, j) = (b.at(p), b.at(q));
        if j != 0 {
            *counts.entry((i, j)).or_default() += 1;
            *counts.entry((j, i)).or_default() += 1;
        }
    }
    counts
}

/// The sum of some matrices.
pub fn merged(parts: impl IntoIterator<Item = Counts>) -> Counts {
    let mut sum = Counts::new();
    for part in parts {
        for (cell, count) in part {
            *sum.entry(cell).or_default() += count;
        }
    }
    sum
}

fn entropy(p: impl Iterator<Item = f64>) -> f64 {
    p.filter(|p| *p > 0.0).map(|p| -p * p.log2()).sum()
}

/// The 25 features; `None` where undefined.
pub fn features(counts: &Counts, levels: u32) -> Vec<Option<f64>> {
    let total: u64 = counts.values().sum();
    if total == 0 {
        return vec![None; 25];
    }
    let n = levels as usize;
    let p: Vec<(f64, f64, f64)> = counts
        .iter()
        .map(|((i, j), c)| (f64::from(*i), f64::from(*j), *c as f64 / total as f64))
        .collect();
    let over = |f: &dyn Fn(f64, f64) -> f64| p.iter().map(|(i, j, p)| f(*i, *j) * p).sum::<f64>();
    let mut px = vec![0.0; n + 1];
    let mut difference = vec![0.0; n + 1];
    let mut sum = vec![0.0; 2 * n + 1];
    for (i, j, p) in &p {
        px[*i as usize] += p;
        difference[(i - j).abs() as usize] += p;
        sum[(i + j) as usize] += p;
    }
    let mean = over(&|i, _| i);
    let variance = over(&|i, _| (i - mean) * (i - mean));
    let h = entropy(p.iter().map(|p| p.2));
    let hx = entropy(px.iter().copied());
    let hxy1: f64 = p.iter().map(|(i, j, p)| -p * (px[*i as usize] * px[*j as usize]).log2()).sum();
    let mut hxy2 = 0.0;
    for a in px.iter().filter(|p| **p > 0.0) {
        for b in px.iter().filter(|p| **p > 0.0) {
            hxy2 -= a * b * (a * b).log2();
        }
    }
    let moments = |q: &[f64]| {
        let mean: f64 = q.iter().enumerate().map(|(k, p)| k as f64 * p).sum();
        let variance = q.iter().enumerate().map(|(k, p)| (k as f64 - mean).powi(2) * p).sum();
        [mean, variance, entropy(q.iter().copied())]
    };
    let (d, s) = (moments(&difference), moments(&sum));
    let g = f64::from(levels);
    let single = px.iter().filter(|p| **p > 0.0).count() == 1;
    let cluster = |k: i32| over(&|i, j| (i + j - 2.0 * mean).powi(k));
    [
        p.iter().map(|p| p.2).fold(0.0, f64::max),
        mean,
        variance,
        h,
        d[0],
        d[1],
        d[2],
        s[0],
        s[1],
        s[2],
        p.iter().map(|p| p.2 * p.2).sum(),
        over(&|i, j| (i - j) * (i - j)),
        over(&|i, j| (i - j).abs()),
        over(&|i, j| 1.0 / (1.0 + (i - j).abs())),
        over(&|i, j| 1.0 / (1.0 + (i - j).abs() / g)),
        over(&|i, j| 1.0 / (1.0 + (i - j).powi(2))),
        over(&|i, j| 1.0 / (1.0 + ((i - j) / g).powi(2))),
        over(&|i, j| if i == j { 0.0 } else { 1.0 / (i - j).powi(2) }),
        over(&|i, j| (i - mean) * (j - mean)) / variance,
        over(&|i, j| i * j),
        cluster(2),
        cluster(3),
        cluster(4),
        (h - hxy1) / hx,
        (1.0 - (-2.0 * (hxy2 - h).max(0.0)).exp()).sqrt(),
    ]
    .into_iter()
    .enumerate()
    .map(|(k, x)| (!(single && (k == 18 || k == 23))).then_some(x))
    .collect()
}

/// The mean over matrices; `None` where a matrix has none, or where there is no matrix.
pub fn mean(all: &[Vec<Option<f64>>], count: usize) -> Vec<Option<f64>> {
    if all.is_empty() {
        return vec![None; count];
    }
    (0..count)
        .map(|k| {
            let values: Option<Vec<f64>> = all.iter().map(|f| f[k]).collect();
            values.map(|v| v.iter().sum::<f64>() / v.len() as f64)
        })
        .collect()
}

/// The features of one aggregation.
pub fn aggregated(b: &LevelBox, distance: i64, aggregation: Aggregation) -> Vec<Option<f64>> {
    let depth = b.shape[2] as i64;
    let planar = !matches!(aggregation, Aggregation::Averaged3D | Aggregation::Merged3D);
    let directions = directions(planar);
    let of = |c: Counts| features(&c, b.count);
    let filled = |c: &Counts| !c.is_empty();
    let average = |matrices: Vec<Counts>| {
        let all: Vec<_> = matrices.into_iter().filter(filled).map(of).collect();
        mean(&all, 25)
    };
    let slices = || (0..depth).map(|z| z..z + 1);
    match aggregation {
        Aggregation::Averaged2D => average(
            slices()
                .flat_map(|z| directions.iter().map(move |d| (z.clone(), *d)))
                .map(|(z, d)| matrix(b, d, distance, z))
                .collect(),
        ),
        Aggregation::SliceMerged2D => average(
            slices()
                .map(|z| merged(directions.iter().map(|d| matrix(b, *d, distance, z.clone()))))
                .collect(),
        ),
        Aggregation::DirectionMerged2_5D | Aggregation::Averaged3D => {
            average(directions.iter().map(|d| matrix(b, *d, distance, 0..depth)).collect())
        }
        _ => of(merged(directions.iter().map(|d| matrix(b, *d, distance, 0..depth)))),
    }
}
