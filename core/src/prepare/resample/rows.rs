//! Interpolation row by row.

use super::super::grid::{Regrid, Taps};
use super::super::method::Method;
use super::coefficients;
use super::combine::{self, Along, MOST};
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::view::BoundingBox;
use crate::workspace::{Arena, Footprint};

/// Slices that the methods without coefficients read at once; a power of two.
const RING: usize = 2;

/// What [`pass`] takes.
pub(super) fn footprint(regrid: &Regrid, target: BoundingBox, method: Method) -> Footprint {
    let source = regrid.source_box(target, method);
    let [sx, sy, sz] = source.shape;
    let slice = sx.saturating_mul(sy);
    let samples = match method {
        Method::Cubic => source.voxels().saturating_add(slice),
        Method::Nearest | Method::Linear => slice.saturating_mul(sz.min(RING)),
    };
    Footprint::of::<f64>(samples)
        .all_of(Footprint::of::<[f64; MOST]>(sx))
        .all_of(Footprint::of::<[f64; 2]>(sx).times(2))
        .all_of(Footprint::of::<[f64; 2]>(target.shape[0]))
        .all_of(Footprint::of::<[u32; MOST]>(target.shape[0]))
        .all_of(Footprint::of::<[f64; MOST]>(target.shape[0]))
}

/// Interpolates row by row: `emit` gets every row of the target box with its number.
/// Answers whether every sample that the spline read was finite.
pub(super) fn pass(
    read: &impl Fn(usize, [usize; 2], &mut [f64]),
    regrid: &Regrid,
    target: BoundingBox,
    method: Method,
    watch: &Watch,
    mut scratch: Arena<'_>,
    mut emit: impl FnMut(usize, &[f64]),
) -> Result<bool, Error> {
    let source = regrid.source_box(target, method);
    let [sx, sy, sz] = source.shape;
    let [nx, ny, nz] = target.shape;
    if sx == 0 || sy == 0 || sz == 0 {
        return Ok(true);
    }
    let slice = sx.saturating_mul(sy);
    let lines = scratch.take::<f64>(2 * sx)?;
    let pairs = scratch.take::<[f64; 2]>(sx)?;
    let values = scratch.take::<f64>(2 * nx)?;
    let index = scratch.take::<[u32; MOST]>(nx)?;
    let weight = scratch.take::<[f64; MOST]>(nx)?;
    let ring = scratch.take::<f64>(MOST * sx)?;
    let mut pace = Pace::start(watch)?;
    let mut finite = true;
    let cells = match method {
        Method::Cubic => {
            let (data, before) = (scratch.take(source.voxels())?, scratch.take(slice)?);
            let kept = regrid.axes.map(|axis| axis.is_identity());
            let interpolated = kept.map(|kept| !kept);
            let found = coefficients::read(read, source, interpolated, data, before, watch)?;
            finite = found.finite;
            if let Some(constant) = found.constant {
                values.fill(constant);
                for row in 0..ny * nz {
                    pace.spend(nx)?;
                    emit(row, &values[..nx]);
                }
                return Ok(finite);
            }
            data
        }
        Method::Nearest | Method::Linear => scratch.take(slice.saturating_mul(sz.min(RING)))?,
    };
    let along = along(regrid, target, source.start[0], method, index, weight);
    let alone = regrid.axes[0].is_identity();
    let mut slices = Slices { cells, shape: [sx, sy], held: [usize::MAX; RING], method };
    let (left, right) = lines.split_at_mut(sx);
    let (first, second) = values.split_at_mut(nx);
    for z in 0..nz {
        let taps = regrid.axes[2].taps(z + target.start[2], method);
        let taps = relative(taps, source.start[2]);
        slices.bring(&taps, read, source, &mut pace)?;
        let mut rows = Rows { slices: &slices, taps, ring: &mut *ring, held: [usize::MAX; MOST] };
        let mut row = |y: usize, line: &mut [f64]| {
            let taps = regrid.axes[1].taps(y + target.start[1], method);
            rows.combine(&relative(taps, source.start[1]), line);
        };
        for y in (0..ny).step_by(2) {
            pace.spend(2 * (sx + nx))?;
            let last = y + 1 == ny;
            row(y, left);
            if !last {
                row(y + 1, right);
            }
            let number = z * ny + y;
            if alone {
                combine::alone(left, method);
                emit(number, left);
                if !last {
                    combine::alone(right, method);
                    emit(number + 1, right);
                }
                continue;
            }
            // A last row without a neighbour goes with itself.
            combine::interleave(left, if last { left } else { right }, pairs);
            along.pair(pairs, [&mut *first, &mut *second], method);
            emit(number, first);
            if !last {
                emit(number + 1, second);
            }
        }
    }
    Ok(finite)
}

/// Fills the samples and weights along x.
fn along<'t>(
    regrid: &Regrid,
    target: BoundingBox,
    start: usize,
    method: Method,
    index: &'t mut [[u32; MOST]],
    weight: &'t mut [[f64; MOST]],
) -> Along<'t> {
    for (x, (index, weight)) in index.iter_mut().zip(&mut *weight).enumerate() {
        let taps = regrid.axes[0].taps(x + target.start[0], method);
        for k in 0..MOST {
            let (from, w) = taps.iter().nth(k).unwrap_or((taps.index[0], 0.0));
            (index[k], weight[k]) = ((from - start) as u32, w);
        }
    }
    Along { index, weight }
}

/// Taps counted from the first sample of a box; unused places repeat the first sample.
fn relative(mut taps: Taps, start: usize) -> Taps {
    for k in 0..MOST {
        taps.index[k] = if k < taps.count { taps.index[k] - start } else { taps.index[0] };
    }
    taps
}

/// The samples of a box by slices: all of them, or a ring of those read last.
struct Slices<'c> {
    cells: &'c mut [f64],
    shape: [usize; 2],
    /// The slices that the ring holds.
    held: [usize; RING],
    method: Method,
}

impl Slices<'_> {
    /// Where a slice is held.
    const fn slot(&self, z: usize) -> usize {
        match self.method {
            Method::Cubic => z,
            Method::Nearest | Method::Linear => z % RING,
        }
    }

    /// Reads the slices of some taps into the ring, where they are not there yet. The two slices of a linear pair
    /// are neighbours and do not meet.
    fn bring(
        &mut self,
        taps: &Taps,
        read: &impl Fn(usize, [usize; 2], &mut [f64]),
        source: BoundingBox,
        pace: &mut Pace<'_, '_>,
    ) -> Result<(), Error> {
        if self.method == Method::Cubic {
            return Ok(());
        }
        let [sx, sy] = self.shape;
        let [x0, y0, z0] = source.start;
        for z in &taps.index[..taps.count] {
            let slot = self.slot(*z);
            if self.held[slot] == *z {
                continue;
            }
            let slice = &mut self.cells[slot * sx * sy..][..sx * sy];
            for (y, row) in slice.chunks_exact_mut(sx).enumerate() {
                pace.spend(sx)?;
                read(x0, [y + y0, z + z0], row);
            }
            self.held[slot] = *z;
        }
        Ok(())
    }

    fn row(&self, y: usize, z: usize) -> &[f64] {
        let [sx, sy] = self.shape;
        &self.cells[(self.slot(z) * sy + y) * sx..][..sx]
    }
}

/// Source rows combined along z for one target slice: a ring of those used last.
struct Rows<'r> {
    slices: &'r Slices<'r>,
    taps: Taps,
    ring: &'r mut [f64],
    /// The source rows that the ring holds.
    held: [usize; MOST],
}

impl Rows<'_> {
    /// Combines rows into one. The rows of one point lie within [`MOST`] neighbours and do not meet in the ring.
    fn combine(&mut self, taps: &Taps, line: &mut [f64]) {
        let (sx, method) = (self.slices.shape[0], self.slices.method);
        for y in &taps.index[..taps.count] {
            let slot = y % MOST;
            if self.held[slot] != *y {
                let from = self.taps.index.map(|z| self.slices.row(*y, z));
                combine::rows(&mut self.ring[slot * sx..][..sx], from, &self.taps, method);
                self.held[slot] = *y;
            }
        }
        let from = taps.index.map(|y| &self.ring[y % MOST * sx..][..sx]);
        combine::rows(line, from, taps, method);
    }
}
