//! The CT phantom and the six sarcoma cases: DICOM against NIfTI.

use std::path::{Path, PathBuf};

use radiomics_io::dicom::{self, Series};
use radiomics_io::{Limits, Volume, nifti};

/// The cases of the soft-tissue sarcoma collection.
pub const STS: [&str; 6] =
    ["STS_008_CT", "STS_008_MR_T1", "STS_035_PET", "STS_042_CT", "STS_042_MR_T1", "STS_042_PET"];

fn folder(case: &str) -> PathBuf {
    let name =
        if case == "CT phantom" { "ibsi1_ct_phantom".into() } else { format!("sts_cases/{case}") };
    support::data::ibsi(&name)
}

fn series(path: &Path) -> Series {
    let scan = dicom::scan(path, &Limits::default()).expect("a folder");
    assert_eq!(scan.skipped, []);
    assert_eq!(scan.series.len(), 1);
    scan.series.into_iter().next().expect("a series")
}

fn nifti(path: &Path) -> Volume {
    nifti::read(path, nifti::DEFAULT_LIMIT).expect("a NIfTI file")
}

/// Largest difference of intensities.
fn difference(a: &Volume, b: &Volume) -> f64 {
    assert_eq!(a.shape, b.shape);
    let (a, b) = (a.image().expect("an image"), b.image().expect("an image"));
    let [nx, ny, nz] = a.shape();
    let (mut p, mut q) = (vec![0.0; nx], vec![0.0; nx]);
    let mut most = 0.0f64;
    for z in 0..nz {
        for y in 0..ny {
            a.read_row(0, [y, z], &mut p);
            b.read_row(0, [y, z], &mut q);
            most = p.iter().zip(&q).map(|(x, y)| (x - y).abs()).fold(most, f64::max);
        }
    }
    most
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn series_equal_their_nifti_files() {
    for case in ["CT phantom"].iter().chain(&STS) {
        let folder = folder(case);
        let series = series(&folder.join("dicom/image"));
        assert_eq!(series.problems(), [], "{case}");
        let volume = series.read(&Limits::default()).expect("a volume");
        let other = nifti(&folder.join("image.nii.gz"));
        println!("{case}: {:?} {:e}", volume.geometry, difference(&volume, &other));
        println!("{case}: {:?}", other.geometry);
    }
}
