//! Where the voxels of a region lie in each row of its box, and how many there are.

use core::ops::Range;

use super::mask::count;
use crate::workspace::Footprint;

/// The first voxel of the region in a row, the place after the last, and the number of its voxels; 0 in an empty row.
pub(crate) type Span = [u32; 3];

/// The part of each row of a box from the first voxel of the region to its last. What lies beyond is outside, so
/// that kernels need not look there.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Spans<'a> {
    spans: &'a [Span],
    /// Rows in a slice.
    rows: usize,
}

impl<'a> Spans<'a> {
    /// What the spans of a box take.
    pub(crate) fn footprint([_, ny, nz]: [usize; 3]) -> Footprint {
        Footprint::of::<Span>(ny.saturating_mul(nz))
    }

    /// Spans of a box with `rows` rows in each slice, which [`Spans::of_row`] has made.
    pub(crate) const fn new(spans: &'a [Span], rows: usize) -> Self {
        Self { spans, rows }
    }

    /// The span of a row of cells, 1 inside and 0 outside.
    pub(crate) fn of_row(cells: &[u8]) -> Span {
        match first(cells) {
            Some(first) => {
                let end = end(cells);
                [first as u32, end as u32, count(&cells[first..end], 1) as u32]
            }
            None => [0; 3],
        }
    }

    /// The span of a row of the box.
    #[inline]
    pub(crate) fn row(&self, y: usize, z: usize) -> Range<usize> {
        let [first, end, _] = self.spans[z * self.rows + y];
        first as usize..end as usize
    }

    /// How many voxels a row of the box has.
    #[inline]
    pub(crate) fn voxels(&self, y: usize, z: usize) -> usize {
        self.spans[z * self.rows + y][2] as usize
    }

    /// How many voxels the box has.
    pub(crate) fn total(&self) -> u64 {
        self.spans.iter().map(|[_, _, voxels]| u64::from(*voxels)).sum()
    }
}

/// Cells that are looked at together.
const WIDTH: usize = 16;

fn any(cells: &[u8; WIDTH]) -> bool {
    u128::from_ne_bytes(*cells) != 0
}

/// Place of the first cell that is not zero.
fn first(cells: &[u8]) -> Option<usize> {
    let (chunks, rest) = cells.as_chunks::<WIDTH>();
    let skipped = chunks.iter().position(any).unwrap_or(chunks.len()) * WIDTH;
    let tail = if skipped == cells.len() - rest.len() { rest } else { &cells[skipped..] };
    tail.iter().position(|cell| *cell != 0).map(|at| skipped + at)
}

/// The place after the last cell that is not zero; 0 without any.
fn end(cells: &[u8]) -> usize {
    let (rest, chunks) = cells.as_rchunks::<WIDTH>();
    let kept = chunks.iter().rposition(any).map_or(rest.len(), |at| rest.len() + (at + 1) * WIDTH);
    cells[..kept].iter().rposition(|cell| *cell != 0).map_or(0, |at| at + 1)
}

#[cfg(test)]
mod tests {
    use super::Spans;

    #[test]
    fn every_pair_of_ends() {
        for length in 0..70usize {
            let mut row = [0u8; 70];
            assert_eq!(Spans::of_row(&row[..length]), [0; 3]);
            for first in 0..length {
                for last in first..length {
                    (row[first], row[last]) = (1, 1);
                    let voxels = 1 + u32::from(first < last);
                    assert_eq!(
                        Spans::of_row(&row[..length]),
                        [first as u32, last as u32 + 1, voxels],
                        "{length}"
                    );
                    (row[first], row[last]) = (0, 0);
                }
            }
        }
    }
}
