//! The Gaussian.

use super::kernel::{Chain, LONG, Line, Separable, long_footprint, long_pass};
use super::{Boundary, Pooling, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// Half-width of a truncated kernel: `floor(cutoff sigma + 1/2)`.
pub(super) fn half(sigma: f64, cutoff: f64) -> usize {
    math::floor(cutoff * sigma + 0.5).max(0.0) as usize
}

/// A Gaussian, truncated to a box.
///
/// ```text
/// g(k) = prod over D axes of (1 / (sqrt(2 pi) s)) exp(-k^2 / (2 s^2))     |k| <= floor(c s + 1/2)
/// ```
///
/// Scaled so that each kernel has the sum 1. s: standard deviation in voxels of each axis; c: the cutoff. Unit:
/// that of the image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gaussian {
    /// Standard deviation in voxels along x, y, z.
    pub sigma: [f64; 3],
    /// Half-width in standard deviations.
    pub cutoff: f64,
    /// Axes D: 2 acts slice by slice.
    pub dimensions: usize,
}

/// Half-widths along the axes.
pub(super) fn reach(sigma: [f64; 3], cutoff: f64, dimensions: usize) -> [usize; 3] {
    let mut out = [0; 3];
    for axis in 0..dimensions.min(3) {
        out[axis] = half(sigma[axis], cutoff);
    }
    out
}

/// The sides along which a filter acts; the others are 1.
pub(super) fn within(mut shape: [usize; 3], dimensions: usize) -> [usize; 3] {
    shape[dimensions.min(3)..].fill(1);
    shape
}

/// Weights of the longest kernel.
pub(super) fn kernels(reach: [usize; 3]) -> usize {
    reach.iter().map(|half| 2 * half + 1).max().unwrap_or(1)
}

impl Gaussian {
    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        Some(reach(self.sigma, self.cutoff, self.dimensions))
    }

    /// Scratch: a slice, lines and the kernels.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let widest = kernels(reach(self.sigma, self.cutoff, self.dimensions));
        let weights = Footprint::of::<f64>(widest).times(3);
        if widest > LONG {
            return weights.all_of(long_footprint(within(shape, self.dimensions), widest / 2));
        }
        weights.all_of(Separable::unpooled(shape, widest / 2, widest))
    }

    /// Replaces the volume by its response.
    ///
    /// # Errors
    /// Too little scratch, or cancelled.
    pub fn apply(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let dimensions = self.dimensions.min(3);
        let widest = kernels(reach(self.sigma, self.cutoff, dimensions));
        let mut chains = [Chain::new(), Chain::new(), Chain::new()];
        for (axis, chain) in chains.iter_mut().enumerate() {
            let weights = scratch.take::<f64>(widest)?;
            if axis < dimensions {
                let half = half(self.sigma[axis], self.cutoff);
                let weights = &mut weights[..2 * half + 1];
                gaussian(weights, half, self.sigma[axis]);
                let sum: f64 = weights.iter().sum();
                weights.iter_mut().for_each(|weight| *weight /= sum);
                let _ = chain.push(Line::new(weights));
            }
        }
        if widest > LONG {
            let passing = long_footprint(within(volume.shape, dimensions), widest / 2);
            let mut scratch = scratch.split(passing)?;
            for axis in (0..dimensions).rev() {
                for line in chains[axis].iter().filter(|line| line.weights.len() > 1) {
                    let scratch = scratch.scope();
                    long_pass(volume.values, volume.shape, axis, line, boundary, watch, scratch)?;
                }
            }
            return Ok(());
        }
        let kernel = Separable { chains, dimensions, pooling: Pooling::None };
        kernel.apply(volume, boundary, |_| {}, watch, scratch)
    }
}

/// Samples of the density.
pub(super) fn gaussian(weights: &mut [f64], half: usize, sigma: f64) {
    let scale = 1.0 / (math::sqrt(2.0 * core::f64::consts::PI) * sigma);
    for (k, weight) in weights.iter_mut().enumerate() {
        let t = (k as f64 - half as f64) / sigma;
        *weight = scale * math::exp(-0.5 * t * t);
    }
}
