//! The CT phantom, the six sarcoma cases and a planning structure set: DICOM against NIfTI and published counts.

use std::path::{Path, PathBuf};

use radiomics::plan::Workspace;
use radiomics::{Geometry, Host, Plan, Settings};
use radiomics_io::volume::Data;
use radiomics_io::{ImageOptions, Limits, Mask, MaskOptions, Picture, Rois, Volume, open};

/// The cases of the soft-tissue sarcoma collection.
const STS: [&str; 6] =
    ["STS_008_CT", "STS_008_MR_T1", "STS_035_PET", "STS_042_CT", "STS_042_MR_T1", "STS_042_PET"];
const PHANTOM: &str = "CT phantom";

/// The folder of a case.
pub fn folder(case: &str) -> PathBuf {
    match case {
        PHANTOM => support::data::ibsi("ibsi1_ct_phantom"),
        _ => support::data::ibsi(&format!("sts_cases/{case}")),
    }
}

/// An image and its only region.
pub fn read(image: &Path, regions: &Path) -> (Picture, Mask) {
    let limits = Limits::default();
    let picture = open::image(image, &ImageOptions::default(), &limits).expect("an image");
    let rois = Rois::open(regions, &limits).expect("regions");
    let chosen = rois.select(&[]).expect("a region");
    let mask = rois.mask(chosen[0], &picture, &MaskOptions::default(), &limits).expect("a mask");
    (picture, mask)
}

/// A case from its DICOM files.
pub fn dicom(case: &str) -> (Picture, Mask) {
    read(&folder(case).join("dicom/image"), &folder(case).join("dicom/mask"))
}

fn nifti(case: &str) -> (Picture, Mask) {
    read(&folder(case).join("image.nii.gz"), &folder(case).join("mask.nii.gz"))
}

/// Largest difference of intensities, and the number of voxels that only one mask holds.
fn differences((a, m): &(Picture, Mask), (b, n): &(Picture, Mask)) -> (f64, usize) {
    let (a, b) = (a.volume.image().expect("an image"), b.volume.image().expect("an image"));
    let (m, n) = (m.region().expect("a region"), n.region().expect("a region"));
    assert_eq!(a.shape(), b.shape());
    let [nx, ny, nz] = a.shape();
    let (mut p, mut q) = (vec![0.0; nx], vec![0.0; nx]);
    let (mut u, mut v) = (vec![0; nx], vec![0; nx]);
    let (mut most, mut voxels) = (0.0f64, 0);
    for z in 0..nz {
        for y in 0..ny {
            a.read_row(0, [y, z], &mut p);
            b.read_row(0, [y, z], &mut q);
            most = p.iter().zip(&q).map(|(x, y)| (x - y).abs()).fold(most, f64::max);
            m.read_row(0, [y, z], &mut u);
            n.read_row(0, [y, z], &mut v);
            voxels += u.iter().zip(&v).filter(|(x, y)| x != y).count();
        }
    }
    (most, voxels)
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn voxels_masks_and_geometry_equal_the_nifti_files() {
    let voxels = [125_256, 8862, 8862, 365, 11_175, 11_175, 356];
    for (case, voxels) in [PHANTOM].iter().chain(&STS).zip(voxels) {
        let (found, other) = (dicom(case), nifti(case));
        assert_eq!(found.0.problems, [], "{case}");
        assert_eq!(found.1.notes, [] as [String; 0], "{case}");
        assert_eq!(found.0.volume.geometry, other.0.volume.geometry, "{case}");
        let (most, different) = differences(&found, &other);
        println!(
            "{case}: {} voxels, {different} different; intensities differ by {most:e}",
            found.1.voxels
        );
        assert_eq!((found.1.voxels, different), (voxels, 0), "{case}");
        // The NIfTI files of PET hold the uptake in single precision; DICOM has a slope of ten digits a slice.
        let allowed = if case.ends_with("PET") { 1e-6 } else { 0.0 };
        assert!(most <= allowed, "{case}: {most:e}");
    }
}

/// Every value of a configuration on the CT phantom, from DICOM and from NIfTI: the same bits.
fn same_bits(preset: &str) {
    let mut settings = Settings::preset(preset).expect("a preset");
    settings.set("diagnostics", "true").expect("an option");
    let plan = Plan::new(&settings).expect("a plan");
    let threads = radiomics_io::Threads::new(0);
    let host = Host { executor: &threads, progress: None };
    let values = |(picture, mask): (Picture, Mask)| {
        let image = picture.volume.image().expect("an image");
        let region = mask.region().expect("a region");
        let (values, _) = Workspace::new().extract(&plan, &image, &region, &host).expect("values");
        values.iter().map(|v| (v.number().to_bits(), v.status())).collect::<Vec<_>>()
    };
    let (a, b) = (values(dicom(PHANTOM)), values(nifti(PHANTOM)));
    let different: Vec<String> = plan
        .columns()
        .zip(a.iter().zip(&b))
        .filter(|(_, (a, b))| a != b)
        .map(|(column, _)| column.tag().to_string())
        .collect();
    println!("{preset}: {} values, {} of other bits", a.len(), different.len());
    assert!(a.len() > 200 && different.is_empty(), "{preset}: {different:?}");
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn configurations_a_and_b_have_the_same_bits() {
    same_bits("ibsi-a");
    same_bits("ibsi-b");
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn configurations_c_to_e_have_the_same_bits() {
    same_bits("ibsi-c");
    same_bits("ibsi-d");
    same_bits("ibsi-e");
}

/// The planning structure set of LUNG1-001 on the grid of its CT, whose images are not here.
#[test]
#[cfg_attr(no_lung1_data, ignore = "LUNG1-001 not found: set RADIOMICS_DATA")]
fn a_planning_structure_set_has_its_published_counts() {
    let folder = support::data::root().join("cohorts/lung1-001-rtstruct");
    let table = std::fs::read_to_string(folder.join("geometry.csv")).expect("a table");
    let value = |key: &str| -> f64 {
        let line = table.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix(','));
        line.and_then(|v| v.parse().ok()).unwrap_or_else(|| panic!("{key}"))
    };
    let shape = ["columns", "rows", "slices"].map(|k| value(k) as usize);
    let spacing = ["spacing_x", "spacing_y", "slice_step"].map(value);
    // The table counts as DICOM does.
    let origin = [-value("origin_x"), -value("origin_y"), value("origin_z")];
    let direction = [[-1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, 1.0]];
    let data = Data::U8(vec![0; shape.iter().product()]);
    let geometry = Geometry { spacing, origin, direction };
    let volume = Volume { data, shape, geometry, slope: 1.0, intercept: 0.0 };
    let picture = Picture::of(&folder, volume);
    let limits = Limits::default();
    let rois = Rois::open(&folder.join("rtstruct.dcm"), &limits).expect("regions");
    let contours: Vec<_> = rois.list().into_iter().map(|r| (r.name, r.parts)).collect();
    let expected = [("GTV-1", 21), ("Spinal-Cord", 84), ("Lung-Left", 139), ("Lung-Right", 114)];
    assert_eq!(contours, expected.map(|(name, parts)| (name.to_owned(), parts)));
    let count = |index| {
        let mask = rois.mask(index, &picture, &MaskOptions::default(), &limits).expect("a mask");
        println!("{}: {} voxels {:?}", mask.name, mask.voxels, mask.notes);
        mask.voxels
    };
    assert_eq!([count(0), count(1)], [54_639, 15_618]);
    // Of the lungs there is no count; several contours lie in a slice.
    assert!(count(2) > 500_000 && count(3) > 500_000);
}
