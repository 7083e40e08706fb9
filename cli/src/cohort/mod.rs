//! Cases: one image with a file of regions each, from a manifest or found in a folder.

mod discover;
mod manifest;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::failure::Failure;

/// An image with its regions.
#[derive(Clone, Debug, Default)]
pub struct Case {
    /// Its name in tables; no two cases share one.
    pub name: String,
    pub image: PathBuf,
    /// The series, where the folder of the image holds several.
    pub series: Option<String>,
    /// The series itself, where it was looked up already.
    pub found: Option<Box<radiomics_io::dicom::Series>>,
    pub regions: PathBuf,
    /// Patterns that replace those of the study.
    pub rois: Vec<String>,
    /// Why it cannot be extracted, where that is known before.
    pub problem: Option<String>,
}

/// The cases of a manifest or a folder, in an order that depends on nothing else, and what was left out.
pub fn cases(source: &Path, limit: u64) -> Result<(Vec<Case>, Vec<String>), Failure> {
    let about = std::fs::metadata(source)
        .map_err(|e| Failure::input(format!("{}: cannot be opened: {e}", source.display())))?;
    let (mut cases, notes) = if about.is_dir() {
        discover::discover(source, limit)?
    } else {
        (manifest::read(source)?, Vec::new())
    };
    if cases.is_empty() {
        return Err(Failure::input(format!(
            "{}: no case was found: give a CSV with the columns image and mask, or a folder with images beside masks, RTSTRUCT or SEG{}",
            source.display(),
            notes.first().map(|n| format!(" ({n})")).unwrap_or_default()
        )));
    }
    let mut names = BTreeSet::new();
    for case in &mut cases {
        let name = case.name.clone();
        let mut count = 1;
        while !names.insert(case.name.clone()) {
            count += 1;
            case.name = format!("{name} ({count})");
        }
    }
    Ok((cases, notes))
}
