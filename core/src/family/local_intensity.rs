//! Local intensity (IBSI 9ST6): the highest mean intensity over a sphere of 1 cm^3.

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::status::{Status, Value};
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};

/// Number of features.
pub const FEATURES: usize = 2;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// Radius of a sphere of 1 cm^3 in mm: 10 (3 / (4 pi))^(1/3).
pub const RADIUS: f64 = 6.203_504_908_994;

/// Squared distances this much above the squared radius, relatively, still count: a centre on the sphere
/// belongs to it, whatever the rounding of its distance.
const ON_SPHERE: f64 = 1e-9;

/// Voxels beyond the region's box that the sphere touches.
pub fn reach(spacing: [f64; 3]) -> [usize; 3] {
    spacing.map(|s| math::floor(RADIUS * (1.0 + ON_SPHERE) / s) as usize)
}

/// The planes of prefix sums around one slice.
struct Planes<'w> {
    sums: &'w mut [f64],
    counts: &'w mut [u32],
    /// Cells of a row: its voxels, the reach on both sides, and one more.
    row: usize,
    /// Planes that are held.
    held: usize,
}

fn geometry(image: [usize; 3], spacing: [f64; 3]) -> (usize, usize) {
    let [rx, _, rz] = reach(spacing);
    let row = image[0].saturating_add(rx.saturating_mul(2)).saturating_add(1);
    (row, image[2].min(rz.saturating_mul(2).saturating_add(1)))
}

/// What [`extract`] takes; `image` is the extent of the box of intensities.
pub fn footprint(image: [usize; 3], spacing: [f64; 3]) -> Footprint {
    let (row, held) = geometry(image, spacing);
    let cells = row.saturating_mul(image[1]).saturating_mul(held);
    Footprint::of::<f64>(cells)
        .all_of(Footprint::of::<u32>(cells))
        .all_of(Footprint::of::<f64>(image[0]))
        .all_of(Footprint::of::<u32>(image[0]))
}

/// Computes both peaks.
///
/// With the mean over the voxels whose centres lie within 6.2 mm, a sphere of 1 cm^3, around a voxel of the
/// intensity mask, in the whole image and not only in the region:
///
/// ```text
/// local intensity peak  VJGA  the mean around the voxel with the highest intensity; of several, the highest
/// global intensity peak 0F91  the highest mean around any voxel of the region
/// ```
///
/// Unit: intensity. At the border of the image only the voxels that exist are averaged, and voxels outside
/// the region that are not finite count as not existing. Undefined for an empty mask. Reference: IBSI manual,
/// section *Local intensity features*.
///
/// Means come from prefix sums along x. Where these may have rounded, every voxel that can be the peak within
/// their error bound is summed again one by one, so that the result does not depend on what else lies in a row.
///
/// # Errors
/// When the scratch is too small or the host cancels.
pub fn extract(
    mask: &Mask,
    intensities: &Intensities,
    spacing: [f64; 3],
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut Features,
) -> Result<(), Error> {
    let image = intensities.shape();
    let (row, held) = geometry(image, spacing);
    let cells = row * image[1] * held;
    let mut planes = Planes { sums: scratch.take(cells)?, counts: scratch.take(cells)?, row, held };
    let width = mask.shape()[0];
    let total = scratch.take::<f64>(width)?;
    let number = scratch.take::<u32>(width)?;
    let Some(look) = look(mask, intensities) else {
        out.fill(Value::undefined(Status::EmptyIntensityMask));
        return Ok(());
    };
    let sphere = Sphere { spacing, reach: reach(spacing) };
    let mut best = [f64::NEG_INFINITY; 2];
    let bound = error_bound(&look, image, row);
    planes.scan(mask, intensities, &sphere, watch, total, number, |place, x, mean, count| {
        // Peaks that the error may hide are kept by lowering the mark.
        let margin = if bound > 0.0 { bound / f64::from(count) } else { 0.0 };
        best[1] = best[1].max(mean - margin);
        if x == look.max {
            best[0] = best[0].max(mean - margin);
        }
        let _ = place;
        Ok(())
    })?;
    if bound > 0.0 {
        let marks = best;
        best = [f64::NEG_INFINITY; 2];
        planes.scan(
            mask,
            intensities,
            &sphere,
            watch,
            total,
            number,
            |place, x, mean, count| {
                let highest = mean + bound / f64::from(count);
                let global = highest >= marks[1];
                let local = x == look.max && highest >= marks[0];
                if global || local {
                    watch.check()?;
                    let exact = sphere.mean(intensities, place);
                    if global {
                        best[1] = best[1].max(exact);
                    }
                    if local {
                        best[0] = best[0].max(exact);
                    }
                }
                Ok(())
            },
        )?;
    }
    *out = [Value::ok(best[0]), Value::ok(best[1])];
    Ok(())
}

/// What one look at the intensities tells.
struct Look {
    /// Highest intensity of the region.
    max: f64,
    /// Largest magnitude in the box.
    magnitude: f64,
    /// Whether every finite intensity in the box is a whole number.
    whole: bool,
}

fn look(mask: &Mask, intensities: &Intensities) -> Option<Look> {
    let mut max = None;
    crate::prepare::resegment::visit(mask, Mask::INTENSITY, intensities, |x| {
        max = Some(max.map_or(x, |m: f64| m.max(x)));
    });
    let (mut magnitude, mut whole) = (0.0f64, true);
    let [_, ny, nz] = intensities.shape();
    for z in 0..nz {
        for y in 0..ny {
            for x in intensities.image_row(y, z).iter().filter(|x| x.is_finite()) {
                magnitude = magnitude.max(math::abs(*x));
                whole &= math::floor(*x) == *x;
            }
        }
    }
    max.map(|max| Look { max, magnitude, whole })
}

/// The largest error of a sum over the sphere by prefix sums; 0 where whole numbers make them exact.
fn error_bound(look: &Look, image: [usize; 3], row: usize) -> f64 {
    let rows = (row * row) as f64;
    let largest = look.magnitude * image[0] as f64 * rows;
    if look.whole && largest < 9e15 {
        return 0.0;
    }
    // Each prefix is off by at most (terms) u sum |x|; a sum has two of them a row, and its own additions.
    8.0 * f64::EPSILON * image[0] as f64 * largest
}

/// The sphere as rows of voxels.
struct Sphere {
    spacing: [f64; 3],
    reach: [usize; 3],
}

impl Sphere {
    /// Half the width of the row at this distance, or `None` outside the sphere.
    fn half_width(&self, dy: usize, dz: usize) -> Option<usize> {
        let [sx, sy, sz] = self.spacing;
        let (y, z) = (dy as f64 * sy, dz as f64 * sz);
        let rest = RADIUS * RADIUS * (1.0 + ON_SPHERE) - y * y - z * z;
        (rest >= 0.0).then(|| math::floor(math::sqrt(rest) / sx) as usize)
    }

    /// The mean around a voxel of the image box, summed voxel by voxel.
    fn mean(&self, intensities: &Intensities, [x, y, z]: [usize; 3]) -> f64 {
        let [nx, ny, nz] = intensities.shape();
        let [_, ry, rz] = self.reach;
        let mut sums = crate::sum::Sums::<1>::new();
        let mut count = 0u32;
        for other_z in z.saturating_sub(rz)..(z + rz + 1).min(nz) {
            for other_y in y.saturating_sub(ry)..(y + ry + 1).min(ny) {
                let half = self.half_width(other_y.abs_diff(y), other_z.abs_diff(z));
                if let Some(half) = half {
                    let row = intensities.image_row(other_y, other_z);
                    let row = &row[x.saturating_sub(half)..(x + half + 1).min(nx)];
                    for value in row.iter().filter(|v| v.is_finite()) {
                        sums.push([*value]);
                        count += 1;
                    }
                }
            }
        }
        sums.total()[0] / f64::from(count)
    }
}

impl Planes<'_> {
    /// Writes the prefix sums of one plane over the place of the oldest.
    fn load(&mut self, intensities: &Intensities, rx: usize, z: usize) {
        let ny = intensities.shape()[1];
        let plane = (z % self.held) * ny * self.row;
        for y in 0..ny {
            let start = plane + y * self.row;
            let sums = &mut self.sums[start..start + self.row];
            let counts = &mut self.counts[start..start + self.row];
            let (mut sum, mut count) = (0.0, 0u32);
            sums[..=rx].fill(0.0);
            counts[..=rx].fill(0);
            let row = intensities.image_row(y, z);
            for (i, value) in row.iter().enumerate() {
                if value.is_finite() {
                    sum += value;
                    count += 1;
                }
                sums[rx + 1 + i] = sum;
                counts[rx + 1 + i] = count;
            }
            sums[rx + 1 + row.len()..].fill(sum);
            counts[rx + 1 + row.len()..].fill(count);
        }
    }

    /// Calls `visit(place in the image box, intensity, mean, voxels)` for every voxel of the intensity mask.
    #[expect(clippy::too_many_arguments, reason = "scratch rows are lent in")]
    fn scan(
        &mut self,
        mask: &Mask,
        intensities: &Intensities,
        sphere: &Sphere,
        watch: &Watch,
        total: &mut [f64],
        number: &mut [u32],
        mut visit: impl FnMut([usize; 3], f64, f64, u32) -> Result<(), Error>,
    ) -> Result<(), Error> {
        let [_, image_y, image_z] = intensities.shape();
        let [x0, y0, z0] = intensities.region_start();
        let [width, height, depth] = mask.shape();
        let [rx, ry, rz] = sphere.reach;
        let mut loaded = z0.saturating_sub(rz);
        for z in 0..depth {
            let here = z + z0;
            while loaded < (here + rz + 1).min(image_z) {
                self.load(intensities, rx, loaded);
                loaded += 1;
            }
            for y in 0..height {
                if y % 16 == 0 {
                    watch.check()?;
                }
                let flags = mask.row(y, z);
                if flags.iter().all(|f| f & Mask::INTENSITY == 0) {
                    continue;
                }
                let here_y = y + y0;
                total.fill(0.0);
                number.fill(0);
                for other_z in here.saturating_sub(rz)..(here + rz + 1).min(image_z) {
                    for other_y in here_y.saturating_sub(ry)..(here_y + ry + 1).min(image_y) {
                        let half =
                            sphere.half_width(other_y.abs_diff(here_y), other_z.abs_diff(here));
                        let Some(half) = half else { continue };
                        let start = ((other_z % self.held) * image_y + other_y) * self.row + x0;
                        // The voxel x stands behind prefix x + rx; its row of the sphere ends `half` on.
                        let (low, high) = (start + rx - half, start + rx + half + 1);
                        let sums = (&self.sums[low..low + width], &self.sums[high..high + width]);
                        for (total, (a, b)) in total.iter_mut().zip(sums.0.iter().zip(sums.1)) {
                            *total += b - a;
                        }
                        let counts =
                            (&self.counts[low..low + width], &self.counts[high..high + width]);
                        for (number, (a, b)) in number.iter_mut().zip(counts.0.iter().zip(counts.1))
                        {
                            *number += b - a;
                        }
                    }
                }
                let values = intensities.row(y, z);
                for (x, flag) in flags.iter().enumerate() {
                    if flag & Mask::INTENSITY != 0 {
                        // The voxel itself is finite, so there is at least one.
                        let mean = total[x] / f64::from(number[x]);
                        visit([x + x0, here_y, here], values[x], mean, number[x])?;
                    }
                }
            }
        }
        Ok(())
    }
}
