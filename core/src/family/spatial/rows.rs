//! The three fields transformed along x: centred intensity, mask, squared centred intensity.

use super::centred::Centred;
use super::grid::{Grid, Transforms};
use crate::error::Error;
use crate::fft::{LANES, Packed, pair};
use crate::host::Watch;
use crate::workspace::{Arena, Footprint};

/// The fields.
pub(super) const FIELDS: usize = 3;
/// Rows in one transform: real and imaginary parts of all lanes.
const ROWS: usize = 2 * LANES;

/// Cells cleared between two questions to the host.
const CLEAR: usize = 1 << 14;

/// Half spectra along x of all rows. Cells are stored by block of x, then field, then row of the box; the lanes
/// of a cell are neighbouring frequencies.
pub(super) fn footprint(grid: &Grid) -> Footprint {
    Footprint::of::<Packed>(grid.blocks.saturating_mul(FIELDS).saturating_mul(grid.row_pitch()))
}

/// What [`fill`] takes beyond the spectra.
pub(super) fn scratch(grid: &Grid) -> Footprint {
    Footprint::of::<Packed>(grid.line()).times(FIELDS + 2)
}

/// Transforms all rows.
pub(super) fn fill(
    field: &Centred,
    grid: &Grid,
    transforms: &Transforms,
    spectra: &mut [Packed],
    watch: &Watch,
    mut arena: Arena<'_>,
) -> Result<(), Error> {
    let ax = grid.axes[0];
    let [_, ny, nz] = field.shape();
    let pitch = grid.row_pitch();
    let mut values: [&mut [Packed]; FIELDS] = [
        arena.take::<Packed>(grid.line())?,
        arena.take::<Packed>(grid.line())?,
        arena.take::<Packed>(grid.line())?,
    ];
    let lines = arena.take::<Packed>(grid.line())?;
    let work = arena.take::<Packed>(grid.line())?;
    for part in spectra.chunks_mut(CLEAR) {
        watch.check()?;
        part.fill([[0.0; LANES]; 2]);
    }
    for z in 0..nz {
        for y in (0..ny).step_by(ROWS) {
            if y % (8 * ROWS) == 0 {
                watch.check()?;
            }
            for values in &mut values {
                values[..ax.half].fill([[0.0; LANES]; 2]);
            }
            let mut empty = true;
            let count = ROWS.min(ny - y);
            for slot in 0..count {
                let (part, lane) = (slot / LANES, slot % LANES);
                field.visit_row(y + slot, z, |x, value| {
                    empty = false;
                    values[0][x][part][lane] = value;
                    values[1][x][part][lane] = 1.0;
                    values[2][x][part][lane] = value * value;
                });
            }
            // The spectrum of nothing is there already.
            if empty {
                continue;
            }
            for (of, values) in values.iter().enumerate() {
                for part in 0..ax.parts {
                    lines[..ax.half].copy_from_slice(&values[..ax.half]);
                    let spectrum = transforms.run(0, part, lines, work)?;
                    let kept = if ax.parts == 1 { 1 } else { (ax.half - part) / 2 + 1 };
                    for k in 0..kept {
                        // Frequencies 2 k + part and their mirror images, of the same part.
                        let mirror = if part == 0 && k == 0 { 0 } else { ax.half - part - k };
                        let frequency = ax.parts * k + part;
                        let (block, lane) = (frequency / LANES, frequency % LANES);
                        let start = (block * FIELDS + of) * pitch + z * ny + y;
                        let split = pair::split(spectrum[k], spectrum[mirror]);
                        let out = &mut spectra[start..start + count];
                        for (slot, cell) in out.iter_mut().enumerate() {
                            let [re, im] = split[slot / LANES];
                            cell[0][lane] = re[slot % LANES];
                            cell[1][lane] = im[slot % LANES];
                        }
                    }
                }
            }
        }
    }
    Ok(())
}
