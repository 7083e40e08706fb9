//! Labelling by union-find over the runs of equal level along x.

use super::contacts::{of_row, steps};
use crate::aggregation::Extent;
use crate::error::Error;
use crate::family::pace::Pace;
use crate::volume::{Level, Levels};

/// Marks the entry of a root, whose other bits count the voxels of its zone. Other entries are places: of the start
/// of a run, or of a start before it.
pub(super) const ROOT: u32 = 1 << 31;

/// Joins every run with the runs of its level that it touches in the rows before it. Afterwards the first voxel of
/// each zone is its root: its entry holds the number of voxels, its distance is the least of the zone. What is
/// outside forms runs that nothing joins.
pub(super) fn join<L: Level>(
    levels: &Levels<L>,
    extent: Extent,
    entries: &mut [u32],
    distances: &mut [u16],
    pace: &mut Pace,
) -> Result<(), Error> {
    let [nx, ny, nz] = levels.shape();
    let steps = steps(levels.shape());
    for z in 0..nz {
        for y in 0..ny {
            let row = (z * ny + y) * nx;
            let span = levels.span(y, z);
            pace.spend(6 * span.len())?;
            let cells = row + span.start..row + span.end;
            let level = &levels.row(y, z)[span];
            runs(cells.start, level, &mut entries[cells.clone()], &mut distances[cells]);
            of_row(levels, extent, [y, z], row, &steps, |here, there| {
                let (a, b) = (root(entries, here), root(entries, there));
                if a != b {
                    let (first, last) = (a.min(b), a.max(b));
                    entries[first] += entries[last] & !ROOT;
                    entries[last] = first as u32;
                    distances[first] = distances[first].min(distances[last]);
                }
            });
        }
    }
    Ok(())
}

/// Makes every run of a row a zone of its own. Without branches: every voxel writes what is known of its run so far.
fn runs<L: Level>(start: usize, levels: &[L], entries: &mut [u32], distances: &mut [u16]) {
    let Some(first) = levels.first() else { return };
    let (mut run, mut last, mut nearest) = (0, *first, u16::MAX);
    // One length, so that the loop needs no checks.
    let (entries, distances) = (&mut entries[..levels.len()], &mut distances[..levels.len()]);
    for (x, level) in levels.iter().enumerate() {
        let same = *level == last;
        last = *level;
        run = if same { run } else { x };
        let distance = distances[x];
        nearest = if same { nearest.min(distance) } else { distance };
        entries[x] = (start + run) as u32;
        entries[run] = ROOT | (x + 1 - run) as u32;
        distances[run] = nearest;
    }
}

/// The root of a voxel's zone; halves the path on the way.
#[inline]
fn root(entries: &mut [u32], mut at: usize) -> usize {
    loop {
        let parent = entries[at];
        if parent & ROOT != 0 {
            return at;
        }
        let grandparent = entries[parent as usize];
        if grandparent & ROOT != 0 {
            return parent as usize;
        }
        entries[at] = grandparent;
        at = grandparent as usize;
    }
}
