//! Which voxels have the grey level of their neighbour in a direction, a bit each.
//!
//! Eight cells are compared at a time in a machine word, and what follows looks only at the bits that are set:
//! at equal pairs in tissue, at hardly anything in noise.

use core::ops::Range;

use crate::error::Error;
use crate::volume::{Level, Levels, padded_len};
use crate::workspace::{Arena, Footprint};

/// Cells in a word.
const CELLS: usize = 64;

/// A bit for each cell that has a level and the same as its partner, the first lowest.
#[inline]
fn equal<L: Level>(here: &[L; CELLS], there: &[L; CELLS]) -> u64 {
    // A byte each, in a loop that becomes vectors.
    let mut same = [0u8; CELLS];
    for ((same, here), there) in same.iter_mut().zip(here).zip(there) {
        *same = u8::from(here == there) & u8::from(here.index() > 0);
    }
    // Then byte k of word j to bit 8 k + j, and over the diagonal to bit 8 j + k.
    let words = same.as_chunks::<8>().0.iter().enumerate();
    let bits = words.fold(0, |bits, (j, word)| bits | u64::from_le_bytes(*word) << j);
    let swap = |bits: u64, by: u32, mask: u64| {
        let moved = (bits ^ bits >> by) & mask;
        bits ^ moved ^ moved << by
    };
    let bits = swap(bits, 7, 0x00aa_00aa_00aa_00aa);
    let bits = swap(bits, 14, 0x0000_cccc_0000_cccc);
    swap(bits, 28, 0x0000_0000_f0f0_f0f0)
}

/// A bit for every cell of a range of cells, with zeros before it as far as a step goes.
pub(crate) struct Equal<'w> {
    words: &'w mut [u64],
    /// Words of zeros before the first cell.
    lead: usize,
}

/// The longest step to a neighbour: along all three axes.
const fn longest_step(shape: [usize; 3], pad: usize) -> usize {
    let row = shape[0] + 2 * pad;
    row * (shape[1] + 2 * pad) + row + 1
}

/// Words of zeros that no step before the first cell leaves.
const fn lead(step: usize) -> usize {
    step / CELLS + 2
}

const fn length(cells: usize, step: usize) -> usize {
    lead(step) + cells / CELLS + 2
}

impl<'w> Equal<'w> {
    /// What [`Equal::take`] takes for levels with this box and margin.
    pub(crate) fn footprint_of(shape: [usize; 3], pad: usize) -> Footprint {
        match padded_len(shape, pad) {
            Some(cells) => Footprint::of::<u64>(length(cells, longest_step(shape, pad))),
            None => Footprint::UNBOUNDED,
        }
    }

    /// Bits for the cells of these levels and any direction.
    pub(crate) fn take<L: Level>(
        levels: &Levels<L>,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let step = longest_step(levels.shape(), levels.pad());
        let words = scratch.take_zeroed(length(levels.cells().len(), step))?;
        Ok(Self { words, lead: lead(step) })
    }

    /// Sets the bit of every cell in `range` that has a level, and the level of the cell `step` further on.
    /// Cells `step` beyond the range do not exist or have no level.
    pub(crate) fn compare<L: Level>(
        &mut self,
        levels: &Levels<L>,
        range: Range<usize>,
        step: usize,
    ) {
        let cells = &levels.cells()[range];
        let words = &mut self.words[self.lead..];
        let (here, there) = (&cells[..cells.len().saturating_sub(step)], cells.get(step..));
        let there = there.unwrap_or_default();
        words.fill(0);
        let (here, here_rest) = here.as_chunks::<CELLS>();
        let (there, there_rest) = there.as_chunks::<CELLS>();
        for ((word, here), there) in words.iter_mut().zip(here).zip(there) {
            *word = equal(here, there);
        }
        let rest = here_rest.iter().zip(there_rest).enumerate();
        words[here.len()] = rest.fold(0, |word, (bit, (here, there))| {
            word | u64::from(here.index() > 0 && here == there) << bit
        });
    }

    /// Whether the bit of a cell, counted from the range's first, is set.
    #[inline]
    fn has(&self, cell: usize) -> bool {
        let word = self.words.get(self.lead + cell / CELLS).copied().unwrap_or(0);
        word >> (cell % CELLS) & 1 != 0
    }

    /// The bits of the cells that lie `step` before those of a word.
    #[inline]
    fn before(&self, word: usize, step: usize) -> u64 {
        let bit = (self.lead + word) * CELLS - step;
        let (low, shift) = (bit / CELLS, bit % CELLS);
        // Two shifts, since one by 64 is none.
        self.words[low] >> shift | self.words[low + 1] << 1 << (CELLS - 1 - shift)
    }

    /// Calls `visit(cell, length)` for every run of two or more cells that starts in some of the words.
    pub(crate) fn for_each_run(
        &self,
        words: Range<usize>,
        step: usize,
        mut visit: impl FnMut(usize, usize),
    ) {
        for word in words {
            let set = self.words[self.lead + word];
            if set == 0 {
                continue;
            }
            let mut starts = set & !self.before(word, step);
            while starts != 0 {
                let cell = word * CELLS + starts.trailing_zeros() as usize;
                starts &= starts - 1;
                let (mut length, mut at) = (2, cell + step);
                while self.has(at) {
                    length += 1;
                    at += step;
                }
                visit(cell, length);
            }
        }
    }

    /// Cells of so many words.
    pub(crate) const fn cells(words: usize) -> usize {
        words * CELLS
    }

    /// Words that cover so many cells.
    pub(crate) const fn words(cells: usize) -> usize {
        cells.div_ceil(CELLS)
    }
}
