//! Which filtered images are asked for, and with which parameters.

mod code;
mod images;
mod keys;
mod lists;

pub use code::Code;
pub(crate) use images::ORIGINAL;
pub use images::{FilterKind, Images};

pub(super) use keys::{set, show, unused};

use super::Settings;
use crate::error::Error;
pub use crate::filter::Pooling as Pooled;
use crate::filter::{Binary, Boundary};

/// One to eight numbers, each above the one before.
pub type Reals = heapless::Vec<f64, 8>;
/// One to eight whole numbers, each above the one before.
pub type Integers = heapless::Vec<u32, 8>;
/// Up to eight short words; none stands for all of them.
pub type Codes = heapless::Vec<Code, 8>;

/// Rules for the image beyond its edge; the value of [`Edge::Constant`] is an option of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Edge {
    /// Zeros.
    Zero,
    /// One value.
    Constant,
    /// The nearest voxel.
    Nearest,
    /// From the opposite edge on.
    Periodic,
    /// Mirrored at the outer face of the edge voxel.
    Mirror,
}

/// Gaussian and Laplacian of Gaussian.
#[derive(Clone, Debug, PartialEq)]
pub struct Scales {
    /// Standard deviations in mm; each gives an image.
    pub sigma_mm: Reals,
    /// Half-width of the kernel in standard deviations.
    pub cutoff: f64,
    /// Whether the truncated kernel is shifted to the sum 0.
    pub zero_sum: bool,
}

/// Laws kernels.
#[derive(Clone, Debug, PartialEq)]
pub struct Laws {
    /// Kernels along x, y and z; each gives an image.
    pub kernels: Codes,
    /// Rotation invariance.
    pub pooling: Pooled,
    /// Whether the response becomes an energy map.
    pub energy: bool,
    /// Chebyshev radius of the energy map in voxels.
    pub energy_delta: u32,
}

/// Gabor.
#[derive(Clone, Debug, PartialEq)]
pub struct Gabor {
    /// Standard deviations of the envelope in mm; each gives an image.
    pub sigma_mm: Reals,
    /// Wavelengths in mm; each gives an image.
    pub lambda_mm: Reals,
    /// Aspect ratio of the envelope.
    pub gamma: f64,
    /// Orientations in degrees; each gives an image.
    pub theta_deg: Reals,
    /// Pooling of the orientations 0, step, ... below 360 degrees.
    pub pooling: Pooled,
    /// That step in degrees.
    pub step_deg: f64,
    /// Whether the responses in three orthogonal planes are averaged.
    pub orthogonal: bool,
}

/// Separable wavelets.
#[derive(Clone, Debug, PartialEq)]
pub struct Wavelet {
    /// The wavelet.
    pub name: &'static str,
    /// Levels of decomposition; each gives an image.
    pub level: Integers,
    /// Sub-bands; each gives an image, and none stands for all.
    pub bands: Codes,
    /// Rotation invariance.
    pub pooling: Pooled,
}

/// Riesz transforms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Riesz {
    /// Order along x, y, z.
    pub order: [u32; 3],
    /// Scale of the structure tensor that steers, in mm.
    pub steering_sigma_mm: Option<f64>,
}

/// Everything about filtered images.
#[derive(Clone, Debug, PartialEq)]
pub struct Filters {
    /// Which images.
    pub images: Images,
    /// Whether filters act slice by slice.
    pub planar: bool,
    /// The image beyond its edge.
    pub edge: Edge,
    /// Its value for [`Edge::Constant`].
    pub constant: f64,
    /// Bins of filtered images.
    pub bin_count: u32,
    /// Bins of the intensity-volume histogram of filtered images.
    pub ivh_bin_count: u32,
    /// Bin widths of filters that have one, in the order of [`FilterKind::ALL`].
    pub bin_width: [Option<f64>; FilterKind::ALL.len()],
    /// Sizes of the mean filter in voxels; each gives an image.
    pub mean: Integers,
    /// Gaussian.
    pub gaussian: Scales,
    /// Laplacian of Gaussian.
    pub log: Scales,
    /// Laws kernels.
    pub laws: Laws,
    /// Gabor.
    pub gabor: Gabor,
    /// Separable wavelets.
    pub wavelet: Wavelet,
    /// Levels of the Simoncelli wavelet; each gives an image.
    pub simoncelli: Integers,
    /// Riesz transforms.
    pub riesz: Riesz,
    /// How local binary patterns are numbered.
    pub lbp: Binary,
}

impl Default for Filters {
    /// The unfiltered image alone.
    fn default() -> Self {
        let one = |x: f64| [x].into_iter().collect::<Reals>();
        let scales = |sigma| Scales { sigma_mm: one(sigma), cutoff: 4.0, zero_sum: false };
        Self {
            images: Images::ORIGINAL,
            planar: false,
            edge: Edge::Mirror,
            constant: 0.0,
            bin_count: 32,
            ivh_bin_count: 1000,
            bin_width: [None; FilterKind::ALL.len()],
            mean: [5].into_iter().collect(),
            gaussian: scales(1.0),
            log: scales(3.0),
            laws: Laws {
                kernels: Code::new("L5E5E5").into_iter().collect(),
                pooling: Pooled::None,
                energy: true,
                energy_delta: 7,
            },
            gabor: Gabor {
                sigma_mm: one(5.0),
                lambda_mm: one(2.0),
                gamma: 1.5,
                theta_deg: one(0.0),
                pooling: Pooled::None,
                step_deg: 45.0,
                orthogonal: false,
            },
            wavelet: Wavelet {
                name: "coif1",
                level: [1].into_iter().collect(),
                bands: Codes::new(),
                pooling: Pooled::None,
            },
            simoncelli: [1].into_iter().collect(),
            riesz: Riesz { order: [1, 0, 0], steering_sigma_mm: None },
            lbp: Binary::Invariant,
        }
    }
}

impl Filters {
    /// The rule at the edge with its value.
    pub const fn boundary(&self) -> Boundary {
        match self.edge {
            Edge::Zero => Boundary::Zero,
            Edge::Constant => Boundary::Constant(self.constant),
            Edge::Nearest => Boundary::Nearest,
            Edge::Periodic => Boundary::Periodic,
            Edge::Mirror => Boundary::Mirror,
        }
    }

    /// Axes along which filters act: 2 or 3.
    pub const fn dimensions(&self) -> usize {
        if self.planar { 2 } else { 3 }
    }
}

/// What does not make sense together.
pub(super) fn check(settings: &Settings) -> Result<(), Error> {
    let filters = &settings.filter;
    if filters.images.has(FilterKind::Laws) {
        let fits = |code: &&Code| code.as_str().len() == 2 * filters.dimensions();
        if let Some(other) = filters.laws.kernels.iter().find(|code| !fits(code)) {
            let expected = "as many kernels as filter.dimension has axes";
            return Err(Error::invalid("filter.laws.kernels", other.as_str(), expected));
        }
    }
    if filters.images.has(FilterKind::Wavelet) {
        let fits = |code: &&Code| code.as_str().len() == filters.dimensions();
        if let Some(other) = filters.wavelet.bands.iter().find(|code| !fits(code)) {
            let expected = "as many letters as filter.dimension has axes";
            return Err(Error::invalid("filter.wavelet.bands", other.as_str(), expected));
        }
    }
    if filters.images.riesz() {
        let [x, y, z] = filters.riesz.order;
        if filters.planar && z != 0 {
            let expected = "an order 0 along z with filter.dimension 2d";
            return Err(Error::invalid("filter.riesz.order", z, expected));
        }
        if x + y + z == 0 {
            return Err(Error::invalid("filter.riesz.order", 0u32, "an order of at least 1"));
        }
    }
    Ok(())
}
