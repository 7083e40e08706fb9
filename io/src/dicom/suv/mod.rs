//! Standardised uptake values (SUV) of PET series.
//!
//! ```text
//! SUV = concentration * measure / dose
//! ```
//!
//! | symbol | meaning |
//! |---|---|
//! | concentration | activity in a voxel in Bq/ml, at the time the image is corrected to |
//! | measure | [`Normalisation`]: body weight, lean or ideal mass in g, or body surface in cm² |
//! | dose | injected activity in Bq, decayed to the same time |
//!
//! The time is that of the injection (Decay Correction `ADMIN`), of the start of the scan (`START`), or of each
//! slice's own acquisition (`NONE`: the image is not corrected). Units: `BQML` as above; `GML` and `CM2ML` are uptake
//! already, and change from one measure to another by their ratio; `CNTS` only with the factors of a private block of
//! Philips, (7053,1000) to uptake by weight or (7053,1009) to Bq/ml. What is missing is never guessed: the refusal
//! names the attribute.
//!
//! Reference: DICOM PS3.3 C.8.9.1 (PET Series Module); QIBA, *Standardized Uptake Value*.

mod body;
mod decay;
mod header;
mod time;

pub use body::{Body, Normalisation, Sex};
pub(super) use header::Header;

use dicom_dictionary_std::tags;

use super::attributes::{missing, name};
use super::series::Series;
use crate::error::Error;
use crate::limits::Limits;
use crate::volume::Volume;
use body::measure;

/// How uptake values were made.
#[derive(Clone, Debug, PartialEq)]
pub struct Suv {
    /// What they are related to.
    pub normalisation: Normalisation,
    /// Units of the header.
    pub units: String,
    /// What the dose was decayed to; empty where the header's values are uptake already.
    pub reference: &'static str,
    /// Seconds from injection to there, of the first slice.
    pub seconds: f64,
    /// Factor from the header's unit to uptake, of the first slice.
    pub factor: f64,
}

impl Series {
    /// Reads a PET series as uptake values. Measures in `given` take precedence over the header's.
    ///
    /// # Errors
    /// When the series is no PET, or an attribute that the values depend on is missing or contradicts another; and as
    /// [`Series::read`].
    pub fn read_suv(
        &self,
        normalisation: Normalisation,
        given: &Body,
        limits: &Limits,
    ) -> Result<(Volume, Suv), Error> {
        let path = self.files().next().unwrap_or_else(|| std::path::Path::new(""));
        let fail = |problem: String| Error::new(path, problem);
        let headers: Option<Vec<&Header>> = self.pet().into_iter().collect();
        let headers = headers.filter(|h| !h.is_empty()).ok_or_else(|| {
            fail(format!("is {}: uptake values are made of PET series", self.modality()))
        })?;
        let (factors, suv) = factors(&headers, normalisation, given)
            .map_err(|e| fail(format!("{e} (for uptake values by {normalisation})")))?;
        Ok((self.scaled(Some(&factors), limits)?, suv))
    }
}

/// The factor from the header's unit to uptake for each slice.
fn factors(
    slices: &[&Header],
    normalisation: Normalisation,
    given: &Body,
) -> Result<(Vec<f64>, Suv), String> {
    let first = slices[0];
    let units = first.units.as_deref().ok_or_else(|| missing(tags::UNITS))?;
    if let Some(other) = slices.iter().find(|h| h.units != first.units) {
        let other = other.units.as_deref().unwrap_or("nothing");
        return Err(format!("has {units} and {other} as {} of its slices", name(tags::UNITS)));
    }
    let all = |factor: f64| vec![factor; slices.len()];
    let wanted = || measure(normalisation, first, given);
    // From uptake by one measure to uptake by another.
    let from = |own: Normalisation| {
        if own == normalisation {
            Ok::<f64, String>(1.0)
        } else {
            Ok(wanted()? / measure(own, first, given)?)
        }
    };
    let by_dose = |to_bq: &dyn Fn(&Header) -> Result<f64, String>| {
        let wanted = wanted()?;
        let dose = decay::doses(slices)?;
        let factors = slices
            .iter()
            .zip(&dose.bq)
            .map(|(slice, bq)| Ok(to_bq(slice)? * (wanted / bq)))
            .collect::<Result<Vec<f64>, String>>()?;
        Ok::<_, String>((factors, dose.reference, dose.seconds))
    };
    let (factors, reference, seconds) = match units {
        "BQML" => by_dose(&|_| Ok(1.0))?,
        "GML" | "CM2ML" => {
            let default = if units == "GML" { "BW" } else { "BSA" };
            let kind = first.suv_type.as_deref().unwrap_or(default);
            let own = Normalisation::of_suv_type(kind)
                .ok_or_else(|| format!("has the unknown {} {kind}", name(tags::SUV_TYPE)))?;
            if (own == Normalisation::BodySurface) != (units == "CM2ML") {
                return Err(format!(
                    "contradicts itself: {} is {units}, {} is {kind}",
                    name(tags::UNITS),
                    name(tags::SUV_TYPE)
                ));
            }
            (all(from(own)?), "", 0.0)
        }
        "CNTS" if first.philips_suv.is_some() => {
            let ratio = from(Normalisation::BodyWeight)?;
            let factor = |h: &&Header| {
                h.philips_suv.map(|f| f * ratio).ok_or_else(|| PHILIPS_MISSING.to_owned())
            };
            (slices.iter().map(factor).collect::<Result<_, _>>()?, "", 0.0)
        }
        "CNTS" => by_dose(&|h| h.philips_activity.ok_or_else(|| PHILIPS_MISSING.to_owned()))?,
        other => {
            return Err(format!(
                "has {other} as its {}: expected BQML, GML, CM2ML, or CNTS from Philips",
                name(tags::UNITS)
            ));
        }
    };
    let factor = factors.first().copied().unwrap_or(1.0);
    let suv = Suv { normalisation, units: units.into(), reference, seconds, factor };
    Ok((factors, suv))
}

/// Counts alone have no scale.
const PHILIPS_MISSING: &str = "counts (CNTS) and lacks Philips' private factors, SUV Scale Factor (7053,1000) or Activity Concentration Scale Factor (7053,1009)";
