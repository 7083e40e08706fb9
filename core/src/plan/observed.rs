//! What the families read, shown to the caller: for pictures that let a person check the region.

use crate::prepare::grid::Regrid;
use crate::view::BoundingBox;
use crate::volume::{Intensities, Mask};

/// The region after preparation, as every family reads it.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Observed<'p> {
    /// The grid of the image and the grid that the features are computed on.
    pub regrid: &'p Regrid,
    /// The box of the region on the grid of the features.
    pub within: BoundingBox,
    /// Both masks in that box.
    pub mask: &'p Mask<'p>,
    /// The intensities of the unfiltered image.
    pub intensities: &'p Intensities<'p>,
}

/// Told once what was prepared, before any family runs; not at all when no voxel is left.
pub type Observer<'o> = &'o mut dyn FnMut(&Observed<'_>);
