//! Structure sets (RTSTRUCT): named regions as contours.

use std::path::{Path, PathBuf};

use dicom_core::Tag;
use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;

use super::attributes::{count, item, items, numbers, text};
use super::file::{self, Extent};
use crate::error::Error;
use crate::limits::Limits;
use crate::place::from_dicom;

/// A structure set in memory.
#[derive(Clone, Debug)]
pub struct StructureSet {
    /// The file.
    pub path: PathBuf,
    /// Patient ID, for comparing; tables and messages do not show it.
    pub patient: Option<String>,
    /// Its regions, in the order of the file.
    pub rois: Vec<Structure>,
}

/// One region of a structure set.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// ROI Number.
    pub number: u32,
    /// ROI Name.
    pub name: String,
    /// Its interpretation: `GTV`, `ORGAN`, ...; may be empty.
    pub kind: String,
    /// Frame of Reference UID of the images it was drawn on.
    pub frame_of_reference: Option<String>,
    /// Closed planar contours: points in mm as a [`Volume`](crate::Volume) counts them (right, front, head).
    pub contours: Vec<Vec<[f64; 3]>>,
    /// Contours of other types (points, open lines), which enclose nothing.
    pub open: usize,
}

impl Structure {
    /// Points of all closed contours.
    pub fn points(&self) -> usize {
        self.contours.iter().map(Vec::len).sum()
    }
}

/// Reads a structure set with all its contours.
///
/// # Errors
/// When the file cannot be read, is no structure set, or a contour is damaged.
pub fn read(path: &Path, limits: &Limits) -> Result<StructureSet, Error> {
    let fail = |problem: String| Error::new(path, problem);
    let data = file::read(path, Extent::All, limits).map_err(|e| fail(e.text()))?;
    let class = text(&data, tags::SOP_CLASS_UID)
        .unwrap_or_else(|| data.meta().media_storage_sop_class_uid().to_owned());
    if class != uids::RT_STRUCTURE_SET_STORAGE {
        let modality = text(&data, tags::MODALITY).unwrap_or_else(|| "unknown".into());
        return Err(fail(format!("is no structure set (its modality is {modality})")));
    }
    let mut rois: Vec<Structure> = items(&data, tags::STRUCTURE_SET_ROI_SEQUENCE)
        .iter()
        .filter_map(|roi| {
            Some(Structure {
                number: count(roi, tags::ROI_NUMBER)?,
                name: text(roi, tags::ROI_NAME).unwrap_or_default(),
                frame_of_reference: text(roi, tags::REFERENCED_FRAME_OF_REFERENCE_UID),
                ..Structure::default()
            })
        })
        .collect();
    for observed in items(&data, tags::RTROI_OBSERVATIONS_SEQUENCE) {
        let number = count(observed, tags::REFERENCED_ROI_NUMBER);
        if let Some(roi) = rois.iter_mut().find(|r| Some(r.number) == number) {
            roi.kind = text(observed, tags::RTROI_INTERPRETED_TYPE).unwrap_or_default();
        }
    }
    for drawn in items(&data, tags::ROI_CONTOUR_SEQUENCE) {
        let number = count(drawn, tags::REFERENCED_ROI_NUMBER);
        let Some(roi) = rois.iter_mut().find(|r| Some(r.number) == number) else { continue };
        for contour in items(drawn, tags::CONTOUR_SEQUENCE) {
            let points =
                points(contour).map_err(|e| fail(format!("the region \"{}\" {e}", roi.name)))?;
            match points {
                Some(points) => roi.contours.push(points),
                None => roi.open += 1,
            }
        }
    }
    let patient = text(&data, tags::PATIENT_ID);
    Ok(StructureSet { path: path.into(), patient, rois })
}

/// The points of a closed contour; `None` for a contour of another type.
fn points(contour: &InMemDicomObject) -> Result<Option<Vec<[f64; 3]>>, String> {
    let kind = text(contour, tags::CONTOUR_GEOMETRIC_TYPE).unwrap_or_default();
    if !kind.starts_with("CLOSED_PLANAR") && !kind.starts_with("CLOSEDPLANAR") {
        return Ok(None);
    }
    let Some(flat) = numbers(contour, tags::CONTOUR_DATA) else {
        return Err(
            "has a contour whose points are no numbers: export the structure set again".into()
        );
    };
    let (points, rest) = flat.as_chunks::<3>();
    if !rest.is_empty() {
        return Err(format!(
            "has a contour of {} coordinates, which make no whole points: export the structure set again",
            flat.len()
        ));
    }
    let declared = count(contour, tags::NUMBER_OF_CONTOUR_POINTS);
    if declared.is_some_and(|n| n as usize != points.len()) {
        return Err(format!(
            "has a contour of {} points that declares {}: export the structure set again",
            points.len(),
            declared.unwrap_or_default()
        ));
    }
    Ok(Some(points.iter().map(|p| from_dicom(*p)).collect()))
}

/// The frame of reference of a structure set as a whole: that of its regions, when they share one.
pub(super) fn frame_of_reference(data: &InMemDicomObject) -> Option<String> {
    let own = |item: &InMemDicomObject, tag: Tag| text(item, tag);
    let rois = items(data, tags::STRUCTURE_SET_ROI_SEQUENCE);
    let of_rois: Vec<String> =
        rois.iter().filter_map(|r| own(r, tags::REFERENCED_FRAME_OF_REFERENCE_UID)).collect();
    match of_rois.split_first() {
        Some((first, rest)) => rest.iter().all(|u| u == first).then(|| first.clone()),
        None => item(data, tags::REFERENCED_FRAME_OF_REFERENCE_SEQUENCE)
            .and_then(|r| own(r, tags::FRAME_OF_REFERENCE_UID))
            .or_else(|| own(data, tags::FRAME_OF_REFERENCE_UID)),
    }
}
