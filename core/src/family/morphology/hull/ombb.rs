//! The oriented minimum bounding box of the hull: the box of least volume in any orientation.
//!
//! A box of least volume has two adjacent faces that each contain an edge of the hull (O'Rourke, Int. J. Comput.
//! Inform. Sci. 14 (1985) 183). So for every pair of edges the face through the first turns about it, as far
//! as it touches the hull, and takes the face through the second with it: one angle. The least volume over these
//! angles is found by branch and bound: a width changes by at most the diameter times the angle by which its
//! normal turns. What is cut off cannot be smaller by more than [`EXCESS`].

use super::measures::in_mm;
use super::{Hull, Point};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// The volume exceeds the least possible one by at most this share.
pub const EXCESS: f64 = 1e-6;

/// Halvings of an angle; beyond, it is one direction.
const DEPTH: usize = 48;

type Vector = [f64; 3];

pub(super) fn footprint(points: usize) -> Footprint {
    let edges = points.saturating_mul(3);
    Footprint::of::<Vector>(points)
        .all_of(Footprint::of::<u32>(points).times(2))
        .all_of(Footprint::of::<u32>(edges.saturating_mul(2)))
        .all_of(Footprint::of::<[u64; 2]>(edges))
        .all_of(Footprint::of::<Edge>(edges))
        .all_of(Footprint::of::<u32>(points))
        .all_of(Footprint::of::<u8>(points))
}

/// An edge between two facets that are not coplanar: a point on it, its direction, the normals of both facets.
type Edge = [Vector; 4];

fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn unit(a: Vector) -> Vector {
    let length = math::sqrt(dot(a, a));
    a.map(|x| x / length)
}

fn minus(a: Vector, b: Vector) -> Vector {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

/// Vertices in mm with their neighbours along edges.
struct Graph<'s> {
    points: &'s [Vector],
    ends: &'s [u32],
    neighbours: &'s [u32],
    /// Whether facets of different planes meet at a vertex. At a point inside a flat facet, the climb against its
    /// normal finds only equals.
    sharp: &'s [u8],
}

impl Graph<'_> {
    /// How far the hull reaches along a direction: uphill from neighbour to neighbour. From a sharp vertex no
    /// top but the highest is in the way; the last one passed is where the next climb starts.
    fn farthest(&self, direction: Vector, start: &mut u32) -> f64 {
        let mut at = *start as usize;
        let mut best = dot(direction, self.points[at]);
        loop {
            let first = if at == 0 { 0 } else { self.ends[at - 1] as usize };
            let mut next = at;
            for other in &self.neighbours[first..self.ends[at] as usize] {
                let value = dot(direction, self.points[*other as usize]);
                if value > best {
                    (best, next) = (value, *other as usize);
                }
            }
            if next == at {
                return best;
            }
            at = next;
            if self.sharp[at] != 0 {
                *start = at as u32;
            }
        }
    }

    /// Widths of the hull along three directions.
    fn widths(&self, axes: [Vector; 3], starts: &mut [u32; 6]) -> [f64; 3] {
        let mut widths = [0.0; 3];
        for (i, (width, axis)) in widths.iter_mut().zip(axes).enumerate() {
            let up = self.farthest(axis, &mut starts[2 * i]);
            let down = self.farthest(axis.map(|x| -x), &mut starts[2 * i + 1]);
            *width = up + down;
        }
        widths
    }
}

/// The boxes with a face through each of two edges: one angle.
struct Family<'e> {
    first: &'e Edge,
    second: &'e Edge,
    /// Perpendicular to the first edge and to its first normal.
    side: Vector,
    /// Range of the angle by which the first face turns from that normal.
    low: f64,
    high: f64,
}

impl<'e> Family<'e> {
    /// The boxes of a pair of edges, or `None` without any.
    fn new(first: &'e Edge, second: &'e Edge) -> Option<Self> {
        let [_, direction, a, b] = *first;
        let [_, _, c, d] = *second;
        // A face through the second edge is perpendicular to a normal n where c and d lie on both sides of n.
        let (ac, ad, bc, bd) = (dot(a, c), dot(a, d), dot(b, c), dot(b, d));
        let least = ac.min(ad).min(bc).min(bd);
        let most = ac.max(ad).max(bc).max(bd);
        if least > ANGLE_NOISE || most < -ANGLE_NOISE {
            return None;
        }
        let mut side = unit(cross(direction, a));
        if dot(side, b) < 0.0 {
            side = side.map(|x| -x);
        }
        let arc = math::atan2(dot(side, b), dot(a, b));
        // Where n is perpendicular to c, and to d.
        let root = |normal: Vector| {
            let angle = math::atan2(-dot(a, normal), dot(side, normal));
            let angle = if angle < 0.0 { angle + core::f64::consts::PI } else { angle };
            (angle <= arc).then_some(angle)
        };
        let apart = |x: f64, y: f64| x * y <= 0.0;
        let (low, high) = match (root(c), root(d)) {
            (Some(x), Some(y)) => (x.min(y), x.max(y)),
            (Some(x), None) | (None, Some(x)) => {
                if apart(ac, ad) {
                    (0.0, x)
                } else {
                    (x, arc)
                }
            }
            (None, None) if apart(ac, ad) => (0.0, arc),
            (None, None) => return None,
        };
        Some(Self { first, second, side, low, high })
    }

    /// Normals of the three pairs of faces at an angle; `None` where the second edge is perpendicular to the
    /// first face, and any turn will do: such boxes belong to other pairs, too.
    fn axes(&self, angle: f64) -> Option<[Vector; 3]> {
        let (sine, cosine) = math::sin_cos(angle);
        let a = self.first[2];
        let n: Vector = core::array::from_fn(|i| cosine * a[i] + sine * self.side[i]);
        let m = cross(self.second[1], n);
        if dot(m, m) < PARALLEL * PARALLEL {
            return None;
        }
        // What a short product has along n is rounding.
        let m = unit(m);
        let along = dot(m, n);
        let m = unit(core::array::from_fn(|i| m[i] - along * n[i]));
        Some([n, m, cross(n, m)])
    }
}

/// Sine of the angle below which two directions count as parallel.
const PARALLEL: f64 = 1e-8;

/// Dot products of unit vectors are this exact.
const ANGLE_NOISE: f64 = 1e-12;

/// Side lengths in mm of the box of least volume.
///
/// # Errors
/// When the scratch is too small or the host cancels.
pub fn minimal(
    hull: &Hull,
    spacing: [f64; 3],
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<[f64; 3], Error> {
    let (graph, edges) = prepare(hull, spacing, &mut scratch)?;
    let sharp = graph.sharp.iter().position(|s| *s != 0).unwrap_or(0) as u32;
    let mut starts = [sharp; 6];
    let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    let mut best = graph.widths(axes, &mut starts);
    let diameter = math::sqrt(best[0] * best[0] + best[1] * best[1] + best[2] * best[2]);
    // A first look at the middle of every family, so that the search cuts off early.
    for round in 0..2 {
        for (i, first) in edges.iter().enumerate() {
            watch.check()?;
            for second in &edges[..=i] {
                let Some(family) = Family::new(first, second) else { continue };
                if round == 0 {
                    let middle = (family.low + family.high) / 2.0;
                    for angle in [family.low, middle, family.high] {
                        if let Some(axes) = family.axes(angle) {
                            keep(graph.widths(axes, &mut starts), &mut best);
                        }
                    }
                } else {
                    search(&graph, &family, diameter, &mut starts, &mut best, watch)?;
                }
            }
        }
    }
    Ok(best)
}

fn volume(sides: [f64; 3]) -> f64 {
    sides[0] * sides[1] * sides[2]
}

fn keep(sides: [f64; 3], best: &mut [f64; 3]) {
    if volume(sides) < volume(*best) {
        *best = sides;
    }
}

/// Branch and bound over the angle of one family.
fn search(
    graph: &Graph,
    family: &Family,
    diameter: f64,
    starts: &mut [u32; 6],
    best: &mut [f64; 3],
    watch: &Watch,
) -> Result<(), Error> {
    let mut open: heapless::Vec<(f64, f64), { DEPTH + 2 }> = heapless::Vec::new();
    let _ = open.push((family.low, family.high));
    let mut visited = 0u32;
    while let Some((low, high)) = open.pop() {
        visited += 1;
        if visited.is_multiple_of(4096) {
            watch.check()?;
        }
        let middle = (low + high) / 2.0;
        let Some(axes) = family.axes(middle) else { continue };
        let sides = graph.widths(axes, starts);
        keep(sides, best);
        if high - low < 1e-13 {
            continue;
        }
        // By how much each normal turns on the way to either end.
        let turn = (high - low) / 2.0;
        let second = [low, high]
            .into_iter()
            .filter_map(|end| family.axes(end))
            .map(|end| {
                let sine = cross(axes[1], end[1]);
                math::atan2(math::sqrt(dot(sine, sine)), math::abs(dot(axes[1], end[1])))
            })
            .fold(0.0, f64::max);
        let turns = [turn, second, turn + second];
        let least: [f64; 3] =
            core::array::from_fn(|i| (sides[i] - 2.0 * diameter * turns[i]).max(0.0));
        if volume(least) >= volume(*best) * (1.0 - EXCESS) {
            continue;
        }
        // Depth first: the list never grows beyond one entry a halving.
        if open.push((low, middle)).is_err() || open.push((middle, high)).is_err() {
            continue;
        }
    }
    Ok(())
}

/// The graph of the vertices, and the edges that are no seams between coplanar triangles.
fn prepare<'s>(
    hull: &Hull,
    spacing: [f64; 3],
    scratch: &mut Arena<'s>,
) -> Result<(Graph<'s>, &'s [Edge]), Error> {
    let count = hull.vertices.len();
    let points = scratch.take::<Vector>(count)?;
    for (point, p) in points.iter_mut().zip(hull.vertices()) {
        *point = in_mm(p, spacing);
    }
    // Vertices are numbered anew, without the points inside.
    let number = scratch.take::<u32>(hull.points.len())?;
    for (i, vertex) in hull.vertices.iter().enumerate() {
        number[*vertex as usize] = i as u32;
    }
    let half_edges = hull.triangles.len() * 3;
    let ends = scratch.take_zeroed::<u32>(count)?;
    let neighbours = scratch.take::<u32>(half_edges)?;
    let directed =
        || hull.triangles.iter().flat_map(|t| [(t[0], t[1]), (t[1], t[2]), (t[2], t[0])]);
    for (a, _) in directed() {
        ends[number[a as usize] as usize] += 1;
    }
    let mut before = 0;
    for end in ends.iter_mut() {
        before += core::mem::replace(end, before);
    }
    for (a, b) in directed() {
        let end = &mut ends[number[a as usize] as usize];
        neighbours[*end as usize] = number[b as usize];
        *end += 1;
    }
    // Each edge once from either side: sorted, both are neighbours.
    let sides = scratch.take::<[u64; 2]>(half_edges / 2 * 2)?;
    for (place, (i, (a, b))) in sides.iter_mut().zip(directed().enumerate()) {
        *place = [u64::from(a.min(b)) << 32 | u64::from(a.max(b)), i as u64 / 3];
    }
    sides.sort_unstable();
    let edges = scratch.take::<Edge>(half_edges / 2)?;
    let sharp = scratch.take_zeroed::<u8>(count)?;
    let mut kept = 0;
    for pair in sides.chunks_exact(2) {
        let corners =
            |side: [u64; 2]| hull.triangles[side[1] as usize].map(|v| hull.points[v as usize]);
        let (s, t) = (corners(pair[0]), corners(pair[1]));
        if t.iter().all(|p| height(s, *p) == 0) {
            continue;
        }
        let at = |v: u64| in_mm(hull.points[v as usize], spacing);
        let (a, b) = (at(pair[0][0] >> 32), at(pair[0][0] & 0xffff_ffff));
        let normal = |c: [Point; 3]| {
            let [a, b, c] = c.map(|p| in_mm(p, spacing));
            unit(cross(minus(b, a), minus(c, a)))
        };
        for end in [pair[0][0] >> 32, pair[0][0] & 0xffff_ffff] {
            sharp[number[end as usize] as usize] = 1;
        }
        edges[kept] = [a, unit(minus(b, a)), normal(s), normal(t)];
        kept += 1;
    }
    Ok((Graph { points, ends, neighbours, sharp }, &edges[..kept]))
}

/// Height of a point above a triangle's plane, exact.
fn height([a, b, c]: [Point; 3], p: Point) -> i64 {
    let d = |q: Point, i: usize| i64::from(q[i]) - i64::from(a[i]);
    let n = [
        d(b, 1) * d(c, 2) - d(b, 2) * d(c, 1),
        d(b, 2) * d(c, 0) - d(b, 0) * d(c, 2),
        d(b, 0) * d(c, 1) - d(b, 1) * d(c, 0),
    ];
    (0..3).map(|i| n[i] * d(p, i)).sum()
}
