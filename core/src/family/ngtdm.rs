//! Neighbourhood grey tone difference matrix (IBSI IPET): how much levels differ from their surroundings.

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::status::{Status, Value};
use crate::sum::{Sums, sum};

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

/// The levels that occur, rising, as columns of equal length.
#[derive(Clone, Copy, Debug)]
pub struct Tones<'t> {
    /// Grey levels i.
    pub levels: &'t [u64],
    /// Voxels n_i.
    pub voxels: &'t [u64],
    /// Differences s_i.
    pub differences: &'t [f64],
}

impl<'t> Tones<'t> {
    fn iter(self) -> impl Iterator<Item = Tone> + 't {
        let counts = self.levels.iter().zip(self.voxels).zip(self.differences);
        counts.map(|((i, n), s)| Tone { level: *i, voxels: *n, difference: *s })
    }

    fn len(self) -> usize {
        self.levels.len()
    }
}

/// Computes all features. `order` is scratch of at least the number of levels.
///
/// With n_i voxels of level i, N = sum n_i, p_i = n_i / N, N_gp levels that occur, and s_i as above:
///
/// ```text
/// coarseness QCDE   1 / sum p_i s_i                                    at most 1e6, by convention
/// contrast 65HE     (sum_ij p_i p_j (i - j)^2) / (N_gp (N_gp - 1)) * (sum s_i) / N
/// busyness NQ30     (sum p_i s_i) / (sum_ij |i p_i - j p_j|)
/// complexity HDEZ   1/N sum_ij |i - j| (p_i s_i + p_j s_j) / (p_i + p_j)
/// strength 1X9X     (sum_ij (p_i + p_j)(i - j)^2) / sum s_i
/// ```
///
/// By convention, contrast and busyness are 0 with one level, and strength is 0 where sum s_i is 0. Busyness
/// of several levels is undefined where its denominator is 0. Complexity takes time quadratic in the levels
/// that occur. Reference: IBSI manual, section *Neighbourhood grey tone difference based features*.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn extract(tones: Tones, order: &mut [u64], watch: &Watch) -> Result<Features, Error> {
    let count: u64 = tones.iter().map(|t| t.voxels).sum();
    if count == 0 {
        return Ok([Value::undefined(Status::NoNeighbours); FEATURES]);
    }
    let n = count as f64;
    let present = tones.len() as f64;
    let p = |t: Tone| t.voxels as f64 / n;
    let weighted = sum(tones.iter().map(|t| p(t) * t.difference));
    let difference = sum(tones.iter().map(|t| t.difference));
    let coarseness = if weighted * MAX_COARSENESS <= 1.0 {
        Value::by_convention(MAX_COARSENESS)
    } else {
        Value::ok(1.0 / weighted)
    };
    let one = tones.len() == 1;
    // sum_ij n_i n_j (i - j)^2 = 2 (N sum n i^2 - (sum n i)^2), in whole numbers.
    let total = |f: &dyn Fn(u128, u128) -> u128| {
        tones.iter().map(|t| f(u128::from(t.voxels), u128::from(t.level))).sum::<u128>()
    };
    let first = total(&|n, i| n * i);
    let spread = 2 * (u128::from(count) * total(&|n, i| n * i * i) - first * first);
    let contrast = if one {
        Value::by_convention(0.0)
    } else {
        Value::ok(spread as f64 / (n * n) / (present * (present - 1.0)) * (difference / n))
    };
    let busyness = if one {
        Value::by_convention(0.0)
    } else {
        let unequal = pairwise_differences(tones, order) as f64 / n;
        Value::ratio(weighted, unequal, Status::ZeroDenominator)
    };
    // sum_ij (p_i + p_j)(i - j)^2 = 2 sum_i p_i (N_gp i^2 - 2 i sum j + sum j^2), in whole numbers.
    let levels: u128 = tones.iter().map(|t| u128::from(t.level)).sum();
    let squares: u128 = tones.iter().map(|t| u128::from(t.level) * u128::from(t.level)).sum();
    let number = tones.len() as u128;
    let strong = total(&|n, i| n * (number * i * i + squares - 2 * i * levels));
    let strength = if difference == 0.0 {
        Value::by_convention(0.0)
    } else {
        Value::ok(2.0 * strong as f64 / n / difference)
    };
    let complexity = Value::ok(complexity(tones, n, watch)? / n);
    Ok([coarseness, contrast, busyness, complexity, strength])
}

/// sum_ij |i n_i - j n_j|, by sorting.
fn pairwise_differences(tones: Tones, order: &mut [u64]) -> u128 {
    let order = &mut order[..tones.len()];
    for (place, tone) in order.iter_mut().zip(tones.iter()) {
        *place = tone.level * tone.voxels;
    }
    order.sort_unstable();
    let (mut below, mut sum) = (0u128, 0u128);
    for (rank, value) in order.iter().enumerate() {
        sum += rank as u128 * u128::from(*value) - below;
        below += u128::from(*value);
    }
    2 * sum
}

fn complexity(tones: Tones, n: f64, watch: &Watch) -> Result<f64, Error> {
    let mut rows = Sums::<1>::new();
    for (at, a) in tones.iter().enumerate() {
        if at % 256 == 0 {
            watch.check()?;
        }
        let (pa, sa) = (a.voxels as f64 / n, a.difference);
        rows.push([sum(tones.iter().take(at).map(|b| {
            let (pb, sb) = (b.voxels as f64 / n, b.difference);
            let apart = math::abs(a.level as f64 - b.level as f64);
            apart * (pa * sa + pb * sb) / (pa + pb)
        }))]);
    }
    // Each pair counts in both orders.
    Ok(2.0 * rows.total()[0])
}
