//! One convolution along an axis through the spectra of its lines, for long kernels.
//!
//! Eight lines go through one transform: four side by side, each with another one as its imaginary part. The
//! spectrum of a symmetric kernel is real, so that the two do not mix.

use super::Line;
use crate::error::Error;
use crate::fft::{Fft, LANES, Packed, smooth_length};
use crate::filter::Boundary;
use crate::host::Watch;
use crate::pace::Pace;
use crate::workspace::{Arena, Footprint};

/// Kernels with more weights go through the transform. Counted on 96^3 voxels: with 65 weights the sums of
/// Gaussian and LoG together take 1 660 instructions a voxel, with 73 the transforms 1 480.
pub(crate) const LONG: usize = 71;

/// Lines in one transform.
const TOGETHER: usize = 2 * LANES;

fn padded(n: usize, reach: usize) -> usize {
    smooth_length(n.saturating_add(reach.saturating_mul(2)))
}

fn lengths(shape: [usize; 3], reach: usize) -> [usize; 2] {
    let all = shape.map(|n| padded(n, reach));
    let most = all.into_iter().max().unwrap_or(1);
    [most, all.map(Fft::work_length).into_iter().max().unwrap_or(1)]
}

/// What a pass takes for kernels of a reach, along any axis.
pub(crate) fn long_footprint(shape: [usize; 3], reach: usize) -> Footprint {
    let [line, work] = lengths(shape, reach);
    Footprint::of::<Packed>(line)
        .all_of(Footprint::of::<Packed>(work))
        .all_of(Footprint::of::<f64>(line))
        .all_of(Fft::footprint(line))
}

/// Convolves in place along any axis with a symmetric kernel of three weights or more, an odd number.
pub(crate) fn long_pass(
    values: &mut [f64],
    shape: [usize; 3],
    axis: usize,
    line: &Line,
    edge: Boundary,
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<(), Error> {
    if shape.contains(&0) {
        return Ok(());
    }
    let [nx, ny, _] = shape;
    let (n, reach) = (shape[axis], line.farthest());
    let length = padded(n, reach);
    let fft = Fft::new(length, &mut scratch)?;
    let cells = scratch.take::<Packed>(length)?;
    let work = scratch.take::<Packed>(Fft::work_length(length))?;
    let spectrum = scratch.take::<f64>(length)?;
    cells.fill([[0.0; LANES]; 2]);
    for (k, weight) in line.weights.iter().enumerate() {
        let offset = line.offset(k);
        let behind = offset.unsigned_abs();
        let at = if offset < 0 { length - behind } else { behind };
        cells[at][0] = [*weight; LANES];
    }
    for (out, cell) in spectrum.iter_mut().zip(fft.forward_either(cells, work)?) {
        *out = cell[0][0] / length as f64;
    }
    let strides = [1, nx, nx * ny];
    let stride = strides[axis];
    // Lines side by side along x, or along y for those that run along x.
    let side = usize::from(axis == 0);
    let other = 3 - axis - side;
    let mut pace = Pace::start(watch)?;
    for o in 0..shape[other] {
        for first in (0..shape[side]).step_by(TOGETHER) {
            pace.spend(16 * length)?;
            let lines = TOGETHER.min(shape[side] - first);
            let start = o * strides[other] + first * strides[side];
            for (i, cell) in cells.iter_mut().enumerate() {
                *cell = [[0.0; LANES]; 2];
                if i >= n + 2 * reach {
                    continue;
                }
                let at = edge.index(i as isize - reach as isize, n);
                for (lane, x) in cell.as_flattened_mut().iter_mut().take(lines).enumerate() {
                    *x = match at {
                        Some(at) => values[start + at * stride + lane * strides[side]],
                        None => edge.outside(),
                    };
                }
            }
            fft.forward(cells, work)?;
            for ([re, im], weight) in cells.iter_mut().zip(spectrum.iter()) {
                re.iter_mut().chain(im).for_each(|x| *x *= weight);
            }
            // The transform back is the forward one read backwards.
            let back = fft.forward_either(cells, work)?;
            for (i, cell) in back[..=length - reach].iter().rev().take(n).enumerate() {
                for (lane, x) in cell.as_flattened().iter().take(lines).enumerate() {
                    values[start + i * stride + lane * strides[side]] = *x;
                }
            }
        }
    }
    Ok(())
}
