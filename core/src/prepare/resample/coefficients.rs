//! Samples of a box made into coefficients of the spline.

use super::super::gaps;
use super::super::spline;
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::view::BoundingBox;

/// What the samples of a box are like.
pub(super) struct Found {
    /// Whether all are finite.
    pub finite: bool,
    /// The value of all finite samples, where they have one value only or there are none.
    pub constant: Option<f64>,
}

/// Reads a box and makes coefficients of it, unless it is constant. `slice` is scratch of one slice.
pub(super) fn read(
    read: &impl Fn(usize, [usize; 2], &mut [f64]),
    from: BoundingBox,
    interpolated: [bool; 3],
    data: &mut [f64],
    slice: &mut [f64],
    watch: &Watch,
) -> Result<Found, Error> {
    let found = load(read, from, data, watch)?;
    if found.constant.is_none() {
        if !found.finite {
            gaps::fill(data, from.shape, interpolated, slice, watch)?;
        }
        spline::prefilter_box(data, interpolated, from.shape, watch)?;
    }
    Ok(found)
}

/// Reads a box; what is not finite becomes NaN.
fn load(
    read: &impl Fn(usize, [usize; 2], &mut [f64]),
    from: BoundingBox,
    data: &mut [f64],
    watch: &Watch,
) -> Result<Found, Error> {
    let [sx, sy, _] = from.shape;
    let mut pace = Pace::start(watch)?;
    let mut finite = true;
    // The first finite sample, as long as all others equal it.
    let (mut value, mut same) = (None, true);
    for (at, row) in data.chunks_exact_mut(sx).enumerate() {
        pace.spend(sx)?;
        read(from.start[0], [at % sy + from.start[1], at / sy + from.start[2]], row);
        if row.iter().fold(false, |any, v| any | !v.is_finite()) {
            finite = false;
            row.iter_mut().filter(|v| !v.is_finite()).for_each(|v| *v = f64::NAN);
        }
        if same {
            for sample in row.iter().filter(|v| !v.is_nan()) {
                same &= *value.get_or_insert(*sample) == *sample;
            }
        }
    }
    Ok(Found { finite, constant: same.then(|| value.unwrap_or(0.0)) })
}
