//! Many voxels: sums over pairs as convolutions.
//!
//! With the kernel K = 1 / distance the sum over ordered pairs of w u_i v_j is the product of u with K * v, and by
//! Parseval's theorem `1/P sum K^ Re(U^ conj V^)`: no inverse transform. The fields are real, so that half of the
//! frequencies along x is enough. Blocks of a few frequencies along x are then taken through y and z
//! one after the other, and nothing of that is kept.

use super::PairSums;
use super::centred::Centred;
use super::grid::{Axis, Grid, Transforms};
use super::kernel::{self, Cell};
use super::rows::{self, FIELDS};
use crate::error::Error;
use crate::fft::{LANES, Packed};
use crate::host::Watch;
use crate::sum::Sums;
use crate::workspace::{Arena, Footprint};

/// Columns between two questions to the host.
const CHECK: usize = 16;

pub(super) fn footprint(shape: [usize; 3]) -> Footprint {
    let grid = Grid::new(shape);
    let passing = kernel::scratch(&grid).any_of(rows::scratch(&grid)).any_of(columns(&grid));
    Transforms::footprint(&grid)
        .all_of(kernel::footprint(&grid))
        .all_of(rows::footprint(&grid))
        .all_of(passing)
}

/// Places of a row of a plane: one more than needed, so that no column has a stride of a large power of two,
/// which would fall on few lines of the cache.
fn pitch(axis: &Axis) -> usize {
    axis.half.saturating_add(1)
}

fn columns(grid: &Grid) -> Footprint {
    let [_, ay, az] = &grid.axes;
    let plane = Footprint::of::<Packed>(az.voxels.saturating_mul(pitch(ay))).times(FIELDS);
    plane.all_of(Footprint::of::<Packed>(grid.line()).times(2 * FIELDS))
}

pub(super) fn sums(
    field: &Centred,
    spacing: [f64; 3],
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<PairSums, Error> {
    let grid = Grid::new(field.shape());
    let transforms = Transforms::new(&grid, &mut scratch)?;
    let octant = scratch.take::<Cell>(grid.kernel_cells())?;
    kernel::fill(&grid, spacing, &transforms, octant, watch, scratch.scope())?;
    let spectra = scratch.take::<Packed>(grid.blocks * FIELDS * grid.row_pitch())?;
    rows::fill(field, &grid, &transforms, spectra, watch, scratch.scope())?;

    let [_, ay, az] = grid.axes;
    let plane = scratch.take::<Packed>(FIELDS * az.voxels * pitch(&ay))?;
    let mut lines = Columns {
        lines: [
            scratch.take::<Packed>(grid.line())?,
            scratch.take::<Packed>(grid.line())?,
            scratch.take::<Packed>(grid.line())?,
        ],
        work: [
            scratch.take::<Packed>(grid.line())?,
            scratch.take::<Packed>(grid.line())?,
            scratch.take::<Packed>(grid.line())?,
        ],
    };
    let mut totals = Sums::<3>::new();
    let kernel_blocks = octant.chunks_exact(ay.octant() * az.octant());
    for (block, kernel) in spectra.chunks_exact(FIELDS * grid.row_pitch()).zip(kernel_blocks) {
        for part in 0..ay.parts {
            lines.along_y(&grid, &transforms, part, block, plane, watch)?;
            for k in 0..ay.half {
                if k % CHECK == 0 {
                    watch.check()?;
                }
                let column = ay.folded(part, k) * az.octant();
                let kernel = &kernel[column..column + az.octant()];
                totals.push(lines.column(&grid, &transforms, k, plane, kernel)?);
            }
        }
    }
    let [products, weights, squares] = totals.total();
    Ok(PairSums { weights, products, squares })
}

/// A line of each field.
struct Columns<'l> {
    lines: [&'l mut [Packed]; FIELDS],
    work: [&'l mut [Packed]; FIELDS],
}

impl Columns<'_> {
    /// Transforms the rows along y of one block; the plane gets one part of the frequencies.
    fn along_y(
        &mut self,
        grid: &Grid,
        transforms: &Transforms,
        part: usize,
        block: &[Packed],
        plane: &mut [Packed],
        watch: &Watch,
    ) -> Result<(), Error> {
        let ay = &grid.axes[1];
        let (line, work) = (&mut *self.lines[0], &mut *self.work[0]);
        let rows = block
            .chunks_exact(grid.row_pitch())
            .flat_map(|field| field[..grid.rows()].chunks_exact(ay.voxels));
        for (at, (row, out)) in rows.zip(plane.chunks_exact_mut(pitch(ay))).enumerate() {
            if at % CHECK == 0 {
                watch.check()?;
            }
            line[..ay.voxels].copy_from_slice(row);
            line[ay.voxels..ay.half].fill([[0.0; LANES]; 2]);
            out[..ay.half].copy_from_slice(transforms.run(1, part, line, work)?);
        }
        Ok(())
    }

    /// Transforms a column along z and sums over its frequencies: `K |X|^2`, `K |M|^2`, `K Re(S conj M)` for the
    /// centred intensities x, the mask m and the squares s.
    fn column(
        &mut self,
        grid: &Grid,
        transforms: &Transforms,
        k: usize,
        plane: &[Packed],
        kernel: &[Cell],
    ) -> Result<[f64; 3], Error> {
        let [_, ay, az] = &grid.axes;
        let mut sums = [[0.0; LANES]; 3];
        for part in 0..az.parts {
            let [x, m, s] = &mut self.lines;
            let [wx, wm, ws] = &mut self.work;
            let planes = plane.chunks_exact(az.voxels * pitch(ay));
            let load = |line: &mut [Packed], plane: &[Packed]| {
                for (cell, row) in line.iter_mut().zip(plane.chunks_exact(pitch(ay))) {
                    *cell = row[k];
                }
                line[az.voxels..az.half].fill([[0.0; LANES]; 2]);
            };
            for (line, plane) in [&mut *x, &mut *m, &mut *s].into_iter().zip(planes) {
                load(line, plane);
            }
            let x = transforms.run(2, part, x, wx)?;
            let m = transforms.run(2, part, m, wm)?;
            let s = transforms.run(2, part, s, ws)?;
            for (at, ((x, m), s)) in x.iter().zip(m.iter()).zip(s.iter()).enumerate() {
                let weight = &kernel[az.folded(part, at)];
                for lane in 0..LANES {
                    let (w, [xr, xi]) = (weight[lane], [x[0][lane], x[1][lane]]);
                    let ([mr, mi], [sr, si]) = ([m[0][lane], m[1][lane]], [s[0][lane], s[1][lane]]);
                    sums[0][lane] += w * (xr * xr + xi * xi);
                    sums[1][lane] += w * (mr * mr + mi * mi);
                    sums[2][lane] += w * (mr * sr + mi * si);
                }
            }
        }
        Ok(sums.map(|[a, b, c, d]| (a + b) + (c + d)))
    }
}
