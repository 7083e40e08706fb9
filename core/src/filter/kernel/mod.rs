//! Convolution with kernels that are products of one kernel for each axis.

mod pass;
mod rotations;
mod separable;

pub(crate) use pass::{Combine, Line, footprint, pass, pass_into};
pub(crate) use rotations::{Rotation, rotations};
pub(crate) use separable::{Chain, Separable};
