//! A Fourier transform on memory of the caller, with the same bits on every machine.
//!
//! Any length: products of 2, 3 and 5 go through Stockham's algorithm (nothing is permuted, every pass
//! reads and writes in order), all others through Bluestein's chirp-z transform.
//!
//! [`LANES`] lines are transformed side by side. An element of a [`Packed`] line holds the same place of
//! all lanes, real parts first, so that plain loops become vector instructions on any machine and one
//! line of a cache. A line of a volume is gathered, transformed and written back:
//!
//! ```
//! use radiomics::fft::{Fft, Packed};
//! use radiomics::workspace::Arena;
//!
//! let length = 12;
//! let footprint = Fft::footprint(length)
//!     .all_of(radiomics::Footprint::of::<Packed>(length + Fft::work_length(length)));
//! let mut words = vec![0; footprint.words()];
//! let mut arena = Arena::new(&mut words);
//! let fft = Fft::new(length, &mut arena)?;
//! let lines = arena.take::<Packed>(length)?;
//! let work = arena.take::<Packed>(Fft::work_length(length))?;
//! lines.fill([[1.0; 4], [0.0; 4]]);
//! fft.forward(lines, work)?;
//! assert_eq!(lines[0][0], [12.0; 4]);
//! fft.inverse(lines, work)?;
//! assert!((lines[5][0][3] - 1.0).abs() < 1e-15);
//! # Ok::<(), radiomics::Error>(())
//! ```
//!
//! Real lines pay twice: [`pair`] transforms two in one complex line. [`ZeroPadded`] transforms a line that
//! is followed by as many zeros, as convolutions need it, without ever touching the zeros.

mod chirp;
mod packed;
mod padded;
pub mod pair;
mod passes;
mod smooth;
mod twiddle;

pub use packed::{LANES, Packed};
pub use padded::ZeroPadded;
pub use smooth::smooth_length;

use crate::error::Error;
use crate::workspace::{Arena, Footprint};
use chirp::Chirp;
use passes::Passes;

/// A transform of one length.
///
/// ```text
/// forward   X_k =     sum_j x_j exp(-2 pi i j k / n)
/// inverse   x_j = 1/n sum_k X_k exp(+2 pi i j k / n)
/// ```
///
/// The error of a transform relative to the largest result is a few units of the last place times the
/// logarithm of the length.
#[derive(Debug)]
pub struct Fft<'w> {
    length: usize,
    method: Method<'w>,
}

#[derive(Debug)]
enum Method<'w> {
    Passes(Passes<'w>),
    Chirp(Chirp<'w>),
}

impl<'w> Fft<'w> {
    /// What [`Fft::new`] takes: 16 bytes a place for the lengths that [`smooth_length`] gives, some
    /// hundreds for others. Monotone over the lengths that [`smooth_length`] gives, and over the others.
    pub const fn footprint(length: usize) -> Footprint {
        if smooth::is_smooth(length) { Passes::footprint(length) } else { Chirp::footprint(length) }
    }

    /// Elements of work space that the transforms take: the length itself when it is a product of 2, 3
    /// and 5.
    pub const fn work_length(length: usize) -> usize {
        if smooth::is_smooth(length) { length } else { Chirp::work_length(length) }
    }

    /// Prepares a length.
    ///
    /// # Errors
    /// When the length is zero or cannot be addressed, or the scratch is too small.
    #[inline(never)]
    pub fn new(length: usize, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        if length == 0 {
            return Err(Error::invalid("fft.length", length, "a length of at least 1"));
        }
        if Self::footprint(length) == Footprint::UNBOUNDED {
            return Err(Error::TooLarge { field: "fft.length" });
        }
        let method = if smooth::is_smooth(length) {
            Method::Passes(Passes::new(length, scratch)?)
        } else {
            Method::Chirp(Chirp::new(length, scratch)?)
        };
        Ok(Self { length, method })
    }

    /// The length.
    pub const fn length(&self) -> usize {
        self.length
    }

    /// Transforms in place. `work` holds at least [`Fft::work_length`] elements of any contents.
    ///
    /// # Errors
    /// When `lines` is not as long as the transform or `work` is too short.
    #[inline(never)]
    pub fn forward(&self, lines: &mut [Packed], work: &mut [Packed]) -> Result<(), Error> {
        self.check(lines, work)?;
        match &self.method {
            Method::Passes(passes) => {
                let work = &mut work[..self.length];
                passes.run(lines, work);
                if passes.ends_in_work() {
                    lines.copy_from_slice(work);
                }
            }
            Method::Chirp(chirp) => chirp.run(lines, work),
        }
        Ok(())
    }

    /// Transforms and returns the spectrum, which lies in `lines` or in `work`, wherever the last pass
    /// left it; the other holds nothing of use. Saves a copy where the caller reads the spectrum once.
    ///
    /// # Errors
    /// As [`Fft::forward`].
    pub fn forward_either<'b>(
        &self,
        lines: &'b mut [Packed],
        work: &'b mut [Packed],
    ) -> Result<&'b mut [Packed], Error> {
        self.check(lines, work)?;
        match &self.method {
            Method::Passes(passes) => {
                let work = &mut work[..self.length];
                passes.run(lines, work);
                Ok(if passes.ends_in_work() { work } else { lines })
            }
            Method::Chirp(chirp) => {
                chirp.run(lines, work);
                Ok(lines)
            }
        }
    }

    /// Transforms back in place, divided by the length. `work` as in [`Fft::forward`].
    ///
    /// # Errors
    /// As [`Fft::forward`].
    #[inline(never)]
    pub fn inverse(&self, lines: &mut [Packed], work: &mut [Packed]) -> Result<(), Error> {
        self.forward(lines, work)?;
        // The inverse is the forward transform read backwards.
        if let Some(rest) = lines.get_mut(1..) {
            rest.reverse();
        }
        let scale = 1.0 / self.length as f64;
        for cell in lines {
            *cell = packed::scale(*cell, scale);
        }
        Ok(())
    }

    fn check(&self, lines: &[Packed], work: &[Packed]) -> Result<(), Error> {
        if lines.len() != self.length {
            return Err(Error::invalid("fft.lines", lines.len(), "the length of the transform"));
        }
        if work.len() < Self::work_length(self.length) {
            return Err(Error::invalid("fft.work", work.len(), "the announced work length"));
        }
        Ok(())
    }
}
