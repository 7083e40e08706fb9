//! The interpolating cubic B-spline: its weights, and the filter from samples to coefficients.
//!
//! Unser, Aldroubi and Eden, IEEE Trans. Signal Process. 41 (1993) 821: the coefficients come from one
//! causal and one anticausal recursion with the pole `sqrt(3) - 2`; the signal is mirrored at its ends.

use core::array;

use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;

/// The pole sqrt(3) - 2.
const POLE: f64 = -0.267_949_192_431_122_7;

/// Samples beyond which a boundary has no influence: the pole to this power is 5e-19.
pub const MARGIN: usize = 32;

/// Neighbouring lines that are filtered side by side across x.
const LANES: usize = 256;

/// Rows that are filtered side by side along x.
const ROWS: usize = 8;

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
    let mut pace = Pace::start(watch)?;
    if interpolated[0] && sx > 1 {
        for rows in data.chunks_mut(ROWS * sx) {
            pace.spend(rows.len())?;
            if rows.len() == ROWS * sx {
                along::<ROWS>(rows, sx);
            } else {
                rows.chunks_exact_mut(sx).for_each(|row| along::<1>(row, sx));
            }
        }
    }
    // Across x, lines lie side by side and their samples a row or a slice apart.
    let slice = sx * sy;
    let across_y = (interpolated[1], sz, slice, sx, sy);
    let across_z = (interpolated[2], sy, sx, slice, sz);
    for (wanted, count, next, stride, len) in [across_y, across_z] {
        if !wanted || len < 2 {
            continue;
        }
        for at in 0..count {
            for x in (0..sx).step_by(LANES) {
                let width = LANES.min(sx - x);
                pace.spend(width * len)?;
                let start = at * next + x;
                across(&mut data[start..=start + (len - 1) * stride + width - 1], stride, width);
            }
        }
    }
    Ok(())
}

/// Filters rows of `len` samples, at least 2. Each sample waits for the one before it in its row; meanwhile the
/// other rows go on.
fn along<const N: usize>(cells: &mut [f64], len: usize) {
    let mut all = cells.chunks_exact_mut(len);
    let mut rows: [&mut [f64]; N] = array::from_fn(|_| all.next().unwrap_or_default());
    let mut last = [0.0; N];
    for (row, last) in rows.iter_mut().zip(&mut last) {
        let mut sum = row[0];
        let divisor = mirrored(len, |k, power| sum += power * row[k]);
        *last = 6.0 * sum / divisor;
        row[0] = *last;
    }
    for k in 1..len {
        for (row, last) in rows.iter_mut().zip(&mut last) {
            *last = 6.0 * row[k] + POLE * *last;
            row[k] = *last;
        }
    }
    for (row, last) in rows.iter_mut().zip(&mut last) {
        *last = turn(row[len - 2], *last);
        row[len - 1] = *last;
    }
    for k in (0..len - 1).rev() {
        for (row, last) in rows.iter_mut().zip(&mut last) {
            *last = POLE * (*last - row[k]);
            row[k] = *last;
        }
    }
}

/// Filters `width` lines side by side, at most [`LANES`], whose samples are `stride` apart.
fn across(cells: &mut [f64], stride: usize, width: usize) {
    let len = cells.len().div_ceil(stride);
    let mut sums = [0.0; LANES];
    let sums = &mut sums[..width];
    sums.copy_from_slice(&cells[..width]);
    let divisor = mirrored(len, |k, power| {
        for (sum, sample) in sums.iter_mut().zip(&cells[k * stride..][..width]) {
            *sum += power * *sample;
        }
    });
    for (first, sum) in cells.iter_mut().zip(sums) {
        *first = 6.0 * *sum / divisor;
    }
    for k in 1..len {
        let (before, here) = cells[(k - 1) * stride..].split_at_mut(stride);
        for (here, before) in here[..width].iter_mut().zip(&before[..width]) {
            *here = 6.0 * *here + POLE * *before;
        }
    }
    let (before, last) = cells[(len - 2) * stride..].split_at_mut(stride);
    for (last, before) in last.iter_mut().zip(&before[..width]) {
        *last = turn(*before, *last);
    }
    for k in (0..len - 1).rev() {
        let (here, after) = cells[k * stride..].split_at_mut(stride);
        for (here, after) in here[..width].iter_mut().zip(&after[..width]) {
            *here = POLE * (*after - *here);
        }
    }
}

/// Where the anticausal recursion starts.
fn turn(before: f64, last: f64) -> f64 {
    POLE / (POLE * POLE - 1.0) * (last + POLE * before)
}

/// What adds to the first sample of a mirrored line where the causal recursion starts: the samples over one period,
/// or as many as have an influence, and the powers of the pole they count with. Answers what divides the sum.
fn mirrored(len: usize, mut add: impl FnMut(usize, f64)) -> f64 {
    let mut power = POLE;
    let mut next = |k: usize| {
        add(k, power);
        power *= POLE;
    };
    if len > 2 * MARGIN {
        (1..2 * MARGIN).for_each(next);
        return 1.0;
    }
    (1..len).for_each(&mut next);
    (1..len - 1).rev().for_each(&mut next);
    // The power is now the pole to the period 2 len - 2.
    1.0 - power
}
