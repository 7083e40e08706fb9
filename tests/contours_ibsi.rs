//! The contours of the public structure sets give the voxels of their reference masks.

use radiomics::roi::contours::{self, Contours, Frame, Rasterised, Rules, Slices};
use radiomics::{Arena, Geometry, Region, Select, Watch};
use radiomics_io::nifti;
use support::data;
use support::rtstruct::{self, Structure};

/// The mask of the whole grid, by way of the box around the contours.
fn rasterise(
    structure: &Structure,
    shape: [usize; 3],
    geometry: &Geometry,
    rules: Rules,
) -> (Vec<u8>, Rasterised) {
    let watch = Watch::silent();
    let contours =
        Contours::from_lengths(&structure.points, structure.lengths.as_slice()).expect("contours");
    let frame = Frame::new(shape, geometry, Slices::Regular).expect("a frame");
    let within = contours::bounds(&contours, &frame, &rules, &watch).expect("bounds");
    let within = within.expect("a region");
    let mut cells = vec![7; within.voxels()];
    let mut words = vec![u64::MAX; contours::footprint(shape).words()];
    let scratch = Arena::new(&mut words);
    let summary = contours::fill(&contours, &frame, &rules, within, &mut cells, scratch, &watch);
    let summary = summary.expect("a mask");
    let region = Region::boxed(&cells, within, shape).expect("a region");
    let mut whole = vec![7; shape.iter().product()];
    for (row, at) in whole.chunks_exact_mut(shape[0]).zip(0..) {
        region.read_row(0, [at % shape[1], at / shape[1]], row);
    }
    (whole, summary)
}

/// The mask of a data set from its contours, and how many voxels differ from the mask beside them.
fn compare(folder: &str, name: &str) -> (Rasterised, usize) {
    let dicom = data::ibsi(folder).join("dicom");
    let mut files = std::fs::read_dir(dicom.join("mask")).expect("a folder");
    let file = files.next().expect("a structure set").expect("a file").path();
    let structures = rtstruct::structures(&file);
    let structure = structures.iter().find(|s| s.name == name).expect("the region");
    let (shape, geometry) = rtstruct::grid(&dicom.join("image"));
    let (mask, summary) = rasterise(structure, shape, &geometry, Rules::default());
    let reference =
        nifti::read(&data::ibsi(folder).join("mask.nii.gz"), nifti::DEFAULT_LIMIT).expect("a mask");
    assert_eq!(reference.shape, shape);
    let region = reference.region(Select::NonZero).expect("a region");
    let mut differing = 0;
    let mut wanted = vec![0; shape[0]];
    for (row, at) in mask.chunks_exact(shape[0]).zip(0..) {
        region.read_row(0, [at % shape[1], at / shape[1]], &mut wanted);
        differing += row.iter().zip(&wanted).filter(|(a, b)| a != b).count();
    }
    (summary, differing)
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "the IBSI data are not there")]
fn the_ct_phantom_has_the_reference_voxels() {
    let (summary, differing) = compare("ibsi1_ct_phantom", "GTV-1");
    assert_eq!((summary.voxels, differing), (125_256, 0));
}
