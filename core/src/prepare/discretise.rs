//! Discretisation of intensities into grey levels.

use crate::math;

/// How an intensity becomes a grey level.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Discretisation {
    /// The intensities are grey levels already: whole numbers from 1 up.
    None,
    /// Bins of one size from a lower edge.
    FixedBinSize {
        /// Lower edge of the first bin.
        lower: f64,
        /// Width of a bin.
        width: f64,
    },
    /// A number of bins of one size between the extremes of the intensity mask.
    FixedBinNumber {
        /// Number of bins N.
        count: u32,
        /// Lowest intensity.
        min: f64,
        /// Highest intensity.
        max: f64,
    },
}

impl Discretisation {
    /// The grey level of an intensity, a whole number; from 1 up, but for [`Discretisation::None`].
    ///
    /// ```text
    /// fixed bin size     floor((x - lower) / width) + 1          below the lower edge: 1
    /// fixed bin number   floor(N (x - min) / (max - min)) + 1    the maximum: N; all equal: 1
    /// ```
    ///
    /// IBSI Q3RU (fixed bin size) and K15C (fixed bin number). An intensity below an explicit lower edge
    /// that no range removes falls into the first bin.
    pub fn level(&self, x: f64) -> f64 {
        match *self {
            Discretisation::None => x,
            Discretisation::FixedBinSize { lower, width } => {
                (math::floor((x - lower) / width) + 1.0).max(1.0)
            }
            Discretisation::FixedBinNumber { count, min, max } => {
                let bins = f64::from(count);
                let spread = max - min;
                if x >= max && spread > 0.0 {
                    bins
                } else if spread > 0.0 {
                    // Halving keeps a spread beyond the largest number finite.
                    let share = if spread.is_finite() {
                        (x - min) / spread
                    } else {
                        (x / 2.0 - min / 2.0) / (max / 2.0 - min / 2.0)
                    };
                    (math::floor(bins * share) + 1.0).clamp(1.0, bins)
                } else {
                    1.0
                }
            }
        }
    }
}
