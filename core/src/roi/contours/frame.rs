//! The grid that contours are rasterised on.

use core::ops::Range;

use crate::error::Error;
use crate::math;
use crate::view::{Geometry, Layout};

/// Where the slices lie along the normal.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub enum Slices<'a> {
    /// At multiples of the spacing along z.
    #[default]
    Regular,
    /// At these distances in mm from the origin along axis z, rising, one a slice. Only rasterisation takes
    /// slices of different distances; features need a regular grid.
    Positions(&'a [f64]),
}

/// A grid in the patient, in any direction.
#[derive(Clone, Copy, Debug)]
pub struct Frame<'a> {
    shape: [usize; 3],
    origin: [f64; 3],
    spacing: [f64; 3],
    /// Rows of the inverse of the direction matrix.
    inverse: [[f64; 3]; 3],
    slices: Slices<'a>,
}

/// A plane beside the slice that is nearest to it.
#[derive(Clone, Copy, Debug)]
pub(super) struct Near {
    pub slice: usize,
    /// To the centre of the slice, in mm.
    pub distance: f64,
    /// From this slice to the next one on the side of the plane, in mm.
    pub gap: f64,
}

impl<'a> Frame<'a> {
    /// A grid of a shape that lies as the geometry says, with its slices where `slices` says.
    ///
    /// # Errors
    /// When shape or geometry make no sense, or the positions are not one a slice, finite and rising.
    pub fn new(shape: [usize; 3], geometry: &Geometry, slices: Slices<'a>) -> Result<Self, Error> {
        Layout::x_fastest(shape)?;
        geometry.check()?;
        if let Slices::Positions(positions) = slices {
            if positions.len() != shape[2] {
                let expected = "one position for every slice";
                return Err(Error::invalid("slices.positions", positions.len(), expected));
            }
            for (at, position) in positions.iter().enumerate() {
                let rises = at == 0 || *position > positions[at - 1];
                if !position.is_finite() || !rises {
                    let expected = "finite positions that rise";
                    return Err(Error::invalid_at("slices.positions", at, *position, expected));
                }
            }
        }
        let inverse = inverse(&geometry.direction);
        let Geometry { spacing, origin, .. } = *geometry;
        Ok(Self { shape, origin, spacing, inverse, slices })
    }

    /// Extent along x, y, z.
    pub const fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// Pixel coordinates X and Y, and the distance from the origin along axis z in mm.
    #[inline]
    pub(super) fn locate(&self, p: [f64; 3]) -> [f64; 3] {
        let d = [p[0] - self.origin[0], p[1] - self.origin[1], p[2] - self.origin[2]];
        let [x, y, z] = self.inverse.map(|row| row[0] * d[0] + row[1] * d[1] + row[2] * d[2]);
        [x / self.spacing[0], y / self.spacing[1], z]
    }

    /// Distance of a slice from the origin along axis z in mm.
    pub(super) fn position(&self, slice: usize) -> f64 {
        match self.slices {
            Slices::Regular => slice as f64 * self.spacing[2],
            Slices::Positions(positions) => positions[slice],
        }
    }

    /// From a slice to the next, or at the end of the grid to the one before, in mm.
    fn gap(&self, slice: usize) -> f64 {
        let last = self.shape[2] - 1;
        if last == 0 {
            return self.spacing[2];
        }
        let lower = slice.min(last - 1);
        self.position(lower + 1) - self.position(lower)
    }

    /// The last slice whose position is not above a plane, 0 if there is none.
    fn lower(&self, plane: f64) -> usize {
        match self.slices {
            Slices::Regular => {
                // A plane below the grid becomes 0.
                let below = math::floor(plane / self.spacing[2]) as usize;
                below.min(self.shape[2] - 1)
            }
            Slices::Positions(positions) => {
                positions.partition_point(|p| *p <= plane).saturating_sub(1)
            }
        }
    }

    /// The slice nearest to a plane; the lower one of two. `None` beyond half a slice from the ends.
    pub(super) fn nearest(&self, plane: f64) -> Option<Near> {
        let lower = self.lower(plane);
        let upper = (lower + 1).min(self.shape[2] - 1);
        let [below, above] = [lower, upper].map(|s| math::abs(plane - self.position(s)));
        let (slice, distance) = if below <= above { (lower, below) } else { (upper, above) };
        let gap = self.gap(lower);
        let beyond = plane < self.position(0) || plane > self.position(self.shape[2] - 1);
        (!beyond || distance <= 0.5 * gap).then_some(Near { slice, distance, gap })
    }

    /// The slices whose centres are at most `reach` mm from a plane.
    pub(super) fn within(&self, plane: f64, reach: f64) -> Range<usize> {
        let near = |slice| math::abs(self.position(slice) - plane) <= reach;
        let first = self.first(|slice| self.position(slice) >= plane || near(slice));
        first..self.first(|slice| self.position(slice) > plane && !near(slice))
    }

    /// The first slice for which something holds that holds from some slice on; else their number.
    fn first(&self, holds: impl Fn(usize) -> bool) -> usize {
        let mut open = 0..self.shape[2];
        while !open.is_empty() {
            let middle = open.start + open.len() / 2;
            if holds(middle) { open.end = middle } else { open.start = middle + 1 }
        }
        open.start
    }

    /// The smallest distance between slices near a plane, in mm.
    pub(super) fn finest_gap(&self, plane: f64) -> f64 {
        let lower = self.lower(plane);
        self.gap(lower).min(self.gap(lower.saturating_sub(1)))
    }
}

/// The inverse of a matrix of nearly perpendicular unit vectors. For axes along those of the patient, in any
/// order, it is exact.
fn inverse(m: &[[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let minor = |r: usize, c: usize| {
        let (r1, r2) = ((r + 1) % 3, (r + 2) % 3);
        let (c1, c2) = ((c + 1) % 3, (c + 2) % 3);
        m[r1][c1] * m[r2][c2] - m[r1][c2] * m[r2][c1]
    };
    let determinant = m[0][0] * minor(0, 0) + m[0][1] * minor(0, 1) + m[0][2] * minor(0, 2);
    let mut out = [[0.0; 3]; 3];
    for r in 0..3 {
        for c in 0..3 {
            out[r][c] = minor(c, r) / determinant;
        }
    }
    out
}
