//! Reading lists: numbers, kernels, sub-bands, images.

use super::{Code, Codes, FilterKind, Images, Integers, Pooled, Reals};
use crate::error::Error;
use crate::registry::{Kind, OptionSpec};
use crate::settings::parse::refuse;

/// The items of a text with commas, one to eight.
fn list<T>(
    option: &'static OptionSpec,
    text: &str,
    item: impl Fn(&str, Option<&T>) -> Option<T>,
) -> Result<heapless::Vec<T, 8>, Error> {
    let mut out = heapless::Vec::new();
    for part in text.split(',') {
        let next = item(part.trim(), out.last()).ok_or_else(|| refuse(option, text))?;
        out.push(next).map_err(|_| refuse(option, text))?;
    }
    Ok(out)
}

pub(super) fn reals(option: &'static OptionSpec, text: &str) -> Result<Reals, Error> {
    let (min, max) = match option.kind {
        Kind::Reals { min, max } => (min, max),
        _ => (f64::NEG_INFINITY, f64::INFINITY),
    };
    list(option, text, |part, last: Option<&f64>| {
        let number = part.parse::<f64>().ok().filter(|x| (min..=max).contains(x))? + 0.0;
        last.is_none_or(|last| number > *last).then_some(number)
    })
}

pub(super) fn integers(option: &'static OptionSpec, text: &str) -> Result<Integers, Error> {
    let (min, max) = match option.kind {
        Kind::Integers { min, max } => (min, max),
        _ => (0, u32::MAX),
    };
    list(option, text, |part, last: Option<&u32>| {
        let number = part.parse::<u32>().ok().filter(|x| (min..=max).contains(x))?;
        last.is_none_or(|last| number > *last).then_some(number)
    })
}

pub(super) fn order(option: &'static OptionSpec, text: &str) -> Result<[u32; 3], Error> {
    let max = match option.kind {
        Kind::Order { max } => max,
        _ => 0,
    };
    let parts =
        list(option, text, |part, _: Option<&u32>| part.parse::<u32>().ok().filter(|x| *x <= max))?;
    match parts.as_slice() {
        [x, y, z] if x + y + z > 0 => Ok([*x, *y, *z]),
        _ => Err(refuse(option, text)),
    }
}

/// The one-dimensional Laws kernels.
pub(crate) const LAWS: [&str; 8] = ["L3", "L5", "E3", "E5", "S3", "S5", "W5", "R5"];

pub(super) fn kernels(option: &'static OptionSpec, text: &str) -> Result<Codes, Error> {
    distinct(option, text, |part| {
        let whole = matches!(part.len(), 4 | 6) && part.is_ascii();
        let known = |at: usize| LAWS.contains(&&part[at..at + 2]);
        (whole && (0..part.len()).step_by(2).all(known)).then(|| Code::new(part)).flatten()
    })
}

pub(super) fn bands(option: &'static OptionSpec, text: &str) -> Result<Codes, Error> {
    if text == "all" {
        return Ok(Codes::new());
    }
    distinct(option, text, |part| {
        let whole = matches!(part.len(), 2 | 3) && part.bytes().all(|b| matches!(b, b'L' | b'H'));
        if whole { Code::new(part) } else { None }
    })
}

/// Words of which none is there twice.
fn distinct(
    option: &'static OptionSpec,
    text: &str,
    code: impl Fn(&str) -> Option<Code>,
) -> Result<Codes, Error> {
    let codes = list(option, text, |part, _: Option<&Code>| code(part))?;
    let repeated = codes.iter().enumerate().any(|(i, code)| codes[..i].contains(code));
    if repeated { Err(refuse(option, text)) } else { Ok(codes) }
}

pub(super) fn images(option: &'static OptionSpec, text: &str) -> Result<Images, Error> {
    let mut out = Images::EMPTY;
    for part in text.split(',') {
        let part = part.trim();
        let kind = FilterKind::ALL.iter().find(|kind| kind.name() == part);
        out = match kind {
            Some(kind) => out.with(*kind),
            None if part == super::images::ORIGINAL => out.with_original(),
            None => return Err(refuse(option, text)),
        };
    }
    Ok(out)
}

pub(super) fn pooling(option: &'static OptionSpec, text: &str) -> Result<Pooled, Error> {
    match text {
        "none" => Ok(Pooled::None),
        "max" => Ok(Pooled::Max),
        "mean" => Ok(Pooled::Mean),
        "min" => Ok(Pooled::Min),
        "sum" => Ok(Pooled::Sum),
        _ => Err(refuse(option, text)),
    }
}
