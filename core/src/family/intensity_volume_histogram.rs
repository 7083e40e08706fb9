//! Intensity-volume histogram (IBSI P88C): the share of the region at or above an intensity.

use super::distribution::Distribution;
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::status::{Status, Value};
use crate::sum::Sums;

/// The most fractions at which the histogram is read.
pub const MAX_FRACTIONS: usize = 8;

/// The grey levels of the histogram.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scale {
    /// The whole numbers `min, min + 1, ... max`. The values are such numbers, and the level `i`
    /// stands for the intensity `origin + width i`.
    Steps {
        /// Lowest level.
        min: f64,
        /// Highest level.
        max: f64,
        /// Intensity of the level 0.
        origin: f64,
        /// Intensities from one level to the next.
        width: f64,
    },
    /// The intensities that occur, between the bounds of the range.
    Occurring {
        /// Lower bound.
        min: f64,
        /// Upper bound.
        max: f64,
    },
}

/// Values at the chosen fractions.
#[derive(Clone, Copy, Debug)]
pub struct Features {
    volume: [Value; MAX_FRACTIONS],
    intensity: [Value; MAX_FRACTIONS],
    differences: [Value; 2],
    area: Value,
}

impl Features {
    /// Every value undefined for one reason.
    pub const fn undefined(status: Status) -> Self {
        let value = Value::undefined(status);
        Self {
            volume: [value; MAX_FRACTIONS],
            intensity: [value; MAX_FRACTIONS],
            differences: [value; 2],
            area: value,
        }
    }

    /// The value of a registry row at the fraction with this place.
    pub fn get(&self, name: &str, fraction: usize) -> Option<&Value> {
        match name {
            "ivh_v" => self.volume.get(fraction),
            "ivh_i" => self.intensity.get(fraction),
            "ivh_diff_v" => Some(&self.differences[0]),
            "ivh_diff_i" => Some(&self.differences[1]),
            "ivh_auc" => Some(&self.area),
            _ => None,
        }
    }
}

/// The curve: levels and the share of voxels at or above them.
struct Curve<'s> {
    values: &'s Distribution<'s>,
    scale: Scale,
}

impl Curve<'_> {
    fn bounds(&self) -> (f64, f64) {
        match self.scale {
            Scale::Steps { min, max, .. } | Scale::Occurring { min, max } => (min, max),
        }
    }

    /// nu: the share of voxels whose intensity is at least `i`.
    fn share(&self, i: f64) -> f64 {
        self.at_least(self.values.below(|x| x < i))
    }

    /// The share of the voxels that are not below.
    fn at_least(&self, below: usize) -> f64 {
        let n = self.values.len();
        (n - below) as f64 / n as f64
    }

    /// V_x: the largest share at a level whose intensity fraction is at least `x`.
    fn volume_at(&self, x: f64) -> f64 {
        let (min, max) = self.bounds();
        let spread = max - min;
        if !spread.is_finite() {
            return self.share((1.0 - x) * min + x * max);
        }
        // How far above the lowest level gamma reaches x; a distance within rounding of that counts.
        let reach = match self.scale {
            Scale::Steps { .. } => math::ceil(x * spread - (4.0 * f64::EPSILON * spread).max(1e-9)),
            Scale::Occurring { .. } => {
                x * spread - 2.0 * f64::EPSILON * (math::abs(min) + math::abs(max))
            }
        };
        // Distances are exact where the levels themselves may round.
        self.at_least(self.values.below(|i| i - min < reach))
    }

    /// The most voxels that are a share of at most `x`.
    fn voxels_within(&self, x: f64) -> usize {
        let n = self.values.len();
        let within = |count: usize| count as f64 / n as f64 <= x;
        // The product may round to the other side of a whole number; the quotient decides.
        let mut count = ((x * n as f64) as usize).min(n);
        if count < n && within(count + 1) {
            count += 1;
        }
        if count > 0 && !within(count) {
            count -= 1;
        }
        count
    }

    /// I_x: the lowest level whose share is at most `x`; the highest level where there is none.
    ///
    /// The share of a level is at most `x` when so many voxels at most reach it: the level lies above the
    /// highest intensity that may not reach it.
    fn intensity_at(&self, x: f64) -> f64 {
        let (min, max) = self.bounds();
        let below = self.values.len().checked_sub(self.voxels_within(x) + 1);
        let below = below.and_then(|place| self.values.at(place));
        match self.scale {
            Scale::Steps { origin, width, .. } => {
                let level = below.map_or(min, |below| (below + 1.0).max(min).min(max));
                origin + width * level
            }
            Scale::Occurring { .. } => {
                let place = below.map_or(0, |below| self.values.below(|y| y <= below));
                self.values.at(place).unwrap_or(max)
            }
        }
    }

    /// Area under nu over gamma by trapezoids.
    fn area(&self, pace: &mut Pace) -> Result<Value, Error> {
        let (min, max) = self.bounds();
        let count = self.values.len();
        if max <= min || self.values.at(0) == self.values.at(count.wrapping_sub(1)) {
            return Ok(Value::by_convention(0.0));
        }
        if !(max - min).is_finite() {
            return Ok(Value::undefined(Status::Overflow));
        }
        let mut sums = Sums::<1>::new();
        match self.scale {
            Scale::Steps { .. } => {
                // The trapezoids over equal steps: all shares, the two ends counted half. The shares
                // summed over levels are the levels reached, averaged over voxels.
                let last = max - min;
                self.values.visit(0..count, pace, |x, count| {
                    sums.push([count as f64 * (x - min + 1.0).clamp(0.0, last + 1.0)]);
                })?;
                let reached = sums.total()[0] / count as f64;
                Ok(Value::ok((reached - 0.5 * (self.share(min) + self.share(max))) / last))
            }
            Scale::Occurring { .. } => {
                let spread = max - min;
                let share_of_max = self.share(max);
                let (mut at, mut share) = (min, self.share(min));
                let mut place = self.values.below(|x| x <= min);
                self.values.visit(place..count, pace, |value, times| {
                    let next = value.min(max);
                    // All intensities before this place are smaller.
                    let here = if value <= max { self.at_least(place) } else { share_of_max };
                    sums.push([(share + here) / 2.0 * ((next - at) / spread)]);
                    (at, share) = (next, here);
                    place += times as usize;
                })?;
                sums.push([share / 2.0 * ((max - at) / spread)]);
                Ok(Value::ok(sums.total()[0]))
            }
        }
    }
}

/// Reads the histogram of intensities at fractions between 0 and 1.
///
/// ```text
/// nu(i)    = share of voxels with intensity >= i
/// gamma(i) = (i - min G) / (max G - min G)
/// V_x      BC2M  largest nu(i) with gamma(i) >= x                volume fraction
/// I_x      GBPN  smallest i with nu(i) <= x                      intensity
/// V_x1 - V_xn  DDTU   I_x1 - I_xn  CNV2      between the first and the last fraction
/// area     9CMM  under nu over gamma, by trapezoids; 0 by convention with one intensity in the region
/// ```
///
/// G holds the levels of `scale`. For bins of fixed size the caller gives bin centres, for a fixed number
/// of bins the bin numbers. Where no level has a share of at most `x`, I_x is the highest level.
/// Undefined for an empty mask. Reference: IBSI manual, section *Intensity-volume histogram features*.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn extract(
    values: &Distribution,
    scale: Scale,
    fractions: &[f64],
    watch: &Watch,
) -> Result<Features, Error> {
    let mut pace = Pace::start(watch)?;
    if values.is_empty() {
        return Ok(Features::undefined(Status::EmptyIntensityMask));
    }
    let curve = Curve { values, scale };
    let mut out = Features::undefined(Status::NotComputed);
    for ((volume, intensity), x) in out.volume.iter_mut().zip(&mut out.intensity).zip(fractions) {
        *volume = Value::ok(curve.volume_at(*x));
        *intensity = Value::ok(curve.intensity_at(*x));
    }
    if let Some(last) = fractions.len().min(MAX_FRACTIONS).checked_sub(1) {
        let difference = |a: &[Value]| Value::ok(a[0].number() - a[last].number());
        out.differences = [difference(&out.volume), difference(&out.intensity)];
    }
    out.area = curve.area(&mut pace)?;
    Ok(out)
}
