//! Whether an image and a mask lie on the same grid.

use std::fmt;

use radiomics::Geometry;

use crate::place;
use crate::volume::Volume;

/// Farthest that the corners of two grids may lie apart, in voxels. Headers round to single precision and tools
/// rewrite them, which moves a corner by far less than this.
pub const TOLERANCE_VOXELS: f64 = 0.05;

/// How two grids differ.
#[derive(Clone, Debug, PartialEq)]
pub struct Difference {
    field: &'static str,
    image: String,
    mask: String,
    /// Largest distance of corresponding corners in mm; 0 when extents differ.
    pub distance_mm: f64,
}

impl Difference {
    /// The difference without advice.
    pub fn what(&self) -> String {
        let Self { field, image, mask, distance_mm } = self;
        let mut text = format!("{field} is {image} in the image and {mask} in the mask");
        if *distance_mm > 0.0 {
            text += &format!(" ({distance_mm:.3} mm apart at the farthest corner)");
        }
        text
    }
}

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "image and mask lie on different grids: {}. Resample the mask onto the image's grid, or take the mask that was drawn on this image.",
            self.what()
        )
    }
}

/// Compares the grids of image and mask. Answers how far corresponding corners lie apart, in mm.
///
/// # Errors
/// When extents differ, or a corner lies farther apart than [`TOLERANCE_VOXELS`].
pub fn compare(image: &Volume, mask: &Volume) -> Result<f64, Difference> {
    if image.shape != mask.shape {
        return Err(Difference {
            field: "shape",
            image: format!("{:?}", image.shape),
            mask: format!("{:?}", mask.shape),
            distance_mm: 0.0,
        });
    }
    let (a, b) = ((&image.geometry, image.shape), (&mask.geometry, mask.shape));
    let farthest = farthest(a, b);
    let voxel = image.geometry.spacing.iter().copied().fold(f64::INFINITY, f64::min);
    if farthest <= TOLERANCE_VOXELS * voxel {
        return Ok(farthest);
    }
    Err(Difference::between(a, b))
}

/// A place and an extent.
type Grid<'a> = (&'a Geometry, [usize; 3]);

/// Largest distance of corners over the extent of the first, in mm.
fn farthest((a, shape): Grid, (b, _): Grid) -> f64 {
    let mut farthest = 0.0f64;
    for c in 0..8usize {
        let at = std::array::from_fn(|i| if c >> i & 1 == 1 { (shape[i] - 1) as f64 } else { 0.0 });
        let (p, q) = (place::point(a, at), place::point(b, at));
        let square: f64 = p.iter().zip(q).map(|(p, q)| (p - q) * (p - q)).sum();
        farthest = farthest.max(square.sqrt());
    }
    farthest
}

impl Difference {
    /// What contributes most to the distance of an image's and a mask's grid.
    pub(crate) fn between((a, shape): Grid, (b, other): Grid) -> Self {
        let apart =
            |x: &[f64], y: &[f64]| x.iter().zip(y).map(|(x, y)| (x - y).abs()).fold(0.0, f64::max);
        let voxel = a.spacing.iter().copied().fold(f64::INFINITY, f64::min);
        let extent = shape.iter().copied().max().unwrap_or(1) as f64;
        let spacing = apart(&a.spacing, &b.spacing) * extent;
        let origin = apart(&a.origin, &b.origin);
        let direction =
            apart(a.direction.as_flattened(), b.direction.as_flattened()) * extent * voxel;
        let (field, image, mask) = if spacing >= origin && spacing >= direction {
            ("spacing", format!("{:?}", a.spacing), format!("{:?}", b.spacing))
        } else if origin >= direction {
            ("origin", format!("{:?}", a.origin), format!("{:?}", b.origin))
        } else {
            ("direction", format!("{:?}", a.direction), format!("{:?}", b.direction))
        };
        Self { field, image, mask, distance_mm: farthest((a, shape), (b, other)) }
    }
}
