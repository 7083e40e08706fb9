//! What happened to a region on its way to the features.

/// Voxel counts and grids, to compare before any value.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
#[non_exhaustive]
pub struct Summary {
    /// Voxels of the region as given.
    pub region_voxels: u64,
    /// Extent of the grid on which the features are computed.
    pub grid_shape: [usize; 3],
    /// Spacing of that grid in mm.
    pub grid_spacing: [f64; 3],
    /// Voxels of the morphological mask on that grid.
    pub morphological_voxels: u64,
    /// Voxels that re-segmentation left.
    pub intensity_voxels: u64,
    /// Grey levels N_g after discretisation, where there are any.
    pub grey_levels: Option<u32>,
    /// Words of the workspace that were announced for this region.
    pub workspace_words: usize,
}
