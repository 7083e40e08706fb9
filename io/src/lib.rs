//! Reads images and masks into memory that [`radiomics`] views, and lends it the machine's threads.
//!
//! | what | where |
//! |---|---|
//! | an image of any kind | [`open`] |
//! | regions of any kind, by name, as masks on the image's grid | [`roi`] |
//! | DICOM series, structure sets and segmentations; what a folder holds | [`dicom`] |
//! | NIfTI images and masks (`.nii`, `.nii.gz`) | [`nifti`] |
//! | a volume of any voxel type with its place in space | [`volume`] |
//! | whether two grids are the same | [`grids`] |
//! | threads | [`threads`] |
#![forbid(unsafe_code)]
#![deny(missing_docs)]

pub mod dicom;
pub mod error;
pub mod grids;
pub mod limits;
pub mod nifti;
pub mod open;
mod place;
pub mod roi;
pub mod threads;
pub mod volume;

pub use error::Error;
pub use limits::Limits;
pub use open::{ImageOptions, Picture};
pub use roi::{Mask, MaskOptions, OtherGrid, Pattern, RoiInfo, Rois};
pub use threads::Threads;
pub use volume::Volume;
