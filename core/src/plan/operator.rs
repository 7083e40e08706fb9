//! A filter of a plan in the voxels of a grid.

use super::filter::{Filter, Parameters};
use crate::error::Error;
use crate::filter::{
    Boundary, Gabor, Gaussian, Gradient, Laws, LawsKernel, Lbp, Log, Mean, Pointwise, Riesz,
    Simoncelli, SteeredRiesz, Volume, Wavelet, wavelet,
};
use crate::host::Watch;
use crate::settings::filter::{Code, FilterKind, Filters};
use crate::workspace::{Arena, Footprint};

/// A filter with its parameters in voxels: one, or one after the other.
pub(super) struct Operator {
    first: Option<Which>,
    last: Which,
    planar: bool,
}

#[expect(clippy::large_enum_variant, reason = "there are two at a time")]
enum Which {
    Mean(Mean),
    Gaussian(Gaussian),
    Log(Log),
    Laws(Laws),
    Gabor(Gabor),
    Wavelet(Wavelet),
    Simoncelli(Simoncelli),
    Riesz(Riesz),
    Steered(SteeredRiesz),
    Gradient(Gradient),
    Lbp(Lbp),
    Pointwise(Pointwise),
}

/// Calls the same method of whatever filter it is.
macro_rules! on {
    ($which:expr, $filter:ident => $call:expr) => {
        match $which {
            Which::Mean($filter) => $call,
            Which::Gaussian($filter) => $call,
            Which::Log($filter) => $call,
            Which::Laws($filter) => $call,
            Which::Gabor($filter) => $call,
            Which::Wavelet($filter) => $call,
            Which::Simoncelli($filter) => $call,
            Which::Riesz($filter) => $call,
            Which::Steered($filter) => $call,
            Which::Gradient($filter) => $call,
            Which::Lbp($filter) => $call,
            Which::Pointwise($filter) => $call,
        }
    };
}

/// The Laws kernels of a word; the third is not used in two dimensions.
fn laws(code: Code) -> Option<[LawsKernel; 3]> {
    let text = code.as_str();
    let at = |place: usize| text.get(2 * place..2 * place + 2).and_then(LawsKernel::named);
    Some([at(0)?, at(1)?, at(2).unwrap_or(LawsKernel::L3)])
}

impl Operator {
    /// The filter of an image for a grid with this spacing.
    pub(super) fn new(
        filter: &Filter,
        settings: &Filters,
        spacing: [f64; 3],
    ) -> Result<Self, Error> {
        let dimensions = if filter.planar { 2 } else { 3 };
        let voxels = |mm: f64| spacing.map(|spacing| mm / spacing);
        let log = |mm: f64| {
            let (cutoff, zero_sum) = (settings.log.cutoff, settings.log.zero_sum);
            Which::Log(Log { sigma: voxels(mm), cutoff, zero_sum, dimensions })
        };
        let mut first = None;
        let unknown = || Error::invalid("filter.images", filter.kind.name(), "a filter");
        let last = match filter.parameters {
            Parameters::Size(size) => Which::Mean(Mean { size: size as usize, dimensions }),
            Parameters::Scale(sigma) if filter.kind == FilterKind::Log => log(sigma),
            Parameters::Scale(sigma) => {
                let cutoff = settings.gaussian.cutoff;
                Which::Gaussian(Gaussian { sigma: voxels(sigma), cutoff, dimensions })
            }
            Parameters::Laws { kernels, pooling, energy } => {
                let kernels = laws(kernels).ok_or_else(unknown)?;
                let energy = energy.map(|delta| delta as usize);
                Which::Laws(Laws { kernels, dimensions, pooling, energy })
            }
            Parameters::Gabor { sigma_mm, lambda_mm, gamma, theta_deg, pooling, orthogonal } => {
                Which::Gabor(Gabor {
                    sigma_mm,
                    lambda_mm,
                    gamma,
                    theta_deg,
                    pooling,
                    orthogonal,
                    spacing,
                })
            }
            Parameters::Wavelet { name, band, level, pooling } => {
                let filters = wavelet::Filters::named(name).ok_or_else(unknown)?;
                let mut high = [false; 3];
                for (high, letter) in high.iter_mut().zip(band.as_str().bytes()) {
                    *high = letter == b'H';
                }
                Which::Wavelet(Wavelet { filters, high, level, dimensions, pooling })
            }
            Parameters::Binary(binary) => Which::Lbp(Lbp { binary, dimensions }),
            Parameters::Level(level) => Which::Simoncelli(Simoncelli { level, dimensions }),
            Parameters::Riesz { order, sigma_mm, level, steering_sigma_mm } => {
                first = match (sigma_mm, level) {
                    (Some(sigma), _) => Some(log(sigma)),
                    (_, Some(level)) => Some(Which::Simoncelli(Simoncelli { level, dimensions })),
                    (None, None) => None,
                };
                match steering_sigma_mm {
                    Some(mm) => {
                        let sigma = voxels(mm);
                        Which::Steered(SteeredRiesz { order, sigma, dimensions })
                    }
                    None => Which::Riesz(Riesz { order, dimensions }),
                }
            }
            Parameters::None => match filter.kind {
                FilterKind::Gradient => Which::Gradient(Gradient { spacing, dimensions }),
                FilterKind::Square => Which::Pointwise(Pointwise::Square),
                FilterKind::SquareRoot => Which::Pointwise(Pointwise::SquareRoot),
                FilterKind::Logarithm => Which::Pointwise(Pointwise::Logarithm),
                FilterKind::Exponential => Which::Pointwise(Pointwise::Exponential),
                _ => return Err(unknown()),
            },
        };
        Ok(Self { first, last, planar: filter.planar })
    }

    /// How far the filter looks along each axis; `None` is the whole of it.
    pub(super) fn support(&self, settings: &Filters) -> [Option<usize>; 3] {
        let mut out = [Some(0); 3];
        for which in self.first.iter().chain([&self.last]) {
            let reach = on!(which, filter => filter.reach());
            for axis in 0..3 {
                out[axis] = out[axis].zip(reach).map(|(sum, reach)| sum + reach[axis]);
            }
        }
        if self.planar {
            out[2] = Some(0);
        }
        // What lies beyond one edge is at the opposite one.
        if settings.boundary() == Boundary::Periodic {
            out = out.map(|reach| reach.filter(|reach| *reach == 0));
        }
        out
    }

    /// Scratch for a volume of this shape.
    #[inline(never)]
    pub(super) fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let filters = self.first.iter().chain([&self.last]);
        filters.fold(Footprint::NONE, |most, which| {
            most.any_of(on!(which, filter => filter.footprint(shape)))
        })
    }

    /// Replaces a volume by its response.
    pub(super) fn apply(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        for which in self.first.iter().chain([&self.last]) {
            let scratch = scratch.scope();
            on!(which, filter => filter.apply(volume, boundary, watch, scratch))?;
        }
        Ok(())
    }
}
