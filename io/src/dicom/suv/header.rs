//! What a PET header says about uptake.

use dicom_dictionary_std::tags;

use super::time::{Moment, moment};
use crate::dicom::attributes::{item, number, private_tag, text, texts};
use dicom_object::InMemDicomObject;

/// The attributes of one file that standardised uptake values depend on.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::dicom) struct Header {
    pub units: Option<String>,
    pub suv_type: Option<String>,
    pub decay_correction: Option<String>,
    /// Values of Corrected Image; `None` where it is missing.
    pub corrected: Option<Vec<String>>,
    pub weight_kg: Option<f64>,
    pub height_m: Option<f64>,
    pub sex: Option<String>,
    pub dose_bq: Option<f64>,
    pub half_life_s: Option<f64>,
    /// Time of day alone.
    pub injection_time: Option<String>,
    pub injection: Option<Moment>,
    pub series: Option<Moment>,
    pub acquisition: Option<Moment>,
    /// What an enhanced object was corrected to.
    pub reference: Option<Moment>,
    pub frame_reference_ms: Option<f64>,
    pub frame_duration_ms: Option<f64>,
    /// GE's own time of the scan.
    pub ge_scan: Option<Moment>,
    /// Philips' factors from counts to SUV and to Bq/ml.
    pub philips_suv: Option<f64>,
    pub philips_activity: Option<f64>,
}

impl Header {
    /// Takes what is there.
    pub(in crate::dicom) fn of(data: &InMemDicomObject) -> Self {
        let empty = InMemDicomObject::new_empty();
        let drug = item(data, tags::RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE).unwrap_or(&empty);
        let positive = |data, tag| number(data, tag).filter(|x| *x > 0.0);
        let at = |date, time| moment(&text(data, date)?, &text(data, time)?);
        let stamp = |data: &InMemDicomObject, tag| Moment::stamp(&text(data, tag)?);
        let philips = |element| {
            let tag = private_tag(data, 0x7053, "Philips PET Private Group", element)?;
            positive(data, tag)
        };
        Self {
            units: text(data, tags::UNITS),
            suv_type: text(data, tags::SUV_TYPE),
            decay_correction: text(data, tags::DECAY_CORRECTION),
            corrected: texts(data, tags::CORRECTED_IMAGE),
            weight_kg: positive(data, tags::PATIENT_WEIGHT),
            height_m: positive(data, tags::PATIENT_SIZE),
            sex: text(data, tags::PATIENT_SEX),
            dose_bq: positive(drug, tags::RADIONUCLIDE_TOTAL_DOSE),
            half_life_s: positive(drug, tags::RADIONUCLIDE_HALF_LIFE),
            injection_time: text(drug, tags::RADIOPHARMACEUTICAL_START_TIME),
            injection: stamp(drug, tags::RADIOPHARMACEUTICAL_START_DATE_TIME),
            series: at(tags::SERIES_DATE, tags::SERIES_TIME),
            acquisition: at(tags::ACQUISITION_DATE, tags::ACQUISITION_TIME)
                .or_else(|| stamp(data, tags::ACQUISITION_DATE_TIME)),
            reference: stamp(data, tags::DECAY_CORRECTION_DATE_TIME),
            frame_reference_ms: number(data, tags::FRAME_REFERENCE_TIME),
            frame_duration_ms: positive(data, tags::ACTUAL_FRAME_DURATION),
            ge_scan: private_tag(data, 0x0009, "GEMS_PETD_01", 0x0d)
                .and_then(|tag| stamp(data, tag)),
            philips_suv: philips(0x00),
            philips_activity: philips(0x09),
        }
    }
}
