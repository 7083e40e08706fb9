//! The surface inside a cube of eight voxel centres, for each of the 256 ways in which they can lie inside or
//! outside: marching cubes at level 0.5.
//!
//! The table is derived, not listed. On each face of the cube the surface separates inside corners from outside
//! ones; where two inside corners face each other diagonally, each is cut off on its own, as in the classic
//! tables. The segments close to loops, and a loop is filled by the triangles that enclose the most volume
//! (of equals, the largest area), which makes the surface independent of how the axes are numbered.

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
        fill(&points, spacing, &mut out);
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

/// Fills a loop with the triangles that enclose the most volume, by the optimum over its chords.
fn fill(points: &[Point], spacing: [f64; 3], out: &mut Patch) {
    let n = points.len();
    if n < 3 {
        return;
    }
    let mut best = [[(0i64, 0.0f64, 0usize); MAX_LOOP]; MAX_LOOP];
    for length in 2..n {
        for i in 0..n - length {
            let j = i + length;
            let mut top = (i64::MIN, f64::NEG_INFINITY, i + 1);
            for k in i + 1..j {
                let (a, b, c) = (points[i], points[k], points[j]);
                let (left, right) = (best[i][k], best[k][j]);
                let volume = determinant(a, b, c) + left.0 + right.0;
                let area = triangle_area(a, b, c, spacing) + (left.1 + right.1);
                // Areas that differ by rounding alone are equal.
                if volume > top.0 || (volume == top.0 && area > top.1 * (1.0 + 1e-12)) {
                    top = (volume, area, k);
                }
            }
            best[i][j] = top;
        }
    }
    out.area += best[0][n - 1].1;
    let mut chords: heapless::Vec<(usize, usize), MAX_LOOP> = heapless::Vec::new();
    let _ = chords.push((0, n - 1));
    while let Some((i, j)) = chords.pop() {
        if j - i < 2 {
            continue;
        }
        let k = best[i][j].2;
        let (a, b, c) = (points[i], points[k], points[j]);
        let x = cross(a, b, c)[0];
        out.vector += x;
        out.flux += x * i64::from(a[0] + b[0] + c[0]);
        let _ = chords.push((i, k));
        let _ = chords.push((k, j));
    }
}
