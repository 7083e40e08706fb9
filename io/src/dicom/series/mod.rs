//! A volume of slices in a series.

mod group;
mod read;
mod stack;

use std::path::Path;

use radiomics::Geometry;

use super::header::Header;
use super::problem::Problem;
use super::suv;

pub(super) use group::group;

/// The slices of a series that make one volume, in order along their normal.
#[derive(Clone, Debug)]
pub struct Series {
    files: Vec<Header>,
    /// File and frame of each slice, first to last.
    slices: Vec<[usize; 2]>,
    shape: [usize; 3],
    geometry: Result<Geometry, String>,
    problems: Vec<Problem>,
    /// 1 for the only or largest volume of a series, then 2, 3, ...
    part: usize,
}

impl Series {
    fn first(&self) -> &Header {
        // A series is made of at least one file.
        &self.files[self.slices.first().map_or(0, |s| s[0])]
    }

    /// Series Instance UID; followed by `/2`, `/3`, ... for further volumes of a series.
    pub fn name(&self) -> String {
        match self.part {
            1 => self.uid().to_owned(),
            part => format!("{}/{part}", self.uid()),
        }
    }

    /// Series Instance UID.
    pub fn uid(&self) -> &str {
        &self.first().series
    }

    /// Study Instance UID; empty where the header has none.
    pub fn study(&self) -> &str {
        &self.first().study
    }

    /// Modality: `CT`, `MR`, `PT`, ...
    pub fn modality(&self) -> &str {
        &self.first().modality
    }

    /// Series Description; empty where the header has none.
    pub fn description(&self) -> &str {
        &self.first().description
    }

    /// Frame of Reference UID.
    pub fn frame_of_reference(&self) -> Option<&str> {
        self.first().frame_of_reference.as_deref()
    }

    /// Patient ID, for comparing; tables and messages do not show it.
    pub fn patient(&self) -> Option<&str> {
        self.first().patient.as_deref()
    }

    /// Extent along x, y, z.
    pub const fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// Where the volume lies.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn geometry(&self) -> Result<Geometry, &str> {
        self.geometry.as_ref().copied().map_err(String::as_str)
    }

    /// What its user should know.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// The files, in the order of the slices; a file of many slices once.
    pub fn files(&self) -> impl Iterator<Item = &Path> {
        let mut last = None;
        let changed = move |file: &usize| last.replace(*file) != Some(*file);
        self.slices
            .iter()
            .map(|[file, _]| *file)
            .filter(changed)
            .map(|f| self.files[f].path.as_path())
    }

    /// Whether the pixels are what a PET scanner stores, so that [`Series::read_suv`] applies.
    pub fn is_pet(&self) -> bool {
        self.first().pet.is_some()
    }

    /// The unit of a PET series as its header has it: `BQML`, `CNTS`, `GML`, ...
    pub fn pet_units(&self) -> Option<&str> {
        self.first().pet.as_ref()?.units.as_deref()
    }

    pub(in crate::dicom) fn pet(&self) -> Vec<Option<&suv::Header>> {
        self.slices.iter().map(|[file, _]| self.files[*file].pet.as_deref()).collect()
    }
}
