//! The convex hull of the mesh, exact.
//!
//! A vertex of the mesh lies half a voxel from a voxel centre along an axis, so in half voxels every vertex
//! is a whole number and every test below is one, too. The hull does not depend on the spacing; measures do.

mod candidates;
mod facets;
mod measures;
pub mod mvee;
pub mod ombb;

use crate::error::Error;
use crate::host::Watch;
use crate::volume::Mask;
use crate::workspace::{Arena, Footprint};
use facets::Facets;

/// A point in half voxels.
pub type Point = [i32; 3];

/// The convex hull of the mesh around the morphological mask.
#[derive(Debug)]
pub struct Hull<'w> {
    points: &'w [Point],
    /// Corners of the triangles, counterclockwise from outside.
    triangles: &'w [[u32; 3]],
    /// The points that are corners.
    vertices: &'w [u32],
}

/// What [`Hull::build`] takes, with what the minimal box and the ellipsoid take after it.
pub fn footprint(shape: [usize; 3], ombb: bool, mvee: bool) -> Footprint {
    let points = candidates::most(shape);
    let hull = candidates::footprint(shape).all_of(Facets::footprint(points));
    let ombb = if ombb { ombb::footprint(points) } else { Footprint::NONE };
    let mvee = if mvee { mvee::footprint(points) } else { Footprint::NONE };
    hull.all_of(measures::footprint(points).any_of(ombb).any_of(mvee))
}

impl<'w> Hull<'w> {
    /// Builds the hull; `None` when the morphological mask is empty.
    ///
    /// # Errors
    /// When the scratch is too small or the host cancels.
    pub fn build(
        mask: &Mask,
        watch: &Watch,
        scratch: &mut Arena<'w>,
    ) -> Result<Option<Self>, Error> {
        let points = candidates::collect(mask, watch, scratch)?;
        if points.is_empty() {
            return Ok(None);
        }
        let (triangles, vertices) = Facets::build(points, watch, scratch)?;
        Ok(Some(Self { points, triangles, vertices }))
    }

    /// The corners of the triangles, counterclockwise from outside, in half voxels.
    pub fn triangles(&self) -> impl ExactSizeIterator<Item = [Point; 3]> + '_ {
        self.triangles.iter().map(|t| t.map(|v| self.points[v as usize]))
    }

    /// The vertices in half voxels.
    pub fn vertices(&self) -> impl ExactSizeIterator<Item = Point> + '_ {
        self.vertices.iter().map(|v| self.points[*v as usize])
    }
}
