//! Gaussian and Laplacian of Gaussian.

use super::kernel::{Line, footprint, pass};
use super::{Boundary, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// Half-width of a truncated kernel: `floor(cutoff sigma + 1/2)`.
fn half(sigma: f64, cutoff: f64) -> usize {
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

/// The Laplacian of a Gaussian, truncated to a box.
///
/// ```text
/// h(k) = -(1 / s_x^2) (D - sum_d k_d^2 / s_d^2) prod_d (1 / (sqrt(2 pi) s_d)) exp(-k_d^2 / (2 s_d^2))
///        |k_d| <= floor(c s_d + 1/2)
/// ```
///
/// IBSI L6PA. s_d: standard deviation in voxels of axis d; c: the cutoff. With spacings that differ the response
/// is the same in every direction of the patient, in units of the voxels along x. Unit: that of the image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Log {
    /// Standard deviation in voxels along x, y, z.
    pub sigma: [f64; 3],
    /// Half-width in standard deviations.
    pub cutoff: f64,
    /// Whether the mean of the truncated kernel is taken off, so that flat images have the response 0.
    pub zero_sum: bool,
    /// Axes D: 2 acts slice by slice.
    pub dimensions: usize,
}

fn reach(sigma: [f64; 3], cutoff: f64, dimensions: usize) -> [usize; 3] {
    let mut out = [0; 3];
    for axis in 0..dimensions.min(3) {
        out[axis] = half(sigma[axis], cutoff);
    }
    out
}

fn kernels(reach: [usize; 3]) -> usize {
    reach.iter().map(|half| 2 * half + 1).max().unwrap_or(1)
}

impl Gaussian {
    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        Some(reach(self.sigma, self.cutoff, self.dimensions))
    }

    /// Scratch: a line and the kernel.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let widest = kernels(reach(self.sigma, self.cutoff, self.dimensions));
        Footprint::of::<f64>(widest).all_of(footprint(shape, widest / 2))
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
        let shape = volume.shape;
        for axis in 0..self.dimensions.min(3) {
            let mut scratch = scratch.scope();
            let half = half(self.sigma[axis], self.cutoff);
            let weights = scratch.take::<f64>(2 * half + 1)?;
            gaussian(weights, half, self.sigma[axis]);
            let sum: f64 = weights.iter().sum();
            for weight in weights.iter_mut() {
                *weight /= sum;
            }
            pass(volume.values, shape, axis, &Line::new(weights), boundary, watch, scratch)?;
        }
        Ok(())
    }
}

/// Samples of the density.
fn gaussian(weights: &mut [f64], half: usize, sigma: f64) {
    let scale = 1.0 / (math::sqrt(2.0 * core::f64::consts::PI) * sigma);
    for (k, weight) in weights.iter_mut().enumerate() {
        let t = (k as f64 - half as f64) / sigma;
        *weight = scale * math::exp(-0.5 * t * t);
    }
}

impl Log {
    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        Some(reach(self.sigma, self.cutoff, self.dimensions))
    }

    /// Scratch: two volumes, or three for the zero-sum kernel, a line and the kernels.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let widest = kernels(reach(self.sigma, self.cutoff, self.dimensions));
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<f64>(voxels)
            .times(2 + usize::from(self.zero_sum))
            .all_of(Footprint::of::<f64>(widest).times(3))
            .all_of(footprint(shape, widest / 2))
    }

    /// Replaces the volume by its response.
    ///
    /// The kernel is a sum of products of `g` and `l(k) = (k^2 / s^2 - 1) g(k)`, one `l` in each: going through
    /// the axes, `smooth` holds the products without `l` and `bent` the sum of those with one.
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
        let shape = volume.shape;
        let voxels = volume.values.len();
        let widest = kernels(reach(self.sigma, self.cutoff, self.dimensions));
        let spare = scratch.take::<f64>(voxels)?;
        let bent = scratch.take::<f64>(voxels)?;
        let flat = scratch.take::<f64>(if self.zero_sum { voxels } else { 0 })?;
        if self.zero_sum {
            flat.copy_from_slice(volume.values);
        }
        let [g, l, ones] = [
            scratch.take::<f64>(widest)?,
            scratch.take::<f64>(widest)?,
            scratch.take::<f64>(widest)?,
        ];
        ones.fill(1.0);
        let smooth = &mut *volume.values;
        // Sums of the kernel's products so far: without l, with one.
        let mut sums = [1.0, 0.0];
        let mut count = 1.0;
        for axis in 0..self.dimensions.min(3) {
            let sigma = self.sigma[axis];
            let half = half(sigma, self.cutoff);
            let (g, l) = (&mut g[..2 * half + 1], &mut l[..2 * half + 1]);
            gaussian(g, half, sigma);
            for (k, (l, g)) in l.iter_mut().zip(g.iter()).enumerate() {
                let t = (k as f64 - half as f64) / sigma;
                *l = (t * t - 1.0) * g;
            }
            let line = |weights| Line::new(weights);
            spare.copy_from_slice(smooth);
            let edge = boundary.times(sums[0]);
            pass(spare, shape, axis, &line(l), edge, watch, scratch.scope())?;
            pass(smooth, shape, axis, &line(g), edge, watch, scratch.scope())?;
            if axis == 0 {
                bent.copy_from_slice(spare);
            } else {
                let edge = boundary.times(sums[1]);
                pass(bent, shape, axis, &line(g), edge, watch, scratch.scope())?;
                for (bent, spare) in bent.iter_mut().zip(spare.iter()) {
                    *bent += spare;
                }
            }
            if self.zero_sum {
                let ones = &ones[..2 * half + 1];
                let edge = boundary.times(count);
                pass(flat, shape, axis, &line(ones), edge, watch, scratch.scope())?;
            }
            let [total_g, total_l] = [line(g).sum(), line(l).sum()];
            sums = [sums[0] * total_g, sums[1] * total_g + sums[0] * total_l];
            count *= (2 * half + 1) as f64;
        }
        let scale = 1.0 / (self.sigma[0] * self.sigma[0]);
        let mean = sums[1] / count;
        for (out, bent) in volume.values.iter_mut().zip(bent.iter()) {
            *out = bent * scale;
        }
        if self.zero_sum {
            for (out, flat) in volume.values.iter_mut().zip(flat.iter()) {
                *out -= scale * mean * flat;
            }
        }
        Ok(())
    }
}
