//! Quickhull in whole numbers.
//!
//! A point sees a facet when it lies strictly above its plane. Each point above the hull hangs on one facet that
//! it sees; the highest point of a facet joins the hull, the facets that it sees give way to a fan around
//! it, and their points are handed on. Coplanar facets stay triangles here, and some of their corners may lie
//! inside an edge or a face of the hull: [`super::polygons`] sorts that out. Clarkson and Shor, Discrete
//! Comput. Geom. 4 (1989) 387; Barber, Dobkin and Huhdanpaa, ACM Trans. Math. Softw. 22 (1996) 469.

use super::Point;
use crate::error::Error;
use crate::host::Watch;
use crate::workspace::{Arena, Footprint};

/// No facet, no point.
const NONE: u32 = u32::MAX;

pub(super) struct Quickhull<'p, 's> {
    points: &'p [Point],
    corners: &'s mut [[u32; 3]],
    /// `neighbours[f][k]` lies across the edge from corner `k` to corner `k + 1`.
    neighbours: &'s mut [[u32; 3]],
    /// Normal; the plane is `normal . p = offset`.
    normals: &'s mut [[i64; 3]],
    offsets: &'s mut [i64],
    /// First point that hangs on the facet.
    above: &'s mut [u32],
    /// Round in which the facet was seen; freed facets have the mark `FREED`.
    marks: &'s mut [u32],
    /// Chain of free facets and, while a point joins, of seen facets.
    chain: &'s mut [u32],
    free: u32,
    used: usize,
    /// Next point that hangs on the same facet.
    next: &'s mut [u32],
    /// The new facet whose edge away from the joining point starts at a point.
    fan: &'s mut [u32],
}

/// The triangles of a hull, and buffers that are no longer needed.
pub(super) struct Triangles<'p, 's> {
    pub points: &'p [Point],
    /// Counterclockwise from outside.
    pub corners: &'s [[u32; 3]],
    /// Across the edge from each corner to the next.
    pub neighbours: &'s [[u32; 3]],
    pub normals: &'s [[i64; 3]],
    pub offsets: &'s [i64],
    /// As long as there are triangles.
    pub by_triangle: [&'s mut [u32]; 2],
    /// For each triangle, [`FREED`] where there is none any more.
    pub marks: &'s mut [u32],
    /// As long as there are points.
    pub by_point: [&'s mut [u32]; 2],
}

/// Mark of a place without a triangle.
pub(super) const FREED: u32 = u32::MAX;

/// Facets alive at once: 2 v - 4 for v corners, and the fan of one point before the seen facets are freed.
const fn capacity(points: usize) -> usize {
    points.saturating_mul(3).saturating_add(8)
}

impl<'p, 's> Quickhull<'p, 's> {
    pub(super) fn footprint(points: usize) -> Footprint {
        let facets = capacity(points);
        Footprint::of::<[u32; 3]>(facets)
            .times(2)
            .all_of(Footprint::of::<[i64; 3]>(facets))
            .all_of(Footprint::of::<i64>(facets))
            .all_of(Footprint::of::<u32>(facets).times(3))
            .all_of(Footprint::of::<u32>(points).times(2))
    }

    /// Triangles around points that are not all in one plane.
    pub(super) fn build(
        points: &'p [Point],
        watch: &Watch,
        mut scratch: Arena<'s>,
    ) -> Result<Triangles<'p, 's>, Error> {
        let most = capacity(points.len());
        let mut facets = Quickhull {
            points,
            corners: scratch.take(most)?,
            neighbours: scratch.take(most)?,
            normals: scratch.take(most)?,
            offsets: scratch.take(most)?,
            above: scratch.take(most)?,
            marks: scratch.take(most)?,
            chain: scratch.take(most)?,
            free: NONE,
            used: 0,
            next: scratch.take(points.len())?,
            fan: scratch.take(points.len())?,
        };
        facets.start();
        // New facets lie anywhere in the buffer; go round until a whole round finds nothing to do.
        let (mut round, mut idle, mut at) = (1u32, 0usize, 0usize);
        while idle < facets.used {
            if at >= facets.used {
                at = 0;
            }
            if facets.marks[at] != FREED && facets.above[at] != NONE {
                facets.join(at, round);
                round += 1;
                idle = 0;
                if round.is_multiple_of(256) {
                    watch.check()?;
                }
            } else {
                idle += 1;
            }
            at += 1;
        }
        let used = facets.used;
        Ok(Triangles {
            points,
            corners: &facets.corners[..used],
            neighbours: &facets.neighbours[..used],
            normals: &facets.normals[..used],
            offsets: &facets.offsets[..used],
            by_triangle: [&mut facets.above[..used], &mut facets.chain[..used]],
            marks: &mut facets.marks[..used],
            by_point: [facets.next, facets.fan],
        })
    }

    /// The first tetrahedron: far apart points, so that most others fall inside early.
    fn start(&mut self) {
        let points = self.points;
        let a = first_best(points, |p| -f64::from(p[0]));
        let d = |p: Point, q: Point| -> [i64; 3] {
            core::array::from_fn(|i| i64::from(p[i]) - i64::from(q[i]))
        };
        // Rounded, but 0 for 0 alone.
        let square = |v: [i64; 3]| v.iter().map(|x| *x as f64 * *x as f64).sum::<f64>();
        let b = first_best(points, |p| square(d(p, points[a])));
        let c = first_best(points, |p| square(plane(points[a], points[b], p).0));
        let (normal, offset) = plane(points[a], points[b], points[c]);
        let height = |p: Point| i128::from(dot(normal, p)) - i128::from(offset);
        let e = first_best(points, |p| height(p).unsigned_abs() as f64);
        let [a, b, c, e] = [a, b, c, e].map(|i| i as u32);
        // The fourth point lies below the first facet.
        let [b, c] = if height(points[e as usize]) > 0 { [c, b] } else { [b, c] };
        let faces = [[a, b, c], [a, c, e], [c, b, e], [b, a, e]];
        for face in faces {
            self.add(face);
        }
        // Across the edges ab, bc, ca of the first; and round its sides.
        self.neighbours[0] = [3, 2, 1];
        self.neighbours[1] = [0, 2, 3];
        self.neighbours[2] = [0, 3, 1];
        self.neighbours[3] = [0, 1, 2];
        for point in 0..points.len() as u32 {
            self.hang(point, 0..4);
        }
    }

    /// A new facet that nothing hangs on.
    fn add(&mut self, corners: [u32; 3]) -> usize {
        let at = match self.free {
            NONE => {
                self.used += 1;
                self.used - 1
            }
            free => {
                self.free = self.chain[free as usize];
                free as usize
            }
        };
        let [a, b, c] = corners.map(|i| self.points[i as usize]);
        self.corners[at] = corners;
        (self.normals[at], self.offsets[at]) = plane(a, b, c);
        self.above[at] = NONE;
        self.marks[at] = 0;
        at
    }

    /// Height above a facet's plane, times the length of its normal.
    fn height(&self, facet: usize, point: u32) -> i64 {
        dot(self.normals[facet], self.points[point as usize]) - self.offsets[facet]
    }

    /// Hangs a point on the first of some facets that it sees.
    fn hang(&mut self, point: u32, facets: impl Iterator<Item = usize>) {
        for facet in facets {
            if self.height(facet, point) > 0 {
                self.next[point as usize] = self.above[facet];
                self.above[facet] = point;
                return;
            }
        }
    }

    /// The highest point of a facet joins the hull.
    fn join(&mut self, facet: usize, round: u32) {
        let (mut apex, mut best) = (self.above[facet], i64::MIN);
        let mut point = apex;
        while point != NONE {
            let height = self.height(facet, point);
            if height > best {
                (apex, best) = (point, height);
            }
            point = self.next[point as usize];
        }
        // Seen facets, found from neighbour to neighbour; the chain is also the list to visit.
        self.marks[facet] = round;
        self.chain[facet] = NONE;
        let (mut last, mut visit) = (facet, facet as u32);
        let mut fan_start = NONE;
        while visit != NONE {
            let seen = visit as usize;
            for k in 0..3 {
                let other = self.neighbours[seen][k] as usize;
                if self.marks[other] == round {
                    continue;
                }
                if self.height(other, apex) > 0 {
                    self.marks[other] = round;
                    self.chain[other] = NONE;
                    self.chain[last] = other as u32;
                    last = other;
                }
            }
            visit = self.chain[seen];
        }
        // Edges between seen and unseen facets: each makes a facet with the apex.
        let mut orphans = NONE;
        let mut visit = facet as u32;
        while visit != NONE {
            let seen = visit as usize;
            let mut point = self.above[seen];
            while point != NONE {
                let next = self.next[point as usize];
                if point != apex {
                    self.next[point as usize] = orphans;
                    orphans = point;
                }
                point = next;
            }
            for k in 0..3 {
                let other = self.neighbours[seen][k] as usize;
                if self.marks[other] == round {
                    continue;
                }
                let (a, b) = (self.corners[seen][k], self.corners[seen][(k + 1) % 3]);
                let new = self.add([a, b, apex]);
                self.neighbours[new][0] = other as u32;
                let back = (0..3).find(|j| self.corners[other][*j] == b).unwrap_or(0);
                self.neighbours[other][back] = new as u32;
                self.fan[a as usize] = new as u32;
                fan_start = a;
            }
            visit = self.chain[seen];
        }
        // Go round the fan: across the edge from b to the apex lies the new facet that starts at b.
        let mut a = fan_start;
        loop {
            let new = self.fan[a as usize];
            let b = self.corners[new as usize][1];
            let after = self.fan[b as usize];
            self.neighbours[new as usize][1] = after;
            self.neighbours[after as usize][2] = new;
            a = b;
            if a == fan_start {
                break;
            }
        }
        // Hand on the points, then free the seen facets.
        while orphans != NONE {
            let next = self.next[orphans as usize];
            self.hang_on_fan(orphans, fan_start);
            orphans = next;
        }
        let mut visit = facet as u32;
        while visit != NONE {
            let seen = visit as usize;
            visit = self.chain[seen];
            self.marks[seen] = FREED;
            self.chain[seen] = self.free;
            self.free = seen as u32;
        }
    }

    /// Hangs a point on the first new facet that it sees.
    fn hang_on_fan(&mut self, point: u32, fan_start: u32) {
        let mut a = fan_start;
        loop {
            let new = self.fan[a as usize] as usize;
            if self.height(new, point) > 0 {
                self.next[point as usize] = self.above[new];
                self.above[new] = point;
                return;
            }
            a = self.corners[new][1];
            if a == fan_start {
                return;
            }
        }
    }
}

/// The place of the first point with the largest value.
fn first_best(points: &[Point], value: impl Fn(Point) -> f64) -> usize {
    let mut best = (f64::NEG_INFINITY, 0);
    for (i, p) in points.iter().enumerate() {
        let value = value(*p);
        if value > best.0 {
            best = (value, i);
        }
    }
    best.1
}

/// Normal and offset of a plane. Products of two extents of a box of addressable size fit.
fn plane(a: Point, b: Point, c: Point) -> ([i64; 3], i64) {
    let d = |p: Point, i: usize| i64::from(p[i]) - i64::from(a[i]);
    let normal = [
        d(b, 1) * d(c, 2) - d(b, 2) * d(c, 1),
        d(b, 2) * d(c, 0) - d(b, 0) * d(c, 2),
        d(b, 0) * d(c, 1) - d(b, 1) * d(c, 0),
    ];
    (normal, dot(normal, a))
}

fn dot(normal: [i64; 3], p: Point) -> i64 {
    (0..3).map(|i| normal[i] * i64::from(p[i])).sum()
}
