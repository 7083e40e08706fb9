//! The features, one family a module.
//!
//! A family gets exactly what it reads and returns a fixed array of values in the order of its names;
//! it knows neither settings nor columns nor other families.

mod buckets;
pub mod distribution;
mod emphasis;
mod entropy;
pub mod equal_pairs;
pub mod glcm;
pub mod gldzm;
pub mod glrlm;
pub mod glszm;
pub mod intensity_histogram;
pub mod intensity_volume_histogram;
pub mod local_intensity;
mod means;
pub mod morphology;
pub mod neighbourhood;
pub mod ngldm;
pub mod ngtdm;
pub mod spatial;
pub mod statistics;
pub mod zones;

pub(crate) use crate::pace;
