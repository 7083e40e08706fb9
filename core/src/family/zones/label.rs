//! Labels of zones in the making.
//!
//! A voxel takes the label of a voxel before it that it touches, and a new one where it touches none. Where it touches
//! voxels of different labels these are joined; so what is searched is a short list of labels, not the voxels.

use super::contacts::{self, BITS, of_row};
use crate::aggregation::Extent;
use crate::error::Error;
use crate::family::pace::Pace;
use crate::volume::{Level, Levels};
use crate::workspace::{Arena, Footprint};

/// Labels, in the order of their first voxels. There are never more than voxels before, so that one more always fits.
pub(super) struct Labels<'l> {
    /// The label that this one was joined with, or itself, above; below the number of voxels, if it is itself.
    pub links: &'l mut [u64],
    /// Level above, smallest distance below, 16 bits each; the upper half has the distance of each voxel of the box
    /// until it is visited.
    pub marks: &'l mut [u32],
    /// How many there are.
    pub used: usize,
}

impl Labels<'_> {
    /// Counts a voxel, `alone` with a new label, or else with the label `there`; returns the one that it has.
    #[inline(always)]
    fn count(&mut self, alone: bool, there: u32, mark: u32) -> usize {
        let new = self.used;
        let mut label = if alone { new } else { there as usize };
        // Made whether it is needed or not: a branch could not be foretold.
        self.links[new] = (new as u64) << 32;
        self.marks[new] = mark;
        self.used += usize::from(alone);
        // Mostly it was joined with no other.
        if (self.links[label] >> 32) as usize != label {
            label = self.root(label);
        }
        self.links[label] += 1;
        self.marks[label] = mark.min(self.marks[label]);
        label
    }

    /// The label that a label was joined with in the end; halves the path on the way.
    #[inline]
    fn root(&mut self, mut label: usize) -> usize {
        loop {
            let parent = (self.links[label] >> 32) as usize;
            if parent == label {
                return label;
            }
            let grandparent = self.links[parent] >> 32;
            self.links[label] = grandparent << 32;
            label = grandparent as usize;
        }
    }

    /// Joins a root with another label and all that they have; returns the root that stays.
    #[inline]
    fn join(&mut self, root: usize, other: usize) -> usize {
        let other = self.root(other);
        let (first, last) = (root.min(other), root.max(other));
        if first != last {
            self.links[first] += self.links[last] & COUNT;
            self.links[last] = (first as u64) << 32;
            self.marks[first] = self.marks[first].min(self.marks[last]);
        }
        first
    }

    /// Moves the zones to the front, in the order of their first voxels; what is outside has no level and is left out.
    /// `slices` has the labels that begin before each slice, and afterwards the zones.
    pub(super) fn collect(&mut self, slices: &mut [u64], pace: &mut Pace) -> Result<(), Error> {
        let (mut zones, mut label) = (0, 0);
        for [before, _] in slices.as_chunks_mut::<2>().0 {
            let end = *before as usize;
            pace.spend(end - label)?;
            for label in label..end {
                let (link, mark) = (self.links[label], self.marks[label]);
                let level = u64::from(mark >> 16);
                // Without a branch: the next one in its place unless it is a zone.
                self.links[zones] = level << 32 | (link & COUNT);
                self.marks[zones] = mark;
                zones += usize::from((link >> 32) as usize == label && level > 0);
            }
            (label, *before) = (end, zones as u64);
        }
        Ok(())
    }
}

/// The part of a link that counts.
const COUNT: u64 = u32::MAX as u64;

/// Where labels of voxels are kept while others can touch them.
pub(super) struct Places<'w> {
    /// Of two slices by turns.
    labels: &'w mut [u32],
    /// Distances of a row.
    distances: &'w mut [u16],
}

impl<'w> Places<'w> {
    pub(super) fn footprint([nx, ny, _]: [usize; 3]) -> Footprint {
        Footprint::of::<u32>(nx.saturating_mul(ny).saturating_mul(2))
            .all_of(Footprint::of::<u16>(nx))
    }

    pub(super) fn take([nx, ny, _]: [usize; 3], scratch: &mut Arena<'w>) -> Result<Self, Error> {
        Ok(Self { labels: scratch.take(2 * nx * ny)?, distances: scratch.take(nx)? })
    }

    /// Labels all voxels; what is outside within a row gets labels of its own. Writes how many labels and voxels there are
    /// before each slice and in all.
    pub(super) fn label<L: Level>(
        &mut self,
        levels: &Levels<L>,
        extent: Extent,
        labels: &mut Labels,
        slices: &mut [u64],
        pace: &mut Pace,
    ) -> Result<(), Error> {
        let [nx, ny, nz] = levels.shape();
        let (cells, plane) = (nx * ny * nz, (nx * ny) as isize);
        let mut voxels = 0;
        let places = &mut *self.labels;
        for z in 0..nz {
            let here = if z % 2 == 0 { 0 } else { plane };
            // The slice before is in the other half.
            let steps: [isize; BITS] = contacts::steps().map(|[dx, dy, dz]| {
                let other = if dz == 0 { 0 } else { plane - 2 * here };
                dx as isize + dy as isize * nx as isize + other
            });
            for y in 0..ny {
                let span = levels.span(y, z);
                pace.spend(6 * span.len())?;
                let distances = &mut self.distances[..span.len()];
                let first = cells + (z * ny + y) * nx + span.start;
                let all: &[u16] = bytemuck::cast_slice(labels.marks);
                distances.copy_from_slice(&all[first..first + span.len()]);
                let row = here as usize + y * nx;
                of_row(levels, extent, [y, z], |first, levels, contacts| {
                    let distances = &distances[first - span.start..];
                    for (at, ((level, contacts), distance)) in
                        levels.iter().zip(contacts).zip(distances).enumerate()
                    {
                        let place = row + first + at;
                        let step = |bits: u16| steps[bits.trailing_zeros() as usize % BITS];
                        let there = places[place.wrapping_add_signed(step(contacts | NONE))];
                        let mark = (level.index() as u32) << 16 | u32::from(*distance);
                        let mut label = labels.count(*contacts == 0, there, mark);
                        let mut more = contacts & contacts.wrapping_sub(1);
                        while more != 0 {
                            let other = places[place.wrapping_add_signed(step(more))] as usize;
                            if other != label {
                                label = labels.join(label, other);
                            }
                            more &= more - 1;
                        }
                        places[place] = label as u32;
                    }
                    // A block has fewer voxels than a byte counts.
                    let inside = levels.iter().map(|level| u8::from(level.index() > 0));
                    voxels += u64::from(inside.sum::<u8>());
                });
            }
            slices[2 * z + 2] = labels.used as u64;
            slices[2 * z + 3] = voxels;
        }
        Ok(())
    }
}

/// The bit of no step.
const NONE: u16 = 1 << (BITS - 1);
