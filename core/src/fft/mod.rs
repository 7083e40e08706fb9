//! A Fourier transform on memory of the caller, with the same bits on every machine.
//!
//! Lengths are products of 2, 3 and 5; [`smooth_length`] gives the next one. Several lines are
//! transformed side by side: element `k` of line `lane` stands at `k * lanes + lane`, so that plain loops over
//! lanes become vector instructions.

mod butterfly;
mod twiddle;

use crate::error::Error;
use crate::workspace::{Arena, Footprint};
use butterfly::{Pass, radix2, radix3, radix4, radix5};

/// The smallest product of 2, 3 and 5 that is at least `n`.
pub const fn smooth_length(n: usize) -> usize {
    let mut candidate = if n < 1 { 1 } else { n };
    loop {
        let mut rest = candidate;
        while rest.is_multiple_of(2) {
            rest /= 2;
        }
        while rest.is_multiple_of(3) {
            rest /= 3;
        }
        while rest.is_multiple_of(5) {
            rest /= 5;
        }
        if rest == 1 {
            return candidate;
        }
        candidate += 1;
    }
}

/// Real and imaginary parts of some lines side by side.
#[derive(Debug)]
pub struct Lines<'w> {
    /// Real parts.
    pub re: &'w mut [f64],
    /// Imaginary parts.
    pub im: &'w mut [f64],
}

impl<'w> Lines<'w> {
    /// The same lines for a shorter time.
    pub fn reborrow(&mut self) -> Lines<'_> {
        Lines { re: &mut *self.re, im: &mut *self.im }
    }

    /// What [`Lines::take`] takes.
    pub const fn footprint(length: usize, lanes: usize) -> Footprint {
        Footprint::of::<f64>(length.saturating_mul(lanes)).times(2)
    }

    /// Memory for lines; the contents are arbitrary.
    ///
    /// # Errors
    /// When the scratch is too small.
    pub fn take(length: usize, lanes: usize, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        Ok(Self { re: scratch.take(length * lanes)?, im: scratch.take(length * lanes)? })
    }
}

/// A transform of one length.
#[derive(Debug)]
pub struct Fft<'w> {
    length: usize,
    radices: heapless::Vec<u8, 64>,
    /// Cosine and minus sine of `2 pi k / length`.
    cosines: &'w [f64],
    sines: &'w [f64],
}

impl<'w> Fft<'w> {
    /// What [`Fft::new`] takes.
    pub const fn footprint(length: usize) -> Footprint {
        Footprint::of::<f64>(length).times(2)
    }

    /// Prepares a length.
    ///
    /// # Errors
    /// When the length is no product of 2, 3 and 5, or the scratch is too small.
    pub fn new(length: usize, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        if length == 0 || smooth_length(length) != length {
            return Err(Error::invalid("fft.length", length, "a product of 2, 3 and 5"));
        }
        let mut radices = heapless::Vec::new();
        let mut rest = length;
        for radix in [4usize, 2, 3, 5] {
            while rest.is_multiple_of(radix) {
                // 64 places: no length has more factors.
                let _ = radices.push(radix as u8);
                rest /= radix;
            }
        }
        let cosines = scratch.take::<f64>(length)?;
        let sines = scratch.take::<f64>(length)?;
        for (k, (cosine, sine)) in cosines.iter_mut().zip(sines.iter_mut()).enumerate() {
            (*cosine, *sine) = twiddle::unit(k, length);
            *sine = -*sine;
        }
        Ok(Self { length, radices, cosines, sines })
    }

    /// The length.
    pub const fn length(&self) -> usize {
        self.length
    }

    /// Transforms lines in place, `X_k = sum_j x_j exp(-2 pi i j k / n)`; `other` has the same size.
    ///
    /// # Errors
    /// When a buffer has another size than the length times `lanes`.
    pub fn forward(&self, lines: &mut Lines, other: &mut Lines, lanes: usize) -> Result<(), Error> {
        let size = self.length * lanes;
        for buffer in [&lines.re, &lines.im, &other.re, &other.im] {
            if buffer.len() != size {
                return Err(Error::invalid("fft.lines", buffer.len(), "length times lanes"));
            }
        }
        // Stockham's order: each pass reads one buffer and writes the other, and nothing is permuted.
        let (mut stride, mut current) = (1, self.length);
        for (at, radix) in self.radices.iter().enumerate() {
            let (mut a, mut b) = (lines.reborrow(), other.reborrow());
            let (from, to) = if at % 2 == 0 { (&a, &mut b) } else { (&b, &mut a) };
            let pass = Pass {
                block: stride * lanes,
                groups: current / usize::from(*radix),
                stride,
                cosines: self.cosines,
                sines: self.sines,
            };
            match radix {
                2 => radix2(&pass, from, to),
                3 => radix3(&pass, from, to),
                4 => radix4(&pass, from, to),
                _ => radix5(&pass, from, to),
            }
            current /= usize::from(*radix);
            stride *= usize::from(*radix);
        }
        if self.radices.len() % 2 == 1 {
            lines.re.copy_from_slice(other.re);
            lines.im.copy_from_slice(other.im);
        }
        Ok(())
    }
}
