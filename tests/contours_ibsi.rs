//! The contours of public structure sets give the voxels of their reference masks.

use radiomics::roi::contours::{Contours, Frame, Inside, Rasterised, Rules, Slices};
use radiomics::{Geometry, Select};
use radiomics_io::nifti;
use support::contours::{by_box, read};
use support::data;
use support::rtstruct::{self, Structure};

fn rasterise(
    structure: &Structure,
    shape: [usize; 3],
    geometry: &Geometry,
    inside: Inside,
) -> (Vec<u8>, Rasterised) {
    let contours =
        Contours::from_lengths(&structure.points, structure.lengths.as_slice()).expect("contours");
    let frame = Frame::new(shape, geometry, Slices::Regular).expect("a frame");
    let rules = Rules { inside, ..Rules::default() };
    by_box(&contours, &frame, &rules).expect("a mask")
}

/// What became of the first structure of a data set, and how many voxels differ from the mask beside it.
fn compare(folder: &str) -> (Rasterised, usize) {
    let dicom = data::ibsi(folder).join("dicom");
    let mut files = std::fs::read_dir(dicom.join("mask")).expect("a folder");
    let file = files.next().expect("a structure set").expect("a file").path();
    let structures = rtstruct::structures(&file);
    let (shape, geometry) = rtstruct::grid(&dicom.join("image"));
    let (mask, summary) = rasterise(&structures[0], shape, &geometry, Inside::EvenOdd);
    let path = data::ibsi(folder).join("mask.nii.gz");
    let reference = nifti::read(&path, nifti::DEFAULT_LIMIT).expect("a mask");
    assert_eq!(reference.shape, shape);
    let wanted = read(&reference.region(Select::NonZero).expect("a region"));
    (summary, mask.iter().zip(&wanted).filter(|(a, b)| a != b).count())
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "the IBSI data are not there")]
fn the_ct_phantom_has_the_reference_voxels() {
    let (summary, differing) = compare("ibsi1_ct_phantom");
    assert_eq!((summary.voxels, differing), (125_256, 0));
    assert_eq!((summary.contours_used, summary.slices_used, summary.slices_missing), (26, 26, 0));
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "the IBSI data are not there")]
fn the_validation_cases_have_the_reference_voxels() {
    for case in
        ["STS_008_CT", "STS_008_MR_T1", "STS_035_PET", "STS_042_CT", "STS_042_MR_T1", "STS_042_PET"]
    {
        let (summary, differing) = compare(&format!("sts_cases/{case}"));
        assert_eq!(differing, 0, "{case}: {summary:?}");
        assert_eq!(
            (summary.contours_outside, summary.slices_shared),
            (0, 0),
            "{case}: {summary:?}"
        );
    }
}

/// Voxel counts on which scikit-image (even-odd) and plastimatch agree.
#[test]
#[cfg_attr(no_lung1_data, ignore = "the structure set of LUNG1-001 is not there")]
fn a_planning_structure_set_has_the_voxels_of_other_tools() {
    let structures =
        rtstruct::structures(&data::root().join("cohorts/lung1-001-rtstruct/rtstruct.dcm"));
    let mut geometry = Geometry::axis_aligned([0.976_562_5, 0.976_562_5, 3.0]);
    geometry.origin = [-249.511_718_75, -460.511_718_75, -681.5];
    for (name, voxels) in [("GTV-1", 54_639), ("Spinal-Cord", 15_618)] {
        let structure = structures.iter().find(|s| s.name == name).expect("the region");
        for inside in [Inside::EvenOdd, Inside::Union, Inside::Winding] {
            let (_, summary) = rasterise(structure, [512, 512, 134], &geometry, inside);
            assert_eq!(summary.voxels, voxels, "{name}: {summary:?}");
        }
    }
}
