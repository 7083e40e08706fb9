//! Grey level run length matrix (IBSI TP0I): how long runs of one grey level are along each direction.
//!
//! Features, in the order of the registry: short 22OV and long W4KF runs emphasis, low V3SW and high G3QZ
//! grey level run emphasis, the four combinations HTZT, GD3A, IVPO, 3KUM, grey level non-uniformity R5YN and
//! OVBL (normalised), run length non-uniformity W92Y and IC23, run percentage 9ZK5, grey level variance 8CE5,
//! run length variance SXLW, run entropy HJ9O. Their formulas are those of every matrix over level and
//! size, with the run length as size; merging directions or slices adds counts and N_v. Reference: IBSI
//! manual, section *Grey level run length based features*.

mod dense;
mod runs;
mod sparse;

pub use runs::for_each_run;

use super::glcm::check_size;
use crate::aggregation::Aggregations;
use crate::error::Error;
use crate::host::Watch;
use crate::status::Value;
use crate::volume::{Level, Levels};
use crate::workspace::{Arena, Footprint};

/// Number of features.
pub const FEATURES: usize = super::emphasis::COMMON;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// Up to this many cells a matrix is a dense table.
const DENSE_CELLS: usize = 1 << 18;

/// No run is longer.
fn longest(shape: [usize; 3]) -> usize {
    shape[0].max(shape[1]).max(shape[2])
}

/// What [`extract`] takes for any region in a box.
pub fn footprint(shape: [usize; 3], max_levels: u32, which: Aggregations) -> Footprint {
    let cells = (max_levels as usize).saturating_mul(longest(shape));
    let narrow = dense::footprint(cells.min(DENSE_CELLS), longest(shape), which);
    if cells <= DENSE_CELLS {
        return narrow;
    }
    narrow.any_of(sparse::footprint(shape, max_levels, longest(shape)))
}

/// Computes the features of every aggregation in `which`; `out` is in the order of
/// [`crate::Aggregation::DIRECTIONAL`], and the others stay as they are.
///
/// # Errors
/// When the scratch is too small or the host cancels.
pub fn extract<L: Level>(
    levels: &Levels<L>,
    which: Aggregations,
    watch: &Watch,
    scratch: Arena<'_>,
    out: &mut [Features; 6],
) -> Result<(), Error> {
    check_size(levels)?;
    if (levels.count() as usize).saturating_mul(longest(levels.shape())) <= DENSE_CELLS {
        dense::extract(levels, which, watch, scratch, out)
    } else {
        sparse::extract(levels, which, watch, scratch, out)
    }
}
