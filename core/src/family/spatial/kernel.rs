//! The spectrum of 1 / distance on the padded grid: real and even along every axis, so one octant holds it.

use crate::error::Error;
use crate::fft::{Fft, Lines};
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// Lines transformed side by side.
pub(super) const LANES: usize = 8;

/// Padded lengths and the spectra's extents along each axis.
#[derive(Clone, Copy, Debug)]
pub(super) struct Padded {
    /// Voxels of the region's box.
    pub shape: [usize; 3],
    /// Lengths of the transforms: no voxel meets another around the end.
    pub length: [usize; 3],
    /// Places of an even spectrum: half the length and one.
    pub half: [usize; 3],
}

impl Padded {
    pub(super) fn new(shape: [usize; 3]) -> Self {
        let length = shape.map(|n| crate::fft::smooth_length(2 * n.max(1) - 1));
        Self { shape, length, half: length.map(|n| n / 2 + 1) }
    }

    /// Cells of the octant.
    pub(super) fn octant(&self) -> usize {
        self.half.iter().fold(1usize, |n, side| n.saturating_mul(*side))
    }

    pub(super) fn longest(&self) -> usize {
        self.length[0].max(self.length[1]).max(self.length[2])
    }
}

/// Two buffers of lines of the longest transform.
pub(super) fn lines_footprint(padded: &Padded) -> Footprint {
    Lines::footprint(padded.longest(), LANES).times(2)
}

/// Fills the octant with the spectrum, x fastest.
pub(super) fn spectrum(
    padded: &Padded,
    spacing: [f64; 3],
    ffts: &[Fft; 3],
    octant: &mut [f64],
    watch: &Watch,
    scratch: Arena<'_>,
) -> Result<(), Error> {
    let [hx, hy, hz] = padded.half;
    for z in 0..hz {
        watch.check()?;
        for y in 0..hy {
            for x in 0..hx {
                // Beyond the longest distance between two voxels any value will do: nothing meets it.
                let d = [x as f64 * spacing[0], y as f64 * spacing[1], z as f64 * spacing[2]];
                let square = d[0] * d[0] + d[1] * d[1] + d[2] * d[2];
                octant[(z * hy + y) * hx + x] =
                    if square > 0.0 { 1.0 / math::sqrt(square) } else { 0.0 };
            }
        }
    }
    let strides = [1, hx, hx * hy];
    let mut scratch = scratch;
    for axis in 0..3 {
        let mut scratch = scratch.scope();
        let n = padded.length[axis];
        let mut lines = Lines::take(n, LANES, &mut scratch)?;
        let mut other = Lines::take(n, LANES, &mut scratch)?;
        let (a, b) = ((axis + 1) % 3, (axis + 2) % 3);
        for j in 0..padded.half[b] {
            watch.check()?;
            // Two real, even lines make one complex line: their spectra are real, so they stay apart.
            for i in (0..padded.half[a]).step_by(2 * LANES) {
                let start = |lane: usize| {
                    let line = i + lane;
                    (line < padded.half[a]).then_some(line * strides[a] + j * strides[b])
                };
                for k in 0..n {
                    let mirrored = k.min(n - k);
                    for lane in 0..LANES {
                        let value = |line| {
                            start(line).map_or(0.0, |s| octant[s + mirrored * strides[axis]])
                        };
                        lines.re[k * LANES + lane] = value(lane);
                        lines.im[k * LANES + lane] = value(lane + LANES);
                    }
                }
                ffts[axis].forward(&mut lines, &mut other, LANES)?;
                for k in 0..padded.half[axis] {
                    for lane in 0..LANES {
                        if let Some(s) = start(lane) {
                            octant[s + k * strides[axis]] = lines.re[k * LANES + lane];
                        }
                        if let Some(s) = start(lane + LANES) {
                            octant[s + k * strides[axis]] = lines.im[k * LANES + lane];
                        }
                    }
                }
            }
        }
    }
    Ok(())
}
