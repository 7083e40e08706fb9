//! GLSZM and GLDZM against flood fill and repeated erosion.

use proptest::prelude::*;
use radiomics::family::{gldzm, glszm, zones};
use radiomics::volume::{Level, Mask};
use radiomics::{Aggregation, Aggregations, Arena, Control, Error, Extent, Value, Watch};
use support::boxes::{LevelBox, MaskBox, level_boxes};
use support::compare::assert_same;

use crate::naive::zones as naive;

type Both = ([glszm::Features; 3], [gldzm::Features; 3]);

pub fn everything() -> Aggregations {
    Aggregation::DIRECTIONLESS.into_iter().collect()
}

/// Levels, and a morphological mask that holds them and some voxels more.
fn regions(max_side: usize, max_levels: u32) -> impl Strategy<Value = (LevelBox, MaskBox)> {
    (level_boxes(max_side, max_levels), 0u32..=100, any::<u64>()).prop_map(
        |(levels, more, seed)| {
            let mut state = seed | 1;
            let flags = levels.levels.iter().map(|level| {
                // Knuth's linear congruential generator: which voxels re-segmentation removed.
                state = state
                    .wrapping_mul(6_364_136_223_846_793_005)
                    .wrapping_add(1_442_695_040_888_963_407);
                match (*level > 0, (state >> 33) % 100 < u64::from(more)) {
                    (true, _) => Mask::MORPHOLOGICAL | Mask::INTENSITY,
                    (false, true) => Mask::MORPHOLOGICAL,
                    (false, false) => 0,
                }
            });
            let mask = MaskBox { shape: levels.shape, flags: flags.collect() };
            (levels, mask)
        },
    )
}

/// Runs with exactly the announced memory, filled with rubbish.
fn run<L: Level>(
    levels: &LevelBox,
    mask: &MaskBox,
    pad: usize,
    watch: &Watch,
) -> Result<Both, Error> {
    let words = zones::footprint(levels.shape, levels.count, everything()).words();
    let mut memory = vec![0xa5a5_a5a5_a5a5_a5a5; words];
    let mut sizes = [[Value::PENDING; glszm::FEATURES]; 3];
    let mut distances = [[Value::PENDING; gldzm::FEATURES]; 3];
    levels.with::<L, _>(pad, |levels| {
        mask.with(|mask| {
            let arena = Arena::new(&mut memory);
            let (sizes, distances) = (Some(&mut sizes), Some(&mut distances));
            zones::extract(levels, mask, everything(), watch, arena, sizes, distances)
        })
    })?;
    Ok((sizes, distances))
}

/// Zones of some slices as the library finds them, in the order of the oracle.
pub fn found(
    levels: &LevelBox,
    mask: &MaskBox,
    extent: Extent,
    slices: core::ops::Range<usize>,
) -> Vec<naive::Zone> {
    let mut memory = vec![0x5a5a_5a5a_5a5a_5a5a; zones::Zones::footprint(levels.shape).words()];
    levels.with::<u16, _>(1, |levels| {
        mask.with(|mask| {
            let arena = Arena::new(&mut memory);
            let all = zones::Zones::find(levels, mask, extent, &Watch::silent(), arena);
            let all = all.expect("zones");
            let mut out: Vec<_> = all
                .iter(slices)
                .map(|z| naive::Zone {
                    level: u64::from(z.level),
                    size: u64::from(z.size),
                    distance: u64::from(z.distance),
                })
                .collect();
            out.sort_unstable();
            out
        })
    })
}

fn bits(values: &Both) -> Vec<(u64, u8)> {
    let all = values.0.iter().flatten().chain(values.1.iter().flatten());
    all.map(|v| (v.number().to_bits(), v.status().code())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    #[test]
    fn zones_are_those_of_a_flood_fill((levels, mask) in regions(7, 4)) {
        let nz = levels.shape[2];
        prop_assert_eq!(
            found(&levels, &mask, Extent::Volume, 0..nz),
            naive::zones(&levels, &mask, true, None)
        );
        for z in 0..nz {
            prop_assert_eq!(
                found(&levels, &mask, Extent::Slice, z..z + 1),
                naive::zones(&levels, &mask, false, Some(z as i64))
            );
        }
    }

    #[test]
    fn values_follow_the_definitions((levels, mask) in regions(6, 6)) {
        let (sizes, distances) = run::<u8>(&levels, &mask, 1, &Watch::silent()).expect("values");
        let want = [
            naive::all(&levels, &mask, |z| z.size),
            naive::all(&levels, &mask, |z| z.distance),
        ];
        for (family, (got, want)) in [sizes, distances].iter().zip(want).enumerate() {
            for (at, (got, want)) in got.iter().zip(want).enumerate() {
                for (k, value) in got.iter().enumerate() {
                    let want = want.as_ref().map(|w| w[k]);
                    assert_same(&format!("family {family}, {at}, feature {k}"), *value, want, 1e-10);
                }
            }
        }
    }

    #[test]
    fn level_type_and_margin_leave_the_bits((levels, mask) in regions(6, 9)) {
        let bytes = bits(&run::<u8>(&levels, &mask, 1, &Watch::silent()).expect("values"));
        let words = bits(&run::<u16>(&levels, &mask, 3, &Watch::silent()).expect("values"));
        prop_assert_eq!(bytes, words);
    }
}

#[test]
fn a_snake_through_the_box_is_one_zone() {
    // Rows joined at alternating ends: labels meet late and chains grow long. The rest has no level.
    let (nx, ny, nz) = (31usize, 21usize, 5usize);
    let mut flags = vec![0u8; nx * ny * nz];
    for z in (0..nz).step_by(2) {
        for y in 0..ny {
            for x in 0..nx {
                let bridge = if y % 4 == 1 { nx - 1 } else { 0 };
                if y % 2 == 0 || x == bridge {
                    flags[x + nx * (y + ny * z)] = Mask::MORPHOLOGICAL | Mask::INTENSITY;
                }
            }
        }
    }
    let levels = flags.iter().map(|f| u32::from(*f != 0)).collect();
    let levels = LevelBox { shape: [nx, ny, nz], levels, count: 1 };
    let mask = MaskBox { shape: [nx, ny, nz], flags };
    let solid = found(&levels, &mask, Extent::Volume, 0..nz);
    assert_eq!(solid, naive::zones(&levels, &mask, true, None));
    assert_eq!(solid.len(), 3, "one snake in every other slice");
}

#[test]
fn the_host_can_cancel() {
    let levels = LevelBox { shape: [3, 3, 3], levels: vec![1; 27], count: 1 };
    let mask = MaskBox { shape: [3, 3, 3], flags: vec![3; 27] };
    let stop = |_| Control::Cancel;
    let watch = Watch::new(Some(&stop), 1);
    assert_eq!(run::<u8>(&levels, &mask, 1, &watch).err(), Some(Error::Cancelled));
}

#[test]
fn only_what_is_asked_for_is_written() {
    let levels = LevelBox { shape: [2, 2, 2], levels: vec![1, 2, 2, 1, 1, 1, 2, 0], count: 2 };
    let flags = levels.levels.iter().map(|l| if *l > 0 { 3 } else { 0 }).collect();
    let mask = MaskBox { shape: [2, 2, 2], flags };
    let (all, _) = run::<u8>(&levels, &mask, 1, &Watch::silent()).expect("values");
    for (at, aggregation) in Aggregation::DIRECTIONLESS.into_iter().enumerate() {
        let which = Aggregations::EMPTY.with(aggregation);
        let mut memory = vec![7; zones::footprint(levels.shape, levels.count, which).words()];
        let mut sizes = [[Value::PENDING; glszm::FEATURES]; 3];
        levels
            .with::<u8, _>(1, |levels| {
                mask.with(|mask| {
                    let arena = Arena::new(&mut memory);
                    zones::extract(
                        levels,
                        mask,
                        which,
                        &Watch::silent(),
                        arena,
                        Some(&mut sizes),
                        None,
                    )
                })
            })
            .expect("values");
        for (k, row) in sizes.iter().enumerate() {
            let same =
                row.iter().zip(&all[at]).all(|(a, b)| a.number().to_bits() == b.number().to_bits());
            let untouched = row.iter().all(|v| v.status() == Value::PENDING.status());
            assert!(if k == at { same } else { untouched }, "{aggregation:?} wrote {k}");
        }
    }
}

#[test]
fn boxes_that_do_not_belong_together_are_refused() {
    let levels = LevelBox { shape: [2, 2, 2], levels: vec![1; 8], count: 1 };
    let larger = MaskBox { shape: [3, 2, 2], flags: vec![3; 12] };
    let smaller = MaskBox { shape: [2, 2, 1], flags: vec![3; 4] };
    let outside = MaskBox { shape: [2, 2, 2], flags: vec![3, 3, 3, 3, 3, 3, 3, 0] };
    for mask in [larger, smaller, outside] {
        let refused = run::<u8>(&levels, &mask, 1, &Watch::silent());
        assert!(matches!(refused, Err(Error::Invalid { .. })), "{mask:?}: {refused:?}");
        levels.with::<u8, _>(1, |levels| {
            mask.with(|mask| {
                let mut memory = vec![0; 1000];
                let arena = Arena::new(&mut memory);
                let found =
                    zones::Zones::find(levels, mask, Extent::Volume, &Watch::silent(), arena);
                assert!(matches!(found, Err(Error::Invalid { .. })));
            });
        });
    }
}
