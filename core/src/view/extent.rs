//! The box around the voxels of a region, found in the order in which they lie in memory.

use super::{BoundingBox, Layout};
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;

/// Voxels that can be searched along a line of equal steps in the buffer.
pub(super) trait Lines {
    /// Number in the line of the first voxel inside.
    fn first(&self, start: usize, stride: isize, count: usize) -> Option<usize>;
    /// Number in the line of the last voxel inside.
    fn last(&self, start: usize, stride: isize, count: usize) -> Option<usize>;
}

/// A slice with a test for its voxels.
pub(super) struct Tested<'a, T, F> {
    pub(super) data: &'a [T],
    pub(super) test: F,
}

/// Voxels tested at once, without a branch between them.
const BLOCK: usize = 64;
/// Most rows without gaps that are searched as one line.
const ROWS: usize = 64;

impl<T: Copy, F: Fn(T) -> bool> Tested<'_, T, F> {
    fn any(&self, block: &[T]) -> bool {
        block.iter().fold(false, |any, voxel| any | (self.test)(*voxel))
    }

    fn at(&self, start: usize, stride: isize, i: usize) -> bool {
        (self.test)(self.data[(start as isize + i as isize * stride) as usize])
    }
}

impl<T: Copy, F: Fn(T) -> bool> Lines for Tested<'_, T, F> {
    fn first(&self, start: usize, stride: isize, count: usize) -> Option<usize> {
        if stride != 1 {
            return (0..count).find(|i| self.at(start, stride, *i));
        }
        let line = &self.data[start..start + count];
        let (at, block) = line.chunks(BLOCK).enumerate().find(|(_, block)| self.any(block))?;
        block.iter().position(|voxel| (self.test)(*voxel)).map(|i| at * BLOCK + i)
    }

    fn last(&self, start: usize, stride: isize, count: usize) -> Option<usize> {
        if stride != 1 {
            return (0..count).rev().find(|i| self.at(start, stride, *i));
        }
        let line = &self.data[start..start + count];
        let (at, block) = line.rchunks(BLOCK).enumerate().find(|(_, block)| self.any(block))?;
        let end = count - at * BLOCK;
        block.iter().rposition(|voxel| (self.test)(*voxel)).map(|i| end - block.len() + i)
    }
}

/// The smallest box around the voxels inside, or `None` without any. Walks the axis of the smallest step
/// innermost, so that every order of the buffer is read forwards. Compiled once for all types and tests: a line is long.
pub(super) fn bounds(
    lines: &dyn Lines,
    layout: &Layout,
    watch: &Watch,
) -> Result<Option<BoundingBox>, Error> {
    let (shape, strides) = (layout.shape(), layout.strides());
    let mut axes = [0, 1, 2];
    axes.sort_unstable_by_key(|axis| (strides[*axis].unsigned_abs(), *axis));
    let [fast, middle, slow] = axes;
    // Repeated voxels are looked at once.
    let count = if strides[fast] == 0 { 1 } else { shape[fast] };
    let (mut low, mut high) = (shape, [0; 3]);
    let mut pace = Pace::start(watch)?;
    // Most rows of a scan lie outside: without gaps between them they are one line.
    let dense = strides[fast] == 1 && strides[middle] == count as isize;
    let mut place = [0; 3];
    for s in 0..shape[slow] {
        let mut m = 0;
        while m < shape[middle] {
            let rows = if dense { ROWS.min(shape[middle] - m) } else { 1 };
            (place[slow], place[middle]) = (s, m);
            let start = layout.index(place[0], place[1], place[2]);
            let Some(at) = lines.first(start, strides[fast], rows * count) else {
                pace.spend(rows * count)?;
                m += rows;
                continue;
            };
            let (skipped, first) = (at / count, at % count);
            pace.spend((skipped + 1) * count)?;
            m += skipped;
            let start = start.wrapping_add_signed(skipped as isize * strides[middle]);
            let last = lines.last(start, strides[fast], count).unwrap_or(first);
            let last = if count < shape[fast] { shape[fast] - 1 } else { last };
            for (axis, from, to) in [(fast, first, last), (middle, m, m), (slow, s, s)] {
                low[axis] = low[axis].min(from);
                high[axis] = high[axis].max(to + 1);
            }
            m += 1;
        }
    }
    let found = high[0] > 0;
    Ok(found.then(|| BoundingBox {
        start: low,
        shape: [high[0] - low[0], high[1] - low[1], high[2] - low[2]],
    }))
}
