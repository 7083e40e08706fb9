//! The grey levels of the intensity mask, in a padded volume.

use core::ops::Range;

use super::discretise::Discretisation;
use super::extremes::Extremes;
use super::occurrences::{self, Occurrences};
use crate::error::Error;
use crate::host::{Executor, Watch};
use crate::pace::Pace;
use crate::slabs::{self, Slabs};
use crate::volume::{Intensities, Level, Levels, Mask};
use crate::workspace::{Arena, Footprint};

/// What [`fill`] takes for at most so many voxels.
pub fn footprint(voxels: usize) -> Footprint {
    Footprint::of::<u16>(occurrences::most(voxels) + 1)
}

/// What grey levels are made from.
#[derive(Clone, Copy, Debug)]
pub struct Source<'s> {
    /// The voxels.
    pub mask: Mask<'s>,
    /// Their intensities.
    pub intensities: Intensities<'s>,
    /// What is known of these.
    pub extremes: Extremes,
}

/// Writes the grey level of every voxel of the intensity mask, and 0 elsewhere and in the margin. Counts how often each
/// intensity occurs, where there are tables for it.
///
/// N_g is the level of the largest intensity; `cells` has the length of the box with a margin of `pad`.
///
/// # Errors
/// When a length does not fit, the scratch is too small, or the host cancels.
#[expect(clippy::too_many_arguments, reason = "from what, how, to where, and with whom")]
pub fn fill<'w, L: Level, E: Executor>(
    from: Source<'w>,
    discretisation: &Discretisation,
    pad: usize,
    cells: &'w mut [L],
    occurrences: Option<&mut Occurrences<'_>>,
    executor: &E,
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<Levels<'w, L>, Error> {
    let Source { mask, extremes, .. } = from;
    let bins = discretisation.bins();
    let level = |x: f64| match &bins {
        Some(bins) => L::from_index(bins.index(x).min(L::MAX)),
        None => L::from_index(x.clamp(1.0, f64::from(L::MAX)) as u32),
    };
    let count = level(extremes.max).index() as u32;
    let [nx, ny, nz] = mask.shape();
    let plane = (nx + 2 * pad) * (ny + 2 * pad);
    let (before, rest) = cells.split_at_mut(pad * plane);
    let (mut inner, after) = rest.split_at_mut(nz * plane);
    before.fill(L::from_index(0));
    after.fill(L::from_index(0));
    match occurrences {
        Some(occurrences) => {
            let last = occurrences.numbers();
            let table = scratch.take::<L>(last + 1)?;
            for (at, entry) in table[..last].iter_mut().enumerate() {
                *entry = level(occurrences.first() + at as f64);
            }
            table[last] = L::from_index(0);
            let (table, places) = (&table[..], occurrences.places());
            let mut tables = occurrences.tables();
            let workers = slabs::one_each(tables.len(), inner.len());
            let mut slabs = Slabs::new(0..nz, workers, |slices| {
                let counts = tables.next().unwrap_or_default();
                (slabs::next(&mut inner, slices.len() * plane), counts)
            });
            slabs.run(executor, |slices, (cells, counts)| {
                rows(from, slices, pad, cells, watch, |cells, flags, values| {
                    places.look_up(flags, values, counts, |cell, at| cells[cell] = table[at]);
                })
            })?;
        }
        None => {
            let count = slabs::even(executor.workers(), inner.len());
            let mut slabs =
                Slabs::new(0..nz, count, |slices| slabs::next(&mut inner, slices.len() * plane));
            slabs.run(executor, |slices, cells| {
                rows(from, slices, pad, cells, watch, |cells, flags, values| {
                    for ((cell, flags), x) in cells.iter_mut().zip(flags).zip(values) {
                        let inside = flags & Mask::INTENSITY != 0;
                        *cell = if inside { level(*x) } else { L::from_index(0) };
                    }
                })
            })?;
        }
    }
    Levels::filled(cells, mask.shape(), pad, count, extremes.count, mask.spans())
}

/// Counts how often each intensity occurs, without grey levels.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn count<E: Executor>(
    from: Source<'_>,
    occurrences: &mut Occurrences<'_>,
    executor: &E,
    watch: &Watch,
) -> Result<(), Error> {
    let places = occurrences.places();
    let mut tables = occurrences.tables();
    let slices = 0..from.mask.shape()[2];
    let workers = slabs::one_each(tables.len(), from.mask.cells().len());
    let mut slabs = Slabs::new(slices, workers, |_| tables.next().unwrap_or_default());
    slabs.run(executor, |slices, counts| {
        let mut pace = Pace::start(watch)?;
        for z in slices {
            for y in 0..from.mask.shape()[1] {
                let span = from.mask.span(y, z);
                pace.spend(span.len())?;
                let flags = &from.mask.row(y, z)[span.clone()];
                places.look_up(flags, &from.intensities.row(y, z)[span], counts, |_, _| ());
            }
        }
        Ok(())
    })
}

/// Writes some slices, with their margins along x and y; `levels` writes the span of a row from its flags and
/// intensities.
fn rows<L: Level>(
    from: Source<'_>,
    slices: Range<usize>,
    pad: usize,
    cells: &mut [L],
    watch: &Watch,
    mut levels: impl FnMut(&mut [L], &[u8], &[f64]),
) -> Result<(), Error> {
    let Source { mask, intensities, .. } = from;
    let [nx, ny, _] = mask.shape();
    let (row, none) = (nx + 2 * pad, L::from_index(0));
    let mut pace = Pace::start(watch)?;
    for (z, cells) in slices.zip(cells.chunks_exact_mut(row * (ny + 2 * pad))) {
        let (before, rest) = cells.split_at_mut(pad * row);
        let (inner, after) = rest.split_at_mut(ny * row);
        before.fill(none);
        after.fill(none);
        for (y, cells) in inner.chunks_exact_mut(row).enumerate() {
            let span = mask.span(y, z);
            // A level takes a division or two.
            pace.spend(8 * span.len() + row / 16)?;
            cells[..pad + span.start].fill(none);
            cells[pad + span.end..].fill(none);
            let flags = &mask.row(y, z)[span.clone()];
            let values = &intensities.row(y, z)[span.clone()];
            levels(&mut cells[pad + span.start..pad + span.end], flags, values);
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
                    for level in &levels.row(y, z)[levels.span(y, z)] {
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
