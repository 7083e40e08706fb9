//! The options of filters by text key.

use core::fmt;

use super::{Edge, FilterKind, Filters, Pooled, lists};
use crate::error::Error;
use crate::filter::Binary;
use crate::registry::{Kind, OptionSpec};
use crate::settings::parse::{self, refuse};
use crate::settings::text::{Real, joined};

/// The filter of a key `filter.<name>.bin_width`.
fn width_of(key: &str) -> Option<FilterKind> {
    let name = key.strip_prefix("filter.")?.strip_suffix(".bin_width")?;
    FilterKind::ALL.iter().copied().find(|kind| kind.name() == name)
}

/// Sets an option whose key begins with `filter.`.
pub(crate) fn set(f: &mut Filters, o: &'static OptionSpec, text: &str) -> Result<(), Error> {
    match o.key {
        "filter.images" => f.images = lists::images(o, text)?,
        "filter.dimension" => f.planar = word(o, text)? == "2d",
        "filter.boundary" => {
            f.edge = match word(o, text)? {
                "zero" => Edge::Zero,
                "constant" => Edge::Constant,
                "nearest" => Edge::Nearest,
                "periodic" => Edge::Periodic,
                _ => Edge::Mirror,
            }
        }
        "filter.constant" => f.constant = parse::real(o, text)?,
        "filter.bin_count" => f.bin_count = parse::integer(o, text)?,
        "filter.ivh_bin_count" => f.ivh_bin_count = parse::integer(o, text)?,
        "filter.mean.size" => f.mean = lists::integers(o, text)?,
        "filter.gaussian.sigma_mm" => f.gaussian.sigma_mm = lists::reals(o, text)?,
        "filter.gaussian.cutoff" => f.gaussian.cutoff = parse::real(o, text)?,
        "filter.log.sigma_mm" => f.log.sigma_mm = lists::reals(o, text)?,
        "filter.log.cutoff" => f.log.cutoff = parse::real(o, text)?,
        "filter.log.zero_sum" => f.log.zero_sum = parse::boolean(o, text)?,
        "filter.laws.kernels" => f.laws.kernels = lists::kernels(o, text)?,
        "filter.laws.pooling" => f.laws.pooling = lists::pooling(o, text)?,
        "filter.laws.energy" => f.laws.energy = parse::boolean(o, text)?,
        "filter.laws.energy_delta" => f.laws.energy_delta = parse::integer(o, text)?,
        "filter.gabor.sigma_mm" => f.gabor.sigma_mm = lists::reals(o, text)?,
        "filter.gabor.lambda_mm" => f.gabor.lambda_mm = lists::reals(o, text)?,
        "filter.gabor.gamma" => f.gabor.gamma = parse::real(o, text)?,
        "filter.gabor.theta_deg" => f.gabor.theta_deg = lists::reals(o, text)?,
        "filter.gabor.pooling" => f.gabor.pooling = lists::pooling(o, text)?,
        "filter.gabor.step_deg" => f.gabor.step_deg = parse::real(o, text)?,
        "filter.gabor.planes" => f.gabor.orthogonal = word(o, text)? == "orthogonal",
        "filter.wavelet.name" => f.wavelet.name = word(o, text)?,
        "filter.wavelet.level" => f.wavelet.level = lists::integers(o, text)?,
        "filter.wavelet.bands" => f.wavelet.bands = lists::bands(o, text)?,
        "filter.wavelet.pooling" => f.wavelet.pooling = lists::pooling(o, text)?,
        "filter.simoncelli.level" => f.simoncelli = lists::integers(o, text)?,
        "filter.riesz.order" => f.riesz.order = lists::order(o, text)?,
        "filter.riesz.steering_sigma_mm" => {
            f.riesz.steering_sigma_mm = parse::real_or_none(o, text)?
        }
        "filter.lbp.code" => {
            let name = word(o, text)?;
            f.lbp = Binary::ALL
                .into_iter()
                .find(|code| code.name() == name)
                .ok_or_else(|| refuse(o, text))?;
        }
        key => match width_of(key) {
            Some(kind) => f.bin_width[kind as usize] = parse::real_or_none(o, text)?,
            None => return Err(refuse(o, text)),
        },
    }
    Ok(())
}

/// One of the words of an option, as the table holds it.
fn word(option: &'static OptionSpec, text: &str) -> Result<&'static str, Error> {
    let words = match option.kind {
        Kind::Word(words) => words,
        _ => &[],
    };
    words.iter().copied().find(|word| *word == text).ok_or_else(|| refuse(option, text))
}

/// Writes the text of an option whose key begins with `filter.`.
pub(crate) fn show(s: &Filters, key: &str, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    let reals = |f: &mut fmt::Formatter<'_>, x: &[f64]| joined(f, x.iter().copied().map(Real));
    match key {
        "filter.images" => joined(f, s.images.words()),
        "filter.dimension" => f.write_str(if s.planar { "2d" } else { "3d" }),
        "filter.boundary" => f.write_str(match s.edge {
            Edge::Zero => "zero",
            Edge::Constant => "constant",
            Edge::Nearest => "nearest",
            Edge::Periodic => "periodic",
            Edge::Mirror => "mirror",
        }),
        "filter.constant" => write!(f, "{}", Real(s.constant)),
        "filter.bin_count" => write!(f, "{}", s.bin_count),
        "filter.ivh_bin_count" => write!(f, "{}", s.ivh_bin_count),
        "filter.mean.size" => joined(f, s.mean.iter()),
        "filter.gaussian.sigma_mm" => reals(f, &s.gaussian.sigma_mm),
        "filter.gaussian.cutoff" => write!(f, "{}", Real(s.gaussian.cutoff)),
        "filter.log.sigma_mm" => reals(f, &s.log.sigma_mm),
        "filter.log.cutoff" => write!(f, "{}", Real(s.log.cutoff)),
        "filter.log.zero_sum" => write!(f, "{}", s.log.zero_sum),
        "filter.laws.kernels" => joined(f, s.laws.kernels.iter()),
        "filter.laws.pooling" => f.write_str(s.laws.pooling.name()),
        "filter.laws.energy" => write!(f, "{}", s.laws.energy),
        "filter.laws.energy_delta" => write!(f, "{}", s.laws.energy_delta),
        "filter.gabor.sigma_mm" => reals(f, &s.gabor.sigma_mm),
        "filter.gabor.lambda_mm" => reals(f, &s.gabor.lambda_mm),
        "filter.gabor.gamma" => write!(f, "{}", Real(s.gabor.gamma)),
        "filter.gabor.theta_deg" => reals(f, &s.gabor.theta_deg),
        "filter.gabor.pooling" => f.write_str(s.gabor.pooling.name()),
        "filter.gabor.step_deg" => write!(f, "{}", Real(s.gabor.step_deg)),
        "filter.gabor.planes" => {
            f.write_str(if s.gabor.orthogonal { "orthogonal" } else { "axial" })
        }
        "filter.wavelet.name" => f.write_str(s.wavelet.name),
        "filter.wavelet.level" => joined(f, s.wavelet.level.iter()),
        "filter.wavelet.bands" if s.wavelet.bands.is_empty() => f.write_str("all"),
        "filter.wavelet.bands" => joined(f, s.wavelet.bands.iter()),
        "filter.wavelet.pooling" => f.write_str(s.wavelet.pooling.name()),
        "filter.simoncelli.level" => joined(f, s.simoncelli.iter()),
        "filter.riesz.order" => joined(f, s.riesz.order.iter()),
        "filter.riesz.steering_sigma_mm" => optional(f, s.riesz.steering_sigma_mm),
        "filter.lbp.code" => f.write_str(s.lbp.name()),
        key => match width_of(key) {
            Some(kind) => optional(f, s.bin_width[kind as usize]),
            None => Ok(()),
        },
    }
}

fn optional(f: &mut fmt::Formatter<'_>, x: Option<f64>) -> fmt::Result {
    match x {
        Some(x) => write!(f, "{}", Real(x)),
        None => f.write_str("none"),
    }
}

/// Under which other settings an option of a filter would have an effect that it has not now.
pub(crate) fn unused(s: &Filters, key: &str) -> Option<&'static str> {
    use FilterKind::{
        Gabor, Gaussian, Laws, Log, Mean, Riesz, RieszLog, RieszSimoncelli, Simoncelli, Wavelet,
    };
    let has = |kind| s.images.has(kind);
    // Filters that look beyond a voxel, Gabor in its own planes.
    let spatial = s.images.iter().any(|kind| kind < FilterKind::Square);
    // Those that are defined by their spectrum are periodic; the structure tensor is smoothed with an edge.
    let edged = s.images.iter().any(|kind| match kind {
        Simoncelli => false,
        Riesz | RieszSimoncelli => s.riesz.steering_sigma_mm.is_some(),
        kind => kind < FilterKind::Square,
    });
    let (used, expected) = match key {
        "filter.images" => (true, ""),
        "filter.dimension" => (
            s.images.iter().any(|kind| kind < FilterKind::Square && kind != Gabor),
            "set only with a filter in filter.images that has dimensions",
        ),
        "filter.boundary" => (
            edged || (spatial && s.edge == Edge::Periodic),
            "set only with a filter in filter.images that has an edge; simoncelli and riesz are periodic",
        ),
        "filter.constant" => {
            (edged && s.edge == Edge::Constant, "set only with filter.boundary constant")
        }
        "filter.bin_count" => (
            s.images.iter().any(|kind| s.bin_width[kind as usize].is_none()),
            "set only with a filter in filter.images that has no bin width",
        ),
        "filter.ivh_bin_count" => (s.images.filtered(), "set only with a filter in filter.images"),
        "filter.mean.size" => (has(Mean), "set only with mean in filter.images"),
        "filter.gaussian.sigma_mm" | "filter.gaussian.cutoff" => {
            (has(Gaussian), "set only with gaussian in filter.images")
        }
        "filter.log.sigma_mm" | "filter.log.cutoff" | "filter.log.zero_sum" => {
            (has(Log) || has(RieszLog), "set only with log or riesz_log in filter.images")
        }
        "filter.laws.energy_delta" => (
            has(Laws) && s.laws.energy,
            "set only with laws in filter.images and filter.laws.energy",
        ),
        "filter.gabor.theta_deg" => (
            has(Gabor) && s.gabor.pooling == Pooled::None,
            "set only with gabor in filter.images and filter.gabor.pooling none",
        ),
        "filter.gabor.step_deg" => (
            has(Gabor) && s.gabor.pooling != Pooled::None,
            "set only with gabor in filter.images and a filter.gabor.pooling other than none",
        ),
        "filter.simoncelli.level" => (
            has(Simoncelli) || has(RieszSimoncelli),
            "set only with simoncelli or riesz_simoncelli in filter.images",
        ),
        "filter.riesz.order" | "filter.riesz.steering_sigma_mm" => {
            (s.images.riesz(), "set only with a Riesz transform in filter.images")
        }
        "filter.lbp.code" => (has(FilterKind::Lbp), "set only with lbp in filter.images"),
        key => match width_of(key) {
            Some(kind) => (has(kind), "set only with that filter in filter.images"),
            None if key.starts_with("filter.laws.") => {
                (has(Laws), "set only with laws in filter.images")
            }
            None if key.starts_with("filter.gabor.") => {
                (has(Gabor), "set only with gabor in filter.images")
            }
            None => (has(Wavelet), "set only with wavelet in filter.images"),
        },
    };
    if used { None } else { Some(expected) }
}
