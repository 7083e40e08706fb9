//! DICOM images, structure sets and segmentations.
//!
//! [`scan`] looks at files without their pixels and groups images to volumes, each a [`Series`] that knows its
//! [`Problem`]s; [`Series::read`] takes the voxels. [`rtstruct`] and [`seg`] hold regions.
//!
//! DICOM counts x to the patient's left and y to the back; volumes here, whatever file they come from, count to
//! the right and to the front as NIfTI does.

mod attributes;
mod codestream;
mod file;
mod header;
mod meta;
mod pixels;
mod problem;
mod rle;
pub mod rtstruct;
mod scan;
pub mod seg;
mod series;
pub mod suv;
mod tree;
mod unknown;

pub use problem::Problem;
pub(crate) use scan::is_nifti;
pub use scan::{Found, Scan, Skipped, scan};
pub use series::Series;
pub use suv::{Body, Normalisation, Sex, Suv};
