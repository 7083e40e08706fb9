//! Real CT: the phantom of the Image Biomarker Standardisation Initiative and soft-tissue sarcomas, where the data is there.

use std::path::PathBuf;

use radiomics::{Error, Image, Layout, Region, Select};
use radiomics_io::nifti;
use radiomics_io::volume::Volume;

/// An image with a region.
#[derive(Debug)]
pub struct Ct {
    volume: Volume,
    mask: Vec<u8>,
}

/// The cases, by name: the folders below that of the initiative's data. The first is the phantom.
pub const CASES: [(&str, &str); 3] = [
    ("ct", "ibsi1_ct_phantom"),
    ("sarcoma_008", "sts_cases/STS_008_CT"),
    ("sarcoma_042", "sts_cases/STS_042_CT"),
];

/// The folder of a case: below `RADIOMICS_DATA`, or below `../shared` beside the workspace.
fn folder(case: &str) -> PathBuf {
    let shared = concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared");
    let data = std::env::var_os("RADIOMICS_DATA").map_or_else(|| shared.into(), PathBuf::from);
    data.join("ibsi").join(case)
}

impl Ct {
    /// The phantom with its tumour of 125 256 voxels as region.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn phantom() -> Result<Self, String> {
        Self::read(CASES[0].1)
    }

    /// A case, by its name or its folder, with its tumour as region.
    ///
    /// # Errors
    /// Why it cannot be read.
    pub fn read(case: &str) -> Result<Self, String> {
        let case = CASES.iter().find(|(name, _)| *name == case).map_or(case, |(_, folder)| folder);
        let read = |name: &str| {
            nifti::read(&folder(case).join(name), nifti::DEFAULT_LIMIT).map_err(|e| e.to_string())
        };
        let (volume, tumour) = (read("image.nii.gz")?, read("mask.nii.gz")?);
        let region = tumour.region(Select::NonZero).map_err(|e| e.to_string())?;
        let [nx, ny, nz] = volume.shape;
        let mut mask = vec![0; nx * ny * nz];
        for (at, row) in mask.chunks_exact_mut(nx).enumerate() {
            region.read_row(0, [at % ny, at / ny], row);
        }
        Ok(Self { volume, mask })
    }

    /// The same image with a box of so many voxels, or nearly, in its middle.
    pub fn boxed(&self, voxels: u64) -> Self {
        let shape = self.volume.shape;
        let whole = shape.iter().product::<usize>() as f64;
        let share = (voxels as f64 / whole).cbrt().min(1.0);
        let sides = shape.map(|n| ((n as f64 * share).round() as usize).clamp(1, n));
        let inside = |place: usize, axis: usize| {
            let start = (shape[axis] - sides[axis]) / 2;
            (start..start + sides[axis]).contains(&place)
        };
        let cell = |at: usize| {
            let place = [at % shape[0], at / shape[0] % shape[1], at / shape[0] / shape[1]];
            u8::from((0..3).all(|axis| inside(place[axis], axis)))
        };
        let mask = (0..self.mask.len()).map(cell).collect();
        Self { volume: self.volume.clone(), mask }
    }

    /// The image.
    ///
    /// # Errors
    /// None for a file that was read.
    pub fn image(&self) -> Result<Image<'_>, Error> {
        self.volume.image()
    }

    /// The region.
    ///
    /// # Errors
    /// None.
    pub fn region(&self) -> Result<Region<'_>, Error> {
        Region::new(self.mask.as_slice(), Layout::x_fastest(self.volume.shape)?, Select::NonZero)
    }

    /// Voxels of the region.
    pub fn voxels(&self) -> u64 {
        self.mask.iter().map(|m| u64::from(*m)).sum()
    }
}
