//! The oriented minimum bounding box of the hull: the box of least volume in any orientation.
//!
//! A box of least volume has two adjacent faces that each contain an edge of the hull (O'Rourke, Int. J. Comput.
//! Inform. Sci. 14 (1985) 183): `family` finds the least box of each pair of edges. Few pairs need a look: for each
//! edge, `face` bounds the volume of all boxes with a face through it from below, and edges whose bound is
//! not below the best box found so far take no part.

mod face;
mod family;
mod shape;

use super::Hull;
use super::vector::{Vector, dot};
use crate::error::Error;
use crate::family::pace::Pace;
use crate::heapsort;
use crate::host::Watch;
use crate::workspace::{Arena, Footprint};
use face::{Angles, Piece};
use shape::{Hinge, Shape, Starts};

/// The volume exceeds the least possible one by at most this share.
pub const EXCESS: f64 = 1e-12;

/// Bounds of the boxes with a face through an edge: of the volume, and of the width along the face's normal.
type Bound = [f64; 2];

pub(super) fn footprint(corners: usize) -> Footprint {
    let edges = corners.saturating_mul(3);
    shape::footprint(corners)
        .all_of(Footprint::of::<u32>(edges))
        .all_of(Footprint::of::<Bound>(edges))
        .all_of(Footprint::of::<[f64; 2]>(corners.saturating_mul(2)))
}

/// What a step costs, in cells that a row loop visits in the same time.
mod cost {
    pub const SAMPLED_FACE: usize = 30_000;
    pub const PAIR: usize = 3;
    pub const BOX: usize = 1_000;
}

/// Side lengths in mm of the box of least volume. Where several boxes have it, of one of them.
///
/// # Errors
/// When the scratch is too small or the host cancels.
pub fn minimal(
    hull: &Hull,
    spacing: [f64; 3],
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<[f64; 3], Error> {
    let mut pace = Pace::start(watch)?;
    let shape = Shape::new(hull, spacing, &mut scratch)?;
    let order = scratch.take::<u32>(shape.edges.len())?;
    let bounds = scratch.take::<Bound>(shape.edges.len())?;
    let dots = scratch.take::<[f64; 2]>(shape.normals.len())?;
    let angles = Angles::new();
    let mut starts: Starts = [0; 6];
    let axes = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    let spans = shape.spans(axes, &mut starts);
    let mut best = core::array::from_fn(|i| dot(spans[i], axes[i]));
    // Sizes at the edge of what floating point numbers hold have no bounds.
    if !volume(best).is_normal() {
        return Ok(best);
    }
    for (edge, bound) in shape.edges.iter().zip(bounds.iter_mut()) {
        let hinge = shape.hinge(*edge);
        *bound = [f64::INFINITY; 2];
        each_piece(&hinge, |ends| {
            pace.spend(cost::SAMPLED_FACE)?;
            let keep = |sides| keep(sides, &mut best);
            let piece = Piece::new(&shape, &hinge, ends, &angles, &mut starts, keep);
            *bound = [bound[0].min(piece.least()), bound[1].min(piece.depth)];
            Ok(())
        })?;
    }
    for (i, place) in order.iter_mut().enumerate() {
        *place = i as u32;
    }
    let at = |i: u32| bounds[i as usize];
    heapsort::sort(order, |a, b| at(*a)[0].total_cmp(&at(*b)[0]).then(a.cmp(b)).is_lt());
    for (rank, number) in order.iter().enumerate() {
        if at(*number)[0] >= enough(best) {
            break;
        }
        let first = shape.hinge(shape.edges[*number as usize]);
        each_piece(&first, |ends| {
            pace.spend(cost::SAMPLED_FACE)?;
            let keep = |sides| keep(sides, &mut best);
            let piece = Piece::new(&shape, &first, ends, &angles, &mut starts, keep);
            if piece.least() >= enough(best) {
                return Ok(());
            }
            for (dots, normal) in dots.iter_mut().zip(shape.normals) {
                *dots = ends.map(|a| dot(a, *normal));
            }
            let narrowest = piece.widths.iter().copied().fold(f64::INFINITY, f64::min);
            for other in &order[rank..] {
                let [least, width] = at(*other);
                if least >= enough(best) {
                    break;
                }
                pace.spend(cost::PAIR)?;
                let edge = shape.edges[*other as usize];
                let [p, q] = [edge[2], edge[3]].map(|facet| dots[facet as usize]);
                if apart(p, q) || piece.depth * width.max(narrowest) * narrowest >= enough(best) {
                    continue;
                }
                let second = shape.hinge(edge);
                let mut result = Ok(());
                family::stretches(
                    ends,
                    piece.reach(),
                    &second,
                    [[p[0], q[0]], [p[1], q[1]]],
                    |part| {
                        let hinges = [&first, &second];
                        if result.is_err() || piece.least_on(hinges, &part, width) >= enough(best) {
                            return;
                        }
                        let visit = || pace.spend(cost::BOX);
                        result =
                            family::search(&shape, hinges, part, &mut starts, &mut best, visit);
                    },
                );
                result?;
            }
            Ok(())
        })?;
    }
    Ok(best)
}

/// Whether all four dot products of two directions with two normals have one sign: then no direction between the
/// former is at right angles to one between the latter.
fn apart(p: [f64; 2], q: [f64; 2]) -> bool {
    let least = p[0].min(p[1]).min(q[0].min(q[1]));
    let most = p[0].max(p[1]).max(q[0].max(q[1]));
    least > family::NOISE || most < -family::NOISE
}

/// Calls with the ends of each piece of the arc of normals of an edge.
fn each_piece(
    hinge: &Hinge,
    mut run: impl FnMut([Vector; 2]) -> Result<(), Error>,
) -> Result<(), Error> {
    let (count, step) = hinge.pieces(face::PIECE);
    let mut from = hinge.normals[0];
    for i in 1..=count {
        let to = if i == count { hinge.normals[1] } else { hinge.normal(step * i as f64) };
        run([from, to])?;
        from = to;
    }
    Ok(())
}

fn volume(sides: [f64; 3]) -> f64 {
    sides[0] * sides[1] * sides[2]
}

/// A box that is not smaller than this is no better.
fn enough(best: [f64; 3]) -> f64 {
    volume(best) * (1.0 - EXCESS)
}

fn keep(sides: [f64; 3], best: &mut [f64; 3]) {
    if volume(sides) < volume(*best) {
        *best = sides;
    }
}
