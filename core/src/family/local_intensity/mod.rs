//! Local intensity (IBSI 9ST6): the highest mean intensity over a sphere of 1 cm^3.

mod rows;
mod sphere;
mod sweep;

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::status::{Status, Value};
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};
use rows::Spans;
use sphere::Sphere;
use sweep::{Sweep, Term};

pub use sphere::{RADIUS, reach};

/// Number of features.
pub const FEATURES: usize = 2;
/// Local intensity peak, global intensity peak.
pub type Features = [Value; FEATURES];

/// What [`extract`] takes for any region of an image of this shape, which is that of the intensities' whole
/// box. An upper bound, monotone in the sides.
pub fn footprint(image_shape: [usize; 3], spacing: [f64; 3]) -> Footprint {
    let sweep = sweep::footprint(image_shape, sphere::clipped(image_shape, spacing));
    Sphere::footprint(image_shape, spacing)
        .all_of(Spans::footprint(image_shape))
        .all_of(sweep.times(2))
}

/// Local and global intensity peak.
///
/// IBSI codes VJGA (local intensity peak) and 0F91 (global intensity peak).
///
/// ```text
/// m(k)   = mean of the intensities of all voxels whose centres lie within R of the centre of voxel k
/// local  = max { m(k) : voxel k of the intensity mask has the highest intensity of the intensity mask }
/// global = max { m(k) : voxel k of the intensity mask }
/// ```
///
/// R is [`RADIUS`], 6.2 mm, the radius of a sphere of 1 cm^3. The sphere looks at the whole image and not only
/// at the region. Where it leaves the image only existing voxels are averaged, and a voxel outside the
/// intensity mask that is NaN or infinite counts as not existing.
///
/// Unit: that of the intensities.
///
/// Undefined: `empty_intensity_mask`, `non_finite_intensity` when the intensity mask holds NaN or infinity.
///
/// Reference: IBSI manual, *Local intensity features*.
///
/// Every mean is the sum of its own voxels, without differences of larger sums: its error is some
/// 1e-15 of the mean magnitude in that very sphere, and a voxel outside the sphere has no influence, however large.
///
/// # Errors
/// [`Error::WorkspaceTooSmall`], [`Error::Cancelled`], or [`Error::Invalid`] when the box of the region in
/// `intensities` has another shape than the mask.
pub fn extract(
    mask: &Mask,
    intensities: &Intensities,
    spacing: [f64; 3],
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut Features,
) -> Result<(), Error> {
    *out = [Value::undefined(Status::NotComputed); FEATURES];
    for (side, want) in intensities.region_shape().into_iter().zip(mask.shape()) {
        if side != want {
            return Err(Error::invalid("intensities.region_shape", side, "the mask's shape"));
        }
    }
    let highest = match highest(mask, intensities, watch)? {
        Ok(highest) => highest,
        Err(reason) => {
            *out = [Value::undefined(reason); FEATURES];
            return Ok(());
        }
    };
    let sphere = Sphere::new(intensities.shape(), spacing, &mut scratch)?;
    let spans = Spans::new(mask, &mut scratch)?;
    let Look { finite, scale, whole, magnitude } = look(intensities, watch)?;
    let box_of_sphere = sphere.reach.iter().fold(1.0, |n, r| n * (2.0 * *r as f64 + 1.0));
    let around = Around { mask, intensities, sphere: &sphere, spans: &spans, finite, highest };
    let peaks = if finite && whole && magnitude * box_of_sphere < f64::from(i32::MAX) {
        around.peaks(|x| x as i32, |_| 1, watch, scratch)?
    } else {
        let present = |x: f64| if x.is_finite() { x * scale } else { 0.0 };
        let one = |x: f64| if x.is_finite() { 1.0 } else { 0.0 };
        around.peaks(present, one, watch, scratch)?
    };
    *out = peaks.map(|peak| Value::ok(peak / scale));
    Ok(())
}

/// Where means are looked for.
struct Around<'a, 'w> {
    mask: &'a Mask<'a>,
    intensities: &'a Intensities<'a>,
    sphere: &'a Sphere<'w>,
    spans: &'a Spans<'w>,
    finite: bool,
    highest: f64,
}

impl Around<'_, '_> {
    /// The local and the global peak. `present` is the term of an intensity, `one` counts it.
    fn peaks<T: Term>(
        &self,
        present: impl Fn(f64) -> T,
        one: impl Fn(f64) -> T,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<[f64; FEATURES], Error> {
        let Around { mask, intensities, sphere, spans, finite, highest } = *self;
        let mut sums = Sweep::new(mask.shape(), sphere.reach, &mut scratch)?;
        // Where nothing is missing all spheres have the same number of voxels.
        let (full, mut counts) = match sphere.voxels(intensities).filter(|_| finite) {
            Some(voxels) => (voxels as f64, None),
            None => (0.0, Some(Sweep::new(mask.shape(), sphere.reach, &mut scratch)?)),
        };
        let [first, last] = sweep::slices(intensities, sphere);
        let mut peaks = [f64::NEG_INFINITY; FEATURES];
        for z in first..last {
            watch.check()?;
            sums.add_slice(intensities, z, sphere, spans, watch, &present)?;
            if let Some(counts) = &mut counts {
                counts.add_slice(intensities, z, sphere, spans, watch, &one)?;
            }
            for done in sums.finished(z, z + 1 == last, intensities, sphere) {
                for y in 0..mask.shape()[1] {
                    let Some([from, to]) = spans.row(y, done) else { continue };
                    let (flags, values) = (mask.row(y, done), intensities.row(y, done));
                    let sums = sums.row(y, done);
                    let counts = counts.as_ref().map(|c| c.row(y, done));
                    for x in from..to {
                        if flags[x] & Mask::INTENSITY != 0 {
                            let sum: f64 = sums[x].into();
                            let mean = sum / counts.map_or(full, |c| c[x].into());
                            peaks[1] = peaks[1].max(mean);
                            if values[x] == highest {
                                peaks[0] = peaks[0].max(mean);
                            }
                        }
                    }
                }
            }
        }
        Ok(peaks)
    }
}

/// The highest intensity of the intensity mask, or why there are no peaks.
fn highest(
    mask: &Mask,
    intensities: &Intensities,
    watch: &Watch,
) -> Result<Result<f64, Status>, Error> {
    let [_, ny, nz] = mask.shape();
    let (mut highest, mut empty, mut finite) = (f64::NEG_INFINITY, true, true);
    for z in 0..nz {
        watch.check()?;
        for y in 0..ny {
            for (flags, x) in mask.row(y, z).iter().zip(intensities.row(y, z)) {
                if flags & Mask::INTENSITY != 0 {
                    empty = false;
                    finite &= x.is_finite();
                    highest = highest.max(*x);
                }
            }
        }
    }
    Ok(match (empty, finite) {
        (true, _) => Err(Status::EmptyIntensityMask),
        (false, false) => Err(Status::NonFiniteIntensity),
        (false, true) => Ok(highest),
    })
}

/// What one look at all intensities tells.
struct Look {
    finite: bool,
    /// Whether all are whole numbers that 32 bits hold.
    whole: bool,
    magnitude: f64,
    /// A power of two; other than 1 only where a sum over the sphere could overflow.
    scale: f64,
}

fn look(intensities: &Intensities, watch: &Watch) -> Result<Look, Error> {
    let (mut finite, mut whole, mut magnitude) = (true, true, 0.0f64);
    let [_, ny, nz] = intensities.shape();
    for z in 0..nz {
        watch.check()?;
        for y in 0..ny {
            for x in intensities.image_row(y, z) {
                finite &= x.is_finite();
                whole &= f64::from(*x as i32) == *x;
                let size = if x.is_finite() { math::abs(*x) } else { 0.0 };
                magnitude = if size > magnitude { size } else { magnitude };
            }
        }
    }
    // No sphere holds 2^64 voxels.
    let scale = if magnitude > f64::MAX / 18e18 { 1.0 / 18_446_744_073_709_551_616.0 } else { 1.0 };
    Ok(Look { finite, scale, whole, magnitude })
}
