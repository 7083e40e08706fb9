//! The runs along a row, in words of bits.

use super::carried::WORD;
use crate::volume::{Level, Levels, word};

/// Calls `visit(level, length)` for every run of `least` or more voxels of a row, 2 or 3; shorter ones may be among them.
pub(super) fn runs<L: Level>(
    levels: &Levels<L>,
    y: usize,
    z: usize,
    least: usize,
    [spare, next_spare]: &mut [[L; WORD]; 2],
    mut visit: impl FnMut(usize, usize),
) {
    let mut visit = |cell: L, length| {
        if cell.index() > 0 {
            visit(cell.index(), length);
        }
    };
    let span = levels.span(y, z);
    let row = &levels.row(y, z)[span.clone()];
    let (pairs, start) = (row.len().saturating_sub(1), levels.index(span.start, y, z));
    // Pairs of equal cells at the end of the word before.
    let mut open = 0;
    for first in (0..pairs).step_by(WORD) {
        let here = word(levels.cells(), start + first, spare);
        let next = word(levels.cells(), start + first + 1, next_spare);
        let mut word = equal(here, next) & below(pairs - first);
        if open > 0 {
            let more = word.trailing_ones() as usize;
            if more == WORD && first + WORD < pairs {
                open += WORD;
                continue;
            }
            visit(row[first], open + more + 1);
            open = 0;
            word &= word.wrapping_add(1);
        }
        if least > 2 {
            // A pair alone, unless it may go on in the next word.
            word &= word << 1 | word >> 1 | 1 << (WORD - 1);
        }
        while word != 0 {
            let bit = word.trailing_zeros() as usize;
            let ones = (word >> bit).trailing_ones() as usize;
            if bit + ones == WORD && first + WORD < pairs {
                open = ones;
                break;
            }
            visit(row[first + bit], ones + 1);
            // The addition carries through the ones.
            word &= word.wrapping_add(1 << bit);
        }
    }
}

/// A bit for each cell that equals its partner, the first lowest.
#[inline]
fn equal<L: Level>(here: &[L; WORD], next: &[L; WORD]) -> u64 {
    // A byte each, in a loop that becomes vectors.
    let mut same = [0u8; WORD];
    for ((same, here), next) in same.iter_mut().zip(here).zip(next) {
        *same = u8::from(here == next);
    }
    bits(&same)
}

/// The bits of the first cells of a word.
#[inline]
const fn below(cells: usize) -> u64 {
    if cells < WORD { (1 << cells) - 1 } else { u64::MAX }
}

/// A bit for each byte that is 1 and not 0, the first lowest.
#[inline]
fn bits(bytes: &[u8; WORD]) -> u64 {
    transposed(gathered(bytes))
}

/// A bit for each byte that is 1 and not 0, of at most 64: for byte k of the j-th eight the bit 8 k + j.
#[inline]
pub(super) fn gathered<const N: usize>(bytes: &[u8; N]) -> u64 {
    let words = bytes.as_chunks::<8>().0.iter().enumerate();
    words.fold(0, |bits, (j, word)| bits | u64::from_le_bytes(*word) << j)
}

/// The cell of a bit of [`gathered`].
#[inline]
pub(super) const fn cell(bit: u32) -> usize {
    8 * (bit as usize % 8) + bit as usize / 8
}

/// The bits of [`gathered`] that belong to the first cells of a word.
#[inline]
pub(super) const fn gathered_below(cells: usize) -> u64 {
    transposed(below(cells))
}

/// Bit 8 k + j to bit 8 j + k.
#[inline]
const fn transposed(bits: u64) -> u64 {
    const fn swap(bits: u64, by: u32, mask: u64) -> u64 {
        let moved = (bits ^ bits >> by) & mask;
        bits ^ moved ^ moved << by
    }
    let bits = swap(bits, 7, 0x00aa_00aa_00aa_00aa);
    let bits = swap(bits, 14, 0x0000_cccc_0000_cccc);
    swap(bits, 28, 0x0000_0000_f0f0_f0f0)
}
