//! Interpolation of image and mask onto another grid, box by box.
//!
//! Separable: for each target slice the source slices are combined, for each target row their rows,
//! then the samples along the row. Only the box that the target needs is read.

use super::gaps;
use super::grid::Regrid;
pub use super::method::Method;
use super::spline;
use crate::error::Error;
use crate::host::Watch;
use crate::view::BoundingBox;
use crate::workspace::{Arena, Footprint};

/// Rounding noise of interpolated mask values. A spacing ratio of 3 : 2 puts many of them at exactly
/// one half; they belong to the region.
pub const MASK_SLACK: f64 = 1e-6;

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
/// counts; the spline mirrors there. A target voxel between samples of which one is not finite (the two
/// nearest along each axis that is interpolated) is NaN, and its neighbours are not affected: the spline sees
/// [means of the surroundings](gaps::fill) instead. The nearest voxel is given as it is. A constant image
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
    let plane = scratch.take::<f64>(sx.saturating_mul(sy))?;
    let line = scratch.take::<f64>(sx)?;
    let samples = scratch.take::<f64>(sx)?;
    let index = scratch.take::<u32>(nx.saturating_mul(4))?;
    let weight = scratch.take::<f64>(nx.saturating_mul(4))?;
    let values = scratch.take::<f64>(nx)?;
    let mut finite = true;
    let mut coefficients: &[f64] = &[];
    if method == Method::Cubic {
        let data = scratch.take::<f64>(source.voxels())?;
        let found = load(read, source, data, watch)?;
        finite = found.finite;
        if let Some(constant) = found.constant {
            values.fill(constant);
            (0..ny * nz).for_each(|row| emit(row, values));
            return Ok(finite);
        }
        let interpolated = regrid.axes.map(|axis| !axis.is_identity());
        if !finite {
            gaps::fill(data, source.shape, interpolated, plane, watch)?;
        }
        spline::prefilter_box(data, interpolated, source.shape, watch)?;
        coefficients = data;
    }
    for x in 0..nx {
        let taps = regrid.axes[0].taps(x + target.start[0], method);
        for k in 0..4 {
            // An unused place repeats the first tap with weight 0.
            let (from, w) = taps.iter().nth(k).unwrap_or((taps.index[0], 0.0));
            index[4 * x + k] = (from - source.start[0]) as u32;
            weight[4 * x + k] = w;
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
                combine(&mut plane[y * sx..(y + 1) * sx], row, w, first, method);
            }
            first = false;
        }
        for y in 0..ny {
            let mut first = true;
            for (from, w) in regrid.axes[1].taps(y + target.start[1], method).iter() {
                let start = (from - source.start[1]) * sx;
                combine(line, &plane[start..start + sx], w, first, method);
                first = false;
            }
            let taps = index.chunks_exact(4).zip(weight.chunks_exact(4));
            for (out, (index, weight)) in values.iter_mut().zip(taps) {
                let sample = |k: usize| line[index[k] as usize];
                *out = match method {
                    Method::Nearest => sample(0),
                    Method::Linear => sample(0) + weight[1] * (sample(1) - sample(0)),
                    Method::Cubic => {
                        weight[0] * sample(0)
                            + weight[1] * sample(1)
                            + weight[2] * sample(2)
                            + weight[3] * sample(3)
                    }
                };
            }
            emit(z * ny + y, values);
        }
    }
    Ok(finite)
}

/// What the samples of a box are like.
struct Found {
    /// Whether all are finite.
    finite: bool,
    /// The value of all finite samples, where they have one value only or there are none.
    constant: Option<f64>,
}

/// Reads a box; what is not finite becomes NaN.
fn load(
    read: &impl Fn(usize, [usize; 2], &mut [f64]),
    from: BoundingBox,
    data: &mut [f64],
    watch: &Watch,
) -> Result<Found, Error> {
    let [sx, sy, _] = from.shape;
    let mut finite = true;
    let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
    for (at, row) in data.chunks_exact_mut(sx).enumerate() {
        if at % sy == 0 {
            watch.check()?;
        }
        read(from.start[0], [at % sy + from.start[1], at / sy + from.start[2]], row);
        for value in row {
            if value.is_finite() {
                min = min.min(*value);
                max = max.max(*value);
            } else {
                finite = false;
                *value = f64::NAN;
            }
        }
    }
    let constant = if min < max { None } else { Some(if min.is_finite() { min } else { 0.0 }) };
    Ok(Found { finite, constant })
}

/// Adds a row with its weight. The second row of a linear pair pulls the first towards itself instead: two
/// equal samples then give that sample, whatever the weights.
fn combine(into: &mut [f64], row: &[f64], weight: f64, first: bool, method: Method) {
    let pairs = into.iter_mut().zip(row);
    match (method, first) {
        (Method::Nearest | Method::Linear, true) => into.copy_from_slice(row),
        (Method::Nearest | Method::Linear, false) => {
            pairs.for_each(|(a, b)| *a += weight * (b - *a))
        }
        (Method::Cubic, true) => pairs.for_each(|(a, b)| *a = weight * b),
        (Method::Cubic, false) => pairs.for_each(|(a, b)| *a += weight * b),
    }
}
