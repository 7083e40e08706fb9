//! The grey levels of the intensity mask, in a padded volume.

use super::discretise::Discretisation;
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::volume::{Intensities, Level, Levels, Mask, padded_len};

/// Writes the grey level of every voxel of the intensity mask, and 0 elsewhere and in the margin.
///
/// `cells` has the length of the padded box, and every level fits `L`: the caller has looked at the
/// level of the largest intensity.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn fill<L: Level>(
    mask: &Mask,
    intensities: &Intensities,
    discretisation: &Discretisation,
    pad: usize,
    cells: &mut [L],
    watch: &Watch,
) -> Result<(), Error> {
    debug_assert_eq!(Some(cells.len()), padded_len(mask.shape(), pad));
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
                    let level = discretisation.level(*x).clamp(1.0, f64::from(L::MAX));
                    *cell = L::from_index(level as u32);
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
