//! Interpolation against a voxel by voxel evaluation, for any box of the target grid.

use proptest::prelude::*;
use radiomics::prepare::grid::Regrid;
use radiomics::prepare::method::Method;
use radiomics::prepare::resample;
use radiomics::view::BoundingBox;
use radiomics::{Arena, Watch};

use crate::naive::resample as naive;

const METHODS: [(Method, naive::Method); 3] = [
    (Method::Nearest, naive::Method::Nearest),
    (Method::Linear, naive::Method::Linear),
    (Method::Cubic, naive::Method::Cubic),
];

fn resampled(
    data: &[f64],
    shape: [usize; 3],
    regrid: &Regrid,
    part: BoundingBox,
    method: Method,
) -> Vec<f64> {
    let read = |x: usize, [y, z]: [usize; 2], row: &mut [f64]| {
        let start = x + shape[0] * (y + shape[1] * z);
        row.copy_from_slice(&data[start..start + row.len()]);
    };
    let words = resample::image_footprint(regrid, part, method).words();
    let mut workspace = vec![u64::MAX; words];
    let mut out = vec![f64::NAN; part.voxels()];
    let arena = Arena::new(&mut workspace);
    resample::image(&read, regrid, part, method, &Watch::silent(), arena, &mut out)
        .expect("an image");
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_box_of_any_grid(
        shape in [1usize..9, 1usize..9, 1usize..50],
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
        wanted in [0.0f64..3.0, 0.0f64..3.0, 0.4f64..3.0],
        keep in 0usize..4,
        cut in [0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0],
    ) {
        let mut wanted = wanted.map(|w| if w < 0.3 { 0.0 } else { w });
        if keep < 3 {
            wanted[keep] = 0.0;
        }
        let regrid = Regrid::new(shape, spacing, wanted).expect("a grid");
        let positions = [0, 1, 2].map(|a| naive::axis(shape[a], spacing[a], wanted[a]));
        prop_assert_eq!(regrid.shape(), [0, 1, 2].map(|a| positions[a].len()));
        let data: Vec<f64> =
            (0..shape.iter().product()).map(|i: usize| ((i * 7919) % 101) as f64 / 3.0).collect();
        let full = regrid.shape();
        let mut part = BoundingBox::whole(full);
        for a in 0..3 {
            part.start[a] = (cut[a] * full[a] as f64) as usize;
            let rest = full[a] - part.start[a];
            part.shape[a] = 1 + (cut[a + 3] * (rest - 1) as f64) as usize;
        }
        for (method, definition) in METHODS {
            let got = resampled(&data, shape, &regrid, part, method);
            let (want, _) = naive::volume(&data, shape, &positions, definition);
            let [nx, ny, _] = part.shape;
            for (i, got) in got.iter().enumerate() {
                let p = [i % nx, i / nx % ny, i / nx / ny];
                let p = [0, 1, 2].map(|a| p[a] + part.start[a]);
                let want = want[p[0] + full[0] * (p[1] + full[1] * p[2])];
                prop_assert!((got - want).abs() <= 1e-10, "{method:?} {p:?}: {got} {want}");
            }
        }
    }
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

#[test]
fn straight_lines_stay_straight() {
    let data: Vec<f64> = (0..60).map(|i| 3.0 + 0.25 * f64::from(i)).collect();
    let regrid = Regrid::new([60, 1, 1], [1.0; 3], [0.7, 0.0, 0.0]).expect("a grid");
    let whole = BoundingBox::whole(regrid.shape());
    let out = resampled(&data, [60, 1, 1], &regrid, whole, Method::Linear);
    for (m, value) in out.iter().enumerate() {
        let want = 3.0 + 0.25 * regrid.axes[0].position(m);
        assert!((value - want).abs() < 1e-12, "{m}: {value} {want}");
    }
}

#[test]
fn halves_belong_to_the_mask() {
    // 3 mm to 2 mm: every other target voxel lies halfway between two source voxels.
    let regrid = Regrid::new([1, 1, 6], [1.0, 1.0, 3.0], [0.0, 0.0, 2.0]).expect("a grid");
    let mask = [0u8, 1, 1, 1, 1, 0];
    let read = |_: usize, [_, z]: [usize; 2], row: &mut [u8]| row.fill(mask[z]);
    let whole = BoundingBox::whole(regrid.shape());
    let mut out = vec![9; whole.voxels()];
    let mut workspace = vec![0; resample::mask_footprint(&regrid, whole, Method::Linear).words()];
    let arena = Arena::new(&mut workspace);
    let watch = Watch::silent();
    resample::mask(&read, &regrid, whole, Method::Linear, 0.5, &watch, arena, &mut out)
        .expect("a mask");
    let positions: Vec<f64> = (0..out.len()).map(|m| regrid.axes[2].position(m)).collect();
    for (position, inside) in positions.iter().zip(&out) {
        assert_eq!(*inside == 1, (0.5..=4.5).contains(position), "{position}");
    }
    assert!(positions.contains(&0.5), "no half among {positions:?}");
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
