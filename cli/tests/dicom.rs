//! DICOM folders through the command.

mod common;

use std::fs;
use std::path::Path;

use common::{command, rows, said, shown};

/// Everything that was written below a folder.
fn everything(folder: &Path) -> Vec<u8> {
    let mut out = Vec::new();
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            out.extend(everything(&path));
        } else {
            out.extend(fs::read(&path).expect("a file"));
        }
    }
    out
}

fn holds(bytes: &[u8], text: &str) -> bool {
    bytes.windows(text.len()).any(|w| w == text.as_bytes())
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn the_phantom_is_the_same_from_dicom_and_nifti() {
    let phantom = support::data::ibsi("ibsi1_ct_phantom");
    for preset in ["ibsi-a", "ibsi-c"] {
        let table = |image: &str, mask: &str, roi: &[&str]| {
            let output = command()
                .arg("extract")
                .args([phantom.join(image), phantom.join(mask)])
                .args(["--preset", preset, "--diagnostics", "--features"])
                .arg("diagnostics,morphology,statistics,intensity_histogram,glcm,gldzm")
                .args(["--set", "morphology.spatial=false"])
                .args(roi)
                .output()
                .expect("the command");
            assert!(output.status.success(), "{}", said(&output));
            let text = shown(&output);
            // All but the region's name.
            text.lines()
                .map(|l| l.split_once(',').map_or("", |l| l.1).to_owned())
                .collect::<Vec<_>>()
        };
        let dicom = table("dicom/image", "dicom/mask", &["--roi", "GTV*"]);
        assert_eq!(dicom, table("image.nii.gz", "mask.nii.gz", &[]));
        assert!(dicom.len() > 100);
    }
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn a_folder_of_patients_becomes_a_table_without_their_names() {
    let source = support::data::ibsi("sts_cases");
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("sts.csv");
    let output = command()
        .arg("batch")
        .arg(&source)
        .arg("--out")
        .arg(&out)
        .args(["--roi", "all", "--features", "statistics", "--qc"])
        .arg(folder.path().join("qc"))
        .output()
        .expect("the command");
    assert!(output.status.success(), "{}", said(&output));
    let (header, rows) = rows(&out);
    // Each patient in NIfTI and in DICOM: the same voxels.
    assert_eq!(rows.len(), 12);
    let voxels = header.iter().position(|h| h == "region_voxels").expect("a column");
    for pair in rows.chunks(2) {
        assert_eq!(format!("{}/dicom", &pair[0][0]), pair[1][0]);
        assert_eq!(pair[0][voxels], pair[1][voxels]);
    }
}

/// Copies a folder, naming its files by number.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    let mut entries: Vec<_> =
        fs::read_dir(from).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for (i, path) in entries.iter().enumerate() {
        let name = to.join(i.to_string());
        if path.is_dir() {
            copy(path, &name);
        } else {
            fs::copy(path, name).expect("copied");
        }
    }
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn nothing_of_the_patient_is_written() {
    let folder = tempfile::tempdir().expect("a folder");
    let source = folder.path().join("in/one");
    copy(&support::data::ibsi("sts_cases/STS_035_PET/dicom"), &source);
    let out = folder.path().join("out");
    fs::create_dir(&out).expect("a folder");
    let output = command()
        .arg("batch")
        .arg(folder.path().join("in"))
        .arg("--out")
        .arg(out.join("t.csv"))
        .args(["--features", "statistics", "--qc"])
        .arg(out.join("qc"))
        .output()
        .expect("the command");
    assert!(output.status.success(), "{}", said(&output));
    let written = [everything(&out), output.stdout, output.stderr].concat();
    assert!(holds(&written, "GTV_Mass_PET"));
    let limits = radiomics_io::Limits::default();
    let scan = radiomics_io::dicom::scan(&source, &limits).expect("a folder");
    let series = &scan.series[0];
    let id = series.patient().expect("a patient");
    assert!(id.len() > 3 && !holds(&written, id), "the patient's ID was written");
    for uid in [series.uid(), series.study(), series.frame_of_reference().unwrap_or("none")] {
        assert!(!holds(&written, uid), "a UID was written");
    }
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn info_lists_series_and_structures() {
    let path = support::data::ibsi("ibsi1_ct_phantom/dicom");
    let output = command().arg("info").arg(&path).output().expect("the command");
    assert!(output.status.success());
    let shown = shown(&output);
    for part in ["modality    CT", "204 x 201 x 60", "GTV-1", "HU", "bin width   25 HU", "contours"]
    {
        assert!(shown.contains(part), "{part}: {shown}");
    }
}
