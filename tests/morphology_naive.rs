//! Morphology against listed triangles and plain sums, on random masks.

use proptest::prelude::*;
use radiomics::family::morphology::{self, Wanted};
use radiomics::volume::{Intensities, Mask};
use radiomics::{Arena, Status, Value, Watch};
use support::boxes::{MaskBox, mask_boxes};
use support::compare::assert_same;

use crate::naive::morphology as naive;

pub fn extract(b: &MaskBox, values: &[f64], spacing: [f64; 3]) -> morphology::Features {
    let wanted = Wanted { hull: true, ombb: true, mvee: true };
    b.with(|mask| {
        let intensities = Intensities::new(values, b.shape, [0; 3], b.shape).expect("intensities");
        let mut workspace = vec![u64::MAX; morphology::footprint(b.shape, wanted).words()];
        let mut out = [Value::PENDING; morphology::FEATURES];
        let arena = Arena::new(&mut workspace);
        let watch = Watch::silent();
        morphology::extract(mask, Ok(&intensities), spacing, wanted, &watch, arena, &mut out)
            .expect("features");
        out
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn random_masks(
        b in mask_boxes(4),
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
        offset in -5i32..5,
    ) {
        let cells = b.shape.iter().product::<usize>();
        let values: Vec<f64> = (0..cells).map(|i| f64::from(((i * 37) % 11) as i32 + offset)).collect();
        let got = extract(&b, &values, spacing);
        let voxels = b.places(Mask::MORPHOLOGICAL).len();
        if voxels == 0 {
            prop_assert!(got.iter().all(|v| v.status() == Status::EmptyRegion));
            return Ok(());
        }
        let (volume, area) = naive::mesh(&b, spacing);
        // Other triangles of equal volume have another area when voxels are not cubes.
        prop_assert!((got[0].number() - volume).abs() <= 1e-10 * volume, "{:?} {volume}", got[0]);
        prop_assert!((got[2].number() - area).abs() <= 0.01 * area, "{:?} {area}", got[2]);
        let (volume, area) = (got[0].number(), got[2].number());
        let pi = std::f64::consts::PI;
        let round = (36.0 * pi * volume * volume).cbrt();
        let values_of = [
            (1, Some(voxels as f64 * spacing.iter().product::<f64>())),
            (3, Some(area / volume)),
            (4, Some(volume / (pi.sqrt() * area.powf(1.5)))),
            (5, Some(36.0 * pi * volume.powi(2) / area.powi(3))),
            (6, Some(area / round)),
            (7, Some(round / area)),
            (8, Some((area.powi(3) / (36.0 * pi * volume.powi(2))).cbrt() - 1.0)),
        ];
        for (k, want) in values_of {
            assert_same(&format!("feature {k}"), got[k], want, 1e-10);
        }
        let axes = naive::axes(&b, spacing);
        for k in 0..3 {
            match axes {
                None => prop_assert_eq!(got[11 + k].status(), Status::TooFewVoxels),
                // A double root of the polynomial carries the root of its rounding.
                Some(axes) => {
                    let apart = got[11 + k].number().powi(2) - axes[k].powi(2);
                    prop_assert!(apart.abs() <= 1e-7 * axes[0].powi(2));
                }
            }
        }
        let inside = b.places(Mask::INTENSITY);
        if inside.is_empty() {
            prop_assert_eq!(got[9].status(), Status::EmptyIntensityMask);
            prop_assert_eq!(got[26].status(), Status::EmptyIntensityMask);
        } else {
            assert_same("centre of mass shift", got[9], naive::centre_shift(&b, &values, spacing), 1e-9);
            let at = |p: &[i64; 3]| {
                values[p[0] as usize + b.shape[0] * (p[1] as usize + b.shape[1] * p[2] as usize)]
            };
            let mean = inside.iter().map(at).sum::<f64>() / inside.len() as f64;
            assert_same("integrated intensity", got[26], Some(volume * mean), 1e-10);
        }
    }

    /// With cubic voxels the area has one value, too.
    #[test]
    fn cubic_voxels(b in mask_boxes(4), side in 0.5f64..3.0) {
        let values = vec![1.0; b.shape.iter().product()];
        let got = extract(&b, &values, [side; 3]);
        if got[0].status().has_value() {
            let (volume, area) = naive::mesh(&b, [side; 3]);
            prop_assert!((got[0].number() - volume).abs() <= 1e-10 * volume);
            prop_assert!((got[2].number() - area).abs() <= 1e-10 * area, "{:?} {area}", got[2]);
        }
    }
}
