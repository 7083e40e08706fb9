//! The surface inside a cube of eight voxel centres, for each of the 256 ways in which they can lie inside or
//! outside: marching cubes at level 0.5.
//!
//! The table is derived, not listed. On each face of the cube the surface separates inside corners from outside
//! ones; where two inside corners face each other diagonally, each is cut off on its own, as in the classic
//! tables. The segments close to loops. A loop that is not flat can be filled by different triangles: those are
//! taken that give most room to the side with fewer corners at the loop, and those halfway where both sides
//! have as many; of equals the largest area. This is what the classic tables do, said without numbering the
//! axes, so that the surface turns with the mask.

use core::cmp::Ordering;

use crate::math;

/// A corner or edge middle in half voxels from the first corner of the cube.
type Point = [i32; 3];

/// No loop has more points: there are 12 edges.
const MAX_LOOP: usize = 12;

/// Corners of the six faces, counterclockwise from outside.
const FACES: [[usize; 4]; 6] =
    [[4, 6, 2, 0], [1, 3, 7, 5], [1, 5, 4, 0], [2, 6, 7, 3], [2, 3, 1, 0], [4, 5, 7, 6]];

/// Corner `c` lies at x = bit 0, y = bit 1, z = bit 2.
const fn corner(c: usize) -> Point {
    [2 * (c & 1) as i32, (c & 2) as i32, (c >> 1 & 2) as i32]
}

fn middle(a: usize, b: usize) -> Point {
    let (a, b) = (corner(a), corner(b));
    [(a[0] + b[0]) / 2, (a[1] + b[1]) / 2, (a[2] + b[2]) / 2]
}

/// What the surface in one cube adds.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Patch {
    /// Area in mm^2.
    pub area: f64,
    /// x component of the doubled area vector, in squared half voxels.
    pub vector: i64,
    /// Six times the integral of x over that component, from the cube's first corner, in cubed half voxels.
    pub flux: i64,
}

/// The surface of a configuration: bit `c` says whether corner `c` is inside.
pub(super) fn patch(inside: u8, spacing: [f64; 3]) -> Patch {
    let is_inside = |c: usize| inside >> c & 1 == 1;
    // From each edge middle where the surface enters a face to where it leaves it.
    let mut segments: heapless::Vec<(Point, Point), MAX_LOOP> = heapless::Vec::new();
    for face in FACES {
        for k in 0..4 {
            let (here, next) = (face[k], face[(k + 1) % 4]);
            if is_inside(here) && !is_inside(next) {
                // Back along the inside corners to where the boundary came in.
                let mut first = k;
                let before = |k: usize| (k + 3) % 4;
                while is_inside(face[before(first)]) {
                    first = before(first);
                }
                let entry = middle(face[before(first)], face[first]);
                let _ = segments.push((entry, middle(here, next)));
            }
        }
    }
    let mut out = Patch::default();
    while let Some((start, mut at)) = segments.pop() {
        let mut points: heapless::Vec<Point, MAX_LOOP> = heapless::Vec::new();
        let _ = points.push(start);
        while at != start {
            let _ = points.push(at);
            let Some(next) = segments.iter().position(|s| s.0 == at) else { break };
            at = segments.swap_remove(next).1;
        }
        fill(&points, inside, spacing, &mut out);
    }
    out
}

/// Six times the signed volume of the tetrahedron over the origin.
fn determinant(a: Point, b: Point, c: Point) -> i64 {
    let n = cross(a, b, c);
    (0..3).map(|i| i64::from(a[i]) * n[i]).sum()
}

/// Doubled area vector of a triangle.
fn cross(a: Point, b: Point, c: Point) -> [i64; 3] {
    let d = |p: Point, i: usize| i64::from(p[i] - a[i]);
    [
        d(b, 1) * d(c, 2) - d(b, 2) * d(c, 1),
        d(b, 2) * d(c, 0) - d(b, 0) * d(c, 2),
        d(b, 0) * d(c, 1) - d(b, 1) * d(c, 0),
    ]
}

fn triangle_area(a: Point, b: Point, c: Point, spacing: [f64; 3]) -> f64 {
    let [x, y, z] = cross(a, b, c).map(|v| v as f64);
    let [sx, sy, sz] = spacing;
    let n = [x * sy * sz, y * sz * sx, z * sx * sy];
    // Half of the doubled area, in half voxels: an eighth.
    math::sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2]) / 8.0
}

/// The two corners of the edge with this middle.
fn ends(point: Point) -> [usize; 2] {
    let bit = |axis: usize| usize::from(point[axis] == 2) << axis;
    let first = bit(0) | bit(1) | bit(2);
    let along = (0..3).find(|axis| point[*axis] == 1).unwrap_or(0);
    [first, first | 1 << along]
}

/// Fills a loop and adds what its surface measures.
fn fill(points: &[Point], inside: u8, spacing: [f64; 3], out: &mut Patch) {
    if points.len() < 3 {
        return;
    }
    let last = points.len() - 1;
    let mut corners = 0u8;
    for corner in points.iter().flat_map(|p| ends(*p)) {
        corners |= 1 << corner;
    }
    let (mut low, mut high) = (i64::MAX, i64::MIN);
    triangulations(points, 0, last, spacing, &mut |volume, _| {
        (low, high) = (low.min(volume), high.max(volume));
    });
    let (within, without) = ((corners & inside).count_ones(), (corners & !inside).count_ones());
    let wanted = match within.cmp(&without) {
        Ordering::Less => high,
        Ordering::Greater => low,
        Ordering::Equal => low + (high - low) / 2,
    };
    // The nearest volume that some triangulation has; of equally near ones the larger.
    let mut best = (i64::MAX, i64::MIN, f64::NEG_INFINITY);
    triangulations(points, 0, last, spacing, &mut |volume, area| {
        let away = (volume - wanted).abs();
        // Areas that differ by rounding alone are equal.
        let larger = volume > best.1 || (volume == best.1 && area > best.2 * (1.0 + 1e-12));
        if away < best.0 || (away == best.0 && larger) {
            best = (away, volume, area);
        }
    });
    out.area += best.2;
    // The area vector depends on the loop alone; the flux of any triangulation differs from that of another by
    // the volume between them.
    let mut fan = 0;
    for pair in points[1..].windows(2) {
        let (a, b, c) = (points[0], pair[0], pair[1]);
        let x = cross(a, b, c)[0];
        fan += determinant(a, b, c);
        out.vector += x;
        out.flux += x * i64::from(a[0] + b[0] + c[0]);
    }
    out.flux += best.1 - fan;
}

/// Calls `visit` with six times the volume (over the origin) and the area of every way to cut the part `i..=j` of a
/// loop into triangles. A loop has at most nine points: 429 ways.
fn triangulations(
    points: &[Point],
    i: usize,
    j: usize,
    spacing: [f64; 3],
    visit: &mut dyn FnMut(i64, f64),
) {
    if j < i + 2 {
        visit(0, 0.0);
        return;
    }
    for k in i + 1..j {
        let (a, b, c) = (points[i], points[k], points[j]);
        let (volume, area) = (determinant(a, b, c), triangle_area(a, b, c, spacing));
        triangulations(points, i, k, spacing, &mut |v, s| {
            triangulations(points, k, j, spacing, &mut |w, t| {
                visit(volume + v + w, area + (s + t))
            });
        });
    }
}
