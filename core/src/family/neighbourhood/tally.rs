//! Whole-number counts per grey level, exact in any order.

use super::Distances;
use super::near::{self, COUNTERS, RADIUS};
use super::rows::{self, Found};
use crate::aggregation::Extent;
use crate::error::Error;
use crate::family::buckets::Buckets;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::sum::Sums;
use crate::volume::{Level, Levels};
use crate::workspace::{Arena, Footprint};

/// Up to this many counters, those of all levels stand side by side. Two counters a level and neighbour
/// keep `levels * window` below 2^16, so that levels can be added up in 16 bits.
const DENSE_COUNTERS: usize = 1 << 17;

/// Rows of counters for the nearest neighbours, if they are not too many.
fn near_rows(levels: u32, distances: &Distances) -> Option<usize> {
    let near = distances.ngtdm == RADIUS && distances.ngldm == RADIUS;
    let rows = levels as usize + 1;
    (near && rows <= MOST_NEAR as usize + 1).then_some(rows)
}

/// The most levels with counters for the nearest neighbours.
const MOST_NEAR: u32 = (DENSE_COUNTERS / (2 * COUNTERS)) as u32 - 1;

/// Voxels of the largest neighbourhood in a box, with its centre. Never more than the box holds, so counters
/// indexed by a number of neighbours stay within the memory of the voxels at any distance.
pub(super) fn window(shape: [usize; 3], radius: u32, extent: Extent) -> usize {
    let side = (radius as usize).saturating_mul(2).saturating_add(1);
    let axes = if extent == Extent::Volume { 3 } else { 2 };
    // An empty side must not make the volume's window smaller than the slice's.
    shape.iter().take(axes).fold(1, |n: usize, axis| n.saturating_mul(side.min((*axis).max(1))))
}

/// Counters of one level: its voxels, those with neighbours, then dependences and numerators.
const fn length(window: usize) -> usize {
    window.saturating_add(2).saturating_mul(2)
}

/// The counts of one grey level: a row of the NGLDM, and what n_i and s_i of the NGTDM are made of.
#[derive(Clone, Copy, Debug)]
pub struct LevelTally<'t> {
    /// Voxels of this level.
    pub voxels: u64,
    /// Voxels n_i that have a neighbour in the region; 0 when tones are not counted.
    pub with_neighbours: u64,
    /// `dependence[k]` voxels have the dependence k; all 0 when dependences are not counted.
    pub dependence: &'t [u64],
    /// `numerators[m]` is the sum of |m level - sum of neighbour levels| over voxels with m neighbours.
    pub numerators: &'t [u64],
}

impl<'t> LevelTally<'t> {
    fn of(counters: &'t [u64], window: usize) -> Self {
        let (head, rest) = counters.split_at(2);
        let (dependence, numerators) = rest.split_at(window + 1);
        Self { voxels: head[0], with_neighbours: head[1], dependence, numerators }
    }

    /// The tone difference s_i: the sum over voxels of |level - mean level of the neighbours|. Each voxel's
    /// difference is a fraction over its number of neighbours; fractions of one denominator have been added
    /// exactly, so the order of the voxels cannot show.
    pub fn difference(&self) -> f64 {
        let mut sum = Sums::<1>::new();
        for (neighbours, numerator) in self.numerators.iter().enumerate().skip(1) {
            sum.push([*numerator as f64 / neighbours as f64]);
        }
        sum.total()[0]
    }
}

/// Which counts are made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// Tone differences (NGTDM).
    pub tones: bool,
    /// Dependences (NGLDM).
    pub dependences: bool,
}

/// Counts every voxel of some slices beside its neighbours.
///
/// Few levels have all their counters at once and are counted row by row. Many levels are bucketed and counted
/// one after the other, in memory linear in voxels and levels.
pub struct Tally<'l, 'c, 'w, L> {
    pub(super) levels: &'l Levels<'c, L>,
    pub(super) distances: Distances,
    pub(super) extent: Extent,
    pub(super) wanted: Wanted,
    window: usize,
    store: Store<'w>,
}

enum Store<'w> {
    /// The nearest neighbours, level by level from 0.
    Near {
        rows: &'w mut [near::Row],
        dirty: bool,
    },
    /// All counters zero between two visits, unless the last one was broken off.
    Dense {
        counters: &'w mut [u64],
        dirty: bool,
    },
    Bucketed {
        buckets: Buckets<'w>,
        counters: &'w mut [u64],
    },
}

/// What [`Tally::new`] takes for any region in a box.
pub fn tally_footprint(shape: [usize; 3], max_levels: u32, distances: &Distances) -> Footprint {
    let radius = distances.ngtdm.max(distances.ngldm);
    let length = length(window(shape, radius, Extent::Volume));
    let counters = (max_levels as usize).saturating_mul(length);
    let near = near_rows(max_levels.min(MOST_NEAR), distances).map_or(0, |rows| rows);
    let dense =
        Footprint::of::<u64>(counters.min(DENSE_COUNTERS)).any_of(Footprint::of::<near::Row>(near));
    if near_rows(max_levels, distances).is_some() || counters <= DENSE_COUNTERS {
        return dense;
    }
    dense.any_of(Buckets::footprint(shape, max_levels).all_of(Footprint::of::<u64>(length)))
}

impl<'l, 'c, 'w, L: Level> Tally<'l, 'c, 'w, L> {
    /// Prepares counting.
    ///
    /// # Errors
    /// When a distance is 0 or beyond the margin of the levels, alpha is negative or NaN, the box is too large
    /// for 32-bit places or 64-bit sums, or the scratch is too small.
    pub fn new(
        levels: &'l Levels<'c, L>,
        distances: &Distances,
        extent: Extent,
        wanted: Wanted,
        mut scratch: Arena<'w>,
    ) -> Result<Self, Error> {
        distances.check(levels.pad())?;
        let radius = distances.ngtdm.max(distances.ngldm);
        let window = window(levels.shape(), radius, extent);
        let largest = (window as u64)
            .checked_mul(u64::from(levels.count()))
            .and_then(|sum| sum.checked_mul(levels.voxels()));
        if levels.cells().len() > u32::MAX as usize || largest.is_none() {
            return Err(Error::TooLarge { field: "region.box" });
        }
        let length = length(window);
        let counters = (levels.count() as usize).saturating_mul(length);
        let store = if let Some(rows) = near_rows(levels.count(), distances) {
            Store::Near { rows: scratch.take(rows)?, dirty: true }
        } else if counters <= DENSE_COUNTERS {
            Store::Dense { counters: scratch.take(counters)?, dirty: true }
        } else {
            let buckets = Buckets::take(levels, &mut scratch)?;
            Store::Bucketed { buckets, counters: scratch.take(length)? }
        };
        Ok(Self { levels, distances: *distances, extent, wanted, window, store })
    }

    /// The largest dependence, and more than the largest number of neighbours.
    pub const fn window(&self) -> usize {
        self.window
    }

    /// Counts the voxels of some slices of the box and calls `row` for every grey level that occurs, rising.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn visit(
        &mut self,
        slices: core::ops::Range<usize>,
        watch: &Watch,
        mut row: impl FnMut(usize, &LevelTally),
    ) -> Result<(), Error> {
        let slices = slices.start..slices.end.min(self.levels.shape()[2]);
        let (window, length) = (self.window, length(self.window));
        let place = Place {
            levels: self.levels,
            distances: self.distances,
            extent: self.extent,
            wanted: self.wanted,
            window,
        };
        let mut pace = Pace::start(watch)?;
        match &mut self.store {
            Store::Near { rows, dirty } => {
                if core::mem::replace(dirty, true) {
                    rows.fill([0; 2 * COUNTERS]);
                }
                for z in slices {
                    for y in 0..self.levels.shape()[1] {
                        pace.spend(near::count(&place, y, z, rows) / 8)?;
                    }
                }
                for (level, counters) in rows.iter_mut().enumerate() {
                    let (dependence, numerators) = counters.split_at_mut(COUNTERS);
                    let voxels = dependence.iter().sum();
                    if voxels == 0 {
                        continue;
                    }
                    let alone = numerators[1];
                    // What is not wanted was counted all the same; numerators go by neighbours.
                    if !self.wanted.dependences {
                        dependence.fill(0);
                    }
                    if !self.wanted.tones {
                        numerators.fill(0);
                    }
                    numerators[1] = 0;
                    let with_neighbours = if self.wanted.tones { voxels - alone } else { 0 };
                    let (dependence, numerators) =
                        (&dependence[..=window], &numerators[1..window + 2]);
                    if level > 0 {
                        row(level, &LevelTally { voxels, with_neighbours, dependence, numerators });
                    }
                    counters.fill(0);
                }
                *dirty = false;
            }
            Store::Dense { counters, dirty } => {
                if core::mem::replace(dirty, true) {
                    counters.fill(0);
                }
                for z in slices {
                    for y in 0..self.levels.shape()[1] {
                        let visited = rows::visit(&place, y, z, |level, found| {
                            let counters = &mut counters[(level - 1) * length..][..length];
                            found.add(level, counters, window, self.wanted);
                        });
                        pace.spend(visited)?;
                    }
                }
                for (i, counters) in counters.chunks_exact_mut(length).enumerate() {
                    // A slice clears what it touched, not the counters of all levels.
                    if counters[0] > 0 {
                        row(i + 1, &LevelTally::of(counters, window));
                        counters.fill(0);
                    }
                }
                *dirty = false;
            }
            Store::Bucketed { buckets, counters } => {
                buckets.fill(self.levels, slices);
                for (level, voxels) in buckets.iter() {
                    counters.fill(0);
                    for voxel in voxels {
                        let (found, visited) = place.look(*voxel as usize, level);
                        found.add(level, counters, window, self.wanted);
                        pace.spend(visited)?;
                    }
                    pace.spend(length)?;
                    row(level, &LevelTally::of(counters, window));
                }
            }
        }
        Ok(())
    }
}

/// What is looked at, and how far.
pub(super) struct Place<'l, 'c, L> {
    pub(super) levels: &'l Levels<'c, L>,
    pub(super) distances: Distances,
    pub(super) extent: Extent,
    pub(super) wanted: Wanted,
    window: usize,
}

impl Found {
    #[inline]
    fn add(self, level: usize, counters: &mut [u64], window: usize, wanted: Wanted) {
        counters[0] += 1;
        if wanted.dependences {
            counters[2 + self.dependence] += 1;
        }
        if wanted.tones && self.count > 1 {
            let (neighbours, sum) = (self.count - 1, self.sum - level);
            counters[1] += 1;
            counters[3 + window + neighbours] += (level * neighbours).abs_diff(sum) as u64;
        }
    }
}

impl<L: Level> Place<'_, '_, L> {
    /// Rows of a neighbourhood, as offsets of their middle cells.
    pub(super) fn rows(&self, radius: u32) -> impl Iterator<Item = isize> + use<L> {
        let [_, sy, sz] = self.levels.strides();
        let r = radius as isize;
        let deep = if self.extent == Extent::Volume { r } else { 0 };
        (-deep..=deep).flat_map(move |z| (-r..=r).map(move |y| z * sz + y * sy))
    }

    /// The largest dependence.
    pub(super) const fn window(&self) -> usize {
        self.window
    }

    /// The largest difference that counts. Levels are whole numbers, so it is one too.
    pub(super) fn most(&self) -> usize {
        self.distances.alpha as usize
    }

    /// Looks around one voxel; also says how many cells were visited.
    fn look(&self, cell: usize, level: usize) -> (Found, usize) {
        let cells = self.levels.cells();
        let row = |radius: u32, offset: isize| {
            let first = (cell as isize + offset - radius as isize) as usize;
            &cells[first..first + 2 * radius as usize + 1]
        };
        let (mut found, mut visited) = (Found::default(), 0);
        if self.wanted.dependences {
            let (radius, most) = (self.distances.ngldm, self.most());
            for offset in self.rows(radius) {
                for other in row(radius, offset).iter().map(|l| l.index()) {
                    found.dependence += usize::from(other > 0 && other.abs_diff(level) <= most);
                }
                visited += 2 * radius as usize + 1;
            }
        }
        if self.wanted.tones {
            let radius = self.distances.ngtdm;
            for offset in self.rows(radius) {
                for other in row(radius, offset).iter().map(|l| l.index()) {
                    found.count += usize::from(other > 0);
                    found.sum += other;
                }
                visited += 2 * radius as usize + 1;
            }
        }
        (found, visited)
    }
}
