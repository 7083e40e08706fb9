//! Interpolation against a voxel by voxel evaluation, for any box of the target grid.

mod contract;
mod gaps;

use proptest::prelude::*;
use radiomics::prepare::grid::Regrid;
use radiomics::prepare::method::Method;
use radiomics::prepare::resample;
use radiomics::view::BoundingBox;
use radiomics::{Arena, Error, Watch};

use crate::naive::resample as naive;

const METHODS: [(Method, naive::Method); 3] = [
    (Method::Nearest, naive::Method::Nearest),
    (Method::Linear, naive::Method::Linear),
    (Method::Cubic, naive::Method::Cubic),
];

fn try_resample(
    data: &[f64],
    shape: [usize; 3],
    regrid: &Regrid,
    part: BoundingBox,
    method: Method,
    words: usize,
    out: &mut [f64],
) -> Result<(), Error> {
    let read = |x: usize, [y, z]: [usize; 2], row: &mut [f64]| {
        let start = x + shape[0] * (y + shape[1] * z);
        row.copy_from_slice(&data[start..start + row.len()]);
    };
    let mut workspace = vec![u64::MAX; words];
    let arena = Arena::new(&mut workspace);
    resample::image(&read, regrid, part, method, &Watch::silent(), arena, out)
}

fn resampled(
    data: &[f64],
    shape: [usize; 3],
    regrid: &Regrid,
    part: BoundingBox,
    method: Method,
) -> Vec<f64> {
    let words = resample::image_footprint(regrid, part, method).words();
    let mut out = vec![f64::NAN; part.voxels()];
    try_resample(data, shape, regrid, part, method, words, &mut out).expect("an image");
    out
}

/// Wanted spacings, of which some keep their axis.
fn some_kept(wanted: [f64; 3]) -> [f64; 3] {
    wanted.map(|w| if w < 0.3 { 0.0 } else { w })
}

/// A box of a grid from six numbers between 0 and 1.
fn part_of(full: [usize; 3], cut: [f64; 6]) -> BoundingBox {
    let mut part = BoundingBox::whole(full);
    for a in 0..3 {
        part.start[a] = ((cut[a] * full[a] as f64) as usize).min(full[a] - 1);
        let rest = full[a] - part.start[a];
        part.shape[a] = 1 + (cut[a + 3] * (rest - 1) as f64) as usize;
    }
    part
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
        let mut wanted = some_kept(wanted);
        if keep < 3 {
            wanted[keep] = 0.0;
        }
        let regrid = Regrid::new(shape, spacing, wanted).expect("a grid");
        let positions = [0, 1, 2].map(|a| naive::axis(shape[a], spacing[a], wanted[a]));
        prop_assert_eq!(regrid.shape(), [0, 1, 2].map(|a| positions[a].len()));
        let data: Vec<f64> =
            (0..shape.iter().product()).map(|i: usize| ((i * 7919) % 101) as f64 / 3.0).collect();
        let full = regrid.shape();
        let part = part_of(full, cut);
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

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// A mask interpolated on the box that its source box can reach is the mask interpolated everywhere.
    #[test]
    fn no_mask_beyond_its_box(
        shape in [1usize..8, 1usize..8, 1usize..40],
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
        wanted in [0.0f64..3.0, 0.0f64..3.0, 0.0f64..3.0],
        cut in [0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0, 0.0f64..1.0],
        pattern in 1usize..50,
        low in any::<bool>(),
    ) {
        let regrid = Regrid::new(shape, spacing, some_kept(wanted)).expect("a grid");
        let positions = [0, 1, 2].map(|a| naive::axis(shape[a], spacing[a], some_kept(wanted)[a]));
        let source = part_of(shape, cut);
        let end = source.end();
        let mask: Vec<u8> = support::boxes::places(shape)
            .enumerate()
            .map(|(i, p)| {
                let inside = (0..3).all(|a| (source.start[a]..end[a]).contains(&(p[a] as usize)));
                u8::from(inside && !(i * 31).is_multiple_of(pattern + 1))
            })
            .collect();
        let read = |x: usize, [y, z]: [usize; 2], row: &mut [u8]| {
            let start = x + shape[0] * (y + shape[1] * z);
            row.copy_from_slice(&mask[start..start + row.len()]);
        };
        // The lowest threshold that the settings take.
        let threshold = if low { 0.001 } else { 0.5 };
        let [nx, ny, _] = regrid.shape();
        let data: Vec<f64> = mask.iter().map(|m| f64::from(*m)).collect();
        for (method, definition) in METHODS {
            let target = regrid.target_box(source, method);
            let words = resample::mask_footprint(&regrid, target, method).words();
            let (mut workspace, mut out) = (vec![u64::MAX; words], vec![9; target.voxels()]);
            let (watch, arena) = (Watch::silent(), Arena::new(&mut workspace));
            resample::mask(&read, &regrid, target, method, threshold, &watch, arena, &mut out)
                .expect("a mask");
            let (values, full) = naive::volume(&data, shape, &positions, definition);
            let (start, end) = (target.start, target.end());
            for (i, value) in values.iter().enumerate() {
                // Rounding decides at the threshold itself.
                if (value - (threshold - resample::MASK_SLACK)).abs() < 1e-9 {
                    continue;
                }
                let p = [i % full[0], i / nx % full[1], i / nx / ny];
                let boxed = (0..3).all(|a| (start[a]..end[a]).contains(&p[a]));
                let [tx, ty, _] = target.shape;
                let got = boxed && {
                    let q = [0, 1, 2].map(|a| p[a] - start[a]);
                    out[q[0] + tx * (q[1] + ty * q[2])] == 1
                };
                prop_assert_eq!(got, *value >= threshold - resample::MASK_SLACK, "{:?} {:?}", method, p);
            }
        }
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
