//! Moran's I index (IBSI N365) and Geary's C measure (IBSI NPT7): how alike intensities are at all distances.
//!
//! Both are exact over all pairs of voxels. Small regions visit every pair ([`DIRECT_VOXELS`]); in all others the
//! sums over pairs are convolutions and go through the Fourier transform.

mod centred;
mod direct;
mod grid;
mod kernel;
mod rows;
mod transform;

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::status::{Status, Value};
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};
use centred::Centred;

/// Number of features.
pub const FEATURES: usize = 2;
/// Moran's I index, Geary's C measure.
pub type Features = [Value; FEATURES];

/// Up to this many voxels every pair is visited; beyond, transforms are faster in a compact region. The
/// choice depends on nothing but the number of voxels, so that equal regions give equal bits.
pub const DIRECT_VOXELS: u64 = 256;

/// Sums over all ordered pairs of different voxels; w is the weight of the pair, x a centred intensity.
#[derive(Clone, Copy, Debug)]
struct PairSums {
    /// sum w
    weights: f64,
    /// sum w x_i x_j
    products: f64,
    /// sum w x_i^2
    squares: f64,
}

/// What [`extract`] takes for any region in a box of this shape: about 60 bytes a voxel of a large box.
/// An upper bound, monotone in the sides.
pub fn footprint(shape: [usize; 3]) -> Footprint {
    direct::footprint(shape).any_of(transform::footprint(shape))
}

/// Moran's I index and Geary's C measure of the intensity mask, over all pairs of voxels.
///
/// IBSI codes N365 (Moran's I index) and NPT7 (Geary's C measure).
///
/// ```text
/// I =    N  / sum w_ij * sum w_ij (x_i - mu)(x_j - mu) / sum (x_i - mu)^2
/// C = (N-1) / (2 sum w_ij) * sum w_ij (x_i - x_j)^2    / sum (x_i - mu)^2
/// ```
///
/// N is the number of voxels of the intensity mask, x their intensities, mu the mean of these. The sums with
/// two indices run over all ordered pairs of different voxels, w_ij is the inverse of the distance in mm of
/// their centres.
///
/// Without unit. I is near 1 where near voxels are alike, near 0 where intensities lie at random, negative where
/// near voxels differ; C is near 0, 1 and above 1 in these cases.
///
/// Undefined: `empty_intensity_mask`, `too_few_voxels` for one voxel, `non_finite_intensity`,
/// `zero_variance` when all intensities are equal, `overflow` when a weight cannot be represented.
///
/// Reference: IBSI manual, *Morphological features*.
///
/// Nothing is sampled. With x centred, m the mask and K the inverse distance (0 at distance 0),
///
/// ```text
/// sum w_ij x_i x_j = <x, K * x>      sum w_ij = <m, K * m>
/// sum w_ij (x_i - x_j)^2 = 2 (<x^2, K * m> - <x, K * x>)
/// ```
///
/// and the products with convolutions are sums over the spectra, with an absolute error near 1e-13 for I and
/// C. The result does not change when intensities or spacing are multiplied by a power of two.
///
/// # Errors
/// [`Error::WorkspaceTooSmall`], [`Error::Cancelled`], or [`Error::Invalid`] when the box of the region in
/// `intensities` has another shape than the mask.
pub fn extract(
    mask: &Mask,
    intensities: &Intensities,
    spacing: [f64; 3],
    watch: &Watch,
    scratch: Arena<'_>,
    out: &mut Features,
) -> Result<(), Error> {
    *out = [Value::undefined(Status::NotComputed); FEATURES];
    let field = match Centred::new(mask, intensities, watch)? {
        Ok(field) => field,
        Err(reason) => {
            *out = [Value::undefined(reason); FEATURES];
            return Ok(());
        }
    };
    // Weights are compared with each other only: in units of the largest spacing no square overflows.
    let unit = math::power_of_two_scale(spacing[0].max(spacing[1]).max(spacing[2]));
    let spacing = spacing.map(|s| s * unit);
    let sums = if field.voxels() <= DIRECT_VOXELS {
        direct::sums(&field, spacing, watch, scratch)?
    } else {
        transform::sums(&field, spacing, watch, scratch)?
    };
    let n = field.voxels() as f64;
    let PairSums { weights, products, squares } = sums;
    *out = [
        Value::ok(n / weights * products / field.squares()),
        Value::ok((n - 1.0) / weights * (squares - products) / field.squares()),
    ];
    Ok(())
}
