//! The intensities of the mask, minus their mean.

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::status::Status;
use crate::sum::Sums;
use crate::volume::{Intensities, Mask};

/// Reads centred intensities, in units in which no product overflows or vanishes.
pub(super) struct Centred<'a> {
    mask: &'a Mask<'a>,
    intensities: &'a Intensities<'a>,
    voxels: u64,
    /// Power of two.
    scale: f64,
    pivot: f64,
    /// Mean of what is left after the pivot: the rounding error of the pivot.
    rest: f64,
    squares: f64,
}

impl<'a> Centred<'a> {
    /// The field, or why the features have no value.
    ///
    /// # Errors
    /// When the two boxes differ or the host cancels.
    pub(super) fn new(
        mask: &'a Mask<'a>,
        intensities: &'a Intensities<'a>,
        watch: &Watch,
    ) -> Result<Result<Self, Status>, Error> {
        for (side, want) in intensities.region_shape().into_iter().zip(mask.shape()) {
            if side != want {
                return Err(Error::invalid("intensities.region_shape", side, "the mask's shape"));
            }
        }
        let mut field =
            Self { mask, intensities, voxels: 0, scale: 1.0, pivot: 0.0, rest: 0.0, squares: 0.0 };
        let (mut voxels, mut finite) = (0u64, true);
        let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
        field.visit(watch, |x| {
            voxels += 1;
            finite &= x.is_finite();
            (min, max) = (min.min(x), max.max(x));
        })?;
        let reason = match (voxels, finite) {
            (0, _) => Some(Status::EmptyIntensityMask),
            (1, _) => Some(Status::TooFewVoxels),
            (_, false) => Some(Status::NonFiniteIntensity),
            _ => (min == max).then_some(Status::ZeroVariance),
        };
        if let Some(reason) = reason {
            return Ok(Err(reason));
        }
        field.voxels = voxels;
        field.scale = math::power_of_two_scale(math::abs(min).max(math::abs(max)));
        field.pivot = field.mean(watch)?;
        field.rest = field.mean(watch)?;
        let mut squares = Sums::<1>::new();
        field.visit(watch, |x| squares.push([x * x]))?;
        field.squares = squares.total()[0];
        Ok(Ok(field))
    }

    fn mean(&self, watch: &Watch) -> Result<f64, Error> {
        let mut sums = Sums::<1>::new();
        self.visit(watch, |x| sums.push([x]))?;
        Ok(sums.total()[0] / self.voxels as f64)
    }

    fn visit(&self, watch: &Watch, mut f: impl FnMut(f64)) -> Result<(), Error> {
        let [_, ny, nz] = self.mask.shape();
        for z in 0..nz {
            watch.check()?;
            for y in 0..ny {
                self.visit_row(y, z, |_, x| f(x));
            }
        }
        Ok(())
    }

    /// Number of voxels of the intensity mask: two at least.
    pub(super) fn voxels(&self) -> u64 {
        self.voxels
    }

    /// The sum of the squares of all centred intensities: above zero.
    pub(super) fn squares(&self) -> f64 {
        self.squares
    }

    pub(super) fn shape(&self) -> [usize; 3] {
        self.mask.shape()
    }

    /// Calls `f(x, centred intensity)` for the voxels of the mask in a row.
    #[inline]
    pub(super) fn visit_row(&self, y: usize, z: usize, mut f: impl FnMut(usize, f64)) {
        let flags = self.mask.row(y, z);
        for (x, (flags, value)) in flags.iter().zip(self.intensities.row(y, z)).enumerate() {
            if flags & Mask::INTENSITY != 0 {
                f(x, (value * self.scale - self.pivot) - self.rest);
            }
        }
    }
}
