//! From the settings of a discretisation and what is known of the intensity mask to its bins.

use super::discretise::Discretisation;
use super::extremes::Extremes;
use crate::settings::{Binning, BinningMethod, Resegment};

/// The bins: their lower edge is the setting, else the finite lower bound of the range, else the lowest
/// intensity of the mask.
pub fn discretisation(
    binning: &Binning,
    resegment: &Resegment,
    extremes: &Extremes,
) -> Discretisation {
    match binning.method {
        BinningMethod::None => Discretisation::None,
        BinningMethod::FixedBinSize => {
            let bound = resegment.range.map(|[low, _]| low).filter(|low| low.is_finite());
            let lower = binning.lower.or(bound).unwrap_or(extremes.min);
            // The check of the settings refuses bins of fixed size without a width.
            Discretisation::FixedBinSize { lower, width: binning.bin_width.unwrap_or(1.0) }
        }
        BinningMethod::FixedBinNumber => Discretisation::FixedBinNumber {
            count: binning.bin_count,
            min: extremes.min,
            max: extremes.max,
        },
    }
}
