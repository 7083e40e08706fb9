//! Convolutional filters of IBSI-2, and simple ones beside them.
//!
//! A filter replaces a dense volume by its response. Its parameters are in voxels; the boundary rule
//! applies at the edges of the volume.

mod boundary;
mod pointwise;
mod volume;

pub use boundary::Boundary;
pub use pointwise::Pointwise;
pub use volume::Volume;
