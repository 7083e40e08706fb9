//! Second implementations, slow and straight from the definitions. They share no code with the library.

pub mod contours;
pub mod convolution;
pub mod glcm;
pub mod glrlm;
pub mod hull;
pub mod intensity_histogram;
pub mod intensity_volume_histogram;
pub mod local_intensity;
pub mod morphology;
pub mod neighbourhood;
pub mod resample;
pub mod spatial;
pub mod statistics;
pub mod zones;
