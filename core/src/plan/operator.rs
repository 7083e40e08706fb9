//! A filter of a plan in the voxels of a grid.

use super::filter::{Filter, Parameters};
use crate::error::Error;
use crate::filter::{Boundary, Pointwise, Volume};
use crate::host::Watch;
use crate::settings::filter::{FilterKind, Filters};
use crate::workspace::{Arena, Footprint};

/// A filter with its parameters in voxels.
pub(super) struct Operator {
    which: Which,
    planar: bool,
}

enum Which {
    Pointwise(Pointwise),
}

impl Operator {
    /// The filter of an image for a grid with this spacing.
    pub(super) fn new(
        filter: &Filter,
        settings: &Filters,
        spacing: [f64; 3],
    ) -> Result<Self, Error> {
        let _ = (settings, spacing);
        let which = match (filter.kind, filter.parameters) {
            (FilterKind::Square, _) => Which::Pointwise(Pointwise::Square),
            (FilterKind::SquareRoot, _) => Which::Pointwise(Pointwise::SquareRoot),
            (FilterKind::Logarithm, _) => Which::Pointwise(Pointwise::Logarithm),
            (FilterKind::Exponential, _) => Which::Pointwise(Pointwise::Exponential),
            (_, Parameters::None) | _ => {
                return Err(Error::invalid("filter.images", filter.kind.name(), "a filter"));
            }
        };
        Ok(Self { which, planar: filter.planar })
    }

    fn reach(&self) -> Option<[usize; 3]> {
        match &self.which {
            Which::Pointwise(f) => f.reach(),
        }
    }

    /// How far the filter looks along each axis; `None` is the whole of it.
    pub(super) fn support(&self, settings: &Filters) -> [Option<usize>; 3] {
        let mut out = match self.reach() {
            Some(reach) => reach.map(Some),
            None => [None; 3],
        };
        if self.planar {
            out[2] = Some(0);
        }
        // What lies beyond one edge is at the opposite one.
        if settings.boundary() == Boundary::Periodic {
            out = out.map(|reach| reach.filter(|reach| *reach == 0));
        }
        out
    }

    /// Scratch for a volume of this shape.
    pub(super) fn footprint(&self, shape: [usize; 3]) -> Footprint {
        match &self.which {
            Which::Pointwise(f) => f.footprint(shape),
        }
    }

    /// Replaces a volume by its response.
    pub(super) fn apply(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        scratch: Arena<'_>,
    ) -> Result<(), Error> {
        match &self.which {
            Which::Pointwise(f) => f.apply(volume, boundary, watch, scratch),
        }
    }
}
