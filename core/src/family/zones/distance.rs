//! City-block distance to the outside of the morphological mask.

use crate::aggregation::Extent;
use crate::error::Error;
use crate::family::pace::Pace;
use crate::volume::Mask;

/// Writes, box cell by box cell, the number of erosions with the 6-neighbourhood (in a slice the
/// 4-neighbourhood) that reach a voxel: 1 at the border, 0 outside. The box's edge and holes count as outside.
///
/// The distance is a sum over the axes, so that one axis after the other gives it exactly: within each row, then
/// from row to row, then from slice to slice. A distance d takes a box of at least 2 d - 1 voxels along x and y, and all
/// voxels have a number of 32 bits: it fits 16.
pub(super) fn to_border(
    mask: &Mask,
    extent: Extent,
    out: &mut [u16],
    pace: &mut Pace,
) -> Result<(), Error> {
    let [nx, ny, nz] = mask.shape();
    for (z, slice) in out.chunks_exact_mut(nx * ny).enumerate() {
        for (y, row) in slice.chunks_exact_mut(nx).enumerate() {
            pace.spend(nx / 2)?;
            let span = mask.span(y, z);
            let full = mask.count_row(y, z, Mask::MORPHOLOGICAL) == span.len();
            within(row, &mask.row(y, z)[span.clone()], full, span.start);
        }
        pace.spend(nx * ny / 2)?;
        sweep(slice, nx);
    }
    if extent == Extent::Volume {
        // Slices are longer than what the host may wait for; rows of rows are not.
        for part in (0..nx * ny).step_by(PART) {
            pace.spend(PART.min(nx * ny - part) * nz / 2)?;
            sweep_part(out, nx * ny, part..(part + PART).min(nx * ny));
        }
    }
    Ok(())
}

/// Cells that are swept together from slice to slice.
const PART: usize = 1 << 10;

/// Distances within a row, of which the flags from `start` on are given, and whether all of them are inside: up from the
/// left, then down to the right.
fn within(row: &mut [u16], flags: &[u8], full: bool, start: usize) {
    row[..start].fill(0);
    row[start + flags.len()..].fill(0);
    let row = &mut row[start..start + flags.len()];
    if full {
        return solid(row);
    }
    let inside = |flags: &u8| flags & Mask::MORPHOLOGICAL != 0;
    let mut at = 0;
    for run in flags.chunk_by(|a, b| inside(a) == inside(b)) {
        let cells = &mut row[at..at + run.len()];
        if inside(&run[0]) {
            solid(cells)
        } else {
            cells.fill(0)
        }
        at += run.len();
    }
}

/// Distances within a run that ends on both sides.
fn solid(run: &mut [u16]) {
    let length = run.len();
    if let Ok(length) = u16::try_from(length) {
        for (x, cell) in run.iter_mut().enumerate() {
            *cell = (x as u16 + 1).min(length - x as u16);
        }
    } else {
        // No distance is as long as that.
        let most = usize::from(u16::MAX) - 1;
        for (x, cell) in run.iter_mut().enumerate() {
            *cell = (x + 1).min(length - x).min(most) as u16;
        }
    }
}

/// No farther than one step from the lines before and after, or from the outside at both ends.
fn sweep(cells: &mut [u16], length: usize) {
    sweep_part(cells, length, 0..length);
}

/// The same for a part of lines.
fn sweep_part(cells: &mut [u16], length: usize, part: core::ops::Range<usize>) {
    let nearer = |line: &mut [u16], before: &[u16]| {
        for (cell, before) in line.iter_mut().zip(before) {
            *cell = (*cell).min(before + 1);
        }
    };
    let count = cells.len() / length.max(1);
    for line in 0..count {
        let (done, rest) = cells.split_at_mut(line * length);
        let here = &mut rest[part.clone()];
        match line {
            0 => here.iter_mut().for_each(|cell| *cell = (*cell).min(1)),
            _ => nearer(here, &done[(line - 1) * length..][part.clone()]),
        }
    }
    for line in (0..count).rev() {
        let (rest, done) = cells.split_at_mut((line + 1) * length);
        let here = &mut rest[line * length..][part.clone()];
        match done.get(part.clone()) {
            Some(after) if line + 1 < count => nearer(here, after),
            _ => here.iter_mut().for_each(|cell| *cell = (*cell).min(1)),
        }
    }
}
