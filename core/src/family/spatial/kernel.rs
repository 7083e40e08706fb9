//! The spectrum of the inverse distance on the padded grid.
//!
//! It is real and even along every axis, so one octant holds it. Cells are stored by block of x, then y, then
//! z, so that a column along z is read in order.

use super::grid::{Axis, Grid, Transforms};
use crate::error::Error;
use crate::fft::{LANES, Packed};
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// The weights of as many frequencies along x as there are lanes.
pub(super) type Cell = [f64; LANES];

/// Cells cleared between two questions to the host.
const CLEAR: usize = 1 << 15;

pub(super) fn footprint(grid: &Grid) -> Footprint {
    Footprint::of::<Cell>(grid.kernel_cells())
}

/// What [`fill`] takes beyond the octant.
pub(super) fn scratch(grid: &Grid) -> Footprint {
    Footprint::of::<Packed>(grid.line()).times(3)
}

/// Fills the octant. Values are divided by the places of the padded grid, as a sum over a spectrum demands,
/// doubled where a frequency along x stands for its mirror image too, and 0 in lanes beyond the last one.
pub(super) fn fill(
    grid: &Grid,
    [sx, sy, sz]: [f64; 3],
    transforms: &Transforms,
    octant: &mut [Cell],
    watch: &Watch,
    mut arena: Arena<'_>,
) -> Result<(), Error> {
    let mut line = EvenLine {
        transforms,
        values: arena.take::<Packed>(grid.line())?,
        lines: arena.take::<Packed>(grid.line())?,
        work: arena.take::<Packed>(grid.line())?,
    };
    let [ax, ay, az] = grid.axes;
    let (hx, hy, hz) = (ax.octant(), ay.octant(), az.octant());
    let places = ax.padded() * ay.padded() * az.padded();
    for part in octant.chunks_mut(CLEAR) {
        watch.check()?;
        part.fill([0.0; LANES]);
    }
    for z in 0..hz {
        watch.check()?;
        for y in (0..hy).step_by(2 * LANES) {
            let across: [f64; 2 * LANES] = core::array::from_fn(|slot| {
                let (dy, dz) = ((y + slot) as f64 * sy, z as f64 * sz);
                dy * dy + dz * dz
            });
            for (x, cell) in line.values[..hx].iter_mut().enumerate() {
                let dx = x as f64 * sx;
                for (value, square) in cell.as_flattened_mut().iter_mut().zip(across) {
                    *value = 1.0 / math::sqrt(dx * dx + square);
                }
            }
            if y == 0 && z == 0 {
                // A voxel is no pair with itself.
                line.values[0][0][0] = 0.0;
            }
            line.transform(0, &ax, |frequency, values| {
                let mirrored = frequency != 0 && frequency != hx - 1;
                let scale = if mirrored { 2.0 } else { 1.0 } / places;
                let (block, lane) = (frequency / LANES, frequency % LANES);
                for (slot, value) in values.as_flattened().iter().enumerate().take(hy - y) {
                    octant[(block * hy + y + slot) * hz + z][lane] = value * scale;
                }
            })?;
        }
    }
    for block in octant.chunks_exact_mut(hy * hz) {
        // Two lines at once, as real and as imaginary parts; of an odd number the last goes with itself.
        for first in (0..hz).step_by(2) {
            let pair = [first, (first + 1).min(hz - 1)];
            line.transform_cells(1, &ay, block, |y, of| y * hz + pair[of])?;
        }
        watch.check()?;
        for first in (0..hy).step_by(2) {
            let pair = [first, (first + 1).min(hy - 1)];
            line.transform_cells(2, &az, block, |z, of| pair[of] * hz + z)?;
        }
        watch.check()?;
    }
    Ok(())
}

/// Real lines that are even around both ends: `values` holds the places from 0 to half the padded length.
struct EvenLine<'l, 't, 'w> {
    transforms: &'t Transforms<'w>,
    values: &'l mut [Packed],
    lines: &'l mut [Packed],
    work: &'l mut [Packed],
}

impl EvenLine<'_, '_, '_> {
    /// Gives the spectrum, real as well, at the frequencies from 0 to half the padded length. Because it is
    /// real, lines in the real and in the imaginary parts stay apart.
    #[inline(always)]
    fn transform(
        &mut self,
        axis: usize,
        lengths: &Axis,
        mut write: impl FnMut(usize, Packed),
    ) -> Result<(), Error> {
        let half = lengths.half;
        if lengths.parts == 1 {
            write(0, self.values[0]);
            return Ok(());
        }
        for part in 0..2 {
            // A place and the one half a period on, which is as far from the other end.
            let near = self.values[..half].iter();
            let far = self.values[1..=half].iter().rev();
            let sign = if part == 0 { 1.0 } else { -1.0 };
            for (cell, (near, far)) in self.lines.iter_mut().zip(near.zip(far)) {
                for lane in 0..LANES {
                    cell[0][lane] = near[0][lane] + sign * far[0][lane];
                    cell[1][lane] = near[1][lane] + sign * far[1][lane];
                }
            }
            let spectrum = self.transforms.run(axis, part, self.lines, self.work)?;
            let kept = (half - part) / 2 + 1;
            for (k, values) in spectrum.iter().enumerate().take(kept) {
                write(2 * k + part, *values);
            }
        }
        Ok(())
    }

    /// Transforms two lines of cells in place; `index(place, line)` says where they lie.
    #[inline(always)]
    fn transform_cells(
        &mut self,
        axis: usize,
        lengths: &Axis,
        cells: &mut [Cell],
        index: impl Fn(usize, usize) -> usize,
    ) -> Result<(), Error> {
        for (place, value) in self.values[..lengths.octant()].iter_mut().enumerate() {
            *value = [cells[index(place, 0)], cells[index(place, 1)]];
        }
        self.transform(axis, lengths, |frequency, [first, second]| {
            cells[index(frequency, 0)] = first;
            cells[index(frequency, 1)] = second;
        })
    }
}
