//! Voxels of spheres that the image cuts off.

use super::sphere::Sphere;
use crate::error::Error;
use crate::volume::Intensities;
use crate::workspace::{Arena, Footprint};

/// The number of voxels of the image within the spheres around the voxels of one row of the region's box.
///
/// A sphere is cut off at the faces of the image that are nearer than its reach. So the number depends on the distance
/// to each face only, up to the reach: `n(x) = columns(to the left) + columns(to the right) + the one in the middle`, and
/// alike along y within each column.
pub(super) struct Counts<'w> {
    image: [usize; 3],
    start: [usize; 3],
    reach: [usize; 3],
    /// Slices of the image above and below the one the columns are of, up to the reach.
    slices: Option<[usize; 2]>,
    /// For each column dx, the rows of the sphere on one side of the centre row, by how many the image has there.
    sides: &'w mut [u64],
    /// For each column dx, the slices that have a centre row there.
    middles: &'w mut [u64],
    /// For the row, voxels of the sphere in the columns 1 to dx.
    sums: &'w mut [u64],
    middle: u64,
}

impl<'w> Counts<'w> {
    pub(super) fn footprint([rx, ry, _]: [usize; 3]) -> Footprint {
        let of = Footprint::of::<u64>;
        let columns = rx.saturating_add(1);
        of(columns.saturating_mul(ry.saturating_add(1))).all_of(of(columns).times(2))
    }

    pub(super) fn new(
        intensities: &Intensities,
        sphere: &Sphere,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let [rx, ry, _] = sphere.reach;
        Ok(Self {
            image: intensities.shape(),
            start: intensities.region_start(),
            reach: sphere.reach,
            slices: None,
            sides: scratch.take((rx + 1) * (ry + 1))?,
            middles: scratch.take(rx + 1)?,
            sums: scratch.take(rx + 1)?,
            middle: 0,
        })
    }

    /// Places of the image on both sides of a place of the region's box, up to the reach.
    fn sides(&self, axis: usize, place: usize) -> [usize; 2] {
        let at = self.start[axis] + place;
        [at, self.image[axis] - 1 - at].map(|side| side.min(self.reach[axis]))
    }

    /// Goes to a row of the region's box.
    pub(super) fn go_to(&mut self, y: usize, z: usize, sphere: &Sphere) {
        let slices = self.sides(2, z);
        if self.slices != Some(slices) {
            self.slices = Some(slices);
            self.count_slices(slices, sphere);
        }
        let rows = self.reach[1] + 1;
        let sides = self.sides(1, y);
        let mut sum = 0;
        for (dx, columns) in self.sides.chunks_exact(rows).enumerate() {
            let column = self.middles[dx] + columns[sides[0]] + columns[sides[1]];
            match dx {
                0 => self.middle = column,
                _ => sum += column,
            }
            self.sums[dx] = sum;
        }
    }

    fn count_slices(&mut self, slices: [usize; 2], sphere: &Sphere) {
        let rows = self.reach[1] + 1;
        self.sides.fill(0);
        self.middles.fill(0);
        for dz in 0..=self.reach[2] {
            let times = match dz {
                0 => 1,
                _ => u64::from(dz <= slices[0]) + u64::from(dz <= slices[1]),
            };
            let columns = self.sides.chunks_exact_mut(rows).zip(self.middles.iter_mut());
            for ((sides, middle), rows) in columns.zip(sphere.disc(dz)) {
                let Some(more) = rows.checked_sub(1) else { break };
                *middle += times;
                for (side, most) in sides.iter_mut().zip(0..) {
                    *side += times * u64::from(more.min(most));
                }
            }
        }
    }

    /// The number for a place of the row.
    pub(super) fn at(&self, x: usize) -> u64 {
        let [left, right] = self.sides(0, x);
        self.middle + self.sums[left] + self.sums[right]
    }

    /// The places of the row from which the sphere reaches neither end of the image's row: all have the same number.
    pub(super) fn inner(&self, width: usize) -> [usize; 2] {
        let [start, reach] = [self.start[0], self.reach[0]];
        let from = reach.saturating_sub(start).min(width);
        let to = self.image[0].saturating_sub(start + reach).min(width);
        [from, to.max(from)]
    }
}
