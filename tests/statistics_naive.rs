//! Statistics against the definitions, on random lists.

use proptest::prelude::*;
use radiomics::family::distribution::Distribution;
use radiomics::family::statistics::{self, Features};
use radiomics::{Control, Error, Status, Watch};
use support::compare::assert_same;
use support::counted::counts;

use crate::naive::statistics as naive;

/// From the list; from counts, where there are any, come the same bits.
fn extract(sorted: &[f64], watch: &Watch) -> Result<Features, Error> {
    let listed = statistics::extract(&Distribution::sorted(sorted), watch);
    if let Some((first, mut counts)) = counts(sorted) {
        let counted = statistics::extract(&Distribution::counted(first, &mut counts), watch);
        let bits = |features: &Result<Features, Error>| {
            features.clone().map(|f| f.map(|value| (value.number().to_bits(), value.status())))
        };
        assert_eq!(bits(&listed), bits(&counted));
    }
    listed
}

fn compare(mut values: Vec<f64>) {
    let want = naive::features(&values);
    values.sort_by(f64::total_cmp);
    let got = extract(&values, &Watch::silent()).expect("features");
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

/// Scales by a power of two in steps that neither overflow nor vanish on the way.
fn times_two_to(x: f64, exponent: i32) -> f64 {
    let step = |x: f64, _| if exponent < 0 { x / 2.0 } else { x * 2.0 };
    (0..exponent.abs()).fold(x, step)
}

proptest! {
    /// The unit of intensity, a power of two, changes no digit at any magnitude, and no shape at all.
    #[test]
    fn any_magnitude(
        values in proptest::collection::vec(-2000i32..2000, 1..40),
        exponent in -960i32..=1000,
    ) {
        let of = |exponent: i32| {
            let mut x: Vec<f64> =
                values.iter().map(|x| times_two_to(f64::from(*x), exponent)).collect();
            x.sort_by(f64::total_cmp);
            extract(&x, &Watch::silent()).expect("features")
        };
        for (k, (one, scaled)) in of(0).into_iter().zip(of(exponent)).enumerate() {
            let power = match k {
                2 | 3 | 14 | 15 => 0,
                1 | 16 => 2,
                _ => 1,
            };
            let want = times_two_to(one.number(), power * exponent);
            if !one.status().has_value() || want.is_finite() {
                prop_assert_eq!(one.status(), scaled.status(), "feature {}", k);
                // Squares of small intensities may be too small for all their digits.
                let near = (want - scaled.number()).abs() <= 1e-307;
                let same = want.to_bits() == scaled.number().to_bits();
                prop_assert!(same || (power == 2 && near), "feature {}: {} {}", k, want, scaled.number());
            } else {
                prop_assert_eq!(scaled.status(), Status::Overflow, "feature {}", k);
            }
        }
    }

    /// A constant added to whole numbers moves what measures place and leaves what measures spread.
    #[test]
    fn an_added_constant(
        values in proptest::collection::vec(-50i32..50, 1..60),
        shift in -1000i32..1000,
    ) {
        let of = |shift: i32| {
            let mut x: Vec<f64> = values.iter().map(|x| f64::from(x + shift)).collect();
            x.sort_by(f64::total_cmp);
            extract(&x, &Watch::silent()).expect("features")
        };
        let (still, moved) = (of(0), of(shift));
        for k in [0, 4, 5, 6, 7, 8] {
            let want = still[k].number() + f64::from(shift);
            assert_same(&format!("place {k}"), moved[k], Some(want), 1e-12);
        }
        for k in [1, 2, 3, 9, 10, 11, 12, 13] {
            let want = still[k].status().has_value().then_some(still[k].number());
            // The mean has rounded at the larger magnitude.
            assert_same(&format!("spread {k}"), moved[k], want, 1e-10);
        }
    }
}

#[test]
fn equal_intensities_have_no_spread_at_all() {
    // A sum of tenths is no multiple of a tenth.
    for n in 1..40 {
        let flat = extract(&vec![0.1; n], &Watch::silent()).expect("features");
        for k in [1, 2, 3, 9, 10, 11, 12, 13, 14, 15] {
            assert_eq!(flat[k].number(), 0.0, "feature {k} of {n} intensities");
        }
        assert_eq!(flat[0].number(), 0.1);
    }
}

#[test]
fn the_host_can_stop_it() {
    let stop = |_| Control::Cancel;
    let watch = Watch::new(Some(&stop), 1);
    assert_eq!(extract(&[1.0, 2.0], &watch).err(), Some(Error::Cancelled));
}

#[test]
fn reasons() {
    let of = |values: &[f64]| extract(values, &Watch::silent()).expect("features");
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
