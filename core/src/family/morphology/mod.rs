//! In progress.
use crate::error::Error;
use crate::host::Watch;
use crate::status::{Status, Value};
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};
/// Number of features.
pub const FEATURES: usize = 27;
/// Values.
pub type Features = [Value; FEATURES];
/// Parts.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted {
    /// Hull.
    pub hull: bool,
    /// Box.
    pub ombb: bool,
    /// Ellipsoid.
    pub mvee: bool,
}
/// Size.
pub fn footprint(_: [usize; 3], _: Wanted) -> Footprint {
    Footprint::NONE
}
/// Extract.
///
/// # Errors
/// None.
pub fn extract(
    _: &Mask,
    _: Result<&Intensities, Status>,
    _: [f64; 3],
    _: Wanted,
    _: &Watch,
    _: Arena<'_>,
    _: &mut Features,
) -> Result<(), Error> {
    Ok(())
}
