//! Grey level size zone matrix (IBSI 9SAK): how large the connected zones of one grey level are.
//!
//! Features, in the order of the registry: small 5QRC and large 48P8 zone emphasis, low XMSY and high 5GN9
//! grey level zone emphasis, the four combinations 5RAI, HW1V, YH51, J17V, grey level non-uniformity JNSA and
//! Y1RO (normalised), zone size non-uniformity 4JP3 and VB3A, zone percentage P30P, grey level variance BYLV,
//! zone size variance 3NSA, zone size entropy GU8N. Their formulas are those of every matrix over level and
//! size, with the number of voxels of a zone as size. Computed by [`super::zones`]. Reference: IBSI manual,
//! section *Grey level size zone based features*.

use crate::status::Value;

/// Number of features.
pub const FEATURES: usize = super::emphasis::COMMON;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];
