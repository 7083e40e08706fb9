//! The hull in mm, ready for boxes: how far it reaches in a direction, and its edges.

use super::super::Hull;
use super::super::vector::{Vector, cross, dot, minus, times, unit};
use crate::error::Error;
use crate::workspace::{Arena, Footprint};

/// Corners with their neighbours along edges, and normals of the facets.
pub(super) struct Shape<'s> {
    corners: &'s [Vector],
    /// Where the neighbours of each corner begin, and the end.
    starts: &'s [u32],
    neighbours: &'s [u32],
    pub normals: &'s [Vector],
    pub edges: &'s [Edge],
}

/// Two corners, then the two facets that meet there.
pub(super) type Edge = [u32; 4];

/// An edge in mm. A face of a box contains it where the normal lies between those of the facets.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hinge {
    /// A corner on the edge.
    pub corner: u32,
    /// Direction of the edge.
    pub along: Vector,
    /// Normals of both facets.
    pub normals: [Vector; 2],
}

/// The corners that the hull touches three pairs of parallel planes with: where to start looking.
pub(super) type Starts = [u32; 6];

pub(super) fn footprint(corners: usize) -> Footprint {
    let edges = corners.saturating_mul(3);
    Footprint::of::<Vector>(corners)
        .all_of(Footprint::of::<u32>(corners.saturating_add(1)))
        .all_of(Footprint::of::<u32>(edges.saturating_mul(2)))
        .all_of(Footprint::of::<Vector>(corners.saturating_mul(2)))
        .all_of(Footprint::of::<Edge>(edges))
}

impl<'s> Shape<'s> {
    pub(super) fn new(
        hull: &Hull,
        spacing: [f64; 3],
        scratch: &mut Arena<'s>,
    ) -> Result<Self, Error> {
        let count = hull.vertices.len();
        let corners = scratch.take::<Vector>(count)?;
        let middle = hull.middle();
        for (corner, p) in corners.iter_mut().zip(hull.vertices) {
            *corner = core::array::from_fn(|i| (f64::from(p[i]) - middle[i]) / 2.0 * spacing[i]);
        }
        let normals = scratch.take::<Vector>(hull.facets().len())?;
        for (normal, facet) in normals.iter_mut().zip(hull.facets()) {
            let n = hull.normal(facet);
            *normal = unit(core::array::from_fn(|i| n[i] as f64 / spacing[i]));
        }
        let sides = hull.corners.len();
        let starts = scratch.take_zeroed::<u32>(count + 1)?;
        let neighbours = scratch.take::<u32>(sides)?;
        let edges = scratch.take::<Edge>(sides / 2)?;
        // Every side of an edge leads from its corner to a neighbour.
        for corner in hull.corners {
            starts[*corner as usize + 1] += 1;
        }
        let mut total = 0;
        for start in starts.iter_mut() {
            total += *start;
            *start = total;
        }
        // Filled from the end of each corner's part; then the starts are where they belong.
        let mut found = 0;
        for (number, (facet, bounds)) in hull.facets().zip(hull.starts.windows(2)).enumerate() {
            for (i, corner) in facet.iter().enumerate() {
                let next = facet[(i + 1) % facet.len()];
                let across = hull.across[bounds[0] as usize + i];
                let place = &mut starts[*corner as usize + 1];
                *place -= 1;
                neighbours[*place as usize] = next;
                if (number as u32) < across && found < edges.len() {
                    edges[found] = [*corner, next, number as u32, across];
                    found += 1;
                }
            }
        }
        // Now `starts[c + 1]` is the start of c.
        starts.copy_within(1.., 0);
        starts[count] = sides as u32;
        Ok(Self { corners, starts, neighbours, normals, edges: &edges[..found] })
    }

    pub(super) fn hinge(&self, edge: Edge) -> Hinge {
        let [a, b] = [edge[0], edge[1]].map(|c| self.corners[c as usize]);
        Hinge {
            corner: edge[0],
            along: unit(minus(b, a)),
            normals: [edge[2], edge[3]].map(|f| self.normals[f as usize]),
        }
    }

    /// The corner farthest along a direction: uphill from neighbour to neighbour. No other top is in the way.
    pub(super) fn farthest(&self, direction: Vector, start: u32) -> u32 {
        let mut at = start as usize;
        let mut best = dot(direction, self.corners[at]);
        loop {
            let mut next = at;
            let around = self.starts[at] as usize..self.starts[at + 1] as usize;
            for other in &self.neighbours[around] {
                let value = dot(direction, self.corners[*other as usize]);
                if value > best {
                    (best, next) = (value, *other as usize);
                }
            }
            if next == at {
                return at as u32;
            }
            at = next;
        }
    }

    /// From the lowest to the highest corner along a direction; the width is the part along it.
    pub(super) fn span(&self, direction: Vector, starts: &mut [u32]) -> Vector {
        starts[0] = self.farthest(direction, starts[0]);
        starts[1] = self.farthest(times(-1.0, direction), starts[1]);
        self.between(starts[1], starts[0])
    }

    /// From one corner to another.
    pub(super) fn between(&self, from: u32, to: u32) -> Vector {
        minus(self.corners[to as usize], self.corners[from as usize])
    }

    /// Spans along three directions.
    pub(super) fn spans(&self, axes: [Vector; 3], starts: &mut Starts) -> [Vector; 3] {
        let [a, b, c] = axes;
        [
            self.span(a, &mut starts[..2]),
            self.span(b, &mut starts[2..4]),
            self.span(c, &mut starts[4..]),
        ]
    }
}

impl Hinge {
    /// The normals between both facets, in equal steps; how many and the angle of one.
    pub(super) fn pieces(&self, widest: f64) -> (usize, f64) {
        let arc = super::super::vector::angle(self.normals[0], self.normals[1]);
        // An arc is shorter than half a turn.
        let count = (arc / widest) as usize + 1;
        (count, arc / count as f64)
    }

    /// The normal at an angle from the first facet's.
    pub(super) fn normal(&self, angle: f64) -> Vector {
        let first = self.normals[0];
        let mut side = cross(self.along, first);
        if dot(side, self.normals[1]) < 0.0 {
            side = times(-1.0, side);
        }
        let (sine, cosine) = crate::math::sin_cos(angle);
        unit(core::array::from_fn(|i| cosine * first[i] + sine * side[i]))
    }
}
