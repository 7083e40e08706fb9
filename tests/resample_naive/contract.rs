//! Memory as announced, refusals, cancelling.

use proptest::prelude::*;
use radiomics::prepare::grid::Regrid;
use radiomics::prepare::method::Method;
use radiomics::prepare::resample;
use radiomics::view::BoundingBox;
use radiomics::{Arena, Control, Error, Watch};

use super::{METHODS, part_of, some_kept, try_resample};

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Boxes within boxes need no more, and what is announced suffices while one word less is refused.
    #[test]
    fn footprints(
        shape in [1usize..20, 1usize..20, 1usize..80],
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
        wanted in [0.0f64..3.0, 0.0f64..3.0, 0.0f64..3.0],
        outer in [0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0],
        inner in [0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0],
    ) {
        let regrid = Regrid::new(shape, spacing, some_kept(wanted)).expect("a grid");
        let outer = part_of(regrid.shape(), outer);
        let mut small = part_of(outer.shape, inner);
        for a in 0..3 {
            small.start[a] += outer.start[a];
        }
        let contains = |outer: BoundingBox, inner: BoundingBox| {
            let (o, i) = (outer.end(), inner.end());
            (0..3).all(|a| outer.start[a] <= inner.start[a] && i[a] <= o[a])
        };
        let source = part_of(shape, [0.2, 0.2, 0.2, 0.9, 0.9, 0.9]);
        let data: Vec<f64> = (0..shape.iter().product()).map(|i: usize| (i % 17) as f64).collect();
        for (method, _) in METHODS {
            prop_assert!(contains(regrid.source_box(outer, method), regrid.source_box(small, method)));
            let everything = regrid.target_box(BoundingBox::whole(shape), method);
            prop_assert!(contains(everything, regrid.target_box(source, method)));
            prop_assert_eq!(everything, BoundingBox::whole(regrid.shape()));
            let words = resample::image_footprint(&regrid, outer, method).words();
            prop_assert!(words >= resample::image_footprint(&regrid, small, method).words());
            let mut out = vec![0.0; outer.voxels()];
            let refused = try_resample(&data, shape, &regrid, outer, method, words - 1, &mut out);
            prop_assert_eq!(refused, Err(Error::WorkspaceTooSmall { needed: words, given: words - 1 }));
            prop_assert_eq!(try_resample(&data, shape, &regrid, outer, method, words, &mut out), Ok(()));
        }
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let regrid = Regrid::new([4, 4, 4], [1.0; 3], [0.5, 0.0, 0.0]).expect("a grid");
    let whole = BoundingBox::whole(regrid.shape());
    let beyond = BoundingBox { start: [usize::MAX, 0, 0], shape: [2, 1, 1] };
    for (part, len) in [(whole, whole.voxels() - 1), (whole, whole.voxels() + 1), (beyond, 2)] {
        for (method, _) in METHODS {
            let mut out = vec![0.0; len];
            let result = try_resample(&[0.0; 64], [4; 3], &regrid, part, method, 4096, &mut out);
            assert!(matches!(result, Err(Error::Invalid { .. })), "{part:?} {len}: {result:?}");
        }
    }
    assert!(regrid.source_box(beyond, Method::Cubic).end()[0] <= 4);
    for (shape, spacing) in [([0, 1, 1], 1.0), ([4, 1, 1], f64::NAN), ([4, 1, 1], 0.0)] {
        let result = Regrid::new(shape, [spacing, 1.0, 1.0], [0.5, 0.0, 0.0]);
        assert!(matches!(result, Err(Error::Invalid { .. })), "{shape:?} {spacing}: {result:?}");
    }
}

#[test]
fn the_host_can_stop_it() {
    let regrid = Regrid::new([4, 4, 4], [1.0; 3], [0.5, 0.5, 0.5]).expect("a grid");
    let whole = BoundingBox::whole(regrid.shape());
    let stop = |_| Control::Cancel;
    for (method, _) in METHODS {
        let mut workspace = vec![0; resample::image_footprint(&regrid, whole, method).words()];
        let (arena, watch) = (Arena::new(&mut workspace), Watch::new(Some(&stop), 1));
        let read = |_: usize, _: [usize; 2], row: &mut [f64]| row.fill(1.0);
        let mut out = vec![0.0; whole.voxels()];
        let result = resample::image(&read, &regrid, whole, method, &watch, arena, &mut out);
        assert_eq!(result, Err(Error::Cancelled), "{method:?}");
    }
}

#[test]
fn bad_spacings_are_refused() {
    for (wanted, text) in [(-1.0, "-1"), (f64::NAN, "NaN"), (1e-9, "0.000000001")] {
        let error = Regrid::new([9; 3], [1.0; 3], [wanted, 0.0, 0.0]).expect_err("a refusal");
        assert!(
            error.to_string().starts_with(&format!("resample.spacing_mm is {text}")),
            "{error}"
        );
    }
}
