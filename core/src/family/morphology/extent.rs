//! In how many dimensions the voxel centres extend.

use super::rows;
use crate::error::Error;
use crate::host::Watch;
use crate::volume::Mask;

type Vector = [i128; 3];

/// What the voxel centres span, decided in whole numbers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Extent {
    /// At most one voxel.
    #[default]
    Point,
    /// Two or more on a line.
    Line,
    /// On a plane, straight or oblique.
    Plane,
    /// Not on a plane.
    Space,
}

impl Extent {
    /// Of the morphological mask.
    pub(super) fn of(mask: &Mask, watch: &Watch) -> Result<Self, Error> {
        let mut origin = None;
        // A direction of the line and then a normal of the plane.
        let (mut along, mut normal) = ([0; 3], [0; 3]);
        let mut found = Extent::Point;
        let [_, ny, nz] = mask.shape();
        for z in 0..nz {
            for y in 0..ny {
                if y % 256 == 0 {
                    watch.check()?;
                }
                let span = rows::span(mask, y, z);
                if span.is_empty() {
                    continue;
                }
                // The ends of a row span what its voxels span.
                for x in [span.start, span.end - 1] {
                    let point = [x, y, z].map(|c| c as i128);
                    let from = *origin.get_or_insert(point);
                    let d: Vector = core::array::from_fn(|i| point[i] - from[i]);
                    found = match found {
                        Extent::Point if d != [0; 3] => {
                            along = d;
                            Extent::Line
                        }
                        Extent::Line if cross(along, d) != [0; 3] => {
                            normal = cross(along, d);
                            Extent::Plane
                        }
                        Extent::Plane if dot(normal, d) != 0 => return Ok(Extent::Space),
                        same => same,
                    };
                }
            }
        }
        Ok(found)
    }

    /// 0 to 3.
    pub(super) const fn dimensions(self) -> usize {
        self as usize
    }
}

/// Components stay below twice the product of two sides of the box, which can be addressed.
fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

fn dot(a: Vector, b: Vector) -> i128 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}
