//! Whole-number counts per grey level, exact in any order.

use super::Distances;
use crate::aggregation::Extent;
use crate::error::Error;
use crate::family::buckets::Buckets;
use crate::host::Watch;
use crate::volume::{Level, Levels};
use crate::workspace::{Arena, Footprint};

/// Voxels of a neighbourhood, with its centre.
pub(super) const fn window(radius: u32, extent: Extent) -> usize {
    let side = 2 * radius as usize + 1;
    match extent {
        Extent::Volume => side * side * side,
        Extent::Slice | Extent::SlicesMerged => side * side,
    }
}

/// Up to this many cells the counts of all levels stand side by side.
const DENSE_CELLS: usize = 1 << 17;

/// The counts of one grey level.
#[derive(Debug)]
pub struct LevelTally<'t> {
    /// `dependence[k]` voxels have the dependence k.
    pub dependence: &'t [u64],
    /// `numerators[m]` is the sum of |m level - sum of neighbour levels| over voxels with m neighbours.
    pub numerators: &'t [u64],
    /// Voxels that have a neighbour.
    pub with_neighbours: u64,
}

/// What is counted, and where.
#[derive(Debug)]
pub struct Tally<'l, 'c, L> {
    /// The grey levels.
    pub levels: &'l Levels<'c, L>,
    /// How far neighbours are looked for.
    pub distances: Distances,
    /// Whether they lie in the slice or in the volume.
    pub extent: Extent,
    /// The slices of the centres.
    pub slices: core::ops::Range<usize>,
    /// Whether to count tone differences, and dependences.
    pub wanted: (bool, bool),
}

/// Counters of one level: dependences, numerators, and voxels with neighbours.
const fn counters(window: usize) -> usize {
    2 * (window + 1) + 1
}

impl Tally<'_, '_, u8> {
    /// What [`Tally::visit`] takes for any region in a box.
    pub fn footprint(shape: [usize; 3], max_levels: u32, radius: u32) -> Footprint {
        let row = counters(window(radius, Extent::Volume));
        let cells = (max_levels as usize).saturating_mul(row);
        let dense = Footprint::of::<u64>(cells.min(DENSE_CELLS));
        if cells <= DENSE_CELLS {
            return dense;
        }
        dense.any_of(Buckets::footprint(shape, max_levels).all_of(Footprint::of::<u64>(row)))
    }
}

impl<L: Level> Tally<'_, '_, L> {
    /// Calls `row` for every grey level that occurs, rising.
    ///
    /// # Errors
    /// When the scratch is too small or the host cancels.
    pub fn visit(
        &self,
        watch: &Watch,
        mut scratch: Arena<'_>,
        mut row: impl FnMut(usize, &LevelTally),
    ) -> Result<(), Error> {
        let window = window(self.distances.ngtdm.max(self.distances.ngldm), self.extent);
        let length = counters(window);
        let count = self.levels.count() as usize;
        if count.saturating_mul(length) <= DENSE_CELLS {
            let tables = scratch.take_zeroed::<u64>(count * length)?;
            let [nx, ny, _] = self.levels.shape();
            for z in self.slices.clone() {
                watch.check()?;
                for y in 0..ny {
                    let start = self.levels.index(0, y, z);
                    for cell in start..start + nx {
                        let level = self.levels.cells()[cell].index();
                        if level > 0 {
                            self.add(cell, &mut tables[(level - 1) * length..][..length], window);
                        }
                    }
                }
            }
            for (i, counters) in tables.chunks_exact(length).enumerate() {
                emit(i + 1, counters, window, &mut row);
            }
            return Ok(());
        }
        let mut buckets = Buckets::take(self.levels, &mut scratch)?;
        buckets.fill(self.levels, self.slices.clone());
        let counters = scratch.take::<u64>(length)?;
        for (level, voxels) in buckets.iter() {
            counters.fill(0);
            for voxels in voxels.chunks(1 << 12) {
                watch.check()?;
                for voxel in voxels {
                    self.add(*voxel as usize, counters, window);
                }
            }
            emit(level, counters, window, &mut row);
        }
        Ok(())
    }

    /// Counts one voxel.
    #[inline]
    fn add(&self, cell: usize, counters: &mut [u64], window: usize) {
        let level = self.levels.cells()[cell].index();
        let Distances { ngtdm, ngldm, alpha } = self.distances;
        let (dependence, rest) = counters.split_at_mut(window + 1);
        let (numerators, with_neighbours) = rest.split_at_mut(window + 1);
        if self.wanted.1 {
            // Levels are whole numbers, so is the largest difference that counts.
            let most = alpha as usize;
            let mut dependent = 0;
            self.neighbours(cell, ngldm, |other| {
                dependent += usize::from(other > 0 && other.abs_diff(level) <= most);
            });
            // The centre is one of them: its difference is 0.
            dependence[dependent] += 1;
        }
        if self.wanted.0 {
            let (mut count, mut sum) = (0usize, 0usize);
            self.neighbours(cell, ngtdm, |other| {
                count += usize::from(other > 0);
                sum += other;
            });
            let (count, sum) = (count - 1, sum - level);
            if count > 0 {
                numerators[count] += (level * count).abs_diff(sum) as u64;
                with_neighbours[0] += 1;
            }
        }
    }

    /// Calls `visit` with every level of a neighbourhood, the centre included.
    #[inline]
    fn neighbours(&self, cell: usize, radius: u32, mut visit: impl FnMut(usize)) {
        let r = radius as isize;
        let [_, sy, sz] = self.levels.strides();
        let solid = if self.extent == Extent::Volume { r } else { 0 };
        let cells = self.levels.cells();
        for z in -solid..=solid {
            for y in -r..=r {
                let first = (cell as isize + z * sz + y * sy - r) as usize;
                for other in &cells[first..first + 2 * radius as usize + 1] {
                    visit(other.index());
                }
            }
        }
    }
}

fn emit(level: usize, counters: &[u64], window: usize, row: &mut impl FnMut(usize, &LevelTally)) {
    let (dependence, rest) = counters.split_at(window + 1);
    let (numerators, with_neighbours) = rest.split_at(window + 1);
    let with_neighbours = with_neighbours[0];
    if with_neighbours > 0 || dependence.iter().any(|count| *count > 0) {
        row(level, &LevelTally { dependence, numerators, with_neighbours });
    }
}
