//! Neighbouring grey level dependence matrix (IBSI REK0): how many neighbours have nearly the same level.
//!
//! The dependence of a voxel is 1 plus its neighbours within the Chebyshev distance whose grey level differs by
//! at most alpha; neighbours outside the region never count.
//!
//! Features, in the order of the registry: low SODN and high IMOQ dependence emphasis, low TL9H and high OAE7
//! grey level count emphasis, the four combinations EQ3F, JA6D, NBZI, 9QMG, grey level non-uniformity FP8K and
//! 5SPA (normalised), dependence count non-uniformity Z87G and OKJI, dependence count percentage 6XV8, grey
//! level variance 1PFV, dependence count variance DNX2, entropy FCBV, and energy CAS9 = sum p_ij^2. The first
//! 16 have the formulas of every matrix over level and size, with the dependence as size. Computed by
//! [`super::neighbourhood`]. Reference: IBSI manual, section *Neighbouring grey level dependence based
//! features*.

use crate::status::Value;

/// Number of features.
pub const FEATURES: usize = super::emphasis::COMMON + 1;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];
