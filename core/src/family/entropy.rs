//! Shannon entropy of counts.

use core::f64::consts::LOG2_E;

use crate::math;
use crate::sum::Sums;

/// Collects counts c one by one for `- sum p log2 p` with `p = c / sum c`, in bits.
///
/// The largest count is kept aside. Where it holds more than half of everything, its small share of the entropy
/// comes from what it lacks, a whole number, instead of from a logarithm next to 0; all others are at most
/// half, so that nothing cancels, and one count alone gives exactly 0.
#[derive(Clone, Debug, Default)]
pub(crate) struct Entropy {
    /// The largest count so far and how many times it was given together.
    largest: u64,
    times: u64,
    /// Sum of the other counts, and of their c log2 c.
    others: u64,
    logs: Sums<1>,
}

impl Entropy {
    /// Adds `times` equal counts that are not 0.
    #[inline]
    pub(crate) fn push(&mut self, count: u64, times: u64) {
        if count > self.largest {
            let (before, its_times) = (self.largest, self.times);
            (self.largest, self.times) = (count, times);
            if before > 0 {
                self.add(before, its_times);
            }
        } else {
            self.add(count, times);
        }
    }

    #[inline]
    fn add(&mut self, count: u64, times: u64) {
        self.others += count * times;
        self.logs.push([(count * times) as f64 * math::log2(count as f64)]);
    }

    /// The entropy in bits; 0 without any count.
    pub(crate) fn bits(&self) -> f64 {
        let mass = self.largest * self.times;
        let total = mass + self.others;
        if total == 0 {
            return 0.0;
        }
        let lacks = total - self.largest;
        let (n, largest) = (total as f64, self.largest as f64);
        // log2(n / largest)
        let own = if lacks < self.largest {
            math::ln_1p(lacks as f64 / largest) * LOG2_E
        } else {
            math::log2(n / largest)
        };
        let rest = self.others as f64 * math::log2(n) - self.logs.total()[0];
        ((mass as f64 * own + rest) / n).max(0.0)
    }
}

/// Entropy in bits of counts, some of which may be 0.
pub(crate) fn entropy(counts: &[u64]) -> f64 {
    let mut entropy = Entropy::default();
    counts.iter().filter(|c| **c > 0).for_each(|c| entropy.push(*c, 1));
    entropy.bits()
}
