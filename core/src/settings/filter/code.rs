//! A short word: the kernels or the sub-band of a filter.

use core::fmt;

/// Up to six letters and digits: `E5L5S5`, `LLH`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Code {
    bytes: [u8; 6],
    len: u8,
}

impl Code {
    /// The word of a text, or `None` when it is too long or has other characters.
    pub fn new(text: &str) -> Option<Self> {
        let mut bytes = [0; 6];
        if !text.bytes().all(|b| b.is_ascii_alphanumeric()) {
            return None;
        }
        bytes.get_mut(..text.len())?.copy_from_slice(text.as_bytes());
        Some(Self { bytes, len: text.len() as u8 })
    }

    /// The word of a sub-band: bit `axis` of `number` is set for a high-pass filter along that axis.
    pub(crate) fn band(number: usize, dimensions: usize) -> Self {
        let mut bytes = [0; 6];
        for axis in 0..dimensions.min(6) {
            bytes[axis] = if number >> axis & 1 == 1 { b'H' } else { b'L' };
        }
        Self { bytes, len: dimensions.min(6) as u8 }
    }

    /// The word.
    pub fn as_str(&self) -> &str {
        core::str::from_utf8(&self.bytes[..usize::from(self.len).min(6)]).unwrap_or("")
    }
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
