//! Grey levels against integer arithmetic, where whole numbers leave nothing to round.

use proptest::prelude::*;
use radiomics::prepare::discretise::Discretisation;

fn number(count: u32, min: f64, max: f64) -> Discretisation {
    Discretisation::FixedBinNumber { count, min, max }
}

fn size(lower: f64, width: f64) -> Discretisation {
    Discretisation::FixedBinSize { lower, width }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(500))]

    #[test]
    fn bins_of_a_number(
        count in 1u32..=65_535,
        min in -40_000i64..40_000,
        spread in 1i64..80_000,
        part in 0.0f64..=1.0,
    ) {
        let x = min + (part * spread as f64) as i64;
        let last = i64::from(count);
        let want = if x == min + spread { last } else { last * (x - min) / spread + 1 };
        let bins = number(count, min as f64, (min + spread) as f64);
        prop_assert_eq!(bins.level(x as f64), want as f64);
    }

    #[test]
    fn bins_of_a_size(lower in -4_000i64..4_000, width in 1i64..500, x in -9_000i64..90_000) {
        let want = ((x - lower).div_euclid(width) + 1).max(1);
        prop_assert_eq!(size(lower as f64, width as f64).level(x as f64), want as f64);
        // Halves of the width are exact as well.
        let halves = ((2 * (x - lower)).div_euclid(width) + 1).max(1);
        prop_assert_eq!(size(lower as f64, width as f64 / 2.0).level(x as f64), halves as f64);
    }

    /// Edges that are decimals: `lower + k width` starts the bin k + 1, and the middle of a bin lies in it.
    #[test]
    fn decimal_edges(lower in -2_000i32..2_000, width in 1i32..300, k in 0i32..5_000) {
        let bins = size(f64::from(lower) / 100.0, f64::from(width) / 100.0);
        let edge = f64::from(lower + k * width) / 100.0;
        prop_assert_eq!(bins.level(edge), f64::from(k + 1));
        let middle = f64::from(2 * (lower + k * width) + width) / 200.0;
        prop_assert_eq!(bins.level(middle), f64::from(k + 1));
        // What lies below an edge by more than rounding stays below.
        let below = edge - f64::from(width) / 100.0 * 1e-5;
        prop_assert_eq!(bins.level(below), f64::from(k.max(1)));
    }

    #[test]
    fn levels_rise_with_the_intensity(
        a in -1e3f64..1e3,
        b in -1e3f64..1e3,
        width in 1e-3f64..1e2,
        count in 1u32..2_000,
    ) {
        let (a, b) = (a.min(b), a.max(b));
        for bins in [size(-1e3, width), size(0.0, width), number(count, -1e3, 1e3), number(count, a, b)] {
            let (low, high) = (bins.level(a), bins.level(b));
            prop_assert!(1.0 <= low && low <= high, "{bins:?}: {low} {high}");
        }
    }
}

/// The first case is one in which the share of the range, rounded before it is multiplied, loses a level.
#[test]
fn the_product_comes_before_the_quotient() {
    assert_eq!(number(22, 0.0, 22.0).level(15.0), 16.0);
    assert_eq!(number(49, 0.0, 49.0).level(1.0), 2.0);
}

#[test]
fn extremes() {
    assert_eq!(number(8, 5.0, 5.0).level(5.0), 1.0);
    assert_eq!(number(8, -3.0, 5.0).level(5.0), 8.0);
    assert_eq!(size(0.0, 25.0).level(-1e300), 1.0);
    // The span of the range overflows; the levels do not.
    let huge = number(4, -1.6e308, 1.6e308);
    let levels = [-1.6e308, -0.9e308, -0.7e308, -1e300, 1e300, 0.7e308, 0.9e308, 1.6e308];
    assert_eq!(levels.map(|x| huge.level(x)), [1.0, 1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 4.0]);
    let tiny = number(4, 0.0, 4e-320);
    assert_eq!([0.0, 1.5e-320, 4e-320].map(|x| tiny.level(x)), [1.0, 2.0, 4.0]);
    // Beyond every number of levels, so that the plan refuses it, but no smaller level by accident.
    assert!(size(-1e308, 1.0).level(1e308) > 65_535.0);
}
