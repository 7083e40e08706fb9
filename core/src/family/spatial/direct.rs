//! Few voxels: every pair.

use super::centred::Centred;
use super::{DIRECT_VOXELS, PairSums};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::sum::Sums;
use crate::workspace::{Arena, Footprint};

/// Place and centred intensity of a voxel.
type Point = [f64; 4];

pub(super) fn footprint([nx, ny, nz]: [usize; 3]) -> Footprint {
    let voxels = nx.saturating_mul(ny).saturating_mul(nz);
    Footprint::of::<Point>(voxels.min(DIRECT_VOXELS as usize))
}

pub(super) fn sums(
    field: &Centred,
    [sx, sy, sz]: [f64; 3],
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<PairSums, Error> {
    watch.check()?;
    let points = scratch.take::<Point>(field.voxels() as usize)?;
    let mut free = points.iter_mut();
    let [_, ny, nz] = field.shape();
    for z in 0..nz {
        for y in 0..ny {
            field.visit_row(y, z, |x, value| {
                if let Some(point) = free.next() {
                    *point = [x as f64 * sx, y as f64 * sy, z as f64 * sz, value];
                }
            });
        }
    }
    let mut sums = Sums::<3>::new();
    for (i, a) in points.iter().enumerate() {
        for b in &points[..i] {
            let (dx, dy, dz) = (a[0] - b[0], a[1] - b[1], a[2] - b[2]);
            let w = 1.0 / math::sqrt(dx * dx + dy * dy + dz * dz);
            sums.push([w, w * (a[3] * b[3]), w * (a[3] * a[3] + b[3] * b[3])]);
        }
    }
    let [weights, products, squares] = sums.total();
    // Each pair stands for two ordered ones; the squares of both ends are in already.
    Ok(PairSums { weights: 2.0 * weights, products: 2.0 * products, squares })
}
