//! One convolution along one axis.

use crate::error::Error;
use crate::filter::Boundary;
use crate::host::Watch;
use crate::workspace::{Arena, Footprint};

/// A kernel along one axis: weights h, with `dilation - 1` zeros after each.
///
/// ```text
/// (h * f)(i) = sum_k h_k f(i + c - k d)      c = floor(n d / 2)      n weights, dilation d
/// ```
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'k> {
    pub weights: &'k [f64],
    pub dilation: usize,
    /// Whether it is turned round: the response of the mirrored image, mirrored back.
    pub flipped: bool,
}

impl<'k> Line<'k> {
    pub(crate) const fn new(weights: &'k [f64]) -> Self {
        Self { weights, dilation: 1, flipped: false }
    }

    /// The centre c.
    const fn centre(&self) -> usize {
        self.weights.len() * self.dilation / 2
    }

    /// Its response to a flat image of ones.
    pub(crate) fn sum(&self) -> f64 {
        self.weights.iter().sum()
    }

    /// How far it looks towards lower and higher indices.
    pub(crate) const fn reach(&self) -> [usize; 2] {
        let centre = self.centre();
        let last = self.weights.len().saturating_sub(1) * self.dilation;
        let sides = [last.saturating_sub(centre), centre];
        if self.flipped { [sides[1], sides[0]] } else { sides }
    }

    /// Whether turning it round changes nothing.
    pub(crate) fn is_even(&self) -> bool {
        let [low, high] = self.reach();
        low == high && self.weights.iter().eq(self.weights.iter().rev())
    }
}

/// How a response joins what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Combine {
    Set,
    Max,
    Min,
    Add,
}

impl Combine {
    #[inline(always)]
    fn join(self, old: &mut f64, new: f64) {
        match self {
            Combine::Set => *old = new,
            // NaN stays, whichever side it is on.
            Combine::Max => *old = if *old > new || old.is_nan() { *old } else { new },
            Combine::Min => *old = if *old < new || old.is_nan() { *old } else { new },
            Combine::Add => *old += new,
        }
    }
}

/// Voxels along x that a pass along y or z takes at once.
const BLOCK: usize = 64;
/// Sums that are kept in registers.
const WIDE: usize = 8;

/// Cells of the longest extended line.
fn cells(shape: [usize; 3], reach: usize) -> usize {
    let longest = shape.iter().copied().max().unwrap_or(0).saturating_add(2 * reach);
    let block = shape[0].clamp(1, BLOCK);
    let along_x = shape[0].saturating_add(2 * reach);
    longest.saturating_mul(block).max(along_x).saturating_add(WIDE)
}

/// What a pass takes for kernels of a reach, along any axis.
pub(crate) fn footprint(shape: [usize; 3], reach: usize) -> Footprint {
    Footprint::of::<f64>(cells(shape, reach))
}

/// Convolves in place along one axis.
pub(crate) fn pass(
    values: &mut [f64],
    shape: [usize; 3],
    axis: usize,
    line: &Line,
    boundary: Boundary,
    watch: &Watch,
    scratch: Arena<'_>,
) -> Result<(), Error> {
    run(None, values, shape, axis, line, boundary, Combine::Set, watch, scratch)
}

/// Convolves along one axis into another volume.
#[expect(clippy::too_many_arguments, reason = "one volume into another")]
pub(crate) fn pass_into(
    from: &[f64],
    to: &mut [f64],
    shape: [usize; 3],
    axis: usize,
    line: &Line,
    boundary: Boundary,
    combine: Combine,
    watch: &Watch,
    scratch: Arena<'_>,
) -> Result<(), Error> {
    run(Some(from), to, shape, axis, line, boundary, combine, watch, scratch)
}

/// Lines along the axis, a block of neighbouring ones at once: the block is copied with what lies beyond its
/// ends, then every output is a sum over contiguous rows.
#[expect(clippy::too_many_arguments, reason = "one volume into another")]
fn run(
    from: Option<&[f64]>,
    to: &mut [f64],
    shape: [usize; 3],
    axis: usize,
    line: &Line,
    boundary: Boundary,
    combine: Combine,
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<(), Error> {
    let [nx, ny, nz] = shape;
    if nx == 0 || ny == 0 || nz == 0 {
        return Ok(());
    }
    let [low, high] = line.reach();
    let n = shape[axis];
    let length = n + low + high;
    let pitch = if axis == 0 { 1 } else { nx.min(BLOCK) };
    let extended = scratch.take::<f64>(cells(shape, low.max(high)))?;
    extended.fill(0.0);
    // Along x the lines are the rows; along y and z they are blocks of columns.
    let stride = [1, nx, nx * ny][axis];
    let (outer, outer_stride) = match axis {
        0 => (ny * nz, nx),
        1 => (nz, nx * ny),
        _ => (ny, nx),
    };
    let across = if axis == 0 { 1 } else { nx };
    let voxels = n * across;
    let every = ((1usize << 18) / voxels.max(1)).max(1);
    for o in 0..outer {
        if o % every == 0 {
            watch.check()?;
        }
        for x in (0..across).step_by(pitch) {
            let width = pitch.min(across - x);
            let start = o * outer_stride + x;
            {
                let source = from.unwrap_or(to);
                if axis == 0 {
                    extended[low..low + n].copy_from_slice(&source[start..start + n]);
                    for i in (0..low).chain(low + n..length) {
                        extended[i] = match boundary.index(i as isize - low as isize, n) {
                            Some(at) => source[start + at],
                            None => boundary.outside(),
                        };
                    }
                } else {
                    for i in 0..length {
                        let row = &mut extended[i * pitch..i * pitch + width];
                        match boundary.index(i as isize - low as isize, n) {
                            Some(at) => {
                                let at = start + at * stride;
                                row.copy_from_slice(&source[at..at + width]);
                            }
                            None => row.fill(boundary.outside()),
                        }
                    }
                }
            }
            if axis == 0 {
                let out = &mut to[start..start + n];
                row(extended, 0, 1, line, low, out, combine);
            } else {
                for i in 0..n {
                    let at = start + i * stride;
                    row(extended, i * pitch, pitch, line, low, &mut to[at..at + width], combine);
                }
            }
        }
    }
    Ok(())
}

/// One row of sums: `out_x = sum_k h_k extended(first + (low + offset_k) pitch + x)`.
#[inline(always)]
fn row(
    extended: &[f64],
    first: usize,
    pitch: usize,
    line: &Line,
    low: usize,
    out: &mut [f64],
    combine: Combine,
) {
    let centre = line.centre();
    let place = |k: usize| {
        // Both are at least 0 by the reach.
        let offset = if line.flipped {
            low + k * line.dilation - centre
        } else {
            low + centre - k * line.dilation
        };
        first + offset * pitch
    };
    for (c, out) in out.chunks_mut(WIDE).enumerate() {
        let mut sums = [0.0f64; WIDE];
        for (k, weight) in line.weights.iter().enumerate() {
            let at = place(k) + c * WIDE;
            if let Some(cells) = extended.get(at..at + WIDE) {
                for (sum, x) in sums.iter_mut().zip(cells) {
                    *sum += weight * x;
                }
            }
        }
        for (old, new) in out.iter_mut().zip(sums) {
            combine.join(old, new);
        }
    }
}
