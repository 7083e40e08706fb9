//! Whether a region was drawn for the image.

use super::MaskOptions;
use crate::open::Picture;

/// Compares patient and frame of reference with those of the image. Files that do not say, as NIfTI, pass. Answers
/// with notes where a difference was allowed.
pub(super) fn check(
    patient: Option<&str>,
    frame_of_reference: Option<&str>,
    picture: &Picture,
    options: &MaskOptions,
) -> Result<Vec<String>, String> {
    let differs = |a: Option<&str>, b: Option<&str>| matches!((a, b), (Some(a), Some(b)) if a != b);
    let mut notes = Vec::new();
    if differs(patient, picture.patient.as_deref()) {
        if !options.foreign {
            return Err("belongs to another patient than the image (PatientID (0010,0020) differs): take the file of this patient".into());
        }
        notes.push("it belongs to another patient than the image".into());
    }
    if differs(frame_of_reference, picture.frame_of_reference.as_deref()) {
        let text = format!(
            "was drawn in the frame of reference {}, the image lies in {}",
            frame_of_reference.unwrap_or_default(),
            picture.frame_of_reference.as_deref().unwrap_or_default()
        );
        if !options.foreign {
            return Err(format!(
                "{text}: take the image it was drawn on, or register the two first"
            ));
        }
        notes.push(format!("it {text}"));
    }
    Ok(notes)
}
