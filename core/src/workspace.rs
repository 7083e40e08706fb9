//! Memory that the caller owns.
//!
//! Nothing in this crate allocates. Whatever depends on the size of the data is carved from one slice
//! of 64-bit words, and every routine that carves has a twin that says how much.

use bytemuck::Pod;

use crate::error::Error;

/// Bytes in a word of the workspace.
pub const WORD: usize = 8;

/// How much workspace a routine needs, in words of 8 bytes.
///
/// A footprint too large to be addressed stays at `usize::MAX` words through every sum, and is
/// refused where it is used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Footprint {
    words: usize,
}

impl Footprint {
    /// No memory at all.
    pub const NONE: Footprint = Footprint { words: 0 };
    /// More memory than can be addressed.
    pub const UNBOUNDED: Footprint = Footprint { words: usize::MAX };

    /// Memory for `count` values of a type.
    #[inline(never)]
    pub const fn of<T: Pod>(count: usize) -> Self {
        match count.checked_mul(size_of::<T>()) {
            Some(bytes) => Self { words: bytes.div_ceil(WORD) },
            None => Self::UNBOUNDED,
        }
    }

    /// Both at the same time: the sum.
    #[must_use]
    pub const fn all_of(self, other: Self) -> Self {
        Self { words: self.words.saturating_add(other.words) }
    }

    /// One after the other: the maximum.
    #[must_use]
    pub const fn any_of(self, other: Self) -> Self {
        if self.words > other.words { self } else { other }
    }

    /// The same `count` times at once.
    #[must_use]
    pub const fn times(self, count: usize) -> Self {
        Self { words: self.words.saturating_mul(count) }
    }

    /// Words of 8 bytes.
    pub const fn words(self) -> usize {
        self.words
    }

    /// Bytes, or `None` when they cannot be addressed.
    pub const fn bytes(self) -> Option<usize> {
        self.words.checked_mul(WORD)
    }
}

/// The part of a workspace that is still free.
#[derive(Debug)]
pub struct Arena<'w> {
    free: &'w mut [u64],
    used: usize,
}

impl<'w> Arena<'w> {
    /// An arena over words whose contents do not matter.
    pub fn new(words: &'w mut [u64]) -> Self {
        Self { free: words, used: 0 }
    }

    /// Words that are still free.
    pub fn remaining(&self) -> usize {
        self.free.len()
    }

    fn words(&mut self, count: usize) -> Result<&'w mut [u64], Error> {
        if count > self.free.len() {
            return Err(Error::WorkspaceTooSmall {
                needed: self.used.saturating_add(count),
                given: self.used + self.free.len(),
            });
        }
        let (taken, rest) = core::mem::take(&mut self.free).split_at_mut(count);
        self.free = rest;
        self.used += count;
        Ok(taken)
    }

    /// Carves `count` values whose contents are whatever was there: write before reading.
    ///
    /// # Errors
    /// [`Error::WorkspaceTooSmall`] when not enough is left.
    pub fn take<T: Pod>(&mut self, count: usize) -> Result<&'w mut [T], Error> {
        let words = self.words(Footprint::of::<T>(count).words())?;
        let bytes: &mut [u8] = bytemuck::cast_slice_mut(words);
        let bytes = &mut bytes[..count * size_of::<T>()];
        Ok(bytemuck::cast_slice_mut(bytes))
    }

    /// Carves `count` values, all bytes zero.
    ///
    /// # Errors
    /// [`Error::WorkspaceTooSmall`] when not enough is left.
    pub fn take_zeroed<T: Pod>(&mut self, count: usize) -> Result<&'w mut [T], Error> {
        let taken = self.take::<T>(count)?;
        taken.fill(T::zeroed());
        Ok(taken)
    }

    /// Carves an arena of its own, for a worker.
    ///
    /// # Errors
    /// [`Error::WorkspaceTooSmall`] when not enough is left.
    pub fn split(&mut self, footprint: Footprint) -> Result<Arena<'w>, Error> {
        Ok(Arena::new(self.words(footprint.words())?))
    }

    /// Lends what is free; it is free again when the loan ends.
    pub fn scope(&mut self) -> Arena<'_> {
        Arena { used: self.used, free: &mut *self.free }
    }
}
