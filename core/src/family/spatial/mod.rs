//! In progress.
use crate::error::Error;
use crate::host::Watch;
use crate::status::Value;
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};
/// Number of features.
pub const FEATURES: usize = 2;
/// Values.
pub type Features = [Value; FEATURES];
/// Size.
pub fn footprint(_: [usize; 3]) -> Footprint {
    Footprint::NONE
}
/// Extract.
///
/// # Errors
/// None.
pub fn extract(_: &Mask, _: &Intensities, _: [f64; 3], _: &Watch, _: Arena<'_>, _: &mut Features) -> Result<(), Error> {
    Ok(())
}
