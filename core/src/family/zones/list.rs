//! The zones of a region as lists.

use super::contacts::Contacts;
use super::distance::to_border;
use super::label::{LOW, join, measure};
use crate::aggregation::Extent;
use crate::error::Error;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::volume::{Level, Levels, Mask};
use crate::workspace::{Arena, Footprint};

/// A connected zone of one grey level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Zone {
    /// Grey level.
    pub level: u32,
    /// Number of voxels.
    pub size: u32,
    /// Smallest city-block distance of its voxels to the outside of the morphological mask; 1 at the border.
    pub distance: u32,
}

/// All zones of a region, in the order of their first voxels.
///
/// Of the two buffers, each as long as the box, the first holds a parent and a size per voxel while zones grow
/// and then level and size per zone; the second distances per voxel, then level and distance per zone. So
/// twelve bytes a voxel serve everything.
#[derive(Debug)]
pub struct Zones<'w> {
    /// Level and size, 32 bits each.
    pub(super) sizes: &'w mut [u64],
    /// Level and distance, 16 bits each.
    pub(super) distances: &'w mut [u32],
    /// Zones and voxels before each slice.
    slices: &'w mut [u64],
}

/// The voxels of a box that 32 bits can number.
pub(super) fn cells(shape: [usize; 3]) -> Result<usize, Error> {
    shape
        .iter()
        .try_fold(1usize, |n, side| n.checked_mul(*side))
        .filter(|n| *n <= u32::MAX as usize)
        .ok_or(Error::TooLarge { field: "region.box" })
}

impl<'w> Zones<'w> {
    /// What [`Zones::find`] takes.
    pub fn footprint(shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<u64>(voxels)
            .all_of(Footprint::of::<u32>(voxels))
            .all_of(Footprint::of::<u64>(shape[2].saturating_add(1).saturating_mul(2)))
            .all_of(Contacts::footprint(shape[0]))
    }

    /// Finds the zones, in the volume or slice by slice.
    ///
    /// # Errors
    /// When the boxes differ, a voxel with a level lies outside the morphological mask, the box has more than
    /// `u32::MAX` voxels, the scratch is too small, or the host cancels.
    pub fn find<L: Level>(
        levels: &Levels<L>,
        mask: &Mask,
        extent: Extent,
        watch: &Watch,
        mut scratch: Arena<'w>,
    ) -> Result<Self, Error> {
        let shape = levels.shape();
        if let Some(axis) = (0..3).find(|axis| mask.shape()[*axis] != shape[*axis]) {
            const FIELDS: [&str; 3] = ["mask.shape[0]", "mask.shape[1]", "mask.shape[2]"];
            return Err(Error::invalid(FIELDS[axis], mask.shape()[axis], "the box of the levels"));
        }
        let cells = cells(shape)?;
        let sizes = scratch.take::<u64>(cells)?;
        let distances = scratch.take::<u32>(cells)?;
        let slices = scratch.take_zeroed::<u64>(2 * (shape[2] + 1))?;
        let mut contacts = Contacts::take(shape[0], &mut scratch)?;
        let mut pace = Pace::start(watch)?;
        to_border(mask, extent, distances, &mut pace)?;
        join(levels, extent, &mut contacts, sizes, &mut pace)?;
        measure(levels, sizes, distances, &mut pace)?;
        let mut all = Self { sizes, distances, slices };
        all.collect(levels, &mut pace)?;
        Ok(all)
    }

    /// Moves the zones to the front: a zone's first voxel is never before its place in the list.
    fn collect<L: Level>(&mut self, levels: &Levels<L>, pace: &mut Pace) -> Result<(), Error> {
        let [nx, ny, nz] = levels.shape();
        let (mut zones, mut voxels, mut outside) = (0usize, 0u64, false);
        for z in 0..nz {
            for y in 0..ny {
                let row = (z * ny + y) * nx;
                for (here, level) in (row..).zip(levels.row(y, z)) {
                    let level = level.index();
                    voxels += u64::from(level > 0);
                    let entry = self.sizes[here];
                    if level > 0 && entry & LOW == here as u64 {
                        // A distance d takes a box of at least 2 d - 1 voxels along x and y, and all
                        // voxels have a number of 32 bits: it fits 16.
                        let distance = self.distances[here];
                        outside |= distance == 0;
                        self.sizes[zones] = (level as u64) << 32 | entry >> 32;
                        self.distances[zones] = (level as u32) << 16 | distance & 0xffff;
                        zones += 1;
                    }
                }
                pace.spend(nx)?;
            }
            self.slices[2 * z + 2] = zones as u64;
            self.slices[2 * z + 3] = voxels;
        }
        if outside {
            let expected = "the morphological mask around every voxel that has a level";
            return Err(Error::invalid("mask.cells", 0usize, expected));
        }
        Ok(())
    }

    /// The zones whose first voxel lies in these slices of the box.
    pub fn iter(&self, slices: core::ops::Range<usize>) -> impl Iterator<Item = Zone> + '_ {
        let (zones, _) = self.range(slices);
        self.sizes[zones.clone()].iter().zip(&self.distances[zones]).map(|(size, distance)| Zone {
            level: (size >> 32) as u32,
            size: *size as u32,
            distance: distance & 0xffff,
        })
    }

    /// Zones that start in some slices, and the voxels of these slices.
    pub(super) fn range(&self, slices: core::ops::Range<usize>) -> (core::ops::Range<usize>, u64) {
        let last = self.slices.len() / 2 - 1;
        let (start, end) = (slices.start.min(last), slices.end.min(last));
        let (start, end) = (2 * start.min(end), 2 * end);
        let zones = self.slices[start] as usize..self.slices[end] as usize;
        (zones, self.slices[end + 1] - self.slices[start + 1])
    }
}
