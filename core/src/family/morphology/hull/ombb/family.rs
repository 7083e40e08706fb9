//! The boxes with a face through each of two edges, and the least of them.
//!
//! With the first face's normal `a` given, the second one is at right angles to `a` and to the second edge. So
//! the boxes form a curve, and on it the volume for six given corners is a quotient of polynomials:
//!
//! ```text
//! x linear,  y = x × edge,  z = x × y:   V = (x·p) (y·q) (z·r) / (|x|² |y|²)
//! ```
//!
//! where p, q, r lead from one corner of the hull to another. No other corners make a width smaller than what
//! the hull has, so with the widest corners at the middle of a stretch this is a lower bound on all of it; it is
//! compared with the best volume by its Bernstein coefficients. Where they do not decide, the stretch is halved.

use super::super::vector::{Vector, add, cross, dot, length, minus, times, unit};
use super::shape::{Hinge, Shape, Starts};
use super::{EXCESS, volume};
use crate::error::Error;
use crate::math;

/// Part of a family: both normals at either end.
#[derive(Clone, Copy, Debug)]
pub(super) struct Stretch {
    pub first: [Vector; 2],
    pub second: [Vector; 2],
}

/// More halvings of a stretch than it takes until its boxes are all alike.
const DEPTH: usize = 100;
/// Square of the angle that counts as nothing.
const NOTHING: f64 = 1e-26;
/// Sine of the angle between parallel directions: a box there belongs to other families, too.
const PARALLEL: f64 = 1e-12;
/// Dot products of unit vectors are this exact.
pub(super) const NOISE: f64 = 1e-14;
/// Cosine with both facets' normals below which a direction counts as along their edge.
const ALONG: f64 = 1e-12;

/// Stretches of a family where the first normal lies between two directions. `at` holds the dot products of
/// these two directions with both normals of the second hinge.
pub(super) fn stretches(
    ends: [Vector; 2],
    reach: Vector,
    second: &Hinge,
    at: [[f64; 2]; 2],
    mut found: impl FnMut(Stretch),
) {
    let at = at.map(|dots| dots.map(|x| if math::abs(x) < NOISE { 0.0 } else { x }));
    // A face through the second edge is possible while its facets' normals lie on both sides of the circle
    // at right angles to the first normal. Each crosses it once at most.
    let root = |i: usize| {
        let (x, y) = (at[0][i], at[1][i]);
        if x * y < 0.0 { x / (x - y) } else { 0.0 }
    };
    let (r, s) = (root(0), root(1));
    let places = [0.0, r.min(s), r.max(s), 1.0];
    let dots = |place: f64| [0, 1].map(|i| at[0][i] + place * (at[1][i] - at[0][i]));
    // Between the facets' normals and at right angles to the first normal; along the second edge none is given,
    // and the limit from inside stands for it.
    let between = |place: f64| {
        let [x, y] = dots(place).map(math::abs);
        if x + y < NOISE {
            return None;
        }
        Some(unit(add(times(y, second.normals[0]), times(x, second.normals[1]))))
    };
    let normal = |place: f64| unit(add(ends[0], times(place, reach)));
    // Where the first normal is along the second edge, any second normal between the facets' will do.
    for place in [places[1], 1.0] {
        if dots(place).iter().all(|x| math::abs(*x) < ALONG) {
            found(Stretch { first: [normal(place); 2], second: second.normals });
        }
    }
    for pair in places.windows(2) {
        let (from, to) = (pair[0], pair[1]);
        let middle = (from + to) / 2.0;
        let [x, y] = dots(middle);
        if from >= to || x * y > 0.0 {
            continue;
        }
        let inside = between(middle);
        let (Some(b), Some(c)) = (between(from).or(inside), between(to).or(inside)) else {
            continue;
        };
        found(Stretch { first: [from, to].map(normal), second: [b, c] });
    }
}

/// Lowers `best` to the least box of a stretch, unless that is larger than the best one found.
pub(super) fn search(
    shape: &Shape,
    hinges: [&Hinge; 2],
    stretch: Stretch,
    starts: &mut Starts,
    best: &mut [f64; 3],
    mut visit: impl FnMut() -> Result<(), Error>,
) -> Result<(), Error> {
    // The ends first: faces flush with facets are often the best, and there is no better way to hit them.
    for end in [0, 1] {
        let (a, b) = (stretch.first[end], stretch.second[end]);
        keep(shape, [a, b, cross(a, b)], starts, best);
    }
    let mut open: heapless::Vec<Stretch, DEPTH> = heapless::Vec::new();
    let _ = open.push(stretch);
    while let Some(Stretch { first, second }) = open.pop() {
        visit()?;
        // The normal that turns farther leads the other.
        let square = |[u, v]: [Vector; 2]| dot(minus(u, v), minus(u, v));
        let leading = square(first) >= square(second);
        let (x, y, edge) = if leading {
            (first, second, hinges[1].along)
        } else {
            (second, first, hinges[0].along)
        };
        let lengths = x.map(|x| length(cross(x, edge)));
        let middle = unit(add(x[0], x[1]));
        let across = cross(middle, edge);
        if length(across) < PARALLEL {
            continue;
        }
        let across = unit(across);
        let ahead = dot(across, add(y[0], y[1])) >= 0.0;
        let across = if ahead { across } else { times(-1.0, across) };
        let axes = [middle, across, cross(middle, across)];
        let spans = keep(shape, axes, starts, best);
        if square(x) < NOTHING || open.len() + 2 > DEPTH {
            continue;
        }
        let y_scaled = [times(lengths[0], y[0]), times(lengths[1], y[1])];
        if none_below(x, y_scaled, spans, volume(*best) * (1.0 - EXCESS)) {
            continue;
        }
        let halves = |[u, v]: [Vector; 2], m: Vector| ([u, m], [m, v]);
        let ((x0, x1), (y0, y1)) = (halves(x, middle), halves(y, across));
        let part = |x, y| {
            if leading { Stretch { first: x, second: y } } else { Stretch { first: y, second: x } }
        };
        // Depth first: the list grows by one a halving.
        let _ = open.push(part(x0, y0));
        let _ = open.push(part(x1, y1));
    }
    Ok(())
}

/// Compares the box of three axes with the best one; returns the spans of the hull along them.
fn keep(shape: &Shape, axes: [Vector; 3], starts: &mut Starts, best: &mut [f64; 3]) -> [Vector; 3] {
    let spans = shape.spans(axes, starts);
    let sides = [0, 1, 2].map(|i| dot(spans[i], axes[i]));
    if volume(sides) < volume(*best) {
        *best = sides;
    }
    spans
}

/// Whether no box of a stretch is smaller than `volume`, judged by given spans.
fn none_below(x: [Vector; 2], y: [Vector; 2], spans: [Vector; 3], volume: f64) -> bool {
    let [p, q, r] = spans;
    let z = [
        dot(r, cross(x[0], y[0])),
        (dot(r, cross(x[0], y[1])) + dot(r, cross(x[1], y[0]))) / 2.0,
        dot(r, cross(x[1], y[1])),
    ];
    let (u, v) = (x.map(|x| dot(p, x)), y.map(|y| dot(q, y)));
    // A product of lower bounds is one if none is negative.
    if u.iter().chain(&v).chain(&z).any(|c| *c < 0.0) {
        return false;
    }
    let uv = [u[0] * v[0], (u[0] * v[1] + u[1] * v[0]) / 2.0, u[1] * v[1]];
    let square = |[a, b]: [Vector; 2]| [dot(a, a), dot(a, b), dot(b, b)];
    let widths = product(uv, z);
    let lengths = product(square(x), square(y));
    widths.iter().zip(lengths).all(|(w, l)| *w >= volume * l)
}

/// Product of two polynomials of degree 2 in Bernstein form.
fn product(a: [f64; 3], b: [f64; 3]) -> [f64; 5] {
    [
        a[0] * b[0],
        (a[0] * b[1] + a[1] * b[0]) / 2.0,
        (a[0] * b[2] + 4.0 * a[1] * b[1] + a[2] * b[0]) / 6.0,
        (a[1] * b[2] + a[2] * b[1]) / 2.0,
        a[2] * b[2],
    ]
}
