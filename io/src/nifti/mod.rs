//! NIfTI-1 images and masks.
//!
//! Voxels keep their type and array order; nothing is reoriented, since features belong to array axes. The
//! memory that a header declares is checked against a limit before any of it is taken.

mod geometry;
mod voxels;
mod write;

pub use write::write;

use std::fs::File;
use std::io::{BufReader, Read};
use std::path::Path;

use flate2::read::MultiGzDecoder;
use nifti_file::NiftiHeader;

use crate::error::Error;
use crate::volume::Volume;

/// Bytes of voxels that are read unless the caller says otherwise: 8 GiB.
pub const DEFAULT_LIMIT: u64 = 8 << 30;

/// A header and the four bytes that say whether extensions follow.
const HEADER: usize = 352;

/// Reads a `.nii` or `.nii.gz` file with one volume.
///
/// # Errors
/// When the file cannot be read, is not NIfTI-1, is truncated, holds several volumes or more than `limit`
/// bytes of voxels, or its geometry makes no sense.
pub fn read(path: &Path, limit: u64) -> Result<Volume, Error> {
    decode(path, open(path)?, limit)
}

/// What a file declares, read from its header alone.
///
/// # Errors
/// When the file cannot be read or is not NIfTI-1 with one volume.
pub fn extent(path: &Path) -> Result<Extent, Error> {
    let Declared { shape, voxels, bytes, .. } = declared(path, &mut open(path)?)?;
    Ok(Extent { shape, voxels, bytes })
}

/// What a file declares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Extent {
    /// Along x, y, z.
    pub shape: [usize; 3],
    /// Number of voxels.
    pub voxels: u64,
    /// Bytes of the voxels as they are stored.
    pub bytes: u64,
}

/// The bytes, unpacked where the file is compressed.
fn open(path: &Path) -> Result<Box<dyn Read>, Error> {
    let fail = |problem: String| Error::new(path, problem);
    let mut file = File::open(path).map_err(|e| fail(format!("cannot be opened: {e}")))?;
    let mut magic = [0; 2];
    let found = file.read(&mut magic).map_err(|e| fail(format!("cannot be read: {e}")))?;
    let file = File::open(path).map_err(|e| fail(format!("cannot be opened: {e}")))?;
    Ok(if found == 2 && magic == [0x1f, 0x8b] {
        Box::new(MultiGzDecoder::new(BufReader::new(file)))
    } else {
        Box::new(BufReader::new(file))
    })
}

/// A header that was checked.
struct Declared {
    header: NiftiHeader,
    shape: [usize; 3],
    kind: voxels::Kind,
    voxels: u64,
    bytes: u64,
}

/// Reads the header.
fn declared(path: &Path, input: &mut impl Read) -> Result<Declared, Error> {
    let fail = |problem: String| Error::new(path, problem);
    let mut bytes = [0; HEADER];
    input.read_exact(&mut bytes).map_err(|e| {
        fail(format!("is no NIfTI file: its header of 352 bytes cannot be read ({e})"))
    })?;
    let header = NiftiHeader::from_reader(&bytes[..])
        .map_err(|e| fail(format!("is no NIfTI-1 file ({e})")))?;
    if header.magic != *b"n+1\0" {
        let problem = "has its voxels in another file (.hdr/.img); convert it to .nii";
        return Err(fail(problem.into()));
    }
    let shape = shape(&header).map_err(fail)?;
    let kind = voxels::Kind::of(header.datatype).map_err(fail)?;
    let voxels = shape.iter().map(|n| *n as u64).product::<u64>();
    Ok(Declared { header, shape, kind, voxels, bytes: voxels.saturating_mul(kind.bytes()) })
}

fn decode(path: &Path, mut input: impl Read, limit: u64) -> Result<Volume, Error> {
    let fail = |problem: String| Error::new(path, problem);
    let Declared { header, shape, kind, voxels, bytes: declared } = declared(path, &mut input)?;
    if declared > limit {
        return Err(fail(format!(
            "declares {shape:?} voxels of {} bytes, {declared} bytes in all: the limit is {limit}",
            kind.bytes()
        )));
    }
    let geometry = geometry::of(&header).map_err(fail)?;
    let offset = f64::from(header.vox_offset);
    if !(HEADER as f64..=1e9).contains(&offset) || offset.fract() != 0.0 {
        return Err(fail(format!("vox_offset is {offset}: expected a whole number from 352")));
    }
    let skip = offset as u64 - HEADER as u64;
    let skipped = std::io::copy(&mut input.by_ref().take(skip), &mut std::io::sink());
    if skipped.map_err(|e| fail(format!("cannot be read: {e}")))? < skip {
        return Err(fail("ends before its voxels begin".into()));
    }
    let (data, found) = kind.read(&mut input, voxels, header.endianness).map_err(fail)?;
    if found < declared {
        return Err(fail(format!("is truncated: {found} of {declared} bytes of voxels are there")));
    }
    let (slope, intercept) = match (f64::from(header.scl_slope), f64::from(header.scl_inter)) {
        (slope, intercept) if slope != 0.0 && slope.is_finite() && intercept.is_finite() => {
            (slope, intercept)
        }
        // By the standard, a slope of 0 means that there is no scaling.
        _ => (1.0, 0.0),
    };
    Ok(Volume { data, shape, geometry, slope, intercept })
}

/// Extent along x, y, z; one volume only.
fn shape(header: &NiftiHeader) -> Result<[usize; 3], String> {
    let dim = header.dim;
    if !(1..=7).contains(&dim[0]) {
        return Err(format!("dim[0] is {}: expected 1 to 7", dim[0]));
    }
    let side = |axis: usize| if axis <= usize::from(dim[0]) { usize::from(dim[axis]) } else { 1 };
    for axis in 1..=3 {
        if side(axis) == 0 {
            return Err(format!("dim[{axis}] is 0: expected at least 1 voxel"));
        }
    }
    if let Some(axis) = (4..=7).find(|axis| side(*axis) > 1) {
        let count = side(axis);
        return Err(format!("holds {count} volumes (dim[{axis}]): extract one of them first"));
    }
    Ok([side(1), side(2), side(3)])
}
