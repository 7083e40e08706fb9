//! How two values are compared.

use radiomics::Value;

/// Panics unless both are undefined for a reason, or both have values equal to `relative`.
#[track_caller]
pub fn assert_same(what: &str, got: Value, want: Option<f64>, relative: f64) {
    match (got.status().has_value(), want) {
        (true, Some(want)) => {
            let bound = relative * want.abs().max(got.number().abs()).max(1e-300);
            let off = (got.number() - want).abs();
            // Differences of nearly equal numbers keep the absolute error of their terms.
            assert!(off <= bound.max(1e-12), "{what}: got {}, want {want}", got.number());
        }
        (false, None) => assert!(got.number().is_nan(), "{what}: an undefined value must be NaN"),
        (true, None) => panic!("{what}: got {}, want no value", got.number()),
        (false, Some(want)) => panic!("{what}: got {}, want {want}", got.status().name()),
    }
}
