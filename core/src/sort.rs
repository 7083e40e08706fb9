//! Sorting of intensities: linear, in place, and open to a host that wants to stop.
//!
//! Whole numbers within a short range, as CT has them, are counted. Anything else is spread over buckets in place, again
//! and again until a bucket is short. Equal numbers are equal bits, so that there is one sorted list and no choice of
//! method can show in a value.

use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::workspace::{Arena, Footprint};

/// The longest range of whole numbers that is counted.
const RANGE: usize = 1 << 16;
/// Buckets of one spread.
const BUCKETS: usize = 256;
/// Lists up to here are sorted at once: a millisecond's work.
const SHORT: usize = 4096;

/// The scratch memory that [`sort`] takes for a list of this length.
pub const fn footprint(count: usize) -> Footprint {
    Footprint::of::<u32>(table(count))
}

/// How many whole numbers can be counted: never more than there are values.
const fn table(count: usize) -> usize {
    if count <= SHORT {
        0
    } else if count < RANGE {
        count
    } else {
        RANGE
    }
}

/// Sorts finite numbers without a negative zero in rising order.
///
/// # Errors
/// [`Error::Cancelled`], and then the list holds the same numbers in some order or means nothing; too little scratch memory.
pub fn sort(values: &mut [f64], mut scratch: Arena<'_>, watch: &Watch) -> Result<(), Error> {
    let mut pace = Pace::start(watch)?;
    if values.len() <= SHORT {
        values.sort_unstable_by(f64::total_cmp);
        return Ok(());
    }
    let seen = Seen::of(values, &mut pace)?;
    let length = table(values.len());
    match seen.whole_range(values.len()) {
        Some(range) if range <= length => {
            count(values, seen.min, &mut scratch.take::<u32>(length)?[..range], &mut pace)
        }
        _ => spread(values, Ladder::Values { min: seen.min, max: seen.max }, &mut pace),
    }
}

/// What one look over the values tells.
struct Seen {
    min: f64,
    max: f64,
    whole: bool,
}

impl Seen {
    fn of(values: &[f64], pace: &mut Pace) -> Result<Self, Error> {
        let mut seen = Self { min: f64::INFINITY, max: f64::NEG_INFINITY, whole: true };
        for part in values.chunks(1 << 14) {
            pace.spend(part.len())?;
            for &x in part {
                seen.min = if x < seen.min { x } else { seen.min };
                seen.max = if x > seen.max { x } else { seen.max };
                // A number too large for the integer comes back as another one.
                seen.whole &= f64::from(x as i32) == x;
            }
        }
        Ok(seen)
    }

    /// How many whole numbers lie from the smallest to the largest, if all values are whole and fewer than a counter holds.
    fn whole_range(&self, count: usize) -> Option<usize> {
        let fits = self.whole && u32::try_from(count).is_ok();
        fits.then(|| (i64::from(self.max as i32) - i64::from(self.min as i32)) as usize + 1)
    }
}

/// Counts whole numbers and writes them in order.
fn count(values: &mut [f64], min: f64, counts: &mut [u32], pace: &mut Pace) -> Result<(), Error> {
    counts.fill(0);
    let first = min as i32;
    for part in values.chunks(1 << 14) {
        pace.spend(part.len())?;
        for &x in part {
            counts[(i64::from(x as i32) - i64::from(first)) as usize] += 1;
        }
    }
    let mut rest = values;
    for (i, n) in counts.iter().enumerate() {
        pace.spend(1 + *n as usize)?;
        let (same, behind) = rest.split_at_mut(*n as usize);
        same.fill((i64::from(first) + i as i64) as f64);
        rest = behind;
    }
    Ok(())
}

/// How numbers are brought to buckets, such that a larger number never comes to an earlier bucket.
#[derive(Clone, Copy)]
enum Ladder {
    /// Evenly between the smallest and the largest.
    Values { min: f64, max: f64 },
    /// By the leading bits in which the numbers of a bucket can differ.
    Bits { first: u64, shift: u32 },
}

impl Ladder {
    fn bucket(self, x: f64) -> usize {
        let bucket = match self {
            // Halves, since the difference of the extremes may not fit. A quotient that rounds never falls.
            Ladder::Values { min, max } => {
                ((0.5 * x - 0.5 * min) / (0.5 * max - 0.5 * min) * BUCKETS as f64) as usize
            }
            Ladder::Bits { first, shift } => ((key(x) - first) >> shift) as usize,
        };
        bucket.min(BUCKETS - 1)
    }
}

/// A whole number in the order of the finite numbers.
const fn key(x: f64) -> u64 {
    let bits = x.to_bits();
    let negative = bits >> 63 == 1;
    if negative { !bits } else { bits | 1 << 63 }
}

/// Spreads the values over buckets, each value to its place by exchange, then goes on inside the buckets.
fn spread(values: &mut [f64], ladder: Ladder, pace: &mut Pace) -> Result<(), Error> {
    let mut next = [0usize; BUCKETS];
    for part in values.chunks(1 << 14) {
        pace.spend(2 * part.len())?;
        for &x in part {
            next[ladder.bucket(x)] += 1;
        }
    }
    let (mut end, mut total) = ([0usize; BUCKETS], 0);
    for (next, end) in next.iter_mut().zip(&mut end) {
        let count = *next;
        *next = total;
        total += count;
        *end = total;
    }
    for bucket in 0..BUCKETS {
        while next[bucket] < end[bucket] {
            let mut x = values[next[bucket]];
            // Follow the chain of values that push each other from their places until one belongs here.
            loop {
                let home = ladder.bucket(x);
                let place = next[home];
                next[home] += 1;
                // A chain may pass through all buckets, and each step is a place far from the last.
                pace.spend(32)?;
                if home == bucket {
                    values[place] = x;
                    break;
                }
                core::mem::swap(&mut values[place], &mut x);
            }
        }
    }
    let mut start = 0;
    for end in end {
        let inside = &mut values[start..end];
        start = end;
        if inside.len() <= SHORT {
            pace.spend(16 * inside.len())?;
            inside.sort_unstable_by(f64::total_cmp);
            continue;
        }
        let (mut low, mut high) = (u64::MAX, 0);
        for x in &*inside {
            (low, high) = (low.min(key(*x)), high.max(key(*x)));
        }
        pace.spend(inside.len())?;
        if low < high {
            // Each round uses up eight bits of the difference, so that there are at most nine.
            let width = u64::BITS - (high - low).leading_zeros();
            let shift = width.saturating_sub(BUCKETS.trailing_zeros());
            spread(inside, Ladder::Bits { first: low, shift }, pace)?;
        }
    }
    Ok(())
}
