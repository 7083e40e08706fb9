//! How small a box can be that has a face through a given edge.
//!
//! The face turns about the edge, and the box turns about the face's normal. Both angles are cut into cells, and
//! in each cell every width has a lower bound: the hull is at least as wide as the distance of any two of its
//! corners along the normal, and for two given corners that distance is a sine of the angles.

use super::super::vector::{Vector, add, cross, dot, minus, times, unit};
use super::family::Stretch;
use super::shape::{Hinge, Shape, Starts};
use crate::math;

/// Directions sampled in half a turn about the normal of the face; even.
pub(super) const SAMPLES: usize = 64;
/// Two cells between a sample and the next.
pub(super) const CELLS: usize = 2 * SAMPLES;
/// Widest turn of the face about the edge in one piece, in radians.
pub(super) const PIECE: f64 = 0.03;

/// The boxes with a face through an edge whose normal lies between two directions.
#[derive(Debug)]
pub(super) struct Piece {
    pub ends: [Vector; 2],
    /// Lower bound of the width along the normal.
    pub depth: f64,
    /// Lower bounds of the width at right angles to the normal, by the angle from the edge.
    pub widths: [f64; CELLS],
}

/// What the hull looks like along one sampled direction.
#[derive(Clone, Copy, Default)]
struct Sample {
    /// The span along the direction, across it, and along the face's normal.
    along: f64,
    across: f64,
    normal: f64,
    /// The span along the side of the edge.
    side: f64,
}

/// Sines and cosines of the sampled angles.
pub(super) struct Angles {
    turns: [[f64; 2]; SAMPLES],
}

impl Angles {
    pub(super) fn new() -> Self {
        let step = core::f64::consts::PI / SAMPLES as f64;
        Self {
            turns: core::array::from_fn(|k| {
                let (sine, cosine) = math::sin_cos(step * k as f64);
                [cosine, sine]
            }),
        }
    }
}

impl Piece {
    /// Bounds of the boxes of a piece; also tells of every sampled box through `seen`.
    pub(super) fn new(
        shape: &Shape,
        hinge: &Hinge,
        ends: [Vector; 2],
        angles: &Angles,
        starts: &mut Starts,
        mut seen: impl FnMut([f64; 3]),
    ) -> Self {
        let middle = unit(add(ends[0], ends[1]));
        let side = cross(hinge.along, middle);
        let half = super::super::vector::angle(ends[0], ends[1]) / 2.0;
        let (sine, cosine) = math::sin_cos(half);
        starts[1] = shape.farthest(times(-1.0, middle), starts[1]);
        let span = shape.between(starts[1], hinge.corner);
        let depth = (dot(span, middle) * cosine - math::abs(dot(span, side)) * sine).max(0.0);
        let mut samples = [Sample::default(); SAMPLES];
        for (sample, [c, s]) in samples.iter_mut().zip(angles.turns) {
            let [x, y]: [Vector; 2] = [[c, s], [-s, c]]
                .map(|[c, s]| core::array::from_fn(|i| c * hinge.along[i] + s * side[i]));
            let span = shape.span(x, &mut starts[2..4]);
            *sample = Sample {
                along: dot(span, x),
                across: dot(span, y),
                normal: dot(span, middle),
                side: dot(span, side),
            };
        }
        for k in 0..SAMPLES / 2 {
            seen([dot(span, middle), samples[k].along, samples[k + SAMPLES / 2].along]);
        }
        // Between a sample and the next, half the way belongs to either.
        let step = core::f64::consts::PI / SAMPLES as f64;
        let [full, near] = [math::sin_cos(step), math::sin_cos(step / 2.0)];
        let mut widths = [0.0; CELLS];
        for k in 0..SAMPLES {
            let this = &samples[k];
            // Past half a turn the directions come back reversed.
            let next = &samples[(k + 1) % SAMPLES];
            let sines = [angles.turns[k][1], angles.turns[(k + 1) % SAMPLES][1]];
            // The sine is largest at a quarter turn, which is a sample.
            let most = math::abs(sines[0]).max(math::abs(sines[1]));
            let tilt = |s: &Sample| {
                most * (math::abs(s.normal) * sine + math::abs(s.side) * (1.0 - cosine))
            };
            let at = |s: &Sample, (sine, cosine): (f64, f64), forward: f64| {
                s.along * cosine + forward * s.across * sine
            };
            let [own, other] = [tilt(this), tilt(next)];
            let zero = (0.0, 1.0);
            let first = [
                at(this, zero, 1.0).min(at(this, near, 1.0)) - own,
                at(next, full, -1.0).min(at(next, near, -1.0)) - other,
            ];
            let second = [
                at(this, near, 1.0).min(at(this, full, 1.0)) - own,
                at(next, near, -1.0).min(at(next, zero, -1.0)) - other,
            ];
            widths[2 * k] = first[0].max(first[1]).max(0.0);
            widths[2 * k + 1] = second[0].max(second[1]).max(0.0);
        }
        Self { ends, depth, widths }
    }

    /// Lower bound of the volume of a box with the face in this piece.
    pub(super) fn least(&self) -> f64 {
        let (a, b) = self.widths.split_at(CELLS / 2);
        let area = a.iter().zip(b).map(|(x, y)| x * y).fold(f64::INFINITY, f64::min);
        self.depth * area
    }

    /// Lower bound of the volume on a stretch of a family, when the width along the second normal is at least
    /// `width`.
    pub(super) fn least_on(&self, hinges: [&Hinge; 2], stretch: &Stretch, width: f64) -> f64 {
        let [first, second] = hinges;
        let [mut low, mut high] = [0, 1].map(|i| {
            let (a, b) = (stretch.first[i], stretch.second[i]);
            let side = cross(first.along, a);
            math::atan2(dot(b, side), dot(b, first.along))
        });
        if low > high {
            core::mem::swap(&mut low, &mut high);
        }
        // The short way round: the second normal never makes half a turn.
        if high - low > core::f64::consts::PI {
            (low, high) = (high, low + 2.0 * core::f64::consts::PI);
        }
        // The angle from the edge has its extremes at the ends unless the second normal passes the point that is
        // closest to the edge's direction; it goes no further beyond an end than half of its way.
        let passing = stretch.second.map(|b| dot(cross(second.along, b), first.along));
        if passing[0] * passing[1] <= 0.0 {
            let [b, c] = stretch.second;
            let more = super::super::vector::angle(b, c) / 2.0;
            (low, high) = (low - more, high + more);
        }
        let cell = |angle: f64| math::floor(angle * (CELLS as f64 / core::f64::consts::PI)) as i64;
        let mut least = f64::INFINITY;
        for cell in cell(low - 1e-9)..=cell(high + 1e-9) {
            let this = cell.rem_euclid(CELLS as i64) as usize;
            let other = (this + CELLS / 2) % CELLS;
            least = least.min(self.widths[this].max(width) * self.widths[other]);
        }
        self.depth * least
    }

    /// From the first end to the second.
    pub(super) fn reach(&self) -> Vector {
        minus(self.ends[1], self.ends[0])
    }
}
