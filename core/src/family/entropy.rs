//! Shannon entropy of counts.

use core::f64::consts::LOG2_E;

use crate::math;
use crate::sum::Sums;

/// Counts below this have their `c log2 c` in a table.
const TABLE: usize = 1024;

/// `c log2 c` of small counts, 0 for 0: of a small region nearly all counts are small.
static C_LOG2_C: [f64; TABLE] = table();

/// The table, in plain additions, multiplications and divisions, which the compiler rounds as every machine does.
const fn table() -> [f64; TABLE] {
    let mut table = [0.0; TABLE];
    let mut count = 1;
    while count < TABLE {
        // c = m 2^e with m near 1; log2 m = 2 log2(e) artanh((m - 1) / (m + 1)).
        let mut exponent = count.ilog2();
        if 5 * count > 7 << exponent {
            exponent += 1;
        }
        let (c, power) = (count as f64, (1usize << exponent) as f64);
        let s = (c - power) / (c + power);
        // |s| < 0.172: the next term is below 1e-18.
        let mut k = 23;
        let mut series = 0.0;
        while k > 1 {
            series = (series + 1.0 / k as f64) * s * s;
            k -= 2;
        }
        table[count] = c * exponent as f64 + c * (2.0 * LOG2_E * (s + s * series));
        count += 1;
    }
    table
}

/// `c log2 c`; 0 for 0.
#[inline]
pub(crate) fn c_log2_c(count: u64) -> f64 {
    if count < TABLE as u64 {
        C_LOG2_C[count as usize]
    } else {
        count as f64 * math::log2(count as f64)
    }
}

/// `c log2 c` of some counts, added each to its own sum.
#[inline]
pub(crate) fn add_c_log2_c<C: Copy + Into<u64>, const D: usize>(
    counts: &[C; D],
    sums: &mut [f64; D],
) {
    let bits = counts.iter().fold(0u64, |bits, c| bits | (*c).into());
    if bits < TABLE as u64 {
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += C_LOG2_C[(*count).into() as usize % TABLE];
        }
    } else {
        for (sum, count) in sums.iter_mut().zip(counts) {
            *sum += c_log2_c((*count).into());
        }
    }
}

/// The entropy `- sum p log2 p` in bits, 0 without any count.
///
/// A largest count, which occurs `times`, is given apart from the others, of which the sum and the sum of
/// `c log2 c` are given. Where it holds more than half of everything, its small share of the entropy
/// comes from what it lacks, a whole number, instead of from a logarithm next to 0; all others are at most
/// half, so that nothing cancels, and one count alone gives exactly 0.
pub(crate) fn bits(largest: u64, times: u64, others: u64, logs: f64) -> f64 {
    let mass = largest * times;
    let total = mass + others;
    if total == 0 {
        return 0.0;
    }
    let lacks = total - largest;
    let n = total as f64;
    // log2(n / largest)
    let own = if lacks < largest {
        math::ln_1p(lacks as f64 / largest as f64) * LOG2_E
    } else {
        math::log2(n / largest as f64)
    };
    let rest = others as f64 * math::log2(n) - logs;
    ((mass as f64 * own + rest) / n).max(0.0)
}

/// Collects counts c one by one for `- sum p log2 p` with `p = c / sum c`, in bits.
///
/// The largest count is kept aside, for [`bits`].
#[derive(Clone, Debug, Default)]
pub(crate) struct Entropy {
    /// The largest count so far.
    largest: u64,
    /// Sum of the other counts, and of their c log2 c.
    others: u64,
    logs: Sums<1>,
}

impl Entropy {
    /// Adds a count that is not 0.
    #[inline]
    pub(crate) fn push(&mut self, count: u64) {
        let smaller = count.min(self.largest);
        self.largest = count.max(self.largest);
        if smaller > 0 {
            self.others += smaller;
            self.logs.push([c_log2_c(smaller)]);
        }
    }

    /// The entropy in bits; 0 without any count.
    pub(crate) fn bits(&self) -> f64 {
        bits(self.largest, 1, self.others, self.logs.total()[0])
    }
}

/// Entropy in bits of counts, some of which may be 0 and change nothing.
pub(crate) fn entropy(counts: &[u64]) -> f64 {
    let (mut largest, mut total, mut logs) = (0, 0, 0.0);
    for block in counts.chunks(128) {
        let mut block_logs = 0.0;
        for count in block {
            block_logs += c_log2_c(largest.min(*count));
            largest = largest.max(*count);
            total += count;
        }
        logs += block_logs;
    }
    bits(largest, 1, total - largest, logs)
}
