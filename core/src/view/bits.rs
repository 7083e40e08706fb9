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
    fn first(&self, start: usize, stride: isize, count: usize) -> Option<usize> {
        let mut i = 0;
        while i < count {
            let at = (start as isize + i as isize * stride) as usize;
            // Empty bytes are passed over as a whole.
            if stride == 1 && at.is_multiple_of(8) && count - i >= 8 && self.bytes[at / 8] == 0 {
                i += 8;
                continue;
            }
            if self.get(at) {
                return Some(i);
            }
            i += 1;
        }
        None
    }

    fn last(&self, start: usize, stride: isize, count: usize) -> Option<usize> {
        let mut left = count;
        while left > 0 {
            let at = (start as isize + (left - 1) as isize * stride) as usize;
            if stride == 1 && at % 8 == 7 && left >= 8 && self.bytes[at / 8] == 0 {
                left -= 8;
                continue;
            }
            if self.get(at) {
                return Some(left - 1);
            }
            left -= 1;
        }
        None
    }
}
