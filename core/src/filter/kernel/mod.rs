//! Convolution with kernels that are products of one kernel for each axis.

mod combine;
mod line;
mod long;
mod orientations;
mod pass;
mod rotations;
mod row;
mod separable;
mod taps;

pub(crate) use combine::Combine;
pub(crate) use line::Line;
pub(crate) use long::{LONG, long_footprint, long_pass};
pub(crate) use pass::{extend, footprint, pass, pass_twice};
pub(crate) use rotations::{Rotation, Signs, rotations};
pub(crate) use row::Row;
pub(crate) use separable::{Chain, Separable};
pub(crate) use taps::Taps;
