//! What GLRLM, GLSZM, GLDZM and NGLDM have in common: a matrix of counts over grey level and a size
//! (run length, zone size, zone distance, dependence), and the same 16 features of it.

use crate::family::entropy::Entropy;
use crate::status::Value;
use crate::sum::Sums;

/// Number of common features.
pub(crate) const COMMON: usize = 16;

/// Collects a matrix cell by cell: rows (grey levels i) rising, within a row sizes j rising.
///
/// Everything that can be is a whole number, exact in any order; the rest has this one order.
#[derive(Clone, Debug, Default)]
pub(crate) struct Matrix {
    level: usize,
    row: Row,
    total: u64,
    /// Sums over cells of c i, c i^2, c j, c j^2, c i^2 j^2, and c^2.
    level_sum: u128,
    level_squares: u128,
    size_sum: u128,
    size_squares: u128,
    both_squares: u128,
    count_squares: u128,
    row_squares: u128,
    column_squares: u128,
    /// Sums over cells of c/j^2, c/i^2, c/(i^2 j^2), c i^2/j^2, c j^2/i^2.
    fractions: Sums<5>,
    entropy: Entropy,
}

/// Sums over the cells of one row: of c, c j, c j^2, c / j^2.
#[derive(Clone, Debug, Default)]
struct Row {
    count: u64,
    sum: u128,
    squares: u128,
    fraction: f64,
}

/// The nearest number: most sums have 64 bits, where that is one instruction.
#[inline]
fn real(sum: u128) -> f64 {
    u64::try_from(sum).map_or_else(|_| sum as f64, |sum| sum as f64)
}

impl Matrix {
    /// Adds a cell that is not empty.
    #[inline]
    pub(crate) fn add(&mut self, level: usize, size: usize, count: u64) {
        if level != self.level {
            self.close_row();
            self.level = level;
        }
        let size = size as u64;
        let square = size * size;
        self.row.count += count;
        self.row.sum += u128::from(count) * u128::from(size);
        self.row.squares += u128::from(count) * u128::from(square);
        self.row.fraction += count as f64 / square as f64;
        self.count_squares += u128::from(count) * u128::from(count);
        self.entropy.push(count);
    }

    /// What depends on the level alone is done once a row.
    fn close_row(&mut self) {
        let Row { count, sum, squares, fraction } = core::mem::take(&mut self.row);
        if count == 0 {
            return;
        }
        // Levels have 16 bits.
        let (i, ii) = (self.level as u128, (self.level * self.level) as u64);
        let c = u128::from(count);
        self.total += count;
        self.level_sum += c * i;
        self.level_squares += c * u128::from(ii);
        self.size_sum += sum;
        self.size_squares += squares;
        self.both_squares += squares * u128::from(ii);
        self.row_squares += c * c;
        let (i, c, large) = (ii as f64, count as f64, real(squares));
        self.fractions.push([fraction, c / i, fraction / i, fraction * i, large / i]);
    }

    /// Adds the sum of a column: all counts of one size.
    pub(crate) fn add_column(&mut self, count: u64) {
        self.column_squares += u128::from(count) * u128::from(count);
    }

    /// Sum of squared shares, `sum (c / N_s)^2`.
    pub(crate) fn energy(&self) -> Value {
        let n = (self.total + self.row.count) as f64;
        Value::ok(self.count_squares as f64 / (n * n))
    }

    /// The common features, or `None` for an empty matrix. `voxels` is N_v, summed over merged matrices.
    ///
    /// With counts c_ij of grey level i and size j, N_s = sum c_ij and p_ij = c_ij / N_s:
    ///
    /// ```text
    /// small size emphasis                  1/N_s sum c_ij / j^2
    /// large size emphasis                  1/N_s sum c_ij j^2
    /// low grey level emphasis              1/N_s sum c_ij / i^2
    /// high grey level emphasis             1/N_s sum c_ij i^2
    /// small size low grey level emphasis   1/N_s sum c_ij / (i^2 j^2)
    /// small size high grey level emphasis  1/N_s sum c_ij i^2 / j^2
    /// large size low grey level emphasis   1/N_s sum c_ij j^2 / i^2
    /// large size high grey level emphasis  1/N_s sum c_ij i^2 j^2
    /// grey level non-uniformity            1/N_s sum_i (sum_j c_ij)^2       normalised: 1/N_s^2
    /// size non-uniformity                  1/N_s sum_j (sum_i c_ij)^2       normalised: 1/N_s^2
    /// percentage                           N_s / N_v
    /// grey level variance                  sum (i - sum i p_ij)^2 p_ij
    /// size variance                        sum (j - sum j p_ij)^2 p_ij
    /// entropy                              - sum p_ij log2 p_ij             bit
    /// ```
    pub(crate) fn features(mut self, voxels: u64) -> Option<[Value; COMMON]> {
        self.close_row();
        if self.total == 0 {
            return None;
        }
        let n = self.total as f64;
        let whole = |x: u128| Value::ok(real(x) / n);
        let [small, low, small_low, small_high, large_low] = self.fractions.total();
        let part = |x: f64| Value::ok(x / n);
        // N sum x^2 c - (sum x c)^2 is exact; the difference of two rounded terms would not be.
        let variance = |sum: u128, squares: u128| {
            let spread = squares.saturating_mul(u128::from(self.total)) - sum.saturating_mul(sum);
            Value::ok(real(spread) / n / n)
        };
        Some([
            part(small),
            whole(self.size_squares),
            part(low),
            whole(self.level_squares),
            part(small_low),
            part(small_high),
            part(large_low),
            whole(self.both_squares),
            whole(self.row_squares),
            Value::ok(real(self.row_squares) / n / n),
            whole(self.column_squares),
            Value::ok(real(self.column_squares) / n / n),
            Value::ok(n / voxels as f64),
            variance(self.level_sum, self.level_squares),
            variance(self.size_sum, self.size_squares),
            Value::ok(self.entropy.bits()),
        ])
    }
}
