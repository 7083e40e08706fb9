//! The intensities around the region.

use super::{Extent, check};
use crate::error::Error;

/// The intensities, without a margin. The box may be larger than the region's box, for features that
/// look beyond the region.
#[derive(Clone, Copy, Debug)]
pub struct Intensities<'a> {
    cells: &'a [f64],
    shape: [usize; 3],
    region_start: [usize; 3],
    region_shape: [usize; 3],
    extent: Option<Extent>,
}

impl<'a> Intensities<'a> {
    /// Intensities of a box in which the region's box starts at `region_start`.
    ///
    /// # Errors
    /// When the length does not fit the shape or the region's box leaves it.
    pub fn new(
        cells: &'a [f64],
        shape: [usize; 3],
        region_start: [usize; 3],
        region_shape: [usize; 3],
    ) -> Result<Self, Error> {
        check("intensities.cells", cells, shape, 0)?;
        for axis in 0..3 {
            match region_start[axis].checked_add(region_shape[axis]) {
                Some(end) if end <= shape[axis] => {}
                _ => {
                    return Err(Error::invalid(
                        "intensities.region_start",
                        region_start[axis],
                        "a region box inside the image box",
                    ));
                }
            }
        }
        Ok(Self { cells, shape, region_start, region_shape, extent: None })
    }

    /// The same, with what is known of all of them.
    pub(crate) const fn with_extent(self, extent: Option<Extent>) -> Self {
        Self { extent, ..self }
    }

    /// What is known of all of them, if anything is.
    pub(crate) const fn extent(&self) -> Option<Extent> {
        self.extent
    }

    /// Extent of the whole box.
    pub const fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// First voxel of the region's box within the whole box.
    pub const fn region_start(&self) -> [usize; 3] {
        self.region_start
    }

    /// Extent of the region's box.
    pub const fn region_shape(&self) -> [usize; 3] {
        self.region_shape
    }

    /// One row of the whole box.
    #[inline]
    pub fn image_row(&self, y: usize, z: usize) -> &'a [f64] {
        let start = (z * self.shape[1] + y) * self.shape[0];
        &self.cells[start..start + self.shape[0]]
    }

    /// One row of the region's box.
    #[inline]
    pub fn row(&self, y: usize, z: usize) -> &'a [f64] {
        let row = self.image_row(y + self.region_start[1], z + self.region_start[2]);
        &row[self.region_start[0]..self.region_start[0] + self.region_shape[0]]
    }
}
