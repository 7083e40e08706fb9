//! Transforms of each intensity by itself: square, square root, logarithm, exponential.
//!
//! IBSI defines none of them. The scales are those in common use: the response spans the range of the
//! image, so that discretisation sees comparable numbers.

use super::{Boundary, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// A transform of each intensity x by itself; m is the largest magnitude in the whole image.
///
/// ```text
/// square        (x / sqrt(m))^2
/// square root   sign(x) sqrt(m |x|)
/// logarithm     sign(x) ln(1 + |x|) m / ln(1 + m)
/// exponential   exp(x ln(m) / m)
/// ```
///
/// An image of zeros stays as it is, its exponential is 1. Where m is below 1 the logarithm of m is negative
/// and the exponential falls. Unit: that of the image, in which scales are chosen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pointwise {
    /// Square.
    Square,
    /// Square root, odd.
    SquareRoot,
    /// Logarithm, odd.
    Logarithm,
    /// Exponential.
    Exponential,
}

impl Pointwise {
    /// `None`: the scale is that of the whole image.
    pub const fn reach(&self) -> Option<[usize; 3]> {
        None
    }

    /// No scratch.
    pub const fn footprint(&self, _shape: [usize; 3]) -> Footprint {
        Footprint::NONE
    }

    /// Replaces the volume by its transform. Non-finite intensities take no part in the scale.
    ///
    /// # Errors
    /// Cancelled.
    pub fn apply(
        &self,
        volume: &mut Volume,
        _boundary: Boundary,
        watch: &Watch,
        _scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let slice = (volume.shape[0] * volume.shape[1]).max(1);
        let magnitudes = volume.values.iter().map(|x| math::abs(*x));
        let m = magnitudes.filter(|x| x.is_finite()).fold(0.0, f64::max);
        for values in volume.values.chunks_mut(slice) {
            watch.check()?;
            for x in values {
                *x = self.of(*x, m);
            }
        }
        Ok(())
    }

    fn of(self, x: f64, m: f64) -> f64 {
        let magnitude = math::abs(x);
        let odd = |y: f64| if x < 0.0 { -y } else { y };
        match self {
            Pointwise::Exponential if m == 0.0 => math::exp(x),
            _ if m == 0.0 => x,
            Pointwise::Square => x * x / m,
            Pointwise::SquareRoot => odd(math::sqrt(m * magnitude)),
            Pointwise::Logarithm => odd(math::ln_1p(magnitude) * m / math::ln_1p(m)),
            Pointwise::Exponential => math::exp(x * math::ln(m) / m),
        }
    }
}
