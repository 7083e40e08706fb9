//! The intensity mask as a body with weight.

use super::axes::Moments;
use super::rows;
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::status::{Status, Value};
use crate::sum::Sums;
use crate::volume::{Intensities, Mask};

/// Intensities of the intensity mask, summed.
#[derive(Clone, Copy, Debug)]
pub(super) struct Weights {
    count: u64,
    total: f64,
    /// Sum of intensity times place, in voxels from the centre of the morphological mask.
    moment: [f64; 3],
}

/// Partial sums side by side in a row.
const LANES: usize = 8;

/// Sums of the intensities inside, and of these times their place from the middle of the row.
#[inline(always)]
fn row(values: &[f64], inside: impl Fn(usize) -> bool) -> [f64; 2] {
    // In each lane of intensities, and of these times the number of their block: whole blocks, then the rest.
    let (mut sums, mut moments) = ([0.0; LANES], [0.0; LANES]);
    let (blocks, rest) = values.as_chunks::<LANES>();
    for (at, block) in blocks.iter().enumerate() {
        let place = at as f64;
        for lane in 0..LANES {
            let value = if inside(at * LANES + lane) { block[lane] } else { 0.0 };
            sums[lane] += value;
            moments[lane] += value * place;
        }
    }
    let place = blocks.len() as f64;
    for (lane, value) in rest.iter().enumerate() {
        let value = if inside(blocks.len() * LANES + lane) { *value } else { 0.0 };
        sums[lane] += value;
        moments[lane] += value * place;
    }
    let half = (values.len() - 1) as f64 / 2.0;
    for (lane, (moment, sum)) in moments.iter_mut().zip(sums).enumerate() {
        *moment = LANES as f64 * *moment + (lane as f64 - half) * sum;
    }
    [sums, moments].map(|l| ((l[0] + l[1]) + (l[2] + l[3])) + ((l[4] + l[5]) + (l[6] + l[7])))
}

impl Weights {
    /// Sums over the intensity mask; `about` are the moments of the morphological mask.
    pub(super) fn of(
        mask: &Mask,
        intensities: &Intensities,
        about: &Moments,
        watch: &Watch,
    ) -> Result<Self, Error> {
        // About the centre sums stay small.
        let centre = about.first.map(|sum| sum as f64 / about.count as f64);
        let mut count = 0;
        let mut sums = Sums::<4>::new();
        let [_, ny, nz] = mask.shape();
        for z in 0..nz {
            for y in 0..ny {
                if y % 256 == 0 {
                    watch.check()?;
                }
                let span = rows::span(mask, y, z);
                if span.is_empty() {
                    continue;
                }
                let flags = &mask.row(y, z)[span.clone()];
                let values = &intensities.row(y, z)[span.clone()];
                let inside = mask.count_row(y, z, Mask::INTENSITY);
                let [total, x] = if inside == span.len() {
                    row(values, |_| true)
                } else {
                    row(values, |i| flags[i] & Mask::INTENSITY != 0)
                };
                count += inside as u64;
                let middle = (span.start + span.end - 1) as f64 / 2.0 - centre[0];
                let (dy, dz) = (y as f64 - centre[1], z as f64 - centre[2]);
                sums.push([total, x + total * middle, total * dy, total * dz]);
            }
        }
        let [total, x, y, z] = sums.total();
        Ok(Self { count, total, moment: [x, y, z] })
    }

    /// Mean intensity.
    pub(super) fn mean(&self) -> Value {
        Value::ratio(self.total, self.count as f64, Status::EmptyIntensityMask)
    }

    /// Distance in mm between the centre of the morphological mask and the centre of weight.
    pub(super) fn shift(&self, spacing: [f64; 3]) -> Value {
        if self.count == 0 {
            return Value::undefined(Status::EmptyIntensityMask);
        }
        if self.total == 0.0 {
            return Value::undefined(Status::ZeroDenominator);
        }
        let [x, y, z]: [f64; 3] =
            core::array::from_fn(|i| self.moment[i] / self.total * spacing[i]);
        Value::ok(math::sqrt(x * x + y * y + z * z))
    }
}
