//! The convex hull by trying every triangle, and boxes by trying every orientation.

use radiomics::volume::Mask;
use support::boxes::MaskBox;

type Point = [i64; 3];

/// Vertices of the mesh in half voxels: midway between a voxel and a neighbour outside.
pub fn mesh_vertices(b: &MaskBox) -> Vec<Point> {
    let mut out = Vec::new();
    for p in b.places(Mask::MORPHOLOGICAL) {
        for axis in 0..3 {
            for side in [-1, 1] {
                let mut q = p;
                q[axis] += side;
                if b.at(q) & Mask::MORPHOLOGICAL == 0 {
                    let mut vertex = p.map(|x| 2 * x);
                    vertex[axis] += side;
                    out.push(vertex);
                }
            }
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

fn cross(a: Point, b: Point, c: Point) -> Point {
    let (u, v) = ([0, 1, 2].map(|i| b[i] - a[i]), [0, 1, 2].map(|i| c[i] - a[i]));
    [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]]
}

fn height(n: Point, a: Point, p: Point) -> i64 {
    (0..3).map(|i| n[i] * (p[i] - a[i])).sum()
}

/// What is known of a hull from its planes.
pub struct Facts {
    /// In 48ths of a voxel.
    pub volume: i64,
    /// In mm^2.
    pub area: f64,
    /// Sorted.
    pub corners: Vec<Point>,
    pub facets: usize,
    pub edges: usize,
}

/// The hull from the planes through three points that have all points on one side.
pub fn facts(points: &[Point], spacing: [f64; 3]) -> Facts {
    let mut planes: Vec<(Point, i64, Vec<Point>)> = Vec::new();
    for (i, a) in points.iter().enumerate() {
        for (j, b) in points.iter().enumerate() {
            for c in &points[i.max(j)..] {
                let n = cross(*a, *b, *c);
                if n == [0; 3] || points.iter().any(|p| height(n, *a, *p) > 0) {
                    continue;
                }
                let g = n.iter().fold(0i64, |g, x| gcd(g, x.abs()));
                let n = n.map(|x| x / g);
                let offset = height(n, [0; 3], *a);
                if !planes.iter().any(|(m, o, _)| *m == n && *o == offset) {
                    let on = points.iter().copied().filter(|p| height(n, *a, *p) == 0).collect();
                    planes.push((n, offset, on));
                }
            }
        }
    }
    let mut facts =
        Facts { volume: 0, area: 0.0, corners: Vec::new(), facets: planes.len(), edges: 0 };
    for (n, _, on) in planes {
        let outline = outline(n, &on);
        for pair in outline[1..].windows(2) {
            let m = cross(outline[0], pair[0], pair[1]);
            facts.volume += height(m, [0; 3], outline[0]);
            let mm: [f64; 3] =
                [0, 1, 2].map(|i| m[i] as f64 / 4.0 * spacing[(i + 1) % 3] * spacing[(i + 2) % 3]);
            facts.area += mm.iter().map(|x| x * x).sum::<f64>().sqrt() / 2.0;
        }
        facts.edges += outline.len();
        facts.corners.extend(outline);
    }
    facts.edges /= 2;
    facts.corners.sort_unstable();
    facts.corners.dedup();
    facts
}

/// Corners of coplanar points, counterclockwise seen against the normal, by gift wrapping.
fn outline(n: Point, on: &[Point]) -> Vec<Point> {
    let start = *on.iter().min().expect("a point");
    let mut out = vec![start];
    loop {
        let here = out[out.len() - 1];
        let mut next = *on.iter().find(|p| **p != here).expect("another point");
        for p in on.iter().filter(|p| **p != here) {
            let turn = height(n, [0; 3], cross(here, next, *p));
            let length = |p: Point| (0..3).map(|i| (p[i] - here[i]).pow(2)).sum::<i64>();
            if turn < 0 || (turn == 0 && length(*p) > length(next)) {
                next = *p;
            }
        }
        if next == start {
            return out;
        }
        out.push(next);
    }
}

fn gcd(a: i64, b: i64) -> i64 {
    if b == 0 { a } else { gcd(b, a % b) }
}

/// Points in mm.
pub fn in_mm(points: &[Point], spacing: [f64; 3]) -> Vec<[f64; 3]> {
    points.iter().map(|p| [0, 1, 2].map(|i| p[i] as f64 / 2.0 * spacing[i])).collect()
}

/// Volume of the box around points after a rotation by three angles.
pub fn box_volume(points: &[[f64; 3]], angles: [f64; 3]) -> f64 {
    let [(sa, ca), (sb, cb), (sc, cc)] = angles.map(f64::sin_cos);
    let axes = [
        [ca * cb, ca * sb * sc - sa * cc, ca * sb * cc + sa * sc],
        [sa * cb, sa * sb * sc + ca * cc, sa * sb * cc - ca * sc],
        [-sb, cb * sc, cb * cc],
    ];
    axes.iter()
        .map(|axis| {
            let along = points.iter().map(|p| (0..3).map(|i| axis[i] * p[i]).sum::<f64>());
            let (low, high) =
                along.fold((f64::INFINITY, f64::NEG_INFINITY), |(l, h), x| (l.min(x), h.max(x)));
            high - low
        })
        .product()
}

/// The least volume found from the best of a grid of orientations, each refined by shrinking steps.
pub fn least_box(points: &[[f64; 3]], grid: usize, refined: usize) -> f64 {
    let quarter = std::f64::consts::FRAC_PI_2;
    let mut starts = Vec::new();
    for a in 0..grid {
        for b in 0..grid {
            for c in 0..grid {
                let angles = [a, b, c].map(|k| quarter * k as f64 / grid as f64);
                starts.push((box_volume(points, angles), angles));
            }
        }
    }
    starts.sort_by(|a, b| a.0.total_cmp(&b.0));
    starts.truncate(refined);
    let mut best = f64::INFINITY;
    for (mut volume, mut angles) in starts {
        let mut step = quarter / grid as f64;
        while step > 1e-9 {
            let mut improved = false;
            for axis in 0..3 {
                for sign in [-1.0, 1.0] {
                    let mut next = angles;
                    next[axis] += sign * step;
                    let found = box_volume(points, next);
                    if found < volume {
                        (volume, angles, improved) = (found, next, true);
                    }
                }
            }
            if !improved {
                step /= 2.0;
            }
        }
        best = best.min(volume);
    }
    best
}

/// Bounds of the volume of the smallest ellipsoid around points: Titterington's multiplicative ascent of the weights,
/// whose covariance bounds it from below, and from above once it is large enough to hold every point.
pub fn ellipsoid_volume(points: &[[f64; 3]], rounds: usize) -> [f64; 2] {
    let mut weights = vec![1.0 / points.len() as f64; points.len()];
    for round in 0.. {
        let mean = [0, 1, 2].map(|i| weigh(points, &weights, |p| p[i]));
        let s = [0, 1, 2].map(|i| {
            [0, 1, 2].map(|j| weigh(points, &weights, |p| (p[i] - mean[i]) * (p[j] - mean[j])))
        });
        let minor = |i: usize, j: usize| {
            let ([a, b], [c, d]) = ([1, 2].map(|k| (i + k) % 3), [1, 2].map(|k| (j + k) % 3));
            s[a][c] * s[b][d] - s[a][d] * s[b][c]
        };
        let determinant = (0..3).map(|j| s[0][j] * minor(0, j)).sum::<f64>();
        let distances: Vec<f64> = points
            .iter()
            .map(|p| {
                let d = [0, 1, 2].map(|i| p[i] - mean[i]);
                let row = |i: usize| (0..3).map(|j| minor(i, j) * d[j]).sum::<f64>();
                (0..3).map(|i| d[i] * row(i)).sum::<f64>() / determinant
            })
            .collect();
        if round == rounds {
            let ball = 4.0 / 3.0 * std::f64::consts::PI * determinant.sqrt();
            let most = distances.iter().copied().fold(0.0, f64::max);
            return [ball * 3f64.powf(1.5), ball * most.powf(1.5)];
        }
        for (weight, distance) in weights.iter_mut().zip(distances) {
            *weight *= (1.0 + distance) / 4.0;
        }
    }
    unreachable!("the last round returns")
}

fn weigh(points: &[[f64; 3]], weights: &[f64], value: impl Fn(&[f64; 3]) -> f64) -> f64 {
    points.iter().zip(weights).map(|(p, w)| w * value(p)).sum()
}
