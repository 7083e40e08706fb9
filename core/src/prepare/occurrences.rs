//! How often each intensity occurs, where intensities are whole numbers within a short range, as those of CT are.
//!
//! Then grey levels are looked up instead of divided out, and statistics take the time of the range and not of the
//! voxels.

use super::extremes::Extremes;
use crate::error::Error;
use crate::slabs;
use crate::volume::Mask;
use crate::workspace::{Arena, Footprint};

/// The longest range of whole numbers that is counted.
const RANGE: usize = 1 << 16;
/// Voxels for each number of the range that make it worth its while.
const VOXELS_PER_NUMBER: usize = 4;

/// The most whole numbers that can be counted in a region of so many voxels.
pub(super) fn most(voxels: usize) -> usize {
    RANGE.min(voxels / VOXELS_PER_NUMBER)
}

/// Counts of the whole numbers from the lowest intensity to the highest, with a table for each worker.
#[derive(Debug)]
pub struct Occurrences<'w> {
    first: f64,
    /// Counts of one table; one more than numbers, which collects what is outside.
    length: usize,
    tables: &'w mut [u32],
}

impl<'w> Occurrences<'w> {
    /// What [`Occurrences::take`] takes for at most so many voxels.
    pub fn footprint(voxels: usize, workers: usize) -> Footprint {
        let numbers = most(voxels);
        let tables = if numbers > 0 { workers.min(slabs::MOST) } else { 0 };
        Footprint::of::<u32>((numbers + 1) * tables)
    }

    /// Tables of zeros, or `None` where intensities are not whole or their range is long beside the voxels.
    ///
    /// # Errors
    /// Too little scratch.
    pub fn take(
        extremes: &Extremes,
        workers: usize,
        arena: &mut Arena<'w>,
    ) -> Result<Option<Self>, Error> {
        let Extremes { count, min, max, whole } = *extremes;
        // Exact where it matters: both are whole, and the difference has 16 bits.
        let numbers = max - min + 1.0;
        if !(whole && numbers <= RANGE as f64) || count > u64::from(u32::MAX) {
            return Ok(None);
        }
        let numbers = numbers as usize;
        if numbers > most(count as usize) {
            return Ok(None);
        }
        let length = numbers + 1;
        let tables = arena.take_zeroed(length * workers.clamp(1, slabs::MOST))?;
        Ok(Some(Self { first: min, length, tables }))
    }

    /// Lowest intensity.
    pub const fn first(&self) -> f64 {
        self.first
    }

    /// How many whole numbers there are from the lowest intensity to the highest.
    pub const fn numbers(&self) -> usize {
        self.length - 1
    }

    /// One table for each of as many slabs as there are workers.
    pub(super) fn tables(&mut self) -> core::slice::ChunksExactMut<'_, u32> {
        self.tables.chunks_exact_mut(self.length)
    }

    /// Where intensities are counted.
    pub(super) const fn places(&self) -> Places {
        Places { first: self.first, last: self.length - 1 }
    }

    /// The counts of all tables.
    pub fn counts(self) -> &'w mut [u32] {
        let numbers = self.numbers();
        let (counts, others) = self.tables.split_at_mut(self.length);
        for other in others.chunks_exact(self.length) {
            for (count, other) in counts.iter_mut().zip(other) {
                *count += other;
            }
        }
        &mut counts[..numbers]
    }
}

/// From intensities to their places in a table of counts.
#[derive(Clone, Copy, Debug)]
pub(super) struct Places {
    first: f64,
    /// The place of what is outside.
    last: usize,
}

/// Voxels that are looked up together.
const WIDTH: usize = 8;
/// The flags of as many voxels of the intensity mask.
const ALL: u64 = u64::from_ne_bytes([Mask::INTENSITY; WIDTH]);
/// 2^52: added to a whole number, the number is in the lowest bits.
const LOWEST: f64 = 4_503_599_627_370_496.0;

impl Places {
    /// Counts the intensities of a part of a row, and tells the place of each.
    #[inline]
    pub(super) fn look_up(
        self,
        flags: &[u8],
        values: &[f64],
        counts: &mut [u32],
        mut tell: impl FnMut(usize, usize),
    ) {
        let (chunks, rest) = values.as_chunks::<WIDTH>();
        let (flag_chunks, rest_flags) = flags.as_chunks::<WIDTH>();
        let mut at = 0;
        let mut each = |place: usize| {
            counts[place] += 1;
            tell(at, place);
            at += 1;
        };
        for (values, flags) in chunks.iter().zip(flag_chunks) {
            let places = values.map(|x| self.place(x));
            if u64::from_ne_bytes(*flags) & ALL == ALL {
                places.iter().for_each(|place| each((*place as usize).min(self.last)));
            } else {
                for (place, flags) in places.iter().zip(flags) {
                    each(self.inside(*place, *flags));
                }
            }
        }
        for (x, flags) in rest.iter().zip(rest_flags) {
            each(self.inside(self.place(*x), *flags));
        }
    }

    /// Of a whole intensity in the range; of any other something.
    #[inline]
    fn place(self, x: f64) -> u32 {
        ((x - self.first) + LOWEST).to_bits() as u32 & 0xffff
    }

    #[inline]
    fn inside(self, place: u32, flags: u8) -> usize {
        if flags & Mask::INTENSITY != 0 { (place as usize).min(self.last) } else { self.last }
    }
}
