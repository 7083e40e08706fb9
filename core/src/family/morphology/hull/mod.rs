//! The convex hull of the mesh, exact.
//!
//! A vertex of the mesh lies half a voxel from a voxel centre along an axis, so in half voxels every vertex
//! is a whole number and every test below is one, too. The hull does not depend on the spacing; measures do.

mod candidates;
mod lattice;
mod measures;
pub mod mvee;
pub mod ombb;
mod polygons;
mod quickhull;
mod thin;
mod vector;

use crate::error::Error;
use crate::host::Watch;
use crate::volume::Mask;
use crate::workspace::{Arena, Footprint};
use polygons::Polygons;
use quickhull::Quickhull;

/// A point in half voxels.
pub type Point = [i32; 3];

/// The convex hull of the mesh around the morphological mask.
#[derive(Debug)]
pub struct Hull<'w> {
    /// The corners; near ones have near numbers.
    vertices: &'w [Point],
    /// First corner of each facet, and the end.
    starts: &'w [u32],
    /// Corners of the facets one facet after the other, counterclockwise from outside.
    corners: &'w [u32],
    /// The facet on the other side of the edge from this corner to the next.
    across: &'w [u32],
}

/// What [`Hull::build`] takes, with what the measures, the minimal box and the ellipsoid take after it.
pub fn footprint(shape: [usize; 3], ombb: bool, mvee: bool) -> Footprint {
    let points = candidates::most(shape);
    let kept = Footprint::of::<Point>(points)
        .all_of(Footprint::of::<u32>(most_facets(points)))
        .all_of(Footprint::of::<u32>(most_corners(points)).times(2));
    let building = Footprint::of::<Point>(points).all_of(Quickhull::footprint(points));
    let ombb = if ombb { ombb::footprint(points) } else { Footprint::NONE };
    let mvee = if mvee { mvee::footprint(points) } else { Footprint::NONE };
    let collecting = candidates::footprint(shape).any_of(thin::footprint(points, shape));
    let passing = [measures::footprint(points), ombb, mvee].into_iter();
    kept.all_of(passing.fold(building.any_of(collecting), Footprint::any_of))
}

/// A polyhedron with v corners has at most 2 v - 4 facets; their starts and the end.
const fn most_facets(vertices: usize) -> usize {
    vertices.saturating_mul(2)
}

/// It has at most 3 v - 6 edges, each with two sides.
const fn most_corners(vertices: usize) -> usize {
    vertices.saturating_mul(6)
}

impl<'w> Hull<'w> {
    /// Builds the hull; `None` when the morphological mask is empty.
    ///
    /// # Errors
    /// When the scratch is too small, a side is longer than 2^29 voxels, or the host cancels.
    pub fn build(
        mask: &Mask,
        watch: &Watch,
        scratch: &mut Arena<'w>,
    ) -> Result<Option<Self>, Error> {
        let vertices = scratch.take::<Point>(candidates::most(mask.shape()))?;
        let count = candidates::collect(mask, watch, vertices, scratch.scope())?;
        if count == 0 {
            return Ok(None);
        }
        let count = thin::thin(&mut vertices[..count], mask.shape(), scratch.scope())?;
        watch.check()?;
        let starts = scratch.take::<u32>(most_facets(count))?;
        let corners = scratch.take::<u32>(most_corners(count))?;
        let across = scratch.take::<u32>(most_corners(count))?;
        let mut passing = scratch.scope();
        let points = passing.take::<Point>(count)?;
        points.copy_from_slice(&vertices[..count]);
        let triangles = Quickhull::build(points, watch, passing)?;
        let out = Polygons { vertices, starts, corners, across };
        let [count, facets] = polygons::merge(triangles, out);
        let length = starts[facets] as usize;
        Ok(Some(Self {
            vertices: &vertices[..count],
            starts: &starts[..=facets],
            corners: &corners[..length],
            across: &across[..length],
        }))
    }

    /// The corners in half voxels: the voxel x, y, z has its centre at 2x, 2y, 2z.
    pub fn vertices(&self) -> impl ExactSizeIterator<Item = Point> + Clone + '_ {
        self.vertices.iter().copied()
    }

    /// The facets: numbers of their corners, counterclockwise from outside. No two facets lie in one plane.
    pub fn facets(&self) -> impl ExactSizeIterator<Item = &[u32]> + Clone + '_ {
        self.starts.windows(2).map(|pair| &self.corners[pair[0] as usize..pair[1] as usize])
    }

    /// The facets cut into triangles.
    pub fn triangles(&self) -> impl Iterator<Item = [Point; 3]> + '_ {
        self.facets().flat_map(|facet| {
            let fan = facet.get(1..).unwrap_or_default().windows(2);
            fan.map(|pair| [facet[0], pair[0], pair[1]].map(|v| self.vertices[v as usize]))
        })
    }

    /// Middle of the box around the hull in half voxels: coordinates from there are as small as can be.
    fn middle(&self) -> [f64; 3] {
        let (mut low, mut high): (Point, Point) = ([i32::MAX; 3], [i32::MIN; 3]);
        for p in self.vertices {
            low = core::array::from_fn(|i| low[i].min(p[i]));
            high = core::array::from_fn(|i| high[i].max(p[i]));
        }
        core::array::from_fn(|i| (f64::from(low[i]) + f64::from(high[i])) / 2.0)
    }

    /// The area vector of a facet, twice as long as its area in square half voxels: exact.
    fn normal(&self, facet: &[u32]) -> [i64; 3] {
        let mut sum = [0i64; 3];
        let Some((origin, rest)) = facet.split_first() else { return sum };
        let origin = self.vertices[*origin as usize];
        let from = |v: u32| {
            let p = self.vertices[v as usize];
            [0, 1, 2].map(|i| i64::from(p[i]) - i64::from(origin[i]))
        };
        // All terms point the same way and none is longer than the face of the box.
        for pair in rest.windows(2) {
            let (u, v) = (from(pair[0]), from(pair[1]));
            sum[0] += u[1] * v[2] - u[2] * v[1];
            sum[1] += u[2] * v[0] - u[0] * v[2];
            sum[2] += u[0] * v[1] - u[1] * v[0];
        }
        sum
    }
}
