//! The image as it is read: rounded on loading and normalised, where the settings ask for it.

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::status::Status;
use crate::sum::Sums;
use crate::view::{BoundingBox, Image, Region};
use crate::volume::Extent;

/// `normalised = scale * (intensity - centre) + shift`
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Affine {
    /// What becomes `shift`.
    pub centre: f64,
    /// Factor around the centre.
    pub scale: f64,
    /// Where the centre goes.
    pub shift: f64,
}

/// An image with what happens to its intensities before interpolation.
#[derive(Clone, Copy, Debug)]
pub struct Source<'i> {
    image: &'i Image<'i>,
    round: bool,
    affine: Option<Affine>,
}

impl<'i> Source<'i> {
    /// The image, rounded to whole numbers where `round` says so.
    pub const fn new(image: &'i Image<'i>, round: bool) -> Self {
        Self { image, round, affine: None }
    }

    /// The same source, normalised.
    #[must_use]
    pub const fn normalised(mut self, affine: Option<Affine>) -> Self {
        self.affine = affine;
        self
    }

    /// Extent along x, y, z.
    pub const fn shape(&self) -> [usize; 3] {
        self.image.shape()
    }

    /// Writes the intensities of the voxels from (x, y, z) along x.
    pub fn read_row(&self, x: usize, yz: [usize; 2], out: &mut [f64]) {
        self.image.read_row(x, yz, out);
        if self.round {
            round(out);
        }
        if let Some(Affine { centre, scale, shift }) = self.affine {
            for value in out {
                *value = scale * (*value - centre) + shift;
            }
        }
    }

    /// The extent of a row that [`Source::read_row`] wrote from (x, y, z) along x, or of a part of one.
    pub(crate) fn extent_of_row(&self, x: usize, yz: [usize; 2], row: &[f64]) -> Extent {
        if row.is_empty() {
            return Extent::NONE;
        }
        let as_stored = !self.round && self.affine.is_none();
        let quick = as_stored.then(|| self.image.extent_of_row(x, yz, row.len()));
        quick.flatten().unwrap_or_else(|| Extent::of(row))
    }

    /// Calls `visit` for every intensity in a box, z, y, x; with a region only for its voxels.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn visit(
        &self,
        region: Option<&Region>,
        within: BoundingBox,
        watch: &Watch,
        mut visit: impl FnMut(f64),
    ) -> Result<(), Error> {
        let mut row = [0.0; ROW];
        let mut flags = [1u8; ROW];
        let [x0, y0, z0] = within.start;
        let [nx, ny, nz] = within.shape;
        for z in z0..z0 + nz {
            watch.check()?;
            for y in y0..y0 + ny {
                for x in (x0..x0 + nx).step_by(ROW) {
                    let count = ROW.min(x0 + nx - x);
                    self.read_row(x, [y, z], &mut row[..count]);
                    if let Some(region) = region {
                        region.read_row(x, [y, z], &mut flags[..count]);
                    }
                    for (value, flag) in row[..count].iter().zip(&flags[..count]) {
                        if *flag != 0 {
                            visit(*value);
                        }
                    }
                }
            }
        }
        Ok(())
    }
}

/// Intensities read at once where a whole row is not needed.
const ROW: usize = 256;

/// Rounds to whole numbers, halves to the even one.
pub fn round(values: &mut [f64]) {
    for value in values {
        *value = math::round_half_even(*value);
    }
}

/// Mean, spread and extremes of the finite intensities that were visited.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Summary {
    /// Intensities visited, finite or not.
    pub count: u64,
    /// Intensities that are NaN or infinite.
    pub non_finite: u64,
    /// Mean of the finite ones; 0 without any.
    pub mean: f64,
    /// Smallest finite one; 0 without any.
    pub min: f64,
    /// Largest finite one; 0 without any.
    pub max: f64,
}

impl Summary {
    /// Collects from something that visits intensities in a fixed order.
    ///
    /// # Errors
    /// What visiting returns.
    pub fn collect(
        visit: impl FnOnce(&mut dyn FnMut(f64)) -> Result<(), Error>,
    ) -> Result<Self, Error> {
        let mut sums = Sums::<1>::new();
        let (mut count, mut non_finite) = (0u64, 0u64);
        let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
        visit(&mut |x| {
            count += 1;
            if x.is_finite() {
                sums.push([x]);
                min = min.min(x);
                max = max.max(x);
            } else {
                non_finite += 1;
            }
        })?;
        let finite = count - non_finite;
        if finite == 0 {
            return Ok(Self { count, non_finite, ..Self::default() });
        }
        Ok(Self { count, non_finite, mean: sums.total()[0] / finite as f64, min, max })
    }

    /// Why there is no mean, minimum or maximum, if so.
    pub const fn problem(&self) -> Option<Status> {
        if self.count == 0 {
            Some(Status::EmptyRegion)
        } else if self.non_finite > 0 {
            Some(Status::NonFiniteIntensity)
        } else {
            None
        }
    }
}
