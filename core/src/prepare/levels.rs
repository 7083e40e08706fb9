//! The grey levels of the intensity mask, in a padded volume.

use super::discretise::Discretisation;
use super::resegment::Extremes;
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::volume::{Intensities, Level, Levels, Mask};
use crate::workspace::{Arena, Footprint};

/// Grey levels of whole intensities, of which a scan has few: one look-up instead of divisions.
const TABLE: usize = 1 << 16;
/// Voxels for each entry of the table that make it worth its while.
const VOXELS_PER_ENTRY: u64 = 4;

/// What [`fill`] takes for at most so many voxels.
pub fn footprint(voxels: usize) -> Footprint {
    Footprint::of::<u16>(TABLE.min(voxels / VOXELS_PER_ENTRY as usize))
}

/// Writes the grey level of every voxel of the intensity mask, and 0 elsewhere and in the margin.
///
/// `extremes` are those of the intensity mask, `count` is the level of its largest intensity, and `cells` has the
/// length of the padded box.
///
/// # Errors
/// When a length does not fit, the scratch is too small, or the host cancels.
#[expect(clippy::too_many_arguments, reason = "two volumes and what is known of them")]
pub fn fill<'w, L: Level>(
    mask: &Mask,
    intensities: &Intensities,
    extremes: &Extremes,
    discretisation: &Discretisation,
    pad: usize,
    cells: &'w mut [L],
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<Levels<'w, L>, Error> {
    let level = |x: f64| {
        let level = discretisation.level(x).clamp(1.0, f64::from(L::MAX));
        L::from_index(level as u32)
    };
    let count = level(extremes.max).index() as u32;
    let Extremes { min, max, .. } = *extremes;
    // Exact: both are whole, and the difference has 16 bits.
    let entries = if extremes.whole { max - min + 1.0 } else { f64::INFINITY };
    if entries <= TABLE as f64 && entries as u64 * VOXELS_PER_ENTRY <= extremes.count {
        let table = scratch.take::<L>(entries as usize)?;
        for (at, entry) in table.iter_mut().enumerate() {
            *entry = level(min + at as f64);
        }
        let last = table.len() - 1;
        // 2^52: added to a whole number, the number is in the lowest bits.
        let place = |x: f64| ((x - min) + 4_503_599_627_370_496.0).to_bits() as usize & 0xffff;
        let look_up = |x: f64| table[place(x).min(last)];
        fill_with(mask, intensities, look_up, pad, &mut *cells, watch)?;
    } else {
        fill_with(mask, intensities, level, pad, &mut *cells, watch)?;
    }
    Levels::filled(cells, mask.shape(), pad, count, extremes.count)
}

fn fill_with<L: Level>(
    mask: &Mask,
    intensities: &Intensities,
    level: impl Fn(f64) -> L,
    pad: usize,
    cells: &mut [L],
    watch: &Watch,
) -> Result<(), Error> {
    cells.fill(L::from_index(0));
    let mut pace = Pace::start(watch)?;
    let [nx, ny, nz] = mask.shape();
    let row = nx + 2 * pad;
    for z in 0..nz {
        for y in 0..ny {
            // A level takes a division or two.
            pace.spend(8 * nx)?;
            let start = ((z + pad) * (ny + 2 * pad) + y + pad) * row + pad;
            let out = &mut cells[start..start + nx];
            for ((cell, flags), x) in out.iter_mut().zip(mask.row(y, z)).zip(intensities.row(y, z))
            {
                if flags & Mask::INTENSITY != 0 {
                    *cell = level(*x);
                }
            }
        }
    }
    Ok(())
}

/// Levels in the narrowest type that holds them.
#[derive(Clone, Copy, Debug)]
pub enum AnyLevels<'a> {
    /// Up to 255 grey levels.
    Narrow(Levels<'a, u8>),
    /// Up to 65 535 grey levels.
    Wide(Levels<'a, u16>),
}

impl AnyLevels<'_> {
    /// Number of grey levels N_g.
    pub const fn count(&self) -> u32 {
        match self {
            AnyLevels::Narrow(levels) => levels.count(),
            AnyLevels::Wide(levels) => levels.count(),
        }
    }

    /// Adds to `counts[i]` the voxels that have the level `i + 1`.
    pub fn histogram(&self, counts: &mut [u64]) {
        fn add<L: Level>(levels: &Levels<L>, counts: &mut [u64]) {
            let [_, ny, nz] = levels.shape();
            for z in 0..nz {
                for y in 0..ny {
                    for level in levels.row(y, z) {
                        if let Some(count) =
                            level.index().checked_sub(1).and_then(|i| counts.get_mut(i))
                        {
                            *count += 1;
                        }
                    }
                }
            }
        }
        match self {
            AnyLevels::Narrow(levels) => add(levels, counts),
            AnyLevels::Wide(levels) => add(levels, counts),
        }
    }
}
