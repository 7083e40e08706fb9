//! Labelling by union-find, and the zones as sorted lists.

use super::distance::to_border;
use super::features;
use crate::aggregation::Extent;
use crate::error::Error;
use crate::family::emphasis::COMMON;
use crate::host::Watch;
use crate::status::Value;
use crate::volume::{DIRECTIONS, Level, Levels, Mask, PLANAR_DIRECTIONS};
use crate::workspace::{Arena, Footprint};

/// A connected zone of one grey level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Zone {
    /// Grey level.
    pub level: u32,
    /// Number of voxels.
    pub size: u32,
    /// Smallest distance of its voxels to the border.
    pub distance: u32,
}

/// All zones of a region.
///
/// Of the two buffers, each as long as the box, the first holds a parent and a size per voxel while zones grow
/// and then level and size per zone; the second distances per voxel, then level and distance per zone. So
/// twelve bytes a voxel serve everything.
#[derive(Debug)]
pub struct Zones<'w> {
    sizes: &'w mut [u64],
    distances: &'w mut [u32],
    /// Zones that end before each slice, as (zones, voxels); only the box's slices are filled.
    slices: &'w mut [u64],
}

const LOW: u64 = 0xffff_ffff;

impl<'w> Zones<'w> {
    /// What [`Zones::find`] takes.
    pub fn footprint(shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<u64>(voxels)
            .all_of(Footprint::of::<u32>(voxels))
            .all_of(Footprint::of::<u64>(shape[2].saturating_add(1).saturating_mul(2)))
    }

    /// Finds the zones, in the volume or slice by slice.
    ///
    /// # Errors
    /// When the scratch is too small or the host cancels.
    pub fn find<L: Level>(
        levels: &Levels<L>,
        mask: &Mask,
        extent: Extent,
        watch: &Watch,
        mut scratch: Arena<'w>,
    ) -> Result<Self, Error> {
        let [nx, ny, nz] = levels.shape();
        let cells = nx * ny * nz;
        let sizes = scratch.take::<u64>(cells)?;
        let distances = scratch.take::<u32>(cells)?;
        let slices = scratch.take_zeroed::<u64>(2 * (nz + 1))?;
        to_border(mask, extent, distances);
        join(levels, extent, sizes, watch)?;
        collect(levels, sizes, distances, slices, watch)?;
        Ok(Self { sizes, distances, slices })
    }

    /// The zones whose first voxel lies in these slices, before any matrix was made of them.
    pub fn iter(&self, slices: core::ops::Range<usize>) -> impl Iterator<Item = Zone> + '_ {
        let (zones, _) = self.range(slices);
        self.sizes[zones.clone()].iter().zip(&self.distances[zones]).map(|(size, distance)| Zone {
            level: (size >> 32) as u32,
            size: *size as u32,
            distance: distance & 0xffff,
        })
    }

    /// Zones and voxels of some slices.
    fn range(&self, slices: core::ops::Range<usize>) -> (core::ops::Range<usize>, u64) {
        let [a, b] = [2 * slices.start, 2 * slices.end];
        let zones = self.slices[a] as usize..self.slices[b] as usize;
        (zones, self.slices[b + 1] - self.slices[a + 1])
    }

    /// Features over sizes and over distances of the zones of some slices. Sorts them in place: size and
    /// distance no longer belong to one zone afterwards.
    pub(super) fn matrices(
        &mut self,
        slices: core::ops::Range<usize>,
    ) -> [Option<[Value; COMMON]>; 2] {
        let (zones, voxels) = self.range(slices);
        let sizes = &mut self.sizes[zones.clone()];
        let distances = &mut self.distances[zones];
        let size = features(
            sizes,
            |key| ((key >> 32) as usize, (key & LOW) as usize),
            |key| key.rotate_left(32),
            voxels,
        );
        let distance = features(
            distances,
            |key| ((key >> 16) as usize, (key & 0xffff) as usize),
            |key| key.rotate_left(16),
            voxels,
        );
        [size, distance]
    }
}

/// Joins every voxel with its neighbours of the same level that come before it. A parent is never after its
/// voxel, so a root is the first voxel of its zone.
fn join<L: Level>(
    levels: &Levels<L>,
    extent: Extent,
    parents: &mut [u64],
    watch: &Watch,
) -> Result<(), Error> {
    let [nx, ny, nz] = levels.shape();
    let cells = levels.cells();
    // Opposites of the directions: these neighbours have been visited.
    let mut before = [(0isize, 0isize); DIRECTIONS.len()];
    for (pair, d) in before.iter_mut().zip(DIRECTIONS) {
        let dense = d[0] as isize + nx as isize * (d[1] as isize + ny as isize * d[2] as isize);
        *pair = (levels.offset(d), dense);
    }
    let before = match extent {
        Extent::Volume => &before[..],
        Extent::Slice | Extent::SlicesMerged => &before[..PLANAR_DIRECTIONS],
    };
    for z in 0..nz {
        watch.check()?;
        for y in 0..ny {
            let start = levels.index(0, y, z);
            let row = (z * ny + y) * nx;
            for x in 0..nx {
                let (padded, here) = (start + x, row + x);
                parents[here] = here as u64;
                let level = cells[padded];
                if level.index() == 0 {
                    continue;
                }
                for (offset, dense) in before {
                    // The margin is 0, so a neighbour of the same level lies in the box.
                    if cells[(padded as isize - offset) as usize] == level {
                        let other = (here as isize - dense) as usize;
                        let (a, b) = (root(parents, here), root(parents, other));
                        parents[a.max(b)] = a.min(b) as u64;
                    }
                }
            }
        }
    }
    Ok(())
}

/// The first voxel of a zone; halves the path on the way.
#[inline]
fn root(parents: &mut [u64], mut at: usize) -> usize {
    loop {
        let parent = parents[at] as usize;
        if parent == at {
            return at;
        }
        let grandparent = parents[parent];
        parents[at] = grandparent;
        at = grandparent as usize;
    }
}

/// Counts voxels and least distance of every zone, then writes the zones to the front of the buffers, in the
/// order of their first voxels: a zone never comes before the place it is written to.
fn collect<L: Level>(
    levels: &Levels<L>,
    sizes: &mut [u64],
    distances: &mut [u32],
    slices: &mut [u64],
    watch: &Watch,
) -> Result<(), Error> {
    let [nx, ny, nz] = levels.shape();
    // Flatten: a parent comes before its voxel, so one step leads to the root. The size of a zone grows in the
    // upper half of its root.
    for z in 0..nz {
        watch.check()?;
        for y in 0..ny {
            for (x, level) in levels.row(y, z).iter().enumerate() {
                let here = (z * ny + y) * nx + x;
                if level.index() == 0 {
                    continue;
                }
                let parent = (sizes[here] & LOW) as usize;
                let root = (sizes[parent] & LOW) as usize;
                sizes[here] = sizes[here] & !LOW | root as u64;
                sizes[root] += 1 << 32;
                distances[root] = distances[root].min(distances[here]);
            }
        }
    }
    let (mut zones, mut voxels) = (0usize, 0u64);
    for z in 0..nz {
        for y in 0..ny {
            for (x, level) in levels.row(y, z).iter().enumerate() {
                let here = (z * ny + y) * nx + x;
                if level.index() == 0 {
                    continue;
                }
                voxels += 1;
                if sizes[here] & LOW == here as u64 {
                    let level = level.index();
                    // No box of addressable size has a distance beyond 16 bits: its sides would be longer.
                    let distance = distances[here].min(0xffff);
                    sizes[zones] = (level as u64) << 32 | sizes[here] >> 32;
                    distances[zones] = (level as u32) << 16 | distance;
                    zones += 1;
                }
            }
        }
        slices[2 * z + 2] = zones as u64;
        slices[2 * z + 3] = voxels;
    }
    Ok(())
}
