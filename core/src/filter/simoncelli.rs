//! The non-separable Simoncelli wavelet.

use super::spectrum::{Complex, Transform};
use super::{Boundary, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// The band-pass map of the Simoncelli wavelet.
///
/// ```text
/// H(v) = cos(pi/2 log2(2 r)),  1/4 < r <= 1;  else 0          r = 2^(j-1) |v|
/// ```
///
/// v: frequency along each axis, from -1 to +1 (the Nyquist frequency) over the places of the spectrum, both
/// ends included; j: level. IBSI PRT7. The transform is periodic, whatever the boundary rule. Unit: that of the
/// image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Simoncelli {
    /// Level j, from 1 on.
    pub level: u32,
    /// Axes: 2 acts slice by slice.
    pub dimensions: usize,
}

/// The frequency of a place of the spectrum on the grid from -1 to +1 whose ends are both samples, with the
/// zero frequency first.
pub(super) fn grid(k: usize, n: usize) -> f64 {
    if n < 2 {
        return 0.0;
    }
    let shifted = (k + n / 2) % n;
    -1.0 + 2.0 * shifted as f64 / (n - 1) as f64
}

impl Simoncelli {
    /// `None`: the spectrum is that of the whole image.
    pub const fn reach(&self) -> Option<[usize; 3]> {
        None
    }

    /// Scratch: the complex volume and the transform.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<Complex>(voxels).all_of(Transform::footprint(shape, self.dimensions))
    }

    /// 2^(j-1).
    fn scale(&self) -> f64 {
        math::pow(2.0, f64::from(self.level) - 1.0)
    }

    /// The weight of a frequency by its squared length.
    fn weight(scale: f64, squared: f64) -> f64 {
        let r = scale * math::sqrt(squared);
        if r > 0.25 && r <= 1.0 {
            math::sin_cos(core::f64::consts::FRAC_PI_2 * math::log2(2.0 * r)).1
        } else {
            0.0
        }
    }

    /// Replaces the volume by its response.
    ///
    /// # Errors
    /// Too little scratch, or cancelled.
    pub fn apply(
        &self,
        volume: &mut Volume,
        _boundary: Boundary,
        watch: &Watch,
        scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let shape = volume.shape;
        let (scale, dimensions) = (self.scale(), self.dimensions.min(3));
        multiply(volume, dimensions, watch, scratch, |k| {
            let squared = (0..dimensions).map(|a| grid(k[a], shape[a])).map(|v| v * v).sum();
            // The grid is not symmetric: the response has an imaginary part, which is left out.
            [Self::weight(scale, squared), 0.0]
        })
    }
}

/// Multiplies the spectrum by a factor for each place and keeps the real part of what comes back.
#[inline(never)]
pub(super) fn multiply(
    volume: &mut Volume,
    dimensions: usize,
    watch: &Watch,
    mut scratch: Arena<'_>,
    factor: impl Fn([usize; 3]) -> Complex,
) -> Result<(), Error> {
    let shape = volume.shape;
    let spectrum = scratch.take::<Complex>(volume.values.len())?;
    let mut transform = Transform::new(shape, dimensions, &mut scratch)?;
    for (cell, x) in spectrum.iter_mut().zip(volume.values.iter()) {
        *cell = [*x, 0.0];
    }
    transform.forward(spectrum, watch)?;
    let [nx, ny, _] = shape;
    for (at, row) in spectrum.chunks_exact_mut(nx.max(1)).enumerate() {
        if at % ny.max(1) == 0 {
            watch.check()?;
        }
        for (x, cell) in row.iter_mut().enumerate() {
            let [re, im] = *cell;
            let [fr, fi] = factor([x, at % ny, at / ny]);
            *cell = [re * fr - im * fi, re * fi + im * fr];
        }
    }
    transform.inverse(spectrum, watch)?;
    for (x, [re, _]) in volume.values.iter_mut().zip(spectrum.iter()) {
        *x = *re;
    }
    Ok(())
}
