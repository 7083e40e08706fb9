//! Settings out of range, settings that contradict each other, and settings without an effect.

use core::fmt::Write;

use super::text::find;
use super::{Binning, BinningMethod, NormaliseMethod, Settings};
use crate::aggregation::Aggregation;
use crate::error::Error;
use crate::prepare::method::Method;
use crate::registry::OPTIONS;

/// Room for the text of any option: eight numbers of at most 24 characters, with commas.
type Text = heapless::String<256>;

impl Settings {
    /// Checks every value, and that the settings make sense together.
    ///
    /// # Errors
    /// The first option that is out of range, contradicts another, or was set by hand and would have no
    /// effect.
    pub fn check(&self) -> Result<(), Error> {
        self.check_values()?;
        for option in OPTIONS.iter().filter(|o| self.is_explicit(o.key)) {
            if let Some(expected) = self.unused(option.key) {
                return Err(Error::invalid(option.key, self.text(option.key)?.as_str(), expected));
            }
        }
        for (key, binning) in self.binnings() {
            if binning.method == BinningMethod::FixedBinSize && binning.bin_width.is_none() {
                return Err(Error::invalid(key, "none", "a bin width for fbs"));
            }
        }
        super::filter::check(self)?;
        let normalise = &self.normalise;
        if normalise.method == NormaliseMethod::Range && normalise.lower >= normalise.upper {
            let expected = "below normalise.upper";
            return Err(Error::invalid("normalise.lower", normalise.lower, expected));
        }
        Ok(())
    }

    /// Whether an option has an effect beside the others: a bin width has none with a fixed number of
    /// bins. The options with an effect, set again from their texts, give the same extraction.
    ///
    /// # Errors
    /// An unknown key.
    pub fn in_effect(&self, key: &str) -> Result<bool, Error> {
        let (_, option) = find(key)?;
        Ok(self.unused(option.key).is_none())
    }

    /// Fields can be written past the parser: each must hold what its own text would give.
    fn check_values(&self) -> Result<(), Error> {
        let mut copy = self.clone();
        // No value switches another while all are set by hand.
        copy.explicit = u128::MAX;
        for option in OPTIONS {
            copy.set(option.key, &self.text(option.key)?)?;
        }
        match self.texture.aggregation.iter().find(|a| !Aggregation::DIRECTIONAL.contains(a)) {
            Some(other) => {
                let expected = "only aggregations of families with directions";
                Err(Error::invalid("texture.aggregation", other.code(), expected))
            }
            None => Ok(()),
        }
    }

    fn text(&self, key: &'static str) -> Result<Text, Error> {
        let mut text = Text::new();
        // Every text fits; one that did not would be cut.
        let _ = write!(text, "{}", self.get(key)?);
        Ok(text)
    }

    fn binnings(&self) -> [(&'static str, &Binning); 2] {
        [("discretise.bin_width", &self.discretise), ("ivh.bin_width", &self.ivh.binning)]
    }

    /// Under which other settings an option would have an effect that it has not now.
    fn unused(&self, key: &str) -> Option<&'static str> {
        let resampled = self.resample.spacing_mm != [0.0; 3];
        let (used, expected) = match key {
            "normalise.over" => (
                self.normalise.method != NormaliseMethod::None,
                "set only with a normalise.method other than none",
            ),
            "normalise.lower" | "normalise.upper" => (
                self.normalise.method == NormaliseMethod::Range,
                "set only with normalise.method range",
            ),
            "resample.image_method" | "resample.mask_method" | "resample.round" => {
                (resampled, "set only with resample.spacing_mm")
            }
            "resample.mask_threshold" => (
                resampled && self.resample.mask_method != Method::Nearest,
                "set only with resample.spacing_mm and a resample.mask_method other than nearest",
            ),
            "discretise.bin_width" | "discretise.lower" if !self.filter.images.original() => (
                false,
                "set only with original in filter.images: a filter has a filter.<name>.bin_width of its own",
            ),
            "discretise.bin_width" | "discretise.lower" => (
                self.discretise.method == BinningMethod::FixedBinSize,
                "set only with discretise.method fbs",
            ),
            "discretise.bin_count" => (
                self.discretise.method == BinningMethod::FixedBinNumber,
                "set only with discretise.method fbn",
            ),
            "ivh.bin_width" | "ivh.lower" => (
                self.ivh.binning.method == BinningMethod::FixedBinSize,
                "set only with ivh.method fbs",
            ),
            "ivh.bin_count" => (
                self.ivh.binning.method == BinningMethod::FixedBinNumber,
                "set only with ivh.method fbn",
            ),
            key if key.starts_with("filter.") => return super::filter::unused(&self.filter, key),
            _ => (true, ""),
        };
        if used { None } else { Some(expected) }
    }
}
