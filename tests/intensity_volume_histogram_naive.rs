//! The intensity-volume histogram against the list of levels.

use proptest::prelude::*;
use radiomics::family::distribution::Distribution;
use radiomics::family::intensity_volume_histogram::{self as ivh, Scale};
use radiomics::{Error, Status, Watch};
use support::compare::assert_same;
use support::counted::counts;

use crate::naive::intensity_volume_histogram as naive;

const FRACTIONS: [f64; 4] = [0.1, 0.25, 0.5, 0.9];

/// From the list; from counts, where there are any, come the same bits.
fn extract(
    sorted: &[f64],
    scale: Scale,
    fractions: &[f64],
    watch: &Watch,
) -> Result<ivh::Features, Error> {
    let listed = ivh::extract(&Distribution::sorted(sorted), scale, fractions, watch);
    if let Some((first, mut counts)) = counts(sorted) {
        let values = Distribution::counted(first, &mut counts);
        let counted = ivh::extract(&values, scale, fractions, watch);
        // NaN and all, since every number is printed.
        assert_eq!(format!("{listed:?}"), format!("{counted:?}"));
    }
    listed
}

fn check(got: &ivh::Features, values: &[f64], levels: &[f64], scale: &dyn Fn(f64) -> f64) {
    let (volume, intensity, area) = naive::features(values, levels, &FRACTIONS);
    for k in 0..FRACTIONS.len() {
        let value = |name: &str| *got.get(name, k).expect("a value");
        assert_same("V", value("ivh_v"), Some(volume[k]), 1e-10);
        assert_same("I", value("ivh_i"), Some(scale(intensity[k])), 1e-10);
    }
    let difference = |name: &str| *got.get(name, 0).expect("a value");
    assert_same("V difference", difference("ivh_diff_v"), Some(volume[0] - volume[3]), 1e-10);
    let apart = scale(intensity[0]) - scale(intensity[3]);
    assert_same("I difference", difference("ivh_diff_i"), Some(apart), 1e-10);
    assert_same("area", difference("ivh_auc"), Some(area), 1e-10);
}

proptest! {
    #[test]
    fn stepped_levels(
        mut values in proptest::collection::vec(1i32..15, 1..80),
        below in 0i32..3,
        above in 0i32..5,
    ) {
        values.sort_unstable();
        let (min, max) = (values[0] - below, values[values.len() - 1] + above);
        let values: Vec<f64> = values.into_iter().map(f64::from).collect();
        let levels: Vec<f64> = (min..=max).map(f64::from).collect();
        let (min, max) = (f64::from(min), f64::from(max));
        let got = extract(&values, Scale::Steps { min, max, origin: -7.0, width: 2.5 }, &FRACTIONS, &Watch::silent()).expect("values");
        check(&got, &values, &levels, &|i| -7.0 + 2.5 * i);
    }

    /// A range wider than the intensities: its bounds are levels, too.
    #[test]
    fn occurring_intensities(
        mut values in proptest::collection::vec(-5.0f64..5.0, 1..80),
        below in 0u32..3,
        above in 0u32..3,
    ) {
        values.sort_by(f64::total_cmp);
        let (min, max) = (values[0] - f64::from(below), values[values.len() - 1] + f64::from(above));
        let mut levels = values.clone();
        levels.insert(0, min);
        levels.push(max);
        let got = extract(&values, Scale::Occurring { min, max }, &FRACTIONS, &Watch::silent()).expect("values");
        check(&got, &values, &levels, &|i| i);
    }

    /// Decimals that lie at a tenth, a quarter, a half of the range count as reaching it.
    #[test]
    fn decimals(mut values in proptest::collection::vec(0i32..=20, 2..40), start in -900i32..900) {
        values.extend([0, 20]);
        values.sort_unstable();
        let values: Vec<f64> = values.into_iter().map(|x| f64::from(start + 3 * x) / 10.0).collect();
        let (min, max) = (values[0], values[values.len() - 1]);
        let got = extract(&values, Scale::Occurring { min, max }, &FRACTIONS, &Watch::silent()).expect("values");
        check(&got, &values, &values, &|i| i);
    }
}

/// Whole numbers so large that the next one is the same number: the search must end.
#[test]
fn whole_numbers_beyond_counting() {
    let values = [1e17, 1e17 + 16.0, 1e17 + 32.0];
    let scale = Scale::Steps { min: values[0], max: values[2], origin: 0.0, width: 1.0 };
    let got = extract(&values, scale, &[0.1, 0.5, 0.9], &Watch::silent()).expect("values");
    let intensity = |k: usize| got.get("ivh_i", k).expect("a value").number();
    assert_eq!([0, 1, 2].map(intensity), [values[2], values[1], values[0]].map(|v| v + 1.0));
    let volume = |k: usize| got.get("ivh_v", k).expect("a value").number();
    assert_eq!([0, 1, 2].map(volume), [2.0 / 3.0, 2.0 / 3.0, 1.0 / 3.0]);
}

#[test]
fn a_range_that_overflows() {
    let values = [-1e308, -5e307, 1e307, 1e308];
    let (min, max) = (values[0], values[3]);
    for scale in [Scale::Occurring { min, max }, Scale::Steps { min, max, origin: 0.0, width: 1.0 }]
    {
        let got = extract(&values, scale, &[0.1, 0.5, 0.9], &Watch::silent()).expect("values");
        let volume = |k: usize| got.get("ivh_v", k).expect("a value").number();
        assert_eq!([0, 1, 2].map(volume), [0.75, 0.5, 0.25], "{scale:?}");
        assert_eq!(got.get("ivh_auc", 0).map(|v| v.status()), Some(Status::Overflow), "{scale:?}");
    }
}

#[test]
fn one_intensity_has_no_area_whatever_the_range() {
    for scale in [
        Scale::Occurring { min: 0.0, max: 10.0 },
        Scale::Steps { min: 0.0, max: 10.0, origin: 0.0, width: 1.0 },
    ] {
        let area = *extract(&[5.0; 3], scale, &FRACTIONS, &Watch::silent())
            .expect("values")
            .get("ivh_auc", 0)
            .expect("a value");
        assert_eq!((area.number(), area.status()), (0.0, Status::OkByConvention), "{scale:?}");
    }
}

/// Every whole percentage of every small number of voxels: 0.29 times 100 is less than 29.
#[test]
fn percentages() {
    for n in 1u32..=120 {
        let values: Vec<f64> = (1..=n).map(f64::from).collect();
        let scale = Scale::Steps { min: 1.0, max: f64::from(n), origin: 0.0, width: 1.0 };
        for percent in 1u32..100 {
            let got = extract(&values, scale, &[f64::from(percent) / 100.0], &Watch::silent())
                .expect("values");
            // The level with k voxels from it up is n + 1 - k; the largest k has 100 k <= percent n.
            let within = percent * n / 100;
            let level = f64::from(n + 1 - within.max(1));
            let got = got.get("ivh_i", 0).expect("a value").number();
            assert_eq!(got, level, "{percent} % of {n}");
        }
    }
}

/// A fraction just below a share excludes it, also where the product with the number of voxels rounds up.
#[test]
fn fractions_just_below_a_share() {
    for n in 2u32..=60 {
        let values: Vec<f64> = (1..=n).map(f64::from).collect();
        let scale = Scale::Steps { min: 1.0, max: f64::from(n), origin: 0.0, width: 1.0 };
        for k in 2..n {
            let share = f64::from(k) / f64::from(n);
            let got = extract(&values, scale, &[share, share.next_down()], &Watch::silent())
                .expect("values");
            let level = |j: usize| got.get("ivh_i", j).expect("a value").number();
            let want = [f64::from(n + 1 - k), f64::from(n + 2 - k)];
            assert_eq!([level(0), level(1)], want, "{k} of {n}");
        }
    }
}

#[test]
fn reasons() {
    let scale = Scale::Steps { min: 1.0, max: 1.0, origin: 0.0, width: 1.0 };
    let empty = extract(&[], scale, &FRACTIONS, &Watch::silent()).expect("values");
    assert_eq!(empty.get("ivh_v", 0).map(|v| v.status()), Some(Status::EmptyIntensityMask));
    let one = extract(&[1.0, 1.0], scale, &FRACTIONS, &Watch::silent()).expect("values");
    assert_eq!(one.get("ivh_auc", 0).map(|v| v.status()), Some(Status::OkByConvention));
}
