//! Gabor filters.

use super::spectrum::{Complex, Transform};
use super::{Boundary, Pooling, Volume};
use crate::error::Error;
use crate::fft::smooth_length;
use crate::host::Watch;
use crate::math;
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

    /// Sides of the transformed slices of a plane.
    fn padded(&self, shape: [usize; 3], plane: [usize; 3]) -> [usize; 3] {
        let half = self.half();
        let side = |axis: usize| smooth_length(shape[axis].saturating_add(2 * half[axis]));
        [side(plane[0]), side(plane[1]), 1]
    }

    /// Scratch: two volumes and ten transformed slices.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        let mut slices = Footprint::NONE;
        for plane in self.planes() {
            let padded = self.padded(shape, *plane);
            let cells = padded[0].saturating_mul(padded[1]);
            let one = Footprint::of::<Complex>(cells).times(KERNELS + 2);
            slices = slices.any_of(one.all_of(Transform::footprint(padded, 2)));
        }
        Footprint::of::<f64>(voxels).times(2).all_of(slices)
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
        let voxels = volume.values.len();
        let pooled = scratch.take::<f64>(voxels)?;
        let total = scratch.take_zeroed::<f64>(voxels)?;
        for plane in self.planes() {
            self.in_plane(volume, *plane, boundary, watch, scratch.scope(), pooled)?;
            for (total, x) in total.iter_mut().zip(pooled.iter()) {
                *total += x;
            }
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
        let padded = self.padded(volume.shape, plane);
        let cells = padded[0] * padded[1];
        let kernels = scratch.take::<Complex>(cells * KERNELS)?;
        let slice = scratch.take::<Complex>(cells)?;
        let product = scratch.take::<Complex>(cells)?;
        let mut transform = Transform::new(padded, 2, &mut scratch)?;
        let (angles, times) = self.angles();
        let scale = match self.pooling {
            Pooling::Mean => 1.0 / angles as f64,
            Pooling::Sum => times,
            _ => 1.0,
        };
        for first in (0..angles).step_by(KERNELS) {
            let count = KERNELS.min(angles - first);
            for (at, kernel) in kernels.chunks_exact_mut(cells.max(1)).take(count).enumerate() {
                self.kernel(plane, self.angle(first + at), padded, kernel);
                transform.forward(kernel, watch)?;
            }
            for z in 0..volume.shape[plane[2]] {
                self.load(volume, plane, z, boundary, padded, slice);
                transform.forward(slice, watch)?;
                let spectra = kernels.chunks_exact(cells.max(1)).take(count);
                for (at, kernel) in spectra.enumerate() {
                    for ((out, [a, b]), [c, d]) in product.iter_mut().zip(&*slice).zip(kernel) {
                        *out = [a * c - b * d, a * d + b * c];
                    }
                    transform.inverse(product, watch)?;
                    let fresh = first + at == 0;
                    self.store(volume.shape, plane, z, padded, product, (fresh, scale), pooled);
                }
            }
        }
        Ok(())
    }

    /// The kernel, its centre at the first cell, going on at the far ends.
    fn kernel(&self, plane: [usize; 3], angle: f64, padded: [usize; 3], out: &mut [Complex]) {
        let half = self.half();
        let (sin, cos) = math::sin_cos(angle);
        out.fill([0.0; 2]);
        let [h1, h2] = [half[plane[0]] as isize, half[plane[1]] as isize];
        let place = |k: isize, n: usize| if k < 0 { n - k.unsigned_abs() } else { k as usize };
        for k2 in -h2..=h2 {
            for k1 in -h1..=h1 {
                let x = k1 as f64 * self.spacing[plane[0]];
                let y = k2 as f64 * self.spacing[plane[1]];
                let (a, b) = (x * cos + y * sin, x * sin - y * cos);
                let b = self.gamma * b;
                let envelope = math::exp(-(a * a + b * b) / (2.0 * self.sigma_mm * self.sigma_mm));
                let turns = a / self.lambda_mm;
                // Whole turns change nothing, and small angles are exact.
                let turns = turns - math::floor(turns);
                let (s, c) = math::sin_cos(2.0 * core::f64::consts::PI * turns);
                out[place(k2, padded[1]) * padded[0] + place(k1, padded[0])] =
                    [envelope * c, envelope * s];
            }
        }
    }

    /// A slice with what lies beyond its edges, and zeros beyond that.
    fn load(
        &self,
        volume: &Volume,
        plane: [usize; 3],
        z: usize,
        boundary: Boundary,
        padded: [usize; 3],
        out: &mut [Complex],
    ) {
        let half = self.half();
        let shape = volume.shape;
        let strides = [1, shape[0], shape[0] * shape[1]];
        let [n1, n2] = [shape[plane[0]], shape[plane[1]]];
        let [h1, h2] = [half[plane[0]], half[plane[1]]];
        out.fill([0.0; 2]);
        for (j, row) in out.chunks_exact_mut(padded[0].max(1)).take(n2 + 2 * h2).enumerate() {
            let y = boundary.index(j as isize - h2 as isize, n2);
            for (i, cell) in row.iter_mut().take(n1 + 2 * h1).enumerate() {
                let x = boundary.index(i as isize - h1 as isize, n1);
                let value = match (x, y) {
                    (Some(x), Some(y)) => {
                        let at = x * strides[plane[0]] + y * strides[plane[1]];
                        volume.values[at + z * strides[plane[2]]]
                    }
                    _ => boundary.outside(),
                };
                *cell = [value, 0.0];
            }
        }
    }

    /// The modulus of a slice's response joins those of the orientations before.
    #[expect(clippy::too_many_arguments, reason = "one slice into a volume")]
    fn store(
        &self,
        shape: [usize; 3],
        plane: [usize; 3],
        z: usize,
        padded: [usize; 3],
        response: &[Complex],
        (fresh, scale): (bool, f64),
        pooled: &mut [f64],
    ) {
        let half = self.half();
        let strides = [1, shape[0], shape[0] * shape[1]];
        for y in 0..shape[plane[1]] {
            for x in 0..shape[plane[0]] {
                let from = (y + half[plane[1]]) * padded[0] + x + half[plane[0]];
                let [re, im] = response[from];
                let modulus = scale * math::sqrt(re * re + im * im);
                let at = x * strides[plane[0]] + y * strides[plane[1]] + z * strides[plane[2]];
                let old = &mut pooled[at];
                *old = match self.pooling {
                    _ if fresh => modulus,
                    Pooling::Max => old.max(modulus),
                    Pooling::Min => old.min(modulus),
                    _ => *old + modulus,
                };
            }
        }
    }
}
