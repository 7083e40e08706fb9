//! Decay of the dose until the time that the image is corrected to.

use dicom_dictionary_std::tags;
use radiomics::math;

use super::header::Header;
use super::time::{DAY, Moment, time_of_day};
use crate::dicom::attributes::{missing, name};

/// Doses below are not in becquerel.
const SMALLEST_DOSE_BQ: f64 = 1e4;
/// A thousandth of the dose is left then: times that lie farther apart are wrong.
const MOST_HALF_LIVES: f64 = 10.0;

/// The dose at the time each slice is corrected to, in Bq, and how that was found.
pub(super) struct Dose {
    pub bq: Vec<f64>,
    /// What the times are.
    pub reference: &'static str,
    /// Seconds from injection to the reference; of the first slice.
    pub seconds: f64,
}

/// The remaining dose for each slice.
pub(super) fn doses(slices: &[&Header]) -> Result<Dose, String> {
    let Some(first) = slices.first() else { return Err("holds no slices".into()) };
    let dose = first.dose_bq.ok_or_else(|| in_drug(tags::RADIONUCLIDE_TOTAL_DOSE))?;
    if dose < SMALLEST_DOSE_BQ {
        return Err(format!(
            "has a {} of {dose}: expected becquerel (MBq were written?)",
            name(tags::RADIONUCLIDE_TOTAL_DOSE)
        ));
    }
    let corrected = first.corrected.as_ref().ok_or_else(|| missing(tags::CORRECTED_IMAGE))?;
    let is_corrected = |for_: &str| corrected.iter().any(|c| c == for_);
    if !is_corrected("ATTN") {
        return Err(format!(
            "is not corrected for attenuation: {} lacks ATTN",
            name(tags::CORRECTED_IMAGE)
        ));
    }
    let correction = match (first.decay_correction.as_deref(), first.reference) {
        (Some(correction), _) => correction,
        (None, Some(_)) => "START",
        (None, None) => return Err(missing(tags::DECAY_CORRECTION)),
    };
    if matches!(correction, "START" | "ADMIN") && !is_corrected("DECAY") {
        return Err(format!(
            "contradicts itself: {} is {correction}, {} lacks DECAY",
            name(tags::DECAY_CORRECTION),
            name(tags::CORRECTED_IMAGE)
        ));
    }
    let half_life = || first.half_life_s.ok_or_else(|| in_drug(tags::RADIONUCLIDE_HALF_LIFE));
    // What is left some seconds after a moment.
    let left = |moment: Moment, later: f64| {
        let half_life = half_life()?;
        let seconds = moment.since(injection(first, moment)?) + later;
        if !(0.0..=MOST_HALF_LIVES * half_life).contains(&seconds) {
            return Err(format!(
                "was injected {seconds:.0} s before the scan by its header, for a half life of {half_life} s: {} or the times of the scan are wrong",
                name(tags::RADIOPHARMACEUTICAL_START_TIME)
            ));
        }
        Ok((dose * math::pow(2.0, -seconds / half_life), seconds))
    };
    let same = |(bq, seconds), reference| Dose { bq: vec![bq; slices.len()], reference, seconds };
    match correction {
        "ADMIN" => Ok(same((dose, 0.0), "injection")),
        "START" => {
            let (start, later, reference) = scan_start(slices)?;
            Ok(same(left(start, later)?, reference))
        }
        "NONE" => {
            let each = slices
                .iter()
                .map(|slice| {
                    let acquired = slice.acquisition.ok_or_else(acquisition_missing)?;
                    let duration = slice
                        .frame_duration_ms
                        .ok_or_else(|| missing(tags::ACTUAL_FRAME_DURATION))?;
                    left(acquired, average_time(duration / 1000.0, half_life()?))
                })
                .collect::<Result<Vec<_>, String>>()?;
            let seconds = each.first().map_or(0.0, |(_, s)| *s);
            let bq = each.into_iter().map(|(bq, _)| bq).collect();
            Ok(Dose { bq, reference: "each slice's own acquisition", seconds })
        }
        other => Err(format!(
            "has {other} as its {}: expected START, ADMIN or NONE",
            name(tags::DECAY_CORRECTION)
        )),
    }
}

fn in_drug(tag: dicom_core::Tag) -> String {
    format!("{} in {}", missing(tag), name(tags::RADIOPHARMACEUTICAL_INFORMATION_SEQUENCE))
}

fn acquisition_missing() -> String {
    format!("{} or {}", missing(tags::ACQUISITION_DATE), name(tags::ACQUISITION_TIME))
}

/// The time after the start of a frame at which the decaying count rate has its average over the frame.
fn average_time(duration: f64, half_life: f64) -> f64 {
    let constant = math::ln(2.0) / half_life;
    let decay = constant * duration;
    if decay < 1e-9 {
        return duration / 2.0;
    }
    math::ln(decay / (1.0 - math::exp(-decay))) / constant
}

/// When the scan began, by what the header's maker means by it.
///
/// The series time is the start of the scan unless it lies after the acquisition: then the series was made
/// later, by reconstruction or processing. GE keeps the start in a private attribute; elsewhere the frame reference
/// time leads back from the acquisition of a bed position to the start, and failing that the earliest acquisition
/// is the start. Answers a moment and seconds after it.
fn scan_start(slices: &[&Header]) -> Result<(Moment, f64, &'static str), String> {
    if let Some(reference) = slices[0].reference {
        return Ok((reference, 0.0, "decay correction date and time"));
    }
    let acquired = slices.iter().filter_map(|h| Some((h, h.acquisition?)));
    let Some((earliest, start)) = acquired.min_by_key(|(_, at)| *at) else {
        return Err(acquisition_missing());
    };
    let series = slices.iter().find_map(|h| h.series);
    if let Some(series) = series.filter(|s| *s <= start) {
        return Ok((series, 0.0, "series time"));
    }
    if let Some(scan) = slices.iter().find_map(|h| h.ge_scan) {
        return Ok((scan, 0.0, "GE scan time (0009,100D)"));
    }
    let back = (earliest.frame_reference_ms, earliest.frame_duration_ms, earliest.half_life_s);
    if let (Some(reference), Some(duration), Some(half_life)) = back
        && reference > 0.0
    {
        let average = average_time(duration / 1000.0, half_life);
        let later = average - reference / 1000.0;
        return Ok((start, later, "acquisition less frame reference time"));
    }
    Ok((start, 0.0, "earliest acquisition"))
}

/// When the drug was given: date and time where the header has them, else the time of day before the scan.
fn injection(header: &Header, scan: Moment) -> Result<Moment, String> {
    let clock = match &header.injection_time {
        Some(text) => Some(time_of_day(text).ok_or_else(|| {
            format!("has no time in its {}", name(tags::RADIOPHARMACEUTICAL_START_TIME))
        })?),
        None => None,
    };
    // Where dates were shifted to hide them, the date of the injection may have stayed behind.
    let dated = header.injection.filter(|i| (0..=DAY).contains(&(scan.0 - i.0)) || clock.is_none());
    match (dated, clock) {
        (Some(moment), _) => Ok(moment),
        (None, Some(clock)) => {
            let today = Moment(scan.day().0 + clock);
            Ok(if today > scan { Moment(today.0 - DAY) } else { today })
        }
        (None, None) => Err(format!(
            "{} or {}",
            in_drug(tags::RADIOPHARMACEUTICAL_START_TIME),
            name(tags::RADIOPHARMACEUTICAL_START_DATE_TIME)
        )),
    }
}
