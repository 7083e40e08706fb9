//! Neighbourhood grey tone difference matrix (IBSI IPET): how much levels differ from their surroundings.
//!
//! A voxel's tone difference is the absolute difference between its grey level and the mean level of its
//! neighbours within the Chebyshev distance and inside the region. Voxels without any neighbour are left out.
//!
//! # Symbols
//!
//! ```text
//! n_i     voxels of grey level i that have a neighbour      s_i   sum of their tone differences
//! N       sum n_i                                           p_i   n_i / N
//! N_g,p   number of levels with n_i > 0
//! ```
//!
//! Sums run over the levels with n_i > 0. The features have no unit beyond that of the levels. Without any
//! voxel that has a neighbour all are undefined (`no_neighbours`). Reference: IBSI manual, section
//! *Neighbourhood grey tone difference based features*.
//!
//! # Features, in the order of the registry
//!
//! **Coarseness** (QCDE): large where levels change slowly. At most 1e6, by convention, also where every
//! difference is 0.
//!
//! ```text
//! 1 / sum_i p_i s_i
//! ```
//!
//! **Contrast** (65HE): large where levels spread widely and neighbours differ. With one level it is 0, by
//! convention.
//!
//! ```text
//! 1 / (N_g,p (N_g,p - 1)) * sum_ij p_i p_j (i - j)^2 * 1/N sum_i s_i
//! ```
//!
//! **Busyness** (NQ30): large where levels change rapidly from voxel to voxel. With one level it is 0, by
//! convention; undefined (`zero_denominator`) where all i p_i are equal.
//!
//! ```text
//! sum_i p_i s_i / sum_ij |i p_i - j p_j|
//! ```
//!
//! **Complexity** (HDEZ): large where there are many, rapid changes.
//!
//! ```text
//! 1/N sum_ij |i - j| (p_i s_i + p_j s_j) / (p_i + p_j)
//! ```
//!
//! **Strength** (1X9X): large where levels that differ much are easy to tell apart. It is 0, by convention,
//! where every difference is 0.
//!
//! ```text
//! sum_ij (p_i + p_j) (i - j)^2 / sum_i s_i
//! ```

mod pairs;

use crate::error::Error;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::sum::sum;

/// Number of features.
pub const FEATURES: usize = 5;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// Coarseness never exceeds this, by convention of the IBSI manual.
const MAX_COARSENESS: f64 = 1e6;

/// One grey level that occurs: its number, its voxels with a neighbour, and the sum of their differences.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tone {
    /// Grey level i.
    pub level: u64,
    /// Number of voxels n_i that have at least one neighbour in the region.
    pub voxels: u64,
    /// Sum s_i of |i - mean level of the neighbours| over these voxels.
    pub difference: f64,
}

/// The matrix: the levels that occur, rising, as columns of equal length.
#[derive(Clone, Copy, Debug)]
pub struct Tones<'t> {
    levels: &'t [u64],
    voxels: &'t [u64],
    differences: &'t [f64],
}

impl<'t> Tones<'t> {
    /// A matrix of levels i, counts n_i and differences s_i.
    ///
    /// # Errors
    /// When the columns differ in length, levels do not rise within 1 to 65535, a count is 0, the counts
    /// together exceed 32 bits, or a difference is negative or not finite.
    pub fn new(
        levels: &'t [u64],
        voxels: &'t [u64],
        differences: &'t [f64],
    ) -> Result<Self, Error> {
        for (field, length) in
            [("tones.voxels", voxels.len()), ("tones.differences", differences.len())]
        {
            if length != levels.len() {
                return Err(Error::invalid(field, length, "as many entries as tones.levels"));
            }
        }
        let mut below = 0;
        for level in levels {
            if *level <= below || *level > u64::from(u16::MAX) {
                let level = *level as f64;
                return Err(Error::invalid("tones.levels", level, "rising levels from 1 to 65535"));
            }
            below = *level;
        }
        let mut total = 0u64;
        for count in voxels {
            total = total.saturating_add(*count);
            if *count == 0 || total > u64::from(u32::MAX) {
                let count = *count as f64;
                return Err(Error::invalid("tones.voxels", count, "counts whose sum has 32 bits"));
            }
        }
        if let Some(bad) = differences.iter().find(|s| !(s.is_finite() && **s >= 0.0)) {
            return Err(Error::invalid("tones.differences", *bad, "finite sums from 0 up"));
        }
        Ok(Self { levels, voxels, differences })
    }

    fn iter(self) -> impl Iterator<Item = Tone> + 't {
        let counts = self.levels.iter().zip(self.voxels).zip(self.differences);
        counts.map(|((i, n), s)| Tone { level: *i, voxels: *n, difference: *s })
    }

    const fn len(self) -> usize {
        self.levels.len()
    }

    /// Sum over levels of a whole number of n_i and i.
    fn total(self, f: impl Fn(u128, u128) -> u128) -> u128 {
        self.iter().map(|t| f(u128::from(t.voxels), u128::from(t.level))).sum()
    }
}

/// Computes all features. `order` is scratch with a place for every level that occurs.
///
/// Takes time linear in the levels for each distinct count n_i that occurs.
///
/// # Errors
/// When the scratch is too small, or the host cancels.
pub fn extract(tones: Tones, order: &mut [u64], watch: &Watch) -> Result<Features, Error> {
    if tones.len() == 0 {
        return Ok([Value::undefined(Status::NoNeighbours); FEATURES]);
    }
    let given = order.len();
    let Some(order) = order.get_mut(..tones.len()) else {
        return Err(Error::WorkspaceTooSmall { needed: tones.len(), given });
    };
    let count = tones.total(|n, _| n);
    let n = count as f64;
    let weighted = sum(tones.iter().map(|t| t.voxels as f64 * t.difference)) / n;
    let difference = sum(tones.iter().map(|t| t.difference));
    let coarseness = if weighted * MAX_COARSENESS <= 1.0 {
        Value::by_convention(MAX_COARSENESS)
    } else {
        Value::ok(1.0 / weighted)
    };
    let (contrast, busyness) = if tones.len() == 1 {
        (Value::by_convention(0.0), Value::by_convention(0.0))
    } else {
        // sum_ij n_i n_j (i - j)^2 = 2 (N sum n i^2 - (sum n i)^2), in whole numbers.
        let first = tones.total(|n, i| n * i);
        let spread = 2 * (count * tones.total(|n, i| n * i * i) - first * first);
        let present = tones.len() as f64;
        let contrast = spread as f64 / (n * n) / (present * (present - 1.0)) * (difference / n);
        let unequal = pairs::differences(tones, order) as f64 / n;
        (Value::ok(contrast), Value::ratio(weighted, unequal, Status::ZeroDenominator))
    };
    let complexity = Value::ok(pairs::complexity(tones, order, watch)? / n);
    let strength = if difference == 0.0 {
        Value::by_convention(0.0)
    } else {
        // sum_ij (n_i + n_j)(i - j)^2 = 2 sum_i n_i (N_g,p i^2 - 2 i sum j + sum j^2), in whole numbers.
        let present = tones.len() as u128;
        let (levels, squares) = (tones.total(|_, i| i), tones.total(|_, i| i * i));
        let strong = 2 * tones.total(|n, i| n * (present * i * i + squares - 2 * i * levels));
        Value::ok(strong as f64 / n / difference)
    };
    Ok([coarseness, contrast, busyness, complexity, strength])
}
