//! The pairs of one row of voxels with all rows that its directions lead to.

use super::joint::Count;
use crate::volume::{Level, Levels};

/// The part of a row that holds its voxels of the region, and the rows with their neighbours.
pub(super) struct Row<'r, L> {
    here: &'r [L],
    /// Neighbours lie this far along each axis.
    distance: usize,
    /// Rows with `distance` cells more at each end: the same row; the next in the slice; in the next slice the
    /// one before, the same, the next.
    rows: [&'r [L]; 5],
    /// Counts from one first level to the next.
    stride: usize,
}

impl<'r, L: Level> Row<'r, L> {
    pub(super) fn of(levels: &Levels<'r, L>, distance: u32, y: usize, z: usize) -> Self {
        let span = levels.span(y, z);
        let d = distance as i32;
        let start = levels.index(span.start, y, z) as isize;
        let rows = [[0, 0], [d, 0], [-d, d], [0, d], [d, d]].map(|[dy, dz]| {
            let start = (start + levels.offset([-d, dy, dz])) as usize;
            &levels.cells()[start..start + span.len() + 2 * distance as usize]
        });
        let stride = super::dense::row_length(levels.count());
        Self { here: &levels.row(y, z)[span], distance: distance as usize, rows, stride }
    }

    /// Adds the pairs of the four directions in the slice.
    pub(super) fn add_planar<C: Count>(&self, counts: &mut [[C; 4]]) {
        let (same, below) = (self.columns(0), self.columns(1));
        for (x, level) in self.here.iter().enumerate() {
            let from = level.index() * self.stride;
            let mut add = |direction: usize, other: L| {
                counts[from + other.index()][direction].increment();
            };
            add(0, same[2][x]);
            add(1, below[1][x]);
            add(2, below[2][x]);
            add(3, below[0][x]);
        }
    }

    /// Adds the pairs of all thirteen directions.
    pub(super) fn add_all<C: Count>(&self, counts: &mut [[C; 16]]) {
        let same = self.columns(0);
        let below = self.columns(1);
        let [above_next, next, below_next] = [self.columns(2), self.columns(3), self.columns(4)];
        for (x, level) in self.here.iter().enumerate() {
            let from = level.index() * self.stride;
            let mut add = |direction: usize, other: L| {
                counts[from + other.index()][direction].increment();
            };
            add(0, same[2][x]);
            add(1, below[1][x]);
            add(2, below[2][x]);
            add(3, below[0][x]);
            add(4, next[1][x]);
            add(5, next[2][x]);
            add(6, next[0][x]);
            add(7, below_next[1][x]);
            add(8, above_next[1][x]);
            add(9, below_next[2][x]);
            add(10, below_next[0][x]);
            add(11, above_next[2][x]);
            add(12, above_next[0][x]);
        }
    }

    /// A row's neighbours before, at and after each voxel, as long as the row.
    #[inline(always)]
    fn columns(&self, row: usize) -> [&'r [L]; 3] {
        let n = self.here.len();
        [0, 1, 2].map(|column| &self.rows[row][column * self.distance..][..n])
    }
}
