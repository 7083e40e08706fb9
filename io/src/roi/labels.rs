//! Masks and label images in NIfTI.

use std::path::Path;

use radiomics::{BoundingBox, Region, Select};

use super::regrid::{self, OtherGrid};
use super::{Mask, MaskOptions, RoiInfo};
use crate::error::Error;
use crate::grids;
use crate::limits::Limits;
use crate::nifti;
use crate::open::Picture;
use crate::volume::Volume;

/// A mask with more different values is no label image.
const MOST_LABELS: usize = 1000;

/// A mask in memory.
#[derive(Debug)]
pub(super) struct Labels {
    volume: Volume,
    /// Values other than 0, rising; empty where there are too many.
    labels: Vec<f64>,
}

impl Labels {
    pub(super) fn read(path: &Path, limits: &Limits) -> Result<Self, Error> {
        // The labels are the voxels as they are stored.
        let volume = Volume { slope: 1.0, intercept: 0.0, ..nifti::read(path, limits.bytes)? };
        let mut labels = volume.labels(MOST_LABELS + 1);
        if labels.len() > MOST_LABELS {
            labels.clear();
        }
        Ok(Self { volume, labels })
    }

    pub(super) fn list(&self) -> Vec<RoiInfo> {
        let info = |name: String, number, kind: &str| RoiInfo {
            name,
            number,
            kind: kind.into(),
            parts: 1,
            points: 0,
        };
        let mut list = vec![info("nonzero".into(), 0, "mask")];
        list.extend(self.labels.iter().map(|l| info(l.to_string(), l.max(0.0) as u32, "label")));
        list
    }

    fn select(&self, index: usize) -> (String, Select) {
        match index.checked_sub(1).and_then(|i| self.labels.get(i)) {
            Some(label) => (label.to_string(), Select::Label(*label)),
            None => ("nonzero".into(), Select::NonZero),
        }
    }

    pub(super) fn mask(
        &self,
        index: usize,
        picture: &Picture,
        options: &MaskOptions,
        limits: &Limits,
    ) -> Result<Mask, String> {
        let (name, select) = self.select(index);
        let (image, volume) = (&picture.volume, &self.volume);
        // What differs is worth knowing before an empty mask is.
        let apart = grids::compare(image, volume);
        if let (Err(difference), OtherGrid::Refuse) = (&apart, options.other_grid) {
            return Err(difference.to_string());
        }
        let region = volume.region(select).map_err(|e| e.to_string())?;
        let Some(within) = region.bounding_box() else {
            return Err("holds no region: every voxel is 0".into());
        };
        let cells = cells(&region, within, limits)?;
        match apart {
            Ok(mm) => {
                let note = (mm > 0.0).then(|| {
                    format!("its grid differs from the image's by at most {mm:.2e} mm, as rounding makes it")
                });
                Ok(Mask::new(&name, cells, within, image.shape, note.into_iter().collect()))
            }
            Err(difference) => {
                let source = regrid::Source { cells: &cells, within, geometry: &volume.geometry };
                let method = options.other_grid;
                let (cells, within) =
                    regrid::onto(&source, &image.geometry, image.shape, method, limits)?;
                let note = format!("resampled onto the image's grid: {}", difference.what());
                Ok(Mask::new(&name, cells, within, image.shape, vec![note]))
            }
        }
    }
}

/// The cells of a box of a region.
fn cells(region: &Region, within: BoundingBox, limits: &Limits) -> Result<Vec<u8>, String> {
    limits.check("the mask", within.voxels() as u64)?;
    let [nx, ny, nz] = within.shape;
    let [x, y, z] = within.start;
    let mut cells = vec![0; within.voxels()];
    for k in 0..nz {
        for j in 0..ny {
            let row = &mut cells[(k * ny + j) * nx..][..nx];
            region.read_row(x, [y + j, z + k], row);
        }
    }
    Ok(cells)
}
