//! What depends on the cells of a matrix itself: maximum, energy, joint entropy.

use core::ops::{Add, AddAssign};

use bytemuck::Pod;

use crate::family::entropy::{self, add_c_log2_c};

/// A whole number that counts pairs.
pub(super) trait Count:
    Pod + Ord + Default + Add<Output = Self> + AddAssign + Into<u64>
{
    /// Wide enough for the square of all pairs of a matrix.
    type Square: Copy + Default + AddAssign + Into<u128>;
    fn square(self) -> Self::Square;
    /// Counts one pair more. Only what nobody reads wraps around: pairs outside the region.
    fn increment(&mut self);
    /// The sum of a few.
    fn sum(counts: &[Self]) -> u64;
}

/// Of one direction with at most [`MOST_NARROW`] voxels.
impl Count for u16 {
    type Square = u32;
    #[inline]
    fn square(self) -> u32 {
        u32::from(self) * u32::from(self)
    }
    #[inline]
    fn increment(&mut self) {
        *self = self.wrapping_add(1);
    }
    #[inline]
    fn sum(counts: &[u16]) -> u64 {
        u64::from(counts.iter().map(|c| u32::from(*c)).sum::<u32>())
    }
}

/// Each voxel has at most one pair in a direction, which counts both ways.
pub(super) const MOST_NARROW: u64 = u16::MAX as u64 / 2;

/// Of one direction: at most two for each of fewer than 2^31 voxels.
impl Count for u32 {
    type Square = u64;
    #[inline]
    fn square(self) -> u64 {
        u64::from(self) * u64::from(self)
    }
    #[inline]
    fn increment(&mut self) {
        *self = self.wrapping_add(1);
    }
    #[inline]
    fn sum(counts: &[u32]) -> u64 {
        counts.iter().map(|c| u64::from(*c)).sum()
    }
}

impl Count for u64 {
    type Square = u128;
    #[inline]
    fn square(self) -> u128 {
        u128::from(self) * u128::from(self)
    }
    #[inline]
    fn increment(&mut self) {
        *self = self.wrapping_add(1);
    }
    #[inline]
    fn sum(counts: &[u64]) -> u64 {
        counts.iter().sum()
    }
}

/// Collects the cells of D symmetric matrices side by side, rows i rising, within a row columns j > i rising, the
/// diagonal anywhere in its row. Cells that are 0 change nothing, not even a last bit.
#[derive(Debug)]
pub(super) struct Joints<C: Count, const D: usize> {
    /// The largest counts so far on the diagonal and beside it, kept out of the sums of logarithms.
    largest_own: [C; D],
    largest_pair: [C; D],
    squares_own: [C::Square; D],
    squares_pair: [C::Square; D],
    /// Sums of c log2 c: of the diagonal, of one side of it, and of its current row.
    logs_own: [f64; D],
    logs_pair: [f64; D],
    logs_row: [f64; D],
}

impl<C: Count, const D: usize> Joints<C, D> {
    pub(super) fn new() -> Self {
        Self {
            largest_own: [C::default(); D],
            largest_pair: [C::default(); D],
            squares_own: [C::Square::default(); D],
            squares_pair: [C::Square::default(); D],
            logs_own: [0.0; D],
            logs_pair: [0.0; D],
            logs_row: [0.0; D],
        }
    }

    /// Adds a cell (i, i).
    #[inline]
    pub(super) fn add_own(&mut self, counts: &[C; D]) {
        add(counts, &mut self.largest_own, &mut self.squares_own, &mut self.logs_own);
    }

    /// Adds the cells (i, j) and (j, i), which hold the same.
    #[inline]
    pub(super) fn add_pair(&mut self, counts: &[C; D]) {
        add(counts, &mut self.largest_pair, &mut self.squares_pair, &mut self.logs_row);
    }

    /// Ends a row: sums of rows keep the rounding small.
    #[inline]
    pub(super) fn end_row(&mut self) {
        for (sum, row) in self.logs_pair.iter_mut().zip(&mut self.logs_row) {
            *sum += core::mem::take(row);
        }
    }

    /// What was collected of one matrix.
    pub(super) fn of(&self, matrix: usize) -> Joint {
        Joint {
            largest_own: self.largest_own[matrix].into(),
            largest_pair: self.largest_pair[matrix].into(),
            squares: self.squares_own[matrix].into() + 2 * self.squares_pair[matrix].into(),
            logs: self.logs_own[matrix] + 2.0 * self.logs_pair[matrix],
        }
    }
}

#[inline]
fn add<C: Count, const D: usize>(
    counts: &[C; D],
    largest: &mut [C; D],
    squares: &mut [C::Square; D],
    logs: &mut [f64; D],
) {
    let mut smaller = *counts;
    for i in 0..D {
        smaller[i] = counts[i].min(largest[i]);
        largest[i] = counts[i].max(largest[i]);
        squares[i] += counts[i].square();
    }
    add_c_log2_c(&smaller, logs);
}

/// Sums over the cells of one matrix.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Joint {
    largest_own: u64,
    largest_pair: u64,
    /// Sum of c^2.
    pub(super) squares: u128,
    /// Sum of c log2 c, without one largest cell of the diagonal and two beside it.
    logs: f64,
}

impl Joint {
    /// The largest count.
    pub(super) fn largest(&self) -> u64 {
        self.largest_own.max(self.largest_pair)
    }

    /// Joint entropy in bits, where all counts sum to `total`.
    pub(super) fn entropy(&self, total: u64) -> f64 {
        let (own, pair) = (self.largest_own, self.largest_pair);
        // The other of both goes back to the rest.
        if pair > own {
            let logs = self.logs + entropy::c_log2_c(own);
            entropy::bits(pair, 2, total - 2 * pair, logs)
        } else {
            let logs = self.logs + 2.0 * entropy::c_log2_c(pair);
            entropy::bits(own, 1, total - own, logs)
        }
    }
}
