//! One convolution along y or z, in place.

use super::{Combine, Line, Signs, Taps};
use crate::error::Error;
use crate::filter::Boundary;
use crate::host::Watch;
use crate::pace::Pace;
use crate::workspace::{Arena, Footprint};

/// Voxels along x that a pass takes at once.
const BLOCK: usize = 64;

/// Cells of the longest block of lines with what lies beyond their ends.
fn cells(shape: [usize; 3], reach: usize) -> usize {
    let longest = shape[1].max(shape[2]).saturating_add(reach.saturating_mul(2));
    longest.saturating_mul(shape[0].clamp(1, BLOCK))
}

/// What a pass takes for kernels of a reach and of at most as many weights.
pub(crate) fn footprint(shape: [usize; 3], reach: usize, most: usize) -> Footprint {
    Footprint::of::<f64>(cells(shape, reach)).all_of(Taps::footprint(most))
}

/// Blocks of neighbouring lines along an axis.
pub(super) struct Lines {
    pub n: usize,
    pub stride: usize,
    across: usize,
    outer: usize,
    outer_stride: usize,
}

impl Lines {
    pub(super) fn along([nx, ny, nz]: [usize; 3], axis: usize) -> Self {
        if axis == 1 {
            Self { n: ny, stride: nx, across: nx, outer: nz, outer_stride: nx * ny }
        } else {
            Self { n: nz, stride: nx * ny, across: nx, outer: ny, outer_stride: nx }
        }
    }

    /// Where each block begins, and how many lines it has.
    pub(super) fn blocks(&self, widest: usize) -> impl Iterator<Item = (usize, usize)> {
        let (across, stride) = (self.across, self.outer_stride);
        (0..self.outer).flat_map(move |o| {
            let starts = (0..across).step_by(widest);
            starts.map(move |x| (o * stride + x, widest.min(across - x)))
        })
    }

    /// Copies a block with `low` places before it and `high` after it; its rows lie `pitch` cells apart.
    pub(super) fn load(
        &self,
        source: &[f64],
        (start, width): (usize, usize),
        [low, high]: [usize; 2],
        edge: Boundary,
        pitch: usize,
        out: &mut [f64],
    ) {
        let rows = out.chunks_exact_mut(pitch).take(self.n + low + high);
        for (i, row) in rows.enumerate() {
            let row = &mut row[..width];
            match edge.index(i as isize - low as isize, self.n) {
                Some(at) => {
                    let at = start + at * self.stride;
                    row.copy_from_slice(&source[at..at + width]);
                }
                None => row.fill(edge.outside()),
            }
        }
    }
}

/// Convolves in place along y (1) or z (2).
pub(crate) fn pass(
    values: &mut [f64],
    shape: [usize; 3],
    axis: usize,
    line: &Line,
    edge: Boundary,
    watch: &Watch,
    scratch: Arena<'_>,
) -> Result<(), Error> {
    pass_twice(values, None, shape, axis, [line; 2], edge, watch, scratch)
}

/// Convolves with the first kernel in place and with the second into another volume.
#[expect(clippy::too_many_arguments, reason = "one volume into two")]
pub(crate) fn pass_twice(
    values: &mut [f64],
    mut second: Option<&mut [f64]>,
    shape: [usize; 3],
    axis: usize,
    lines: [&Line; 2],
    edge: Boundary,
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<(), Error> {
    if shape.contains(&0) {
        return Ok(());
    }
    let pitch = shape[0].min(BLOCK);
    let reach = lines[0].farthest().max(lines[1].farthest());
    let extended = scratch.take::<f64>(cells(shape, reach))?;
    let most = lines[0].weights.len().max(lines[1].weights.len());
    let mut taps = Taps::new(most, &mut scratch)?;
    let walk = Lines::along(shape, axis);
    let mut pace = Pace::start(watch)?;
    for (start, width) in walk.blocks(pitch) {
        pace.spend(walk.n * width * (1 + most / 4))?;
        walk.load(values, (start, width), [reach; 2], edge, pitch, extended);
        let outs = [Some(&mut *values), second.as_deref_mut()];
        for (out, line) in outs.into_iter().zip(lines) {
            let Some(out) = out else { continue };
            taps.extended(line, reach, pitch);
            for i in 0..walk.n {
                let at = start + i * walk.stride;
                let row = &mut out[at..at + width];
                taps.sum(extended, i * pitch, Combine::Set, Signs::Plus, row);
            }
        }
    }
    Ok(())
}

/// Fills the `low` cells before and after a row of n cells by the rule.
pub(crate) fn extend(cells: &mut [f64], low: usize, n: usize, edge: Boundary) {
    for i in (0..low).chain(low + n..n + 2 * low) {
        cells[i] = match edge.index(i as isize - low as isize, n) {
            Some(at) => cells[low + at],
            None => edge.outside(),
        };
    }
}
