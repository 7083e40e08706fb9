//! The voxels of a region bucketed by grey level, for families whose matrices are too large to be dense.

use crate::error::Error;
use crate::volume::{Level, Levels};
use crate::workspace::{Arena, Footprint};

/// Cell numbers of the voxels with each grey level, in visiting order.
pub(crate) struct Buckets<'w> {
    voxels: &'w mut [u32],
    /// `ends[l]` is one past the last voxel of level `l`; `ends[0]` is 0.
    ends: &'w mut [u32],
}

impl<'w> Buckets<'w> {
    pub(crate) fn footprint(shape: [usize; 3], levels: u32) -> Footprint {
        Self::footprint_of(shape.iter().fold(1usize, |n, side| n.saturating_mul(*side)), levels)
    }

    /// What [`Buckets::take`] takes for at most so many voxels.
    pub(crate) fn footprint_of(voxels: usize, levels: u32) -> Footprint {
        Footprint::of::<u32>(voxels).all_of(Footprint::of::<u32>(levels as usize + 1))
    }

    pub(crate) fn take<L: Level>(
        levels: &Levels<L>,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let voxels = usize::try_from(levels.voxels())
            .map_err(|_| Error::TooLarge { field: "region.box" })?;
        let length = levels.count() as usize + 1;
        Ok(Self { voxels: scratch.take(voxels)?, ends: scratch.take_zeroed(length)? })
    }

    /// Sorts the voxels of some slices into their buckets.
    pub(crate) fn fill<L: Level>(&mut self, levels: &Levels<L>, slices: core::ops::Range<usize>) {
        let [nx, ny, _] = levels.shape();
        let each = |visit: &mut dyn FnMut(usize, usize)| {
            for z in slices.clone() {
                for y in 0..ny {
                    let start = levels.index(0, y, z);
                    for (x, cell) in levels.cells()[start..start + nx].iter().enumerate() {
                        if cell.index() > 0 {
                            visit(cell.index(), start + x);
                        }
                    }
                }
            }
        };
        self.ends.fill(0);
        let ends = &mut *self.ends;
        each(&mut |level, _| ends[level] += 1);
        let mut before = 0;
        for end in ends.iter_mut() {
            // Where the level starts; filling moves it to its end.
            before += core::mem::replace(end, before);
        }
        let voxels = &mut *self.voxels;
        each(&mut |level, cell| {
            voxels[ends[level] as usize] = cell as u32;
            ends[level] += 1;
        });
    }

    /// Levels that occur, rising, with their voxels.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (usize, &[u32])> {
        (1..self.ends.len()).filter_map(|level| {
            let (start, end) = (self.ends[level - 1] as usize, self.ends[level] as usize);
            (end > start).then(|| (level, &self.voxels[start..end]))
        })
    }
}
