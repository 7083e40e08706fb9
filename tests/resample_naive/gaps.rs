//! Samples that are not finite, and constants.

use proptest::prelude::*;
use radiomics::prepare::grid::Regrid;
use radiomics::prepare::method::Method;
use radiomics::view::BoundingBox;

use super::{METHODS, resampled, some_kept};
use crate::naive::resample as naive;

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Samples that are not finite: NaN between them, the spline through their stand-ins elsewhere.
    #[test]
    fn gaps(
        shape in [1usize..7, 1usize..7, 1usize..7],
        wanted in [0.0f64..2.5, 0.0f64..2.5, 0.0f64..2.5],
        samples in proptest::collection::vec((-100i32..100, 0u32..100), 343),
        holes in 1u32..60,
    ) {
        let regrid = Regrid::new(shape, [1.0; 3], some_kept(wanted)).expect("a grid");
        let positions = [0, 1, 2].map(|a| naive::axis(shape[a], 1.0, some_kept(wanted)[a]));
        let data: Vec<f64> = samples[..shape.iter().product()]
            .iter()
            .map(|(value, hole)| match hole % 3 {
                _ if *hole >= holes => f64::from(*value),
                0 => f64::NAN,
                1 => f64::INFINITY,
                _ => f64::NEG_INFINITY,
            })
            .collect();
        let interpolated = regrid.axes.map(|axis| !axis.is_identity());
        let filled = naive::filled(&data, shape, interpolated, 16);
        let known: Vec<f64> = data.iter().map(|v| if v.is_finite() { 0.0 } else { f64::NAN }).collect();
        let (gaps, _) = naive::volume(&known, shape, &positions, naive::Method::Linear);
        let whole = BoundingBox::whole(regrid.shape());
        let spline = resampled(&data, shape, &regrid, whole, Method::Cubic);
        let linear = resampled(&data, shape, &regrid, whole, Method::Linear);
        let (want_spline, _) = naive::volume(&filled, shape, &positions, naive::Method::Cubic);
        let (want_linear, _) = naive::volume(&filled, shape, &positions, naive::Method::Linear);
        for i in 0..gaps.len() {
            for (got, want) in [(spline[i], want_spline[i]), (linear[i], want_linear[i])] {
                if gaps[i].is_nan() {
                    prop_assert!(got.is_nan(), "{i}: {got} beside a gap");
                } else {
                    prop_assert!((got - want).abs() <= 1e-9, "{i}: {got} {want}");
                }
            }
        }
    }

    /// Whatever the spacings, a constant stays that constant, beside gaps as well.
    #[test]
    fn constants(
        shape in [1usize..6, 1usize..6, 1usize..40],
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
        wanted in [0.0f64..3.0, 0.0f64..3.0, 0.0f64..3.0],
        value in -1e3f64..1e3,
        gap in 0usize..1000,
    ) {
        let regrid = Regrid::new(shape, spacing, some_kept(wanted)).expect("a grid");
        let mut data = vec![value; shape.iter().product()];
        let cells = data.len();
        for hole in [false, true] {
            if hole {
                data[gap % cells] = f64::NAN;
            }
            for (method, _) in METHODS {
                let whole = BoundingBox::whole(regrid.shape());
                for got in resampled(&data, shape, &regrid, whole, method) {
                    prop_assert!(got.to_bits() == value.to_bits() || (hole && got.is_nan()), "{method:?}: {got}");
                }
            }
        }
    }
}

/// What fills a gap does not depend on how much of the image is read: a box beside a gap larger than
/// the box has the values of the whole image.
#[test]
fn a_gap_larger_than_the_box() {
    let shape = [200, 5, 1];
    let mut data: Vec<f64> = (0..1000).map(|i| 1000.0 + f64::from(i * 37 % 101)).collect();
    for y in 1..4 {
        for x in 20..190 {
            data[x + 200 * y] = f64::NAN;
        }
    }
    let regrid = Regrid::new(shape, [1.0; 3], [0.7, 0.7, 0.0]).expect("a grid");
    let full = resampled(&data, shape, &regrid, BoundingBox::whole(regrid.shape()), Method::Cubic);
    let [nx, ny, _] = regrid.shape();
    for start in [0, 15, 60, 120] {
        let part = BoundingBox { start: [start, 0, 0], shape: [40, ny, 1] };
        let got = resampled(&data, shape, &regrid, part, Method::Cubic);
        let mut compared = 0;
        for (i, got) in got.iter().enumerate() {
            let want = full[start + i % 40 + nx * (i / 40)];
            assert_eq!(got.is_nan(), want.is_nan());
            if !got.is_nan() {
                // The pole to the depth of the filling, 7e-10, times the intensities.
                assert!((got - want).abs() <= 1e-6, "{i}: {got} {want}");
                compared += 1;
            }
        }
        assert!(compared > 0, "nothing to compare from {start}");
    }
}

/// An axis that is kept carries nothing from slice to slice: each is what it is on its own.
#[test]
fn a_gap_is_filled_within_its_slice() {
    let mut data: Vec<f64> = (0..243).map(|i| f64::from(i * 37 % 101)).collect();
    for gap in [40, 41, 81 + 30, 81 + 39, 162 + 39, 162 + 40] {
        data[gap] = f64::INFINITY;
    }
    let of = |data: &[f64], slices: usize| {
        let shape = [9, 9, slices];
        let regrid = Regrid::new(shape, [1.0, 1.0, 3.0], [0.7, 0.7, 0.0]).expect("a grid");
        resampled(data, shape, &regrid, BoundingBox::whole(regrid.shape()), Method::Cubic)
    };
    let bits = |values: Vec<f64>| values.into_iter().map(f64::to_bits).collect::<Vec<_>>();
    let alone = data.chunks(81).flat_map(|slice| of(slice, 1)).collect();
    assert_eq!(bits(of(&data, 3)), bits(alone));
}

/// Stand-ins follow an added constant deep into a gap, so that its neighbours do.
#[test]
fn an_added_constant_beside_a_deep_gap() {
    let shape = [60, 1, 1];
    let regrid = Regrid::new(shape, [1.0; 3], [0.7, 0.0, 0.0]).expect("a grid");
    let of = |added: f64| {
        let torn = |x: i32| if (10..50).contains(&x) { f64::NAN } else { f64::from(x % 7) + added };
        let data: Vec<f64> = (0..60).map(torn).collect();
        resampled(&data, shape, &regrid, BoundingBox::whole(regrid.shape()), Method::Cubic)
    };
    let (still, moved) = (of(0.0), of(1e4));
    for (still, moved) in still.iter().zip(&moved).filter(|(still, _)| !still.is_nan()) {
        // The pole to the depth of the filling, 7e-10, times the constant.
        assert!((moved - still - 1e4).abs() < 2e-5, "{still} {moved}");
    }
    assert!(still.iter().any(|v| !v.is_nan()));
}

#[test]
fn a_missing_sample_touches_only_its_neighbours() {
    let mut data = vec![5.0; 40];
    data[20] = f64::NAN;
    let regrid = Regrid::new([40, 1, 1], [1.0; 3], [0.5, 0.0, 0.0]).expect("a grid");
    for (method, _) in METHODS {
        let whole = BoundingBox::whole(regrid.shape());
        let out = resampled(&data, [40, 1, 1], &regrid, whole, method);
        let missing: Vec<usize> = (0..out.len()).filter(|i| out[*i].is_nan()).collect();
        let near = |i: &usize| (regrid.axes[0].position(*i) - 20.0).abs() < 1.0;
        assert!(missing.iter().all(near) && !missing.is_empty(), "{method:?}: {missing:?}");
    }
}
