//! The image: voxels with a place in space.

use super::voxels::with_voxels;
use super::{Layout, Voxels};
use crate::error::Error;
use crate::math;

/// Where the voxel grid lies in the patient.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Geometry {
    /// Distance between voxel centres along x, y, z in mm.
    pub spacing: [f64; 3],
    /// Centre of the voxel (0, 0, 0) in mm.
    pub origin: [f64; 3],
    /// Row `r`, column `c`: component `r` of the unit vector along axis `c`.
    pub direction: [[f64; 3]; 3],
}

const SPACING: [&str; 3] = ["geometry.spacing[0]", "geometry.spacing[1]", "geometry.spacing[2]"];
const ORIGIN: [&str; 3] = ["geometry.origin[0]", "geometry.origin[1]", "geometry.origin[2]"];
/// Spacings beyond these are units mixed up or damaged headers; within them no product overflows.
const SPACING_RANGE: core::ops::RangeInclusive<f64> = 1e-6..=1e6;

impl Geometry {
    /// A grid along the axes of the patient with its first voxel at 0.
    pub const fn axis_aligned(spacing: [f64; 3]) -> Self {
        Self {
            spacing,
            origin: [0.0; 3],
            direction: [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]],
        }
    }

    /// Checks that spacings are sensible lengths and that the axes are perpendicular unit vectors.
    ///
    /// # Errors
    /// The first field that is wrong.
    pub fn check(&self) -> Result<(), Error> {
        for axis in 0..3 {
            if !SPACING_RANGE.contains(&self.spacing[axis]) {
                let expected = "a spacing from 1e-6 to 1e6 mm";
                return Err(Error::invalid(SPACING[axis], self.spacing[axis], expected));
            }
            if !self.origin[axis].is_finite() {
                return Err(Error::invalid(ORIGIN[axis], self.origin[axis], "a finite position"));
            }
        }
        for a in 0..3 {
            for b in a..3 {
                let dot: f64 = (0..3).map(|r| self.direction[r][a] * self.direction[r][b]).sum();
                let want = if a == b { 1.0 } else { 0.0 };
                // Headers hold single precision; a tenth of a voxel over 100 voxels is 1e-3.
                if dot.is_nan() || math::abs(dot - want) > 1e-3 {
                    let expected = "perpendicular unit vectors (dot products 0 and 1 within 1e-3)";
                    return Err(Error::invalid("geometry.direction", dot, expected));
                }
            }
        }
        Ok(())
    }
}

/// A borrowed image: `intensity = slope * voxel + intercept`.
#[derive(Clone, Copy, Debug)]
pub struct Image<'a> {
    voxels: Voxels<'a>,
    layout: Layout,
    geometry: Geometry,
    slope: f64,
    intercept: f64,
}

impl<'a> Image<'a> {
    /// An image over a buffer; the intensities are the voxels themselves.
    ///
    /// # Errors
    /// When the layout leaves the buffer or the geometry is not one.
    pub fn new(
        voxels: impl Into<Voxels<'a>>,
        layout: Layout,
        geometry: Geometry,
    ) -> Result<Self, Error> {
        let voxels = voxels.into();
        layout.check_length("image.voxels", voxels.len())?;
        geometry.check()?;
        Ok(Self { voxels, layout, geometry, slope: 1.0, intercept: 0.0 })
    }

    /// The same image with `intensity = slope * voxel + intercept`.
    ///
    /// # Errors
    /// When the slope is 0 or either number is not finite.
    pub fn rescaled(mut self, slope: f64, intercept: f64) -> Result<Self, Error> {
        if !slope.is_finite() || slope == 0.0 {
            return Err(Error::invalid("image.slope", slope, "a finite number other than 0"));
        }
        if !intercept.is_finite() {
            return Err(Error::invalid("image.intercept", intercept, "a finite number"));
        }
        (self.slope, self.intercept) = (slope, intercept);
        Ok(self)
    }

    /// Extent along x, y, z.
    pub const fn shape(&self) -> [usize; 3] {
        self.layout.shape()
    }

    /// Where the grid lies.
    pub const fn geometry(&self) -> &Geometry {
        &self.geometry
    }

    pub(super) const fn voxels(&self) -> Voxels<'a> {
        self.voxels
    }

    pub(super) const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Slope and intercept.
    pub(super) const fn rescale(&self) -> (f64, f64) {
        (self.slope, self.intercept)
    }

    /// Writes the intensities of the voxels from (x, y, z) along x.
    pub fn read_row(&self, x: usize, [y, z]: [usize; 2], out: &mut [f64]) {
        let (slope, intercept) = (self.slope, self.intercept);
        let plain = slope == 1.0 && intercept == 0.0;
        let count = out.len();
        with_voxels!(self.voxels, data => if plain {
            self.layout.for_row(data, x, [y, z], count, |i, v| out[i] = f64::from(v));
        } else {
            self.layout.for_row(data, x, [y, z], count, |i, v| out[i] = slope * f64::from(v) + intercept);
        });
    }
}
