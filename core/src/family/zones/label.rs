//! Labelling by union-find over the runs of equal level along x.

use super::contacts::Contacts;
use crate::aggregation::Extent;
use crate::error::Error;
use crate::family::pace::Pace;
use crate::volume::{Level, Levels};

/// The lower half of a word: the parent of a run; the upper half of a root counts voxels.
pub(super) const LOW: u64 = 0xffff_ffff;

/// Runs of equal level in a row, as (level, first x, one past the last x).
fn runs<L: Level>(row: &[L]) -> impl Iterator<Item = (L, usize, usize)> {
    let mut end = 0;
    row.chunk_by(|a, b| a == b).filter_map(move |run| {
        let start = end;
        end += run.len();
        (run[0].index() > 0).then_some((run[0], start, end))
    })
}

/// Joins every run with the runs of its level that it touches in the rows before it. Afterwards the entry of
/// each voxel is the start of its run (outside the region of its gap), and that of the start of a run a start
/// that is not after it: itself for a root, which is the first voxel of its zone.
pub(super) fn join<L: Level>(
    levels: &Levels<L>,
    extent: Extent,
    contacts: &mut Contacts,
    parents: &mut [u64],
    pace: &mut Pace,
) -> Result<(), Error> {
    let [nx, ny, nz] = levels.shape();
    for z in 0..nz {
        for y in 0..ny {
            let row = (z * ny + y) * nx;
            let mut start = row;
            let mut last = None;
            for (x, (level, parent)) in
                levels.row(y, z).iter().zip(&mut parents[row..row + nx]).enumerate()
            {
                if last != Some(*level) {
                    start = row + x;
                    last = Some(*level);
                }
                *parent = start as u64;
            }
            contacts.of_row(levels, extent, y, z, |x, [dx, dy, dz]| {
                let step = dx as isize + nx as isize * (dy as isize + ny as isize * dz as isize);
                let here = row + x;
                let there = (here as isize + step) as usize;
                let (a, b) = (root(parents, here), root(parents, there));
                parents[a.max(b)] = a.min(b) as u64;
            });
            pace.spend(4 * nx)?;
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

/// Counts voxels and least distance of every zone at its first voxel. A parent is never after its run, so one
/// step from it leads to the root.
pub(super) fn measure<L: Level>(
    levels: &Levels<L>,
    parents: &mut [u64],
    distances: &mut [u32],
    pace: &mut Pace,
) -> Result<(), Error> {
    let [nx, ny, nz] = levels.shape();
    for z in 0..nz {
        for y in 0..ny {
            let row = (z * ny + y) * nx;
            for (_, first, end) in runs(levels.row(y, z)) {
                let (start, voxels) = (row + first, (end - first) as u64);
                let nearest = distances[start..row + end].iter().copied().min().unwrap_or(0);
                let parent = (parents[start] & LOW) as usize;
                let root = (parents[parent] & LOW) as usize;
                parents[start] = parents[start] & !LOW | root as u64;
                parents[root] += voxels << 32;
                distances[root] = distances[root].min(nearest);
            }
            pace.spend(nx)?;
        }
    }
    Ok(())
}
