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
    /// Some of these words, with commas.
    Words(&'static [&'static str]),
    /// One to eight rising numbers with commas, each within closed bounds.
    Reals {
        /// Smallest value.
        min: f64,
        /// Largest value.
        max: f64,
    },
    /// One to eight rising whole numbers with commas, each within closed bounds.
    Integers {
        /// Smallest value.
        min: u32,
        /// Largest value.
        max: u32,
    },
    /// Three whole numbers with commas, not all 0.
    Order {
        /// Largest value.
        max: u32,
    },
    /// One to eight Laws kernels with commas, one for each axis joined: `E5L5S5`.
    Kernels,
    /// One to eight sub-bands with commas, one letter for each axis: `LLH`; or `all`.
    Bands,
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
            Kind::Words(_) => "words",
            Kind::Reals { .. } => "reals",
            Kind::Integers { .. } => "integers",
            Kind::Order { .. } => "three integers",
            Kind::Kernels => "Laws kernels",
            Kind::Bands => "sub-bands",
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

const IMAGES: Kind = Kind::Words(&[
    "original",
    "mean",
    "gaussian",
    "log",
    "laws",
    "gabor",
    "wavelet",
    "simoncelli",
    "riesz",
    "riesz_log",
    "riesz_simoncelli",
    "gradient",
    "lbp",
    "square",
    "square_root",
    "logarithm",
    "exponential",
]);
const IMAGES_RANGE: &str = "some of original, mean, gaussian, log, laws, gabor, wavelet, simoncelli, riesz, riesz_log, riesz_simoncelli, gradient, lbp, square, square_root, logarithm and exponential, with commas";
const POOLINGS: Kind = Kind::Word(&["none", "max", "mean", "min", "sum"]);
const POOLING_RANGE: &str = "none, max, mean, min or sum";
const SIGMAS: Kind = Kind::Reals { min: 0.01, max: 1000.0 };
const SIGMAS_RANGE: &str = "one to eight rising numbers from 0.01 to 1000";
const CUTOFF: Kind = Kind::Real { min: 0.5, max: 20.0 };
const CUTOFF_RANGE: &str = "a number from 0.5 to 20";
const LEVELS: Kind = Kind::Integers { min: 1, max: 8 };
const LEVELS_RANGE: &str = "one to eight rising whole numbers from 1 to 8";
const WAVELETS: Kind = Kind::Word(&[
    "haar", "db1", "db2", "db3", "db4", "db5", "db6", "db7", "db8", "db9", "db10", "db11", "db12",
    "db13", "db14", "db15", "db16", "db17", "db18", "db19", "db20", "sym2", "sym3", "sym4", "sym5",
    "sym6", "sym7", "sym8", "sym9", "sym10", "sym11", "sym12", "sym13", "sym14", "sym15", "sym16",
    "sym17", "sym18", "sym19", "sym20", "coif1", "coif2", "coif3", "coif4", "coif5", "bior1.1",
    "bior1.3", "bior1.5", "bior2.2", "bior2.4", "bior2.6", "bior2.8", "bior3.1", "bior3.3",
    "bior3.5", "bior3.7", "bior3.9", "bior4.4", "bior5.5", "bior6.8",
]);
const WAVELET_RANGE: &str = "haar, db1, db2, db3, db4, db5, db6, db7, db8, db9, db10, db11, db12, db13, db14, db15, db16, db17, db18, db19, db20, sym2, sym3, sym4, sym5, sym6, sym7, sym8, sym9, sym10, sym11, sym12, sym13, sym14, sym15, sym16, sym17, sym18, sym19, sym20, coif1, coif2, coif3, coif4, coif5, bior1.1, bior1.3, bior1.5, bior2.2, bior2.4, bior2.6, bior2.8, bior3.1, bior3.3, bior3.5, bior3.7, bior3.9, bior4.4, bior5.5 or bior6.8";

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
    o("filter.images", IMAGES, "original", IMAGES_RANGE, "", "Images whose features are computed: the unfiltered one (original) and filtered ones, each filter once for each combination of its listed parameters. Morphology and diagnostics belong to the unfiltered image."),
    o("filter.dimension", Kind::Word(&["2d", "3d"]), "3d", "2d or 3d", "", "Whether filters act slice by slice or on the volume. Gabor has filter.gabor.planes instead."),
    o("filter.boundary", Kind::Word(&["zero", "constant", "nearest", "periodic", "mirror"]), "mirror", "zero, constant, nearest, periodic or mirror", "", "How the image goes on beyond its edge: with zeros, with filter.constant, with the nearest voxel, from the opposite edge on, or mirrored (edge voxel seen twice). simoncelli and the Riesz transforms are periodic by their definition, whatever it says."),
    o("filter.constant", Kind::Real { min: -1e12, max: 1e12 }, "0", "a number from -1e12 to 1e12", "intensity", "The image beyond its edge for filter.boundary constant."),
    o("filter.bin_count", COUNT, "32", COUNT_RANGE, "", "Number of bins of filtered images, between their extremes in the region."),
    o("filter.ivh_bin_count", COUNT, "1000", COUNT_RANGE, "", "Number of bins of the intensity-volume histogram of filtered images."),
    o("filter.mean.size", Kind::Integers { min: 1, max: 255 }, "5", "one to eight rising whole numbers from 1 to 255", "voxels", "Side of the box; each gives an image."),
    o("filter.gaussian.sigma_mm", SIGMAS, "1", SIGMAS_RANGE, "mm", "Standard deviation; each gives an image."),
    o("filter.gaussian.cutoff", CUTOFF, "4", CUTOFF_RANGE, "sigma", "Half-width of the kernel."),
    o("filter.log.sigma_mm", SIGMAS, "3", SIGMAS_RANGE, "mm", "Standard deviation; each gives an image."),
    o("filter.log.cutoff", CUTOFF, "4", CUTOFF_RANGE, "sigma", "Half-width of the kernel."),
    o("filter.log.zero_sum", Kind::Bool, "false", BOOL, "", "Shift the truncated kernel so that its sum is 0; the IBSI formula leaves it as it is."),
    o("filter.laws.kernels", Kind::Kernels, "L5E5E5", "one to eight of joined L3, L5, E3, E5, S3, S5, W5, R5, one for each axis, with commas", "", "Kernels along x, y and z; each gives an image."),
    o("filter.laws.pooling", POOLINGS, "none", POOLING_RANGE, "", "Rotation invariance: how the responses of the 4 (2D) or 24 (3D) right-angle rotations become one; none keeps one orientation."),
    o("filter.laws.energy", Kind::Bool, "true", BOOL, "", "Turn the response into an energy map: the mean magnitude of a box."),
    o("filter.laws.energy_delta", Kind::Integer { min: 0, max: 127 }, "7", "a whole number from 0 to 127", "voxels", "Chebyshev radius of that box."),
    o("filter.gabor.sigma_mm", SIGMAS, "5", SIGMAS_RANGE, "mm", "Standard deviation of the envelope; each gives an image."),
    o("filter.gabor.lambda_mm", SIGMAS, "2", SIGMAS_RANGE, "mm", "Wavelength; each gives an image."),
    o("filter.gabor.gamma", Kind::Real { min: 0.01, max: 100.0 }, "1.5", "a number from 0.01 to 100", "", "Aspect ratio of the envelope."),
    o("filter.gabor.theta_deg", Kind::Reals { min: -360.0, max: 360.0 }, "0", "one to eight rising numbers from -360 to 360", "degrees", "Orientation in the plane; each gives an image."),
    o("filter.gabor.pooling", POOLINGS, "none", POOLING_RANGE, "", "Rotation invariance: how the responses of the orientations 0, filter.gabor.step_deg, ... below 360 become one; none keeps filter.gabor.theta_deg."),
    o("filter.gabor.step_deg", Kind::Real { min: 1.0, max: 360.0 }, "45", "a number from 1 to 360", "degrees", "Step between the orientations that are pooled."),
    o("filter.gabor.planes", Kind::Word(&["axial", "orthogonal"]), "axial", "axial or orthogonal", "", "Filter slice by slice, or in the slices of all three axes and average."),
    o("filter.wavelet.name", WAVELETS, "coif1", WAVELET_RANGE, "", "The wavelet whose decomposition filters are used."),
    o("filter.wavelet.level", LEVELS, "1", LEVELS_RANGE, "", "Level of the undecimated decomposition; each gives an image."),
    o("filter.wavelet.bands", Kind::Bands, "all", "one to eight words of one L or H for each axis, with commas; or all", "", "Low-pass or high-pass along x, y and z; each gives an image. With pooling, all stands for one of those that rotations exchange: LLL, LLH, LHH, HHH."),
    o("filter.wavelet.pooling", POOLINGS, "none", POOLING_RANGE, "", "Rotation invariance: how the responses of the 4 (2D) or 24 (3D) right-angle rotations become one; none keeps one orientation."),
    o("filter.simoncelli.level", LEVELS, "1", LEVELS_RANGE, "", "Level of the band-pass map; each gives an image."),
    o("filter.riesz.order", Kind::Order { max: 8 }, "1,0,0", "three whole numbers up to 8, not all 0", "", "Order of the Riesz transform along x, y and z."),
    o("filter.riesz.steering_sigma_mm", Kind::RealOrNone { min: 0.01, max: 1000.0 }, "none", "a number from 0.01 to 1000, or none", "mm", "Steer the Riesz transform along the main direction of the structure tensor at this scale."),
    o("filter.lbp.code", Kind::Word(&["pattern", "invariant", "count"]), "invariant", "pattern, invariant or count", "", "What the comparisons of a voxel with its neighbours become: their binary number, the smallest one over rotations, or how many are not below the voxel."),
    o("filter.mean.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.gaussian.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.log.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.laws.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.gabor.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.wavelet.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.simoncelli.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.riesz.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.riesz_log.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.riesz_simoncelli.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.gradient.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.lbp.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.square.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.square_root.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.logarithm.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
    o("filter.exponential.bin_width", WIDTH, "none", WIDTH_RANGE, "response", "Width of a bin for this filter; without it filter.bin_count bins."),
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
