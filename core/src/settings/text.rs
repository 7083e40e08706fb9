//! Options by text key.

use core::fmt::{self, Write};

use super::filter;
use super::parse::{self, AGGREGATION_WORDS};
use super::{BinningMethod, NormaliseMethod, NormaliseOver, Settings};
use crate::aggregation::Aggregation;
use crate::error::{Error, excerpt};
use crate::registry::{Kind, OPTIONS, OptionSpec};

// One bit an option says what was set by hand.
const _: () = assert!(OPTIONS.len() <= 128);

/// Place in the table and row of a key.
pub(super) fn find(key: &str) -> Result<(usize, &'static OptionSpec), Error> {
    OPTIONS
        .iter()
        .enumerate()
        .find(|(_, option)| option.key == key)
        .ok_or_else(|| Error::UnknownKey { key: excerpt(key), nearest: nearest(key) })
}

impl Settings {
    /// Sets an option from its text.
    ///
    /// A bin width switches its discretisation to `fbs` and a bin count to `fbn`, unless the method was
    /// set by hand. `none` takes a number back.
    ///
    /// # Errors
    /// An unknown key, with the nearest one; a text that the option does not take. Nothing changes then.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), Error> {
        let (index, o) = find(key)?;
        let text = text.trim();
        match key {
            "load.round" => self.load.round = parse::boolean(o, text)?,
            "normalise.method" => self.normalise.method = parse::normalise(o, text)?,
            "normalise.over" => self.normalise.over = parse::over(o, text)?,
            "normalise.lower" => self.normalise.lower = parse::real(o, text)?,
            "normalise.upper" => self.normalise.upper = parse::real(o, text)?,
            "resample.spacing_mm" => self.resample.spacing_mm = parse::triple(o, text)?,
            "resample.image_method" => self.resample.image_method = parse::method(o, text)?,
            "resample.mask_method" => self.resample.mask_method = parse::method(o, text)?,
            "resample.mask_threshold" => self.resample.mask_threshold = parse::real(o, text)?,
            "resample.round" => self.resample.round = parse::boolean(o, text)?,
            "resegment.range" => self.resegment.range = parse::range(o, text)?,
            "resegment.sigma" => self.resegment.sigma = parse::real_or_none(o, text)?,
            key if key.starts_with("filter.") => filter::set(&mut self.filter, o, text)?,
            "discretise.method" => self.discretise.method = parse::binning(o, text)?,
            "discretise.bin_width" => {
                self.discretise.bin_width = parse::real_or_none(o, text)?;
                self.switch("discretise.method", text);
            }
            "discretise.bin_count" => {
                self.discretise.bin_count = parse::integer(o, text)?;
                self.switch_to_count("discretise.method");
            }
            "discretise.lower" => self.discretise.lower = parse::real_or_none(o, text)?,
            "ivh.method" => self.ivh.binning.method = parse::binning(o, text)?,
            "ivh.bin_width" => {
                self.ivh.binning.bin_width = parse::real_or_none(o, text)?;
                self.switch("ivh.method", text);
            }
            "ivh.bin_count" => {
                self.ivh.binning.bin_count = parse::integer(o, text)?;
                self.switch_to_count("ivh.method");
            }
            "ivh.lower" => self.ivh.binning.lower = parse::real_or_none(o, text)?,
            "ivh.fractions" => self.ivh.fractions = parse::percentages(o, text)?,
            "texture.aggregation" => self.texture.aggregation = parse::aggregations(o, text)?,
            "texture.max_levels" => self.texture.max_levels = parse::integer(o, text)?,
            "glcm.distance" => self.glcm.distance = parse::integer(o, text)?,
            "ngtdm.distance" => self.ngtdm.distance = parse::integer(o, text)?,
            "ngldm.distance" => self.ngldm.distance = parse::integer(o, text)?,
            "ngldm.alpha" => self.ngldm.alpha = parse::real(o, text)?,
            "morphology.ombb" => self.morphology.ombb = parse::boolean(o, text)?,
            "morphology.mvee" => self.morphology.mvee = parse::boolean(o, text)?,
            "morphology.spatial" => self.morphology.spatial = parse::boolean(o, text)?,
            "diagnostics" => self.diagnostics = parse::boolean(o, text)?,
            _ => return Err(Error::UnknownKey { key: excerpt(key), nearest: o.key }),
        }
        // `none` takes a number back rather than asking for something.
        let taken_back = text == "none" && matches!(o.kind, Kind::RealOrNone { .. } | Kind::Range);
        let bit = 1u128 << index;
        if taken_back {
            self.explicit &= !bit
        } else {
            self.explicit |= bit
        }
        Ok(())
    }

    /// Whether an option was set by hand.
    pub(super) fn is_explicit(&self, key: &str) -> bool {
        find(key).is_ok_and(|(index, _)| self.explicit >> index & 1 == 1)
    }

    /// A width was set: bins of fixed size, unless the method was set by hand.
    fn switch(&mut self, method: &'static str, text: &str) {
        if text != "none" && !self.is_explicit(method) {
            self.binning_mut(method).method = BinningMethod::FixedBinSize;
        }
    }

    /// A count was set: a fixed number of bins, unless the method was set by hand.
    fn switch_to_count(&mut self, method: &'static str) {
        if !self.is_explicit(method) {
            self.binning_mut(method).method = BinningMethod::FixedBinNumber;
        }
    }

    fn binning_mut(&mut self, method: &str) -> &mut super::Binning {
        if method == "ivh.method" { &mut self.ivh.binning } else { &mut self.discretise }
    }

    /// The text of an option, such that setting it again changes nothing.
    ///
    /// # Errors
    /// An unknown key.
    pub fn get(&self, key: &str) -> Result<impl fmt::Display + '_, Error> {
        let (_, option) = find(key)?;
        Ok(Shown { settings: self, key: option.key })
    }
}

struct Shown<'s> {
    settings: &'s Settings,
    key: &'static str,
}

impl fmt::Display for Shown<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let s = self.settings;
        let optional = |f: &mut fmt::Formatter<'_>, x: Option<f64>| match x {
            Some(x) => write!(f, "{}", Real(x)),
            None => f.write_str("none"),
        };
        match self.key {
            "load.round" => write!(f, "{}", s.load.round),
            "normalise.method" => f.write_str(match s.normalise.method {
                NormaliseMethod::None => "none",
                NormaliseMethod::ZScore => "z_score",
                NormaliseMethod::Range => "range",
            }),
            "normalise.over" => f.write_str(match s.normalise.over {
                NormaliseOver::Image => "image",
                NormaliseOver::Region => "region",
            }),
            "normalise.lower" => write!(f, "{}", Real(s.normalise.lower)),
            "normalise.upper" => write!(f, "{}", Real(s.normalise.upper)),
            "resample.spacing_mm" => {
                let [x, y, z] = s.resample.spacing_mm.map(Real);
                write!(f, "{x},{y},{z}")
            }
            "resample.image_method" => f.write_str(parse::method_word(s.resample.image_method)),
            "resample.mask_method" => f.write_str(parse::method_word(s.resample.mask_method)),
            "resample.mask_threshold" => write!(f, "{}", Real(s.resample.mask_threshold)),
            "resample.round" => write!(f, "{}", s.resample.round),
            "resegment.range" => match s.resegment.range {
                Some([low, high]) => write!(f, "{},{}", Real(low), Real(high)),
                None => f.write_str("none"),
            },
            "resegment.sigma" => optional(f, s.resegment.sigma),
            key if key.starts_with("filter.") => filter::show(&s.filter, key, f),
            "discretise.method" => f.write_str(parse::binning_word(s.discretise.method)),
            "discretise.bin_width" => optional(f, s.discretise.bin_width),
            "discretise.bin_count" => write!(f, "{}", s.discretise.bin_count),
            "discretise.lower" => optional(f, s.discretise.lower),
            "ivh.method" => f.write_str(parse::binning_word(s.ivh.binning.method)),
            "ivh.bin_width" => optional(f, s.ivh.binning.bin_width),
            "ivh.bin_count" => write!(f, "{}", s.ivh.binning.bin_count),
            "ivh.lower" => optional(f, s.ivh.binning.lower),
            "ivh.fractions" => joined(f, s.ivh.fractions.iter().copied().map(Real)),
            "texture.aggregation" => joined(
                f,
                Aggregation::DIRECTIONAL
                    .into_iter()
                    .zip(AGGREGATION_WORDS)
                    .filter(|(a, _)| s.texture.aggregation.has(*a))
                    .map(|(_, word)| word),
            ),
            "texture.max_levels" => write!(f, "{}", s.texture.max_levels),
            "glcm.distance" => write!(f, "{}", s.glcm.distance),
            "ngtdm.distance" => write!(f, "{}", s.ngtdm.distance),
            "ngldm.distance" => write!(f, "{}", s.ngldm.distance),
            "ngldm.alpha" => write!(f, "{}", Real(s.ngldm.alpha)),
            "morphology.ombb" => write!(f, "{}", s.morphology.ombb),
            "morphology.mvee" => write!(f, "{}", s.morphology.mvee),
            "morphology.spatial" => write!(f, "{}", s.morphology.spatial),
            "diagnostics" => write!(f, "{}", s.diagnostics),
            _ => Ok(()),
        }
    }
}

/// A number in the fewest digits that give it back, with an exponent where it would have many zeros.
pub(super) struct Real(pub(super) f64);

impl fmt::Display for Real {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let x = self.0;
        let plain = x == 0.0 || !x.is_finite() || (1e-5..1e15).contains(&x.abs());
        if plain { write!(f, "{x}") } else { write!(f, "{x:e}") }
    }
}

pub(super) fn joined(
    f: &mut fmt::Formatter<'_>,
    parts: impl Iterator<Item = impl fmt::Display>,
) -> fmt::Result {
    for (i, part) in parts.enumerate() {
        if i > 0 {
            f.write_char(',')?;
        }
        write!(f, "{part}")?;
    }
    Ok(())
}

/// The key that takes the fewest edits; of keys longer than 64 bytes the front counts.
fn nearest(key: &str) -> &'static str {
    let key = key.as_bytes();
    let key = &key[..key.len().min(64)];
    OPTIONS
        .iter()
        .map(|o| o.key)
        .min_by_key(|candidate| edits(key, candidate.as_bytes()))
        .unwrap_or("")
}

/// Levenshtein's distance; both texts have at most 64 bytes.
fn edits(a: &[u8], b: &[u8]) -> usize {
    let mut row = [0usize; 65];
    let b = &b[..b.len().min(64)];
    for (j, cell) in row.iter_mut().enumerate() {
        *cell = j;
    }
    for (i, x) in a.iter().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, y) in b.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (above + 1).min(row[j] + 1).min(diagonal + usize::from(x != y));
            diagonal = above;
        }
    }
    row[b.len()]
}
