//! The filters by name, and sets of them.

/// A filter, without its parameters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
#[repr(u8)]
#[non_exhaustive]
pub enum FilterKind {
    /// Mean of a box.
    Mean = 0,
    /// Gaussian.
    Gaussian = 1,
    /// Laplacian of Gaussian.
    Log = 2,
    /// Laws kernels.
    Laws = 3,
    /// Gabor.
    Gabor = 4,
    /// Separable wavelet.
    Wavelet = 5,
    /// Non-separable Simoncelli wavelet.
    Simoncelli = 6,
    /// Riesz transform of the image.
    Riesz = 7,
    /// Riesz transform of the Laplacian of Gaussian.
    RieszLog = 8,
    /// Riesz transform of the Simoncelli wavelet.
    RieszSimoncelli = 9,
    /// Magnitude of the gradient.
    Gradient = 10,
    /// Local binary pattern.
    Lbp = 11,
    /// Square.
    Square = 12,
    /// Square root.
    SquareRoot = 13,
    /// Logarithm.
    Logarithm = 14,
    /// Exponential.
    Exponential = 15,
}

impl FilterKind {
    /// All filters, in the order in which their images come.
    pub const ALL: &'static [FilterKind] = &[
        FilterKind::Mean,
        FilterKind::Gaussian,
        FilterKind::Log,
        FilterKind::Laws,
        FilterKind::Gabor,
        FilterKind::Wavelet,
        FilterKind::Simoncelli,
        FilterKind::Riesz,
        FilterKind::RieszLog,
        FilterKind::RieszSimoncelli,
        FilterKind::Gradient,
        FilterKind::Lbp,
        FilterKind::Square,
        FilterKind::SquareRoot,
        FilterKind::Logarithm,
        FilterKind::Exponential,
    ];

    /// The machine name.
    pub const fn name(self) -> &'static str {
        match self {
            FilterKind::Mean => "mean",
            FilterKind::Gaussian => "gaussian",
            FilterKind::Log => "log",
            FilterKind::Laws => "laws",
            FilterKind::Gabor => "gabor",
            FilterKind::Wavelet => "wavelet",
            FilterKind::Simoncelli => "simoncelli",
            FilterKind::Riesz => "riesz",
            FilterKind::RieszLog => "riesz_log",
            FilterKind::RieszSimoncelli => "riesz_simoncelli",
            FilterKind::Gradient => "gradient",
            FilterKind::Lbp => "lbp",
            FilterKind::Square => "square",
            FilterKind::SquareRoot => "square_root",
            FilterKind::Logarithm => "logarithm",
            FilterKind::Exponential => "exponential",
        }
    }
}

/// The word for the unfiltered image.
pub(crate) const ORIGINAL: &str = "original";

/// Which images are wanted: the unfiltered one, filters, or both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Images {
    bits: u32,
}

impl Images {
    /// Nothing.
    pub const EMPTY: Images = Images { bits: 0 };
    /// The unfiltered image alone.
    pub const ORIGINAL: Images = Images { bits: 1 };

    /// With the unfiltered image.
    #[must_use]
    pub const fn with_original(self) -> Self {
        Self { bits: self.bits | 1 }
    }

    /// With a filter.
    #[must_use]
    pub const fn with(self, kind: FilterKind) -> Self {
        Self { bits: self.bits | 2 << kind as u8 }
    }

    /// Whether the unfiltered image is wanted.
    pub const fn original(self) -> bool {
        self.bits & 1 == 1
    }

    /// Whether a filter is wanted.
    pub const fn has(self, kind: FilterKind) -> bool {
        self.bits >> 1 >> kind as u8 & 1 == 1
    }

    /// Whether any filter is wanted.
    pub const fn filtered(self) -> bool {
        self.bits & !1 != 0
    }

    /// Whether any Riesz transform is wanted.
    pub const fn riesz(self) -> bool {
        self.has(FilterKind::Riesz)
            || self.has(FilterKind::RieszLog)
            || self.has(FilterKind::RieszSimoncelli)
    }

    /// The filters that are wanted.
    pub fn iter(self) -> impl Iterator<Item = FilterKind> {
        FilterKind::ALL.iter().copied().filter(move |kind| self.has(*kind))
    }

    /// Their words.
    pub(super) fn words(self) -> impl Iterator<Item = &'static str> {
        self.original().then_some(ORIGINAL).into_iter().chain(self.iter().map(FilterKind::name))
    }
}
