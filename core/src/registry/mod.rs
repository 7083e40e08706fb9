//! Names as tables: families, features, options, presets.
//!
//! Documentation, the command line, and every wrapper derive from these tables.

mod features;
mod options;
mod presets;

pub use features::FEATURES;
pub use options::{Kind, OPTIONS, OptionSpec};
pub use presets::{PRESETS, Preset};

/// A family of features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[repr(u8)]
pub enum Family {
    /// Descriptions of the image, the masks and the grid after each step.
    Diagnostics = 0,
    /// Shape and size of the region, and how intensity is spread over it.
    Morphology = 1,
    /// Peaks over a sphere of 1 cm^3.
    LocalIntensity = 2,
    /// Statistics of the intensities.
    Statistics = 3,
    /// Statistics of the discretised intensities.
    IntensityHistogram = 4,
    /// The volume above an intensity.
    IntensityVolumeHistogram = 5,
    /// Grey level co-occurrence matrix.
    Glcm = 6,
    /// Grey level run length matrix.
    Glrlm = 7,
    /// Grey level size zone matrix.
    Glszm = 8,
    /// Grey level distance zone matrix.
    Gldzm = 9,
    /// Neighbourhood grey tone difference matrix.
    Ngtdm = 10,
    /// Neighbouring grey level dependence matrix.
    Ngldm = 11,
}

impl Family {
    /// All families: diagnostics, then the order of the IBSI manual.
    pub const ALL: &'static [Family] = &[
        Family::Diagnostics,
        Family::Morphology,
        Family::LocalIntensity,
        Family::Statistics,
        Family::IntensityHistogram,
        Family::IntensityVolumeHistogram,
        Family::Glcm,
        Family::Glrlm,
        Family::Glszm,
        Family::Gldzm,
        Family::Ngtdm,
        Family::Ngldm,
    ];

    /// The machine name.
    pub const fn name(self) -> &'static str {
        match self {
            Family::Diagnostics => "diagnostics",
            Family::Morphology => "morphology",
            Family::LocalIntensity => "local_intensity",
            Family::Statistics => "statistics",
            Family::IntensityHistogram => "intensity_histogram",
            Family::IntensityVolumeHistogram => "intensity_volume_histogram",
            Family::Glcm => "glcm",
            Family::Glrlm => "glrlm",
            Family::Glszm => "glszm",
            Family::Gldzm => "gldzm",
            Family::Ngtdm => "ngtdm",
            Family::Ngldm => "ngldm",
        }
    }

    /// The title for readers.
    pub const fn title(self) -> &'static str {
        match self {
            Family::Diagnostics => "Diagnostics",
            Family::Morphology => "Morphology",
            Family::LocalIntensity => "Local intensity",
            Family::Statistics => "Intensity-based statistics",
            Family::IntensityHistogram => "Intensity histogram",
            Family::IntensityVolumeHistogram => "Intensity-volume histogram",
            Family::Glcm => "Grey level co-occurrence matrix (GLCM)",
            Family::Glrlm => "Grey level run length matrix (GLRLM)",
            Family::Glszm => "Grey level size zone matrix (GLSZM)",
            Family::Gldzm => "Grey level distance zone matrix (GLDZM)",
            Family::Ngtdm => "Neighbourhood grey tone difference matrix (NGTDM)",
            Family::Ngldm => "Neighbouring grey level dependence matrix (NGLDM)",
        }
    }

    /// The IBSI code; empty for diagnostics.
    pub const fn code(self) -> &'static str {
        match self {
            Family::Diagnostics => "",
            Family::Morphology => "HCUG",
            Family::LocalIntensity => "9ST6",
            Family::Statistics => "UHIW",
            Family::IntensityHistogram => "ZVCW",
            Family::IntensityVolumeHistogram => "P88C",
            Family::Glcm => "LFYI",
            Family::Glrlm => "TP0I",
            Family::Glszm => "9SAK",
            Family::Gldzm => "VMDZ",
            Family::Ngtdm => "IPET",
            Family::Ngldm => "REK0",
        }
    }
}

/// One feature.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Feature {
    /// Pinned number.
    pub id: u16,
    /// Pinned machine name.
    pub name: &'static str,
    /// IBSI code; empty for diagnostics.
    pub code: &'static str,
    /// IBSI tag without aggregation.
    pub tag: &'static str,
    /// Its family.
    pub family: Family,
    /// Unit.
    pub unit: &'static str,
    /// The name for readers.
    pub title: &'static str,
}

/// The features of one family: a contiguous part of [`FEATURES`].
pub fn family_features(family: Family) -> &'static [Feature] {
    let first = FEATURES.iter().position(|f| f.family == family).unwrap_or(FEATURES.len());
    let count = FEATURES[first..].iter().take_while(|f| f.family == family).count();
    &FEATURES[first..first + count]
}
