//! Morphology against listed polygons and plain sums, on random masks.

use proptest::prelude::*;
use radiomics::family::morphology::{self, Features, Wanted};
use radiomics::volume::{Intensities, Mask};
use radiomics::{Arena, Error, Status, Value, Watch};
use support::boxes::{MaskBox, mask_boxes};
use support::compare::assert_same;

use crate::naive::morphology as naive;

pub const ALL: Wanted = Wanted { hull: true, ombb: true, mvee: true };

fn try_extract(
    b: &MaskBox,
    values: Result<&[f64], Status>,
    spacing: [f64; 3],
    wanted: Wanted,
    words: usize,
) -> Result<Features, Error> {
    b.with(|mask| {
        let intensities =
            values.map(|v| Intensities::new(v, b.shape, [0; 3], b.shape).expect("intensities"));
        let mut workspace = vec![u64::MAX; words];
        let mut out = [Value::PENDING; morphology::FEATURES];
        let arena = Arena::new(&mut workspace);
        let watch = Watch::silent();
        let intensities = intensities.as_ref().map_err(|reason| *reason);
        morphology::extract(mask, intensities, spacing, wanted, &watch, arena, &mut out)?;
        Ok(out)
    })
}

pub fn extract_only(b: &MaskBox, values: &[f64], spacing: [f64; 3], wanted: Wanted) -> Features {
    let words = morphology::footprint(b.shape, wanted).words();
    try_extract(b, Ok(values), spacing, wanted, words).expect("features")
}

pub fn extract(b: &MaskBox, values: &[f64], spacing: [f64; 3]) -> Features {
    extract_only(b, values, spacing, ALL)
}

fn compare(b: &MaskBox, values: &[f64], spacing: [f64; 3]) {
    let got = extract(b, values, spacing);
    let voxels = b.places(Mask::MORPHOLOGICAL).len();
    let Some(mesh) = naive::mesh(b, spacing) else {
        assert!(got.iter().all(|v| v.status() == Status::EmptyRegion));
        return;
    };
    let naive::Mesh { volume, area, sides, diameter } = mesh;
    let pi = std::f64::consts::PI;
    let round = (36.0 * pi * volume * volume).cbrt();
    let [a, b_, c] = sides;
    let of_mesh = [
        (0, volume),
        (1, voxels as f64 * spacing.iter().product::<f64>()),
        (2, area),
        (3, area / volume),
        (4, volume / (pi.sqrt() * area.powf(1.5))),
        (5, 36.0 * pi * volume.powi(2) / area.powi(3)),
        (6, area / round),
        (7, round / area),
        (8, (area.powi(3) / (36.0 * pi * volume.powi(2))).cbrt() - 1.0),
        (10, diameter),
        (16, volume / (a * b_ * c)),
        (17, area / (2.0 * (a * b_ + b_ * c + c * a))),
    ];
    for (k, want) in of_mesh {
        assert_same(&format!("feature {k}"), got[k], Some(want), 1e-10);
    }
    match naive::covariance(b, spacing) {
        None => {
            for k in [11, 12, 13, 14, 15, 20, 21] {
                assert_eq!(got[k].status(), Status::TooFewVoxels);
            }
        }
        Some(covariance) => compare_axes(&got, covariance, naive::is_flat(b), [volume, area]),
    }
    let inside = b.places(Mask::INTENSITY);
    if inside.is_empty() {
        assert_eq!(got[9].status(), Status::EmptyIntensityMask);
        assert_eq!(got[26].status(), Status::EmptyIntensityMask);
    } else {
        assert_same("centre of mass shift", got[9], naive::centre_shift(b, values, spacing), 1e-9);
        let at = |p: &[i64; 3]| {
            values[p[0] as usize + b.shape[0] * (p[1] as usize + b.shape[1] * p[2] as usize)]
        };
        let mean = inside.iter().map(at).sum::<f64>() / inside.len() as f64;
        assert_same("integrated intensity", got[26], Some(volume * mean), 1e-10);
    }
}

/// Axes, elongation, flatness, and the approximate ellipsoid.
fn compare_axes(got: &Features, covariance: [[f64; 3]; 3], flat: bool, [volume, area]: [f64; 2]) {
    let axes = [11, 12, 13].map(|k| got[k].number());
    let wanted = naive::axes(covariance);
    for (got, want) in axes.iter().zip(wanted) {
        // A double root of the polynomial carries the root of its rounding.
        assert!((got.powi(2) - want.powi(2)).abs() <= 1e-7 * wanted[0].powi(2));
    }
    // What the matrix says of its eigenvalues without solving for them.
    let [x, y, z] = axes.map(|a| a * a / 16.0);
    let found = [x + y + z, x * y + y * z + z * x, x * y * z];
    for (k, (got, want)) in found.iter().zip(naive::invariants(covariance)).enumerate() {
        assert!((got - want).abs() <= 1e-12 * x.powi(k as i32 + 1), "{got} {want}");
    }
    assert!(axes[0] >= axes[1] && axes[1] >= axes[2]);
    assert_same("elongation", got[14], Some(axes[1] / axes[0]), 1e-14);
    assert_same("flatness", got[15], Some(axes[2] / axes[0]), 1e-14);
    if flat {
        assert_eq!(axes[2], 0.0);
        assert_eq!(got[20].status(), Status::FlatRegion);
        assert_eq!(got[21].status(), Status::FlatRegion);
    } else {
        let semi = axes.map(|a| a / 2.0);
        let ellipsoid = 4.0 / 3.0 * std::f64::consts::PI * semi.iter().product::<f64>();
        assert_same("volume density", got[20], Some(volume / ellipsoid), 1e-10);
        assert_same("area density", got[21], Some(area / naive::series_area(semi)), 1e-10);
    }
}

/// Distinct but reproducible intensities of both signs.
fn intensities(b: &MaskBox, offset: i32) -> Vec<f64> {
    let cells = b.shape.iter().product::<usize>() as i32;
    (0..cells).map(|i| f64::from((i * 37) % 11 + offset)).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn random_masks(
        b in mask_boxes(5),
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
        offset in -11i32..5,
    ) {
        compare(&b, &intensities(&b, offset), spacing);
    }

    /// Rows longer than the eight cubes that are looked at together, at every place of them.
    #[test]
    fn long_rows(b in mask_boxes(2), at in 0usize..40, spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0]) {
        let mut long = MaskBox { shape: [45, b.shape[1], b.shape[2]], flags: Vec::new() };
        for [x, y, z] in support::boxes::places(long.shape) {
            // The random part, and a full bar beside it.
            let flags = if x > at as i64 + 3 { 3 } else { b.at([x - at as i64, y, z]) };
            long.flags.push(flags);
        }
        compare(&long, &intensities(&long, 1), spacing);
    }
}

/// Each of the 256 ways in which eight voxels can lie inside or outside.
#[test]
fn every_configuration() {
    for inside in 0..256 {
        let flags = (0..8).map(|c| 3 * (inside >> c & 1) as u8).collect();
        let b = MaskBox { shape: [2; 3], flags };
        for spacing in [[1.0; 3], [0.7, 1.9, 3.1]] {
            compare(&b, &intensities(&b, 1), spacing);
        }
    }
}

/// Voxels on an oblique plane have no third axis, however the rounding falls.
#[test]
fn oblique_planes_are_flat() {
    for normal in [[1, 1, 1], [1, -2, 0], [2, 3, -1]] {
        let shape = [9, 8, 7];
        let flags = support::boxes::places(shape)
            .map(|p| 3 * u8::from((0..3).map(|i| p[i] * normal[i]).sum::<i64>() == 6))
            .collect();
        let b = MaskBox { shape, flags };
        assert!(b.places(Mask::MORPHOLOGICAL).len() > 3 && naive::is_flat(&b));
        compare(&b, &intensities(&b, 1), [0.977, 1.3, 2.9]);
    }
}

fn small() -> MaskBox {
    let flags = support::boxes::places([4, 3, 3]).map(|[x, y, z]| 3 * u8::from(x + y * z != 2));
    MaskBox { shape: [4, 3, 3], flags: flags.collect() }
}

#[test]
fn missing_intensities_leave_the_shape() {
    let b = small();
    let values = intensities(&b, 1);
    let words = morphology::footprint(b.shape, ALL).words();
    let with = extract(&b, &values, [1.0; 3]);
    let without = try_extract(&b, Err(Status::NonFiniteIntensity), [1.0; 3], ALL, words);
    for (k, (with, without)) in with.iter().zip(without.expect("features")).enumerate() {
        if k == 9 || k == 26 {
            assert_eq!(without.status(), Status::NonFiniteIntensity);
        } else {
            assert_eq!(with.number().to_bits(), without.number().to_bits(), "feature {k}");
        }
    }
    // Intensities that sum to 0 have no centre, yet a mean.
    let mut balanced = vec![0.0; values.len()];
    (balanced[0], balanced[1]) = (1.0, -1.0);
    let got = extract(&b, &balanced, [1.0; 3]);
    assert_eq!(got[9].status(), Status::ZeroDenominator);
    assert_same("integrated intensity", got[26], Some(0.0), 0.0);
}

#[test]
fn what_is_not_wanted_is_not_computed() {
    let b = small();
    let values = intensities(&b, 1);
    let all = extract(&b, &values, [1.0; 3]);
    let parts: [(&[usize], Wanted); 3] = [
        (&[10, 24, 25], Wanted { hull: false, ..ALL }),
        (&[18, 19], Wanted { ombb: false, ..ALL }),
        (&[22, 23], Wanted { mvee: false, ..ALL }),
    ];
    for (left_out, wanted) in parts {
        let got = extract_only(&b, &values, [1.0; 3], wanted);
        for (k, (all, got)) in all.iter().zip(got).enumerate() {
            if left_out.contains(&k) {
                assert_eq!(got.status(), Status::NotComputed, "feature {k}");
            } else {
                assert_eq!(all.number().to_bits(), got.number().to_bits(), "feature {k}");
            }
        }
    }
}

#[test]
fn refusals() {
    let b = small();
    let values = intensities(&b, 1);
    // A box of intensities that is not the mask's.
    b.with(|mask| {
        let other = Intensities::new(&values, [3, 3, 4], [0; 3], [3, 3, 4]).expect("intensities");
        let mut out = [Value::PENDING; morphology::FEATURES];
        let (watch, arena) = (Watch::silent(), Arena::new(&mut []));
        let wanted = Wanted::default();
        let got = morphology::extract(mask, Ok(&other), [1.0; 3], wanted, &watch, arena, &mut out);
        assert!(matches!(got, Err(Error::Invalid { field: "intensities.region_shape", .. })));
    });
    // No scratch for the hull; none is needed without it.
    let short = try_extract(&b, Ok(&values), [1.0; 3], ALL, 0);
    assert!(matches!(short, Err(Error::WorkspaceTooSmall { .. })));
    assert_eq!(morphology::footprint(b.shape, Wanted::default()).words(), 0);
    // The host stops it, from the first check on.
    b.with(|mask| {
        let stop = |_: f32| radiomics::Control::Cancel;
        let watch = Watch::new(Some(&stop), 1);
        let mut out = [Value::PENDING; morphology::FEATURES];
        let (wanted, arena) = (Wanted::default(), Arena::new(&mut []));
        let reason = Err(Status::NonFiniteIntensity);
        let got = morphology::extract(mask, reason, [1.0; 3], wanted, &watch, arena, &mut out);
        assert_eq!(got, Err(Error::Cancelled));
    });
}
