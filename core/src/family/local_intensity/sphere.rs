//! The sphere of 1 cm^3 as rows of voxels.

use crate::error::Error;
use crate::math;
use crate::volume::Intensities;
use crate::workspace::{Arena, Footprint};

/// Radius of a sphere of 1 cm^3 in mm: `10 (3 / (4 pi))^(1/3)`.
pub const RADIUS: f64 = 6.203_504_908_994;

/// Squared distances this much above the squared radius, relatively, still count: a centre that lies on
/// the sphere belongs to it, however the spacing was rounded.
const ON_SPHERE: f64 = 1e-9;

fn inside(dx: f64, dy: f64, dz: f64) -> bool {
    dx * dx + dy * dy + dz * dz <= RADIUS * RADIUS * (1.0 + ON_SPHERE)
}

/// The largest number of steps whose end lies in the sphere, or `None` when not even none does. Other than a
/// quotient, the comparison is the same whatever the rounding of a square root.
fn steps(spacing: f64, inside: impl Fn(f64) -> bool, rest: f64) -> Option<usize> {
    if !inside(0.0) {
        return None;
    }
    let mut n = math::floor(math::sqrt(rest.max(0.0)) / spacing) as usize;
    while n > 0 && !inside(n as f64 * spacing) {
        n -= 1;
    }
    // At most one: the quotient is off by less than a step, unless steps are smaller than its rounding.
    if n < usize::MAX && inside((n + 1) as f64 * spacing) {
        n += 1;
    }
    Some(n)
}

/// Voxels beyond the region's box that the sphere touches, along x, y, z.
pub fn reach(spacing: [f64; 3]) -> [usize; 3] {
    spacing.map(|s| steps(s, |x| inside(x, 0.0, 0.0), RADIUS * RADIUS).unwrap_or(0))
}

/// Voxels that the sphere extends to both sides in an image of this shape: no further than the image itself.
pub(super) fn clipped(image: [usize; 3], spacing: [f64; 3]) -> [usize; 3] {
    let whole = reach(spacing);
    [0, 1, 2].map(|a| whole[a].min(image[a].saturating_sub(1)))
}

/// The sphere for one spacing: a disc for each slice from the centre on, and for each disc half the width of each
/// row from the centre on.
#[derive(Debug)]
pub(super) struct Sphere<'w> {
    /// Voxels that it extends to both sides along each axis.
    pub reach: [usize; 3],
    /// Half the widths; [`NONE`] beyond the end of a disc.
    halves: &'w [u64],
    /// Whether it is smaller than the image, so that it is nowhere cut off.
    whole: bool,
}

/// Where the sphere has no row any more.
const NONE: u64 = u64::MAX;

impl<'w> Sphere<'w> {
    pub(super) fn footprint(image: [usize; 3], spacing: [f64; 3]) -> Footprint {
        let [_, ry, rz] = clipped(image, spacing);
        Footprint::of::<u64>(ry.saturating_add(1).saturating_mul(rz.saturating_add(1)))
    }

    /// The sphere in an image of this shape.
    pub(super) fn new(
        image: [usize; 3],
        spacing: [f64; 3],
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let reach = clipped(image, spacing);
        let [rx, ry, rz] = reach;
        let [sx, sy, sz] = spacing;
        let halves = scratch.take::<u64>((ry + 1) * (rz + 1))?;
        for (at, half) in halves.iter_mut().enumerate() {
            let (y, z) = ((at % (ry + 1)) as f64 * sy, (at / (ry + 1)) as f64 * sz);
            let rest = RADIUS * RADIUS * (1.0 + ON_SPHERE) - y * y - z * z;
            let steps = steps(sx, |x| inside(x, y, z), rest);
            *half = steps.map_or(NONE, |steps| steps.min(rx) as u64);
        }
        Ok(Self { reach, halves, whole: reach == self::reach(spacing) })
    }

    /// Half the widths of the rows from the centre on, `dz` slices off the centre.
    pub(super) fn disc(&self, dz: usize) -> &[u64] {
        let rows = self.reach[1] + 1;
        let disc = &self.halves[dz * rows..(dz + 1) * rows];
        let end = disc.iter().position(|half| *half == NONE).unwrap_or(rows);
        &disc[..end]
    }

    /// The number of its voxels, if it lies in the image around all voxels of the box of the region.
    pub(super) fn voxels(&self, intensities: &Intensities) -> Option<u64> {
        let (image, start) = (intensities.shape(), intensities.region_start());
        let region = intensities.region_shape();
        let inside = (0..3).all(|a| {
            let after = image[a] - start[a] - region[a];
            start[a] >= self.reach[a] && after >= self.reach[a]
        });
        if !inside || !self.whole {
            return None;
        }
        let sides = |d: usize| if d == 0 { 1 } else { 2 };
        let mut voxels = 0u64;
        for dz in 0..=self.reach[2] {
            for (dy, half) in self.disc(dz).iter().enumerate() {
                voxels += sides(dy) * sides(dz) * (2 * half + 1);
            }
        }
        Some(voxels)
    }
}
