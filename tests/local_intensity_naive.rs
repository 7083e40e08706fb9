//! Peaks against a visit of the whole image.

use proptest::prelude::*;
use radiomics::family::local_intensity as local;
use radiomics::volume::Intensities;
use radiomics::{Arena, Value, Watch};
use support::boxes::{MaskBox, mask_boxes};
use support::compare::assert_same;

use crate::naive::local_intensity as naive;

fn compare(b: &MaskBox, image: &[f64], shape: [usize; 3], start: [usize; 3], spacing: [f64; 3]) {
    let got = b.with(|mask| {
        let values = Intensities::new(image, shape, start, b.shape).expect("intensities");
        let mut workspace = vec![u64::MAX; local::footprint(shape, spacing).words()];
        let mut out = [Value::PENDING; 2];
        let arena = Arena::new(&mut workspace);
        local::extract(mask, &values, spacing, &Watch::silent(), arena, &mut out)
            .expect("features");
        out
    });
    let want = naive::features(b, image, shape, start, spacing);
    for (got, want) in got.into_iter().zip(want) {
        assert_same("peak", got, want, 1e-10);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn random_images(
        b in mask_boxes(5),
        start in [0usize..4, 0usize..4, 0usize..4],
        after in [0usize..4, 0usize..4, 0usize..4],
        spacing in [0.8f64..8.0, 0.8f64..8.0, 0.8f64..8.0],
        divisor in prop::sample::select(vec![1.0, 3.0]),
        holes in any::<bool>(),
    ) {
        let shape = [0, 1, 2].map(|a| b.shape[a] + start[a] + after[a]);
        let cells = shape.iter().product::<usize>();
        let mut image: Vec<f64> = (0..cells).map(|i| ((i * 7919) % 23) as f64 / divisor).collect();
        if holes {
            // What is missing outside the region does not count.
            let inside = |i: usize| {
                let p = [i % shape[0], i / shape[0] % shape[1], i / shape[0] / shape[1]];
                (0..3).all(|a| p[a] >= start[a] && p[a] < start[a] + b.shape[a])
            };
            for i in (0..cells).filter(|i| i % 3 == 0 && !inside(*i)) {
                image[i] = if i % 2 == 0 { f64::NAN } else { f64::INFINITY };
            }
        }
        compare(&b, &image, shape, start, spacing);
    }
}

#[test]
fn a_huge_neighbour_leaves_other_means_alone() {
    // The outlier lies in the same row, beyond the sphere of the region's voxel.
    let b = MaskBox { shape: [1, 1, 1], flags: vec![3] };
    let mut image: Vec<f64> = (0..41).map(|i| 0.1 * f64::from(i % 5)).collect();
    image[0] = 1e30;
    compare(&b, &image, [41, 1, 1], [30, 0, 0], [1.0; 3]);
}
