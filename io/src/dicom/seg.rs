//! Segmentation objects (SEG).

use std::path::{Path, PathBuf};

use dicom_dictionary_std::{tags, uids};
use dicom_object::InMemDicomObject;
use radiomics::Geometry;

use super::attributes::{count, item, items, missing, number, text, vector};
use super::file::{self, Extent};
use super::header::{axes, cross, spacing, thickness};
use super::pixels::{Format, Pixels};
use super::scan::LABEL_MAP_SEGMENTATION_STORAGE;
use crate::error::Error;
use crate::limits::Limits;
use crate::place;

/// A segmentation in memory.
pub struct Segmentation {
    /// The file.
    pub path: PathBuf,
    /// Patient ID, for comparing; tables and messages do not show it.
    pub patient: Option<String>,
    /// Frame of Reference UID of the images it was drawn on.
    pub frame_of_reference: Option<String>,
    /// Its segments, in the order of the file.
    pub segments: Vec<Segment>,
    /// Columns and rows.
    pub(crate) shape: [usize; 2],
    format: Format,
    pixels: Pixels,
    frames: Vec<FrameInfo>,
    coding: Coding,
}

impl std::fmt::Debug for Segmentation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Segmentation")
            .field("path", &self.path)
            .field("segments", &self.segments)
            .finish_non_exhaustive()
    }
}

/// One segment.
#[derive(Clone, Debug, PartialEq)]
pub struct Segment {
    /// Segment Number.
    pub number: u32,
    /// Segment Label; `segment N` where it has none.
    pub label: String,
    /// Frames that belong to it; of a label map, all frames.
    pub frames: usize,
}

/// What a stored value means.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Coding {
    /// 1 is inside.
    Binary,
    /// A fraction of this largest value.
    Fractional(f64),
    /// The number of a segment.
    LabelMap,
}

/// Where a frame lies, and what it belongs to.
struct FrameInfo {
    segment: Option<u32>,
    geometry: Geometry,
}

/// One frame with voxels inside: 1 or 0 for each pixel, row by row.
pub(crate) struct Plane {
    pub cells: Vec<u8>,
    pub geometry: Geometry,
}

/// Reads a segmentation object.
///
/// # Errors
/// When the file cannot be read, is no segmentation, or its frames have no place.
pub fn read(path: &Path, limits: &Limits) -> Result<Segmentation, Error> {
    let fail = |problem: String| Error::new(path, problem);
    let data = file::read(path, Extent::All, limits).map_err(|e| fail(e.text()))?;
    let class = text(&data, tags::SOP_CLASS_UID)
        .unwrap_or_else(|| data.meta().media_storage_sop_class_uid().to_owned());
    let is_map = class == LABEL_MAP_SEGMENTATION_STORAGE;
    if class != uids::SEGMENTATION_STORAGE && !is_map {
        let modality = text(&data, tags::MODALITY).unwrap_or_else(|| "unknown".into());
        return Err(fail(format!("is no segmentation (its modality is {modality})")));
    }
    let format = Format::of(&data).map_err(fail)?;
    let coding = coding(&data, is_map).map_err(fail)?;
    let frames = frames(&data, coding).map_err(fail)?;
    let segments = items(&data, tags::SEGMENT_SEQUENCE)
        .iter()
        .filter_map(|segment| {
            // Of a label map, 0 is the background.
            let number = count(segment, tags::SEGMENT_NUMBER).filter(|n| *n > 0)?;
            let of = |f: &&FrameInfo| f.segment.is_none_or(|s| s == number);
            Some(Segment {
                number,
                label: text(segment, tags::SEGMENT_LABEL)
                    .unwrap_or_else(|| format!("segment {number}")),
                frames: frames.iter().filter(of).count(),
            })
        })
        .collect();
    let pixels_of_frame = format.pixels() as u64;
    limits.check("its masks", pixels_of_frame.saturating_mul(frames.len() as u64)).map_err(fail)?;
    Ok(Segmentation {
        path: path.into(),
        patient: text(&data, tags::PATIENT_ID),
        frame_of_reference: text(&data, tags::FRAME_OF_REFERENCE_UID),
        segments,
        shape: [format.columns, format.rows],
        format,
        pixels: Pixels::of(data, &format).map_err(fail)?,
        frames,
        coding,
    })
}

fn coding(data: &InMemDicomObject, is_map: bool) -> Result<Coding, String> {
    let kind = text(data, tags::SEGMENTATION_TYPE);
    match kind.as_deref() {
        _ if is_map => Ok(Coding::LabelMap),
        Some("BINARY") => Ok(Coding::Binary),
        Some("LABELMAP") => Ok(Coding::LabelMap),
        Some("FRACTIONAL") => {
            let most = number(data, tags::MAXIMUM_FRACTIONAL_VALUE).filter(|m| *m > 0.0);
            most.map(Coding::Fractional).ok_or_else(|| missing(tags::MAXIMUM_FRACTIONAL_VALUE))
        }
        Some(other) => Err(format!(
            "has the segmentation type {other}: expected BINARY, FRACTIONAL or LABELMAP"
        )),
        None => Err(missing(tags::SEGMENTATION_TYPE)),
    }
}

/// The frames by their functional groups.
fn frames(data: &InMemDicomObject, coding: Coding) -> Result<Vec<FrameInfo>, String> {
    let per_frame = items(data, tags::PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
    if per_frame.is_empty() {
        return Err(missing(tags::PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE));
    }
    let declared = count(data, tags::NUMBER_OF_FRAMES).unwrap_or(1);
    if per_frame.len() as u64 != u64::from(declared) {
        return Err(format!(
            "declares {declared} frames and describes {}: export it again",
            per_frame.len()
        ));
    }
    let shared = item(data, tags::SHARED_FUNCTIONAL_GROUPS_SEQUENCE);
    per_frame
        .iter()
        .map(|own| {
            let group = |tag| {
                item(own, tag)
                    .or_else(|| shared.and_then(|s| item(s, tag)))
                    .ok_or_else(|| missing(tag))
            };
            let measures = group(tags::PIXEL_MEASURES_SEQUENCE)?;
            let [row, column] = axes(group(tags::PLANE_ORIENTATION_SEQUENCE)?)?;
            let position: [f64; 3] =
                vector(group(tags::PLANE_POSITION_SEQUENCE)?, tags::IMAGE_POSITION_PATIENT)
                    .ok_or_else(|| missing(tags::IMAGE_POSITION_PATIENT))?;
            let [x, y] = spacing(measures)?;
            let axes = [row, column, cross([row, column])].map(place::from_dicom);
            let step = thickness(measures).unwrap_or(1.0);
            let geometry = place::rounded(axes, [x, y, step], place::from_dicom(position))?;
            let segment = if coding == Coding::LabelMap {
                None
            } else {
                let segment = group(tags::SEGMENT_IDENTIFICATION_SEQUENCE)?;
                let number = count(segment, tags::REFERENCED_SEGMENT_NUMBER);
                Some(number.ok_or_else(|| missing(tags::REFERENCED_SEGMENT_NUMBER))?)
            };
            Ok(FrameInfo { segment, geometry })
        })
        .collect()
}

impl Segmentation {
    /// The frames of a segment, by its place among the segments, that have a pixel inside. A fraction is inside
    /// from `fraction` on.
    pub(crate) fn planes(&self, index: usize, fraction: f64) -> Result<Vec<Plane>, String> {
        let Some(segment) = self.segments.get(index) else { return Ok(Vec::new()) };
        let number = segment.number;
        let inside = |value: f64| match self.coding {
            Coding::Binary => value != 0.0,
            Coding::Fractional(most) => value > 0.0 && value / most >= fraction,
            Coding::LabelMap => value == f64::from(number),
        };
        let mut planes = Vec::new();
        for (n, frame) in self.frames.iter().enumerate() {
            if frame.segment.is_some_and(|s| s != number) {
                continue;
            }
            let mut cells = Vec::with_capacity(self.format.pixels());
            self.pixels.frame(&self.format, n as u32, |v| cells.push(u8::from(inside(v))))?;
            if cells.contains(&1) {
                planes.push(Plane { cells, geometry: frame.geometry });
            }
        }
        Ok(planes)
    }
}
