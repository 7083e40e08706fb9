//! Riesz transforms of plane waves, and their steering: turned images have turned responses.

use std::f64::consts::PI;

use proptest::prelude::*;
use radiomics::filter::{Boundary, Riesz, Simoncelli, SteeredRiesz, Volume};
use radiomics::{Arena, Error, Watch};

const SHAPE: [usize; 3] = [15, 12, 9];

/// The phase of a wave with these whole numbers of periods along the axes.
fn phase(place: [usize; 3], shape: [usize; 3], periods: [i32; 3], start: f64) -> f64 {
    let turns: f64 =
        (0..3).map(|a| f64::from(periods[a]) * place[a] as f64 / shape[a] as f64).sum();
    2.0 * PI * turns + start
}

fn volume(shape: [usize; 3], value: impl Fn([usize; 3]) -> f64) -> Vec<f64> {
    let [nx, ny, nz] = shape;
    (0..nx * ny * nz).map(|i| value([i % nx, i / nx % ny, i / nx / ny])).collect()
}

fn plain(values: &[f64], order: [u32; 3]) -> Vec<f64> {
    let filter = Riesz { order, dimensions: 3 };
    let mut out = values.to_vec();
    let mut words = vec![7; filter.footprint(SHAPE).words()];
    let mut volume = Volume::new(&mut out, SHAPE).expect("a volume");
    filter
        .apply(&mut volume, Boundary::Periodic, &Watch::silent(), Arena::new(&mut words))
        .expect("a response");
    out
}

fn steered(values: &[f64], shape: [usize; 3], order: [u32; 3], dimensions: usize) -> Vec<f64> {
    let filter = SteeredRiesz { order, sigma: [1.0; 3], dimensions };
    let mut out = values.to_vec();
    let words = filter.footprint(shape).words();
    let mut words = vec![u64::MAX; words];
    let mut volume = Volume::new(&mut out, shape).expect("a volume");
    filter
        .apply(&mut volume, Boundary::Periodic, &Watch::silent(), Arena::new(&mut words))
        .expect("a response");
    out
}

fn periods() -> impl Strategy<Value = [i32; 3]> {
    [-5i32..=5, -4i32..=4, -3i32..=3].prop_filter("a wave", |p| *p != [0; 3])
}

/// `(-i)^L` turns a cosine by L quarters.
fn turned(phase: f64, order: u32) -> f64 {
    (phase - f64::from(order) * PI / 2.0).cos()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// A plane wave along n has the response `sqrt(L!/l!) n^l` times itself, turned by L quarters.
    #[test]
    fn plane_waves(periods in periods(), start in 0.0f64..6.0, order in [0u32..3, 0u32..3, 0u32..3]) {
        prop_assume!(order.iter().sum::<u32>() > 0);
        let image = volume(SHAPE, |p| phase(p, SHAPE, periods, start).cos());
        let v: Vec<f64> = (0..3).map(|a| f64::from(periods[a]) / SHAPE[a] as f64).collect();
        let length = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
        let total = order.iter().sum::<u32>();
        let scale: f64 = (factorial(total) / order.iter().map(|l| factorial(*l)).product::<f64>()).sqrt();
        let part: f64 = (0..3).map(|a| (v[a] / length).powi(order[a] as i32)).product();
        let want = volume(SHAPE, |p| scale * part * turned(phase(p, SHAPE, periods, start), total));
        for (got, want) in plain(&image, order).iter().zip(want) {
            prop_assert!((got - want).abs() < 1e-10, "{} {}", got, want);
        }
    }

    /// Steered, a plane wave has the same response whatever its direction: along the wave that of the order alone, the
    /// sign of odd orders by the first order; across it none.
    #[test]
    fn steered_plane_waves(periods in periods(), start in 0.0f64..6.0, order in 1u32..6) {
        let image = volume(SHAPE, |p| phase(p, SHAPE, periods, start).cos());
        let along = steered(&image, SHAPE, [order, 0, 0], 3);
        let across = steered(&image, SHAPE, [0, order, 0], 3);
        let want = volume(SHAPE, |p| {
            let phase = phase(p, SHAPE, periods, start);
            let sign = if turned(phase, 1) < 0.0 { -1.0f64 } else { 1.0 };
            sign.powi(order as i32) * turned(phase, order)
        });
        for ((a, b), want) in along.iter().zip(&across).zip(want) {
            prop_assert!((a - want).abs() < 1e-7, "{} {}", a, want);
            prop_assert!(b.abs() < 1e-7, "{}", b);
        }
    }

    /// The response of a turned image is the turned response, for every order.
    #[test]
    fn steering_turns_with_the_image(
        values in prop::collection::vec(-1.0f64..1.0, 343),
        order in [0u32..3, 0u32..3, 0u32..3],
    ) {
        prop_assume!(order.iter().sum::<u32>() > 0);
        let shape = [7; 3];
        let at = |values: &[f64], [x, y, z]: [usize; 3]| values[(z * 7 + y) * 7 + x];
        let turns: [fn([usize; 3]) -> [usize; 3]; 3] = [
            |[x, y, z]| [y, z, x],
            |[x, y, z]| [6 - x, 6 - y, z],
            |[x, y, z]| [y, 6 - x, z],
        ];
        let response = steered(&values, shape, order, 3);
        for turn in turns {
            let moved = volume(shape, |p| at(&values, turn(p)));
            let want = volume(shape, |p| at(&response, turn(p)));
            for (got, want) in steered(&moved, shape, order, 3).iter().zip(want) {
                prop_assert!((got - want).abs() < 1e-6, "{:?}: {} {}", order, got, want);
            }
        }
    }

    /// In two dimensions every slice is steered by itself.
    #[test]
    fn steered_slices(kx in -5i32..=5, ky in -4i32..=4, start in 0.0f64..6.0, order in 1u32..4) {
        prop_assume!([kx, ky] != [0, 0]);
        // Another wave in every slice.
        let wave = |p: [usize; 3]| phase(p, SHAPE, if p[2].is_multiple_of(2) { [kx, ky, 0] } else { [ky, kx / 2, 0] }, start);
        prop_assume!([ky, kx / 2] != [0, 0] && ky.abs() <= 4 && kx.abs() <= 5);
        let image = volume(SHAPE, |p| wave(p).cos());
        let got = steered(&image, SHAPE, [order, 0, 0], 2);
        let want = volume(SHAPE, |p| {
            let sign = if turned(wave(p), 1) < 0.0 { -1.0f64 } else { 1.0 };
            sign.powi(order as i32) * turned(wave(p), order)
        });
        for (got, want) in got.iter().zip(want) {
            prop_assert!((got - want).abs() < 1e-7, "{} {}", got, want);
        }
    }
}

/// Orders that no table of factorials holds are refused, whatever their sum; axes beyond the third are none.
#[test]
fn extreme_parameters() {
    let image = volume(SHAPE, |p| p[0] as f64);
    let mut words =
        vec![
            u64::MAX;
            SteeredRiesz { order: [1; 3], sigma: [1.0; 3], dimensions: 3 }.footprint(SHAPE).words()
        ];
    for order in [[25, 0, 0], [8, 8, 9], [u32::MAX, 1, 0], [u32::MAX; 3]] {
        for steering in [false, true] {
            let mut values = image.clone();
            let mut volume = Volume::new(&mut values, SHAPE).expect("a volume");
            let arena = Arena::new(&mut words);
            let refused = if steering {
                let filter = SteeredRiesz { order, sigma: [1.0; 3], dimensions: 3 };
                filter.apply(&mut volume, Boundary::Zero, &Watch::silent(), arena)
            } else {
                let filter = Riesz { order, dimensions: 3 };
                filter.apply(&mut volume, Boundary::Zero, &Watch::silent(), arena)
            };
            assert!(matches!(refused, Err(Error::Invalid { .. })), "{order:?}: {refused:?}");
            assert_eq!(values, image, "{order:?}");
        }
    }
    let mut responses = [3, usize::MAX].map(|dimensions| {
        let mut values = image.clone();
        let mut volume = Volume::new(&mut values, SHAPE).expect("a volume");
        let filter = Simoncelli { level: 1, dimensions };
        filter
            .apply(&mut volume, Boundary::Zero, &Watch::silent(), Arena::new(&mut words))
            .expect("a response");
        values
    });
    let [three, more] = &mut responses;
    assert_eq!(three, more);
}

/// The highest order: a wave along x keeps its size.
#[test]
fn the_highest_order() {
    let periods = [3, 0, 0];
    let image = volume(SHAPE, |p| phase(p, SHAPE, periods, 0.4).cos());
    for (got, want) in plain(&image, [24, 0, 0]).iter().zip(&image) {
        assert!((got - want).abs() < 1e-12, "{got} {want}");
    }
}
