//! A range of slices cut into slabs, for several workers at once.
//!
//! Only what is exact in any order may come from slabs: copies, counts, extremes. Then it does not matter how many
//! there are.

use core::ops::Range;

use crate::error::Error;
use crate::host::Executor;

/// The most slabs, and the most workers that share a pass over a volume.
pub(crate) const MOST: usize = 16;

/// Cells that are not worth the host's trouble with threads.
const FEW: usize = 1 << 16;

/// Slabs of so many cells for so many workers: several for each, which evens out those that hold little.
pub(crate) fn even(workers: usize, cells: usize) -> usize {
    if workers > 1 && cells > FEW { workers.saturating_mul(4).min(MOST) } else { 1 }
}

/// Slabs of so many cells of which each worker has one.
pub(crate) fn one_each(workers: usize, cells: usize) -> usize {
    if cells > FEW { workers.min(MOST) } else { 1 }
}

/// Some slices, and what belongs to them.
struct Slab<T> {
    slices: Range<usize>,
    part: T,
    outcome: Result<(), Error>,
}

/// All slabs of a range of slices.
pub(crate) struct Slabs<T>(heapless::Vec<Slab<T>, MOST>);

impl<T: Send> Slabs<T> {
    /// Cuts a range into at most `count` slabs in order; `part` gives what belongs to each.
    pub(crate) fn new(
        slices: Range<usize>,
        count: usize,
        mut part: impl FnMut(Range<usize>) -> T,
    ) -> Self {
        let mut slabs = heapless::Vec::new();
        let count = count.clamp(1, MOST).min(slices.len().max(1));
        let mut start = slices.start;
        for slab in 0..count {
            let end = start + (slices.end - start) / (count - slab);
            // What the host does not run counts as broken off.
            let outcome = Err(Error::Cancelled);
            let slab = Slab { slices: start..end, part: part(start..end), outcome };
            // There are as many places as slabs at the most.
            let _ = slabs.push(slab);
            start = end;
        }
        Self(slabs)
    }

    /// Runs all slabs on the workers.
    ///
    /// # Errors
    /// That of the first slab that fails.
    pub(crate) fn run<E: Executor>(
        &mut self,
        executor: &E,
        run: impl Fn(Range<usize>, &mut T) -> Result<(), Error> + Sync,
    ) -> Result<(), Error> {
        let each = |slab: &mut Slab<T>| slab.outcome = run(slab.slices.clone(), &mut slab.part);
        match self.0.as_mut_slice() {
            // No need to trouble the host's threads.
            [one] => each(one),
            all => executor.for_each(all, each),
        }
        self.0.iter().try_for_each(|slab| slab.outcome.clone())
    }

    /// What belongs to the slabs, in order.
    pub(crate) fn into_parts(self) -> impl Iterator<Item = T> {
        self.0.into_iter().map(|slab| slab.part)
    }
}

/// Takes the next `count` items from the front of a slice.
pub(crate) fn next<'s, T>(rest: &mut &'s mut [T], count: usize) -> &'s mut [T] {
    let (taken, left) = core::mem::take(rest).split_at_mut(count);
    *rest = left;
    taken
}
