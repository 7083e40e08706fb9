//! Fewer candidates: those that are corners in layers of equal x and of equal y, too.
//!
//! A corner of the hull is a corner of the polygon around the candidates of any plane through it. Of some
//! 20 000 corners of the layers of equal z around a ball of two million voxels, half remain.

use super::Point;
use crate::error::Error;
use crate::workspace::{Arena, Footprint};

/// Places of half voxels along a side: one at each voxel, one between, and one beyond either end.
const fn places(side: usize) -> usize {
    side.saturating_mul(2).saturating_add(1)
}

/// What [`thin`] takes for some candidates.
pub(super) fn footprint(points: usize, [nx, ny, _]: [usize; 3]) -> Footprint {
    let layers = places(if nx > ny { nx } else { ny }).saturating_add(1);
    Footprint::of::<u32>(points)
        .times(2)
        .all_of(Footprint::of::<u8>(points))
        .all_of(Footprint::of::<u32>(layers))
}

/// Keeps what can still be a corner, in the same order; returns how many that are. The candidates come in layers of
/// rising z, at most two of each layer in a row along x or y.
pub(super) fn thin(
    points: &mut [Point],
    shape: [usize; 3],
    mut scratch: Arena<'_>,
) -> Result<usize, Error> {
    let order = scratch.take::<u32>(points.len())?;
    let stack = scratch.take::<u32>(points.len())?;
    let kept = scratch.take::<u8>(points.len())?;
    let ends = scratch.take::<u32>(places(shape[0].max(shape[1])) + 1)?;
    let mut count = points.len();
    for axis in [0, 1] {
        let points = &mut points[..count];
        let layer = |p: &Point| (p[axis] + 1) as usize;
        // Where each layer starts; sorting moves it to its end.
        ends.fill(0);
        points.iter().for_each(|p| ends[layer(p)] += 1);
        let mut before = 0;
        for end in ends.iter_mut() {
            before += core::mem::replace(end, before);
        }
        for (i, p) in (0u32..).zip(points.iter()) {
            let end = &mut ends[layer(p)];
            order[*end as usize] = i;
            *end += 1;
        }
        kept.fill(0);
        let mut start = 0;
        for end in ends.iter() {
            let layer = &order[start..*end as usize];
            start = *end as usize;
            for side in [-1, 1] {
                for corner in chain(points, layer, 1 - axis, side, stack) {
                    kept[*corner as usize] = 1;
                }
            }
        }
        count = 0;
        for i in 0..points.len() {
            points[count] = points[i];
            count += usize::from(kept[i]);
        }
    }
    Ok(count)
}

/// The corners on one side of the polygon around a layer: of those with the same z, the one farthest on that `side`
/// along an axis.
fn chain<'s>(
    points: &[Point],
    layer: &[u32],
    axis: usize,
    side: i64,
    stack: &'s mut [u32],
) -> &'s [u32] {
    let place = |i: u32| {
        let p = points[i as usize];
        [side * i64::from(p[axis]), i64::from(p[2])]
    };
    let mut count = 0;
    for same in layer.chunk_by(|a, b| place(*a)[1] == place(*b)[1]) {
        let Some(next) = same.iter().copied().max_by_key(|i| place(*i)[0]) else { continue };
        while count >= 2 && !bends(place(stack[count - 2]), place(stack[count - 1]), place(next)) {
            count -= 1;
        }
        stack[count] = next;
        count += 1;
    }
    &stack[..count]
}

/// Whether a chain with rising second coordinates bulges at `b` on the way from `a` to `c`.
fn bends(a: [i64; 2], b: [i64; 2], c: [i64; 2]) -> bool {
    (b[0] - a[0]) * (c[1] - a[1]) > (c[0] - a[0]) * (b[1] - a[1])
}
