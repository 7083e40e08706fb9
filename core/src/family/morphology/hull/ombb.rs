//! The oriented minimum bounding box of the hull.

use super::Hull;
use crate::error::Error;
use crate::host::Watch;
use crate::workspace::{Arena, Footprint};

pub(super) fn footprint(points: usize) -> Footprint {
    Footprint::of::<[f64; 3]>(points)
}

/// Side lengths.
///
/// # Errors
/// When the scratch is too small or the host cancels.
pub fn minimal(
    _hull: &Hull,
    _spacing: [f64; 3],
    _watch: &Watch,
    _scratch: Arena<'_>,
) -> Result<[f64; 3], Error> {
    Ok([0.0; 3])
}
