//! Moran's I index (IBSI N365) and Geary's C measure (IBSI NPT7): how intensity varies with distance, over
//! all pairs of voxels.

mod direct;
mod kernel;
mod transform;

use crate::error::Error;
use crate::host::Watch;
use crate::prepare::resegment;
use crate::status::{Status, Value};
use crate::sum::Sums;
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};

/// Number of features.
pub const FEATURES: usize = 2;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// Up to this many voxels pairs are visited one by one; beyond, the sums over pairs are convolutions.
pub const DIRECT_VOXELS: u64 = 256;

/// Sums over ordered pairs of different voxels with the weight w = 1 / distance.
#[derive(Clone, Copy, Debug)]
struct PairSums {
    /// sum w
    weights: f64,
    /// sum w x_i x_j
    products: f64,
    /// sum w x_i^2
    squares: f64,
}

/// What [`extract`] takes for any region in a box.
pub fn footprint(shape: [usize; 3]) -> Footprint {
    direct::footprint().any_of(transform::footprint(shape))
}

/// Computes both features over all pairs of the intensity mask.
///
/// With N voxels of intensity x and mean m, and weights w_ij = 1 / Euclidean distance in mm, i other than j:
///
/// ```text
/// Moran's I = N / sum w_ij * sum w_ij (x_i - m)(x_j - m) / sum (x_i - m)^2
/// Geary's C = (N - 1) / (2 sum w_ij) * sum w_ij (x_i - x_j)^2 / sum (x_i - m)^2
/// ```
///
/// No unit. Undefined with fewer than two voxels or when all intensities are equal. Reference: IBSI manual,
/// section *Morphological features*. Nothing is sampled: up to [`DIRECT_VOXELS`] voxels the pairs are
/// visited, beyond the sums are convolutions, computed by Fourier transforms with a relative error near 1e-13 of
/// the sum of magnitudes.
///
/// # Errors
/// When the scratch is too small or the host cancels.
pub fn extract(
    mask: &Mask,
    intensities: &Intensities,
    spacing: [f64; 3],
    watch: &Watch,
    scratch: Arena<'_>,
    out: &mut Features,
) -> Result<(), Error> {
    let mut first = Sums::<1>::new();
    let (mut min, mut max) = (f64::INFINITY, f64::NEG_INFINITY);
    let count = mask.count(Mask::INTENSITY);
    if count == 0 {
        out.fill(Value::undefined(Status::EmptyIntensityMask));
        return Ok(());
    }
    if count == 1 {
        out.fill(Value::undefined(Status::TooFewVoxels));
        return Ok(());
    }
    let n = count as f64;
    resegment::visit(mask, Mask::INTENSITY, intensities, |x| {
        first.push([x / n]);
        (min, max) = (min.min(x), max.max(x));
    });
    if min == max {
        out.fill(Value::undefined(Status::ZeroVariance));
        return Ok(());
    }
    let mean = first.total()[0];
    // Both features are ratios: in units of the largest deviation nothing overflows.
    let unit = (max / 2.0 - mean / 2.0).max(mean / 2.0 - min / 2.0) * 2.0;
    if !unit.is_finite() {
        out.fill(Value::undefined(Status::Overflow));
        return Ok(());
    }
    let centred = |x: f64| (x - mean) / unit;
    let mut second = Sums::<1>::new();
    resegment::visit(mask, Mask::INTENSITY, intensities, |x| {
        second.push([centred(x) * centred(x)]);
    });
    let variance = second.total()[0];
    let sums = if count <= DIRECT_VOXELS {
        direct::sums(mask, intensities, spacing, centred, scratch)?
    } else {
        transform::sums(mask, intensities, spacing, centred, watch, scratch)?
    };
    let PairSums { weights, products, squares } = sums;
    // sum w (x_i - x_j)^2 = 2 (sum w x_i^2 - sum w x_i x_j)
    out[0] = Value::ok(n / weights * products / variance);
    out[1] = Value::ok((n - 1.0) / weights * (squares - products) / variance);
    Ok(())
}
