//! Convolutional filters of IBSI-2, and simple ones beside them.
//!
//! A filter replaces a dense volume by its response. Its parameters are in voxels; the boundary rule
//! applies at the edges of the volume.

mod boundary;
mod gabor;
mod gaussian;
mod gradient;
mod kernel;
mod laws;
mod lbp;
mod log;
mod mean;
mod pointwise;
mod pooling;
mod riesz;
mod simoncelli;
mod slices;
mod spectrum;
mod steered;
mod volume;
pub mod wavelet;

pub use boundary::Boundary;
pub use gabor::Gabor;
pub use gaussian::Gaussian;
pub use gradient::Gradient;
pub use laws::{Laws, LawsKernel};
pub use lbp::{Binary, Lbp};
pub use log::Log;
pub use mean::Mean;
pub use pointwise::Pointwise;
pub use pooling::Pooling;
pub use riesz::Riesz;
pub use simoncelli::Simoncelli;
pub use steered::SteeredRiesz;
pub use volume::Volume;
pub use wavelet::Wavelet;
