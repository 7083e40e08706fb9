//! Gabor filters.

use super::slices::{Slices, Spectra};
use super::{Boundary, Pooling, Volume};
use crate::error::Error;
use crate::fft::{LANES, Packed, smooth_length};
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::workspace::{Arena, Footprint};

/// The modulus of the response to a Gabor kernel in a plane.
///
/// ```text
/// g(k) = exp(-(a^2 + gamma^2 b^2) / (2 s^2)) exp(2 pi i a / lambda)
/// a = k1 cos t + k2 sin t        b = k1 sin t - k2 cos t        h = |g * f|
/// ```
///
/// k1, k2: mm along the first and second axis of the plane; s: standard deviation of the envelope in mm; lambda:
/// wavelength in mm; gamma: aspect ratio; t: orientation. The kernel ends where its envelope is below 2e-8.
/// IBSI Q88H. Unit: that of the image times a number that grows with s.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Gabor {
    /// Standard deviation s of the envelope in mm.
    pub sigma_mm: f64,
    /// Wavelength lambda in mm.
    pub lambda_mm: f64,
    /// Aspect ratio gamma.
    pub gamma: f64,
    /// Orientation t in degrees; with pooling the step between the orientations from 0 on, below 360.
    pub theta_deg: f64,
    /// How the responses of the orientations become one.
    pub pooling: Pooling,
    /// Whether the planes xy, xz and yz are averaged; else xy alone.
    pub orthogonal: bool,
    /// Spacing along x, y, z in mm.
    pub spacing: [f64; 3],
}

/// The axes of the planes, and the axis across.
const PLANES: [[usize; 3]; 3] = [[0, 1, 2], [0, 2, 1], [1, 2, 0]];
/// Envelopes reach this many standard deviations.
const EXTENT: f64 = 6.0;
/// Kernels whose spectra are kept at once.
const KERNELS: usize = 8;
/// What a place of a kernel costs, its exponential, sine and cosine, in cells of a plain pass.
const TRANSCENDENTAL: usize = 64;

impl Gabor {
    fn planes(&self) -> &'static [[usize; 3]] {
        if self.orthogonal { &PLANES } else { &PLANES[..1] }
    }

    /// Voxels from the centre to the end of the kernel, along each axis.
    fn half(&self) -> [usize; 3] {
        let longest = self.sigma_mm.max(self.sigma_mm / self.gamma);
        self.spacing.map(|spacing| math::ceil(EXTENT * longest / spacing).max(1.0) as usize)
    }

    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        let half = self.half();
        Some([half[0], half[1], if self.orthogonal { half[2] } else { 0 }])
    }

    /// Orientations in radians, and how often each counts.
    fn angles(&self) -> (usize, f64) {
        if self.pooling == Pooling::None {
            return (1, 1.0);
        }
        let count = math::ceil(360.0 / self.theta_deg - 1e-9).max(1.0) as usize;
        let closes = math::abs(count as f64 * self.theta_deg - 360.0) < 1e-9;
        // Opposite orientations are conjugates: the modulus is the same.
        if closes && count.is_multiple_of(2) { (count / 2, 2.0) } else { (count, 1.0) }
    }

    fn angle(&self, index: usize) -> f64 {
        let degrees = match self.pooling {
            Pooling::None => self.theta_deg,
            _ => index as f64 * self.theta_deg,
        };
        degrees * core::f64::consts::PI / 180.0
    }

    /// The slices of a plane and what is beyond their edges.
    fn slices(&self, shape: [usize; 3], plane: [usize; 3]) -> Slices {
        let half = self.half();
        let low = [half[plane[0]], half[plane[1]]];
        let n = [shape[plane[0]], shape[plane[1]]];
        let side = |a: usize| smooth_length(n[a].saturating_add(low[a].saturating_mul(2)));
        Slices { n, low, padded: [side(0), side(1)] }
    }

    /// Scratch: a volume, or two for orthogonal planes, and 24 padded slices.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        let mut most = Footprint::NONE;
        for plane in self.planes() {
            let slices = self.slices(shape, *plane);
            let kernels = Footprint::of::<f64>(slices.cells()).times(KERNELS);
            most = most.any_of(kernels.all_of(slices.footprint()));
        }
        Footprint::of::<f64>(voxels).times(1 + usize::from(self.orthogonal)).all_of(most)
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
        if volume.values.is_empty() {
            return Ok(());
        }
        let voxels = volume.values.len();
        let pooled = scratch.take::<f64>(voxels)?;
        let total = scratch.take_zeroed::<f64>(if self.orthogonal { voxels } else { 0 })?;
        for plane in self.planes() {
            self.in_plane(volume, *plane, boundary, watch, scratch.scope(), pooled)?;
            for (total, x) in total.iter_mut().zip(pooled.iter()) {
                *total += x;
            }
        }
        if !self.orthogonal {
            volume.values.copy_from_slice(pooled);
        }
        let planes = self.planes().len() as f64;
        for (out, total) in volume.values.iter_mut().zip(total.iter()) {
            *out = total / planes;
        }
        Ok(())
    }

    /// The pooled response of the slices of one plane.
    fn in_plane(
        &self,
        volume: &Volume,
        plane: [usize; 3],
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
        pooled: &mut [f64],
    ) -> Result<(), Error> {
        let slices = self.slices(volume.shape, plane);
        let cells = slices.cells();
        let kernels = scratch.take::<f64>(cells * KERNELS)?;
        let mut spectra = Spectra::new(slices, watch, &mut scratch)?;
        let (angles, times) = self.angles();
        let scale = match self.pooling {
            Pooling::Mean => 1.0 / angles as f64,
            Pooling::Sum => times,
            _ => 1.0,
        };
        // The transform back is not divided by the places, and the modulus is scaled with the kernel.
        let scale = scale / cells as f64;
        let strides = [1, volume.shape[0], volume.shape[0] * volume.shape[1]].map(|s| s.max(1));
        let strides = plane.map(|axis| strides[axis]);
        let count = volume.shape[plane[2]];
        for first in (0..angles).step_by(KERNELS) {
            let batch = KERNELS.min(angles - first);
            let fours = kernels.chunks_mut(cells * LANES).take(batch.div_ceil(LANES));
            for (at, kernels) in fours.enumerate() {
                let from = first + at * LANES;
                self.kernels(plane, from, angles, slices, spectra.cells(), watch)?;
                spectra.forward()?;
                for (lane, kernel) in kernels.chunks_exact_mut(cells).enumerate() {
                    for (out, cell) in kernel.iter_mut().zip(spectra.cells().iter()) {
                        // The spectrum of a kernel that turns into its conjugate is real.
                        *out = scale * cell[0][lane];
                    }
                }
            }
            for z in (0..count).step_by(LANES) {
                let lanes = LANES.min(count - z);
                let from = &volume.values[z * strides[2]..];
                spectra.load(from, strides, lanes, boundary)?;
                for (at, kernel) in kernels.chunks_exact(cells).take(batch).enumerate() {
                    let fresh = first + at == 0;
                    let out = &mut pooled[z * strides[2]..];
                    spectra.respond(kernel, |place, modulus| {
                        for (lane, modulus) in modulus.iter().take(lanes).enumerate() {
                            let at =
                                place[0] * strides[0] + place[1] * strides[1] + lane * strides[2];
                            let old = &mut out[at];
                            *old = match self.pooling {
                                _ if fresh => *modulus,
                                Pooling::Max => old.max(*modulus),
                                Pooling::Min => old.min(*modulus),
                                _ => *old + *modulus,
                            };
                        }
                    })?;
                }
            }
        }
        Ok(())
    }

    /// Kernels of up to four orientations side by side, their centres at the first cell, going on at the far
    /// ends; columns are contiguous.
    fn kernels(
        &self,
        plane: [usize; 3],
        first: usize,
        angles: usize,
        slices: Slices,
        out: &mut [Packed],
        watch: &Watch,
    ) -> Result<(), Error> {
        let [h1, h2] = slices.low.map(|half| half as isize);
        out.fill([[0.0; LANES]; 2]);
        let place = |k: isize, n: usize| if k < 0 { n - k.unsigned_abs() } else { k as usize };
        let mut pace = Pace::start(watch)?;
        for lane in 0..LANES.min(angles.saturating_sub(first)) {
            let (sin, cos) = math::sin_cos(self.angle(first + lane));
            for k1 in -h1..=h1 {
                pace.spend(slices.low[1].saturating_mul(2 * TRANSCENDENTAL))?;
                let column = place(k1, slices.padded[0]) * slices.padded[1];
                for k2 in -h2..=h2 {
                    let x = k1 as f64 * self.spacing[plane[0]];
                    let y = k2 as f64 * self.spacing[plane[1]];
                    let (a, b) = (x * cos + y * sin, x * sin - y * cos);
                    let b = self.gamma * b;
                    let envelope =
                        math::exp(-(a * a + b * b) / (2.0 * self.sigma_mm * self.sigma_mm));
                    let turns = a / self.lambda_mm;
                    // Whole turns change nothing, and small angles are exact.
                    let turns = turns - math::floor(turns);
                    let (s, c) = math::sin_cos(2.0 * core::f64::consts::PI * turns);
                    let cell = &mut out[column + place(k2, slices.padded[1])];
                    cell[0][lane] = envelope * c;
                    cell[1][lane] = envelope * s;
                }
            }
        }
        Ok(())
    }
}
