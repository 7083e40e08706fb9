//! What lies in a folder, or in one file.

use std::fs;
use std::path::{Path, PathBuf};

use dicom_dictionary_std::{tags, uids};

use super::attributes::{text, texts};
use super::file::{self, Extent, Object, Refusal};
use super::header::{Header, is_image};
use super::series::{Series, group};
use crate::error::Error;
use crate::limits::Limits;

/// What was found.
#[derive(Clone, Debug, Default)]
pub struct Scan {
    /// Volumes, in the order of their series' UIDs.
    pub series: Vec<Series>,
    /// Structure sets (RTSTRUCT).
    pub structures: Vec<Found>,
    /// Segmentations (SEG).
    pub segmentations: Vec<Found>,
    /// NIfTI files, which were not opened.
    pub nifti: Vec<PathBuf>,
    /// Files and folders that hold nothing to read, with the reason.
    pub skipped: Vec<Skipped>,
    /// Number of files that were looked at.
    pub files: usize,
}

/// A structure set or segmentation.
#[derive(Clone, Debug, PartialEq)]
pub struct Found {
    /// The file.
    pub path: PathBuf,
    /// Its label or description; may be empty.
    pub label: String,
    /// Study Instance UID; may be empty.
    pub study: String,
    /// Series Instance UID; may be empty.
    pub series: String,
    /// Frame of Reference UID of the images it was drawn on.
    pub frame_of_reference: Option<String>,
    /// Patient ID, for comparing; tables and messages do not show it.
    pub patient: Option<String>,
}

/// A file that was left out.
#[derive(Clone, Debug, PartialEq)]
pub struct Skipped {
    /// The file or folder.
    pub path: PathBuf,
    /// Why, as a sentence after its name.
    pub reason: String,
    /// Whether it is DICOM that should have been readable, rather than some other file.
    pub broken: bool,
}

/// Looks at a file, or at every file below a folder, without reading pixels. Files that cannot be read are listed,
/// not fatal; links to folders are not followed.
///
/// # Errors
/// When the path itself does not exist or cannot be read.
pub fn scan(path: &Path, limits: &Limits) -> Result<Scan, Error> {
    let mut found = Scan::default();
    let mut images = Vec::new();
    let about =
        fs::metadata(path).map_err(|e| Error::new(path, format!("cannot be opened: {e}")))?;
    if about.is_dir() {
        let mut folders = vec![path.to_owned()];
        while let Some(folder) = folders.pop() {
            match entries(&folder) {
                Ok((below, files)) => {
                    // The last is taken first.
                    folders.extend(below.into_iter().rev());
                    files.iter().for_each(|f| look(f, limits, &mut found, &mut images));
                }
                Err(e) if folder == path => {
                    return Err(Error::new(path, format!("cannot be listed: {e}")));
                }
                Err(e) => found.skip(&folder, format!("cannot be listed: {e}"), true),
            }
        }
    } else {
        look(path, limits, &mut found, &mut images);
    }
    found.series = group(images);
    Ok(found)
}

/// Folders and files in a folder, in the order of their names.
fn entries(folder: &Path) -> std::io::Result<(Vec<PathBuf>, Vec<PathBuf>)> {
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        if entry.file_type()?.is_dir() {
            folders.push(entry.path());
        } else {
            files.push(entry.path());
        }
    }
    folders.sort();
    files.sort();
    Ok((folders, files))
}

/// Whether a file is named as NIfTI files are.
pub(crate) fn is_nifti(path: &Path) -> bool {
    let name = path.file_name().map(|n| n.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.ends_with(".nii") || name.ends_with(".nii.gz")
}

fn look(path: &Path, limits: &Limits, found: &mut Scan, images: &mut Vec<Header>) {
    found.files += 1;
    if is_nifti(path) {
        found.nifti.push(path.into());
        return;
    }
    let data = match file::read(path, Extent::Header, limits) {
        Ok(data) => data,
        Err(Refusal::NotDicom(reason)) => return found.skip(path, reason, false),
        Err(Refusal::Broken(reason)) => return found.skip(path, reason, true),
    };
    let class = text(&data, tags::SOP_CLASS_UID)
        .unwrap_or_else(|| data.meta().media_storage_sop_class_uid().to_owned());
    match class.as_str() {
        uids::RT_STRUCTURE_SET_STORAGE => {
            let label = text(&data, tags::STRUCTURE_SET_LABEL);
            let frame = super::rtstruct::frame_of_reference(&data);
            found.structures.push(Found::of(path, &data, label, frame));
        }
        uids::SEGMENTATION_STORAGE | LABEL_MAP_SEGMENTATION_STORAGE => {
            let label = text(&data, tags::CONTENT_LABEL);
            let frame = text(&data, tags::FRAME_OF_REFERENCE_UID);
            found.segmentations.push(Found::of(path, &data, label, frame));
        }
        uids::MEDIA_STORAGE_DIRECTORY_STORAGE => {
            found.skip(
                path,
                "is an index of files (DICOMDIR): the files themselves are read".into(),
                false,
            );
        }
        _ if is_image(&data) => match Header::of(path, &data) {
            Ok(header) => images.push(header),
            Err(reason) => {
                let kind = texts(&data, tags::IMAGE_TYPE).unwrap_or_default();
                let kind = kind.get(2).map(|k| format!(" ({k})")).unwrap_or_default();
                found.skip(path, format!("is an image{kind} that {reason}"), false);
            }
        },
        _ => {
            let modality = text(&data, tags::MODALITY).unwrap_or_else(|| "unknown".into());
            found.skip(path, format!("is DICOM of modality {modality} without an image"), false);
        }
    }
}

/// Label Map Segmentation Storage.
pub(super) const LABEL_MAP_SEGMENTATION_STORAGE: &str = "1.2.840.10008.5.1.4.1.1.66.7";

impl Scan {
    fn skip(&mut self, path: &Path, reason: String, broken: bool) {
        self.skipped.push(Skipped { path: path.into(), reason, broken });
    }
}

impl Found {
    fn of(
        path: &Path,
        data: &Object,
        label: Option<String>,
        frame_of_reference: Option<String>,
    ) -> Self {
        Self {
            path: path.into(),
            label: label.or_else(|| text(data, tags::SERIES_DESCRIPTION)).unwrap_or_default(),
            study: text(data, tags::STUDY_INSTANCE_UID).unwrap_or_default(),
            series: text(data, tags::SERIES_INSTANCE_UID).unwrap_or_default(),
            frame_of_reference,
            patient: text(data, tags::PATIENT_ID),
        }
    }
}
