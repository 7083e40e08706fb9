//! Co-occurrence against the definition, on random boxes.

use proptest::prelude::*;
use radiomics::family::glcm;
use radiomics::volume::{DIRECTIONS, Level};
use radiomics::{Aggregation, Aggregations, Arena, Control, Error, Status, Value, Watch};
use support::boxes::{LevelBox, directional_subsets, level_boxes};
use support::compare::assert_same;

use crate::naive::glcm as naive;

/// Features of a box, with exactly the announced memory, full of something.
pub fn extract<L: Level>(
    b: &LevelBox,
    distance: u32,
    which: Aggregations,
    watch: &Watch,
) -> Result<[glcm::Features; 6], Error> {
    let mut memory = vec![u64::MAX; glcm::footprint(b.shape, b.count, which).words()];
    let mut out = [[Value::PENDING; glcm::FEATURES]; 6];
    b.with::<L, _>(distance.max(1) as usize, |levels| {
        glcm::extract(levels, distance, which, watch, Arena::new(&mut memory), &mut out)
    })?;
    Ok(out)
}

/// The six aggregations.
pub fn everything() -> Aggregations {
    Aggregation::DIRECTIONAL.into_iter().collect()
}

/// Positions in the registry's order of the features that need a tolerance of their own.
const CLUSTER_SHADE: usize = 21;
const CLUSTER_PROMINENCE: usize = 22;
const INFORMATION_2: usize = 24;

fn compare<L: Level>(b: &LevelBox, distance: u32) {
    let all = extract::<L>(b, distance, everything(), &Watch::silent()).expect("features");
    for (aggregation, got) in Aggregation::DIRECTIONAL.into_iter().zip(all) {
        let want = naive::aggregated(b, i64::from(distance), aggregation);
        assert_eq!(want.len(), got.len());
        for (k, (value, expected)) in got.into_iter().zip(&want).enumerate() {
            let what = format!("{aggregation:?} feature {k}");
            match (k, expected) {
                // Cubes of both signs cancel down to the rounding of their terms.
                (CLUSTER_SHADE, Some(shade)) => {
                    let scale = want[CLUSTER_PROMINENCE].expect("a moment").powf(0.75);
                    let off = (value.number() - shade).abs();
                    assert!(off <= 1e-10 * scale.max(shade.abs()), "{what}: {value:?}, {shade}");
                }
                // Near independence the root makes 1e-8 of 1e-16: compared before the root.
                (INFORMATION_2, Some(information)) if *information < 1e-3 => {
                    let square = information * information;
                    assert_same(&what, value.map(|x| x * x), Some(square), 1e-10);
                }
                _ => assert_same(&what, value, *expected, 1e-10),
            }
        }
    }
}

/// Compares the matrices of all directions over some slices, cell by cell.
fn compare_counts<L: Level>(b: &LevelBox, distance: u32, slices: std::ops::Range<usize>) {
    let n = b.count as usize;
    b.with::<L, _>(distance as usize, |levels| {
        for direction in DIRECTIONS {
            let mut matrix = vec![7; n * n];
            let step = direction.map(|d| d * distance as i32);
            glcm::count(levels, step, slices.clone(), &mut matrix).expect("counts");
            let range = slices.start as i64..slices.end as i64;
            let want = naive::matrix(b, direction.map(i64::from), i64::from(distance), range);
            let got: naive::Counts = (0..n * n)
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
    fn few_levels(b in level_boxes(5, 8), distance in 1u32..=3) {
        compare::<u8>(&b, distance);
        compare::<u16>(&b, distance);
    }

    #[test]
    fn counts(b in level_boxes(5, 8), distance in 1u32..=3, cut in 0usize..5, to in 0usize..5) {
        let nz = b.shape[2];
        compare_counts::<u8>(&b, distance, 0..nz);
        compare_counts::<u16>(&b, distance, cut.min(to).min(nz)..cut.max(to).min(nz));
    }

    /// Which others are asked for changes no bit, and what is not asked for stays.
    #[test]
    fn subsets(b in level_boxes(5, 12), which in directional_subsets()) {
        let watch = Watch::silent();
        let all = extract::<u8>(&b, 1, everything(), &watch).expect("features");
        let some = extract::<u8>(&b, 1, which, &watch).expect("features");
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

    #[test]
    fn footprints_grow(
        shape in [0usize..200, 0usize..200, 0usize..200],
        more in [0usize..3, 0usize..3, 0usize..3],
        levels in 0u32..400,
        higher in 0u32..3,
        which in directional_subsets(),
    ) {
        let larger = core::array::from_fn(|a| shape[a] + more[a]);
        let footprint = glcm::footprint(shape, levels, which);
        prop_assert!(footprint <= glcm::footprint(larger, levels + higher, which));
    }
}

/// Either side of where counts become wide, with counts below and above those that have their logarithm in a table.
#[test]
fn narrow_and_wide_counts() {
    for shape in [[31, 32, 33], [33, 32, 33]] {
        let mut state = 1u32;
        let levels = core::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            1 + (state >> 28).min(5)
        });
        let levels = levels.take(shape.iter().product()).collect();
        compare::<u8>(&LevelBox { shape, levels, count: 6 }, 1);
    }
}

/// Around a hollow more pairs lie outside than a narrow count holds: nobody reads them, and nothing overflows.
#[test]
fn hollow_slices() {
    let [nx, ny] = [250, 250];
    let cell = |at: usize| {
        let [x, y] = [at % nx, at / nx % ny];
        let rim = x == 0 || y == 0 || x == nx - 1 || y == ny - 1;
        if rim { 1 + (at as u32 * 7 / 3) % 3 } else { 0 }
    };
    let b = LevelBox { shape: [nx, ny, 2], levels: (0..nx * ny * 2).map(cell).collect(), count: 3 };
    let watch = Watch::silent();
    let slices = [
        Aggregation::Averaged2D,
        Aggregation::SliceMerged2D,
        Aggregation::DirectionMerged2_5D,
        Aggregation::Merged2_5D,
    ];
    let some = extract::<u8>(&b, 1, slices.into_iter().collect(), &watch).expect("features");
    let all = extract::<u8>(&b, 1, everything(), &watch).expect("features");
    for at in slices.map(Aggregation::place) {
        assert_eq!(some[at].map(Value::number), all[at].map(Value::number));
    }
}

/// Spreads the levels of a box, so that the rows of the matrix are found one by one.
pub fn spread(b: &LevelBox, factor: u32) -> LevelBox {
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
    compare::<u16>(&LevelBox { shape: [5, 4, 3], levels, count: 65_535 }, 1);
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
        let mut matrix = [0];
        for (step, slices, text) in [
            ([0, -2, 0], 0..2, "step is -2"),
            ([i32::MIN, 0, 0], 0..2, "step is -2147483648"),
            ([0, 0, 0], 0..2, "step is 0"),
            ([1, 0, 0], 1..3, "slices is 3"),
        ] {
            let error = glcm::count(levels, step, slices, &mut matrix).expect_err("a refusal");
            assert!(error.to_string().starts_with(text), "{error}");
        }
        let error = glcm::count(levels, [1, 0, 0], 0..2, &mut []).expect_err("a refusal");
        assert!(error.to_string().starts_with("matrix is 0"), "{error}");
    });
}

/// Tables and buckets both ask the host, and end when it says so.
#[test]
fn cancelling() {
    let cancel = |_| Control::Cancel;
    for factor in [1, 5000] {
        let b = LevelBox { shape: [4, 4, 4], levels: vec![2; 64], count: 3 };
        let watch = Watch::new(Some(&cancel), 1);
        let ended = extract::<u16>(&spread(&b, factor), 1, everything(), &watch);
        assert_eq!(ended.expect_err("an end"), Error::Cancelled);
    }
}
