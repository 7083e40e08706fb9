//! What is kept of an image file without its pixels.

use std::path::{Path, PathBuf};

use dicom_core::Tag;
use dicom_dictionary_std::tags;
use dicom_object::InMemDicomObject;

use super::attributes::{count, item, items, missing, number, numbers, text, texts, vector};
use super::file::Object;
use super::pixels::Format;
use super::suv;

/// One image file.
#[derive(Clone, Debug)]
pub(super) struct Header {
    pub path: PathBuf,
    pub study: String,
    pub series: String,
    pub instance: String,
    pub frame_of_reference: Option<String>,
    /// Compared with a structure set's, never shown.
    pub patient: Option<String>,
    pub modality: String,
    pub description: String,
    pub format: Format,
    pub frames: Vec<Frame>,
    /// Attributes that tell images at the same place apart.
    pub phases: [Option<String>; PHASES.len()],
    pub lossy: bool,
    pub pet: Option<Box<suv::Header>>,
}

/// One plane of pixels.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    /// From 0 in its file.
    pub number: u32,
    /// Unit vectors along a row (x) and along a column (y), as DICOM counts.
    pub axes: [[f64; 3]; 2],
    /// Centre of the first pixel, as DICOM counts.
    pub position: [f64; 3],
    /// Distance of pixels along x and y.
    pub spacing: [f64; 2],
    /// Distance of slices or thickness as the header states it; for a single slice.
    pub thickness: Option<f64>,
    pub slope: f64,
    pub intercept: f64,
    /// Of a multi-frame file: what tells frames at the same place apart.
    pub phase: Option<String>,
}

/// Attributes by which one series may hold a place several times, the most telling first.
pub(super) const PHASES: [Tag; 6] = [
    tags::TEMPORAL_POSITION_IDENTIFIER,
    tags::ECHO_NUMBERS,
    tags::DIFFUSION_B_VALUE,
    tags::TRIGGER_TIME,
    tags::ACQUISITION_NUMBER,
    tags::ACQUISITION_TIME,
];

impl Header {
    /// The header of an image.
    ///
    /// # Errors
    /// Why the file is no image of a volume, as a sentence after its name.
    pub(super) fn of(path: &Path, data: &Object) -> Result<Self, String> {
        let modality = text(data, tags::MODALITY).unwrap_or_default();
        let series = text(data, tags::SERIES_INSTANCE_UID)
            .ok_or_else(|| missing(tags::SERIES_INSTANCE_UID))?;
        let instance =
            text(data, tags::SOP_INSTANCE_UID).ok_or_else(|| missing(tags::SOP_INSTANCE_UID))?;
        if !items(data, tags::MODALITY_LUT_SEQUENCE).is_empty() {
            return Err("has a table as its rescaling (Modality LUT Sequence), which is not linear: convert it first".into());
        }
        let format = Format::of(data)?;
        let pet = (modality == "PT").then(|| Box::new(suv::Header::of(data)));
        Ok(Self {
            path: path.into(),
            study: text(data, tags::STUDY_INSTANCE_UID).unwrap_or_default(),
            series,
            instance,
            frame_of_reference: text(data, tags::FRAME_OF_REFERENCE_UID),
            patient: text(data, tags::PATIENT_ID),
            modality,
            description: text(data, tags::SERIES_DESCRIPTION).unwrap_or_default(),
            frames: frames(data)?,
            phases: PHASES.map(|tag| text(data, tag)),
            lossy: text(data, tags::LOSSY_IMAGE_COMPRESSION).as_deref() == Some("01"),
            format,
            pet,
        })
    }
}

/// The planes of a file: one, or those of the functional groups, or those of a dose grid.
fn frames(data: &InMemDicomObject) -> Result<Vec<Frame>, String> {
    let number_of_frames = count(data, tags::NUMBER_OF_FRAMES).unwrap_or(1).max(1);
    let per_frame = items(data, tags::PER_FRAME_FUNCTIONAL_GROUPS_SEQUENCE);
    if !per_frame.is_empty() {
        if per_frame.len() as u64 != u64::from(number_of_frames) {
            return Err(format!(
                "declares {number_of_frames} frames and describes {}: export it again",
                per_frame.len()
            ));
        }
        let shared = item(data, tags::SHARED_FUNCTIONAL_GROUPS_SEQUENCE);
        let frame = |(i, own): (usize, &InMemDicomObject)| enhanced(i as u32, own, shared);
        return per_frame.iter().enumerate().map(frame).collect();
    }
    let first = Frame {
        number: 0,
        axes: axes(data)?,
        position: vector(data, tags::IMAGE_POSITION_PATIENT)
            .ok_or_else(|| missing(tags::IMAGE_POSITION_PATIENT))?,
        spacing: spacing(data)?,
        thickness: thickness(data),
        slope: number(data, tags::RESCALE_SLOPE)
            .or_else(|| number(data, tags::DOSE_GRID_SCALING))
            .unwrap_or(1.0),
        intercept: number(data, tags::RESCALE_INTERCEPT).unwrap_or(0.0),
        phase: None,
    };
    if number_of_frames == 1 {
        return Ok(vec![first]);
    }
    let offsets = numbers(data, tags::GRID_FRAME_OFFSET_VECTOR).ok_or_else(|| {
        format!(
            "holds {number_of_frames} frames and {}, so their places are unknown",
            missing(tags::GRID_FRAME_OFFSET_VECTOR)
        )
    })?;
    if offsets.len() as u64 != u64::from(number_of_frames) {
        return Err(format!(
            "declares {number_of_frames} frames and {} offsets: export it again",
            offsets.len()
        ));
    }
    let normal = cross(first.axes);
    // By the standard the offsets start at 0; where they do not, they are positions themselves.
    let start = offsets.first().copied().unwrap_or(0.0);
    let place =
        |offset: f64| std::array::from_fn(|r| first.position[r] + normal[r] * (offset - start));
    Ok(offsets
        .iter()
        .enumerate()
        .map(|(i, offset)| Frame { number: i as u32, position: place(*offset), ..first.clone() })
        .collect())
}

/// One frame of an enhanced object: each group from the frame itself, else from what all frames share.
fn enhanced(
    number_of_frame: u32,
    own: &InMemDicomObject,
    shared: Option<&InMemDicomObject>,
) -> Result<Frame, String> {
    let group = |tag| item(own, tag).or_else(|| shared.and_then(|s| item(s, tag)));
    let needed = |tag| group(tag).ok_or_else(|| missing(tag));
    let measures = needed(tags::PIXEL_MEASURES_SEQUENCE)?;
    let rescale = group(tags::PIXEL_VALUE_TRANSFORMATION_SEQUENCE);
    let content = group(tags::FRAME_CONTENT_SEQUENCE);
    Ok(Frame {
        number: number_of_frame,
        axes: axes(needed(tags::PLANE_ORIENTATION_SEQUENCE)?)?,
        position: vector(needed(tags::PLANE_POSITION_SEQUENCE)?, tags::IMAGE_POSITION_PATIENT)
            .ok_or_else(|| missing(tags::IMAGE_POSITION_PATIENT))?,
        spacing: spacing(measures)?,
        thickness: thickness(measures),
        slope: rescale.and_then(|r| number(r, tags::RESCALE_SLOPE)).unwrap_or(1.0),
        intercept: rescale.and_then(|r| number(r, tags::RESCALE_INTERCEPT)).unwrap_or(0.0),
        phase: content.and_then(|c| text(c, tags::TEMPORAL_POSITION_INDEX)),
    })
}

/// The directions of rows and columns, made unit vectors.
pub(super) fn axes(data: &InMemDicomObject) -> Result<[[f64; 3]; 2], String> {
    let [a, b, c, d, e, f]: [f64; 6] = vector(data, tags::IMAGE_ORIENTATION_PATIENT)
        .ok_or_else(|| missing(tags::IMAGE_ORIENTATION_PATIENT))?;
    let (row, column) = (unit([a, b, c]), unit([d, e, f]));
    let along: f64 = row.iter().zip(column).map(|(x, y)| x * y).sum();
    // A zero vector has become NaN.
    if along.is_nan() || along.abs() > 1e-3 {
        return Err(format!(
            "has an {} that is no pair of perpendicular directions: {:?}",
            super::attributes::name(tags::IMAGE_ORIENTATION_PATIENT),
            [a, b, c, d, e, f]
        ));
    }
    Ok([row, column])
}

/// Made of length 1; a zero vector becomes NaN.
fn unit(v: [f64; 3]) -> [f64; 3] {
    let length = v.iter().map(|x| x * x).sum::<f64>().sqrt();
    v.map(|x| x / length)
}

/// Distance of pixels along x and y. DICOM gives the distance of rows, which is along y, first.
pub(super) fn spacing(data: &InMemDicomObject) -> Result<[f64; 2], String> {
    let [y, x]: [f64; 2] =
        vector(data, tags::PIXEL_SPACING).ok_or_else(|| missing(tags::PIXEL_SPACING))?;
    if !(x > 0.0 && y > 0.0) {
        return Err(format!(
            "has a {} of {y}\\{x}: expected two positive lengths",
            super::attributes::name(tags::PIXEL_SPACING)
        ));
    }
    Ok([x, y])
}

/// How far the next slice would be, as far as one file can say.
pub(super) fn thickness(data: &InMemDicomObject) -> Option<f64> {
    let positive = |tag| number(data, tag).map(f64::abs).filter(|x| *x > 0.0);
    positive(tags::SPACING_BETWEEN_SLICES).or_else(|| positive(tags::SLICE_THICKNESS))
}

/// The direction in which slices follow one another, of length 1.
pub(super) fn cross([[a, b, c], [d, e, f]]: [[f64; 3]; 2]) -> [f64; 3] {
    unit([b * f - c * e, c * d - a * f, a * e - b * d])
}

/// The image type, for telling what a file is.
pub(super) fn is_image(data: &InMemDicomObject) -> bool {
    count(data, tags::ROWS).is_some()
        && count(data, tags::COLUMNS).is_some()
        && texts(data, tags::PHOTOMETRIC_INTERPRETATION).is_some()
}
