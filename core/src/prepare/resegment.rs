//! Re-segmentation: which voxels of the morphological mask form the intensity mask.

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::status::Status;
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
            pace.spend(mask.shape()[0])?;
            for (flags, value) in mask.row(y, z).iter().zip(intensities.row(y, z)) {
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

/// What is known of the intensity mask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extremes {
    /// Voxels in the intensity mask.
    pub count: u64,
    /// Lowest intensity.
    pub min: f64,
    /// Highest intensity.
    pub max: f64,
    /// Whether every intensity is a whole number.
    pub whole: bool,
}

/// Whether a finite number is a whole one.
#[inline]
fn is_whole(x: f64) -> bool {
    // 2^51: adding and taking away three times as much leaves no digit after the point.
    const LIMIT: f64 = 2_251_799_813_685_248.0;
    if math::abs(x) < LIMIT { (x + 3.0 * LIMIT) - 3.0 * LIMIT == x } else { math::floor(x) == x }
}

/// Extremes of the intensity mask, or why the intensity families have no values.
///
/// The inner error is the status of those families: an empty mask or a non-finite intensity.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn extremes(
    mask: &Mask,
    intensities: &Intensities,
    watch: &Watch,
) -> Result<Result<Extremes, Status>, Error> {
    let mut found = Extremes { count: 0, min: f64::INFINITY, max: f64::NEG_INFINITY, whole: true };
    let mut finite = true;
    let mut pace = Pace::start(watch)?;
    let [nx, ny, nz] = mask.shape();
    for z in 0..nz {
        for y in 0..ny {
            pace.spend(nx)?;
            // Of the row alone, so that all of it stays in registers.
            let Extremes { mut count, mut min, mut max, mut whole } = found;
            let mut sum_of_bad = 0.0;
            for (flags, x) in mask.row(y, z).iter().zip(intensities.row(y, z)) {
                if flags & Mask::INTENSITY != 0 {
                    count += 1;
                    min = if *x < min { *x } else { min };
                    max = if *x > max { *x } else { max };
                    whole &= is_whole(*x);
                    // 0, or no number where the intensity is not finite.
                    sum_of_bad += *x * 0.0;
                }
            }
            finite &= sum_of_bad == 0.0;
            found = Extremes { count, min, max, whole };
        }
    }
    Ok(match (found.count, finite) {
        (0, _) => Err(Status::EmptyIntensityMask),
        (_, false) => Err(Status::NonFiniteIntensity),
        _ => Ok(found),
    })
}
