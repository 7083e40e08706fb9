//! Morphology with every polygon of the mesh listed in mm, and plain sums over voxels.

use std::collections::HashMap;
use std::sync::OnceLock;

use radiomics::volume::Mask;
use support::boxes::{MaskBox, places};

type Point = [f64; 3];

fn minus(a: Point, b: Point) -> Point {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

fn cross(a: Point, b: Point) -> Point {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: Point, b: Point) -> f64 {
    (0..3).map(|i| a[i] * b[i]).sum()
}

/// The flat pieces of the surface in a cube, for one configuration of every kind: drawn by hand after the classic
/// figure, diagonal corners of a face kept apart. First the inside corners, then the pieces: each vertex is the middle
/// of the edge between the two corners it names. Corner c lies at x = bit 0, y = bit 1, z = bit 2.
const CLASSIC: &[(&str, &str)] = &[
    ("", ""),
    ("0", "01 02 04"),
    ("01", "02 13 15 04"),
    ("12", "10 13 15, 20 23 26"),
    ("012", "15 26 23 13, 04 26 15"),
    ("0123", "04 15 37 26"),
    ("124", "10 13 15, 20 23 26, 40 45 46"),
    ("0124", "13 15 45 46 26 23"),
    ("34", "31 32 37, 40 45 46"),
    ("034", "01 02 46 45, 31 32 37"),
    ("0134", "37 45 02, 37 15 45, 45 46 02, 02 23 37"),
    ("1234", "10 15 26 20, 37 26 15, 40 45 46"),
    ("01234", "51 62 64 54, 73 62 51"),
    ("2345", "20 31 37 26, 40 51 57 46"),
    ("02345", "01 26 37, 01 37 31, 01 51 57, 01 57 46, 01 46 26"),
    ("012345", "62 73 75 64"),
    ("0356", "01 02 04, 31 32 37, 51 54 57, 62 64 67"),
    ("01356", "02 04 54 57 37 32, 62 64 67"),
    ("012356", "04 46 67 37, 37 57 45 04"),
    ("123456", "01 02 04, 73 75 76"),
    ("0123456", "73 75 76"),
    ("01234567", ""),
];

/// A flat piece: edges as their inside and their outside corner.
type Piece = Vec<(usize, usize)>;

/// The pieces of every configuration, from the classic ones turned and mirrored.
fn table() -> &'static [Vec<Piece>] {
    static TABLE: OnceLock<Vec<Vec<Piece>>> = OnceLock::new();
    TABLE.get_or_init(|| {
        let digit = |c: char| c.to_digit(10).expect("a corner") as usize;
        let mut out: HashMap<usize, Vec<Piece>> = HashMap::new();
        for (inside, pieces) in CLASSIC {
            for axes in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
                for mirrored in 0..8usize {
                    let turn = |c: usize| {
                        mirrored ^ (0..3).map(|i| (c >> i & 1) << axes[i]).sum::<usize>()
                    };
                    let set: usize = inside.chars().map(|c| 1 << turn(digit(c))).sum();
                    out.entry(set).or_insert_with(|| {
                        let edge = |e: &str| {
                            let mut ends = e.chars().map(|c| turn(digit(c)));
                            let (a, b) = (ends.next().expect("a"), ends.next().expect("b"));
                            if set >> a & 1 == 1 { (a, b) } else { (b, a) }
                        };
                        let texts = pieces.split(", ").filter(|p| !p.is_empty());
                        texts.map(|p| p.split(' ').map(edge).collect()).collect()
                    });
                }
            }
        }
        (0..256).map(|set| out.remove(&set).expect("every configuration")).collect()
    })
}

/// The mesh: flat polygons in mm, counterclockwise from outside.
fn polygons(b: &MaskBox, spacing: [f64; 3]) -> Vec<Vec<Point>> {
    let corner = |c: usize| [c & 1, c >> 1 & 1, c >> 2 & 1].map(|x| x as f64);
    let mut out = Vec::new();
    for q in places(b.shape.map(|n| n + 1)) {
        let inside: usize = (0..8)
            .filter(|c| {
                let p = [0, 1, 2].map(|i| q[i] - 1 + (c >> i & 1) as i64);
                b.at(p) & Mask::MORPHOLOGICAL != 0
            })
            .map(|c| 1 << c)
            .sum();
        for piece in &table()[inside] {
            let place = |(a, b): &(usize, usize)| {
                let (a, b) = (corner(*a), corner(*b));
                [0, 1, 2].map(|i| (q[i] as f64 - 1.0 + (a[i] + b[i]) / 2.0) * spacing[i])
            };
            let mut points: Vec<Point> = piece.iter().map(place).collect();
            let outward = piece.iter().fold([0.0; 3], |sum, (a, b)| {
                let d = minus(corner(*b), corner(*a));
                [0, 1, 2].map(|i| sum[i] + d[i] * spacing[i])
            });
            if dot(area_vector(&points), outward) < 0.0 {
                points.reverse();
            }
            out.push(points);
        }
    }
    out
}

/// Area times normal of a flat polygon.
fn area_vector(points: &[Point]) -> Point {
    points[1..].windows(2).fold([0.0; 3], |sum, pair| {
        let n = cross(minus(pair[0], points[0]), minus(pair[1], points[0]));
        [0, 1, 2].map(|i| sum[i] + n[i] / 2.0)
    })
}

/// What the mesh measures.
pub struct Mesh {
    pub volume: f64,
    pub area: f64,
    /// Sides of the box around the vertices.
    pub sides: [f64; 3],
    /// Largest distance between two vertices.
    pub diameter: f64,
}

/// Measures the mesh; `None` for an empty mask.
pub fn mesh(b: &MaskBox, spacing: [f64; 3]) -> Option<Mesh> {
    let polygons = polygons(b, spacing);
    let vertices: Vec<Point> = polygons.iter().flatten().copied().collect();
    let sides = [0, 1, 2].map(|i| {
        let along = vertices.iter().map(|p| p[i]);
        along.clone().fold(f64::NEG_INFINITY, f64::max) - along.fold(f64::INFINITY, f64::min)
    });
    let distance = |a: &Point, b: &Point| dot(minus(*a, *b), minus(*a, *b)).sqrt();
    let diameter = vertices.iter().flat_map(|a| vertices.iter().map(move |b| distance(a, b)));
    (!vertices.is_empty()).then(|| Mesh {
        volume: polygons.iter().map(|p| dot(p[0], area_vector(p)) / 3.0).sum(),
        area: polygons.iter().map(|p| dot(area_vector(p), area_vector(p)).sqrt()).sum(),
        sides,
        diameter: diameter.fold(0.0, f64::max),
    })
}

/// Whether all voxels lie on a plane.
pub fn is_flat(b: &MaskBox) -> bool {
    let points = b.places(Mask::MORPHOLOGICAL).into_iter().map(|p| p.map(|x| x as f64));
    let points: Vec<Point> = points.collect();
    let from = |p: &Point| minus(*p, points[0]);
    points.iter().all(|a| {
        points.iter().all(|b| points.iter().all(|c| dot(from(a), cross(from(b), from(c))) == 0.0))
    })
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

/// Covariance of the voxel centres; `None` with one voxel.
pub fn covariance(b: &MaskBox, spacing: [f64; 3]) -> Option<[[f64; 3]; 3]> {
    let points: Vec<Point> = b
        .places(Mask::MORPHOLOGICAL)
        .into_iter()
        .map(|p| [0, 1, 2].map(|i| p[i] as f64 * spacing[i]))
        .collect();
    let n = points.len() as f64;
    let mean = [0, 1, 2].map(|i| points.iter().map(|p| p[i]).sum::<f64>() / n);
    (points.len() > 1).then(|| {
        [0, 1, 2].map(|i| {
            [0, 1, 2].map(|j| {
                points.iter().map(|p| (p[i] - mean[i]) * (p[j] - mean[j])).sum::<f64>() / (n - 1.0)
            })
        })
    })
}

/// The three axis lengths, falling.
pub fn axes(covariance: [[f64; 3]; 3]) -> [f64; 3] {
    eigenvalues(covariance).map(|l| 4.0 * l.max(0.0).sqrt())
}

/// Sum, sum of products of pairs and product of the eigenvalues, from the matrix.
pub fn invariants(a: [[f64; 3]; 3]) -> [f64; 3] {
    let minor = |i: usize, j: usize| a[i][i] * a[j][j] - a[i][j] * a[j][i];
    [
        a[0][0] + a[1][1] + a[2][2],
        minor(0, 1) + minor(0, 2) + minor(1, 2),
        dot(a[0], cross(a[1], a[2])),
    ]
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
