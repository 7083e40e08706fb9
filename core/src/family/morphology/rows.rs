//! Rows of the morphological mask from their first to their last voxel.

use core::ops::Range;

use crate::volume::Mask;

/// From the first voxel of the morphological mask in a row to its last; empty without any.
#[inline]
pub(super) fn span(mask: &Mask, y: usize, z: usize) -> Range<usize> {
    // Known spans are those of the region as drawn, which is this mask.
    match mask.spans() {
        Some(spans) => spans.row(y, z),
        None => find(mask.row(y, z)),
    }
}

#[cold]
fn find(row: &[u8]) -> Range<usize> {
    let inside = |flags: &u8| flags & Mask::MORPHOLOGICAL != 0;
    let first = row.iter().position(inside).unwrap_or(0);
    first..row.iter().rposition(inside).map_or(0, |last| last + 1)
}
