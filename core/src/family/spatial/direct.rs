//! Few voxels: every pair.

use super::{DIRECT_VOXELS, PairSums};
use crate::error::Error;
use crate::math;
use crate::sum::Sums;
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};

pub(super) fn footprint() -> Footprint {
    Footprint::of::<[f64; 4]>(DIRECT_VOXELS as usize)
}

pub(super) fn sums(
    mask: &Mask,
    intensities: &Intensities,
    spacing: [f64; 3],
    centred: impl Fn(f64) -> f64,
    mut scratch: Arena<'_>,
) -> Result<PairSums, Error> {
    let points = scratch.take::<[f64; 4]>(DIRECT_VOXELS as usize)?;
    let mut count = 0;
    let [_, ny, nz] = mask.shape();
    for z in 0..nz {
        for y in 0..ny {
            let values = intensities.row(y, z);
            for (x, flags) in mask.row(y, z).iter().enumerate() {
                if flags & Mask::INTENSITY != 0
                    && let Some(point) = points.get_mut(count)
                {
                    let [sx, sy, sz] = spacing;
                    let value = centred(values[x]);
                    *point = [x as f64 * sx, y as f64 * sy, z as f64 * sz, value];
                    count += 1;
                }
            }
        }
    }
    let points = &points[..count];
    let mut sums = Sums::<3>::new();
    for (i, a) in points.iter().enumerate() {
        for b in &points[..i] {
            let (dx, dy, dz) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
            let w = 1.0 / math::sqrt(dx * dx + dy * dy + dz * dz);
            sums.push([w, w * (a[3] * b[3]), w * (a[3] * a[3] + b[3] * b[3])]);
        }
    }
    let [weights, products, squares] = sums.total();
    // Ordered pairs: each pair twice, but the squares of both voxels are in already.
    Ok(PairSums { weights: 2.0 * weights, products: 2.0 * products, squares })
}
