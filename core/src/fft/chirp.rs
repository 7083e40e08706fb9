//! Bluestein's chirp-z transform: any length as a convolution of a length that is a product of 2, 3 and 5.
//!
//! With `j k = (j^2 + k^2 - (k - j)^2) / 2` and the chirp `c_j = exp(-pi i j^2 / n)`,
//!
//! ```text
//! X_k = c_k sum_j (x_j c_j) conj(c_(k - j))
//! ```

use super::packed::{Packed, turn};
use super::passes::Passes;
use super::smooth::smooth_length;
use super::twiddle;
use crate::error::Error;
use crate::workspace::{Arena, Footprint};

#[derive(Debug)]
pub(super) struct Chirp<'w> {
    /// Length of the convolution.
    padded: usize,
    passes: Passes<'w>,
    /// The chirp c_j.
    chirp: &'w [[f64; 2]],
    /// The spectrum of the conjugate chirp, divided by the length of the convolution.
    spectrum: &'w [[f64; 2]],
}

const fn padded(length: usize) -> usize {
    // Both ends of the chirp fit without meeting.
    smooth_length(length.saturating_mul(2).saturating_sub(1))
}

impl<'w> Chirp<'w> {
    pub(super) const fn footprint(length: usize) -> Footprint {
        let padded = padded(length);
        let tables = Passes::footprint(padded)
            .all_of(Footprint::of::<[f64; 2]>(length))
            .all_of(Footprint::of::<[f64; 2]>(padded));
        // Two lines while the spectrum is made.
        tables.all_of(Footprint::of::<Packed>(padded).times(2))
    }

    pub(super) const fn work_length(length: usize) -> usize {
        padded(length).saturating_mul(2)
    }

    pub(super) fn new(length: usize, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let padded = padded(length);
        let passes = Passes::new(padded, scratch)?;
        let chirp = scratch.take::<[f64; 2]>(length)?;
        // j^2 modulo 2 n, kept in whole numbers.
        let (circle, mut square) = (2 * length, 0usize);
        for (j, c) in chirp.iter_mut().enumerate() {
            *c = twiddle::root(square, circle);
            square = (square + 2 * j + 1) % circle;
        }
        let spectrum = scratch.take::<[f64; 2]>(padded)?;
        let mut scratch = scratch.scope();
        let lines = scratch.take::<Packed>(padded)?;
        let work = scratch.take::<Packed>(padded)?;
        lines.fill([[0.0; 4]; 2]);
        for (j, [re, im]) in chirp.iter().enumerate() {
            let conjugate = [[*re; 4], [-*im; 4]];
            lines[j] = conjugate;
            lines[(padded - j) % padded] = conjugate;
        }
        passes.run(lines, work);
        let result = if passes.ends_in_work() { &*work } else { &*lines };
        for (out, [re, im]) in spectrum.iter_mut().zip(result) {
            *out = [re[0] / padded as f64, im[0] / padded as f64];
        }
        Ok(Self { padded, passes, chirp, spectrum })
    }

    /// Transforms in place; `work` has at least the announced length.
    pub(super) fn run(&self, lines: &mut [Packed], work: &mut [Packed]) {
        let (a, rest) = work.split_at_mut(self.padded);
        let b = &mut rest[..self.padded];
        for ((cell, x), c) in a.iter_mut().zip(lines.iter()).zip(self.chirp) {
            *cell = turn(*x, *c);
        }
        a[lines.len()..].fill([[0.0; 4]; 2]);
        self.passes.run(a, b);
        let (from, to) = if self.passes.ends_in_work() { (b, a) } else { (a, b) };
        for (cell, w) in from.iter_mut().zip(self.spectrum) {
            *cell = turn(*cell, *w);
        }
        self.passes.run(from, to);
        let result = if self.passes.ends_in_work() { &*to } else { &*from };
        // The inverse transform is the forward one read backwards.
        for (k, (x, c)) in lines.iter_mut().zip(self.chirp).enumerate() {
            *x = turn(result[(self.padded - k) % self.padded], *c);
        }
    }
}
