//! What the caller holds, read in place: voxels of any type, order and orientation.

mod bits;
mod bounding_box;
mod extent;
mod image;
mod layout;
mod region;
mod row_extent;
mod select;
pub(crate) mod voxels;

pub use bits::BitOrder;
pub use bounding_box::BoundingBox;
pub use image::{Geometry, Image};
pub use layout::Layout;
pub use region::Region;
pub use select::Select;
pub use voxels::Voxels;
