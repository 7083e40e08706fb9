//! Reading the text of an option.

use super::{BinningMethod, Method, NormaliseMethod, NormaliseOver, Percentages};
use crate::aggregation::{Aggregation, Aggregations};
use crate::error::Error;
use crate::registry::{Kind, OptionSpec};

/// The error of a text that an option does not take.
pub(super) fn refuse(option: &'static OptionSpec, text: &str) -> Error {
    Error::invalid(option.key, text, option.range)
}

pub(super) fn boolean(option: &'static OptionSpec, text: &str) -> Result<bool, Error> {
    match text {
        "true" | "on" | "1" | "yes" => Ok(true),
        "false" | "off" | "0" | "no" => Ok(false),
        _ => Err(refuse(option, text)),
    }
}

/// A number that is neither NaN nor infinite. Rust's own parser takes `nan`, `inf` and `infinity`.
fn finite(text: &str) -> Option<f64> {
    text.trim().parse::<f64>().ok().filter(|x| x.is_finite())
}

pub(super) fn real(option: &'static OptionSpec, text: &str) -> Result<f64, Error> {
    let (min, max) = match option.kind {
        Kind::Real { min, max } | Kind::RealOrNone { min, max } => (min, max),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    // A zero is positive, whatever its sign was.
    let number = finite(text).filter(|x| (min..=max).contains(x)).map(|x| x + 0.0);
    number.ok_or_else(|| refuse(option, text))
}

pub(super) fn real_or_none(option: &'static OptionSpec, text: &str) -> Result<Option<f64>, Error> {
    if text == "none" { Ok(None) } else { real(option, text).map(Some) }
}

pub(super) fn integer(option: &'static OptionSpec, text: &str) -> Result<u32, Error> {
    let (min, max) = match option.kind {
        Kind::Integer { min, max } => (min, max),
        _ => (0, u32::MAX),
    };
    let number = text.parse::<u32>().ok().filter(|x| (min..=max).contains(x));
    number.ok_or_else(|| refuse(option, text))
}

pub(super) fn triple(option: &'static OptionSpec, text: &str) -> Result<[f64; 3], Error> {
    let mut out = [0.0; 3];
    let mut parts = text.split(',');
    for place in &mut out {
        let spacing = parts.next().and_then(finite);
        let spacing = spacing.filter(|x| *x == 0.0 || (1e-6..=1e6).contains(x));
        *place = spacing.ok_or_else(|| refuse(option, text))? + 0.0;
    }
    if parts.next().is_some() { Err(refuse(option, text)) } else { Ok(out) }
}

pub(super) fn range(option: &'static OptionSpec, text: &str) -> Result<Option<[f64; 2]>, Error> {
    if text == "none" {
        return Ok(None);
    }
    let bound = |part: &str| match part.trim() {
        "inf" | "+inf" => Some(f64::INFINITY),
        "-inf" => Some(f64::NEG_INFINITY),
        number => finite(number).filter(|x| (-1e300..=1e300).contains(x)).map(|x| x + 0.0),
    };
    let bounds = text.split_once(',').and_then(|(low, high)| Some([bound(low)?, bound(high)?]));
    let bounds = bounds.filter(|[low, high]| low < high);
    bounds.map(Some).ok_or_else(|| refuse(option, text))
}

pub(super) fn percentages(option: &'static OptionSpec, text: &str) -> Result<Percentages, Error> {
    let mut out = Percentages::new();
    for part in text.split(',') {
        let previous = out.last().copied().unwrap_or(0.0);
        let number = finite(part).filter(|x| *x > previous && *x < 100.0);
        let number = number.ok_or_else(|| refuse(option, text))?;
        out.push(number).map_err(|_| refuse(option, text))?;
    }
    Ok(out)
}

/// The machine words of the aggregations, in the order of [`Aggregation::DIRECTIONAL`].
pub(super) const AGGREGATION_WORDS: [&str; 6] = [
    "2d_averaged",
    "2d_slice_merged",
    "2.5d_direction_merged",
    "2.5d_merged",
    "3d_averaged",
    "3d_merged",
];

pub(super) fn aggregations(option: &'static OptionSpec, text: &str) -> Result<Aggregations, Error> {
    if text == "all" {
        return Ok(Aggregation::DIRECTIONAL.into_iter().collect());
    }
    let mut out = Aggregations::EMPTY;
    for part in text.split(',') {
        let part = part.trim();
        let found =
            Aggregation::DIRECTIONAL.into_iter().zip(AGGREGATION_WORDS).find(|(a, word)| {
                part.eq_ignore_ascii_case(word)
                    || part.eq_ignore_ascii_case(a.words())
                    || part.eq_ignore_ascii_case(a.code())
            });
        let (found, _) = found.ok_or_else(|| refuse(option, text))?;
        out = out.with(found);
    }
    Ok(out)
}

pub(super) fn method(option: &'static OptionSpec, text: &str) -> Result<Method, Error> {
    match text {
        "nearest" => Ok(Method::Nearest),
        "linear" => Ok(Method::Linear),
        "cubic" => Ok(Method::Cubic),
        _ => Err(refuse(option, text)),
    }
}

pub(super) const fn method_word(method: Method) -> &'static str {
    match method {
        Method::Nearest => "nearest",
        Method::Linear => "linear",
        Method::Cubic => "cubic",
    }
}

pub(super) fn binning(option: &'static OptionSpec, text: &str) -> Result<BinningMethod, Error> {
    match text {
        "none" => Ok(BinningMethod::None),
        "fbs" => Ok(BinningMethod::FixedBinSize),
        "fbn" => Ok(BinningMethod::FixedBinNumber),
        _ => Err(refuse(option, text)),
    }
}

pub(super) const fn binning_word(method: BinningMethod) -> &'static str {
    match method {
        BinningMethod::None => "none",
        BinningMethod::FixedBinSize => "fbs",
        BinningMethod::FixedBinNumber => "fbn",
    }
}

pub(super) fn normalise(option: &'static OptionSpec, text: &str) -> Result<NormaliseMethod, Error> {
    match text {
        "none" => Ok(NormaliseMethod::None),
        "z_score" => Ok(NormaliseMethod::ZScore),
        "range" => Ok(NormaliseMethod::Range),
        _ => Err(refuse(option, text)),
    }
}

pub(super) fn over(option: &'static OptionSpec, text: &str) -> Result<NormaliseOver, Error> {
    match text {
        "image" => Ok(NormaliseOver::Image),
        "region" => Ok(NormaliseOver::Region),
        _ => Err(refuse(option, text)),
    }
}
