//! From triangles to the true facets, edges and corners of the hull.
//!
//! Triangles that share an edge and a plane make one facet. An edge has different facets on its sides; a corner
//! has three edges at least, where a point inside an edge has two and one inside a facet none. Facets,
//! edges and corners of a hull are unique, unlike triangles.

use crate::heapsort;
use core::cmp::Ordering;

use super::Point;
use super::quickhull::{FREED, Triangles};

/// Not yet known.
const NONE: u32 = u32::MAX;

/// Where the polygons go.
pub(super) struct Polygons<'a> {
    pub vertices: &'a mut [Point],
    /// First corner of each facet, and the end.
    pub starts: &'a mut [u32],
    pub corners: &'a mut [u32],
    pub across: &'a mut [u32],
}

/// Numbers of corners and facets.
pub(super) fn merge(triangles: Triangles<'_, '_>, out: Polygons<'_>) -> [usize; 2] {
    let Triangles { points, corners, neighbours, normals, offsets, by_triangle, marks, by_point } =
        triangles;
    let [first, stack] = by_triangle;
    let [degrees, numbers] = by_point;
    // The facet of each triangle.
    let facets = marks;
    for facet in facets.iter_mut().filter(|f| **f != FREED) {
        *facet = UNLABELLED;
    }
    let mut count = 0;
    for seed in 0..corners.len() {
        if facets[seed] != UNLABELLED {
            continue;
        }
        facets[seed] = count;
        stack[0] = seed as u32;
        let mut open = 1;
        while open > 0 {
            open -= 1;
            let from = corners[stack[open] as usize];
            for other in neighbours[stack[open] as usize].map(|t| t as usize) {
                if facets[other] != UNLABELLED {
                    continue;
                }
                // Two corners are shared and lie in the plane.
                let apex = corners[other].iter().find(|p| !from.contains(p));
                let flat = |p: &u32| dot(normals[seed], points[*p as usize]) == offsets[seed];
                if apex.is_none_or(flat) {
                    facets[other] = count;
                    stack[open] = other as u32;
                    open += 1;
                }
            }
        }
        count += 1;
    }
    // Edges that start at each point.
    let live = |facets: &[u32], t: usize| facets[t] != FREED;
    degrees.fill(0);
    for t in (0..corners.len()).filter(|t| live(facets, *t)) {
        for (corner, other) in corners[t].iter().zip(neighbours[t]) {
            degrees[*corner as usize] += u32::from(facets[other as usize] != facets[t]);
        }
    }
    let vertices = number(points, degrees, numbers, stack, out.vertices);
    // An edge of each facet that starts at a corner.
    first.fill(NONE);
    for t in (0..corners.len()).filter(|t| live(facets, *t)) {
        for k in 0..3 {
            let edge = facets[neighbours[t][k] as usize] != facets[t];
            let place = &mut first[facets[t] as usize];
            if edge && degrees[corners[t][k] as usize] > 2 && *place == NONE {
                *place = (3 * t + k) as u32;
            }
        }
    }
    // Round each facet along its outer edges.
    let mut length = 0;
    for facet in 0..count as usize {
        out.starts[facet] = length as u32;
        let start = first[facet];
        if start == NONE {
            continue;
        }
        let mut at = start as usize;
        loop {
            let (t, k) = (at / 3, at % 3);
            let corner = corners[t][k] as usize;
            if degrees[corner] > 2 {
                out.corners[length] = numbers[corner];
                out.across[length] = facets[neighbours[t][k] as usize];
                length += 1;
            }
            // The next edge starts where this one ends: turn there over the triangles of the facet.
            let (mut t, mut k) = (t, (k + 1) % 3);
            let end = corners[t][k];
            while facets[neighbours[t][k] as usize] as usize == facet {
                t = neighbours[t][k] as usize;
                k = (0..3).find(|k| corners[t][*k] == end).unwrap_or(0);
            }
            at = 3 * t + k;
            if at == start as usize {
                break;
            }
        }
    }
    out.starts[count as usize] = length as u32;
    [vertices, count as usize]
}

/// A triangle whose facet is not known.
const UNLABELLED: u32 = FREED - 1;

fn dot(normal: [i64; 3], p: Point) -> i64 {
    (0..3).map(|i| normal[i] * i64::from(p[i])).sum()
}

/// Numbers the corners so that near ones have near numbers; returns how many there are. `order` has room for
/// all corners, of which there are fewer than triangles.
fn number(
    points: &[Point],
    degrees: &[u32],
    numbers: &mut [u32],
    order: &mut [u32],
    vertices: &mut [Point],
) -> usize {
    let mut count = 0;
    for point in (0..points.len()).filter(|p| degrees[*p] > 2) {
        order[count] = point as u32;
        count += 1;
    }
    let order = &mut order[..count];
    heapsort::sort(order, |a, b| {
        along_the_curve(&points[*a as usize], &points[*b as usize]).is_lt()
    });
    for (number, (point, vertex)) in order.iter().zip(vertices).enumerate() {
        *vertex = points[*point as usize];
        numbers[*point as usize] = number as u32;
    }
    count
}

/// Order along Morton's curve: that of the bits of all three coordinates in turn.
fn along_the_curve(a: &Point, b: &Point) -> Ordering {
    // -1 is the smallest coordinate.
    let unsigned = |p: &Point| p.map(|x| (x + 1) as u32);
    let (a, b) = (unsigned(a), unsigned(b));
    let differ = [a[0] ^ b[0], a[1] ^ b[1], a[2] ^ b[2]];
    // The axis whose highest different bit is the highest; z before y before x where they are equal.
    let lower = |x: u32, y: u32| x < y && x < (x ^ y);
    let mut axis = 2;
    for other in [1, 0] {
        if lower(differ[axis], differ[other]) {
            axis = other;
        }
    }
    a[axis].cmp(&b[axis])
}
