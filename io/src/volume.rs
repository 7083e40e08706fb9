//! A volume in memory.

use radiomics::{Geometry, Image, Layout, Region, Select, Voxels};

/// Voxels of one type.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Data {
    /// Unsigned bytes.
    U8(Vec<u8>),
    /// Signed bytes.
    I8(Vec<i8>),
    /// Unsigned 16-bit integers.
    U16(Vec<u16>),
    /// Signed 16-bit integers.
    I16(Vec<i16>),
    /// Unsigned 32-bit integers.
    U32(Vec<u32>),
    /// Signed 32-bit integers.
    I32(Vec<i32>),
    /// Single precision.
    F32(Vec<f32>),
    /// Double precision.
    F64(Vec<f64>),
}

impl Data {
    fn voxels(&self) -> Voxels<'_> {
        match self {
            Data::U8(data) => data.as_slice().into(),
            Data::I8(data) => data.as_slice().into(),
            Data::U16(data) => data.as_slice().into(),
            Data::I16(data) => data.as_slice().into(),
            Data::U32(data) => data.as_slice().into(),
            Data::I32(data) => data.as_slice().into(),
            Data::F32(data) => data.as_slice().into(),
            Data::F64(data) => data.as_slice().into(),
        }
    }
}

/// A volume, x fastest, then y, then z, with its place in space.
#[derive(Clone, Debug)]
pub struct Volume {
    /// The voxels as they are stored.
    pub data: Data,
    /// Extent along x, y, z.
    pub shape: [usize; 3],
    /// Where it lies, in mm as NIfTI counts: x to the patient's right, y to the front, z to the head. DICOM's x and
    /// y are the negatives.
    pub geometry: Geometry,
    /// `intensity = slope * voxel + intercept`
    pub slope: f64,
    /// See `slope`.
    pub intercept: f64,
}

impl Volume {
    /// The volume as an image.
    ///
    /// # Errors
    /// When shape, geometry or rescaling make no sense.
    pub fn image(&self) -> Result<Image<'_>, radiomics::Error> {
        let layout = Layout::x_fastest(self.shape)?;
        Image::new(self.data.voxels(), layout, self.geometry)?.rescaled(self.slope, self.intercept)
    }

    /// The volume as a region. Its voxels count as they are stored, without rescaling.
    ///
    /// # Errors
    /// When the shape or the label make no sense.
    pub fn region(&self, select: Select) -> Result<Region<'_>, radiomics::Error> {
        Region::new(self.data.voxels(), Layout::x_fastest(self.shape)?, select)
    }

    /// The labels other than 0 that occur, rising; at most `most` of them.
    pub fn labels(&self, most: usize) -> Vec<f64> {
        let Ok(image) = self.image() else { return Vec::new() };
        let mut labels: Vec<f64> = Vec::new();
        let mut row = vec![0.0; self.shape[0]];
        // Neighbours mostly have the same label.
        let mut last = 0.0;
        for z in 0..self.shape[2] {
            for y in 0..self.shape[1] {
                image.read_row(0, [y, z], &mut row);
                for value in row.iter().filter(|v| v.is_finite() && **v != 0.0) {
                    if *value == last {
                        continue;
                    }
                    last = *value;
                    if let Err(at) = labels.binary_search_by(|l| l.total_cmp(value))
                        && labels.len() < most
                    {
                        labels.insert(at, *value);
                    }
                }
            }
        }
        labels
    }
}
