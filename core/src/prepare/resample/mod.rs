//! Interpolation of image and mask onto another grid, box by box.
//!
//! Separable: for each target slice the source slices are combined, for each target row their rows,
//! then the samples along the row. Only the box that the target needs is read, and each of its samples once.

mod coefficients;
mod combine;
mod rows;

pub use super::method::Method;

use rows::pass;

use super::grid::Regrid;
use crate::error::Error;
use crate::host::Watch;
use crate::view::BoundingBox;
use crate::workspace::{Arena, Footprint};

/// Rounding noise of interpolated mask values. A spacing ratio of 3 : 2 puts many of them at exactly
/// one half; they belong to the region.
pub const MASK_SLACK: f64 = 1e-6;

/// What [`image`] takes: for the spline the samples of the source box and one slice more, else two slices;
/// and some rows.
pub fn image_footprint(regrid: &Regrid, target: BoundingBox, method: Method) -> Footprint {
    rows::footprint(regrid, target, method)
}

/// What [`mask`] takes.
pub fn mask_footprint(regrid: &Regrid, target: BoundingBox, method: Method) -> Footprint {
    image_footprint(regrid, target, method)
}

/// Interpolates a box of the target grid into `out`, x fastest.
///
/// `read(x, [y, z], row)` gives source intensities along x. Beyond the source grid the nearest edge value
/// counts; the spline mirrors there. A target voxel between samples of which one is not finite (the two
/// nearest along each axis that is interpolated) is NaN, and its neighbours are not affected: the spline sees
/// [means of the surroundings](super::gaps::fill) instead. The nearest voxel is given as it is. A constant image
/// stays that constant to the last bit.
///
/// # Errors
/// A box beyond the grid, an output of another length, too little scratch, or cancelled.
pub fn image(
    read: &impl Fn(usize, [usize; 2], &mut [f64]),
    regrid: &Regrid,
    target: BoundingBox,
    method: Method,
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut [f64],
) -> Result<(), Error> {
    check(regrid, target, out.len())?;
    let width = target.shape[0].max(1);
    let finite = pass(read, regrid, target, method, watch, scratch.scope(), |row, values| {
        let out = &mut out[row * width..][..values.len()];
        match method {
            Method::Nearest => out.copy_from_slice(values),
            Method::Linear | Method::Cubic => {
                for (out, value) in out.iter_mut().zip(values) {
                    *out = if value.is_finite() { *value } else { f64::NAN };
                }
            }
        }
    })?;
    if !finite {
        pass(read, regrid, target, Method::Linear, watch, scratch, |row, values| {
            for (out, linear) in out[row * width..][..values.len()].iter_mut().zip(values) {
                if !linear.is_finite() {
                    *out = f64::NAN;
                }
            }
        })?;
    }
    Ok(())
}

fn check(regrid: &Regrid, target: BoundingBox, len: usize) -> Result<(), Error> {
    for (axis, voxels) in regrid.shape().into_iter().enumerate() {
        let end = target.start[axis].checked_add(target.shape[axis]);
        if end.is_none_or(|end| end > voxels) {
            return Err(Error::invalid(
                "target.start",
                target.start[axis],
                "a box inside the grid",
            ));
        }
    }
    if len != target.voxels() {
        return Err(Error::invalid("out", len, "as many values as the box has voxels"));
    }
    Ok(())
}

/// Interpolates a mask: `out` is 1 where the value reaches the threshold, less [`MASK_SLACK`], else 0.
///
/// # Errors
/// A box beyond the grid, an output of another length, too little scratch, or cancelled.
#[expect(clippy::too_many_arguments, reason = "what is read, where, how, with what, into what")]
pub fn mask(
    read: &impl Fn(usize, [usize; 2], &mut [u8]),
    regrid: &Regrid,
    target: BoundingBox,
    method: Method,
    threshold: f64,
    watch: &Watch,
    scratch: Arena<'_>,
    out: &mut [u8],
) -> Result<(), Error> {
    check(regrid, target, out.len())?;
    let width = target.shape[0].max(1);
    let read = |x: usize, yz: [usize; 2], row: &mut [f64]| {
        let mut flags = [0u8; 256];
        for (i, part) in row.chunks_mut(flags.len()).enumerate() {
            let flags = &mut flags[..part.len()];
            read(x + i * 256, yz, flags);
            for (value, flag) in part.iter_mut().zip(flags) {
                *value = f64::from(u8::from(*flag != 0));
            }
        }
    };
    let threshold = threshold - MASK_SLACK;
    pass(&read, regrid, target, method, watch, scratch, |row, values| {
        for (out, value) in out[row * width..][..values.len()].iter_mut().zip(values) {
            *out = u8::from(*value >= threshold);
        }
    })?;
    Ok(())
}
