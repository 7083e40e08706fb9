//! NGTDM and NGLDM where every neighbourhood is known in closed form.

use radiomics::family::neighbourhood::{self, Distances};
use radiomics::family::{ngldm, ngtdm};
use radiomics::{Arena, Status, Value, Watch};
use support::boxes::LevelBox;
use support::compare::assert_same;

use crate::zones_naive::everything;

fn level_box(shape: [usize; 3], levels: &[u32]) -> LevelBox {
    LevelBox {
        shape,
        levels: levels.to_vec(),
        count: levels.iter().copied().max().unwrap_or(1).max(1),
    }
}

fn features(levels: &LevelBox, alpha: f64) -> ([ngtdm::Features; 3], [ngldm::Features; 3]) {
    let reach = Distances { ngtdm: 1, ngldm: 1, alpha };
    let words = neighbourhood::footprint(levels.shape, levels.count, everything(), &reach).words();
    let mut memory = vec![!0; words];
    let mut tones = [[Value::PENDING; ngtdm::FEATURES]; 3];
    let mut dependences = [[Value::PENDING; ngldm::FEATURES]; 3];
    levels
        .with::<u8, _>(1, |levels| {
            let (arena, watch) = (Arena::new(&mut memory), Watch::silent());
            let (tones, dependences) = (Some(&mut tones), Some(&mut dependences));
            neighbourhood::extract(levels, &reach, everything(), &watch, arena, tones, dependences)
        })
        .expect("values");
    (tones, dependences)
}

#[track_caller]
fn assert_values(got: &[Value], want: &[(f64, Status)]) {
    for (k, (got, (number, status))) in got.iter().zip(want).enumerate() {
        assert_eq!(got.status(), *status, "feature {k}");
        assert_same(&format!("feature {k}"), *got, status.has_value().then_some(*number), 1e-14);
    }
}

const OK: Status = Status::Ok;
const RULE: Status = Status::OkByConvention;

#[test]
fn one_level_has_the_values_of_the_conventions() {
    let (tones, dependences) = features(&level_box([3, 3, 3], &[1; 27]), 0.0);
    for tones in &tones {
        assert_values(tones, &[(1e6, RULE), (0.0, RULE), (0.0, RULE), (0.0, OK), (0.0, RULE)]);
    }
    // In the volume 8 corners see 8 voxels, 12 edges 12, 6 faces 18 and the centre 27, themselves included.
    let high = (8.0 * 64.0 + 12.0 * 144.0 + 6.0 * 324.0 + 729.0) / 27.0;
    let energy = (64.0 + 144.0 + 36.0 + 1.0) / 729.0;
    assert_same("high dependence emphasis", dependences[2][1], Some(high), 1e-14);
    assert_same("dependence count energy", dependences[2][16], Some(energy), 1e-14);
    // In a slice 4 corners see 4, 4 edges 6 and the centre 9.
    let high = (4.0 * 16.0 + 4.0 * 36.0 + 81.0) / 9.0;
    assert_same("high dependence emphasis in 2D", dependences[0][1], Some(high), 1e-14);
    assert_same("high dependence emphasis in 2.5D", dependences[1][1], Some(high), 1e-14);
    assert_same("dependence count percentage", dependences[2][12], Some(1.0), 0.0);
}

#[test]
fn two_voxels_give_the_formulas_by_hand() {
    // Levels 1 and 3: n = 1, 1; s = 2, 2; p = 1/2, 1/2.
    let (tones, _) = features(&level_box([2, 1, 1], &[1, 3]), 0.0);
    for tones in &tones {
        assert_values(tones, &[(0.5, OK), (2.0, OK), (1.0, OK), (4.0, OK), (2.0, OK)]);
    }
}

#[test]
fn busyness_has_no_value_where_level_times_count_is_one_number() {
    // Levels 1, 2, 1: n = 2, 1; s = 2, 1; p = 2/3, 1/3.
    let (tones, _) = features(&level_box([3, 1, 1], &[1, 2, 1]), 0.0);
    let contrast = 0.5 * (2.0 * 2.0 / 9.0) * (3.0 / 3.0);
    let complexity = 2.0 * (4.0 / 3.0 + 1.0 / 3.0) / 3.0;
    let want = [
        (1.0 / (4.0 / 3.0 + 1.0 / 3.0), OK),
        (contrast, OK),
        (0.0, Status::ZeroDenominator),
        (complexity, OK),
        (2.0 / 3.0, OK),
    ];
    for tones in &tones {
        assert_values(tones, &want);
    }
}

#[test]
fn flat_pairs_of_two_levels_have_no_differences() {
    let (tones, _) = features(&level_box([5, 1, 1], &[1, 1, 0, 2, 2]), 0.0);
    for tones in &tones {
        assert_values(tones, &[(1e6, RULE), (0.0, OK), (0.0, OK), (0.0, OK), (0.0, RULE)]);
    }
}

#[test]
fn voxels_without_neighbours_have_no_tone_but_a_dependence() {
    let (tones, dependences) = features(&level_box([3, 1, 3], &[1, 0, 2, 0, 0, 0, 2, 0, 1]), 9.0);
    for tones in &tones {
        assert_values(tones, &[(0.0, Status::NoNeighbours); 5]);
    }
    for dependences in &dependences {
        assert_values(&dependences[..2], &[(1.0, OK), (1.0, OK)]);
    }
}

#[test]
fn a_slice_of_lone_voxels_has_no_tone_matrix() {
    // The second slice holds one voxel: its NGTDM is no part of the mean, its NGLDM is.
    let (tones, dependences) = features(&level_box([2, 1, 2], &[1, 3, 0, 3]), 0.0);
    assert_values(&tones[0], &[(0.5, OK), (2.0, OK), (1.0, OK), (4.0, OK), (2.0, OK)]);
    // High grey level count emphasis: (1 + 9) / 2 and 9.
    assert_same("mean over two slices", dependences[0][3], Some(7.0), 1e-14);
}

#[test]
fn alpha_widens_dependence_within_the_region_only() {
    // Dependences 2, 3, 2 for the row 1, 2, 3 with alpha 1; the outside, 0, is one step from 1 and never counts.
    let (_, dependences) = features(&level_box([3, 1, 1], &[1, 2, 3]), 1.0);
    for dependences in &dependences {
        assert_same(
            "high dependence emphasis",
            dependences[1],
            Some((4.0 + 9.0 + 4.0) / 3.0),
            1e-14,
        );
    }
}

#[test]
fn an_empty_region_has_a_reason_for_every_feature() {
    let (tones, dependences) = features(&level_box([2, 2, 2], &[0; 8]), 0.0);
    for value in tones.iter().flatten().chain(dependences.iter().flatten()) {
        assert_eq!(value.status(), Status::EmptyIntensityMask);
    }
}

#[test]
fn tones_are_checked_columns() {
    let bad: [(&[u64], &[u64], &[f64]); 7] = [
        (&[1, 2], &[1], &[0.0, 0.0]),
        (&[1, 2], &[1, 1], &[0.0]),
        (&[2, 1], &[1, 1], &[0.0, 0.0]),
        (&[0], &[1], &[0.0]),
        (&[1], &[0], &[0.0]),
        (&[1], &[1 << 40], &[0.0]),
        (&[1], &[1], &[f64::NAN]),
    ];
    for (levels, voxels, differences) in bad {
        assert!(ngtdm::Tones::new(levels, voxels, differences).is_err(), "{levels:?} {voxels:?}");
    }
    let tones = ngtdm::Tones::new(&[1, 2], &[1, 1], &[1.0, 1.0]).expect("a matrix");
    assert!(
        ngtdm::extract(tones, &mut [0], &Watch::silent()).is_err(),
        "scratch for one of two levels"
    );
}

#[test]
fn complexity_by_count_equals_complexity_by_pair() {
    // Counts repeat and do not: 1 to 7 in turn over 300 levels with gaps, and one level of its own count.
    let levels: Vec<u64> = (0..300).map(|k| 1 + k * 3 + k % 2).collect();
    let voxels: Vec<u64> = (0..300).map(|k| if k == 123 { 1000 } else { 1 + k % 7 }).collect();
    let differences: Vec<f64> = (0..300).map(|k| (k * k % 37) as f64 / 26.0).collect();
    let tones = ngtdm::Tones::new(&levels, &voxels, &differences).expect("a matrix");
    let got = ngtdm::extract(tones, &mut [0; 300], &Watch::silent()).expect("values")[3];
    let n = voxels.iter().sum::<u64>() as f64;
    let mut want = 0.0;
    for i in 0..300 {
        for j in 0..300 {
            let (p, q) = (voxels[i] as f64 / n, voxels[j] as f64 / n);
            let apart = (levels[i] as f64 - levels[j] as f64).abs();
            want += apart * (p * differences[i] + q * differences[j]) / (p + q);
        }
    }
    assert_same("complexity", got, Some(want / n), 1e-12);
}
