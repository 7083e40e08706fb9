//! Grey level distance zone matrix (IBSI VMDZ): how far the zones of one grey level are from the border.
//!
//! Features, in the order of the registry: small 0GBI and large MB4I distance emphasis, low S1RA and high K26C
//! grey level zone emphasis, the four combinations RUVG, DKNJ, A7WM, KLTH, grey level non-uniformity VFT7 and
//! 7HP3 (normalised), zone distance non-uniformity V294 and IATH, zone percentage VIWW, grey level variance
//! QK93, zone distance variance 7WT1, zone distance entropy GBDU. Their formulas are those of every matrix over
//! level and size, with the distance as size: the smallest city-block distance of a voxel of the zone to the
//! outside of the morphological mask, 1 at the border. Computed by [`super::zones`]. Reference: IBSI manual,
//! section *Grey level distance zone based features*.

use crate::status::Value;

/// Number of features.
pub const FEATURES: usize = super::emphasis::COMMON;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];
