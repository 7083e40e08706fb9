//! Settings that contradict each other, and settings without an effect.

use super::text::find;
use super::{Binning, BinningMethod, NormaliseMethod, Settings};
use crate::error::Error;

impl Settings {
    /// Checks that the settings make sense together.
    ///
    /// # Errors
    /// The first option that contradicts another or that was set and would have no effect.
    pub fn check(&self) -> Result<(), Error> {
        self.check_binning(&self.discretise, &DISCRETISE)?;
        self.check_binning(&self.ivh.binning, &IVH)?;
        if self.normalise.method == NormaliseMethod::None {
            self.unused("normalise.over", "not set while normalise.method is none")?;
        }
        if self.normalise.method == NormaliseMethod::Range {
            if self.normalise.lower >= self.normalise.upper {
                let expected = "below normalise.upper";
                return Err(Error::invalid("normalise.lower", self.normalise.lower, expected));
            }
        } else {
            let expected = "set only with normalise.method range";
            self.unused("normalise.lower", expected)?;
            self.unused("normalise.upper", expected)?;
        }
        if self.resample.spacing_mm == [0.0; 3] {
            for key in [
                "resample.image_method",
                "resample.mask_method",
                "resample.mask_threshold",
                "resample.round",
            ] {
                self.unused(key, "set only with resample.spacing_mm")?;
            }
        }
        if self.texture.aggregation.is_empty() {
            let expected = "at least one aggregation";
            return Err(Error::invalid("texture.aggregation", "", expected));
        }
        if self.ivh.fractions.is_empty() {
            return Err(Error::invalid("ivh.fractions", "", "at least one percentage"));
        }
        Ok(())
    }

    fn unused(&self, key: &'static str, expected: &'static str) -> Result<(), Error> {
        let (_, option) = find(key)?;
        if !self.is_explicit(key) {
            return Ok(());
        }
        let mut shown = crate::error::Excerpt::new();
        // A longer text is cut.
        let _ = core::fmt::write(&mut shown, format_args!("{}", self.get(key)?));
        Err(Error::invalid(option.key, shown.as_str(), expected))
    }

    fn check_binning(&self, binning: &Binning, keys: &Keys) -> Result<(), Error> {
        if binning.method == BinningMethod::FixedBinSize {
            if binning.bin_width.is_none() {
                return Err(Error::invalid(keys.width, "none", "a bin width for fbs"));
            }
        } else {
            self.unused(keys.width, "set only with the method fbs")?;
            self.unused(keys.lower, "set only with the method fbs")?;
        }
        if binning.method != BinningMethod::FixedBinNumber {
            self.unused(keys.count, "set only with the method fbn")?;
        }
        Ok(())
    }
}

struct Keys {
    width: &'static str,
    count: &'static str,
    lower: &'static str,
}

const DISCRETISE: Keys = Keys {
    width: "discretise.bin_width",
    count: "discretise.bin_count",
    lower: "discretise.lower",
};
const IVH: Keys = Keys { width: "ivh.bin_width", count: "ivh.bin_count", lower: "ivh.lower" };
