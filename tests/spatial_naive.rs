//! Moran's I and Geary's C: against all pairs, on the digital phantom, and under what must not change them.

use crate::naive::spatial::{Voxel, moran_geary};
use proptest::prelude::*;
use radiomics::family::spatial::{self, DIRECT_VOXELS, Features};
use radiomics::volume::{Intensities, Mask};
use radiomics::{Arena, Control, Error, Status, Value, Watch};
use support::boxes::{MaskBox, mask_boxes, places};
use support::compare::assert_same;
use support::{golden, phantom};

const WITHIN: f64 = 1e-10;

/// Runs the library on exactly the announced memory, full of `garbage`.
fn run_over(region: &MaskBox, image: &[f64], spacing: [f64; 3], garbage: u64) -> Features {
    let shape = region.shape;
    let intensities = Intensities::new(image, shape, [0; 3], shape).expect("intensities");
    let mut words = vec![garbage; spatial::footprint(shape).words()];
    let mut out = [Value::PENDING; spatial::FEATURES];
    region
        .with(|mask| {
            let arena = Arena::new(&mut words);
            spatial::extract(mask, &intensities, spacing, &Watch::silent(), arena, &mut out)
        })
        .expect("the announced memory suffices");
    out
}

fn run(region: &MaskBox, image: &[f64], spacing: [f64; 3]) -> Features {
    run_over(region, image, spacing, u64::MAX)
}

fn bits(features: Features) -> [(u64, Status); 2] {
    features.map(|v| (v.number().to_bits(), v.status()))
}

fn voxels(region: &MaskBox, image: &[f64], spacing: [f64; 3]) -> Vec<Voxel> {
    places(region.shape)
        .zip(image)
        .filter(|(p, _)| region.at(*p) & Mask::INTENSITY != 0)
        .map(|(p, x)| ([0, 1, 2].map(|a| p[a] as f64 * spacing[a]), *x))
        .collect()
}

fn compare(region: &MaskBox, image: &[f64], spacing: [f64; 3]) {
    let got = run(region, image, spacing);
    let want = moran_geary(&voxels(region, image, spacing));
    for (i, name) in ["Moran's I", "Geary's C"].into_iter().enumerate() {
        assert_same(name, got[i], want.map(|w| w[i]), WITHIN);
    }
}

/// A box whose every voxel is in both masks.
fn full(shape: [usize; 3]) -> MaskBox {
    let both = Mask::MORPHOLOGICAL | Mask::INTENSITY;
    MaskBox { shape, flags: vec![both; shape.iter().product()] }
}

/// Intensities without any pattern.
fn noise(count: usize) -> Vec<f64> {
    let mut state = 88_172_645_463_325_252_u64;
    let step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64 * 2000.0 - 700.0
    };
    std::iter::repeat_with(step).take(count).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn pairs_agree(
        (region, image) in mask_boxes(11).prop_flat_map(|region| {
            let cells = region.flags.len();
            (Just(region), proptest::collection::vec(-1000.0f64..1000.0, cells))
        }),
        spacing in [0.2f64..5.0, 0.2f64..5.0, 0.2f64..5.0],
        whole in any::<bool>(),
    ) {
        let image: Vec<f64> = image.iter().map(|x| if whole { (x / 300.0).round() } else { *x }).collect();
        compare(&region, &image, spacing);
    }
}

#[test]
fn transforms_agree_in_boxes_of_all_kinds() {
    // Flat ones, long ones, sides that are prime, powers of two and neighbours of these.
    for shape in [
        [20, 20, 1],
        [1, 19, 17],
        [18, 1, 23],
        [400, 1, 1],
        [1, 300, 1],
        [1, 1, 277],
        [101, 2, 3],
        [2, 97, 2],
        [3, 2, 61],
        [8, 8, 8],
        [9, 7, 11],
        [16, 5, 4],
        [13, 13, 7],
    ] {
        let region = full(shape);
        assert!(region.flags.len() as u64 > DIRECT_VOXELS, "{shape:?} must not be a direct one");
        compare(&region, &noise(region.flags.len()), [0.9, 1.1, 2.5]);
    }
}

#[test]
fn both_ways_agree_at_the_crossover() {
    for extra in 0..3 {
        let mut region = full([7, 7, 7]);
        let keep = DIRECT_VOXELS as usize - 1 + extra;
        region.flags[keep..].fill(Mask::MORPHOLOGICAL);
        compare(&region, &noise(343), [1.0, 1.0, 3.0]);
    }
}

#[test]
fn digital_phantom_agrees_with_the_teams() {
    let (image, mask) = phantom::digital();
    let image: Vec<f64> = image.into_iter().map(f64::from).collect();
    let flags = mask.iter().map(|m| if *m != 0 { 3 } else { 0 }).collect();
    let region = MaskBox { shape: phantom::SHAPE, flags };
    let got = run(&region, &image, phantom::SPACING);
    for (value, tag) in got.into_iter().zip(["morph_moran_i", "morph_geary_c"]) {
        let row = golden::ibsi1().into_iter().find(|r| r.config == "digital" && r.tag == tag);
        let row = row.expect("a reference");
        assert!(row.passes(value.number()), "{tag}: {}", value.number());
        assert_eq!(row.agrees_with_median(value.number()), Some(true), "{tag}");
    }
}

#[test]
fn two_voxels_have_closed_forms() {
    // One pair: its weight cancels. I = 2 (d/2)(-d/2) / (d^2/2) and C = 1/2 d^2 / (d^2/2), d the difference.
    for spacing in [0.01, 1.0, 70.0] {
        let got = run(&full([1, 2, 1]), &[3.0, 8.0], [1.0, spacing, 1.0]);
        assert_eq!(got.map(Value::number), [-1.0, 1.0]);
    }
}

#[test]
fn a_value_or_a_reason() {
    let status = |region: &MaskBox, image: &[f64]| {
        run(region, image, [1.0; 3]).map(|v| {
            assert!(v.number().is_nan(), "no value must stand beside a reason");
            v.status()
        })
    };
    let outside = MaskBox { shape: [2, 2, 2], flags: vec![Mask::MORPHOLOGICAL; 8] };
    assert_eq!(status(&outside, &noise(8)), [Status::EmptyIntensityMask; 2]);
    let mut one = outside.clone();
    one.flags[3] |= Mask::INTENSITY;
    assert_eq!(status(&one, &noise(8)), [Status::TooFewVoxels; 2]);
    assert_eq!(status(&full([2, 2, 2]), &[7.25; 8]), [Status::ZeroVariance; 2]);
    // Above the crossover too, and where the mean of equal numbers is not that number.
    assert_eq!(status(&full([10, 10, 10]), &[0.1; 1000]), [Status::ZeroVariance; 2]);
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        let mut image = noise(8);
        image[5] = bad;
        assert_eq!(status(&full([2, 2, 2]), &image), [Status::NonFiniteIntensity; 2]);
    }
}

#[test]
fn voxels_outside_the_mask_never_matter() {
    for side in [5, 9] {
        let mut region = full([side; 3]);
        for flags in region.flags.iter_mut().step_by(7) {
            *flags = Mask::MORPHOLOGICAL;
        }
        let image = noise(side * side * side);
        let mut other = image.clone();
        for (x, bad) in
            other.iter_mut().step_by(7).zip([f64::NAN, f64::INFINITY, -1e300].iter().cycle())
        {
            *x = *bad;
        }
        let [a, b] = [image, other].map(|image| bits(run(&region, &image, [1.0, 2.0, 3.0])));
        assert_eq!(a, b);
    }
}

#[test]
fn contents_of_the_memory_never_matter() {
    for shape in [[5, 5, 5], [9, 10, 11]] {
        let image = noise(shape.iter().product());
        let [a, b] = [0, 0x7ff8_dead_beef_0001]
            .map(|garbage| bits(run_over(&full(shape), &image, [1.0, 1.0, 2.0], garbage)));
        assert_eq!(a, b);
    }
}

#[test]
fn powers_of_two_change_no_bit() {
    for shape in [[6, 6, 6], [9, 8, 7]] {
        let region = full(shape);
        let image = noise(shape.iter().product());
        let plain = bits(run(&region, &image, [1.0, 1.5, 2.0]));
        // From the largest intensities to ones whose squares vanish.
        for scale in [f64::MAX.log2() as i32 - 11, 500, -3, -500, -960] {
            let scale = 2f64.powi(scale);
            let scaled: Vec<f64> = image.iter().map(|x| x * scale).collect();
            assert_eq!(bits(run(&region, &scaled, [1.0, 1.5, 2.0])), plain, "times {scale:e}");
        }
        for scale in [2f64.powi(-600), 0.25, 2f64.powi(600)] {
            let spacing = [1.0, 1.5, 2.0].map(|s| s * scale);
            assert_eq!(bits(run(&region, &image, spacing)), plain, "spacing times {scale:e}");
        }
    }
}

#[test]
fn a_large_offset_does_not_drown_the_pattern() {
    // The intensities are whole numbers, so the offset itself loses nothing.
    for shape in [[6, 6, 6], [9, 8, 7]] {
        let region = full(shape);
        let image: Vec<f64> = noise(shape.iter().product()).iter().map(|x| x.round()).collect();
        let shifted: Vec<f64> = image.iter().map(|x| x + 1e12).collect();
        let [a, b] = [image, shifted].map(|image| run(&region, &image, [1.0; 3]));
        for (a, b) in a.into_iter().zip(b) {
            assert_same("shifted", b, Some(a.number()), WITHIN);
        }
    }
}

#[test]
fn mirror_images_have_the_same_values() {
    let shape = [11, 9, 8];
    let image = noise(shape.iter().product());
    let mut mirrored = image.clone();
    for row in mirrored.chunks_exact_mut(shape[0]) {
        row.reverse();
    }
    let [a, b] = [image, mirrored].map(|image| run(&full(shape), &image, [0.8, 1.0, 3.0]));
    for (a, b) in a.into_iter().zip(b) {
        assert_same("mirrored", b, Some(a.number()), WITHIN);
    }
}

#[test]
fn footprint_grows_with_every_side() {
    let sides = [1, 2, 3, 7, 8, 9, 15, 16, 17, 31, 64, 65];
    for axis in 0..3 {
        for pair in sides.windows(2) {
            let with = |side: usize| {
                let mut shape = [5, 12, 7];
                shape[axis] = side;
                spatial::footprint(shape)
            };
            assert!(with(pair[0]) <= with(pair[1]), "axis {axis}, {pair:?}");
        }
    }
    let bytes = spatial::footprint([128; 3]).bytes().expect("a size");
    assert!(bytes <= 160 * 128 * 128 * 128, "{bytes} bytes for 128^3");
    assert_eq!(spatial::footprint([usize::MAX; 3]).bytes(), None);
}

#[test]
fn too_little_memory_and_cancelling_are_errors_without_values() {
    let region = full([9, 9, 9]);
    let image = noise(729);
    let intensities = Intensities::new(&image, [9; 3], [0; 3], [9; 3]).expect("intensities");
    let try_with = |words: usize, watch: &Watch| {
        let mut words = vec![0; words];
        let mut out = [Value::ok(1.0); spatial::FEATURES];
        let arena = Arena::new(&mut words);
        let result = region
            .with(|mask| spatial::extract(mask, &intensities, [1.0; 3], watch, arena, &mut out));
        assert_eq!(out.map(Value::status), [Status::NotComputed; 2]);
        result
    };
    let enough = spatial::footprint([9; 3]).words();
    let little = try_with(enough / 2, &Watch::silent());
    assert!(matches!(little, Err(Error::WorkspaceTooSmall { .. })), "{little:?}");
    // Wherever the host cancels, it is heard.
    for asked in [0, 3, 12, 30] {
        let count = std::sync::atomic::AtomicU32::new(0);
        let progress = |_: f32| {
            let before = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if before < asked { Control::Continue } else { Control::Cancel }
        };
        let cancelled = try_with(enough, &Watch::new(Some(&progress), 1));
        assert_eq!(cancelled, Err(Error::Cancelled), "after {asked} questions");
    }
}
