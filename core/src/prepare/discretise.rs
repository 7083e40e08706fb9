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
    /// that no range removes falls into the first bin. An intensity that misses an edge by no more than the
    /// rounding of its decimals and of the division lies on it: with bins of 0.1 from 0, the third edge is 0.3.
    pub fn level(&self, x: f64) -> f64 {
        match *self {
            Discretisation::None => x,
            Discretisation::FixedBinSize { lower, width } => {
                (math::floor(distance(x, lower, width) / width) + 1.0).max(1.0)
            }
            Discretisation::FixedBinNumber { count, min, max } => {
                let bins = f64::from(count);
                if x >= max || max <= min {
                    return if max > min { bins } else { 1.0 };
                }
                // A power of two: keeps the product of the largest numbers finite and changes no digit.
                let scale = if (bins * (max - min)).is_finite() { 1.0 } else { SHRINK };
                let (x, min, max) = (x * scale, min * scale, max * scale);
                let spread = max - min;
                // The product comes first: a whole number of whole steps then divides without rounding.
                let place = bins * distance(x, min, spread / bins) / spread;
                (math::floor(place) + 1.0).clamp(1.0, bins)
            }
        }
    }
}

/// 2^-64.
const SHRINK: f64 = 1.0 / 18_446_744_073_709_551_616.0;

/// How far an intensity lies above an edge, plus what rounding can have taken away, at most a millionth of
/// a bin.
fn distance(x: f64, edge: f64, width: f64) -> f64 {
    let noise = 2.0 * f64::EPSILON * (math::abs(x) + math::abs(edge));
    (x - edge) + noise.min(1e-6 * width)
}
