//! What is seen of intensities while they are read, and near.

use crate::prepare::extremes::{Extremes, Seen};
use crate::status::Status;
use crate::volume::{Extent, Mask};

/// What was seen of rows of a box, and of the region as drawn within.
#[derive(Clone, Copy, Default)]
pub(super) struct Looked {
    extent: Option<Extent>,
    region: Seen,
}

impl Looked {
    /// Looks at row (y, z) of a box, in which the box of the mask begins at `start`.
    pub(super) fn look(&mut self, row: &[f64], [y, z]: [usize; 2], mask: &Mask, start: [usize; 3]) {
        let [x0, y0, z0] = start;
        let [_, ny, nz] = mask.shape();
        // Before the box a place wraps round and is beyond it.
        let (y, z) = (y.wrapping_sub(y0), z.wrapping_sub(z0));
        let extent = if y < ny && z < nz {
            let span = mask.span(y, z);
            let (before, rest) = row.split_at(x0 + span.start);
            let (inside, after) = rest.split_at(span.len());
            let extent = Extent::of(inside);
            self.region.look_at_known(&mask.row(y, z)[span], inside, extent);
            extent.with(Extent::of(before)).with(Extent::of(after))
        } else {
            Extent::of(row)
        };
        self.extent = Some(self.extent.map_or(extent, |all| all.with(extent)));
    }

    /// Both together.
    pub(super) fn with(self, other: Self) -> Self {
        let extents = [self.extent, other.extent].into_iter().flatten();
        Self { extent: extents.reduce(Extent::with), region: self.region.with(other.region) }
    }

    /// What is known of all intensities of the box.
    pub(super) const fn extent(&self) -> Option<Extent> {
        self.extent
    }

    /// What is known of the region as drawn.
    pub(super) fn extremes(&self) -> Result<Extremes, Status> {
        self.region.extremes()
    }
}
