//! The zones of a region as lists.

use super::distance::to_border;
use super::label::{Labels, Places};
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
/// Two buffers, each as long as the box, hold level and size, and level and distance of each zone; before, those of
/// labels. The upper half of one holds the distance of each voxel first: a label's first voxel is never before its place in the
/// list, so that what is written is never beyond what is still to be read.
#[derive(Debug)]
pub struct Zones<'w> {
    /// Level and size, 32 bits each.
    pub(super) sizes: &'w mut [u64],
    /// Level and distance, 16 bits each.
    pub(super) distances: &'w mut [u32],
    /// Zones and voxels before each slice.
    slices: &'w mut [u64],
}

/// The voxels of a box that 31 bits can number.
pub(super) fn cells(shape: [usize; 3]) -> Result<usize, Error> {
    shape
        .iter()
        .try_fold(1usize, |n, side| n.checked_mul(*side))
        .filter(|n| *n < 1 << 31)
        .ok_or(Error::TooLarge { field: "region.box" })
}

impl<'w> Zones<'w> {
    /// What [`Zones::find`] takes.
    pub fn footprint(shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<u64>(voxels)
            .all_of(Footprint::of::<u32>(voxels))
            .all_of(Footprint::of::<u64>(shape[2].saturating_add(1).saturating_mul(2)))
            .all_of(Places::footprint(shape))
    }

    /// Finds the zones, in the volume or slice by slice.
    ///
    /// # Errors
    /// When the boxes differ, a voxel with a level lies outside the morphological mask, the box has 2^31
    /// voxels or more, the scratch is too small, or the host cancels.
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
        let mut pace = Pace::start(watch)?;
        let voxels: &mut [u16] = bytemuck::cast_slice_mut(distances);
        to_border(mask, extent, &mut voxels[cells..], &mut pace)?;
        let mut labels = Labels { links: sizes, marks: distances, used: 0 };
        let mut places = Places::take(shape, &mut scratch)?;
        places.label(levels, extent, &mut labels, slices, &mut pace)?;
        labels.collect(slices, &mut pace)?;
        let all = Self { sizes, distances, slices };
        if all.iter(0..shape[2]).any(|zone| zone.distance == 0) {
            let expected = "the morphological mask around every voxel that has a level";
            return Err(Error::invalid("mask.cells", 0usize, expected));
        }
        Ok(all)
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
