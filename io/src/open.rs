//! One entry for images of any kind.
//!
//! ```no_run
//! # fn main() -> Result<(), radiomics_io::Error> {
//! use radiomics_io::{ImageOptions, Limits, MaskOptions, Pattern, Rois, open};
//! use std::path::Path;
//!
//! let limits = Limits::default();
//! let picture = open::image(Path::new("CT"), &ImageOptions::default(), &limits)?;
//! let rois = Rois::open(Path::new("RTSTRUCT.dcm"), &limits)?;
//! for index in rois.select(&[Pattern::All])? {
//!     let mask = rois.mask(index, &picture, &MaskOptions::default(), &limits)?;
//!     println!("{}: {} voxels", mask.name, mask.voxels);
//! }
//! # Ok(())
//! # }
//! ```

use std::path::{Path, PathBuf};

use crate::dicom::{self, Body, Normalisation, Problem, Scan, Series, Suv};
use crate::error::Error;
use crate::limits::Limits;
use crate::nifti;
use crate::volume::Volume;

/// An image in memory, with what its file says of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Picture {
    /// Voxels and place.
    pub volume: Volume,
    /// The file, or the folder or file that was asked for.
    pub path: PathBuf,
    /// Every file it was read from.
    pub files: Vec<PathBuf>,
    /// DICOM modality; empty for NIfTI.
    pub modality: String,
    /// Unit of the intensities where it is known: `HU`, `Gy`, `g/ml`, ...; else empty.
    pub unit: String,
    /// Name of the series; empty for NIfTI.
    pub series: String,
    /// Frame of Reference UID.
    pub frame_of_reference: Option<String>,
    /// Patient ID, for comparing; tables and messages do not show it.
    pub patient: Option<String>,
    /// What its user should know.
    pub problems: Vec<Problem>,
    /// How uptake values were made.
    pub suv: Option<Suv>,
}

impl Picture {
    /// A volume of unknown origin.
    pub fn of(path: &Path, volume: Volume) -> Self {
        Self {
            volume,
            path: path.into(),
            files: vec![path.into()],
            modality: String::new(),
            unit: String::new(),
            series: String::new(),
            frame_of_reference: None,
            patient: None,
            problems: Vec::new(),
            suv: None,
        }
    }

    /// The volume of a series, as uptake values where `options` ask for them.
    ///
    /// # Errors
    /// As [`Series::read`] and [`Series::read_suv`].
    pub fn of_series(
        path: &Path,
        series: &Series,
        options: &ImageOptions,
        limits: &Limits,
    ) -> Result<Self, Error> {
        let (volume, suv) = match options.suv {
            None => (series.read(limits)?, None),
            Some(normalisation) => {
                let (volume, suv) = series.read_suv(normalisation, &options.body, limits)?;
                (volume, Some(suv))
            }
        };
        let unit = match (&suv, series.modality(), series.pet_units()) {
            (Some(suv), _, _) => suv.normalisation.unit(),
            (_, "CT", _) => "HU",
            (_, "RTDOSE", _) => "Gy",
            (_, _, Some("BQML")) => "Bq/ml",
            (_, _, Some("GML")) => "g/ml",
            (_, _, Some("CM2ML")) => "cm2/ml",
            (_, _, Some("CNTS")) => "counts",
            _ => "",
        };
        Ok(Self {
            files: series.files().map(Path::to_owned).collect(),
            modality: series.modality().into(),
            unit: unit.into(),
            series: series.name(),
            frame_of_reference: series.frame_of_reference().map(str::to_owned),
            patient: series.patient().map(str::to_owned),
            problems: series.problems().to_vec(),
            suv,
            ..Self::of(path, volume)
        })
    }
}

/// Which image is read, and as what.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ImageOptions {
    /// The series, by [`Series::name`], where there are several.
    pub series: Option<String>,
    /// Makes uptake values of a PET series.
    pub suv: Option<Normalisation>,
    /// Measures for them that take precedence over the header's.
    pub body: Body,
}

/// Reads an image: a NIfTI file, a DICOM file, or a folder with one of them.
///
/// # Errors
/// When there is no image, there are several and none is named, or it cannot be read.
pub fn image(path: &Path, options: &ImageOptions, limits: &Limits) -> Result<Picture, Error> {
    if path.is_file() && !has_dicom_mark(path) {
        return nifti(path, options, limits);
    }
    let scan = dicom::scan(path, limits)?;
    match scan.nifti.as_slice() {
        [file] if scan.series.is_empty() => nifti(file, options, limits),
        _ => {
            let series = choose(path, &scan, options.series.as_deref())?;
            Picture::of_series(path, series, options, limits)
        }
    }
}

/// A file that is not DICOM.
fn nifti(path: &Path, options: &ImageOptions, limits: &Limits) -> Result<Picture, Error> {
    if !dicom::is_nifti(path) {
        refuse_other(path)?;
    }
    let fail = |problem: &str| Err(Error::new(path, problem));
    if options.suv.is_some() {
        return fail(
            "is NIfTI, which does not hold what uptake values are made of: give the DICOM series",
        );
    }
    if options.series.is_some() {
        return fail("is NIfTI, which holds no series: leave the name of the series out");
    }
    Ok(Picture::of(path, nifti::read(path, limits.bytes)?))
}

/// An error for a file that is neither DICOM nor NIfTI.
fn refuse_other(path: &Path) -> Result<(), Error> {
    use std::io::Read;
    let fail = |problem: String| Error::new(path, problem);
    let file = std::fs::File::open(path).map_err(|e| fail(format!("cannot be opened: {e}")))?;
    let mut start = Vec::new();
    file.take(348).read_to_end(&mut start).map_err(|e| fail(format!("cannot be read: {e}")))?;
    let is_gzip = start.starts_with(&[0x1f, 0x8b]);
    let is_nifti = start.get(344..347) == Some(b"n+1");
    if is_gzip || is_nifti {
        return Ok(());
    }
    Err(fail(format!(
        "is neither DICOM (the mark DICM at byte 128 is missing) nor NIfTI ({} bytes were looked at): check the file",
        start.len()
    )))
}

/// The series that is meant.
///
/// # Errors
/// When there is none, or several and none is named.
pub fn choose<'a>(path: &Path, scan: &'a Scan, name: Option<&str>) -> Result<&'a Series, Error> {
    let fail = |problem: String| Error::new(path, problem);
    let found: Vec<&Series> =
        scan.series.iter().filter(|s| name.is_none_or(|n| s.name() == n)).collect();
    let list = || {
        let line = |s: &Series| {
            let [x, y, z] = s.shape();
            format!("\n  {} {} {x} x {y} x {z} {}", s.name(), s.modality(), s.description())
        };
        scan.series.iter().map(line).collect::<String>()
    };
    match (found.as_slice(), name) {
        ([one], _) => Ok(one),
        ([], Some(name)) => Err(fail(format!("has no series {name}: there are{}", list()))),
        ([], None) => {
            let why = scan.skipped.iter().find(|s| s.broken).or_else(|| scan.skipped.first());
            let why = why.map(|s| format!("; {} {}", s.path.display(), s.reason));
            let regions = match scan.structures.len() + scan.segmentations.len() {
                0 => String::new(),
                n => format!("; there are {n} structure sets or segmentations"),
            };
            let files = scan.files;
            let why = why.unwrap_or_default();
            Err(fail(format!("holds no image (files: {files}){regions}{why}")))
        }
        (several, _) => {
            Err(fail(format!("holds {} series: name one of them:{}", several.len(), list())))
        }
    }
}

/// What kind of regions a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum RegionFile {
    Labels,
    Structures,
    Segments,
}

/// The one file of regions that a path names.
pub(crate) fn region_file(path: &Path, limits: &Limits) -> Result<(PathBuf, RegionFile), Error> {
    if path.is_file() && !has_dicom_mark(path) {
        if !dicom::is_nifti(path) {
            refuse_other(path)?;
        }
        return Ok((path.into(), RegionFile::Labels));
    }
    let scan = dicom::scan(path, limits)?;
    let structures = scan.structures.iter().map(|f| (f.path.clone(), RegionFile::Structures));
    let segments = scan.segmentations.iter().map(|f| (f.path.clone(), RegionFile::Segments));
    let mut found: Vec<_> = structures.chain(segments).collect();
    if found.is_empty() {
        found.extend(scan.nifti.iter().map(|f| (f.clone(), RegionFile::Labels)));
    }
    let fail = |problem: String| Err(Error::new(path, problem));
    match found.len() {
        1 => Ok(found.remove(0)),
        0 => {
            let why = scan.skipped.first().map(|s| format!("; {} {}", s.path.display(), s.reason));
            let images = match scan.series.len() {
                0 => String::new(),
                n => format!("; there are {n} series of images"),
            };
            let why = why.unwrap_or_default();
            fail(format!("holds no structure set, segmentation or mask{images}{why}"))
        }
        n => {
            let list: String = found.iter().map(|(f, _)| format!("\n  {}", f.display())).collect();
            fail(format!("holds {n} files of regions: give one of them:{list}"))
        }
    }
}

/// Whether a file begins as DICOM files do.
fn has_dicom_mark(path: &Path) -> bool {
    use std::io::Read;
    let mut start = [0; 132];
    let read = std::fs::File::open(path).and_then(|mut f| f.read_exact(&mut start));
    read.is_ok() && start[128..] == *b"DICM"
}
