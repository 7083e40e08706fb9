//! Labelling by union-find over the runs of equal level along x.

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
/// each voxel is the start of its run, and that of each start a start that is not after it: itself for a root,
/// which is the first voxel of its zone.
pub(super) fn join<L: Level>(
    levels: &Levels<L>,
    extent: Extent,
    parents: &mut [u64],
    pace: &mut Pace,
) -> Result<(), Error> {
    let [nx, ny, nz] = levels.shape();
    let cells = levels.cells();
    // The rows before, in padded cells and in box voxels: above, and three in the slice before.
    let step = |y: i32, z: i32| {
        (levels.offset([0, y, z]), nx as isize * (y as isize + ny as isize * z as isize))
    };
    let before = [step(-1, 0), step(0, -1), step(-1, -1), step(1, -1)];
    let before = if extent == Extent::Volume { &before[..] } else { &before[..1] };
    for z in 0..nz {
        for y in 0..ny {
            let padded = levels.index(0, y, z);
            let row = (z * ny + y) * nx;
            for (level, first, end) in runs(levels.row(y, z)) {
                parents[row + first..row + end].fill((row + first) as u64);
                let mut mine = row + first;
                for (offset, dense) in before {
                    // From one voxel before the run to one after it; the margin has no level.
                    let from = (padded as isize + offset) as usize + first - 1;
                    let mut others = cells[from..from + (end - first) + 2].iter().enumerate();
                    // One contact with each run is enough: skip to its end.
                    while let Some((at, _)) = others.find(|(_, other)| **other == level) {
                        let other = (row as isize + dense) as usize + first + at - 1;
                        let root = root(parents, other);
                        parents[mine.max(root)] = mine.min(root) as u64;
                        mine = mine.min(root);
                        others.find(|(_, other)| **other != level);
                    }
                }
            }
            pace.spend(nx * before.len() * 4)?;
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

/// Calls `zone` with level and first voxel of every zone that starts in a slice, in the order of the voxels.
pub(super) fn roots<L: Level>(
    levels: &Levels<L>,
    z: usize,
    mut zone: impl FnMut(usize, usize, u64),
) {
    let [nx, ny, _] = levels.shape();
    for y in 0..ny {
        let row = (z * ny + y) * nx;
        for (level, first, end) in runs(levels.row(y, z)) {
            zone(level.index(), row + first, (end - first) as u64);
        }
    }
}
