//! Grey level distance zone matrix (IBSI VMDZ): how far the zones of one grey level are from the border.
//!
//! Zones are those of the GLSZM, found in the intensity mask. The distance of a voxel is the number of erosions
//! of the morphological mask that reach it, with its 6 neighbours in 3D and its 4 neighbours within a slice in
//! 2D and 2.5D: 1 at the border. The edge of the image and holes count as outside. The distance of a zone is
//! the smallest of its voxels.
//!
//! # Symbols
//!
//! ```text
//! c_ij   zones of grey level i at distance j       N_s   sum c_ij, the number of zones
//! p_ij   c_ij / N_s                                N_v   number of voxels; merging slices adds it up
//! ```
//!
//! Sums run over the cells with c_ij > 0. Without any voxel there is no matrix and every feature is undefined
//! (`empty_intensity_mask`). Values are computed by [`super::zones`]. Reference: IBSI manual, section *Grey
//! level distance zone based features*.
//!
//! # Features, in the order of the registry
//!
//! **Small distance emphasis** (0GBI): large where zones lie near the border.
//!
//! ```text
//! 1/N_s sum_ij c_ij / j^2
//! ```
//!
//! **Large distance emphasis** (MB4I): large where zones lie deep inside.
//!
//! ```text
//! 1/N_s sum_ij c_ij j^2
//! ```
//!
//! **Low grey level zone emphasis** (S1RA): large where low grey levels dominate.
//!
//! ```text
//! 1/N_s sum_ij c_ij / i^2
//! ```
//!
//! **High grey level zone emphasis** (K26C): large where high grey levels dominate.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2
//! ```
//!
//! **Small distance low grey level emphasis** (RUVG): low grey levels with zones near the border.
//!
//! ```text
//! 1/N_s sum_ij c_ij / (i^2 j^2)
//! ```
//!
//! **Small distance high grey level emphasis** (DKNJ): high grey levels with zones near the border.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2 / j^2
//! ```
//!
//! **Large distance low grey level emphasis** (A7WM): low grey levels with zones deep inside.
//!
//! ```text
//! 1/N_s sum_ij c_ij j^2 / i^2
//! ```
//!
//! **Large distance high grey level emphasis** (KLTH): high grey levels with zones deep inside.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2 j^2
//! ```
//!
//! **Grey level non-uniformity** (VFT7): small where the counts spread evenly over the grey levels.
//!
//! ```text
//! 1/N_s sum_i (sum_j c_ij)^2
//! ```
//!
//! **Normalised grey level non-uniformity** (7HP3): the same, independent of the number of counts; 1 where one
//! level occurs.
//!
//! ```text
//! 1/N_s^2 sum_i (sum_j c_ij)^2
//! ```
//!
//! **Zone distance non-uniformity** (V294): small where the counts spread evenly over the zone distances.
//!
//! ```text
//! 1/N_s sum_j (sum_i c_ij)^2
//! ```
//!
//! **Normalised zone distance non-uniformity** (IATH): the same, independent of the number of counts; 1 where
//! one distance occurs.
//!
//! ```text
//! 1/N_s^2 sum_j (sum_i c_ij)^2
//! ```
//!
//! **Zone percentage** (VIWW): number of zones for each voxel; 1 where every voxel is a zone.
//!
//! ```text
//! N_s / N_v
//! ```
//!
//! **Grey level variance** (QK93): spread of the counts over the grey levels.
//!
//! ```text
//! sum_ij (i - mu)^2 p_ij,  mu = sum_ij i p_ij
//! ```
//!
//! **Zone distance variance** (7WT1): spread of the counts over the zone distances.
//!
//! ```text
//! sum_ij (j - mu)^2 p_ij,  mu = sum_ij j p_ij
//! ```
//!
//! **Zone distance entropy** (GBDU): disorder of level and distance; 0 where all zones are alike; in bit, all
//! others have no unit.
//!
//! ```text
//! -sum_ij p_ij log2 p_ij
//! ```

use crate::status::Value;

/// Number of features.
pub const FEATURES: usize = super::emphasis::COMMON;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];
