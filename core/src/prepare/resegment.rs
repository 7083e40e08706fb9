//! Re-segmentation: which voxels of the morphological mask form the intensity mask.

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::sum::Sums;
use crate::volume::{Intensities, Mask};

/// What is kept: a closed range of intensities.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Kept {
    /// Lowest intensity that stays.
    pub low: f64,
    /// Highest intensity that stays.
    pub high: f64,
}

/// Calls `visit` for every voxel of the region's box that has the flag, z, y, x.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn visit(
    mask: &Mask,
    flag: u8,
    intensities: &Intensities,
    watch: &Watch,
    mut visit: impl FnMut(f64),
) -> Result<(), Error> {
    let mut pace = Pace::start(watch)?;
    let [_, ny, nz] = mask.shape();
    for z in 0..nz {
        for y in 0..ny {
            let span = mask.span(y, z);
            pace.spend(span.len())?;
            let flags = &mask.row(y, z)[span.clone()];
            for (flags, value) in flags.iter().zip(&intensities.row(y, z)[span]) {
                if flags & flag != 0 {
                    visit(*value);
                }
            }
        }
    }
    Ok(())
}

/// The range `mean - k sd ..= mean + k sd` over the finite intensities of the morphological mask, with the
/// population standard deviation, or `None` without any finite intensity.
///
/// ```text
/// mean = 1/N sum x      sd = sqrt(1/N sum (x - mean)^2)
/// ```
///
/// # Errors
/// [`Error::Cancelled`].
pub fn outlier_range(
    mask: &Mask,
    intensities: &Intensities,
    k: f64,
    watch: &Watch,
) -> Result<Option<Kept>, Error> {
    let mut sums = Sums::<2>::new();
    let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
    visit(mask, Mask::MORPHOLOGICAL, intensities, watch, |x| {
        if x.is_finite() {
            sums.push([1.0, x]);
            (min, max) = (min.min(x), max.max(x));
        }
    })?;
    let [count, total] = sums.total();
    if count == 0.0 {
        return Ok(None);
    }
    // Rounding must not carry the mean of equal intensities away from them: all would be outliers.
    let mean = (total / count).clamp(min, max);
    let mut squares = Sums::<1>::new();
    visit(mask, Mask::MORPHOLOGICAL, intensities, watch, |x| {
        if x.is_finite() {
            squares.push([(x - mean) * (x - mean)]);
        }
    })?;
    let sd = math::sqrt(squares.total()[0] / count);
    Ok(Some(Kept { low: mean - k * sd, high: mean + k * sd }))
}

/// Whether an intensity stays in the intensity mask.
///
/// Non-finite intensities fail every range and are removed by it. Without a range they stay, so that
/// the intensity families can say why they have no value.
pub fn keeps(ranges: &[Option<Kept>], x: f64) -> bool {
    ranges.iter().flatten().all(|r| x.is_finite() && x >= r.low && x <= r.high)
}
