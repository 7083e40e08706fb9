//! Regions from files: label images, structure sets and segmentations.
//!
//! [`Rois`] holds what a file has; [`Rois::select`] finds regions by [`Pattern`]; [`Rois::mask`] makes one of them a
//! [`Mask`] on the grid of an image. Only one mask at a time needs to be in memory.

mod contours;
mod labels;
mod mask;
mod names;
mod owner;
mod regrid;
mod segments;

use std::path::{Path, PathBuf};

use crate::dicom::rtstruct::{self, StructureSet};
use crate::dicom::seg::{self, Segmentation};
use crate::error::Error;
use crate::limits::Limits;
use crate::open::{self, Picture};

pub use mask::Mask;
pub use names::Pattern;
pub use regrid::OtherGrid;

use labels::Labels;

/// The regions of one file.
#[derive(Debug)]
pub struct Rois {
    path: PathBuf,
    source: Source,
}

#[derive(Debug)]
enum Source {
    Labels(Labels),
    Structures(StructureSet),
    Segments(Segmentation),
}

/// What is known of a region before it is made a mask.
#[derive(Clone, Debug, PartialEq)]
pub struct RoiInfo {
    /// Its name; the label as text in a label image; `nonzero` for all labels of one together.
    pub name: String,
    /// Number in its file; 0 for `nonzero`.
    pub number: u32,
    /// What it is: `label`, `mask`, `segment`, or a structure's interpretation (`GTV`, `ORGAN`, ...); may be empty.
    pub kind: String,
    /// Closed contours or frames it consists of.
    pub parts: usize,
    /// Points of the contours.
    pub points: usize,
}

/// How a mask is made.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MaskOptions {
    /// What to do with a mask on another grid.
    pub other_grid: OtherGrid,
    /// A voxel of a fractional segmentation is inside when its fraction is at least this.
    pub fraction: f64,
    /// Takes a structure set or segmentation that names another patient or another frame of reference.
    pub foreign: bool,
}

impl Default for MaskOptions {
    fn default() -> Self {
        Self { other_grid: OtherGrid::Refuse, fraction: 0.5, foreign: false }
    }
}

impl Rois {
    /// Reads a NIfTI mask or label image, an RTSTRUCT, a SEG, or the folder that holds one of them.
    ///
    /// # Errors
    /// When there is no such file, there are several, or the file is damaged.
    pub fn open(path: &Path, limits: &Limits) -> Result<Self, Error> {
        let (path, kind) = open::region_file(path, limits)?;
        let source = match kind {
            open::RegionFile::Labels => Source::Labels(Labels::read(&path, limits)?),
            open::RegionFile::Structures => Source::Structures(rtstruct::read(&path, limits)?),
            open::RegionFile::Segments => Source::Segments(seg::read(&path, limits)?),
        };
        Ok(Self { path, source })
    }

    /// The file.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What there is, in the order of the file.
    pub fn list(&self) -> Vec<RoiInfo> {
        match &self.source {
            Source::Labels(labels) => labels.list(),
            Source::Structures(set) => set
                .rois
                .iter()
                .map(|roi| RoiInfo {
                    name: roi.name.clone(),
                    number: roi.number,
                    kind: roi.kind.clone(),
                    parts: roi.contours.len(),
                    points: roi.points(),
                })
                .collect(),
            Source::Segments(segmentation) => segmentation
                .segments
                .iter()
                .map(|segment| RoiInfo {
                    name: segment.label.clone(),
                    number: segment.number,
                    kind: "segment".into(),
                    parts: segment.frames,
                    points: 0,
                })
                .collect(),
        }
    }

    /// The places in [`Rois::list`] of the regions that patterns name, each once, in the order of the file. Without
    /// patterns, the only region there is; of a label image, all that is not 0.
    ///
    /// # Errors
    /// When a pattern matches nothing, or nothing is named and there are several: with the names there are.
    pub fn select(&self, patterns: &[Pattern]) -> Result<Vec<usize>, Error> {
        let list = self.list();
        let fail = |problem: String| Error::new(&self.path, problem);
        let names: Vec<&str> = list.iter().map(|r| r.name.as_str()).collect();
        let is_labels = matches!(self.source, Source::Labels(_));
        if patterns.is_empty() {
            return match list.len() {
                0 => Err(fail("holds no regions".into())),
                1 => Ok(vec![0]),
                _ if is_labels => Ok(vec![0]),
                n => Err(fail(format!("holds {n} regions: name one of them; {}", known(&names)))),
            };
        }
        let mut chosen = Vec::new();
        for pattern in patterns {
            let mut found = pattern.matches(&names);
            if matches!(pattern, Pattern::All) {
                // Of a label image the labels one by one, not all of them together as well; and what was listed
                // for planning and never drawn is no region to measure.
                let together = is_labels && list.len() > 1;
                found.retain(|i| list[*i].parts > 0 && !(together && *i == 0));
            }
            if found.is_empty() {
                let known = known(&names);
                return Err(fail(format!("has no region that matches \"{pattern}\": {known}")));
            }
            chosen.extend(found);
        }
        chosen.sort_unstable();
        chosen.dedup();
        Ok(chosen)
    }

    /// Makes a region, by its place in [`Rois::list`], a mask on the grid of an image.
    ///
    /// # Errors
    /// When the region was drawn for another patient, frame of reference or grid, lies outside the image, has no
    /// voxel, or takes more than the limit.
    pub fn mask(
        &self,
        index: usize,
        picture: &Picture,
        options: &MaskOptions,
        limits: &Limits,
    ) -> Result<Mask, Error> {
        let fail = |problem: String| Error::new(&self.path, problem);
        let mask = match &self.source {
            Source::Labels(labels) => labels.mask(index, picture, options, limits),
            Source::Structures(set) => contours::mask(set, index, picture, options, limits),
            Source::Segments(set) => segments::mask(set, index, picture, options, limits),
        }
        .map_err(fail)?;
        if mask.voxels == 0 {
            return Err(fail(format!(
                "the region \"{}\" has no voxel of the image: it is smaller than a voxel, or lies outside",
                mask.name
            )));
        }
        Ok(mask)
    }
}

/// The names there are, for a message.
fn known(names: &[&str]) -> String {
    const MOST: usize = 50;
    let shown: Vec<String> = names.iter().take(MOST).map(|n| format!("\"{n}\"")).collect();
    match names.len() {
        0 => "there are no regions".to_owned(),
        n if n > MOST => format!("there are {} and {} more", shown.join(", "), n - MOST),
        _ => format!("there are {}", shown.join(", ")),
    }
}
