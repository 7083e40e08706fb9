//! The region of interest: a mask or one label of a label image.

use super::voxels::with_voxels;
use super::{Layout, Voxels};
use crate::error::Error;
use crate::math;

/// Which voxels of a mask belong to the region.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Select {
    /// Every voxel that is not zero; NaN is outside.
    NonZero,
    /// Every voxel equal to this label.
    Label(f64),
}

/// A box of voxels, half open: `start..start + shape` along each axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BoundingBox {
    /// First voxel.
    pub start: [usize; 3],
    /// Extent.
    pub shape: [usize; 3],
}

impl BoundingBox {
    /// The whole of a grid.
    pub const fn whole(shape: [usize; 3]) -> Self {
        Self { start: [0; 3], shape }
    }

    /// Grows a box to hold `count` voxels from a place along x.
    pub fn include(found: &mut Option<Self>, [x, y, z]: [usize; 3], count: usize) {
        let (low, high) = match found {
            Some(b) => (b.start, b.end()),
            None => ([x, y, z], [x, y, z]),
        };
        let start = [low[0].min(x), low[1].min(y), low[2].min(z)];
        let end = [high[0].max(x + count), high[1].max(y + 1), high[2].max(z + 1)];
        let shape = [end[0] - start[0], end[1] - start[1], end[2] - start[2]];
        *found = Some(Self { start, shape });
    }

    /// One past the last voxel along each axis.
    pub const fn end(&self) -> [usize; 3] {
        let ([x, y, z], [nx, ny, nz]) = (self.start, self.shape);
        [x + nx, y + ny, z + nz]
    }

    /// Number of voxels in it; at most `usize::MAX`.
    pub const fn voxels(&self) -> usize {
        self.shape[0].saturating_mul(self.shape[1]).saturating_mul(self.shape[2])
    }

    /// The box grown by `reach` on every side, as far as a grid of this shape goes.
    #[must_use]
    pub fn grown(&self, reach: [usize; 3], grid: [usize; 3]) -> Self {
        let mut out = *self;
        for axis in 0..3 {
            let start = self.start[axis].saturating_sub(reach[axis]);
            let end = self.end()[axis].saturating_add(reach[axis]).min(grid[axis]);
            (out.start[axis], out.shape[axis]) = (start, end - start);
        }
        out
    }

    /// Whether there is no voxel in it.
    pub const fn is_empty(&self) -> bool {
        self.shape[0] == 0 || self.shape[1] == 0 || self.shape[2] == 0
    }
}

/// A borrowed region.
#[derive(Clone, Copy, Debug)]
pub struct Region<'a> {
    voxels: Voxels<'a>,
    layout: Layout,
    select: Select,
}

impl<'a> Region<'a> {
    /// A region over a mask or label image, which has the grid of the image it is used with.
    ///
    /// # Errors
    /// When the layout leaves the buffer, or a label is not a finite number other than 0.
    pub fn new(
        voxels: impl Into<Voxels<'a>>,
        layout: Layout,
        select: Select,
    ) -> Result<Self, Error> {
        let voxels = voxels.into();
        layout.check_length("region.voxels", voxels.len())?;
        if let Select::Label(label) = select
            && (!label.is_finite() || label == 0.0)
        {
            return Err(Error::invalid("region.label", label, "a finite label other than 0"));
        }
        Ok(Self { voxels, layout, select })
    }

    /// Extent along x, y, z.
    pub const fn shape(&self) -> [usize; 3] {
        self.layout.shape()
    }

    /// Writes 1 for voxels of the region and 0 for others, from (x, y, z) along x.
    pub fn read_row(&self, x: usize, [y, z]: [usize; 2], out: &mut [u8]) {
        let count = out.len();
        with_voxels!(self.voxels, data => match self.select {
            Select::NonZero => self.layout.for_row(data, x, [y, z], count, |i, v| {
                let v = f64::from(v);
                out[i] = u8::from(math::abs(v) > 0.0);
            }),
            Select::Label(label) => self.layout.for_row(data, x, [y, z], count, |i, v| {
                out[i] = u8::from(f64::from(v) == label);
            }),
        });
    }

    /// The smallest box around the region, or `None` when the region is empty. Reads the mask once.
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        let shape = self.shape();
        let mut found = None;
        let mut flags = [0u8; 256];
        for z in 0..shape[2] {
            for y in 0..shape[1] {
                for x in (0..shape[0]).step_by(flags.len()) {
                    let count = flags.len().min(shape[0] - x);
                    let flags = &mut flags[..count];
                    self.read_row(x, [y, z], flags);
                    let first = flags.iter().position(|f| *f != 0);
                    let last = flags.iter().rposition(|f| *f != 0);
                    if let (Some(first), Some(last)) = (first, last) {
                        BoundingBox::include(&mut found, [x + first, y, z], last + 1 - first);
                    }
                }
            }
        }
        found
    }
}
