//! The zones of a region as lists.

use super::distance::to_border;
use super::label::{ROOT, join};
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
/// Two buffers, each as long as the box, hold level and size, and level and distance of each zone. While zones grow,
/// their upper halves hold an entry and a distance for each voxel: a zone's first voxel is never before its place in
/// the list, so that what is written is never beyond what is still to be read.
#[derive(Debug)]
pub struct Zones<'w> {
    /// Level and size, 32 bits each.
    pub(super) sizes: &'w mut [u64],
    /// Level and distance, 16 bits each.
    pub(super) distances: &'w mut [u32],
    /// Zones and voxels before each slice.
    slices: &'w mut [u64],
}

/// Voxels whose entries are looked at together.
const BLOCK: usize = 8;

/// How many voxels have a level. So many at a time that a byte counts them.
fn inside<L: Level>(row: &[L]) -> u64 {
    let count = |row: &[L]| row.iter().map(|level| u8::from(level.index() > 0)).sum::<u8>();
    row.chunks(usize::from(u8::MAX)).map(|row| u64::from(count(row))).sum()
}

/// The voxels of a box that 31 bits can number.
pub(super) fn cells(shape: [usize; 3]) -> Result<usize, Error> {
    shape
        .iter()
        .try_fold(1usize, |n, side| n.checked_mul(*side))
        .filter(|n| *n < ROOT as usize)
        .ok_or(Error::TooLarge { field: "region.box" })
}

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
        let mut all = Self { sizes, distances, slices };
        let (entries, distances) = all.halves();
        let (entries, distances) = (&mut entries[cells..], &mut distances[cells..]);
        to_border(mask, extent, distances, &mut pace)?;
        join(levels, extent, entries, distances, &mut pace)?;
        all.collect(levels, &mut pace)?;
        Ok(all)
    }

    /// The buffers in halves of their words.
    fn halves(&mut self) -> (&mut [u32], &mut [u16]) {
        (bytemuck::cast_slice_mut(self.sizes), bytemuck::cast_slice_mut(self.distances))
    }

    /// Moves the zones to the front.
    fn collect<L: Level>(&mut self, levels: &Levels<L>, pace: &mut Pace) -> Result<(), Error> {
        let [nx, ny, nz] = levels.shape();
        let (mut zones, mut voxels, mut outside) = (0usize, 0u64, false);
        let slices = core::mem::take(&mut self.slices);
        let (sizes, distances) = self.halves();
        let cells = nx * ny * nz;
        for z in 0..nz {
            for y in 0..ny {
                let span = levels.span(y, z);
                pace.spend(span.len())?;
                let first = cells + (z * ny + y) * nx + span.start;
                let row = &levels.row(y, z)[span];
                voxels += inside(row);
                for (first, row) in (first..).step_by(BLOCK).zip(row.chunks(BLOCK)) {
                    // Where zones are large, most blocks have no root.
                    let entries = &sizes[first..first + row.len()];
                    if entries.iter().fold(0, |all, entry| all | entry) & ROOT == 0 {
                        continue;
                    }
                    // Where they are small, a branch could not be foretold: every voxel is written as if it were a zone,
                    // and the next one in its place unless it is.
                    for (here, level) in (first..).zip(row) {
                        let (entry, level, distance) =
                            (sizes[here], level.index(), distances[here]);
                        let zone = entry & ROOT != 0 && level > 0;
                        outside |= zone & (distance == 0);
                        let size = (level as u64) << 32 | u64::from(entry & !ROOT);
                        let distance = (level as u32) << 16 | u32::from(distance);
                        sizes.as_chunks_mut().0[zones] = bytemuck::cast::<_, [u32; 2]>(size);
                        distances.as_chunks_mut().0[zones] =
                            bytemuck::cast::<_, [u16; 2]>(distance);
                        zones += usize::from(zone);
                    }
                }
            }
            slices[2 * z + 2] = zones as u64;
            slices[2 * z + 3] = voxels;
        }
        self.slices = slices;
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
