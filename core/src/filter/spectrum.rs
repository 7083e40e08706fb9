//! The Fourier transform of a dense complex volume.

use crate::error::Error;
use crate::fft::{Fft, LANES, Packed};
use crate::host::Watch;
use crate::workspace::{Arena, Footprint};

/// A complex number.
pub(super) type Complex = [f64; 2];

/// The transforms along the axes of a volume, with their lines.
pub(super) struct Transform<'w> {
    shape: [usize; 3],
    /// `None` along an axis that is left alone.
    axes: [Option<Fft<'w>>; 3],
    line: &'w mut [Packed],
    work: &'w mut [Packed],
}

fn longest(shape: [usize; 3], dimensions: usize) -> usize {
    shape.iter().take(dimensions).copied().max().unwrap_or(0)
}

fn work_length(shape: [usize; 3], dimensions: usize) -> usize {
    shape.iter().take(dimensions).map(|n| Fft::work_length(*n)).max().unwrap_or(0)
}

impl<'w> Transform<'w> {
    /// What a transform over the first axes takes.
    pub(super) fn footprint(shape: [usize; 3], dimensions: usize) -> Footprint {
        let axes = shape.iter().take(dimensions);
        axes.fold(Footprint::NONE, |sum, n| sum.all_of(Fft::footprint(*n)))
            .all_of(Footprint::of::<Packed>(longest(shape, dimensions)))
            .all_of(Footprint::of::<Packed>(work_length(shape, dimensions)))
    }

    /// Prepares the transform over the first axes of a volume.
    #[inline(never)]
    pub(super) fn new(
        shape: [usize; 3],
        dimensions: usize,
        arena: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let mut axes = [None, None, None];
        for (axis, place) in axes.iter_mut().enumerate().take(dimensions) {
            *place = Some(Fft::new(shape[axis], arena)?);
        }
        let line = arena.take::<Packed>(longest(shape, dimensions))?;
        let work = arena.take::<Packed>(work_length(shape, dimensions))?;
        Ok(Self { shape, axes, line, work })
    }

    pub(super) fn forward(&mut self, values: &mut [Complex], watch: &Watch) -> Result<(), Error> {
        self.run(values, false, watch)
    }

    pub(super) fn inverse(&mut self, values: &mut [Complex], watch: &Watch) -> Result<(), Error> {
        self.run(values, true, watch)
    }

    #[inline(never)]
    fn run(&mut self, values: &mut [Complex], back: bool, watch: &Watch) -> Result<(), Error> {
        let [nx, ny, _] = self.shape;
        let strides = [1, nx, nx * ny];
        for axis in 0..3 {
            let Some(fft) = &self.axes[axis] else { continue };
            let n = self.shape[axis];
            if n == 1 {
                continue;
            }
            // Lines side by side along x, or along y for those that run along x.
            let side = usize::from(axis == 0);
            let other = 3 - axis - side;
            let every = ((1usize << 15) / n).max(1);
            let mut lines = 0;
            for o in 0..self.shape[other] {
                for first in (0..self.shape[side]).step_by(LANES) {
                    if lines % every == 0 {
                        watch.check()?;
                    }
                    lines += LANES;
                    let lanes = LANES.min(self.shape[side] - first);
                    let start = o * strides[other] + first * strides[side];
                    let line = &mut self.line[..n];
                    for (i, cell) in line.iter_mut().enumerate() {
                        *cell = [[0.0; LANES]; 2];
                        for lane in 0..lanes {
                            let [re, im] = values[start + i * strides[axis] + lane * strides[side]];
                            cell[0][lane] = re;
                            cell[1][lane] = im;
                        }
                    }
                    if back {
                        fft.inverse(line, self.work)?;
                    } else {
                        fft.forward(line, self.work)?;
                    }
                    for (i, cell) in line.iter().enumerate() {
                        for lane in 0..lanes {
                            values[start + i * strides[axis] + lane * strides[side]] =
                                [cell[0][lane], cell[1][lane]];
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// The frequency of a place of the spectrum, in cycles per voxel: `-1/2 .. 1/2`.
pub(super) fn frequency(k: usize, n: usize) -> f64 {
    let half = n.div_ceil(2);
    let signed = if k < half { k as f64 } else { k as f64 - n as f64 };
    signed / n as f64
}
