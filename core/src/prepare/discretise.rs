//! Discretisation of intensities into grey levels.

use crate::math;
use crate::volume::POINT;

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
        self.bins().map_or(x, |bins| bins.level(x))
    }

    /// The bins, unless the intensities are grey levels already.
    pub(crate) fn bins(&self) -> Option<Bins> {
        let bins = |edge, factor, spread, size, most| Bins {
            shrink: 1.0,
            edge,
            factor,
            spread,
            noise: 1e-6 * size,
            most,
        };
        match *self {
            Discretisation::None => None,
            Discretisation::FixedBinSize { lower, width } => {
                Some(bins(lower, 1.0, width, width, f64::INFINITY))
            }
            Discretisation::FixedBinNumber { min, max, .. } if max <= min => {
                Some(bins(0.0, 0.0, 1.0, 1.0, 1.0))
            }
            Discretisation::FixedBinNumber { count, min, max } => {
                let count = f64::from(count);
                // A power of two: keeps the product of the largest numbers finite and changes no digit.
                let shrink = if (count * (max - min)).is_finite() { 1.0 } else { SHRINK };
                let (min, max) = (min * shrink, max * shrink);
                let spread = max - min;
                Some(Bins { shrink, ..bins(min, count, spread, spread / count, count) })
            }
        }
    }
}

/// Bins of one size, with what does not depend on the intensity.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Bins {
    shrink: f64,
    /// Lower edge of the first bin.
    edge: f64,
    /// A distance times this, divided by the spread, is one in bins.
    factor: f64,
    spread: f64,
    /// The most that rounding can take away: a millionth of a bin.
    noise: f64,
    /// The last level.
    most: f64,
}

impl Bins {
    /// How many bins lie below an intensity.
    #[inline(always)]
    fn place(&self, x: f64) -> f64 {
        let x = x * self.shrink;
        // What rounding can have taken away is given back.
        let noise = 2.0 * f64::EPSILON * (math::abs(x) + math::abs(self.edge));
        let noise = if noise < self.noise { noise } else { self.noise };
        // The product comes first: a whole number of whole steps then divides without rounding.
        self.factor * ((x - self.edge) + noise) / self.spread
    }

    /// The grey level.
    fn level(&self, x: f64) -> f64 {
        (math::floor(self.place(x)) + 1.0).clamp(1.0, self.most)
    }

    /// The grey level of a finite intensity where none is above 65 535, in a way that a compiler turns into vectors.
    #[inline(always)]
    pub(crate) fn index(&self, x: f64) -> u32 {
        let place = self.place(x);
        let place = if place > 0.0 { place } else { 0.0 };
        let place = if place < MOST { place } else { MOST };
        let near = (place + POINT) - POINT;
        let level = if near > place { near } else { near + 1.0 };
        let level = if level < self.most { level } else { self.most };
        (level + POINT).to_bits() as u32 & 0xffff
    }
}

/// Bins below the highest level.
const MOST: f64 = 65_534.0;

/// 2^-64.
const SHRINK: f64 = 1.0 / 18_446_744_073_709_551_616.0;

#[cfg(test)]
mod tests {
    use super::Discretisation;

    #[test]
    fn both_ways_to_a_level_agree() {
        let mut state = 1u64;
        let mut random = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (state >> 11) as f64 / (1u64 << 53) as f64
        };
        for _ in 0..20_000 {
            let (low, spread) = (4000.0 * random() - 2000.0, 1e-3 + 3000.0 * random());
            let count = 1 + (65_535.0 * random() * random() * random()) as u32;
            let width = spread / f64::from(count);
            for bins in [
                Discretisation::FixedBinNumber { count, min: low, max: low + spread },
                Discretisation::FixedBinNumber { count, min: low, max: low },
                Discretisation::FixedBinSize { lower: low, width },
                Discretisation::FixedBinSize { lower: low + spread / 3.0, width: 2.0 * width },
            ] {
                let steps = bins.bins().expect("bins");
                let edge = low + width * (random() * f64::from(count)).trunc();
                for x in [
                    low,
                    low + spread,
                    low + spread * random(),
                    edge,
                    edge.next_down(),
                    edge.next_up(),
                ] {
                    let want = bins.level(x);
                    if want <= 65_535.0 {
                        assert_eq!(f64::from(steps.index(x)), want, "{bins:?} {x}");
                    }
                }
            }
        }
    }
}
