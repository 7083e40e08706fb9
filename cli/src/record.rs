//! What is written beside a table: everything the values depend on, and the values.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use radiomics::plan::Summary;
use radiomics::registry::OPTIONS;
use radiomics::{Geometry, Status, Value};
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::study::{INPUTS, Input, Study};

/// The form of records.
const FORM: u32 = 1;

/// Goes through the cases in their order.
pub type Visit<'v> =
    &'v mut dyn FnMut(&mut dyn FnMut(&CaseRecord) -> io::Result<()>) -> io::Result<()>;

/// What holds for all cases.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Head {
    /// The form of this record.
    pub radiomics_record: u32,
    pub version: String,
    pub numerics_version: u32,
    /// Every option.
    pub settings: BTreeMap<String, String>,
    /// Options that have no effect beside the others.
    pub without_effect: Vec<String>,
    /// What was chosen; empty for everything.
    pub features: Vec<String>,
    /// How inputs were read.
    pub input: BTreeMap<String, String>,
    /// The tags of the values of each region, in their order.
    pub columns: Vec<String>,
}

/// A table that was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct TableFile {
    pub file: String,
    pub sha256: String,
}

/// A whole record.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Record {
    #[serde(flatten)]
    pub head: Head,
    pub table: Option<TableFile>,
    pub cases: Vec<CaseRecord>,
}

/// One case.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CaseRecord {
    pub case: String,
    pub image: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub series: Option<String>,
    pub mask: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub roi: Vec<String>,
    /// The image, where it could be read.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub read: Option<ImageRecord>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Why there are no regions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    pub regions: Vec<RegionRecord>,
}

/// An image as it was read.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct ImageRecord {
    pub modality: String,
    pub unit: String,
    pub files: usize,
    pub shape: [usize; 3],
    pub spacing_mm: [f64; 3],
    pub origin_mm: [f64; 3],
    pub direction: [[f64; 3]; 3],
    /// Of the voxels as they are stored, their type, slope and intercept.
    pub pixels_sha256: String,
    pub geometry_sha256: String,
    /// How uptake values were made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub uptake: Option<String>,
}

/// One region.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct RegionRecord {
    pub region: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub failure: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub warnings: Vec<String>,
    /// Of the voxels inside and the box around them.
    pub mask_sha256: String,
    pub voxels: Voxels,
    /// In the order of the columns; null where there is none.
    pub values: Vec<Option<f64>>,
    /// Pinned code and name of what is not `ok`, by column.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pub status: BTreeMap<usize, String>,
}

/// Voxel counts and grids of the steps.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Voxels {
    pub region: u64,
    pub grid_shape: [usize; 3],
    pub grid_spacing_mm: [f64; 3],
    pub morphological: u64,
    pub intensity: u64,
    pub grey_levels: Option<u32>,
}

impl From<&Summary> for Voxels {
    fn from(s: &Summary) -> Self {
        Self {
            region: s.region_voxels,
            grid_shape: s.grid_shape,
            grid_spacing_mm: s.grid_spacing,
            morphological: s.morphological_voxels,
            intensity: s.intensity_voxels,
            grey_levels: s.grey_levels,
        }
    }
}

impl CaseRecord {
    /// Whether the case or one of its regions has no values.
    pub fn failed(&self) -> bool {
        self.problems().next().is_some()
    }

    /// The same without the UIDs that messages name: those lead to a patient.
    pub fn without_uids(mut self) -> Self {
        let regions = self.regions.iter_mut();
        let texts = regions.flat_map(|r| r.warnings.iter_mut().chain(&mut r.failure));
        for text in texts.chain(&mut self.warnings).chain(&mut self.failure) {
            *text = without_uids(text);
        }
        self
    }

    /// Why there are no values.
    pub fn problems(&self) -> impl Iterator<Item = &str> {
        let regions = self.regions.iter().filter_map(|r| r.failure.as_deref());
        self.failure.as_deref().into_iter().chain(regions)
    }
}

impl RegionRecord {
    /// Keeps values and why there are none.
    pub fn keep(&mut self, values: &[Value]) {
        self.values = values.iter().map(|v| v.status().has_value().then(|| v.number())).collect();
        let rest = values.iter().enumerate().filter(|(_, v)| v.status() != Status::Ok);
        self.status = rest.map(|(i, v)| (i, v.status().name().to_owned())).collect();
    }

    /// The value of a column and the name of its status.
    pub fn value(&self, column: usize) -> (f64, &str) {
        let number = self.values.get(column).copied().flatten().unwrap_or(f64::NAN);
        (number, self.status.get(&column).map_or("ok", String::as_str))
    }
}

impl ImageRecord {
    /// Where an image lies.
    pub fn place(&mut self, shape: [usize; 3], geometry: &Geometry) {
        self.shape = shape;
        self.spacing_mm = geometry.spacing;
        self.origin_mm = geometry.origin;
        self.direction = geometry.direction;
    }
}

impl Head {
    pub fn of(study: &Study) -> Self {
        let settings = study.plan.settings();
        // Every key of the table is known to the settings.
        let text = |key: &str| settings.get(key).map(|t| t.to_string()).unwrap_or_default();
        let idle = |key: &str| !settings.in_effect(key).unwrap_or(true);
        Self {
            radiomics_record: FORM,
            version: env!("CARGO_PKG_VERSION").into(),
            numerics_version: radiomics::NUMERICS_VERSION,
            settings: OPTIONS.iter().map(|o| (o.key.to_owned(), text(o.key))).collect(),
            without_effect: OPTIONS
                .iter()
                .filter(|o| idle(o.key))
                .map(|o| o.key.to_owned())
                .collect(),
            features: study.selectors.clone(),
            input: INPUTS.iter().map(|i| (i.key.to_owned(), study.input.get(i.key))).collect(),
            columns: study.plan.columns().map(|c| c.tag().to_string()).collect(),
        }
    }

    /// The study that this describes.
    pub fn study(&self) -> Result<Study, Failure> {
        if self.radiomics_record != FORM {
            return Err(Failure::input(format!(
                "the record has the form {}, this program reads {FORM}",
                self.radiomics_record
            )));
        }
        let mut settings = radiomics::Settings::default();
        // In the order of the table: methods come before their parameters.
        for option in OPTIONS.iter().filter(|o| !self.without_effect.iter().any(|k| k == o.key)) {
            if let Some(text) = self.settings.get(option.key) {
                settings.set(option.key, text).map_err(Failure::input)?;
            }
        }
        if let Some(key) = self.settings.keys().find(|k| !OPTIONS.iter().any(|o| o.key == **k)) {
            return Err(Failure::input(format!("the record sets the unknown option \"{key}\"")));
        }
        let mut input = Input::default();
        for (key, text) in &self.input {
            input.set(key, text).map_err(Failure::input)?;
        }
        Study::of(&settings, self.features.clone(), input)
    }
}

/// A text in which UIDs (digits with many dots) are replaced.
fn without_uids(text: &str) -> String {
    const DOTS: usize = 5;
    let is_part = |c: char| c.is_ascii_digit() || c == '.';
    let (mut out, mut rest) = (String::new(), text);
    while let Some(start) = rest.find(is_part) {
        let end = rest[start..].find(|c| !is_part(c)).map_or(rest.len(), |n| start + n);
        let part = &rest[start..end];
        out += &rest[..start];
        out += if part.matches('.').count() < DOTS { part } else { "(UID)" };
        rest = &rest[end..];
    }
    out + rest
}

/// A path as text that leads back to it: bytes that are no UTF-8 follow as hexadecimal digits.
pub fn path_text(path: &Path) -> String {
    match path.to_str() {
        Some(text) => text.to_owned(),
        None => format!("bytes:{}", crate::digest::hex(path.as_os_str().as_encoded_bytes())),
    }
}

/// The path of such a text.
pub fn text_path(text: &str) -> PathBuf {
    #[cfg(unix)]
    if let Some(bytes) = text.strip_prefix("bytes:").and_then(crate::digest::unhex) {
        use std::os::unix::ffi::OsStringExt;
        return PathBuf::from(std::ffi::OsString::from_vec(bytes));
    }
    PathBuf::from(text)
}

#[cfg(test)]
mod tests {
    use super::without_uids;

    #[test]
    fn uids_are_replaced_and_numbers_stay() {
        let text = "drawn in 1.2.840.10008.5.1.4, 3.5 mm off (p1.nii), version 0.1.0, 12 voxels.";
        let expected = "drawn in (UID), 3.5 mm off (p1.nii), version 0.1.0, 12 voxels.";
        assert_eq!(without_uids(text), expected);
        assert_eq!(without_uids("1.3.6.1.4.1/2"), "(UID)/2");
    }
}
