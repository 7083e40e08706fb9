//! Statistics against the definitions, on random lists.

use proptest::prelude::*;
use radiomics::family::statistics;
use radiomics::{Status, Watch};
use support::compare::assert_same;

use crate::naive::statistics as naive;

fn compare(mut values: Vec<f64>) {
    let want = naive::features(&values);
    values.sort_by(f64::total_cmp);
    let got = statistics::extract(&values, &Watch::silent()).expect("features");
    for (k, (got, want)) in got.into_iter().zip(want).enumerate() {
        assert_same(&format!("feature {k}"), got, want, 1e-10);
    }
}

proptest! {
    #[test]
    fn whole_numbers(values in proptest::collection::vec(-20i32..20, 1..200)) {
        compare(values.into_iter().map(f64::from).collect());
    }

    #[test]
    fn reals(values in proptest::collection::vec(-1e3f64..1e3, 1..3000)) {
        compare(values);
    }
}

#[test]
fn reasons() {
    let of = |values: &[f64]| statistics::extract(values, &Watch::silent()).expect("features");
    assert!(of(&[]).iter().all(|v| v.status() == Status::EmptyIntensityMask));
    let flat = of(&[7.0; 5]);
    assert_eq!([flat[2].status(), flat[3].status()], [Status::OkByConvention; 2]);
    assert_eq!(flat[2].number(), 0.0);
    assert_eq!(of(&[-1.0, 1.0])[14].status(), Status::ZeroDenominator);
    // Neither of two intensities lies between their interpolated percentiles.
    assert_eq!(of(&[0.0, 1.0])[12].status(), Status::TooFewVoxels);
    // Beyond the largest number there is a reason, not a wrong value.
    let huge = of(&[-1e308, 1e308]);
    assert_eq!(huge[10].status(), Status::Overflow);
    assert_eq!(huge[1].status(), Status::Overflow);
    assert_eq!(huge[4].number(), 0.0);
}
