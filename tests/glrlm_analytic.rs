//! Run lengths where they have closed forms.

use radiomics::family::glrlm;
use radiomics::volume::DIRECTIONS;
use radiomics::{Aggregation, Status, Watch};
use support::boxes::LevelBox;
use support::golden::rows;

use crate::glcm_naive::{everything, spread};
use crate::glrlm_naive::extract;

#[track_caller]
fn is(all: &[glrlm::Features; 6], aggregation: Aggregation, tag: &str, want: f64) {
    let table = rows(include_str!("golden/nomenclature.csv"));
    let mut tags = table.into_iter().filter(|row| row["family"] == "glrlm");
    let feature = tags.position(|row| row["tag"] == tag).expect("a tag");
    let place = Aggregation::DIRECTIONAL.iter().position(|a| *a == aggregation);
    let got = all[place.expect("an aggregation")][feature];
    let off = (got.number() - want).abs();
    assert!(off <= 4.0 * f64::EPSILON * want.abs(), "{aggregation:?} {tag}: {got:?}, want {want}");
}

fn solid(shape: [usize; 3], level: u32) -> LevelBox {
    LevelBox { shape, levels: vec![level; shape.iter().product()], count: level }
}

/// A cube of one level: along an edge n^2 runs of n; along the diagonal of a face, in each slice, one of n and two
/// of every shorter length; along that of the cube one of n and 6 (n - j) of each j.
#[test]
fn runs_of_a_cube() {
    for n in 1..=6u64 {
        let b = solid([n as usize; 3], 1);
        b.with::<u8, _>(1, |levels| {
            for direction in DIRECTIONS {
                let mut matrix = vec![0; n as usize];
                glrlm::count(levels, direction, 0..n as usize, &mut matrix).expect("runs");
                let oblique = direction.iter().filter(|d| **d != 0).count();
                let want: Vec<u64> = (1..=n)
                    .map(|j| match (oblique, j == n) {
                        (1, last) => u64::from(last) * n * n,
                        (2, true) => n,
                        (2, false) => 2 * n,
                        (_, true) => 1,
                        (_, false) => 6 * (n - j),
                    })
                    .collect();
                assert_eq!(matrix, want, "{direction:?} of {n}");
            }
        });
    }
}

/// One row of one level: a single run along it, and single voxels across.
#[test]
fn a_row() {
    let b = solid([8, 1, 1], 3);
    for b in [b.clone(), spread(&b, 10_000)] {
        let all = extract::<u16>(&b, everything(), &Watch::silent()).expect("features");
        let level = f64::from(b.count);
        // Merged: 1 run of 8 and 8 runs of 1 for each other direction.
        for (aggregation, others) in [
            (Aggregation::SliceMerged2D, 3.0),
            (Aggregation::Merged2_5D, 3.0),
            (Aggregation::Merged3D, 12.0),
        ] {
            let runs = 1.0 + 8.0 * others;
            let shares = [1.0 / runs, 8.0 * others / runs];
            for (tag, want) in [
                ("rlm_sre", (1.0 / 64.0 + 8.0 * others) / runs),
                ("rlm_lre", (64.0 + 8.0 * others) / runs),
                ("rlm_lgre", 1.0 / (level * level)),
                ("rlm_hgre", level * level),
                ("rlm_lrhge", level * level * (64.0 + 8.0 * others) / runs),
                ("rlm_glnu", runs),
                ("rlm_glnu_norm", 1.0),
                ("rlm_rlnu", (1.0 + 64.0 * others * others) / runs),
                ("rlm_r_perc", runs / (8.0 * (others + 1.0))),
                ("rlm_gl_var", 0.0),
                ("rlm_rl_var", 49.0 * shares[0] * shares[1]),
                ("rlm_rl_entr", -shares.map(|p| p * p.log2()).iter().sum::<f64>()),
            ] {
                is(&all, aggregation, tag, want);
            }
        }
        // Averaged: one matrix of one run, the others of 8 single voxels; no entropy in any.
        for (aggregation, others) in [
            (Aggregation::Averaged2D, 3.0),
            (Aggregation::DirectionMerged2_5D, 3.0),
            (Aggregation::Averaged3D, 12.0),
        ] {
            is(&all, aggregation, "rlm_sre", (1.0 / 64.0 + others) / (1.0 + others));
            is(&all, aggregation, "rlm_r_perc", (1.0 / 8.0 + others) / (1.0 + others));
            is(&all, aggregation, "rlm_rl_var", 0.0);
            is(&all, aggregation, "rlm_rl_entr", 0.0);
        }
    }
}

/// Slices outside the region are no matrices; runs never leave their slice in 2D.
#[test]
fn slices() {
    let levels = [[1; 4], [0; 4], [1; 4], [1; 4]].concat();
    let b = LevelBox { shape: [2, 2, 4], levels, count: 1 };
    let all = extract::<u8>(&b, everything(), &Watch::silent()).expect("features");
    // In a slice: two runs of 2 along x and along y, a run of 2 and two of 1 along each diagonal.
    is(&all, Aggregation::Averaged2D, "rlm_r_perc", (0.5 + 0.5 + 0.75 + 0.75) / 4.0);
    is(&all, Aggregation::SliceMerged2D, "rlm_r_perc", 10.0 / 16.0);
    is(&all, Aggregation::Merged2_5D, "rlm_r_perc", 30.0 / 48.0);
    is(&all, Aggregation::Merged2_5D, "rlm_sre", (6.0 * 3.0 / 4.0 + 12.0) / 30.0);
}

/// Without a voxel there is no run, with or without levels.
#[test]
fn nothing() {
    for (shape, count) in [([2, 3, 2], 4), ([2, 3, 2], 0), ([0, 3, 2], 0), ([3, 3, 3], 60_000)] {
        let b = LevelBox { shape, levels: vec![0; shape.iter().product()], count };
        let all = extract::<u16>(&b, everything(), &Watch::silent()).expect("features");
        let reasons = all.iter().flatten().all(|v| v.status() == Status::EmptyIntensityMask);
        assert!(reasons, "{b:?}");
    }
}
