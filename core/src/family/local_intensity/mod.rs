//! Local intensity (IBSI 9ST6): the highest mean intensity over a sphere of 1 cm^3.

mod coarse;
mod counts;
mod peaks;
mod rings;
mod rows;
mod sphere;
mod sweep;
mod term;

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::status::{Status, Value};
use crate::volume::{Extent, Intensities, Mask, POINT};
use crate::workspace::{Arena, Footprint};
use counts::Counts;
use peaks::Peaks;
use rings::Rings;
use rows::{Bounds, Rows};
use sphere::Sphere;
use sweep::Sweep;
use term::Term;

pub use sphere::{RADIUS, reach};

/// Number of features.
pub const FEATURES: usize = 2;
/// Local intensity peak, global intensity peak.
pub type Features = [Value; FEATURES];

/// What [`extract`] takes for any region of an image of this shape, which is that of the intensities' whole
/// box. An upper bound, monotone in the sides.
pub fn footprint(image_shape: [usize; 3], spacing: [f64; 3]) -> Footprint {
    let reach = sphere::clipped(image_shape, spacing);
    Sphere::footprint(image_shape, spacing)
        .all_of(Rows::footprint(image_shape))
        .all_of(Bounds::footprint(image_shape))
        .all_of(coarse::footprint(image_shape))
        .all_of(Rings::footprint(reach))
        .all_of(Counts::footprint(reach))
        .all_of(sweep::footprint(image_shape, reach).times(2))
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
/// Sums of whole intensities are exact.
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
    extract_with_highest(mask, intensities, spacing, None, watch, scratch, out)
}

/// [`extract`] where the highest intensity of the intensity mask is known, and all of that mask are finite.
///
/// # Errors
/// As [`extract`].
pub fn extract_with_highest(
    mask: &Mask,
    intensities: &Intensities,
    spacing: [f64; 3],
    known: Option<f64>,
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
    let mut rows = Rows::new(mask, watch, &mut scratch)?;
    let mut bounds = Bounds::new(&rows, &mut scratch)?;
    // What is known need not be looked for. Bounds are then found when slices are read anyway.
    let known = known.zip(intensities.extent()).filter(|(_, extent)| extent.finite);
    let (look, highest) = match known {
        Some((highest, extent)) => (Look::of(extent), highest),
        None => {
            let look = Look::new(intensities, &rows, &mut bounds, watch)?;
            match highest(mask, intensities, &rows, &bounds, look.finite, watch)? {
                Ok(highest) => (look, highest),
                Err(reason) => {
                    *out = [Value::undefined(reason); FEATURES];
                    return Ok(());
                }
            }
        }
    };
    let sphere = Sphere::new(intensities.shape(), spacing, &mut scratch)?;
    let around = Around { mask, intensities, sphere: &sphere, highest };
    let (voxels, column) = (sphere.most_voxels(), rings::largest_column(&sphere));
    let Look { base, scale, .. } = look;
    let fit = |range: &f64| {
        range * voxels <= f64::from(i32::MAX) && range * column as f64 <= f64::from(u16::MAX)
    };
    let all = u64::MAX;
    let peaks = match look.whole_range.filter(fit) {
        // The last bits of what is added to the point are those of a whole number.
        Some(range) => {
            let most = u64::from(u16::MAX).checked_div(range as u64).unwrap_or(all);
            let read = |x: f64| (x + (POINT - base)).to_bits() as u16;
            around.peaks(read, base, most, &rows, bounds, None, watch, scratch)?
        }
        None if look.finite => {
            if let Some(coarse) = coarse::Coarse::new(&look, mask.shape(), column, voxels) {
                coarse.keep_rows(&around, &mut rows, watch, scratch.scope())?;
            }
            around.peaks(|x| x * scale, 0.0, all, &rows, bounds, None, watch, scratch)?
        }
        None => around.counted_peaks(scale, &rows, bounds, watch, scratch)?,
    };
    *out = peaks.map(|peak| Value::ok(peak / scale));
    Ok(())
}

/// Where means are looked for.
struct Around<'a, 'w> {
    mask: &'a Mask<'a>,
    intensities: &'a Intensities<'a>,
    sphere: &'a Sphere<'w>,
    /// The highest intensity of the mask.
    highest: f64,
}

impl Around<'_, '_> {
    /// The local and the global peak of some rows where all intensities are finite. `read` gives the term of an intensity,
    /// which lacks `base`, and of which as many as `most` can be added. `means` gets what no mean of a row exceeds.
    #[expect(clippy::too_many_arguments, reason = "where, what is summed, and what is told")]
    fn peaks<T: Term>(
        &self,
        read: impl Fn(f64) -> T,
        base: f64,
        most: u64,
        rows: &Rows,
        bounds: Bounds<'_>,
        means: Option<&mut [[f64; FEATURES]]>,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<[f64; FEATURES], Error> {
        let Around { mask, intensities, sphere, highest } = *self;
        let none = [f64::NEG_INFINITY; FEATURES];
        let mut peaks =
            Peaks { mask, intensities, rows, bounds, highest, base, peaks: none, means };
        let rings = Rings::new(sphere, most, &mut scratch)?;
        let mut counts = Counts::new(intensities, sphere, &mut scratch)?;
        let mut sums = Sweep::new(mask.shape(), sphere.reach, &mut scratch)?;
        let slices = sweep::slices(intensities, sphere.reach);
        let mut pace = Pace::start(watch)?;
        let (mut z, mut done) = (slices.start, 0);
        while z < slices.end {
            let first = z;
            let complete;
            [z, complete] = sums.add_slices(intensities, z, &rings, rows, &mut pace, &read)?;
            // While they are near.
            for slice in first..z {
                peaks.read(slice, &mut pace)?;
            }
            for z in done..complete {
                for y in 0..mask.shape()[1] {
                    peaks.look([y, z], &sums, &mut counts, sphere);
                }
            }
            done = complete;
        }
        Ok(peaks.peaks)
    }

    /// The same of all rows where some intensities are missing.
    fn counted_peaks(
        &self,
        scale: f64,
        rows: &Rows,
        bounds: Bounds<'_>,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<[f64; FEATURES], Error> {
        let Around { mask, intensities, sphere, highest } = *self;
        let none = [f64::NEG_INFINITY; FEATURES];
        let mut peaks =
            Peaks { mask, intensities, rows, bounds, highest, base: 0.0, peaks: none, means: None };
        let rings = Rings::new(sphere, u64::MAX, &mut scratch)?;
        let mut sums = Sweep::new(mask.shape(), sphere.reach, &mut scratch)?;
        let mut counts = Sweep::new(mask.shape(), sphere.reach, &mut scratch)?;
        let term = |x: f64| if x.is_finite() { x * scale } else { 0.0 };
        let one = |x: f64| if x.is_finite() { 1.0 } else { 0.0 };
        let slices = sweep::slices(intensities, sphere.reach);
        let mut pace = Pace::start(watch)?;
        let (mut z, mut done) = (slices.start, 0);
        while z < slices.end {
            sums.add_slices(intensities, z, &rings, rows, &mut pace, term)?;
            let complete;
            [z, complete] = counts.add_slices(intensities, z, &rings, rows, &mut pace, one)?;
            for z in done..complete {
                for y in 0..mask.shape()[1] {
                    peaks.look_at_counted([y, z], &sums, &counts);
                }
            }
            done = complete;
        }
        Ok(peaks.peaks)
    }
}

/// The highest intensity of the intensity mask, or why there are no peaks.
fn highest(
    mask: &Mask,
    intensities: &Intensities,
    rows: &Rows,
    bounds: &Bounds,
    finite: bool,
    watch: &Watch,
) -> Result<Result<f64, Status>, Error> {
    let [_, ny, nz] = mask.shape();
    let (mut highest, mut empty) = (f64::NEG_INFINITY, true);
    for z in 0..nz {
        watch.check()?;
        for y in 0..ny {
            let Some([from, to]) = rows.span(y, z) else { continue };
            empty = false;
            if finite && bounds.of(y, z) <= highest {
                continue;
            }
            let cells = mask.row(y, z)[from..to].iter().zip(&intensities.row(y, z)[from..to]);
            for (flags, x) in cells {
                if flags & Mask::INTENSITY != 0 {
                    if !x.is_finite() {
                        return Ok(Err(Status::NonFiniteIntensity));
                    }
                    highest = highest.max(*x);
                }
            }
        }
    }
    Ok(if empty { Err(Status::EmptyIntensityMask) } else { Ok(highest) })
}

/// What one look at all intensities tells.
#[derive(Clone, Copy)]
struct Look {
    finite: bool,
    /// The highest less the lowest intensity where all are whole numbers within 2^31.
    whole_range: Option<f64>,
    /// The lowest and the highest.
    base: f64,
    top: f64,
    /// A power of two; other than 1 only where a sum over the sphere could overflow.
    scale: f64,
}

impl Look {
    /// Gives rows their bounds on the way.
    fn new(
        intensities: &Intensities,
        rows: &Rows,
        bounds: &mut Bounds,
        watch: &Watch,
    ) -> Result<Self, Error> {
        let mut all = Extent::NONE;
        let [_, ny, nz] = intensities.shape();
        let [x0, y0, z0] = intensities.region_start();
        for z in 0..nz {
            watch.check()?;
            for y in 0..ny {
                let row = intensities.image_row(y, z);
                // Beyond the box a place wraps round and is in no row.
                let (y, z) = (y.wrapping_sub(y0), z.wrapping_sub(z0));
                all = all.with(bounds.look(row, rows, x0, y, z));
            }
        }
        Ok(Self::of(all))
    }

    fn of(all: Extent) -> Self {
        let within = math::abs(all.low).max(math::abs(all.high)) <= f64::from(i32::MAX);
        let whole_range = (all.whole && within).then_some(all.high - all.low);
        // No sphere holds 2^64 voxels. An infinite intensity counts as missing.
        let large = [all.low, all.high].iter().any(|x| math::abs(*x) > f64::MAX / 18e18);
        let scale = if large { 1.0 / 18_446_744_073_709_551_616.0 } else { 1.0 };
        Self { finite: all.finite, whole_range, base: all.low, top: all.high, scale }
    }
}
