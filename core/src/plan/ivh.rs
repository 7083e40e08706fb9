//! The grey levels of the intensity-volume histogram, and the range G of each discretisation.

use crate::error::Error;
use crate::family::distribution::Distribution;
use crate::family::intensity_volume_histogram::{self as ivh, Scale};
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::prepare::binning;
use crate::prepare::discretise::Discretisation;
use crate::prepare::extremes::Extremes;
use crate::settings::Settings;

/// Intensities in rising order.
pub(super) enum Values<'v> {
    /// A list that may become one of grey levels.
    Sorted(&'v mut [f64]),
    /// Counts, which stay.
    Counted(Distribution<'v>),
}

impl Values<'_> {
    /// Their distribution.
    pub(super) fn distribution(&self) -> Distribution<'_> {
        match self {
            Values::Sorted(values) => Distribution::sorted(values),
            Values::Counted(counted) => *counted,
        }
    }
}

/// Reads the histogram from intensities, which become grey levels.
///
/// The range G is the re-segmentation range; a bound that it leaves open is the extreme of the mask. For
/// bins of fixed size G goes from the centre of the first bin to the centre of the last, for a fixed number
/// of bins from 1 to that number.
pub(super) fn extract(
    settings: &Settings,
    extremes: &Extremes,
    values: Values<'_>,
    watch: &Watch,
) -> Result<ivh::Features, Error> {
    let [low, high] = settings.resegment.range.unwrap_or([f64::NEG_INFINITY, f64::INFINITY]);
    let low = if low.is_finite() { low } else { extremes.min };
    let high = if high.is_finite() { high } else { extremes.max };
    let binning = binning::discretisation(&settings.ivh.binning, &settings.resegment, extremes);
    let scale = match binning {
        Discretisation::None if extremes.whole => {
            Scale::Steps { min: math::ceil(low), max: math::floor(high), origin: 0.0, width: 1.0 }
        }
        Discretisation::None => Scale::Occurring { min: low, max: high },
        Discretisation::FixedBinSize { lower, width } => {
            let last = match settings.resegment.range {
                Some([_, bound]) if bound.is_finite() => {
                    math::ceil((high - lower) / width - 1e-9).max(1.0)
                }
                _ => binning.level(high),
            };
            Scale::Steps { min: binning.level(low), max: last, origin: lower - width / 2.0, width }
        }
        Discretisation::FixedBinNumber { count, .. } => {
            Scale::Steps { min: 1.0, max: f64::from(count), origin: 0.0, width: 1.0 }
        }
    };
    let levels = match values {
        Values::Sorted(values) => {
            if binning != Discretisation::None {
                let mut pace = Pace::start(watch)?;
                for part in values.chunks_mut(1 << 14) {
                    // A level takes a division or two.
                    pace.spend(8 * part.len())?;
                    part.iter_mut().for_each(|x| *x = binning.level(*x));
                }
            }
            Distribution::sorted(values)
        }
        Values::Counted(counted) => counted.discretised(binning),
    };
    let mut fractions = [0.0; ivh::MAX_FRACTIONS];
    let count = settings.ivh.fractions.len().min(fractions.len());
    for (fraction, percent) in fractions.iter_mut().zip(&settings.ivh.fractions) {
        *fraction = percent / 100.0;
    }
    ivh::extract(&levels, scale, &fractions[..count], watch)
}
