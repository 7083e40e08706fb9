//! Lines followed by as many zeros.

use super::packed::{Packed, turn};
use super::{Fft, twiddle};
use crate::error::Error;
use crate::workspace::{Arena, Footprint};

/// The transform of a line of n numbers followed by n zeros.
///
/// Its even and its odd frequencies are transforms of length n each, so that the zeros cost nothing:
///
/// ```text
/// X_(2k)     = sum_j x_j exp(-2 pi i j k / n)
/// X_(2k + 1) = sum_j x_j exp(-2 pi i j / (2 n)) exp(-2 pi i j k / n)
/// ```
#[derive(Debug)]
pub struct ZeroPadded<'w> {
    fft: Fft<'w>,
    /// `exp(-2 pi i j / (2 n))`.
    turns: &'w [[f64; 2]],
}

impl<'w> ZeroPadded<'w> {
    /// What [`ZeroPadded::new`] takes for lines of this length without the zeros.
    pub const fn footprint(length: usize) -> Footprint {
        Fft::footprint(length).all_of(Footprint::of::<[f64; 2]>(length))
    }

    /// Prepares lines of this length without the zeros.
    ///
    /// # Errors
    /// As [`Fft::new`].
    pub fn new(length: usize, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let fft = Fft::new(length, scratch)?;
        let turns = scratch.take::<[f64; 2]>(length)?;
        for (j, turn) in turns.iter_mut().enumerate() {
            // 2 length fits: that many bytes are taken.
            *turn = twiddle::root(j, 2 * length);
        }
        Ok(Self { fft, turns })
    }

    /// The length without the zeros; the whole spectrum has twice as many places.
    pub const fn length(&self) -> usize {
        self.fft.length()
    }

    /// The frequencies 0, 2, 4, ... The spectrum lies in one of the two buffers, as with
    /// [`Fft::forward_either`]; the other one is spent.
    ///
    /// # Errors
    /// As [`Fft::forward`].
    pub fn even<'b>(
        &self,
        lines: &'b mut [Packed],
        work: &'b mut [Packed],
    ) -> Result<&'b mut [Packed], Error> {
        self.fft.forward_either(lines, work)
    }

    /// The frequencies 1, 3, 5, ...; otherwise as [`ZeroPadded::even`].
    ///
    /// # Errors
    /// As [`Fft::forward`].
    pub fn odd<'b>(
        &self,
        lines: &'b mut [Packed],
        work: &'b mut [Packed],
    ) -> Result<&'b mut [Packed], Error> {
        for (x, w) in lines.iter_mut().zip(self.turns) {
            *x = turn(*x, *w);
        }
        self.fft.forward_either(lines, work)
    }
}
