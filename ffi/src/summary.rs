//! What happened to a region on its way to the features.

use radiomics::plan::Summary;

use crate::status::{radiomics_status, radiomics_status_code::*};
use crate::structs::Plain;

/// Voxel counts and grids of one region, to compare before any value.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_summary {
    /// `sizeof(radiomics_summary)`, set by the caller.
    pub struct_size: usize,
    /// How this region ended: RADIOMICS_OK, or why all its values are NaN.
    pub status: radiomics_status,
    /// Grey levels N_g after discretisation; 0 where there are none.
    pub grey_levels: u32,
    /// Voxels of the region as given.
    pub region_voxels: u64,
    /// Voxels of the morphological mask on the grid of the features.
    pub morphological_voxels: u64,
    /// Voxels that re-segmentation left.
    pub intensity_voxels: u64,
    /// Extent of the grid on which the features are computed.
    pub grid_shape: [u64; 3],
    /// Spacing of that grid in mm.
    pub grid_spacing: [f64; 3],
    /// Bytes of workspace this region took.
    pub workspace_bytes: u64,
}

// SAFETY: a struct_size first, then numbers; any bytes are a value.
unsafe impl Plain for radiomics_summary {}

impl radiomics_summary {
    /// Of a region that was extracted.
    pub(crate) fn of(summary: &Summary, workspace_bytes: usize) -> Self {
        Self {
            struct_size: 0,
            status: RADIOMICS_OK as radiomics_status,
            grey_levels: summary.grey_levels.unwrap_or(0),
            region_voxels: summary.region_voxels,
            morphological_voxels: summary.morphological_voxels,
            intensity_voxels: summary.intensity_voxels,
            grid_shape: summary.grid_shape.map(|n| n as u64),
            grid_spacing: summary.grid_spacing,
            workspace_bytes: workspace_bytes as u64,
        }
    }

    /// Of a region that failed.
    pub(crate) fn failed(status: radiomics_status) -> Self {
        Self { status, grid_spacing: [f64::NAN; 3], ..Self::of(&Summary::default(), 0) }
    }
}
