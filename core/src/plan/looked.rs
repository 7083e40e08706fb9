//! What is seen of intensities while they are read, and near.

use crate::prepare::extremes::{Extremes, Seen};
use crate::status::Status;
use crate::volume::{Extent, Mask};

/// Where to look.
#[derive(Clone, Copy)]
pub(super) struct Look<'l> {
    /// The region as drawn.
    pub mask: &'l Mask<'l>,
    /// Where the mask's box begins in the box that is read.
    pub start: [usize; 3],
    /// Whether intensities beyond the region matter too.
    pub beyond: bool,
}

/// What was seen of rows of a box, and of the region within.
#[derive(Clone, Copy, Default)]
pub(super) struct Looked {
    extent: Option<Extent>,
    region: Seen,
}

impl Looked {
    /// Looks at row (y, z) of the box that is read; `extent` is that of a part of it from a place on.
    pub(super) fn look(
        &mut self,
        row: &[f64],
        [y, z]: [usize; 2],
        at: Look,
        extent: impl Fn(usize, &[f64]) -> Extent,
    ) {
        let ([x0, y0, z0], [_, ny, nz]) = (at.start, at.mask.shape());
        // Before the box a place wraps round and is beyond it.
        let (y, z) = (y.wrapping_sub(y0), z.wrapping_sub(z0));
        let span = if y < ny && z < nz { at.mask.span(y, z) } else { 0..0 };
        let (start, end) = (x0 + span.start, x0 + span.end);
        let inside = &row[start..end];
        let within = extent(start, inside);
        if !span.is_empty() {
            let full = at.mask.count_row(y, z, Mask::INTENSITY) == span.len();
            self.region.look_at_known(&at.mask.row(y, z)[span], full, inside, within);
        }
        if at.beyond {
            let extent = within.with(extent(0, &row[..start])).with(extent(end, &row[end..]));
            self.extent = Some(self.extent.map_or(extent, |all| all.with(extent)));
        }
    }

    /// Both together.
    pub(super) fn with(self, other: Self) -> Self {
        let extents = [self.extent, other.extent].into_iter().flatten();
        Self { extent: extents.reduce(Extent::with), region: self.region.with(other.region) }
    }

    /// What is known of all intensities of the box, if those beyond the region matter.
    pub(super) const fn extent(&self) -> Option<Extent> {
        self.extent
    }

    /// What is known of the region as drawn.
    pub(super) fn extremes(&self) -> Result<Extremes, Status> {
        self.region.extremes()
    }
}
