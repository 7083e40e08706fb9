//! Run lengths against the definition, on random boxes.

use proptest::prelude::*;
use radiomics::family::equal_pairs::EqualPairs;
use radiomics::family::{glcm, glrlm};
use radiomics::volume::{DIRECTIONS, Level};
use radiomics::{Aggregation, Aggregations, Arena, Control, Error, Status, Value, Watch};
use support::boxes::{LevelBox, directional_subsets, level_boxes};
use support::compare::assert_same;

use crate::glcm_naive::{everything, spread};
use crate::naive::glrlm as naive;

/// Features of a box, with exactly the announced memory, full of something.
pub fn extract<L: Level>(
    b: &LevelBox,
    which: Aggregations,
    watch: &Watch,
) -> Result<[glrlm::Features; 6], Error> {
    let mut memory = vec![u64::MAX; glrlm::footprint(b.shape, b.count, which).words()];
    let mut out = [[Value::PENDING; glrlm::FEATURES]; 6];
    b.with::<L, _>(1, |levels| {
        glrlm::extract(levels, which, watch, Arena::new(&mut memory), &mut out)
    })?;
    Ok(out)
}

fn compare<L: Level>(b: &LevelBox) {
    let all = extract::<L>(b, everything(), &Watch::silent()).expect("features");
    for (aggregation, got) in Aggregation::DIRECTIONAL.into_iter().zip(all) {
        let want = naive::aggregated(b, aggregation);
        assert_eq!(want.len(), got.len());
        for (k, (got, want)) in got.into_iter().zip(want).enumerate() {
            assert_same(&format!("{aggregation:?} feature {k}"), got, want, 1e-10);
        }
    }
}

/// Compares the matrices of all directions over some slices, cell by cell.
fn compare_counts<L: Level>(b: &LevelBox, slices: std::ops::Range<usize>) {
    let n = glrlm::longest(b.shape);
    b.with::<L, _>(1, |levels| {
        for direction in DIRECTIONS.into_iter().chain(DIRECTIONS.map(|d| d.map(|x| -x))) {
            let mut matrix = vec![7; b.count as usize * n];
            glrlm::count(levels, direction, slices.clone(), &mut matrix).expect("runs");
            let range = slices.start as i64..slices.end as i64;
            let want = naive::matrix(b, direction.map(i64::from), range);
            let got: naive::Counts = (0..matrix.len())
                .filter(|at| matrix[*at] > 0)
                .map(|at| (((at / n + 1) as u32, (at % n + 1) as u32), matrix[at]))
                .collect();
            assert_eq!(got, want, "{direction:?} in {slices:?}");
        }
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn few_levels(b in level_boxes(5, 4)) {
        compare::<u8>(&b);
        compare::<u16>(&b);
    }

    /// Levels so high that a dense table would be too large.
    #[test]
    fn many_levels(b in level_boxes(5, 4)) {
        compare::<u16>(&spread(&b, 16_000));
    }

    /// Two levels in boxes with one long side: long runs.
    #[test]
    fn long_runs(b in level_boxes(3, 2), axis in 0usize..3) {
        let mut shape = b.shape;
        shape[axis] *= 9;
        let levels = b.levels.iter().flat_map(|l| [*l; 9]).collect();
        compare::<u8>(&LevelBox { shape, levels, count: b.count });
    }

    #[test]
    fn counts(b in level_boxes(5, 3), cut in 0usize..5, to in 0usize..5) {
        let nz = b.shape[2];
        compare_counts::<u8>(&b, 0..nz);
        compare_counts::<u16>(&b, cut.min(to).min(nz)..cut.max(to).min(nz));
    }

    /// Which others are asked for changes no bit, and what is not asked for stays.
    #[test]
    fn subsets(b in level_boxes(5, 40), which in directional_subsets()) {
        let watch = Watch::silent();
        let all = extract::<u8>(&b, everything(), &watch).expect("features");
        let some = extract::<u8>(&b, which, &watch).expect("features");
        for (at, aggregation) in Aggregation::DIRECTIONAL.into_iter().enumerate() {
            for (one, other) in some[at].iter().zip(&all[at]) {
                if which.has(aggregation) {
                    prop_assert_eq!(one.number().to_bits(), other.number().to_bits());
                    prop_assert_eq!(one.status(), other.status());
                } else {
                    prop_assert_eq!(one.status(), Status::NotComputed);
                }
            }
        }
    }

    /// Runs of two from the pairs of the co-occurrences, runs along x across words of bits among them.
    #[test]
    fn pairs_of_equal_levels(b in level_boxes(5, 3), times in 1usize..40, axis in 0usize..3) {
        let mut shape = b.shape;
        shape[axis] *= times;
        let count = b.levels.len().max(1);
        let levels = (0..b.levels.len() * times).map(|at| b.levels[at * 7919 / 3 % count]).collect();
        let b = LevelBox { shape, levels, count: b.count };
        let want = extract::<u8>(&b, everything(), &Watch::silent()).expect("features");
        let (mut noted, mut noting) = (vec![7; 1 << 16], vec![7; 1 << 16]);
        let mut memory = vec![u64::MAX; glrlm::footprint(b.shape, b.count, everything()).words()];
        let mut got = [[Value::PENDING; glrlm::FEATURES]; 6];
        b.with::<u8, _>(1, |levels| {
            let watch = Watch::silent();
            let mut pairs = EqualPairs::take(levels.count(), &mut Arena::new(&mut noted)).expect("room");
            let mut co_occurrences = [[Value::PENDING; glcm::FEATURES]; 6];
            glcm::extract_with_pairs(
                levels, 1, everything(), &watch, Arena::new(&mut noting), &mut co_occurrences, Some(&mut pairs),
            ).expect("features");
            glrlm::extract_with_pairs(
                levels, everything(), &watch, Arena::new(&mut memory), &mut got, Some(&pairs),
            ).expect("features");
        });
        for (got, want) in got.iter().flatten().zip(want.iter().flatten()) {
            prop_assert_eq!(got.number().to_bits(), want.number().to_bits());
            prop_assert_eq!(got.status(), want.status());
        }
    }

    #[test]
    fn footprints_grow(
        shape in [0usize..2000, 0usize..2000, 0usize..2000],
        more in [0usize..3, 0usize..3, 0usize..3],
        levels in 0u32..400,
        higher in 0u32..3,
        which in directional_subsets(),
    ) {
        let larger = core::array::from_fn(|a| shape[a] + more[a]);
        let footprint = glrlm::footprint(shape, levels, which);
        prop_assert!(footprint <= glrlm::footprint(larger, levels + higher, which));
    }
}

#[test]
fn refusals() {
    let b = LevelBox { shape: [3, 2, 2], levels: vec![1; 12], count: 2 };
    b.with::<u8, _>(2, |levels| {
        let mut matrix = [0; 6];
        for (direction, slices, text) in [
            ([0, -2, 0], 0..2, "step is -2"),
            ([0, 0, 0], 0..2, "step is 0"),
            ([1, 0, 0], 0..3, "slices is 3"),
        ] {
            let error = glrlm::count(levels, direction, slices, &mut matrix).expect_err("no");
            assert!(error.to_string().starts_with(text), "{error}");
        }
        let error = glrlm::count(levels, [1, 0, 0], 0..2, &mut matrix[1..]).expect_err("no");
        assert!(error.to_string().starts_with("matrix is 5"), "{error}");
    });
}

/// Tables and buckets both ask the host, and end when it says so.
#[test]
fn cancelling() {
    let cancel = |_| Control::Cancel;
    for factor in [1, 16_000] {
        let b = LevelBox { shape: [4, 4, 4], levels: vec![2; 64], count: 3 };
        let watch = Watch::new(Some(&cancel), 1);
        let ended = extract::<u16>(&spread(&b, factor), everything(), &watch);
        assert_eq!(ended.expect_err("an end"), Error::Cancelled);
    }
}
