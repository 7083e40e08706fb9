//! Moran's I and Geary's C against all pairs, on both sides of the change from pairs to transforms.

use proptest::prelude::*;
use radiomics::family::spatial;
use radiomics::volume::{Intensities, Mask};
use radiomics::{Arena, Status, Value, Watch};
use support::boxes::{MaskBox, mask_boxes};
use support::compare::assert_same;

use crate::naive::spatial as naive;

fn extract(b: &MaskBox, values: &[f64], spacing: [f64; 3]) -> spatial::Features {
    b.with(|mask| {
        let intensities = Intensities::new(values, b.shape, [0; 3], b.shape).expect("intensities");
        let mut workspace = vec![u64::MAX; spatial::footprint(b.shape).words()];
        let mut out = [Value::PENDING; 2];
        let arena = Arena::new(&mut workspace);
        spatial::extract(mask, &intensities, spacing, &Watch::silent(), arena, &mut out)
            .expect("features");
        out
    })
}

fn compare(b: &MaskBox, values: &[f64], spacing: [f64; 3]) {
    let points: Vec<_> = b
        .places(Mask::INTENSITY)
        .into_iter()
        .map(|p| {
            let at = p[0] as usize + b.shape[0] * (p[1] as usize + b.shape[1] * p[2] as usize);
            ([0, 1, 2].map(|a| p[a] as f64 * spacing[a]), values[at])
        })
        .collect();
    for (got, want) in extract(b, values, spacing).into_iter().zip(naive::features(&points)) {
        assert_same("spatial", got, want, 1e-10);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn random_regions(
        b in mask_boxes(12),
        seed in 0u64..1000,
        spacing in [0.3f64..3.0, 0.3f64..3.0, 0.3f64..3.0],
    ) {
        let cells = b.shape.iter().product::<usize>();
        let value = |i: usize| ((i as u64 * 2_654_435_761 + seed * 97) % 1013) as f64 / 7.0 - 60.0;
        let values: Vec<f64> = (0..cells).map(value).collect();
        compare(&b, &values, spacing);
    }
}

#[test]
fn regions_of_every_padding() {
    // Sides whose transforms have lengths with factors 2, 3, 4 and 5.
    for shape in [[7, 7, 7], [13, 8, 5], [1, 20, 17], [300, 1, 1], [2, 2, 100], [23, 1, 14]] {
        let cells = shape.iter().product::<usize>();
        let b = MaskBox { shape, flags: vec![Mask::MORPHOLOGICAL | Mask::INTENSITY; cells] };
        let values: Vec<f64> = (0..cells).map(|i| ((i * 37) % 101) as f64).collect();
        compare(&b, &values, [0.9, 1.1, 2.5]);
    }
}

#[test]
fn extreme_intensities_do_not_overflow() {
    let b = MaskBox { shape: [8, 8, 8], flags: vec![3; 512] };
    let plain: Vec<f64> = (0..512).map(|i| ((i * 37) % 101) as f64).collect();
    let huge: Vec<f64> = plain.iter().map(|x| x * 1e300).collect();
    let (a, b) = (extract(&b, &plain, [1.0; 3]), extract(&b, &huge, [1.0; 3]));
    for (a, b) in a.into_iter().zip(b) {
        assert_same("scaled", b, Some(a.number()), 1e-10);
    }
}

#[test]
fn reasons() {
    let of = |flags: Vec<u8>, values: &[f64]| {
        let shape = [flags.len(), 1, 1];
        extract(&MaskBox { shape, flags }, values, [1.0; 3])[0].status()
    };
    assert_eq!(of(vec![1, 1], &[1.0, 2.0]), Status::EmptyIntensityMask);
    assert_eq!(of(vec![3, 1], &[1.0, 2.0]), Status::TooFewVoxels);
    assert_eq!(of(vec![3, 3], &[2.0, 2.0]), Status::ZeroVariance);
    assert_eq!(of(vec![3, 3], &[2.0, 3.0]), Status::Ok);
}
