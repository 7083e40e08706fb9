//! Regions as programs hold them, made into masks: linear indices, runs, contours.
//!
//! Each form comes as two steps on memory that the caller owns. `bounds` gives a box that holds the region;
//! `fill` writes a mask of a box of the grid, one byte a cell, x fastest, 1 inside and 0 outside, and counts
//! the voxels in it. The mask is read by [`Region::boxed`](crate::Region::boxed), or used for itself.
//!
//! Whatever a region holds beyond the box is left out of the mask; a box around the whole grid is
//! [`BoundingBox::whole`](crate::BoundingBox::whole).

mod cells;
pub mod contours;
mod indices;
mod numbers;
mod order;
mod runs;

pub use indices::Indices;
pub use numbers::{Base, Numbers};
pub use order::Order;
pub use runs::Runs;
