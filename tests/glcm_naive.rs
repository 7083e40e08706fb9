//! Co-occurrence against the definition, on random boxes.

use proptest::prelude::*;
use radiomics::family::glcm;
use radiomics::volume::{DIRECTIONS, Level};
use radiomics::{Aggregation, Aggregations, Arena, Value, Watch};
use support::boxes::{LevelBox, level_boxes};
use support::compare::assert_same;

use crate::naive::glcm as naive;

fn compare<L: Level>(b: &LevelBox, distance: u32) {
    let which: Aggregations = Aggregation::DIRECTIONAL.into_iter().collect();
    b.with::<L, _>(distance as usize, |levels| {
        let words = glcm::footprint(b.shape, b.count, which).words();
        // Whatever stands in the workspace must not matter.
        let mut workspace = vec![0xdead_beef_dead_beef; words];
        let mut out = [[Value::PENDING; glcm::FEATURES]; 6];
        let watch = Watch::silent();
        glcm::extract(levels, distance, which, &watch, Arena::new(&mut workspace), &mut out)
            .expect("features");
        for (aggregation, got) in Aggregation::DIRECTIONAL.into_iter().zip(out) {
            let want = naive::aggregated(b, i64::from(distance), aggregation);
            for (k, (got, want)) in got.into_iter().zip(want).enumerate() {
                if k == 24 {
                    // The root of a difference of entropies: their rounding, 1e-16, becomes 1e-8.
                    assert_eq!(got.status().has_value(), want.is_some());
                    assert!(want.is_none_or(|want| (want - got.number()).abs() < 1e-7));
                    continue;
                }
                assert_same(&format!("{aggregation:?} feature {k}"), got, want, 1e-10);
            }
        }
        for direction in DIRECTIONS {
            let n = b.count as usize;
            let mut matrix = vec![7; n * n];
            let step = direction.map(|d| d * distance as i32);
            glcm::count(levels, step, 0..b.shape[2], &mut matrix).expect("counts");
            let d = direction.map(i64::from);
            let want = naive::matrix(b, d, i64::from(distance), 0..b.shape[2] as i64);
            for i in 1..=b.count {
                for j in 1..=b.count {
                    let got = matrix[(i as usize - 1) * n + j as usize - 1];
                    assert_eq!(
                        got,
                        want.get(&(i, j)).copied().unwrap_or(0),
                        "{direction:?} {i} {j}"
                    );
                }
            }
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn few_levels(b in level_boxes(5, 8), distance in 1u32..=3) {
        compare::<u8>(&b, distance);
        compare::<u16>(&b, distance);
    }
}

/// Spreads the levels of a box, so that the rows of the matrix are found one by one.
fn spread(b: &LevelBox, factor: u32) -> LevelBox {
    LevelBox {
        shape: b.shape,
        levels: b.levels.iter().map(|l| l * factor).collect(),
        count: b.count * factor,
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn many_levels(b in level_boxes(4, 6), distance in 1u32..=2) {
        compare::<u16>(&spread(&b, 60), distance);
    }
}

#[test]
fn the_most_levels() {
    let levels = (0..60).map(|i| 1 + i * 1092 + i % 7).collect();
    let b = LevelBox { shape: [5, 4, 3], levels, count: 65_535 };
    let which: Aggregations = Aggregation::DIRECTIONAL.into_iter().collect();
    b.with::<u16, _>(1, |levels| {
        let words = glcm::footprint(b.shape, b.count, which).words();
        let mut workspace = vec![0; words];
        let mut out = [[Value::PENDING; glcm::FEATURES]; 6];
        let watch = Watch::silent();
        glcm::extract(levels, 1, which, &watch, Arena::new(&mut workspace), &mut out)
            .expect("features");
        let merged = naive::aggregated(&b, 1, Aggregation::Merged3D);
        for (k, (got, want)) in out[5].into_iter().zip(merged).enumerate() {
            // Third moments of differences near 65 535 cancel to a millionth of their terms.
            assert_same(&format!("feature {k}"), got, want, 1e-9);
        }
    });
}

#[test]
fn a_distance_beyond_the_margin_is_refused() {
    let b = LevelBox { shape: [2, 2, 2], levels: vec![1; 8], count: 1 };
    let which = Aggregations::EMPTY.with(Aggregation::Merged3D);
    b.with::<u8, _>(1, |levels| {
        let mut workspace = vec![0; glcm::footprint(b.shape, 1, which).words()];
        let mut out = [[Value::PENDING; glcm::FEATURES]; 6];
        let watch = Watch::silent();
        for distance in [0, 2] {
            let arena = Arena::new(&mut workspace);
            let error = glcm::extract(levels, distance, which, &watch, arena, &mut out);
            let text = error.expect_err("a refusal").to_string();
            assert!(text.starts_with(&format!("glcm.distance is {distance}")), "{text}");
        }
    });
}
