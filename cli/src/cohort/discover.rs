//! Finding cases in a folder.
//!
//! DICOM: every structure set or segmentation belongs to the image series of its patient and frame of reference; where
//! there are several, to the one of its study, then to the one that lies nearest in the folders.
//! NIfTI: a file whose name says that it is a mask belongs to the image beside it; where there are several, to the
//! one whose name is the same but for those words.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use radiomics_io::Limits;
use radiomics_io::dicom::{self, Found, Scan, Series};

use super::Case;
use crate::failure::Failure;

/// Words in a name that say it is a mask.
const MASK: [&str; 9] =
    ["mask", "masks", "seg", "segmentation", "label", "labels", "labelmap", "roi", "rtss"];
/// Words that say it is the image.
const IMAGE: [&str; 6] = ["image", "img", "scan", "ct", "mr", "pet"];

/// The cases below a folder, and what was left out.
pub fn discover(root: &Path, limit: u64) -> Result<(Vec<Case>, Vec<String>), Failure> {
    let limits = Limits { bytes: limit };
    let scan = dicom::scan(root, &limits).map_err(Failure::input)?;
    let mut notes = Vec::new();
    for skipped in scan.skipped.iter().filter(|s| s.broken) {
        notes.push(format!("{}: {}", skipped.path.display(), skipped.reason));
    }
    let mut cases = Vec::new();
    for file in scan.structures.iter().chain(&scan.segmentations) {
        cases.push(of_dicom(root, file, &scan));
    }
    nifti(root, &scan.nifti, &mut cases, &mut notes);
    cases.sort_by(|a, b| (&a.name, &a.regions).cmp(&(&b.name, &b.regions)));
    Ok((cases, notes))
}

fn of_dicom(root: &Path, file: &Found, scan: &Scan) -> Case {
    let folder = file.path.parent().unwrap_or(root);
    let case = |image: &Path| Case {
        name: name(root, &common(folder, image)),
        image: image.into(),
        regions: file.path.clone(),
        ..Case::default()
    };
    let mut matching: Vec<&Series> = scan
        .series
        .iter()
        .filter(|s| {
            let agrees = |a: Option<&str>, b: Option<&str>| a == b || a.is_none() || b.is_none();
            agrees(s.frame_of_reference(), file.frame_of_reference.as_deref())
                && agrees(s.patient(), file.patient.as_deref())
        })
        .collect();
    // An image of the same study stands nearer than a later scan in the same frame of reference.
    if matching.iter().any(|s| s.study() == file.study) {
        matching.retain(|s| s.study() == file.study);
    }
    // What lies in the same folder belongs together more than what lies elsewhere.
    let shared =
        |s: &Series| s.files().map(|f| common(folder, f).components().count()).max().unwrap_or(0);
    let nearest = matching.iter().map(|s| shared(s)).max();
    matching.retain(|s| Some(shared(s)) == nearest);
    match matching.as_slice() {
        [one] => {
            let files: Vec<&Path> = one.files().collect();
            let home = files.iter().filter_map(|f| f.parent()).map(Path::to_owned);
            let home = home.reduce(|a, b| common(&a, &b)).unwrap_or_else(|| root.into());
            let shared = scan.series.iter().filter(|s| s.files().any(|f| f.starts_with(&home)));
            let mut case = match files.as_slice() {
                [single] => case(single),
                _ => case(&home),
            };
            case.name = name(root, &common(folder, &home));
            case.found = Some(Box::new((*one).clone()));
            case.series = (shared.count() > 1).then(|| one.name());
            case
        }
        several => Case {
            problem: Some(match several.len() {
                0 => "no image series belongs to it: none has its patient and frame of reference"
                    .into(),
                n => format!(
                    "{n} image series belong to it: name one of them in a manifest (column series)"
                ),
            }),
            ..case(folder)
        },
    }
}

/// The folder that both lie in.
fn common(a: &Path, b: &Path) -> PathBuf {
    a.components().zip(b.components()).take_while(|(x, y)| x == y).map(|(x, _)| x).collect()
}

/// A name for what lies in a folder.
fn name(root: &Path, folder: &Path) -> String {
    let below = folder.strip_prefix(root).unwrap_or(folder);
    let text = below.to_string_lossy().replace(std::path::MAIN_SEPARATOR, "/");
    if text.is_empty() {
        root.file_name().map_or_else(|| "case".into(), |n| n.to_string_lossy().into_owned())
    } else {
        text
    }
}

/// Masks and images of each folder.
fn nifti(root: &Path, files: &[PathBuf], cases: &mut Vec<Case>, notes: &mut Vec<String>) {
    let mut folders: BTreeMap<&Path, Vec<&PathBuf>> = BTreeMap::new();
    for file in files {
        folders.entry(file.parent().unwrap_or(root)).or_default().push(file);
    }
    for (folder, files) in folders {
        let (masks, images): (Vec<&PathBuf>, Vec<&PathBuf>) =
            files.iter().partition(|f| tokens(f).iter().any(|t| MASK.contains(&t.as_str())));
        for mask in &masks {
            let key = key(mask);
            let found: Vec<&&PathBuf> = match images.as_slice() {
                [_] => images.iter().collect(),
                _ => images.iter().filter(|i| self::key(i) == key).collect(),
            };
            let alone = masks.len() == 1 || key.is_empty();
            let base = name(root, folder);
            let label = match (alone, folder == root) {
                (true, false) => base,
                (_, true) if !key.is_empty() => key.join("_"),
                (false, false) => format!("{base}/{}", key.join("_")),
                _ => base,
            };
            let problem = match found.len() {
                1 => None,
                0 => Some(
                    "no image lies beside it: an image has the name of the mask without \"mask\""
                        .to_owned(),
                ),
                n => Some(format!("{n} images lie beside it: name one of them in a manifest")),
            };
            cases.push(Case {
                name: label,
                image: found.first().map_or_else(|| folder.into(), |f| (**f).clone()),
                regions: (*mask).clone(),
                problem,
                ..Case::default()
            });
        }
        if masks.is_empty() {
            notes.push(format!("{}: holds {} images and no mask", folder.display(), images.len()));
        }
    }
}

/// The words of a file's name.
fn tokens(path: &Path) -> Vec<String> {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    let stem = name.trim_end_matches(".gz").trim_end_matches(".nii");
    stem.split(['_', '-', '.', ' ']).filter(|t| !t.is_empty()).map(str::to_owned).collect()
}

/// The words that image and mask share.
fn key(path: &Path) -> Vec<String> {
    let is_plain = |t: &String| !MASK.contains(&t.as_str()) && !IMAGE.contains(&t.as_str());
    tokens(path).into_iter().filter(is_plain).collect()
}
