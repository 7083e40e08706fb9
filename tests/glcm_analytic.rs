//! Co-occurrence where the features have closed forms.

use radiomics::family::glcm;
use radiomics::volume::Level;
use radiomics::{Aggregation, Status, Watch};
use support::boxes::LevelBox;
use support::golden::rows;

use crate::glcm_naive::{everything, extract, spread};

/// Features of a box at distance 1 by aggregation and tag.
struct Found([glcm::Features; 6]);

impl Found {
    fn of<L: Level>(b: &LevelBox) -> Self {
        Found(extract::<L>(b, 1, everything(), &Watch::silent()).expect("features"))
    }

    fn value(&self, aggregation: Aggregation, tag: &str) -> radiomics::Value {
        let table = rows(include_str!("golden/nomenclature.csv"));
        let mut tags = table.into_iter().filter(|row| row["family"] == "glcm");
        let feature = tags.position(|row| row["tag"] == tag).expect("a tag");
        let place = Aggregation::DIRECTIONAL.iter().position(|a| *a == aggregation);
        self.0[place.expect("an aggregation")][feature]
    }

    /// Equal to the last few bits.
    #[track_caller]
    fn is(&self, aggregation: Aggregation, tag: &str, want: f64) {
        let got = self.value(aggregation, tag);
        let off = (got.number() - want).abs();
        assert!(off <= 4.0 * f64::EPSILON * want.abs(), "{tag}: {got:?}, want {want}");
    }
}

fn row(levels: Vec<u32>) -> LevelBox {
    let count = levels.iter().copied().max().unwrap_or(1);
    LevelBox { shape: [levels.len(), 1, 1], levels, count }
}

const MEAN: Aggregation = Aggregation::Averaged3D;

/// One grey level: no spread, no information, and exactly so, however many pairs there are.
#[test]
fn one_level() {
    // Tables, buckets, and boxes whose numbers of pairs are no powers of two.
    for (shape, level, count) in [([7, 5, 3], 2, 3), ([2, 2, 2], 1, 1), ([5, 3, 2], 700, 999)] {
        let b = LevelBox { shape, levels: vec![level; shape.iter().product()], count };
        let found = Found::of::<u16>(&b);
        let level = f64::from(level);
        for a in Aggregation::DIRECTIONAL {
            for tag in ["cm_joint_max", "cm_energy", "cm_inv_diff", "cm_inv_diff_norm"] {
                found.is(a, tag, 1.0);
            }
            for tag in ["cm_inv_diff_mom", "cm_inv_diff_mom_norm"] {
                found.is(a, tag, 1.0);
            }
            found.is(a, "cm_joint_avg", level);
            found.is(a, "cm_sum_avg", 2.0 * level);
            found.is(a, "cm_auto_corr", level * level);
            for tag in ["cm_joint_var", "cm_joint_entr", "cm_diff_avg", "cm_diff_var"] {
                found.is(a, tag, 0.0);
            }
            for tag in ["cm_diff_entr", "cm_sum_var", "cm_sum_entr", "cm_contrast"] {
                found.is(a, tag, 0.0);
            }
            for tag in ["cm_dissimilarity", "cm_inv_var", "cm_clust_tend", "cm_clust_shade"] {
                found.is(a, tag, 0.0);
            }
            found.is(a, "cm_clust_prom", 0.0);
            found.is(a, "cm_info_corr2", 0.0);
            assert_eq!(found.value(a, "cm_corr").status(), Status::ZeroVariance);
            assert_eq!(found.value(a, "cm_info_corr1").status(), Status::ZeroDenominator);
        }
    }
}

/// Without a pair there is no matrix and no value.
#[test]
fn no_pair() {
    let apart = LevelBox { shape: [3, 1, 1], levels: vec![1, 0, 2], count: 2 };
    let empty = LevelBox { shape: [3, 2, 1], levels: vec![0; 6], count: 2 };
    let nothing = LevelBox { shape: [0, 4, 4], levels: vec![], count: 0 };
    for b in [row(vec![1]), apart.clone(), spread(&apart, 400), empty, nothing] {
        let features = Found::of::<u16>(&b).0;
        assert!(features.iter().flatten().all(|v| v.status() == Status::NoNeighbours), "{b:?}");
    }
}

/// A slice or direction that holds no pair has no matrix and is not averaged.
#[test]
fn empty_matrices_are_left_out() {
    let b = LevelBox { shape: [2, 1, 4], levels: vec![1, 2, 2, 0, 0, 0, 1, 1], count: 2 };
    for b in [b.clone(), spread(&b, 400)] {
        let found = Found::of::<u16>(&b);
        let step = f64::from(b.count / 2);
        // Slice 0 has the pair 1 2, slice 3 the pair 1 1; slices 1 and 2 have none.
        found.is(Aggregation::Averaged2D, "cm_contrast", 0.5 * step * step);
        found.is(Aggregation::SliceMerged2D, "cm_contrast", 0.5 * step * step);
        // Along z 1 2, obliquely 2 2: two of 13 directions, and x with 1 2 and 1 1.
        found.is(MEAN, "cm_contrast", (0.5 + 1.0 + 0.0) * step * step / 3.0);
        found.is(Aggregation::Merged3D, "cm_contrast", 0.5 * step * step);
        // One matrix of one level has no correlation, so the mean has none.
        let correlation = found.value(Aggregation::Averaged2D, "cm_corr");
        assert_eq!(correlation.status(), Status::ZeroVariance);
        assert!(found.value(Aggregation::Merged3D, "cm_corr").status().has_value());
    }
}

/// 1 2 1 2 ...: each voxel knows its neighbour.
#[test]
fn stripes() {
    let found = Found::of::<u8>(&row((0..10).map(|x| 1 + x % 2).collect()));
    for (tag, want) in [
        ("cm_joint_max", 0.5),
        ("cm_joint_avg", 1.5),
        ("cm_joint_var", 0.25),
        ("cm_joint_entr", 1.0),
        ("cm_diff_avg", 1.0),
        ("cm_diff_entr", 0.0),
        ("cm_sum_avg", 3.0),
        ("cm_energy", 0.5),
        ("cm_contrast", 1.0),
        ("cm_inv_diff", 0.5),
        ("cm_inv_diff_norm", 2.0 / 3.0),
        ("cm_inv_diff_mom_norm", 0.8),
        ("cm_inv_var", 1.0),
        ("cm_corr", -1.0),
        ("cm_auto_corr", 2.0),
        ("cm_info_corr1", -1.0),
        ("cm_info_corr2", (1.0 - (-2f64).exp()).sqrt()),
    ] {
        found.is(MEAN, tag, want);
    }
}

/// 1 1 2 2 1: each pair as often as the other, so that a voxel tells nothing of its neighbour.
#[test]
fn independence() {
    let b = row(vec![1, 1, 2, 2, 1]);
    for b in [b.clone(), spread(&b, 300)] {
        let found = Found::of::<u16>(&b);
        found.is(MEAN, "cm_joint_entr", 2.0);
        for tag in ["cm_corr", "cm_info_corr1", "cm_info_corr2"] {
            found.is(MEAN, tag, 0.0);
        }
    }
}

/// 1 2 3 ... n: all neighbours differ by 1.
#[test]
fn gradient() {
    for n in [5u32, 200, 1000] {
        let found = Found::of::<u16>(&row((1..=n).collect()));
        let (n, pairs) = (f64::from(n), f64::from(n - 1));
        for (tag, want) in [
            ("cm_joint_max", 0.5 / pairs),
            ("cm_joint_avg", (n + 1.0) / 2.0),
            ("cm_joint_entr", (2.0 * pairs).log2()),
            ("cm_diff_avg", 1.0),
            ("cm_diff_var", 0.0),
            ("cm_diff_entr", 0.0),
            ("cm_sum_entr", pairs.log2()),
            ("cm_energy", 0.5 / pairs),
            ("cm_contrast", 1.0),
            ("cm_inv_diff", 0.5),
            ("cm_inv_diff_norm", n / (n + 1.0)),
            ("cm_inv_diff_mom_norm", n * n / (n * n + 1.0)),
            ("cm_auto_corr", n * (n + 1.0) / 3.0),
            // 2 i + 1 for i = 1 .. n - 1: four times the variance of n - 1 whole numbers.
            ("cm_clust_tend", (pairs * pairs - 1.0) / 3.0),
        ] {
            found.is(MEAN, tag, want);
        }
    }
}

/// One odd voxel in a long row: the entropy of what is nearly certain keeps its digits.
#[test]
fn nearly_one_level() {
    let mut levels = vec![1; 100_001];
    levels[5000] = 2;
    let found = Found::of::<u8>(&row(levels));
    // Of 200 000 ordered pairs, two are 1 2 and two are 2 1.
    let (odd, even) = (1e-5f64, -2e-5f64);
    let want = -2.0 * odd * odd.log2() - (1.0 + even) * even.ln_1p() / 2f64.ln();
    found.is(MEAN, "cm_joint_entr", want);
    found.is(MEAN, "cm_contrast", 2e-5);
}
