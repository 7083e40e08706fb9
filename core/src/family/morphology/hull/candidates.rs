//! The points that can be corners of the hull.
//!
//! The hull of the mesh is the hull of all points half a voxel from a voxel of the mask along an axis: those
//! that are no mesh vertices lie between two others. On a row of such points along x only the first and the
//! last can be corners, and of these, in a layer of equal z, only the corners of their polygon.

use super::Point;
use crate::error::Error;
use crate::host::Watch;
use crate::volume::Mask;
use crate::workspace::{Arena, Footprint};

/// Rows of half voxels along y and z: positions -1 to 2 n - 1 and nothing at even pairs beyond.
const fn rows(n: usize) -> usize {
    2 * n + 1
}

/// The most candidates: two ends a row.
pub(super) fn most(shape: [usize; 3]) -> usize {
    rows(shape[1]).saturating_mul(rows(shape[2])).saturating_mul(2)
}

pub(super) fn footprint(shape: [usize; 3]) -> Footprint {
    let cells = rows(shape[1]).saturating_mul(rows(shape[2]));
    Footprint::of::<[i32; 2]>(cells).all_of(Footprint::of::<Point>(most(shape)))
}

/// No point in the row.
const EMPTY: [i32; 2] = [i32::MAX, i32::MIN];

/// Collects the candidates, z then y then x rising.
pub(super) fn collect<'w>(
    mask: &Mask,
    watch: &Watch,
    scratch: &mut Arena<'w>,
) -> Result<&'w [Point], Error> {
    let [_, ny, nz] = mask.shape();
    let (my, mz) = (rows(ny), rows(nz));
    let points = scratch.take::<Point>(most(mask.shape()))?;
    let mut scratch = scratch.scope();
    let ends = scratch.take::<[i32; 2]>(my * mz)?;
    ends.fill(EMPTY);
    for z in 0..nz {
        watch.check()?;
        for y in 0..ny {
            let row = mask.row(y, z);
            let first = row.iter().position(|f| f & Mask::MORPHOLOGICAL != 0);
            let last = row.iter().rposition(|f| f & Mask::MORPHOLOGICAL != 0);
            let (Some(first), Some(last)) = (first, last) else { continue };
            let (low, high) = (2 * first as i32, 2 * last as i32);
            // The voxel centre (x, y, z) has the position (2x, 2y + 1, 2z + 1) here: y and z count from -1.
            let at = |y: usize, z: usize| z * my + y;
            let (y, z) = (2 * y + 1, 2 * z + 1);
            let mut include = |at: usize, low: i32, high: i32| {
                ends[at] = [ends[at][0].min(low), ends[at][1].max(high)];
            };
            include(at(y, z), low - 1, high + 1);
            include(at(y - 1, z), low, high);
            include(at(y + 1, z), low, high);
            include(at(y, z - 1), low, high);
            include(at(y, z + 1), low, high);
        }
    }
    let mut count = 0;
    for z in 0..mz {
        let layer = &ends[z * my..(z + 1) * my];
        let start = count;
        // Two chains of the polygon: lower x and upper x, both over rising y.
        for side in 0..2 {
            let chain = count;
            for (y, end) in layer.iter().enumerate() {
                if end[0] > end[1] {
                    continue;
                }
                let x = end[side];
                while count >= chain + 2
                    && !turns(points[count - 2], points[count - 1], x, y as i32 - 1, side)
                {
                    count -= 1;
                }
                points[count] = [x, y as i32 - 1, z as i32 - 1];
                count += 1;
            }
        }
        // Where both ends of a row are one point it stands in both chains.
        points[start..count].sort_unstable_by_key(|p| (p[1], p[0]));
        let mut kept = start;
        for i in start..count {
            if kept == start || points[kept - 1] != points[i] {
                points[kept] = points[i];
                kept += 1;
            }
        }
        count = kept;
    }
    Ok(&points[..count])
}

/// Whether the chain bends outward strictly at `b` on the way from `a` to (x, y).
fn turns(a: Point, b: Point, x: i32, y: i32, side: usize) -> bool {
    let d = |p: i32, q: i32| i64::from(p) - i64::from(q);
    let bend = d(b[0], a[0]) * d(y, a[1]) - d(b[1], a[1]) * d(x, a[0]);
    if side == 0 { bend < 0 } else { bend > 0 }
}
