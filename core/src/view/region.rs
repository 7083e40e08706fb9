//! The region of interest: a mask or one label of a label image.

use super::voxels::with_voxels;
use super::{Layout, Voxels};
use crate::error::Error;

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
                out[i] = u8::from(v < 0.0 || v > 0.0);
            }),
            Select::Label(label) => self.layout.for_row(data, x, [y, z], count, |i, v| {
                out[i] = u8::from(f64::from(v) == label);
            }),
        });
    }

    /// The smallest box around the region, or `None` when the region is empty. Reads the mask once.
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        let shape = self.shape();
        let mut low = shape;
        let mut high = [0usize; 3];
        let mut flags = [0u8; 256];
        for z in 0..shape[2] {
            for y in 0..shape[1] {
                let mut first = usize::MAX;
                let mut last = 0;
                let mut x = 0;
                while x < shape[0] {
                    let count = flags.len().min(shape[0] - x);
                    let flags = &mut flags[..count];
                    self.read_row(x, [y, z], flags);
                    if let Some(i) = flags.iter().position(|f| *f != 0) {
                        first = first.min(x + i);
                    }
                    if let Some(i) = flags.iter().rposition(|f| *f != 0) {
                        last = x + i + 1;
                    }
                    x += count;
                }
                if last > 0 {
                    low = [low[0].min(first), low[1].min(y), low[2].min(z)];
                    high = [high[0].max(last), high[1].max(y + 1), high[2].max(z + 1)];
                }
            }
        }
        (high[0] > 0).then(|| BoundingBox {
            start: low,
            shape: [high[0] - low[0], high[1] - low[1], high[2] - low[2]],
        })
    }
}
