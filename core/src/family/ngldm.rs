//! Neighbouring grey level dependence matrix (IBSI REK0): how many neighbours have nearly the same level.
//!
//! The dependence of a voxel is 1 plus the number of its neighbours within the Chebyshev distance whose grey
//! level differs by at most alpha; neighbours outside the region never count. In 2D and 2.5D neighbours lie in
//! the slice.
//!
//! # Symbols
//!
//! ```text
//! c_ij   voxels of grey level i with dependence j   N_s   sum c_ij
//! p_ij   c_ij / N_s                                 N_v   number of voxels
//! ```
//!
//! Sums run over the cells with c_ij > 0. Without any voxel there is no matrix and every feature is undefined
//! (`empty_intensity_mask`). Values are computed by [`super::neighbourhood`]. Reference: IBSI manual, section
//! *Neighbouring grey level dependence based features*.
//!
//! # Features, in the order of the registry
//!
//! **Low dependence emphasis** (SODN): large where few neighbours are alike.
//!
//! ```text
//! 1/N_s sum_ij c_ij / j^2
//! ```
//!
//! **High dependence emphasis** (IMOQ): large where many neighbours are alike.
//!
//! ```text
//! 1/N_s sum_ij c_ij j^2
//! ```
//!
//! **Low grey level count emphasis** (TL9H): large where low grey levels dominate.
//!
//! ```text
//! 1/N_s sum_ij c_ij / i^2
//! ```
//!
//! **High grey level count emphasis** (OAE7): large where high grey levels dominate.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2
//! ```
//!
//! **Low dependence low grey level emphasis** (EQ3F): low grey levels with low dependence.
//!
//! ```text
//! 1/N_s sum_ij c_ij / (i^2 j^2)
//! ```
//!
//! **Low dependence high grey level emphasis** (JA6D): high grey levels with low dependence.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2 / j^2
//! ```
//!
//! **High dependence low grey level emphasis** (NBZI): low grey levels with high dependence.
//!
//! ```text
//! 1/N_s sum_ij c_ij j^2 / i^2
//! ```
//!
//! **High dependence high grey level emphasis** (9QMG): high grey levels with high dependence.
//!
//! ```text
//! 1/N_s sum_ij c_ij i^2 j^2
//! ```
//!
//! **Grey level non-uniformity** (FP8K): small where the counts spread evenly over the grey levels.
//!
//! ```text
//! 1/N_s sum_i (sum_j c_ij)^2
//! ```
//!
//! **Normalised grey level non-uniformity** (5SPA): the same, independent of the number of counts; 1 where one
//! level occurs.
//!
//! ```text
//! 1/N_s^2 sum_i (sum_j c_ij)^2
//! ```
//!
//! **Dependence count non-uniformity** (Z87G): small where the counts spread evenly over the dependences.
//!
//! ```text
//! 1/N_s sum_j (sum_i c_ij)^2
//! ```
//!
//! **Normalised dependence count non-uniformity** (OKJI): the same, independent of the number of counts; 1
//! where one dependence occurs.
//!
//! ```text
//! 1/N_s^2 sum_j (sum_i c_ij)^2
//! ```
//!
//! **Dependence count percentage** (6XV8): number of counts for each voxel: 1, because every voxel counts once.
//!
//! ```text
//! N_s / N_v
//! ```
//!
//! **Grey level variance** (1PFV): spread of the counts over the grey levels.
//!
//! ```text
//! sum_ij (i - mu)^2 p_ij,  mu = sum_ij i p_ij
//! ```
//!
//! **Dependence count variance** (DNX2): spread of the counts over the dependences.
//!
//! ```text
//! sum_ij (j - mu)^2 p_ij,  mu = sum_ij j p_ij
//! ```
//!
//! **Dependence count entropy** (FCBV): disorder of level and dependence; 0 where all voxels are alike; in bit,
//! all others have no unit.
//!
//! ```text
//! -sum_ij p_ij log2 p_ij
//! ```
//!
//! **Dependence count energy** (CAS9): order of level and dependence; 1 where all voxels are alike.
//!
//! ```text
//! sum_ij p_ij^2
//! ```

use crate::status::Value;

/// Number of features.
pub const FEATURES: usize = super::emphasis::COMMON + 1;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];
