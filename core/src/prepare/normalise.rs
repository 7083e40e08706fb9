//! Intensity normalisation, before interpolation. Off in every IBSI preset.

use super::source::{Affine, Source, Summary};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::settings::{Normalise, NormaliseMethod, NormaliseOver};
use crate::status::Status;
use crate::sum::Sums;
use crate::view::{BoundingBox, Region};

/// The map that normalises, from the finite intensities of the whole image or of the region.
///
/// ```text
/// z-score:  (x - mean) / sd                          sd = sqrt(1/N sum (x - mean)^2)
/// range:    (x - min) / (max - min) (upper - lower) + lower
/// ```
///
/// Without a region, `bounds` is what is measured over it. `Ok(Err(..))` says why there is none: nothing finite to measure, or no spread to divide by.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn affine(
    source: &Source,
    region: Option<&Region>,
    bounds: BoundingBox,
    settings: &Normalise,
    watch: &Watch,
) -> Result<Result<Option<Affine>, Status>, Error> {
    if settings.method == NormaliseMethod::None {
        return Ok(Ok(None));
    }
    let (region, within) = match settings.over {
        NormaliseOver::Image => (None, BoundingBox::whole(source.shape())),
        NormaliseOver::Region => (region, bounds),
    };
    let found = Summary::collect(|visit| source.visit(region, within, watch, visit))?;
    if found.count == found.non_finite {
        let reason = match found.count {
            0 => Status::EmptyRegion,
            _ => Status::NonFiniteIntensity,
        };
        return Ok(Err(reason));
    }
    let affine = match settings.method {
        NormaliseMethod::None => None,
        NormaliseMethod::ZScore => {
            let mut squares = Sums::<2>::new();
            source.visit(region, within, watch, |x| {
                if x.is_finite() {
                    squares.push([1.0, (x - found.mean) * (x - found.mean)]);
                }
            })?;
            let [count, squares] = squares.total();
            let sd = math::sqrt(squares / count);
            (sd > 0.0).then_some(Affine { centre: found.mean, scale: 1.0 / sd, shift: 0.0 })
        }
        NormaliseMethod::Range => {
            let spread = found.max - found.min;
            let scale = (settings.upper - settings.lower) / spread;
            (spread > 0.0).then_some(Affine { centre: found.min, scale, shift: settings.lower })
        }
    };
    Ok(match affine {
        Some(affine) if affine.scale.is_finite() => Ok(Some(affine)),
        Some(_) => Err(Status::Overflow),
        None => Err(Status::ZeroVariance),
    })
}
