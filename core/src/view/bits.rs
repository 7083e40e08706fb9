//! Masks of one bit a voxel.

use super::extent::Lines;

/// Which bit of a byte comes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BitOrder {
    /// The bit of value 1: DICOM pixel data, BitVector of C++, little-endian bit fields.
    LowFirst,
    /// The bit of value 128: NumPy's `packbits`, PBM images.
    HighFirst,
}

/// Bits in a buffer of bytes, numbered in their order.
#[derive(Clone, Copy, Debug)]
pub(super) struct Bits<'a> {
    bytes: &'a [u8],
    order: BitOrder,
}

impl<'a> Bits<'a> {
    pub(super) const fn new(bytes: &'a [u8], order: BitOrder) -> Self {
        Self { bytes, order }
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.bytes.len().saturating_mul(8)
    }

    /// The bit with this number.
    #[inline]
    pub(super) fn get(&self, at: usize) -> bool {
        let shift = match self.order {
            BitOrder::LowFirst => at % 8,
            BitOrder::HighFirst => 7 - at % 8,
        };
        self.bytes[at / 8] >> shift & 1 != 0
    }
}

impl Lines for Bits<'_> {
    fn any(&self, start: usize, stride: isize, count: usize) -> bool {
        let at = |i: usize| (start as isize + i as isize * stride) as usize;
        if stride != 1 {
            return (0..count).any(|i| self.get(at(i)));
        }
        // Whole bytes at once.
        let end = start + count;
        let (first, last) = (start.next_multiple_of(8).min(end), end / 8 * 8);
        (start..first).chain(last.max(first)..end).any(|at| self.get(at))
            || self.bytes[first.div_ceil(8)..(last / 8).max(first.div_ceil(8))]
                .iter()
                .any(|byte| *byte != 0)
    }
}
