//! From the image as it was given to what the features read, in the order of the IBSI manual:
//! rounding, normalisation, interpolation, re-segmentation, discretisation.

pub mod binning;
pub mod discretise;
pub mod extremes;
pub mod gaps;
pub mod grid;
pub mod levels;
pub mod method;
pub mod normalise;
pub mod occurrences;
pub mod resample;
pub mod resegment;
pub mod source;
pub mod spline;
