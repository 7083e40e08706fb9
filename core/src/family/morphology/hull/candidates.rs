//! The points that can be corners of the hull.
//!
//! The hull of the mesh is the hull of all points half a voxel from a voxel of the mask along an axis: those
//! that are no mesh vertices lie between two others. On a row of such points along x only the first and the
//! last can be corners, and of these, in a layer of equal z, only the corners of their polygon.

use super::Point;
use super::lattice::most_corners;
use crate::error::Error;
use crate::family::morphology::rows;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::volume::Mask;
use crate::workspace::{Arena, Footprint};

/// Longest side of a box whose half voxels are counted in 32 bits.
const MAX_SIDE: usize = 1 << 29;

/// The most candidates: the corners of one convex polygon a layer.
pub(super) fn most([nx, ny, nz]: [usize; 3]) -> usize {
    if nx == 0 || ny == 0 || nz == 0 || nx > MAX_SIDE || ny > MAX_SIDE || nz > MAX_SIDE {
        return 0;
    }
    let [through, between] = most_corners(nx, ny);
    // Layers through voxel centres, and layers between them with those above and below all.
    let layers = nz.saturating_mul(through).saturating_add((nz + 1).saturating_mul(between));
    // A chain grows to its rows before it is cut to its corners.
    layers.saturating_add(2 * rows(ny))
}

/// Rows of half voxels in a layer: one through each voxel and one on either side.
const fn rows(ny: usize) -> usize {
    2 * ny + 1
}

/// What [`collect`] takes beside the candidates.
pub(super) fn footprint([_, ny, _]: [usize; 3]) -> Footprint {
    Footprint::of::<Ends>(ny).times(2)
}

/// Smallest and largest x of a row of voxels.
type Ends = [i32; 2];
/// No voxel in the row.
const EMPTY: Ends = [i32::MAX, i32::MIN];

fn union(a: Ends, b: Ends) -> Ends {
    [a[0].min(b[0]), a[1].max(b[1])]
}

/// Collects the candidates, layer by layer of rising z; returns how many there are.
pub(super) fn collect(
    mask: &Mask,
    watch: &Watch,
    points: &mut [Point],
    mut scratch: Arena<'_>,
) -> Result<usize, Error> {
    let [nx, ny, nz] = mask.shape();
    if nx > MAX_SIDE || ny > MAX_SIDE || nz > MAX_SIDE {
        return Err(Error::TooLarge { field: "mask.shape" });
    }
    if nx == 0 || ny == 0 || nz == 0 {
        return Ok(0);
    }
    let mut pace = Pace::start(watch)?;
    let mut below = scratch.take::<Ends>(ny)?;
    let mut here = scratch.take::<Ends>(ny)?;
    below.fill(EMPTY);
    let mut count = 0;
    for z in 0..=nz {
        pace.spend(nx.saturating_mul(ny))?;
        for (y, ends) in here.iter_mut().enumerate() {
            *ends = if z < nz { row_ends(mask, y, z) } else { EMPTY };
        }
        let layer = 2 * z as i32;
        // Between the slices: above and below each voxel.
        let between = below.iter().zip(here.iter()).enumerate().map(|(y, (a, b))| {
            let [low, high] = union(*a, *b);
            (2 * y as i32, [low, high], 0)
        });
        count = polygon(points, count, between, layer - 1);
        // Through the voxel centres: in front of and behind each voxel, and left and right of it.
        let row = |y: usize| if y < ny { here[y] } else { EMPTY };
        let through = (0..rows(ny)).map(|i| {
            let y = i as i32 - 1;
            if i % 2 == 1 {
                (y, here[i / 2], 1)
            } else {
                let before = if i == 0 { EMPTY } else { row(i / 2 - 1) };
                (y, union(before, row(i / 2)), 0)
            }
        });
        count = polygon(points, count, through, layer);
        core::mem::swap(&mut below, &mut here);
    }
    Ok(count)
}

fn row_ends(mask: &Mask, y: usize, z: usize) -> Ends {
    let span = rows::span(mask, y, z);
    if span.is_empty() { EMPTY } else { [span.start as i32, span.end as i32 - 1] }
}

/// Appends the corners of the polygon around the rows of a layer: y in half voxels, the ends in voxels, and by
/// how many half voxels the points lie beyond the ends.
fn polygon(
    points: &mut [Point],
    start: usize,
    rows: impl Iterator<Item = (i32, Ends, i32)> + Clone,
    z: i32,
) -> usize {
    let mut count = start;
    // Two chains: lower x and upper x, both over rising y.
    for side in 0..2 {
        let chain = count;
        for (y, ends, beyond) in rows.clone().filter(|(_, ends, _)| ends[0] <= ends[1]) {
            let x = 2 * ends[side] + if side == 0 { -beyond } else { beyond };
            let next = [x, y, z];
            while count >= chain + 2 && !turns(points[count - 2], points[count - 1], next, side) {
                count -= 1;
            }
            points[count] = next;
            count += 1;
        }
        // A row that ends where it begins stands in both chains, at either end of them.
        if side == 1 && count > chain {
            let first = points[start];
            let last = points[chain - 1];
            if count - 1 > chain && points[count - 1] == last {
                count -= 1;
            }
            if points[chain] == first {
                points.copy_within(chain + 1..count, chain);
                count -= 1;
            }
        }
    }
    count
}

/// Whether the chain bends outward strictly at `b` on the way from `a` to `c`.
fn turns(a: Point, b: Point, c: Point, side: usize) -> bool {
    let d = |p: i32, q: i32| i64::from(p) - i64::from(q);
    let bend = d(b[0], a[0]) * d(c[1], a[1]) - d(b[1], a[1]) * d(c[0], a[0]);
    if side == 0 { bend < 0 } else { bend > 0 }
}
