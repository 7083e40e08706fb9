//! Where the intensity mask lies in each row of the region's box.

use crate::error::Error;
use crate::volume::Mask;
use crate::workspace::{Arena, Footprint};

/// First voxel of the mask in each row and the place after its last; both 0 in an empty row.
pub(super) struct Spans<'w> {
    spans: &'w [[u64; 2]],
    rows: usize,
    slices: usize,
}

impl<'w> Spans<'w> {
    pub(super) fn footprint([_, ny, nz]: [usize; 3]) -> Footprint {
        Footprint::of::<[u64; 2]>(ny.saturating_mul(nz))
    }

    pub(super) fn new(mask: &Mask, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let [_, rows, slices] = mask.shape();
        let spans = scratch.take::<[u64; 2]>(rows * slices)?;
        for (at, span) in spans.iter_mut().enumerate() {
            let row = mask.row(at % rows, at / rows);
            let inside = |flags: &u8| flags & Mask::INTENSITY != 0;
            *span = match (row.iter().position(inside), row.iter().rposition(inside)) {
                (Some(first), Some(last)) => [first as u64, last as u64 + 1],
                _ => [0, 0],
            };
        }
        Ok(Self { spans, rows, slices })
    }

    /// The part of a row from the first to the last voxel of the mask, or `None` in an empty row and outside
    /// the box.
    pub(super) fn row(&self, y: usize, z: usize) -> Option<[usize; 2]> {
        if y >= self.rows || z >= self.slices {
            return None;
        }
        let [first, end] = self.spans[z * self.rows + y];
        (first < end).then_some([first as usize, end as usize])
    }
}
