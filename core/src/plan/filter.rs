//! The filtered images of a plan: a filter with its parameters, and its name.

use core::fmt;

use crate::error::Error;
use crate::filter::Binary;
use crate::settings::filter::{Code, FilterKind, Filters, Pooled};

/// No plan has more filtered images.
pub(super) const MAX_IMAGES: usize = 64;

/// A filter with the parameters that its image is named by.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Parameters {
    /// Only what is common to all images.
    None,
    /// Side of the box in voxels.
    Size(u32),
    /// Standard deviation in mm.
    Scale(f64),
    /// Laws kernels.
    Laws {
        /// Along x, y, z.
        kernels: Code,
        /// Rotation invariance.
        pooling: Pooled,
        /// Radius of the energy map in voxels.
        energy: Option<u32>,
    },
    /// Gabor.
    Gabor {
        /// Standard deviation of the envelope in mm.
        sigma_mm: f64,
        /// Wavelength in mm.
        lambda_mm: f64,
        /// Aspect ratio of the envelope.
        gamma: f64,
        /// Orientation in degrees, or the step between pooled ones.
        theta_deg: f64,
        /// Rotation invariance.
        pooling: Pooled,
        /// Whether three planes are averaged.
        orthogonal: bool,
    },
    /// Separable wavelet.
    Wavelet {
        /// Its name.
        name: &'static str,
        /// The sub-band.
        band: Code,
        /// The level.
        level: u32,
        /// Rotation invariance.
        pooling: Pooled,
    },
    /// Numbering of local binary patterns.
    Binary(Binary),
    /// Level of the Simoncelli wavelet.
    Level(u32),
    /// Riesz transform.
    Riesz {
        /// Order along x, y, z.
        order: [u32; 3],
        /// Standard deviation in mm of the Laplacian of Gaussian that is transformed.
        sigma_mm: Option<f64>,
        /// Level of the Simoncelli wavelet that is transformed.
        level: Option<u32>,
        /// Scale of the structure tensor that steers, in mm.
        steering_sigma_mm: Option<f64>,
    },
}

/// One filtered image. It displays as its name, `log_sigma_3mm` or `wavelet_coif1_LLH_level1_max`, which
/// differs from the names of all other images of its plan.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Filter {
    /// The filter.
    pub kind: FilterKind,
    /// Its parameters.
    pub parameters: Parameters,
    /// Whether it acts slice by slice.
    pub planar: bool,
}

impl Filter {
    /// Whether it is defined by its spectrum, so that the image is continued from the opposite edge on whatever
    /// `filter.boundary` says. The rule is still that of the Laplacian of `riesz_log`, and of the structure tensor.
    pub fn is_periodic(&self) -> bool {
        matches!(
            self.kind,
            FilterKind::Simoncelli
                | FilterKind::Riesz
                | FilterKind::RieszLog
                | FilterKind::RieszSimoncelli
        )
    }
}

impl fmt::Display for Filter {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let pooled = |f: &mut fmt::Formatter<'_>, pooling: Pooled| match pooling {
            Pooled::None => Ok(()),
            other => write!(f, "_{}", other.name()),
        };
        f.write_str(self.kind.name())?;
        match self.parameters {
            Parameters::None => {}
            Parameters::Size(size) => write!(f, "_{size}")?,
            Parameters::Scale(sigma) => write!(f, "_sigma_{sigma}mm")?,
            Parameters::Laws { kernels, pooling, energy } => {
                write!(f, "_{kernels}")?;
                pooled(f, pooling)?;
                if let Some(delta) = energy {
                    write!(f, "_energy{delta}")?;
                }
            }
            Parameters::Gabor { sigma_mm, lambda_mm, gamma, theta_deg, pooling, orthogonal } => {
                write!(f, "_sigma_{sigma_mm}mm_lambda_{lambda_mm}mm_gamma_{gamma}")?;
                let what = if pooling == Pooled::None { "theta" } else { "step" };
                write!(f, "_{what}_{theta_deg}")?;
                pooled(f, pooling)?;
                f.write_str(if orthogonal { "_orthogonal" } else { "_axial" })?;
            }
            Parameters::Wavelet { name, band, level, pooling } => {
                write!(f, "_{name}_{band}_level{level}")?;
                pooled(f, pooling)?;
            }
            Parameters::Binary(binary) => write!(f, "_{}", binary.name())?,
            Parameters::Level(level) => write!(f, "_level{level}")?,
            Parameters::Riesz { order: [x, y, z], sigma_mm, level, steering_sigma_mm } => {
                write!(f, "_{x}{y}{z}")?;
                if let Some(sigma) = sigma_mm {
                    write!(f, "_sigma_{sigma}mm")?;
                }
                if let Some(level) = level {
                    write!(f, "_level{level}")?;
                }
                if let Some(sigma) = steering_sigma_mm {
                    write!(f, "_steered_{sigma}mm")?;
                }
            }
        }
        if self.planar { f.write_str("_2d") } else { Ok(()) }
    }
}

/// The filtered images that the settings ask for, in the order of their columns.
///
/// # Errors
/// When there are more than a plan can have.
pub(super) fn images(filters: &Filters) -> Result<heapless::Vec<Filter, MAX_IMAGES>, Error> {
    let mut out = heapless::Vec::new();
    let mut full = false;
    for kind in filters.images.iter() {
        each(filters, kind, |parameters| {
            let planar = filters.planar && kind < FilterKind::Square && kind != FilterKind::Gabor;
            full |= out.push(Filter { kind, parameters, planar }).is_err();
        });
    }
    if full { Err(Error::TooLarge { field: "filter.images" }) } else { Ok(out) }
}

/// Every combination of the listed parameters of one filter.
fn each(filters: &Filters, kind: FilterKind, mut push: impl FnMut(Parameters)) {
    let riesz = |sigma_mm, level| Parameters::Riesz {
        order: filters.riesz.order,
        sigma_mm,
        level,
        steering_sigma_mm: filters.riesz.steering_sigma_mm,
    };
    match kind {
        FilterKind::Mean => filters.mean.iter().for_each(|n| push(Parameters::Size(*n))),
        FilterKind::Gaussian => {
            filters.gaussian.sigma_mm.iter().for_each(|s| push(Parameters::Scale(*s)));
        }
        FilterKind::Log => filters.log.sigma_mm.iter().for_each(|s| push(Parameters::Scale(*s))),
        FilterKind::Laws => {
            let laws = &filters.laws;
            let energy = laws.energy.then_some(laws.energy_delta);
            for kernels in laws.kernels.iter().copied() {
                push(Parameters::Laws { kernels, pooling: laws.pooling, energy });
            }
        }
        FilterKind::Gabor => gabor(filters, push),
        FilterKind::Wavelet => wavelet(filters, push),
        FilterKind::Simoncelli => {
            filters.simoncelli.iter().for_each(|j| push(Parameters::Level(*j)));
        }
        FilterKind::Riesz => push(riesz(None, None)),
        FilterKind::RieszLog => {
            filters.log.sigma_mm.iter().for_each(|s| push(riesz(Some(*s), None)));
        }
        FilterKind::RieszSimoncelli => {
            filters.simoncelli.iter().for_each(|j| push(riesz(None, Some(*j))));
        }
        FilterKind::Lbp => push(Parameters::Binary(filters.lbp)),
        FilterKind::Gradient
        | FilterKind::Square
        | FilterKind::SquareRoot
        | FilterKind::Logarithm
        | FilterKind::Exponential => push(Parameters::None),
    }
}

fn gabor(filters: &Filters, mut push: impl FnMut(Parameters)) {
    let gabor = &filters.gabor;
    let step = [gabor.step_deg];
    let angles = match gabor.pooling {
        Pooled::None => gabor.theta_deg.as_slice(),
        _ => &step,
    };
    for sigma_mm in gabor.sigma_mm.iter().copied() {
        for lambda_mm in gabor.lambda_mm.iter().copied() {
            for theta_deg in angles.iter().copied() {
                push(Parameters::Gabor {
                    sigma_mm,
                    lambda_mm,
                    gamma: gabor.gamma,
                    theta_deg,
                    pooling: gabor.pooling,
                    orthogonal: gabor.orthogonal,
                });
            }
        }
    }
}

fn wavelet(filters: &Filters, mut push: impl FnMut(Parameters)) {
    let wavelet = &filters.wavelet;
    let dimensions = filters.dimensions();
    for level in wavelet.level.iter().copied() {
        let mut one = |band| {
            let (name, pooling) = (wavelet.name, wavelet.pooling);
            push(Parameters::Wavelet { name, band, level, pooling });
        };
        if wavelet.bands.is_empty() && wavelet.pooling != Pooled::None {
            // Rotations exchange the axes: one of the sub-bands with as many H is enough.
            (0..=dimensions).for_each(|high| {
                let first = dimensions - high;
                one(Code::band((1 << dimensions) - (1 << first), dimensions));
            });
        } else if wavelet.bands.is_empty() {
            (0..1 << dimensions).for_each(|number| one(Code::band(number, dimensions)));
        } else {
            wavelet.bands.iter().copied().for_each(one);
        }
    }
}
