//! The sphere of 1 cm^3 as rows of voxels.

use crate::error::Error;
use crate::math;
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

/// The sphere for one spacing: a disc for each slice from the centre on, and for each disc the rows of each column from
/// the centre on.
#[derive(Debug)]
pub(super) struct Sphere<'w> {
    /// Voxels that it extends to both sides along each axis.
    pub reach: [usize; 3],
    /// Rows of columns from the centre row on; 0 beyond the end of a disc.
    rows: &'w [u32],
}

impl<'w> Sphere<'w> {
    pub(super) fn footprint(image: [usize; 3], spacing: [f64; 3]) -> Footprint {
        let [rx, _, rz] = clipped(image, spacing);
        Footprint::of::<u32>(rx.saturating_add(1).saturating_mul(rz.saturating_add(1)))
    }

    /// The sphere in an image of this shape.
    pub(super) fn new(
        image: [usize; 3],
        spacing: [f64; 3],
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let reach = clipped(image, spacing);
        let [rx, ry, rz] = reach;
        if ry >= u32::MAX as usize {
            return Err(Error::TooLarge { field: "intensities.shape" });
        }
        let [sx, sy, sz] = spacing;
        let rows = scratch.take::<u32>((rx + 1) * (rz + 1))?;
        for (at, rows) in rows.iter_mut().enumerate() {
            let (x, z) = ((at % (rx + 1)) as f64 * sx, (at / (rx + 1)) as f64 * sz);
            let rest = RADIUS * RADIUS * (1.0 + ON_SPHERE) - x * x - z * z;
            let steps = steps(sy, |y| inside(x, y, z), rest);
            *rows = steps.map_or(0, |steps| steps.min(ry) as u32 + 1);
        }
        Ok(Self { reach, rows })
    }

    /// No fewer voxels than it has.
    pub(super) fn most_voxels(&self) -> f64 {
        self.reach.iter().fold(1.0, |n, reach| n * (2.0 * *reach as f64 + 1.0))
    }

    /// Rows of each column from the centre column on, `dz` slices off the centre. A disc lies
    /// within that of every slice nearer to the centre.
    pub(super) fn disc(&self, dz: usize) -> &[u32] {
        let columns = self.reach[0] + 1;
        &self.rows[dz * columns..(dz + 1) * columns]
    }
}
