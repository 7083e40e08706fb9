//! Local and global intensity peak: against spheres voxel by voxel, on the digital phantom, next to outliers.

use crate::naive::local_intensity::{Scene, peaks};
use proptest::prelude::*;
use radiomics::family::local_intensity::{self, Features, RADIUS, reach};
use radiomics::volume::{Intensities, Mask};
use radiomics::{Arena, Control, Error, Status, Value, Watch};
use support::boxes::{MaskBox, places};
use support::compare::assert_same;
use support::{golden, phantom};

const WITHIN: f64 = 1e-10;

/// Runs the library with a box of the region from `start`, on exactly the announced memory.
fn run_watched(
    scene: &Scene,
    [start, shape]: [[usize; 3]; 2],
    garbage: u64,
    watch: &Watch,
) -> Result<Features, Error> {
    let flags = places(shape)
        .map(|p| {
            let [x, y, z] = [0, 1, 2].map(|a| p[a] as usize + start[a]);
            let inside = scene.mask[x + scene.shape[0] * (y + scene.shape[1] * z)];
            if inside { Mask::MORPHOLOGICAL | Mask::INTENSITY } else { Mask::MORPHOLOGICAL }
        })
        .collect();
    let region = MaskBox { shape, flags };
    let intensities =
        Intensities::new(&scene.image, scene.shape, start, shape).expect("intensities");
    let footprint = local_intensity::footprint(scene.shape, scene.spacing);
    let mut words = vec![garbage; footprint.words()];
    let mut out = [Value::ok(1.0); local_intensity::FEATURES];
    let result = region.with(|mask| {
        let arena = Arena::new(&mut words);
        local_intensity::extract(mask, &intensities, scene.spacing, watch, arena, &mut out)
    });
    if result.is_err() {
        assert_eq!(out.map(Value::status), [Status::NotComputed; 2]);
    }
    result.map(|()| out)
}

fn run_in(scene: &Scene, region: [[usize; 3]; 2]) -> Features {
    run_watched(scene, region, u64::MAX, &Watch::silent()).expect("the announced memory suffices")
}

fn run(scene: &Scene) -> Features {
    run_in(scene, [[0; 3], scene.shape])
}

fn compare(scene: &Scene, region: [[usize; 3]; 2]) {
    let got = run_in(scene, region);
    let want = peaks(scene);
    for (i, name) in ["local peak", "global peak"].into_iter().enumerate() {
        assert_same(name, got[i], want.map(|w| w[i]), WITHIN);
    }
}

/// What intensities are like, which decides how they are summed.
#[derive(Clone, Copy, Debug)]
enum Texture {
    /// Whole multiples of a number.
    Whole(f64),
    Fractional,
    /// One in a hundred is not whole.
    Mixed,
}

impl Texture {
    fn intensity(self, level: f64, fine: f64) -> f64 {
        match self {
            Texture::Whole(step) => (level - 500.0) * step,
            Texture::Fractional => level - 500.0 + fine,
            Texture::Mixed => level - if fine < 0.01 { 500.25 } else { 500.0 },
        }
    }
}

fn texture() -> impl Strategy<Value = Texture> {
    let steps = prop_oneof![Just(1.0), Just(3.0), Just(20.0), Just(3000.0), Just(1e7)];
    let whole = steps.prop_map(Texture::Whole);
    prop_oneof![3 => whole, 1 => Just(Texture::Fractional), 1 => Just(Texture::Mixed)]
}

/// A box inside an image: what lies outside has no mask but is seen by spheres. Some of that is NaN.
fn scenes() -> impl Strategy<Value = (Scene, [[usize; 3]; 2])> {
    let sides = || [1usize..7, 1usize..7, 1usize..7];
    let margins = || [0usize..4, 0usize..4, 0usize..4];
    let spacing = [0.9f64..8.0, 0.9f64..8.0, 0.9f64..8.0];
    let bad = prop_oneof![Just(0), 1u32..=30];
    (sides(), margins(), margins(), spacing, 0u32..=100, bad, 1u32..2000, texture()).prop_flat_map(
        |(region, before, after, spacing, holes, bad, levels, texture)| {
            let shape = [0, 1, 2].map(|a| before[a] + region[a] + after[a]);
            let cells = shape.iter().product::<usize>();
            let cell = (0u32..100, 0u32..100, 0..levels, 0.0f64..1.0);
            proptest::collection::vec(cell, cells).prop_map(move |cells| {
                let mut scene = Scene { shape, spacing, image: vec![], mask: vec![] };
                for (p, (hole, broken, level, fine)) in places(shape).zip(cells) {
                    let boxed = (0..3).all(|a| {
                        let at = p[a] as usize;
                        at >= before[a] && at < before[a] + region[a]
                    });
                    let inside = boxed && hole >= holes;
                    // Few levels make ties of the maximum.
                    let x = texture.intensity(f64::from(level), fine);
                    let lost = !inside && broken < bad;
                    scene.image.push(if lost { f64::NAN } else { x });
                    scene.mask.push(inside);
                }
                (scene, [before, region])
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn spheres_agree((scene, region) in scenes()) {
        compare(&scene, region);
    }
}

/// Boxes that are worth looking at in coarse steps first, where rows are left out: fractional intensities around levels of a
/// block or two, far apart or close together beside their size, with many or few voxels of the highest one. A voxel far below
/// all others makes steps so coarse that they mistake which mean is the highest.
fn worthwhile() -> impl Strategy<Value = (Scene, [[usize; 3]; 2])> {
    let sides = [8usize..16, 8usize..16, 8usize..16];
    let spacing = [2.0f64..6.0, 2.0f64..6.0, 2.0f64..6.0];
    let size = prop_oneof![Just(0.0), Just(1e3), Just(-1e9)];
    let apart = prop_oneof![Just(1e-3), Just(1.0), Just(1e4)];
    let block = prop_oneof![Just(1i64), Just(4), Just(20)];
    let ties = prop_oneof![Just(1.0), Just(0.9)];
    let depth = prop_oneof![Just(0.0), Just(100.0), Just(300.0), Just(1000.0)];
    (sides, spacing, 0u32..=60, size, apart, (block, ties, depth)).prop_flat_map(
        |(shape, spacing, holes, size, apart, (block, ties, depth))| {
            let cells = shape.iter().product::<usize>();
            proptest::collection::vec((0u32..100, 0.0f64..1.0), cells).prop_map(move |cells| {
                let mut scene = Scene { shape, spacing, image: vec![], mask: vec![] };
                for (p, (hole, fine)) in places(shape).zip(cells) {
                    let levels = if depth > 0.0 { 1 } else { 5 };
                    let level = (p.iter().map(|c| c / block).sum::<i64>() % levels) as f64;
                    scene.image.push(size + apart * (level + fine.min(ties)));
                    scene.mask.push(hole >= holes);
                }
                scene.image[0] -= apart * depth;
                (scene, [[0; 3], shape])
            })
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn rows_that_are_left_out_hold_no_peak((scene, region) in worthwhile()) {
        compare(&scene, region);
    }
}

fn noise(count: usize) -> Vec<f64> {
    let mut state = 2_463_534_242_u64;
    let step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64 * 300.0 - 100.0
    };
    std::iter::repeat_with(step).take(count).collect()
}

/// An image of noise with a small box of mask in its middle.
fn middle(side: usize, spacing: f64) -> (Scene, [[usize; 3]; 2]) {
    let region = [[side / 2 - 2; 3], [4; 3]];
    let inside = |p: [i64; 3]| p.iter().all(|c| (*c as usize).wrapping_sub(side / 2 - 2) < 4);
    let scene = Scene {
        shape: [side; 3],
        spacing: [spacing; 3],
        image: noise(side * side * side),
        mask: places([side; 3]).map(inside).collect(),
    };
    (scene, region)
}

#[test]
fn spheres_inside_the_image_agree() {
    // Reach 6 and more around the region on every side: no sphere is cut off, all have the same size.
    let (scene, region) = middle(18, 1.0);
    compare(&scene, region);
    // One slice less on one side: some are.
    let cut = Scene {
        shape: [18, 18, 17],
        image: scene.image[18 * 18..].to_vec(),
        mask: scene.mask[18 * 18..].to_vec(),
        ..scene
    };
    compare(&cut, [[7, 7, 6], [4; 3]]);
}

#[test]
fn spheres_of_any_extent_agree() {
    // Image, spacing, start and shape of the region: isotropic and long rows, many voxels in a sphere, all of the image
    // in a sphere, flat spheres, spheres of one voxel, one voxel, one row.
    type Case = ([usize; 3], [f64; 3], [usize; 3], [usize; 3]);
    let cases: [Case; 9] = [
        ([30, 26, 22], [1.0; 3], [3, 6, 2], [24, 16, 19]),
        ([700, 4, 3], [1.0, 2.0, 3.0], [5, 0, 0], [690, 4, 3]),
        ([36, 24, 10], [0.4, 0.9, 2.0], [6, 2, 1], [26, 20, 8]),
        ([26, 30, 28], [0.5; 3], [12, 13, 13], [3, 4, 3]),
        ([9, 8, 7], [0.1; 3], [2, 2, 2], [5, 5, 5]),
        ([16, 14, 12], [1.2, 1.1, 7.0], [4, 2, 1], [9, 8, 10]),
        ([7, 6, 5], [7.0, 8.0, 9.0], [1, 1, 1], [5, 4, 3]),
        ([15, 15, 15], [0.977, 0.977, 3.0], [7, 7, 7], [1, 1, 1]),
        ([40, 1, 1], [0.7; 3], [0, 0, 0], [40, 1, 1]),
    ];
    let textures = [
        Texture::Whole(1.0),
        Texture::Whole(18.0),
        Texture::Whole(1e5),
        Texture::Fractional,
        Texture::Mixed,
    ];
    for (shape, spacing, start, region) in cases {
        for texture in textures {
            for holes in [0.0, 0.6, 0.97] {
                let mut random = noise(2 * shape.iter().product::<usize>()).into_iter();
                let mut scene = Scene { shape, spacing, image: vec![], mask: vec![] };
                for p in places(shape) {
                    let mut next = || (random.next().expect("a number") + 100.0) / 300.0;
                    let [level, fine] = [next(), next()];
                    scene.image.push(texture.intensity((level * 1000.0).floor(), fine));
                    let boxed =
                        (0..3).all(|a| (start[a]..start[a] + region[a]).contains(&(p[a] as usize)));
                    scene.mask.push(boxed && (level * 37.0).fract() >= holes);
                }
                if let Some(x) = scene.mask.iter().position(|inside| *inside) {
                    // Far from the rest, so that rows of the region lie far apart.
                    scene.mask[x..].iter_mut().skip(40).take(60).for_each(|inside| *inside = false);
                }
                compare(&scene, [start, region]);
            }
        }
    }
}

#[test]
fn intensities_all_alike_are_their_own_mean() {
    for value in [0.0, -1000.0, 0.1, 3e9, 1e300] {
        let (mut scene, region) = middle(14, 1.0);
        scene.image.fill(value);
        for got in run_in(&scene, region) {
            assert_same("all alike", got, Some(value), 1e-14);
        }
    }
}

#[test]
fn digital_phantom_agrees_with_the_teams() {
    let (image, mask) = phantom::digital();
    let scene = Scene {
        shape: phantom::SHAPE,
        spacing: phantom::SPACING,
        image: image.into_iter().map(f64::from).collect(),
        mask: mask.into_iter().map(|m| m != 0).collect(),
    };
    let got = run(&scene);
    for (value, tag) in got.into_iter().zip(["loc_peak_loc", "loc_peak_glob"]) {
        let row = golden::ibsi1().into_iter().find(|r| r.config == "digital" && r.tag == tag);
        let row = row.expect("a reference");
        assert!(row.passes(value.number()), "{tag}: {}", value.number());
        assert_eq!(row.agrees_with_median(value.number()), Some(true), "{tag}");
    }
}

#[test]
fn an_outlier_is_seen_by_its_own_spheres_only() {
    // In the rows, the columns and the slices of the region, just beyond the reach of 6.
    let (clean, region) = middle(20, 1.0);
    let want = run_in(&clean, region);
    for place in [[1, 9, 9], [9, 1, 9], [9, 9, 1], [18, 10, 10], [10, 10, 18]] {
        for outlier in [1e30, -1e30, f64::MAX, f64::INFINITY, f64::NAN] {
            let mut scene = clean.clone();
            scene.image[place[0] + 20 * (place[1] + 20 * place[2])] = outlier;
            let got = run_in(&scene, region);
            for (got, want) in got.into_iter().zip(want) {
                let same = if outlier.is_finite() { 0.0 } else { 1e-14 };
                assert_same("beside an outlier", got, Some(want.number()), same);
            }
        }
    }
}

#[test]
fn the_largest_intensities_do_not_overflow() {
    let (mut scene, region) = middle(16, 1.0);
    scene.image.fill(f64::MAX);
    let got = run_in(&scene, region);
    for value in got {
        assert_same("all the largest", value, Some(f64::MAX), 1e-14);
    }
}

#[test]
fn of_equal_maxima_the_highest_peak_counts() {
    // A line of voxels 5 mm apart: each sphere holds a voxel and its two neighbours.
    let image = vec![9.0, 0.0, 0.0, 9.0, 3.0, 0.0, 6.0, 6.0, 8.0];
    let scene = Scene { shape: [9, 1, 1], spacing: [5.0; 3], image, mask: vec![true; 9] };
    // (9 + 0) / 2 at the end beats (0 + 9 + 3) / 3; (6 + 8) / 2 is the highest of all.
    assert_eq!(run(&scene).map(Value::number), [4.5, 7.0]);
}

#[test]
fn reach_counts_voxels_on_the_sphere() {
    assert_eq!(reach([1.0, 2.0, 3.0]), [6, 3, 2]);
    assert_eq!(reach([6.3, 0.977, 0.1]), [0, 6, 62]);
    // Steps of a third of the radius, whatever their rounding.
    for steps in 1..50 {
        let spacing = RADIUS / f64::from(steps);
        assert_eq!(reach([spacing, spacing.next_down(), spacing.next_up()]), [steps as usize; 3]);
    }
    let on = Scene {
        shape: [3, 1, 1],
        spacing: [RADIUS; 3],
        image: vec![1.0, 2.0, 6.0],
        mask: vec![false, true, false],
    };
    assert_eq!(run(&on).map(Value::number), [3.0, 3.0]);
}

#[test]
fn a_value_or_a_reason() {
    let (mut scene, region) = middle(8, 2.0);
    let start = region[0][0];
    scene.image[start + 8 * (start + 8 * start)] = f64::NAN;
    assert_eq!(run_in(&scene, region).map(Value::status), [Status::NonFiniteIntensity; 2]);
    scene.mask.fill(false);
    assert_eq!(run_in(&scene, region).map(Value::status), [Status::EmptyIntensityMask; 2]);
}

#[test]
fn footprint_grows_with_every_side() {
    for spacing in [[1.0; 3], [0.5, 3.0, 9.0]] {
        for axis in 0..3 {
            for side in 1..40 {
                let with = |side: usize| {
                    let mut shape = [5, 12, 7];
                    shape[axis] = side;
                    local_intensity::footprint(shape, spacing)
                };
                assert!(with(side) <= with(side + 1), "axis {axis}, side {side}");
            }
        }
    }
    // A spacing that makes the sphere huge, and a box that nobody has.
    let words = local_intensity::footprint([3; 3], [1e-12; 3]).words();
    // However many voxels a sphere has; rows are padded to sixteen places, in two sweeps.
    assert!(words < 1600, "{words}");
    assert_eq!(local_intensity::footprint([usize::MAX; 3], [1e-12; 3]).bytes(), None);
}

#[test]
fn memory_never_matters_and_cancelling_is_heard() {
    let (scene, region) = middle(100, 1.0);
    let numbers = |garbage| {
        let out = run_watched(&scene, region, garbage, &Watch::silent()).expect("values");
        out.map(|v| v.number().to_bits())
    };
    assert_eq!(numbers(0), numbers(0x7ff8_dead_beef_0001));
    for asked in [0, 2, 20, 50] {
        let count = std::sync::atomic::AtomicU32::new(0);
        let progress = |_: f32| {
            let before = count.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
            if before < asked { Control::Continue } else { Control::Cancel }
        };
        let result = run_watched(&scene, region, 0, &Watch::new(Some(&progress), 1));
        assert_eq!(result.err(), Some(Error::Cancelled), "after {asked} questions");
    }
}
