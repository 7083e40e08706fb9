//! The table of options.

/// What an option's text holds.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Kind {
    /// `true` or `false` (also `on`, `off`, `1`, `0`).
    Bool,
    /// A number within closed bounds.
    Real {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// A number within closed bounds, or `none`.
    RealOrNone {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// A whole number within closed bounds.
    Integer {
        /// Smallest value.
        min: u32,
        /// Largest value.
        max: u32,
    },
    /// One of these words.
    Word(&'static [&'static str]),
    /// Three numbers with commas, each within closed bounds.
    Triple {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// `low,high` with `low < high`, `-inf` and `inf` allowed; or `none`.
    Range,
    /// One to eight numbers with commas, each above 0 and below 100.
    Percentages,
    /// Some of the aggregations, with commas, or `all`.
    Aggregations,
}

impl Kind {
    /// The word for it in tables.
    pub const fn name(&self) -> &'static str {
        match self {
            Kind::Bool => "bool",
            Kind::Real { .. } => "real",
            Kind::RealOrNone { .. } => "real or none",
            Kind::Integer { .. } => "integer",
            Kind::Word(_) => "word",
            Kind::Triple { .. } => "three reals",
            Kind::Range => "range",
            Kind::Percentages => "percentages",
            Kind::Aggregations => "aggregations",
        }
    }
}

/// One option.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct OptionSpec {
    /// Its key.
    pub key: &'static str,
    /// What its text holds.
    pub kind: Kind,
    /// The default, as text.
    pub default: &'static str,
    /// What is allowed, for readers and errors.
    pub range: &'static str,
    /// Unit; empty without one.
    pub unit: &'static str,
    /// What it does.
    pub help: &'static str,
}

const fn o(
    key: &'static str,
    kind: Kind,
    default: &'static str,
    range: &'static str,
    unit: &'static str,
    help: &'static str,
) -> OptionSpec {
    OptionSpec { key, kind, default, range, unit, help }
}

const BOOL: &str = "true or false";
const METHODS: Kind = Kind::Word(&["nearest", "linear", "cubic"]);
const METHOD_RANGE: &str = "nearest, linear or cubic";
const BINNINGS: Kind = Kind::Word(&["none", "fbs", "fbn"]);
const BINNING_RANGE: &str = "none, fbs or fbn";
const DISTANCE: Kind = Kind::Integer { min: 1, max: 16 };
const DISTANCE_RANGE: &str = "a whole number from 1 to 16";
const COUNT: Kind = Kind::Integer { min: 1, max: 65_535 };
const COUNT_RANGE: &str = "a whole number from 1 to 65535";
const WIDTH: Kind = Kind::RealOrNone { min: 1e-9, max: 1e9 };
const WIDTH_RANGE: &str = "a number from 1e-9 to 1e9, or none";
const ANY: Kind = Kind::RealOrNone { min: -1e12, max: 1e12 };
const ANY_RANGE: &str = "a number from -1e12 to 1e12, or none";

/// Every option, in the order of the chain.
#[rustfmt::skip]
pub const OPTIONS: &[OptionSpec] = &[
    o("load.round", Kind::Bool, "false", BOOL, "", "Round the intensities to whole numbers as they are read, halves to the even one."),
    o("normalise.method", Kind::Word(&["none", "z_score", "range"]), "none", "none, z_score or range", "", "Normalise the intensities before interpolation: to mean 0 and standard deviation 1, or to the range from normalise.lower to normalise.upper."),
    o("normalise.over", Kind::Word(&["image", "region"]), "image", "image or region", "", "Which finite intensities the normalisation is measured over."),
    o("normalise.lower", Kind::Real { min: -1e12, max: 1e12 }, "0", "a number from -1e12 to 1e12", "intensity", "What the smallest intensity becomes (normalise.method range)."),
    o("normalise.upper", Kind::Real { min: -1e12, max: 1e12 }, "1", "a number from -1e12 to 1e12", "intensity", "What the largest intensity becomes (normalise.method range)."),
    o("resample.spacing_mm", Kind::Triple { min: 0.0, max: 1e6 }, "0,0,0", "three numbers: 0, or from 1e-6 to 1e6", "mm", "Voxel spacing to interpolate to along x, y, z; 0 keeps an axis as it is."),
    o("resample.image_method", METHODS, "linear", METHOD_RANGE, "", "Interpolation of the image; cubic is the interpolating cubic B-spline."),
    o("resample.mask_method", METHODS, "linear", METHOD_RANGE, "", "Interpolation of the mask."),
    o("resample.mask_threshold", Kind::Real { min: 1e-3, max: 1.0 }, "0.5", "a number from 0.001 to 1", "", "Interpolated mask values from here up (with a slack of 1e-6) belong to the region."),
    o("resample.round", Kind::Bool, "false", BOOL, "", "Round the interpolated intensities to whole numbers, halves to the even one."),
    o("resegment.range", Kind::Range, "none", "low,high with low < high (inf allowed), or none", "intensity", "Keep only voxels whose intensity lies in this closed range in the intensity mask."),
    o("resegment.sigma", Kind::RealOrNone { min: 1e-3, max: 1e3 }, "none", "a number from 0.001 to 1000, or none", "", "Keep only voxels within this many standard deviations of the mean of the region."),
    o("discretise.method", BINNINGS, "fbn", BINNING_RANGE, "", "Grey levels for histogram and textures: the intensities themselves (none), bins of fixed size (fbs), or a fixed number of bins (fbn)."),
    o("discretise.bin_width", WIDTH, "none", WIDTH_RANGE, "intensity", "Width of a bin; setting it switches to fbs."),
    o("discretise.bin_count", COUNT, "32", COUNT_RANGE, "", "Number of bins; setting it switches to fbn."),
    o("discretise.lower", ANY, "none", ANY_RANGE, "intensity", "Lower edge of the first bin for fbs; none takes the lower bound of resegment.range, or else the lowest intensity of the region."),
    o("ivh.method", BINNINGS, "none", BINNING_RANGE, "", "Grey levels for the intensity-volume histogram. none steps by 1 where every intensity is a whole number and otherwise through the intensities that occur."),
    o("ivh.bin_width", WIDTH, "none", WIDTH_RANGE, "intensity", "Width of a bin; setting it switches to fbs."),
    o("ivh.bin_count", COUNT, "1000", COUNT_RANGE, "", "Number of bins; setting it switches to fbn."),
    o("ivh.lower", ANY, "none", ANY_RANGE, "intensity", "Lower edge of the first bin for fbs; none takes the lower bound of resegment.range, or else the lowest intensity of the region."),
    o("ivh.fractions", Kind::Percentages, "10,90", "one to eight rising percentages above 0 and below 100", "%", "Percentages of intensity and volume at which the histogram is read; the differences are between the first and the last."),
    o("texture.aggregation", Kind::Aggregations, "3d_averaged,3d_merged", "2d_averaged, 2d_slice_merged, 2.5d_direction_merged, 2.5d_merged, 3d_averaged, 3d_merged, with commas; or all", "", "How matrices of slices and directions become one value. Families without directions follow: 2D, 2.5D and 3D."),
    o("texture.max_levels", COUNT, "65535", COUNT_RANGE, "", "More grey levels than this give the status too_many_levels instead of values; bounds the workspace."),
    o("glcm.distance", DISTANCE, "1", DISTANCE_RANGE, "voxels", "Steps along each direction between the two voxels of a pair."),
    o("ngtdm.distance", DISTANCE, "1", DISTANCE_RANGE, "voxels", "Chebyshev radius of the neighbourhood."),
    o("ngldm.distance", DISTANCE, "1", DISTANCE_RANGE, "voxels", "Chebyshev radius of the neighbourhood."),
    o("ngldm.alpha", Kind::Real { min: 0.0, max: 65_535.0 }, "0", "a number from 0 to 65535", "grey levels", "Largest difference of dependent grey levels."),
    o("morphology.ombb", Kind::Bool, "false", BOOL, "", "Also the densities of the oriented minimum bounding box."),
    o("morphology.mvee", Kind::Bool, "false", BOOL, "", "Also the densities of the minimum volume enclosing ellipsoid."),
    o("morphology.spatial", Kind::Bool, "true", BOOL, "", "Moran's I and Geary's C, over all pairs of voxels."),
    o("diagnostics", Kind::Bool, "false", BOOL, "", "Describe image, masks and grid after each step. Reads the whole image."),
];
