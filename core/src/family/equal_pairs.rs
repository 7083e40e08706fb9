//! Pairs of neighbours with the same grey level, which tell run lengths how many runs of two there are.
//!
//! A run of j voxels holds j - 1 pairs of neighbours. So the pairs that longer runs leave over are runs of two, which
//! nobody has to visit, and the voxels that these leave over are runs of one.

use crate::error::Error;
use crate::volume::DIRECTIONS;
use crate::workspace::{Arena, Footprint};

/// For each grey level and direction, how many voxels of the region have a neighbour of their level one step along it:
/// the diagonals of the co-occurrence matrices of all directions.
#[derive(Debug)]
pub struct EqualPairs<'w> {
    /// From level 0 on, which is outside and holds anything.
    counts: &'w mut [[u32; DIRECTIONS.len()]],
    known: bool,
    voxels: Option<&'w [u64]>,
}

impl<'w> EqualPairs<'w> {
    /// What [`EqualPairs::take`] takes for a number of levels.
    pub fn footprint(levels: u32) -> Footprint {
        Footprint::of::<u32>(DIRECTIONS.len()).times(levels as usize + 1)
    }

    /// Pairs that are not known yet.
    ///
    /// # Errors
    /// When the scratch is too small.
    pub fn take(levels: u32, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let counts = scratch.take::<u32>(DIRECTIONS.len() * (levels as usize + 1))?;
        Ok(Self { counts: counts.as_chunks_mut().0, known: false, voxels: None })
    }

    /// The same, with the voxels of each level from 1 on where they are known too.
    pub fn with_voxels(self, voxels: Option<&'w [u64]>) -> Self {
        Self { voxels, ..self }
    }

    /// Takes them over, level by level from 0 on.
    pub(crate) fn learn(&mut self, counts: impl Iterator<Item = [u32; DIRECTIONS.len()]>) {
        self.counts.iter_mut().zip(counts).for_each(|(place, counts)| *place = counts);
        self.known = true;
    }

    /// The voxels of each level from 1 on, if they are known.
    pub(crate) fn voxels(&self) -> Option<&[u64]> {
        self.voxels
    }

    /// The pairs level by level from 0 on, once they are known.
    pub(crate) fn known(&self) -> Option<&[[u32; DIRECTIONS.len()]]> {
        self.known.then_some(&*self.counts)
    }
}
