//! Grey level size zone matrix (IBSI 9SAK): how large the connected zones of one grey level are.
//!
//! A zone is a set of voxels of one grey level that are connected through faces, edges and corners:
//! 26-connected in 3D, 8-connected within a slice in 2D and 2.5D.
//!
//! # Symbols
//!
//! ```text
//! c_ij   zones of grey level i with j voxels        N_s   sum c_ij, the number of zones
//! p_ij   c_ij / N_s                                N_v   number of voxels; merging slices adds it up
//! ```
//!
//! Sums run over the cells with c_ij > 0. Without any voxel there is no matrix and every feature is undefined
//! (`empty_intensity_mask`). Values are computed by [`super::zones`]. Reference: IBSI manual, section *Grey
//! level size zone based features*.
//!
//! # Features, in the order of the registry
//!
//! **Small zone emphasis** (5QRC): large where zones are small.
//!
//! ```text
//! 1/N_s sum_ij c_ij / j^2
//! ```
//!
//! **Large zone emphasis** (48P8): large where zones are large.
//!
//! ```text
//! 1/N_s sum_ij c_ij j^2
//! ```
//!
//! **Low grey level zone emphasis** (XMSY): large where low grey levels dominate.
//!
//! ```text
//! 1/N_s sum_ij c_ij / i^2
//! ```
//!
//! **High grey level zone emphasis** (5GN9): large where high grey levels dominate.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2
//! ```
//!
//! **Small zone low grey level emphasis** (5RAI): low grey levels with small zones.
//!
//! ```text
//! 1/N_s sum_ij c_ij / (i^2 j^2)
//! ```
//!
//! **Small zone high grey level emphasis** (HW1V): high grey levels with small zones.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2 / j^2
//! ```
//!
//! **Large zone low grey level emphasis** (YH51): low grey levels with large zones.
//!
//! ```text
//! 1/N_s sum_ij c_ij j^2 / i^2
//! ```
//!
//! **Large zone high grey level emphasis** (J17V): high grey levels with large zones.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2 j^2
//! ```
//!
//! **Grey level non-uniformity** (JNSA): small where the counts spread evenly over the grey levels.
//!
//! ```text
//! 1/N_s sum_i (sum_j c_ij)^2
//! ```
//!
//! **Normalised grey level non-uniformity** (Y1RO): the same, independent of the number of counts; 1 where one
//! level occurs.
//!
//! ```text
//! 1/N_s^2 sum_i (sum_j c_ij)^2
//! ```
//!
//! **Zone size non-uniformity** (4JP3): small where the counts spread evenly over the zone sizes.
//!
//! ```text
//! 1/N_s sum_j (sum_i c_ij)^2
//! ```
//!
//! **Normalised zone size non-uniformity** (VB3A): the same, independent of the number of counts; 1 where one
//! size occurs.
//!
//! ```text
//! 1/N_s^2 sum_j (sum_i c_ij)^2
//! ```
//!
//! **Zone percentage** (P30P): number of zones for each voxel; 1 where every voxel is a zone.
//!
//! ```text
//! N_s / N_v
//! ```
//!
//! **Grey level variance** (BYLV): spread of the counts over the grey levels.
//!
//! ```text
//! sum_ij (i - mu)^2 p_ij,  mu = sum_ij i p_ij
//! ```
//!
//! **Zone size variance** (3NSA): spread of the counts over the zone sizes.
//!
//! ```text
//! sum_ij (j - mu)^2 p_ij,  mu = sum_ij j p_ij
//! ```
//!
//! **Zone size entropy** (GU8N): disorder of level and size; 0 where all zones are alike; in bit, all others
//! have no unit.
//!
//! ```text
//! -sum_ij p_ij log2 p_ij
//! ```

use crate::status::Value;

/// Number of features.
pub const FEATURES: usize = super::emphasis::COMMON;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];
