//! Interpolation of image and mask onto another grid, box by box.
//!
//! Separable: for each target slice the source slices are combined, for each target row their rows,
//! then the samples along the row. Only the box that the target needs is read.

use super::grid::Regrid;
pub use super::method::Method;
use super::spline::{self, Line};
use crate::error::Error;
use crate::host::Watch;
use crate::view::BoundingBox;
use crate::workspace::{Arena, Footprint};

/// Rounding noise of interpolated mask values. A spacing ratio of 3 : 2 puts many of them at exactly
/// one half; they belong to the region.
pub const MASK_SLACK: f64 = 1e-6;

/// Samples that the spline filter takes at once along a row of lines.
const LANES: usize = 64;

/// What [`image`] takes.
pub fn image_footprint(regrid: &Regrid, target: BoundingBox, method: Method) -> Footprint {
    let source = regrid.source_box(target, method);
    let [sx, sy, _] = source.shape;
    let taps = target.shape[0].saturating_mul(4);
    let coefficients = match method {
        Method::Cubic => Footprint::of::<f64>(source.voxels()),
        Method::Nearest | Method::Linear => Footprint::NONE,
    };
    coefficients
        .all_of(Footprint::of::<f64>(sx.saturating_mul(sy)))
        .all_of(Footprint::of::<f64>(sx))
        .all_of(Footprint::of::<f64>(sx))
        .all_of(Footprint::of::<u32>(taps))
        .all_of(Footprint::of::<f64>(taps))
        .all_of(Footprint::of::<f64>(target.shape[0]))
}

/// What [`mask`] takes.
pub fn mask_footprint(regrid: &Regrid, target: BoundingBox, method: Method) -> Footprint {
    image_footprint(regrid, target, method)
}

/// Interpolates a box of the target grid into `out`, x fastest.
///
/// `read(x, [y, z], row)` gives source intensities along x. Beyond the source grid the nearest edge value
/// counts; the spline mirrors there. A target voxel is NaN where a linear neighbour is not finite; for
/// the spline such samples count as 0 otherwise.
///
/// # Errors
/// Too little scratch, or cancelled.
pub fn image(
    read: &impl Fn(usize, [usize; 2], &mut [f64]),
    regrid: &Regrid,
    target: BoundingBox,
    method: Method,
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut [f64],
) -> Result<(), Error> {
    let width = target.shape[0].max(1);
    let finite = pass(read, regrid, target, method, watch, scratch.scope(), |row, values| {
        out[row * width..][..values.len()].copy_from_slice(values);
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

/// Interpolates a mask: `out` is 1 where the value reaches the threshold, less [`MASK_SLACK`], else 0.
///
/// # Errors
/// Too little scratch, or cancelled.
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
    let width = target.shape[0].max(1);
    let read = |x: usize, yz: [usize; 2], row: &mut [f64]| {
        let mut flags = [0u8; 256];
        for (i, part) in row.chunks_mut(flags.len()).enumerate() {
            let flags = &mut flags[..part.len()];
            read(x + i * 256, yz, flags);
            for (value, flag) in part.iter_mut().zip(flags) {
                *value = f64::from(*flag != 0);
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

/// Interpolates row by row. Answers whether every sample that the spline read was finite.
fn pass(
    read: &impl Fn(usize, [usize; 2], &mut [f64]),
    regrid: &Regrid,
    target: BoundingBox,
    method: Method,
    watch: &Watch,
    mut scratch: Arena<'_>,
    mut emit: impl FnMut(usize, &[f64]),
) -> Result<bool, Error> {
    let source = regrid.source_box(target, method);
    let [sx, sy, sz] = source.shape;
    let [nx, ny, nz] = target.shape;
    if sx == 0 || sy == 0 || sz == 0 {
        return Ok(true);
    }
    let mut finite = true;
    let coefficients: &[f64] = match method {
        Method::Cubic => {
            let data = scratch.take::<f64>(source.voxels())?;
            for (at, row) in data.chunks_exact_mut(sx).enumerate() {
                if at % sy == 0 {
                    watch.check()?;
                }
                let (y, z) = (at % sy + source.start[1], at / sy + source.start[2]);
                read(source.start[0], [y, z], row);
                for value in row {
                    if !value.is_finite() {
                        finite = false;
                        *value = 0.0;
                    }
                }
            }
            prefilter(data, regrid, source.shape, watch)?;
            data
        }
        Method::Nearest | Method::Linear => &[],
    };
    let plane = scratch.take::<f64>(sx * sy)?;
    let line = scratch.take::<f64>(sx)?;
    let samples = scratch.take::<f64>(sx)?;
    let index = scratch.take::<u32>(nx * 4)?;
    let weight = scratch.take::<f64>(nx * 4)?;
    let values = scratch.take::<f64>(nx)?;
    for x in 0..nx {
        let taps = regrid.axes[0].taps(x + target.start[0], method);
        for k in 0..4 {
            let used = k < taps.count;
            // An unused place repeats the first tap with weight 0; see the loop below.
            index[4 * x + k] = (taps.index[if used { k } else { 0 }] - source.start[0]) as u32;
            weight[4 * x + k] = if used { taps.weight[k] } else { 0.0 };
        }
    }
    for z in 0..nz {
        watch.check()?;
        let mut first = true;
        for (from, w) in regrid.axes[2].taps(z + target.start[2], method).iter() {
            for y in 0..sy {
                let row: &[f64] = match method {
                    Method::Cubic => {
                        let start = ((from - source.start[2]) * sy + y) * sx;
                        &coefficients[start..start + sx]
                    }
                    Method::Nearest | Method::Linear => {
                        read(source.start[0], [y + source.start[1], from], samples);
                        samples
                    }
                };
                combine(&mut plane[y * sx..(y + 1) * sx], row, w, first);
            }
            first = false;
        }
        for y in 0..ny {
            let mut first = true;
            for (from, w) in regrid.axes[1].taps(y + target.start[1], method).iter() {
                let start = (from - source.start[1]) * sx;
                combine(line, &plane[start..start + sx], w, first);
                first = false;
            }
            for ((out, index), weight) in
                values.iter_mut().zip(index.chunks_exact(4)).zip(weight.chunks_exact(4))
            {
                let mut sum = weight[0] * line[index[0] as usize];
                for k in 1..4 {
                    if weight[k] != 0.0 {
                        sum += weight[k] * line[index[k] as usize];
                    }
                }
                *out = sum;
            }
            emit(z * ny + y, values);
        }
    }
    Ok(finite)
}

/// `into (+)= weight * row`
fn combine(into: &mut [f64], row: &[f64], weight: f64, first: bool) {
    match (first, weight == 1.0) {
        (true, true) => into.copy_from_slice(row),
        (true, false) => into.iter_mut().zip(row).for_each(|(a, b)| *a = weight * b),
        (false, _) => into.iter_mut().zip(row).for_each(|(a, b)| *a += weight * b),
    }
}

/// The spline filter along each axis that is interpolated.
fn prefilter(
    data: &mut [f64],
    regrid: &Regrid,
    [sx, sy, sz]: [usize; 3],
    watch: &Watch,
) -> Result<(), Error> {
    if !regrid.axes[0].is_identity() {
        for (at, start) in (0..data.len()).step_by(sx).enumerate() {
            if at % sy == 0 {
                watch.check()?;
            }
            spline::prefilter(data, Line { start, stride: 1, len: sx }, 1);
        }
    }
    if !regrid.axes[1].is_identity() {
        for z in 0..sz {
            watch.check()?;
            for x in (0..sx).step_by(LANES) {
                let line = Line { start: z * sx * sy + x, stride: sx, len: sy };
                spline::prefilter(data, line, LANES.min(sx - x));
            }
        }
    }
    if !regrid.axes[2].is_identity() {
        for y in 0..sy {
            watch.check()?;
            for x in (0..sx).step_by(LANES) {
                let line = Line { start: y * sx + x, stride: sx * sy, len: sz };
                spline::prefilter(data, line, LANES.min(sx - x));
            }
        }
    }
    Ok(())
}
