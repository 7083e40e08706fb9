//! How much memory a case takes to read, and reading it.

use std::path::Path;

use radiomics_io::volume::{Data, Volume};
use radiomics_io::{Limits, Picture, Rois, dicom, nifti, open};

use crate::cohort::Case;
use crate::study::Input;

/// An image before its voxels are read.
pub enum Announced {
    /// One that the general entry opens.
    File,
    /// A series that was looked up.
    Series(Box<dicom::Series>),
}

/// What reading takes, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Need {
    /// At most, while image and regions are read and a mask is made.
    pub reading: u64,
    /// Of the file of regions, once it is read.
    pub regions: u64,
}

/// Reading a compressed file takes its bytes, which grow by doubling, and the voxels.
const COPIES: u64 = 3;
/// Points and frames in memory, for each byte of their file.
const UNPACKED: u64 = 10;

/// Looks at headers.
pub fn announce(case: &Case, limits: &Limits) -> Result<(Announced, Need), String> {
    let (announced, image, voxels, reading) = match &case.found {
        Some(series) => of_series(series),
        None => image(&case.image, case.series.as_deref(), limits)?,
    };
    let file = |path: &Path| std::fs::metadata(path).map_or(0, |m| m.len());
    let (regions, region_reading) = match nifti::extent(&case.regions) {
        Ok(extent) => (extent.bytes, extent.bytes.saturating_mul(COPIES)),
        Err(_) => {
            let bytes = if case.regions.is_file() { file(&case.regions) } else { 0 };
            let unpacked = bytes.saturating_mul(UNPACKED);
            (unpacked, unpacked)
        }
    };
    let reading = reading.max(image.saturating_add(region_reading)).saturating_add(voxels);
    Ok((announced, Need { reading, regions }))
}

/// The image, its bytes and voxels, and what reading it takes.
fn image(
    path: &Path,
    series: Option<&str>,
    limits: &Limits,
) -> Result<(Announced, u64, u64, u64), String> {
    let of_nifti = |path: &Path| {
        let extent = nifti::extent(path).map_err(|e| e.to_string())?;
        let copies = extent.bytes.saturating_mul(COPIES);
        Ok((Announced::File, extent.bytes, extent.voxels, copies))
    };
    if path.is_file() && nifti::extent(path).is_ok() {
        return of_nifti(path);
    }
    let scan = dicom::scan(path, limits).map_err(|e| e.to_string())?;
    match scan.nifti.as_slice() {
        [file] if scan.series.is_empty() => of_nifti(file),
        _ => {
            let found = open::choose(path, &scan, series).map_err(|e| e.to_string())?;
            Ok(of_series(found))
        }
    }
}

fn of_series(series: &dicom::Series) -> (Announced, u64, u64, u64) {
    let voxels = series.shape().iter().fold(1u64, |n, s| n.saturating_mul(*s as u64));
    // Slices with rescalings of their own become double precision; a CT has one for all.
    let width = if series.modality() == "CT" { 4 } else { 8 };
    let bytes = voxels.saturating_mul(width);
    (Announced::Series(Box::new(series.clone())), bytes, voxels, bytes)
}

/// Reads the image.
pub fn picture(
    case: &Case,
    announced: Announced,
    input: &Input,
    limits: &Limits,
) -> Result<Picture, String> {
    let options = input.image_options(case.series.as_deref());
    match announced {
        Announced::File => open::image(&case.image, &options, limits),
        Announced::Series(series) => Picture::of_series(&case.image, &series, &options, limits),
    }
    .map_err(|e| e.to_string())
}

/// Reads the regions.
pub fn rois(case: &Case, limits: &Limits) -> Result<Rois, String> {
    Rois::open(&case.regions, limits).map_err(|e| e.to_string())
}

/// Bytes of the voxels.
pub fn bytes(volume: &Volume) -> u64 {
    let (count, width) = match &volume.data {
        Data::U8(v) => (v.len(), 1),
        Data::I8(v) => (v.len(), 1),
        Data::U16(v) => (v.len(), 2),
        Data::I16(v) => (v.len(), 2),
        Data::U32(v) => (v.len(), 4),
        Data::I32(v) => (v.len(), 4),
        Data::F32(v) => (v.len(), 4),
        Data::F64(v) => (v.len(), 8),
        _ => (volume.shape.iter().product(), 8),
    };
    (count as u64).saturating_mul(width)
}
