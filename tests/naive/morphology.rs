//! Morphology with every triangle listed in mm, and plain sums over voxels.

use radiomics::volume::Mask;
use support::boxes::{MaskBox, places};

type Point = [f64; 3];
type Triangle = [Point; 3];

fn minus(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn cross(a: Point, b: Point) -> Point {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: Point, b: Point) -> f64 {
    (0..3).map(|i| a[i] * b[i]).sum()
}

fn area(t: &[Triangle]) -> f64 {
    t.iter()
        .map(|[a, b, c]| cross(minus(*b, *a), minus(*c, *a)))
        .map(|n| dot(n, n).sqrt() / 2.0)
        .sum()
}

fn volume(t: &[Triangle]) -> f64 {
    t.iter().map(|[a, b, c]| dot(*a, cross(*b, *c)) / 6.0).sum()
}

/// Every way to cut a polygon into triangles.
fn triangulations(polygon: &[Point]) -> Vec<Vec<Triangle>> {
    let n = polygon.len();
    if n < 3 {
        return vec![Vec::new()];
    }
    let mut out = Vec::new();
    for k in 1..n - 1 {
        for left in triangulations(&polygon[..=k]) {
            for right in triangulations(&polygon[k..]) {
                let mut all = vec![[polygon[0], polygon[k], polygon[n - 1]]];
                all.extend(left.iter().chain(&right).copied());
                out.push(all);
            }
        }
    }
    out
}

/// The corner of the cube on the other side along an axis.
fn flipped(c: [i64; 3], axis: usize) -> [i64; 3] {
    [0, 1, 2].map(|a| if a == axis { 1 - c[a] } else { c[a] })
}

/// The surface in the cube whose lowest corner is `p`: walks round the edges that cross the surface, from face to
/// face, keeping inside corners apart where a face is ambiguous.
fn cube(b: &MaskBox, p: [i64; 3]) -> Vec<Triangle> {
    let inside =
        |c: [i64; 3]| b.at([p[0] + c[0], p[1] + c[1], p[2] + c[2]]) & Mask::MORPHOLOGICAL != 0;
    // A crossed edge, as its inside and its outside corner.
    let mut edges = Vec::new();
    for c in places([2; 3]) {
        for a in 0..3 {
            let mut d = c;
            d[a] = 1 - d[a];
            if inside(c) && !inside(d) {
                edges.push((c, d));
            }
        }
    }
    let mut out = Vec::new();
    while let Some(start) = edges.pop() {
        let mut ring = vec![start];
        // On a face that holds the edge, the surface goes to the other crossed edge at the same inside corner, or
        // across to the next inside corner along the rim.
        let mut here = start;
        let mut axis = (0..3).find(|a| start.0[*a] == start.1[*a]).expect("a face");
        loop {
            let level = here.0[axis];
            let along = (0..3).find(|a| here.0[*a] != here.1[*a]).expect("an edge");
            let other = 3 - axis - along;
            let turn = |c: [i64; 3]| flipped(c, other);
            let (c, d) = here;
            let next = if !inside(turn(c)) {
                (c, turn(c))
            } else if !inside(turn(d)) {
                (turn(c), turn(d))
            } else {
                (turn(d), d)
            };
            assert_eq!(next.0[axis], level);
            // Leave through the other face that holds the new edge.
            let along = (0..3).find(|a| next.0[*a] != next.1[*a]).expect("an edge");
            axis = 3 - axis - along;
            here = next;
            if here == start {
                break;
            }
            edges.retain(|e| *e != here);
            ring.push(here);
        }
        let middles: Vec<Point> = ring
            .iter()
            .map(|(c, d)| [0, 1, 2].map(|i| p[i] as f64 + (c[i] + d[i]) as f64 / 2.0))
            .collect();
        let count = |of: &dyn Fn(&([i64; 3], [i64; 3])) -> [i64; 3]| {
            let mut corners: Vec<_> = ring.iter().map(of).collect();
            corners.sort_unstable();
            corners.dedup();
            corners.len()
        };
        let (within, without) = (count(&|e| e.0), count(&|e| e.1));
        // Outward: away from the inside corner of the first edge, for the triangles as a whole.
        let all = triangulations(&middles);
        let outward = |t: &[Triangle]| -> f64 {
            t.iter()
                .map(|[a, b, c]| cross(minus(*b, *a), minus(*c, *a)))
                .map(|n| {
                    let (i, o) = ring.iter().fold(([0.0; 3], [0.0; 3]), |(i, o), e| {
                        (
                            [0, 1, 2].map(|k| i[k] + e.0[k] as f64),
                            [0, 1, 2].map(|k| o[k] + e.1[k] as f64),
                        )
                    });
                    dot(n, minus(o, i))
                })
                .sum()
        };
        let sign = if outward(&all[0]) < 0.0 { -1.0 } else { 1.0 };
        let volumes: Vec<f64> = all.iter().map(|t| sign * volume(t)).collect();
        let low = volumes.iter().copied().fold(f64::INFINITY, f64::min);
        let high = volumes.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let wanted = match within.cmp(&without) {
            std::cmp::Ordering::Less => high,
            std::cmp::Ordering::Greater => low,
            std::cmp::Ordering::Equal => (low + high) / 2.0,
        };
        let nearest = volumes.iter().map(|v| (v - wanted).abs()).fold(f64::INFINITY, f64::min);
        let near = |v: f64| ((v - wanted).abs() - nearest).abs() < 1e-9;
        let largest =
            volumes.iter().copied().filter(|v| near(*v)).fold(f64::NEG_INFINITY, f64::max);
        let oriented = all.into_iter().zip(volumes).filter(|(_, v)| (v - largest).abs() < 1e-9);
        out.push((oriented.map(|(t, _)| t).collect::<Vec<_>>(), sign));
    }
    // The area decides between equal volumes; the caller knows the spacing.
    out.into_iter()
        .flat_map(|(ways, sign)| {
            let way = ways.into_iter().next().expect("a way");
            way.into_iter().map(move |[a, b, c]| if sign < 0.0 { [a, c, b] } else { [a, b, c] })
        })
        .collect()
}

/// Volume and area of the mesh.
pub fn mesh(b: &MaskBox, spacing: [f64; 3]) -> (f64, f64) {
    let shape = b.shape.map(|n| n + 1);
    let (mut total_volume, mut total_area) = (0.0, 0.0);
    for q in places(shape) {
        let triangles = cube(b, [q[0] - 1, q[1] - 1, q[2] - 1]);
        let scaled: Vec<Triangle> =
            triangles.iter().map(|t| t.map(|p| [0, 1, 2].map(|i| p[i] * spacing[i]))).collect();
        total_volume += volume(&scaled);
        total_area += area(&scaled);
    }
    (total_volume, total_area)
}

/// Eigenvalues of a symmetric matrix, falling, from its characteristic polynomial.
fn eigenvalues(a: [[f64; 3]; 3]) -> [f64; 3] {
    let q = (a[0][0] + a[1][1] + a[2][2]) / 3.0;
    let off = a[0][1].powi(2) + a[0][2].powi(2) + a[1][2].powi(2);
    let p = (((0..3).map(|i| (a[i][i] - q).powi(2)).sum::<f64>() + 2.0 * off) / 6.0).sqrt();
    if p == 0.0 {
        return [q; 3];
    }
    let b: [Point; 3] =
        [0, 1, 2].map(|i| [0, 1, 2].map(|j| (a[i][j] - if i == j { q } else { 0.0 }) / p));
    let r = (dot(b[0], cross(b[1], b[2])) / 2.0).clamp(-1.0, 1.0);
    let angle = r.acos() / 3.0;
    let first = q + 2.0 * p * angle.cos();
    let last = q + 2.0 * p * (angle + 2.0 * std::f64::consts::PI / 3.0).cos();
    [first, 3.0 * q - first - last, last]
}

/// Area of an ellipsoid by summing small patches over its parameters.
pub fn ellipsoid_area([a, b, c]: [f64; 3]) -> f64 {
    let n = 1200;
    let pi = std::f64::consts::PI;
    let mut sum = 0.0;
    for i in 0..n {
        let u = pi * (f64::from(i) + 0.5) / f64::from(n);
        for j in 0..n {
            let v = pi / 2.0 * (f64::from(j) + 0.5) / f64::from(n);
            let (su, cu) = u.sin_cos();
            let (sv, cv) = v.sin_cos();
            let x = b * c * su * su * cv;
            let y = a * c * su * su * sv;
            let z = a * b * su * cu;
            sum += (x * x + y * y + z * z).sqrt();
        }
    }
    4.0 * sum * (pi / f64::from(n)) * (pi / 2.0 / f64::from(n))
}

/// The series of the IBSI manual for the area of an ellipsoid with semi-axes a >= b >= c, with Legendre's polynomials by
/// their explicit sums.
pub fn series_area([a, b, c]: [f64; 3]) -> f64 {
    let (alpha, beta) = ((1.0 - (b / a).powi(2)).sqrt(), (1.0 - (c / a).powi(2)).sqrt());
    let choose =
        |n: i32, k: i32| (0..k).map(|i| f64::from(n - i) / f64::from(i + 1)).product::<f64>();
    let mut sum = 0.0;
    for v in 0..=20i32 {
        // (alpha beta)^v P_v(x) with x = (alpha^2 + beta^2) / (2 alpha beta), power by power.
        let term: f64 = (0..=v / 2)
            .map(|k| {
                let sign = if k % 2 == 0 { 1.0 } else { -1.0 };
                let power = ((alpha * alpha + beta * beta) / 2.0).powi(v - 2 * k);
                sign * choose(v, k) * choose(2 * v - 2 * k, v) * power * (alpha * beta).powi(2 * k)
            })
            .sum::<f64>()
            / 2f64.powi(v);
        sum += term / (1.0 - 4.0 * f64::from(v * v));
    }
    4.0 * std::f64::consts::PI * a * b * sum
}

/// The three axis lengths, falling; `None` with one voxel.
pub fn axes(b: &MaskBox, spacing: [f64; 3]) -> Option<[f64; 3]> {
    let points: Vec<Point> = b
        .places(Mask::MORPHOLOGICAL)
        .into_iter()
        .map(|p| [0, 1, 2].map(|i| p[i] as f64 * spacing[i]))
        .collect();
    let n = points.len() as f64;
    let mean = [0, 1, 2].map(|i| points.iter().map(|p| p[i]).sum::<f64>() / n);
    let covariance = [0, 1, 2].map(|i| {
        [0, 1, 2].map(|j| {
            points.iter().map(|p| (p[i] - mean[i]) * (p[j] - mean[j])).sum::<f64>() / (n - 1.0)
        })
    });
    (points.len() > 1).then(|| eigenvalues(covariance).map(|l| 4.0 * l.max(0.0).sqrt()))
}

/// Distance of the centre of the voxels and the centre weighted by intensity; `None` where the weights sum to 0.
pub fn centre_shift(b: &MaskBox, values: &[f64], spacing: [f64; 3]) -> Option<f64> {
    let value = |p: &[i64; 3]| {
        values[p[0] as usize + b.shape[0] * (p[1] as usize + b.shape[1] * p[2] as usize)]
    };
    let all = b.places(Mask::MORPHOLOGICAL);
    let weighted = b.places(Mask::INTENSITY);
    let total: f64 = weighted.iter().map(value).sum();
    let d = [0, 1, 2].map(|i| {
        let plain = all.iter().map(|p| p[i] as f64).sum::<f64>() / all.len() as f64;
        let heavy = weighted.iter().map(|p| p[i] as f64 * value(p)).sum::<f64>() / total;
        (plain - heavy) * spacing[i]
    });
    (total != 0.0).then(|| dot(d, d).sqrt())
}
