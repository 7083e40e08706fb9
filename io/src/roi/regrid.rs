//! A mask onto the grid of an image.

use radiomics::{BoundingBox, Geometry};

use crate::limits::Limits;
use crate::place;

/// What to do with a mask on another grid than the image.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum OtherGrid {
    /// An error that says how the grids differ.
    #[default]
    Refuse,
    /// A voxel of the image is inside when the voxel of the mask nearest to its centre is.
    Nearest,
    /// A voxel of the image is inside when the mask, interpolated linearly at its centre, is at least a half.
    Linear,
}

/// Interpolated values this little below a half are halves that were rounded.
const SLACK: f64 = 1e-6;

/// A mask on its own grid: the cells of a box.
pub(super) struct Source<'a> {
    pub cells: &'a [u8],
    pub within: BoundingBox,
    pub geometry: &'a Geometry,
}

impl Source<'_> {
    /// 1 or 0; 0 beyond the box.
    fn at(&self, place: [i64; 3]) -> f64 {
        let mut index = 0usize;
        for axis in (0..3).rev() {
            let inside = place[axis] - self.within.start[axis] as i64;
            if inside < 0 || inside >= self.within.shape[axis] as i64 {
                return 0.0;
            }
            index = index * self.within.shape[axis] + inside as usize;
        }
        f64::from(self.cells.get(index).is_some_and(|c| *c != 0))
    }

    fn inside(&self, place: [f64; 3], method: OtherGrid) -> bool {
        if method != OtherGrid::Linear {
            // A centre between two voxels belongs to the upper one.
            return self.at(place.map(|x| (x + 0.5).floor() as i64)) != 0.0;
        }
        let low = place.map(f64::floor);
        let part: [f64; 3] = std::array::from_fn(|a| place[a] - low[a]);
        let mut value = 0.0;
        for corner in 0..8usize {
            let up: [bool; 3] = std::array::from_fn(|a| corner >> a & 1 == 1);
            let weight: f64 = (0..3).map(|a| if up[a] { part[a] } else { 1.0 - part[a] }).product();
            if weight > 0.0 {
                value +=
                    weight * self.at(std::array::from_fn(|a| low[a] as i64 + i64::from(up[a])));
            }
        }
        value >= 0.5 - SLACK
    }
}

/// Resamples a mask in patient space. Answers the cells of a box of the image's grid; the box is empty when
/// nothing of the mask lies on it.
pub(super) fn onto(
    source: &Source,
    image: &Geometry,
    shape: [usize; 3],
    method: OtherGrid,
    limits: &Limits,
) -> Result<(Vec<u8>, BoundingBox), String> {
    let (mut low, mut high) = ([f64::INFINITY; 3], [f64::NEG_INFINITY; 3]);
    for corner in 0..8usize {
        // A voxel beyond the region on each side: no interpolated value lies farther out.
        let at = std::array::from_fn(|a| {
            let (first, sides) = (source.within.start[a] as f64, source.within.shape[a] as f64);
            if corner >> a & 1 == 1 { first + sides } else { first - 1.0 }
        });
        let place = place::voxel(image, place::point(source.geometry, at));
        for axis in 0..3 {
            low[axis] = low[axis].min(place[axis]);
            high[axis] = high[axis].max(place[axis]);
        }
    }
    let bound = |x: f64, side: usize| x.clamp(0.0, side as f64) as usize;
    let start: [usize; 3] = std::array::from_fn(|a| bound(low[a].floor(), shape[a]));
    let end: [usize; 3] = std::array::from_fn(|a| bound(high[a].floor() + 1.0, shape[a]));
    let within =
        BoundingBox { start, shape: std::array::from_fn(|a| end[a].saturating_sub(start[a])) };
    limits.check("the mask on the image's grid", within.voxels() as u64)?;
    let mut cells = Vec::with_capacity(within.voxels());
    let [nx, ny, nz] = within.shape;
    for z in 0..nz {
        for y in 0..ny {
            for x in 0..nx {
                let at = [x + start[0], y + start[1], z + start[2]].map(|n| n as f64);
                let place = place::voxel(source.geometry, place::point(image, at));
                cells.push(u8::from(source.inside(place, method)));
            }
        }
    }
    Ok((cells, within))
}
