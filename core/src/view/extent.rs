//! The box around the voxels of a region, found in the order in which they lie in memory.

use super::{BoundingBox, Layout};
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;

/// Voxels that can be searched along a line of equal steps in the buffer.
pub(super) trait Lines {
    /// Whether any of some voxels is inside.
    fn any(&self, start: usize, stride: isize, count: usize) -> bool;
}

/// A slice with a test for its voxels.
pub(super) struct Tested<'a, T, F> {
    pub(super) data: &'a [T],
    pub(super) test: F,
}

/// Voxels tested at once, without a branch between them.
const BLOCK: usize = 256;

impl<T: Copy, F: Fn(T) -> bool> Lines for Tested<'_, T, F> {
    fn any(&self, start: usize, stride: isize, count: usize) -> bool {
        if stride != 1 {
            let at = |i: usize| (start as isize + i as isize * stride) as usize;
            return (0..count).any(|i| (self.test)(self.data[at(i)]));
        }
        let any = |block: &[T]| block.iter().fold(false, |any, voxel| any | (self.test)(*voxel));
        self.data[start..start + count].chunks(BLOCK).any(any)
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
    let mut search = Search {
        lines,
        layout,
        axes,
        count,
        dense: strides[fast] == 1 && strides[middle] == count as isize,
        low: shape,
        high: [0; 3],
        pace: Pace::start(watch)?,
    };
    for s in 0..shape[slow] {
        search.slice(s)?;
    }
    let Search { low, mut high, .. } = search;
    let found = high[slow] > 0;
    if count < shape[fast] {
        high[fast] = shape[fast];
    }
    Ok(found.then(|| BoundingBox {
        start: low,
        shape: [high[0] - low[0], high[1] - low[1], high[2] - low[2]],
    }))
}

/// Voxels between two questions to the host.
const PART: usize = 1 << 14;

/// A box that grows slice by slice. Where it is already only voxels beyond it can make it grow: most of a scan is passed
/// over in long lines that have none.
struct Search<'a, 'h> {
    lines: &'a dyn Lines,
    layout: &'a Layout,
    /// Axes, that of the smallest step first.
    axes: [usize; 3],
    /// Voxels of a row.
    count: usize,
    /// Whether the rows of a slice are one line.
    dense: bool,
    low: [usize; 3],
    high: [usize; 3],
    pace: Pace<'a, 'h>,
}

impl Search<'_, '_> {
    /// Makes the box grow by a slice.
    fn slice(&mut self, s: usize) -> Result<(), Error> {
        let [fast, middle, slow] = self.axes;
        let rows = self.layout.shape()[middle];
        let known = self.low[middle].min(self.high[middle])..self.high[middle];
        for beyond in [0..known.start, known.end..rows] {
            if self.any_row(s, beyond.clone())? {
                for m in beyond {
                    if self.any_row(s, m..m + 1)? {
                        self.include(middle, m);
                        self.include(slow, s);
                        self.columns(s, m)?;
                    }
                }
            }
        }
        if self.high[slow] <= s && self.any_row(s, known.clone())? {
            self.include(slow, s);
        }
        if self.low[fast] == 0 && self.high[fast] == self.count {
            return Ok(());
        }
        for m in known.clone() {
            // From the end of the box in a row to its start in the next one is a single line.
            let gap = self.low[fast] + self.count - self.high[fast];
            let between = self.dense && m + 1 < rows;
            if m == known.start || !between {
                self.columns(s, m)?;
            }
            if between && self.any(self.start(s, m) + self.high[fast], 1, gap)? {
                self.columns(s, m)?;
                self.columns(s, m + 1)?;
            }
        }
        Ok(())
    }

    fn include(&mut self, axis: usize, place: usize) {
        self.low[axis] = self.low[axis].min(place);
        self.high[axis] = self.high[axis].max(place + 1);
    }

    /// Makes the box grow by the first and the last voxel of a row, as far as they lie beyond it.
    fn columns(&mut self, s: usize, m: usize) -> Result<(), Error> {
        let [fast, ..] = self.axes;
        let (start, stride) = (self.start(s, m), self.layout.strides()[fast]);
        if let Some(first) = self.end(start, stride, self.low[fast].min(self.count), false)? {
            self.include(fast, first);
        }
        let known = self.high[fast];
        let start = start.wrapping_add_signed(known as isize * stride);
        if let Some(last) = self.end(start, stride, self.count - known, true)? {
            self.include(fast, known + last);
        }
        Ok(())
    }

    /// Index of the first voxel of a row.
    fn start(&self, s: usize, m: usize) -> usize {
        let [_, middle, slow] = self.axes;
        let mut place = [0; 3];
        (place[middle], place[slow]) = (m, s);
        self.layout.index(place[0], place[1], place[2])
    }

    /// Whether any voxel of some rows of a slice is inside.
    fn any_row(&mut self, s: usize, rows: core::ops::Range<usize>) -> Result<bool, Error> {
        let [fast, ..] = self.axes;
        let (stride, count) = (self.layout.strides()[fast], self.count);
        if self.dense {
            return self.any(self.start(s, rows.start), stride, rows.len() * count);
        }
        for m in rows {
            if self.any(self.start(s, m), stride, count)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    fn any(&mut self, start: usize, stride: isize, count: usize) -> Result<bool, Error> {
        for from in (0..count).step_by(PART) {
            let part = PART.min(count - from);
            self.pace.spend(part)?;
            let start = start.wrapping_add_signed(from as isize * stride);
            if self.lines.any(start, stride, part) {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Number in a line of the first or the last voxel inside.
    fn end(
        &mut self,
        start: usize,
        stride: isize,
        mut count: usize,
        last: bool,
    ) -> Result<Option<usize>, Error> {
        if !self.any(start, stride, count)? {
            return Ok(None);
        }
        // One half has it; twice the line is looked at in all.
        let mut from = 0;
        while count > 1 {
            let half = count / 2;
            let near = if last { from + count - half } else { from };
            if self.any(start.wrapping_add_signed(near as isize * stride), stride, half)? {
                (from, count) = (near, half);
            } else {
                from = if last { from } else { from + half };
                count -= half;
            }
        }
        Ok(Some(from))
    }
}
