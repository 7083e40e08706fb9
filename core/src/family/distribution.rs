//! Intensities in rising order, whether they stand in a list or are counted.

use core::ops::Range;

use crate::error::Error;
use crate::pace::Pace;
use crate::prepare::discretise::Discretisation;

/// Finite intensities in rising order.
///
/// A list and the counts of its values are the same distribution, and every feature of it has the same bits: sums
/// run over the different values, each times its count.
#[derive(Clone, Copy, Debug)]
pub struct Distribution<'d>(Form<'d>);

#[derive(Clone, Copy, Debug)]
enum Form<'d> {
    Sorted(&'d [f64]),
    Counted {
        /// What `cumulative[0]` counts; the next entry is for the next whole number.
        first: f64,
        /// Values up to each number.
        cumulative: &'d [u32],
        /// Numbers stand for their grey levels.
        levels: Option<Discretisation>,
    },
}

/// Values between two questions to the host, at least.
const PART: usize = 1 << 14;

impl<'d> Distribution<'d> {
    /// Values in rising order, without a negative zero.
    pub const fn sorted(values: &'d [f64]) -> Self {
        Self(Form::Sorted(values))
    }

    /// `counts[i]` values are `first + i`, a whole number; fewer than 2^32 in all. The counts are summed up in place.
    pub fn counted(first: f64, counts: &'d mut [u32]) -> Self {
        let mut total = 0u32;
        for count in counts.iter_mut() {
            total = total.saturating_add(*count);
            *count = total;
        }
        Self(Form::Counted { first: first + 0.0, cumulative: counts, levels: None })
    }

    /// The distribution of the grey levels of counted values; a list stays as it is.
    #[must_use]
    pub(crate) fn discretised(self, discretisation: Discretisation) -> Self {
        match self.0 {
            Form::Sorted(_) => self,
            Form::Counted { first, cumulative, .. } => {
                Self(Form::Counted { first, cumulative, levels: Some(discretisation) })
            }
        }
    }

    /// Number of values.
    pub fn len(&self) -> usize {
        match self.0 {
            Form::Sorted(values) => values.len(),
            Form::Counted { cumulative, .. } => cumulative.last().map_or(0, |n| *n as usize),
        }
    }

    /// Whether there is no value.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The value at a place in rising order, from 0.
    pub fn at(&self, place: usize) -> Option<f64> {
        match self.0 {
            Form::Sorted(values) => values.get(place).copied(),
            Form::Counted { cumulative, .. } => {
                let entry = cumulative.partition_point(|up_to| *up_to as usize <= place);
                (entry < cumulative.len()).then(|| self.value(entry))
            }
        }
    }

    /// Number of values for which something holds that holds for no value after one for which it does not.
    pub fn below(&self, holds: impl Fn(f64) -> bool) -> usize {
        match self.0 {
            Form::Sorted(values) => values.partition_point(|x| holds(*x)),
            Form::Counted { cumulative, .. } => {
                let (mut low, mut high) = (0, cumulative.len());
                while low < high {
                    let middle = low + (high - low) / 2;
                    if holds(self.value(middle)) {
                        low = middle + 1;
                    } else {
                        high = middle;
                    }
                }
                low.checked_sub(1).map_or(0, |last| cumulative[last] as usize)
            }
        }
    }

    /// Calls `visit(value, count)` for the different values at some places, rising.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub(crate) fn visit(
        &self,
        places: Range<usize>,
        pace: &mut Pace,
        mut visit: impl FnMut(f64, u64),
    ) -> Result<(), Error> {
        // A value that may go on in the next part.
        let mut open: Option<(f64, u64)> = None;
        let mut push = |value: f64, count: u64| {
            open = match open {
                Some((same, before)) if same == value => Some((same, before + count)),
                other => {
                    other.into_iter().for_each(|(value, count)| visit(value, count));
                    Some((value, count))
                }
            };
        };
        match self.0 {
            Form::Sorted(values) => {
                for part in values.get(places).unwrap_or(&[]).chunks(PART) {
                    pace.spend(4 * part.len())?;
                    part.chunk_by(|a, b| a == b).for_each(|same| push(same[0], same.len() as u64));
                }
            }
            Form::Counted { cumulative, .. } => {
                let mut before = 0;
                for (entry, up_to) in cumulative.iter().enumerate() {
                    if entry % PART == 0 {
                        pace.spend(8 * PART)?;
                    }
                    let up_to = *up_to as usize;
                    let (from, to) = (before.max(places.start), up_to.min(places.end));
                    if from < to {
                        push(self.value(entry), (to - from) as u64);
                    }
                    before = up_to;
                }
            }
        }
        open.into_iter().for_each(|(value, count)| visit(value, count));
        Ok(())
    }

    fn value(&self, entry: usize) -> f64 {
        match self.0 {
            Form::Sorted(values) => values.get(entry).copied().unwrap_or(f64::NAN),
            Form::Counted { first, levels, .. } => {
                let value = first + entry as f64;
                levels.map_or(value, |levels| levels.level(value))
            }
        }
    }
}
