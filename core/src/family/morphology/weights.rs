//! The intensity mask as a body with weight.

use super::axes::Moments;
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
                let (dy, dz) = (y as f64 - centre[1], z as f64 - centre[2]);
                let row = mask.row(y, z).iter().zip(intensities.row(y, z)).enumerate();
                for (x, (flags, value)) in row {
                    if flags & Mask::INTENSITY != 0 {
                        let dx = x as f64 - centre[0];
                        count += 1;
                        sums.push([*value, value * dx, value * dy, value * dz]);
                    }
                }
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
