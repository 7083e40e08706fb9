//! A region on the grid of an image.

use radiomics::{BoundingBox, Region};

/// The voxels of one region: one byte for each cell of the box around it.
#[derive(Clone, Debug)]
pub struct Mask {
    /// Name of the region.
    pub name: String,
    /// 1 inside, 0 outside, x fastest.
    pub cells: Vec<u8>,
    /// The box that the cells fill.
    pub within: BoundingBox,
    /// Extent of the image's grid.
    pub grid: [usize; 3],
    /// Voxels inside.
    pub voxels: u64,
    /// What its user should know: contours outside, slices without contours, a mask that was resampled, ...
    pub notes: Vec<String>,
}

impl Mask {
    /// Cells of a box.
    pub(super) fn new(
        name: &str,
        cells: Vec<u8>,
        within: BoundingBox,
        grid: [usize; 3],
        notes: Vec<String>,
    ) -> Self {
        let voxels = cells.iter().map(|c| u64::from(*c != 0)).sum();
        Self { name: name.into(), cells, within, grid, voxels, notes }
    }

    /// The region as [`radiomics`] takes it.
    ///
    /// # Errors
    /// When fields were changed so that they no longer fit together.
    pub fn region(&self) -> Result<Region<'_>, radiomics::Error> {
        Region::boxed(&self.cells, self.within, self.grid)
    }
}
