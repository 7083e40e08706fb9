//! What a finished case depends on: where any of it changes, the case is computed again.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use crate::cohort::Case;
use crate::digest::{self, Parts};
use crate::record::Head;

/// Of program and study.
pub fn seed(head: &Head, pictures: Option<&Path>) -> String {
    let mut parts = Parts::default();
    // A record of texts and numbers can always be written.
    parts.add(serde_json::to_vec(head).unwrap_or_default());
    parts.add(pictures.map_or(&b""[..], |p| p.as_os_str().as_encoded_bytes()));
    parts.hex()
}

/// Of a case: its files by name, size and time of change. Their contents are in the record.
pub fn key(seed: &str, case: &Case) -> String {
    let mut parts = Parts::default();
    parts.add(seed).add(&case.name).add(case.series.as_deref().unwrap_or(""));
    parts.add(case.rois.join("\n")).add(case.problem.as_deref().unwrap_or(""));
    match &case.found {
        Some(series) => series.files().for_each(|file| stamp(file, &mut parts)),
        None => stamp(&case.image, &mut parts),
    }
    parts.add(case.image.as_os_str().as_encoded_bytes());
    stamp(&case.regions, &mut parts);
    digest::of(parts.hex().as_bytes())
}

/// A file, or everything below a folder in the order of the names.
fn stamp(path: &Path, parts: &mut Parts) {
    parts.add(path.as_os_str().as_encoded_bytes());
    let Ok(about) = fs::metadata(path) else {
        parts.add("missing");
        return;
    };
    if !about.is_dir() {
        parts.add(about.len().to_le_bytes()).add(changed(&about).to_le_bytes());
        return;
    }
    let Ok(entries) = fs::read_dir(path) else {
        parts.add("closed");
        return;
    };
    let mut names: Vec<_> = entries.flatten().map(|e| e.path()).collect();
    names.sort();
    for name in names {
        // Links to folders are not followed when images are looked for, and might lead in a circle.
        let link = fs::symlink_metadata(&name).is_ok_and(|m| m.is_symlink());
        if !(link && name.is_dir()) {
            stamp(&name, parts);
        }
    }
}

/// Nanoseconds since 1970.
fn changed(about: &Metadata) -> u128 {
    let since = about.modified().ok().and_then(|t| t.duration_since(UNIX_EPOCH).ok());
    since.map_or(0, |d| d.as_nanos())
}
