//! Fractional intensities, and whole ones of a long range, first in small whole steps: most rows have no mean near the highest
//! one, and need not be summed exactly.
//!
//! Sums of 16 bits take a third of the time of sums of doubles. An intensity is rounded to the nearest of some thousand steps
//! from the lowest to the highest, so that the mean of a sphere moves by half a step at most. A row that stays more than a step
//! below the highest mean cannot hold the peak; the few others are left. So it is for the voxels with the highest intensity.

use super::rows::{Bounds, Rows};
use super::{Around, FEATURES, Look};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::volume::POINT;
use crate::workspace::{Arena, Footprint};

/// What [`Coarse::keep_rows`] takes beside what the peaks take.
pub(super) fn footprint([_, ny, nz]: [usize; 3]) -> Footprint {
    let rows = ny.saturating_mul(nz);
    Footprint::of::<[f64; FEATURES]>(rows).all_of(Footprint::of::<f64>(rows))
}

/// The steps of intensities.
pub(super) struct Coarse {
    lowest: f64,
    /// The last step.
    steps: f64,
    /// From one step to the next.
    width: f64,
    /// More than rounding can take from a mean, here and where sums are exact.
    rounding: f64,
}

/// Most steps: with fewer, more of them are summed at once.
const MOST: f64 = 1000.0;

/// From so many voxels of the box on the second pass over a few rows is worth it.
const WORTH: usize = 1 << 9;

impl Coarse {
    /// Steps of which a column of a sphere holds what 16 bits do; `None` where they help nothing.
    pub(super) fn new(look: &Look, shape: [usize; 3], column: u64, voxels: f64) -> Option<Self> {
        let Look { base: lowest, top, scale, .. } = *look;
        let most = (f64::from(u16::MAX) / column as f64).min(f64::from(i32::MAX) / voxels);
        let steps = math::floor(most.min(MOST));
        let width = (top - lowest) / steps;
        let worth = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side)) >= WORTH;
        let sound = scale == 1.0 && steps >= 16.0 && width.is_normal() && top.is_finite();
        let rounding = 1e-12 * math::abs(lowest).max(math::abs(top));
        (worth && sound).then_some(Self { lowest, steps, width, rounding })
    }

    /// Leaves the rows that can hold a peak.
    pub(super) fn keep_rows(
        &self,
        around: &Around,
        rows: &mut Rows,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let [_, ny, nz] = around.mask.shape();
        let means = scratch.take::<[f64; FEATURES]>(ny * nz)?;
        means.fill([f64::NEG_INFINITY; FEATURES]);
        let bounds = Bounds::new(rows, &mut scratch)?;
        let per_unit = 1.0 / self.width;
        let read = |x: f64| ((x - self.lowest) * per_unit + POINT).to_bits() as u16;
        let most = (f64::from(u16::MAX) / self.steps) as u64;
        let told = Some(&mut *means);
        let peaks = around.peaks(read, 0.0, most, rows, bounds, told, watch, scratch)?;
        // In steps, of which half may be lost on either side, and next to nothing by rounding.
        let least = peaks.map(|peak| peak - 1.0 - 1e-9 - 2.0 * self.rounding / self.width);
        rows.keep(|y, z| {
            let [local, global] = means[z * ny + y];
            local >= least[0] || global >= least[1]
        });
        Ok(())
    }
}
