//! What the tests share: random boxes, the digital phantom, comparisons.

pub mod boxes;
pub mod clib;
pub mod compare;
pub mod contours;
pub mod counted;
pub mod data;
pub mod dicom;
pub mod docs;
pub mod golden;
pub mod nifti;
pub mod phantom;
pub mod rtstruct;
pub mod tolerances;
