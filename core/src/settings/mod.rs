//! Settings: every option with its value, settable by text key.
//!
//! The order is defaults, then a preset, then [`Settings::set`]; the last wins. What was set by hand must
//! have an effect: a bin width beside a fixed number of bins is an error, not a silent choice.

mod check;
pub mod filter;
mod parse;
mod text;

use crate::aggregation::{Aggregation, Aggregations};
use crate::error::Error;
pub use crate::prepare::method::Method;
use crate::registry::PRESETS;
pub use filter::Filters;

/// How intensities are rounded as they are read.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Load {
    /// To whole numbers.
    pub round: bool,
}

/// Ways to normalise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormaliseMethod {
    /// Not at all.
    None,
    /// To mean 0 and standard deviation 1.
    ZScore,
    /// To a given range.
    Range,
}

/// What normalisation is measured over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NormaliseOver {
    /// The whole image.
    Image,
    /// The region.
    Region,
}

/// Normalisation of intensities, before interpolation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Normalise {
    /// How.
    pub method: NormaliseMethod,
    /// Over what.
    pub over: NormaliseOver,
    /// What the smallest intensity becomes.
    pub lower: f64,
    /// What the largest intensity becomes.
    pub upper: f64,
}

/// Interpolation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resample {
    /// Spacing to interpolate to; 0 keeps an axis.
    pub spacing_mm: [f64; 3],
    /// How the image is interpolated.
    pub image_method: Method,
    /// How the mask is interpolated.
    pub mask_method: Method,
    /// Interpolated mask values from here up belong to the region.
    pub mask_threshold: f64,
    /// Whether interpolated intensities are rounded.
    pub round: bool,
}

/// Re-segmentation of the intensity mask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Resegment {
    /// Closed range of intensities that stay.
    pub range: Option<[f64; 2]>,
    /// Standard deviations around the mean that stay.
    pub sigma: Option<f64>,
}

/// Ways to discretise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BinningMethod {
    /// The intensities are grey levels already.
    None,
    /// Bins of fixed size.
    FixedBinSize,
    /// A fixed number of bins.
    FixedBinNumber,
}

/// A discretisation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Binning {
    /// How.
    pub method: BinningMethod,
    /// Width of a bin of fixed size.
    pub bin_width: Option<f64>,
    /// Number of bins.
    pub bin_count: u32,
    /// Lower edge of the first bin of fixed size.
    pub lower: Option<f64>,
}

/// Percentages at which the intensity-volume histogram is read.
pub type Percentages = heapless::Vec<f64, 8>;

/// The intensity-volume histogram.
#[derive(Clone, Debug, PartialEq)]
pub struct Ivh {
    /// Its grey levels.
    pub binning: Binning,
    /// Where it is read.
    pub fractions: Percentages,
}

/// Texture matrices.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Texture {
    /// Aggregations of the families with directions; the others follow.
    pub aggregation: Aggregations,
    /// The most grey levels.
    pub max_levels: u32,
}

/// Grey level co-occurrence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Glcm {
    /// Steps between the voxels of a pair.
    pub distance: u32,
}

/// Grey tone difference.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ngtdm {
    /// Radius of the neighbourhood.
    pub distance: u32,
}

/// Grey level dependence.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ngldm {
    /// Radius of the neighbourhood.
    pub distance: u32,
    /// Largest difference of dependent levels.
    pub alpha: f64,
}

/// Switches of costly shape features.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Morphology {
    /// Oriented minimum bounding box.
    pub ombb: bool,
    /// Minimum volume enclosing ellipsoid.
    pub mvee: bool,
    /// Moran's I and Geary's C.
    pub spatial: bool,
}

/// Everything an extraction depends on besides image and region.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// Reading.
    pub load: Load,
    /// Normalisation.
    pub normalise: Normalise,
    /// Interpolation.
    pub resample: Resample,
    /// Re-segmentation.
    pub resegment: Resegment,
    /// Filtered images.
    pub filter: Filters,
    /// Discretisation for histogram and textures.
    pub discretise: Binning,
    /// The intensity-volume histogram.
    pub ivh: Ivh,
    /// Texture matrices.
    pub texture: Texture,
    /// Grey level co-occurrence.
    pub glcm: Glcm,
    /// Grey tone difference.
    pub ngtdm: Ngtdm,
    /// Grey level dependence.
    pub ngldm: Ngldm,
    /// Costly shape features.
    pub morphology: Morphology,
    /// Descriptions of every step.
    pub diagnostics: bool,
    /// Options set by hand, as bits in the order of the table.
    explicit: u128,
}

impl Default for Settings {
    /// Native grid, no range, 32 bins, 3D averaged and merged.
    fn default() -> Self {
        let binning =
            |method, bin_count| Binning { method, bin_width: None, bin_count, lower: None };
        Self {
            load: Load { round: false },
            normalise: Normalise {
                method: NormaliseMethod::None,
                over: NormaliseOver::Image,
                lower: 0.0,
                upper: 1.0,
            },
            resample: Resample {
                spacing_mm: [0.0; 3],
                image_method: Method::Linear,
                mask_method: Method::Linear,
                mask_threshold: 0.5,
                round: false,
            },
            resegment: Resegment { range: None, sigma: None },
            filter: Filters::default(),
            discretise: binning(BinningMethod::FixedBinNumber, 32),
            ivh: Ivh {
                binning: binning(BinningMethod::None, 1000),
                fractions: [10.0, 90.0].into_iter().collect(),
            },
            texture: Texture {
                aggregation: [Aggregation::Averaged3D, Aggregation::Merged3D].into_iter().collect(),
                max_levels: 65_535,
            },
            glcm: Glcm { distance: 1 },
            ngtdm: Ngtdm { distance: 1 },
            ngldm: Ngldm { distance: 1, alpha: 0.0 },
            morphology: Morphology { ombb: false, mvee: false, spatial: true },
            diagnostics: false,
            explicit: 0,
        }
    }
}

impl Settings {
    /// The settings of a preset of [`PRESETS`].
    ///
    /// # Errors
    /// When there is none of this name.
    pub fn preset(name: &str) -> Result<Self, Error> {
        let Some(preset) = PRESETS.iter().find(|p| p.name == name) else {
            let expected = "ibsi-digital, ibsi-a to ibsi-e, or ibsi2-1a to ibsi2-9b";
            return Err(Error::invalid("preset", name, expected));
        };
        let mut settings = Self::default();
        for (key, text) in preset.settings {
            settings.set(key, text)?;
        }
        // What a preset sets may be changed without contradiction.
        settings.explicit = 0;
        Ok(settings)
    }
}
