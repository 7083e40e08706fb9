//! What the caller holds, read in place: voxels of any type, order and orientation.

mod image;
mod layout;
mod region;
mod voxels;

pub use image::{Geometry, Image};
pub use layout::Layout;
pub use region::{BoundingBox, Region, Select};
pub use voxels::Voxels;
