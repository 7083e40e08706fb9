//! Masks onto other grids, against every voxel tried by itself.

use proptest::prelude::*;
use radiomics::Geometry;
use radiomics_io::volume::Data;
use radiomics_io::{Limits, MaskOptions, OtherGrid, Picture, Rois, Volume, grids};
use support::nifti;

use super::{drawn, image, inside, mask, opened, rectangle, structure_set};

/// Values of a small mask on a grid along the axes, at places counted in its voxels.
struct Naive {
    shape: [usize; 3],
    cells: Vec<u8>,
}

impl Naive {
    fn at(&self, at: [i64; 3]) -> f64 {
        let inside = (0..3).all(|a| (0..self.shape[a] as i64).contains(&at[a]));
        let [x, y, z] = at.map(|i| i as usize);
        let index = || x + self.shape[0] * (y + self.shape[1] * z);
        if inside { f64::from(self.cells[index()]) } else { 0.0 }
    }

    fn linear(&self, p: [f64; 3]) -> f64 {
        let mut sum = 0.0;
        for z in -1..=self.shape[2] as i64 {
            for y in -1..=self.shape[1] as i64 {
                for x in -1..=self.shape[0] as i64 {
                    let tent = |a: usize, i: i64| (1.0 - (p[a] - i as f64).abs()).max(0.0);
                    sum += self.at([x, y, z]) * tent(0, x) * tent(1, y) * tent(2, z);
                }
            }
        }
        sum
    }
}

fn picture(shape: [usize; 3], spacing: [f64; 3], origin: [f64; 3]) -> Picture {
    let data = Data::U8(vec![0; shape.iter().product()]);
    let geometry = Geometry { origin, ..Geometry::axis_aligned(spacing) };
    let volume = Volume { data, shape, geometry, slope: 1.0, intercept: 0.0 };
    Picture::of(std::path::Path::new("made by the test"), volume)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn every_voxel_by_itself(
        cells in proptest::collection::vec(0u8..2, 24),
        step in proptest::array::uniform3(0.4f64..2.5),
        shift in proptest::array::uniform3(-2.0f64..2.0),
    ) {
        // Differences far from rounding only: an exact half goes either way by one bit.
        let mask_shape = [2usize, 3, 4];
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mask.nii");
        let voxels: Vec<i16> = cells.iter().map(|c| i16::from(*c)).collect();
        nifti::File::of_i16(mask_shape, [1.0, 1.0, 2.0], &voxels).write(&path);
        prop_assume!(cells.contains(&1));
        let rois = Rois::open(&path, &Limits::default()).expect("a mask");
        let grid = [5, 6, 7];
        let image = picture(grid, step, shift);
        let naive = Naive { shape: mask_shape, cells };
        for method in [OtherGrid::Nearest, OtherGrid::Linear] {
            let options = MaskOptions { other_grid: method, ..MaskOptions::default() };
            let found = rois.mask(0, &image, &options, &Limits::default());
            let found = found.map_or_else(|_| Vec::new(), |m| inside(&m));
            for z in 0..grid[2] {
                for y in 0..grid[1] {
                    for x in 0..grid[0] {
                        let index = [x, y, z];
                        let p: [f64; 3] = std::array::from_fn(|a| {
                            (shift[a] + step[a] * index[a] as f64) / [1.0, 1.0, 2.0][a]
                        });
                        let (value, clear) = if method == OtherGrid::Nearest {
                            let clear = p.iter().all(|x| (x - x.floor() - 0.5).abs() > 1e-9);
                            (naive.at(p.map(|x| x.round() as i64)), clear)
                        } else {
                            let value = naive.linear(p);
                            (f64::from(u8::from(value >= 0.5)), (value - 0.5).abs() > 1e-5)
                        };
                        if clear {
                            prop_assert_eq!(found.contains(&index), value == 1.0, "{:?} {:?}", method, index);
                        }
                    }
                }
            }
        }
    }
}

#[test]
fn halves_are_inside() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mask.nii");
    nifti::File::of_i16([2, 1, 1], [1.0, 1.0, 1.0], &[1, 0]).write(&path);
    let rois = Rois::open(&path, &Limits::default()).expect("a mask");
    let image = picture([4, 1, 1], [0.5, 1.0, 1.0], [-0.5, 0.0, 0.0]);
    let options = MaskOptions { other_grid: OtherGrid::Linear, ..MaskOptions::default() };
    let found = rois.mask(0, &image, &options, &Limits::default()).expect("a mask");
    assert_eq!(inside(&found), [[0, 0, 0], [1, 0, 0], [2, 0, 0]]);
}

#[test]
fn a_difference_is_an_error_unless_it_is_allowed() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("mask.nii.gz");
    nifti::File::of_i16([3, 2, 4], [0.5, 0.75, 2.0], &[1; 24]).write(&path);
    let picture = image(folder.path());
    let rois = Rois::open(&path, &Limits::default()).expect("a mask");
    let text = mask(&rois, &picture, &MaskOptions::default()).expect_err("a refusal");
    // The mask has no place: its axes are the patient's, the image's x and y are turned.
    assert!(
        text.contains(
            "different grids: origin is [10.0, 20.0, 0.0] in the image and [0.0, 0.0, 0.0]"
        ),
        "{text}"
    );
    assert!(text.contains("mm apart at the farthest corner"), "{text}");
    assert!(text.contains("Resample the mask onto the image's grid"), "{text}");
    // In the same place, with the last digit rounded otherwise: noted, not refused.
    let rows = [[-0.5, 0.0, 0.0, 10.000_001], [0.0, -0.75, 0.0, 20.0], [0.0, 0.0, 2.0, 0.0]];
    let file = nifti::File::of_i16([3, 2, 4], [0.5, 0.75, 2.0], &[1; 24]);
    nifti::File { sform: (1, rows), ..file }.write(&path);
    let rois = Rois::open(&path, &Limits::default()).expect("a mask");
    let found = mask(&rois, &picture, &MaskOptions::default()).expect("a mask");
    assert_eq!(found.voxels, 24);
    assert!(found.notes[0].contains("as rounding makes it"), "{:?}", found.notes);
}

#[test]
fn labels_are_regions() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("labels.nii");
    nifti::File::of_i16([3, 1, 1], [1.0; 3], &[7, 0, 2]).write(&path);
    let rois = Rois::open(&path, &Limits::default()).expect("a mask");
    let names: Vec<String> = rois.list().into_iter().map(|r| r.name).collect();
    assert_eq!(names, ["nonzero", "2", "7"]);
    let select = |text: &str| {
        rois.select(&[radiomics_io::Pattern::parse(text).expect("a pattern")]).expect("regions")
    };
    assert_eq!((select("all"), select("7"), select("nonzero")), (vec![1, 2], vec![2], vec![0]));
    assert_eq!(rois.select(&[]).expect("a region"), [0]);
    let image = picture([3, 1, 1], [1.0; 3], [0.0; 3]);
    let of = |i| {
        inside(&rois.mask(i, &image, &MaskOptions::default(), &Limits::default()).expect("a mask"))
    };
    assert_eq!(
        (of(0), of(1), of(2)),
        (vec![[0, 0, 0], [2, 0, 0]], vec![[2, 0, 0]], vec![[0, 0, 0]])
    );
    assert!(grids::compare(&image.volume, &image.volume).is_ok());
}

/// Contours of a scan with slices of 5 mm on one of 2 mm: every slice takes the nearest plane.
#[test]
fn contours_of_other_slices() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = image(folder.path());
    let contours = [0.5, 5.5].map(|z| rectangle([-0.5, 0.5 + z], [-0.5, 1.5], z));
    let rois = opened(folder.path(), &structure_set(&[drawn("GTV", contours.to_vec())]));
    let options = MaskOptions { other_grid: OtherGrid::Nearest, ..MaskOptions::default() };
    let found = mask(&rois, &picture, &options).expect("a mask");
    // Slices at 0 and 2 mm take the first plane, at 4 and 6 mm the second.
    let count = |z| inside(&found).iter().filter(|v| v[2] == z).count();
    assert_eq!([count(0), count(1), count(2), count(3)], [2, 2, 6, 6]);
    assert!(found.notes[0].contains("as far as 2.500 mm away"), "{:?}", found.notes);
    // On its own slices the same option changes nothing.
    let contours = [2.0, 4.0].map(|z| rectangle([-0.5, 2.5], [-0.5, 1.5], z));
    let rois = opened(folder.path(), &structure_set(&[drawn("GTV", contours.to_vec())]));
    let found = mask(&rois, &picture, &options).expect("a mask");
    assert_eq!((found.voxels, found.notes.len()), (12, 0));
}
