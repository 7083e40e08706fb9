//! Volume, area and diameter of the hull.

use super::{Hull, Point};
use crate::error::Error;
use crate::heapsort;
use crate::host::Watch;
use crate::math;
use crate::sum::sum;
use crate::workspace::{Arena, Footprint};

pub(super) fn footprint(points: usize) -> Footprint {
    Footprint::of::<[f64; 4]>(points).all_of(Footprint::of::<f64>(points).times(3))
}

/// A point in mm.
pub(super) fn in_mm(p: Point, spacing: [f64; 3]) -> [f64; 3] {
    core::array::from_fn(|i| f64::from(p[i]) / 2.0 * spacing[i])
}

fn larger(a: f64, b: f64) -> f64 {
    if a > b { a } else { b }
}

/// The largest square distance of a point from some others, given by their coordinates.
fn farthest(from: [f64; 3], [x, y, z]: [&[f64]; 3]) -> f64 {
    const LANES: usize = 4;
    let square = |x: f64, y: f64, z: f64| {
        let d = [from[0] - x, from[1] - y, from[2] - z];
        d[0] * d[0] + d[1] * d[1] + d[2] * d[2]
    };
    let [x, y, z] = [x, y, z].map(|c| c.as_chunks::<LANES>());
    let mut best = [0.0; LANES];
    for ((x, y), z) in x.0.iter().zip(y.0).zip(z.0) {
        for lane in 0..LANES {
            best[lane] = larger(square(x[lane], y[lane], z[lane]), best[lane]);
        }
    }
    let rest = x.1.iter().zip(y.1).zip(z.1).map(|((x, y), z)| square(*x, *y, *z));
    rest.chain(best).fold(0.0, larger)
}

impl Hull<'_> {
    /// Volume in mm^3: whole in units of a 48th of a voxel, hence exact.
    pub fn volume(&self, [sx, sy, sz]: [f64; 3]) -> f64 {
        let six: i128 = self
            .triangles()
            .map(|[a, b, c]| {
                let [a, b, c] = [a, b, c].map(|p| p.map(i128::from));
                a[0] * (b[1] * c[2] - b[2] * c[1])
                    + a[1] * (b[2] * c[0] - b[0] * c[2])
                    + a[2] * (b[0] * c[1] - b[1] * c[0])
            })
            .sum();
        six.unsigned_abs() as f64 / 48.0 * (sx * sy * sz)
    }

    /// Area in mm^2: one square root a facet.
    pub fn area(&self, [sx, sy, sz]: [f64; 3]) -> f64 {
        // A square half voxel, and the factor of two in the normals.
        let scale = [sy * sz / 8.0, sz * sx / 8.0, sx * sy / 8.0];
        sum(self.facets().map(|facet| {
            let n = self.normal(facet);
            let n: [f64; 3] = core::array::from_fn(|i| n[i] as f64 * scale[i]);
            math::sqrt(n[0] * n[0] + n[1] * n[1] + n[2] * n[2])
        }))
    }

    /// Largest distance between two vertices in mm.
    ///
    /// Vertices are taken by their distance from the centre, the farthest first: once two such distances add up
    /// to less than the best pair, no later pair is longer.
    ///
    /// # Errors
    /// When the scratch is too small or the host cancels.
    pub fn diameter(
        &self,
        spacing: [f64; 3],
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<f64, Error> {
        let points = scratch.take::<[f64; 4]>(self.vertices().len())?;
        let mut low = [f64::INFINITY; 3];
        let mut high = [f64::NEG_INFINITY; 3];
        for p in self.vertices() {
            let p = in_mm(p, spacing);
            low = core::array::from_fn(|i| low[i].min(p[i]));
            high = core::array::from_fn(|i| high[i].max(p[i]));
        }
        for (point, p) in points.iter_mut().zip(self.vertices()) {
            let p = in_mm(p, spacing);
            let d: [f64; 3] = core::array::from_fn(|i| p[i] - (low[i] + high[i]) / 2.0);
            let r = math::sqrt(d[0] * d[0] + d[1] * d[1] + d[2] * d[2]);
            *point = [r, p[0], p[1], p[2]];
        }
        heapsort::sort(points, |a, b| {
            b[0].total_cmp(&a[0])
                .then(a[1].total_cmp(&b[1]))
                .then(a[2].total_cmp(&b[2]))
                .then(a[3].total_cmp(&b[3]))
                .is_lt()
        });
        let coordinates = scratch.take::<f64>(3 * points.len())?;
        let (x, yz) = coordinates.split_at_mut(points.len());
        let (y, z) = yz.split_at_mut(points.len());
        for (i, point) in points.iter().enumerate() {
            [x[i], y[i], z[i]] = [point[1], point[2], point[3]];
        }
        let mut best = 0.0f64;
        for (i, a) in points.iter().enumerate() {
            if i % 256 == 0 {
                watch.check()?;
            }
            // The slack covers the rounding of the distances.
            let enough = math::sqrt(best) * (1.0 - 1e-12) - a[0];
            if points[0][0] < enough {
                break;
            }
            let far = points[..i].partition_point(|b| b[0] >= enough);
            let far = farthest([a[1], a[2], a[3]], [&x[..far], &y[..far], &z[..far]]);
            best = larger(best, far);
        }
        Ok(math::sqrt(best))
    }
}
