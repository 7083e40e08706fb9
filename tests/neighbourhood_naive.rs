//! NGTDM and NGLDM against a visit of every voxel's neighbours.

use std::collections::BTreeMap;

use proptest::prelude::*;
use radiomics::family::neighbourhood::{self, Distances, Tally, Wanted, tally_footprint};
use radiomics::family::{ngldm, ngtdm};
use radiomics::volume::Level;
use radiomics::{Aggregation, Aggregations, Arena, Control, Error, Extent, Status, Value, Watch};
use support::boxes::{LevelBox, level_boxes};
use support::compare::assert_same;

use crate::naive::neighbourhood::{self as naive, Reach, Tone};
use crate::naive::zones::Cells;
use crate::zones_naive::everything;

type Both = ([ngtdm::Features; 3], [ngldm::Features; 3]);

fn reaches() -> impl Strategy<Value = Reach> {
    let alpha = prop_oneof![Just(0.0), Just(0.5), Just(1.0), Just(2.9), Just(f64::INFINITY)];
    (1i64..=3, 1i64..=3, alpha).prop_map(|(ngtdm, ngldm, alpha)| Reach { ngtdm, ngldm, alpha })
}

fn distances(reach: Reach) -> Distances {
    Distances { ngtdm: reach.ngtdm as u32, ngldm: reach.ngldm as u32, alpha: reach.alpha }
}

/// Runs with exactly the announced memory, filled with rubbish.
fn run<L: Level>(
    levels: &LevelBox,
    reach: Reach,
    pad: usize,
    which: Aggregations,
    watch: &Watch,
) -> Result<Both, Error> {
    let reach = distances(reach);
    let words = neighbourhood::footprint(levels.shape, levels.count, which, &reach).words();
    let mut memory = vec![0xa5a5_a5a5_a5a5_a5a5; words];
    let mut tones = [[Value::PENDING; ngtdm::FEATURES]; 3];
    let mut dependences = [[Value::PENDING; ngldm::FEATURES]; 3];
    levels.with::<L, _>(pad, |levels| {
        let arena = Arena::new(&mut memory);
        let (tones, dependences) = (Some(&mut tones), Some(&mut dependences));
        neighbourhood::extract(levels, &reach, which, watch, arena, tones, dependences)
    })?;
    Ok((tones, dependences))
}

/// Counts of some slices as the library makes them.
fn counts(
    levels: &LevelBox,
    reach: Reach,
    extent: Extent,
    slices: core::ops::Range<usize>,
) -> (BTreeMap<u64, Tone>, Cells) {
    let reach = distances(reach);
    let mut memory = vec![!0; tally_footprint(levels.shape, levels.count, &reach).words()];
    let wanted = Wanted { tones: true, dependences: true };
    let (mut tones, mut cells) = (BTreeMap::new(), Cells::new());
    levels.with::<u16, _>(3, |levels| {
        let arena = Arena::new(&mut memory);
        let mut tally = Tally::new(levels, &reach, extent, wanted, arena).expect("a tally");
        tally
            .visit(slices, &Watch::silent(), |level, row| {
                let level = level as u64;
                assert_eq!(row.voxels, row.dependence.iter().sum::<u64>());
                if row.with_neighbours > 0 {
                    let tone = Tone { voxels: row.with_neighbours, difference: row.difference() };
                    tones.insert(level, tone);
                }
                for (dependence, count) in row.dependence.iter().enumerate() {
                    if *count > 0 {
                        cells.insert((level, dependence as u64), *count);
                    }
                }
            })
            .expect("counts");
    });
    (tones, cells)
}

/// Few levels, counted side by side, and so many that they are bucketed.
fn boxes() -> impl Strategy<Value = LevelBox> {
    let spread = |mut levels: LevelBox| {
        // Same places, levels far apart: up to 65535 of them.
        levels.levels.iter_mut().for_each(|l| *l *= 10_922);
        levels.count = u32::from(u16::MAX);
        levels
    };
    prop_oneof![
        3 => level_boxes(6, 9),
        1 => level_boxes(6, 6).prop_map(spread),
    ]
}

fn compare_tones(got: &BTreeMap<u64, Tone>, want: &BTreeMap<u64, Tone>) {
    let voxels = |tones: &BTreeMap<u64, Tone>| {
        tones.iter().map(|(level, tone)| (*level, tone.voxels)).collect::<Vec<_>>()
    };
    assert_eq!(voxels(got), voxels(want));
    for (level, tone) in got {
        let (s, want) = (tone.difference, want[level].difference);
        // The oracle adds rounded quotients, about one unit in the last place of a level each.
        assert!((s - want).abs() <= 1e-10 * want.max(*level as f64), "level {level}: {s}, {want}");
    }
}

fn all<L: Level>(levels: &LevelBox, reach: Reach, pad: usize) -> Both {
    run::<L>(levels, reach, pad, everything(), &Watch::silent()).expect("values")
}

fn bits(values: &Both) -> Vec<(u64, u8)> {
    let all = values.0.iter().flatten().chain(values.1.iter().flatten());
    all.map(|v| (v.number().to_bits(), v.status().code())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn counts_are_those_of_every_voxel(levels in boxes(), reach in reaches()) {
        let nz = levels.shape[2];
        let mut cases = vec![(Extent::Volume, 0..nz), (Extent::SlicesMerged, 0..nz)];
        cases.extend((0..nz).map(|z| (Extent::Slice, z..z + 1)));
        for (extent, slices) in cases {
            let solid = extent == Extent::Volume;
            let slice = (extent == Extent::Slice).then_some(slices.start as i64);
            let (tones, cells) = counts(&levels, reach, extent, slices);
            compare_tones(&tones, &naive::tones(&levels, reach.ngtdm, solid, slice));
            prop_assert_eq!(cells, naive::dependences(&levels, reach, solid, slice));
        }
    }

    #[test]
    fn values_follow_the_definitions(
        levels in prop_oneof![level_boxes(6, 9), level_boxes(6, 60)],
        reach in reaches(),
    ) {
        let (tones, dependences) = all::<u8>(&levels, reach, 3);
        for (at, (got, want)) in tones.iter().zip(naive::all_tones(&levels, reach)).enumerate() {
            for (k, value) in got.iter().enumerate() {
                assert_same(&format!("ngtdm {at}, feature {k}"), *value, want[k], 1e-10);
            }
        }
        let want = naive::all_dependences(&levels, reach);
        for (at, (got, want)) in dependences.iter().zip(want).enumerate() {
            for (k, value) in got.iter().enumerate() {
                let want = want.as_ref().map(|w| w[k]);
                assert_same(&format!("ngldm {at}, feature {k}"), *value, want, 1e-10);
            }
        }
    }

    #[test]
    fn level_type_and_margin_leave_the_bits(levels in level_boxes(6, 9), reach in reaches()) {
        let bytes = bits(&all::<u8>(&levels, reach, 3));
        let words = bits(&all::<u16>(&levels, reach, 5));
        prop_assert_eq!(bytes, words);
    }

    #[test]
    fn absent_levels_above_change_the_way_of_counting_but_no_bit(
        levels in level_boxes(6, 9),
        reach in reaches(),
    ) {
        let mut many = levels.clone();
        many.count = u32::from(u16::MAX);
        prop_assert_eq!(bits(&all::<u16>(&levels, reach, 3)), bits(&all::<u16>(&many, reach, 3)));
    }

    #[test]
    fn a_flip_leaves_the_bits(levels in level_boxes(5, 6), reach in reaches()) {
        let mut flipped = levels.clone();
        flipped.levels.reverse();
        let (a, b) = (all::<u8>(&levels, reach, 3), all::<u8>(&flipped, reach, 3));
        // In 2D the order of the slices is reversed too, and with it the order of the mean's sum.
        let merged = |v: &Both| bits(v).into_iter().enumerate().filter_map(|(i, b)| {
            let row = if i < 15 { i / 5 } else { (i - 15) / 17 };
            (row > 0).then_some(b)
        }).collect::<Vec<_>>();
        prop_assert_eq!(merged(&a), merged(&b));
    }
}

#[test]
fn a_broken_off_visit_leaves_nothing_behind() {
    let levels = LevelBox { shape: [3, 3, 2], levels: vec![1; 18], count: 1 };
    let reach = Distances { ngtdm: 1, ngldm: 1, alpha: 0.0 };
    let mut memory = vec![!0; tally_footprint(levels.shape, 1, &reach).words()];
    let wanted = Wanted { tones: true, dependences: true };
    levels.with::<u8, _>(1, |levels| {
        let arena = Arena::new(&mut memory);
        let mut tally = Tally::new(levels, &reach, Extent::Volume, wanted, arena).expect("a tally");
        let stop = |_| Control::Cancel;
        let watch = Watch::new(Some(&stop), 1);
        assert_eq!(tally.visit(0..2, &watch, |_, _| {}), Err(Error::Cancelled));
        let mut voxels = 0;
        tally.visit(0..9, &Watch::silent(), |_, row| voxels += row.voxels).expect("counts");
        assert_eq!(voxels, 18, "slices beyond the box hold nothing");
    });
}

#[test]
fn the_host_can_cancel() {
    let levels = LevelBox { shape: [3, 3, 3], levels: vec![1; 27], count: 1 };
    let reach = Reach { ngtdm: 1, ngldm: 1, alpha: 0.0 };
    let stop = |_| Control::Cancel;
    let watch = Watch::new(Some(&stop), 1);
    let refused = run::<u8>(&levels, reach, 1, everything(), &watch);
    assert_eq!(refused.err(), Some(Error::Cancelled));
}

#[test]
fn distances_and_alpha_are_checked() {
    let levels = LevelBox { shape: [3, 3, 3], levels: vec![1; 27], count: 1 };
    let good = Reach { ngtdm: 1, ngldm: 1, alpha: 0.0 };
    let bad = [
        ("ngtdm.distance", Reach { ngtdm: 0, ..good }),
        ("ngtdm.distance", Reach { ngtdm: 2, ..good }),
        ("ngldm.distance", Reach { ngldm: 0, ..good }),
        ("ngldm.distance", Reach { ngldm: 2, ..good }),
        ("ngldm.alpha", Reach { alpha: -0.5, ..good }),
        ("ngldm.alpha", Reach { alpha: f64::NAN, ..good }),
    ];
    for (name, reach) in bad {
        match run::<u8>(&levels, reach, 1, everything(), &Watch::silent()) {
            Err(Error::Invalid { field, .. }) => assert_eq!(field, name),
            other => panic!("{reach:?}: {other:?}"),
        }
    }
}

#[test]
fn only_what_is_asked_for_is_written() {
    let levels =
        LevelBox { shape: [3, 2, 2], levels: vec![1, 2, 0, 2, 1, 1, 3, 3, 2, 1, 0, 1], count: 3 };
    let reach = Reach { ngtdm: 1, ngldm: 2, alpha: 1.0 };
    let (tones, _) = all::<u8>(&levels, reach, 2);
    for (at, aggregation) in Aggregation::DIRECTIONLESS.into_iter().enumerate() {
        let which = Aggregations::EMPTY.with(aggregation);
        let (got, _) = run::<u8>(&levels, reach, 2, which, &Watch::silent()).expect("values");
        for (k, row) in got.iter().enumerate() {
            let same = row
                .iter()
                .zip(&tones[at])
                .all(|(a, b)| a.number().to_bits() == b.number().to_bits());
            let untouched = row.iter().all(|v| v.status() == Status::NotComputed);
            assert!(if k == at { same } else { untouched }, "{aggregation:?} wrote {k}");
        }
    }
}

#[test]
fn one_distance_never_takes_more_than_a_multiple_of_the_box() {
    // Counters by number of neighbours: as many as the box has voxels, however far neighbours are looked for.
    let far = Distances { ngtdm: 16, ngldm: 16, alpha: 0.0 };
    let words = neighbourhood::footprint([4, 4, 4], 65_535, everything(), &far).words();
    assert!(words < 6 * 65_535 + 131_072, "{words} words");
}
