//! The interpolating cubic B-spline: its weights, and the filter from samples to coefficients.
//!
//! Unser, Aldroubi and Eden, IEEE Trans. Signal Process. 41 (1993) 821: the coefficients come from one
//! causal and one anticausal recursion with the pole `sqrt(3) - 2`; the signal is mirrored at its ends.

use crate::error::Error;
use crate::host::Watch;

/// The pole sqrt(3) - 2.
const POLE: f64 = -0.267_949_192_431_122_7;

/// Samples beyond which a boundary has no influence: the pole to this power is 5e-19.
pub const MARGIN: usize = 32;

/// Samples that the filter takes at once along a row of lines.
const LANES: usize = 64;

/// Weights of the coefficients at -1, 0, 1, 2 for a point a fraction `t` of a sample beyond 0.
pub fn weights(t: f64) -> [f64; 4] {
    let u = 1.0 - t;
    [
        u * u * u / 6.0,
        2.0 / 3.0 - t * t * (2.0 - t) / 2.0,
        2.0 / 3.0 - u * u * (2.0 - u) / 2.0,
        t * t * t / 6.0,
    ]
}

/// A line of samples within a larger buffer.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    /// Index of its first sample.
    pub start: usize,
    /// Distance between its samples.
    pub stride: usize,
    /// Number of samples.
    pub len: usize,
}

/// Turns the samples of `width` neighbouring lines into coefficients, in place. The lines start at
/// `line.start`, `line.start + 1`, ...; working on several at once lets the compiler vectorise.
pub fn prefilter(data: &mut [f64], line: Line, width: usize) {
    let Line { start, stride, len } = line;
    if len < 2 {
        return;
    }
    let at = |k: usize| start + k * stride;
    for lane in 0..width {
        data[at(0) + lane] = first(data, at(0) + lane, stride, len);
    }
    for k in 1..len {
        for lane in 0..width {
            let before = data[at(k - 1) + lane];
            let sample = data[at(k) + lane];
            data[at(k) + lane] = 6.0 * sample + POLE * before;
        }
    }
    for lane in 0..width {
        let (last, before) = (data[at(len - 1) + lane], data[at(len - 2) + lane]);
        data[at(len - 1) + lane] = POLE / (POLE * POLE - 1.0) * (last + POLE * before);
    }
    for k in (0..len - 1).rev() {
        for lane in 0..width {
            let after = data[at(k + 1) + lane];
            let here = data[at(k) + lane];
            data[at(k) + lane] = POLE * (after - here);
        }
    }
}

/// Turns the samples of a box into coefficients, in place, along each axis that is interpolated.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn prefilter_box(
    data: &mut [f64],
    interpolated: [bool; 3],
    [sx, sy, sz]: [usize; 3],
    watch: &Watch,
) -> Result<(), Error> {
    if interpolated[0] {
        for (at, start) in (0..data.len()).step_by(sx).enumerate() {
            if at % sy == 0 {
                watch.check()?;
            }
            prefilter(data, Line { start, stride: 1, len: sx }, 1);
        }
    }
    if interpolated[1] {
        for z in 0..sz {
            watch.check()?;
            for x in (0..sx).step_by(LANES) {
                let line = Line { start: z * sx * sy + x, stride: sx, len: sy };
                prefilter(data, line, LANES.min(sx - x));
            }
        }
    }
    if interpolated[2] {
        for y in 0..sy {
            watch.check()?;
            for x in (0..sx).step_by(LANES) {
                let line = Line { start: y * sx + x, stride: sx * sy, len: sz };
                prefilter(data, line, LANES.min(sx - x));
            }
        }
    }
    Ok(())
}

/// Where the causal recursion starts, for a mirrored signal: the sum over one period, or over as many
/// samples as have an influence.
fn first(data: &[f64], start: usize, stride: usize, len: usize) -> f64 {
    let sample = |k: usize| data[start + k * stride];
    let mut sum = sample(0);
    let mut power = POLE;
    if len > 2 * MARGIN {
        for k in 1..2 * MARGIN {
            sum += power * sample(k);
            power *= POLE;
        }
        return 6.0 * sum;
    }
    for k in 1..len {
        sum += power * sample(k);
        power *= POLE;
    }
    for k in (1..len - 1).rev() {
        sum += power * sample(k);
        power *= POLE;
    }
    // `power` is the pole to the period 2 len - 2.
    6.0 * sum / (1.0 - power)
}
