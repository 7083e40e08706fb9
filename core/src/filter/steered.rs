//! Riesz transforms steered by the structure tensor.

use super::riesz::{HIGHEST, Weights, factorials, total};
use super::spectrum::{Complex, Transform};
use super::{Boundary, Gaussian, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::workspace::{Arena, Footprint};

/// The Riesz transform of an order along the axes of the structure, voxel by voxel.
///
/// ```text
/// r = (R^(1,0,0) f, R^(0,1,0) f, R^(0,0,1) f)       J = G * (r r^T)       J u_a = m_a u_a,  m_1 >= m_2 >= m_3
/// h = sum over l' with |l'| = L of  C_l'(u) sqrt(l'! / l!) R^(l') f
/// prod_a (u_a . v)^(l_a) = sum over l' of  C_l'(u) v1^l'1 v2^l'2 v3^l'3
/// ```
///
/// J: structure tensor; G: Gaussian, cut at 4 standard deviations; l: order along u_1, u_2, u_3, L its sum. The signs are those
/// with `r . u_1 >= 0` and `r . u_2 >= 0`, the third axis completes a right-handed frame: odd orders have a
/// definite sign. In two dimensions the third axis is z. Unit: that of the image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct SteeredRiesz {
    /// Order along the axes of the structure.
    pub order: [u32; 3],
    /// Standard deviation of G in voxels along x, y, z.
    pub sigma: [f64; 3],
    /// Axes: 2 acts slice by slice.
    pub dimensions: usize,
}

/// The highest total order.
const DEEPEST: usize = HIGHEST as usize;
/// Volumes that hold the tensor and r, then the frame.
const FRAME: usize = 9;
/// Coefficients of a homogeneous polynomial by the powers of x and y.
type Polynomial = [[f64; DEEPEST + 1]; DEEPEST + 1];

impl SteeredRiesz {
    fn smoothing(&self) -> Gaussian {
        Gaussian { sigma: self.sigma, cutoff: 4.0, dimensions: self.dimensions }
    }

    /// `None`: the spectrum is that of the whole image.
    pub const fn reach(&self) -> Option<[usize; 3]> {
        None
    }

    /// Scratch: nine volumes, two complex ones, the transform and a line.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        Footprint::of::<f64>(voxels)
            .times(FRAME)
            .all_of(Footprint::of::<Complex>(voxels).times(2))
            .all_of(Transform::footprint(shape, self.dimensions))
            .all_of(self.smoothing().footprint(shape))
    }

    /// Replaces the volume by its response.
    ///
    /// # Errors
    /// A total order above 24, too little scratch, or cancelled.
    pub fn apply(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let shape = volume.shape;
        let voxels = volume.values.len();
        let dimensions = self.dimensions.min(3);
        let total = total(self.order)?;
        let frame = scratch.take_zeroed::<f64>(voxels.saturating_mul(FRAME))?;
        let spectrum = scratch.take::<Complex>(voxels)?;
        let work = scratch.take::<Complex>(voxels)?;
        let mut transform = Transform::new(shape, dimensions, &mut scratch)?;
        for (cell, x) in spectrum.iter_mut().zip(volume.values.iter()) {
            *cell = [*x, 0.0];
        }
        transform.forward(spectrum, watch)?;
        // Rows of nine: the six of the tensor, then r.
        for axis in 0..dimensions {
            let mut order = [0; 3];
            order[axis] = 1;
            let weights = Weights::new(order, dimensions, shape)?;
            respond(&weights, spectrum, work, &mut transform, watch)?;
            let r = frame.chunks_exact_mut(voxels.max(1)).nth(6 + axis);
            for (r, [re, _]) in r.into_iter().flatten().zip(work.iter()) {
                *r = *re;
            }
        }
        let (tensor, r) = frame.split_at_mut(6 * voxels);
        for (at, j) in tensor.chunks_exact_mut(voxels.max(1)).enumerate() {
            let [a, b] = PAIRS[at];
            for (i, j) in j.iter_mut().enumerate() {
                *j = r[a * voxels + i] * r[b * voxels + i];
            }
            let mut part = Volume { values: j, shape };
            self.smoothing().apply(&mut part, boundary, watch, scratch.scope())?;
        }
        let slice = (shape[0] * shape[1]).max(1);
        for i in 0..voxels {
            if i % slice == 0 {
                watch.check()?;
            }
            let cells: [f64; FRAME] = core::array::from_fn(|k| frame[k * voxels + i]);
            for (k, x) in axes(cells, dimensions).into_iter().flatten().enumerate() {
                frame[k * voxels + i] = x;
            }
        }
        volume.values.fill(0.0);
        let mut powers = [[0.0; DEEPEST + 1]; DEEPEST + 1];
        for l1 in 0..=total {
            for l2 in 0..=total - l1 {
                let l3 = total - l1 - l2;
                if dimensions == 2 && l3 > 0 {
                    continue;
                }
                let order = [l1, l2, l3];
                let weights = Weights::new(order, dimensions, shape)?;
                respond(&weights, spectrum, work, &mut transform, watch)?;
                let scale = math::sqrt(factorials(&order) / factorials(&self.order));
                for (i, out) in volume.values.iter_mut().enumerate() {
                    if i % slice == 0 {
                        watch.check()?;
                    }
                    let u = core::array::from_fn(|a| {
                        core::array::from_fn(|b| frame[(3 * a + b) * voxels + i])
                    });
                    *out += scale * self.coefficient(u, [l1, l2], total, &mut powers) * work[i][0];
                }
            }
        }
        Ok(())
    }

    /// The coefficient of `v1^l1 v2^l2 v3^(L - l1 - l2)` in the product of the turned axes; `p` is work space.
    fn coefficient(
        &self,
        u: [[f64; 3]; 3],
        [l1, l2]: [u32; 2],
        total: u32,
        p: &mut Polynomial,
    ) -> f64 {
        for row in &mut p[..=total as usize] {
            row[..=total as usize].fill(0.0);
        }
        p[0][0] = 1.0;
        let mut degree = 0;
        for (axis, times) in self.order.into_iter().enumerate() {
            for _ in 0..times {
                degree += 1;
                // From the highest powers down, so that every term is read before it is written.
                for a in (0..=degree).rev() {
                    for b in (0..=degree - a).rev() {
                        let from_x = if a > 0 { p[a - 1][b] } else { 0.0 };
                        let from_y = if b > 0 { p[a][b - 1] } else { 0.0 };
                        p[a][b] = u[axis][0] * from_x + u[axis][1] * from_y + u[axis][2] * p[a][b];
                    }
                }
            }
        }
        p[l1 as usize][l2 as usize]
    }
}

/// Places of the tensor.
const PAIRS: [[usize; 2]; 6] = [[0, 0], [1, 1], [2, 2], [0, 1], [0, 2], [1, 2]];

/// The Riesz transform of these weights, from the spectrum into `work`.
fn respond(
    weights: &Weights,
    spectrum: &[Complex],
    work: &mut [Complex],
    transform: &mut Transform,
    watch: &Watch,
) -> Result<(), Error> {
    let [nx, ny, _] = weights.shape();
    let rows = work.chunks_exact_mut(nx.max(1)).zip(spectrum.chunks_exact(nx.max(1)));
    for (at, (out, row)) in rows.enumerate() {
        if at % ny.max(1) == 0 {
            watch.check()?;
        }
        for (x, (out, [re, im])) in out.iter_mut().zip(row).enumerate() {
            let [fr, fi] = weights.at([x, at % ny, at / ny]);
            *out = [re * fr - im * fi, re * fi + im * fr];
        }
    }
    transform.inverse(work, watch)
}

/// The axes of a tensor with the signs that r gives.
fn axes(cells: [f64; FRAME], dimensions: usize) -> [[f64; 3]; 3] {
    let [xx, yy, zz, xy, xz, yz, rx, ry, rz] = cells;
    let mut u = eigenvectors([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]], dimensions);
    let dot = |a: [f64; 3]| a[0] * rx + a[1] * ry + a[2] * rz;
    for axis in u.iter_mut().take(2) {
        if dot(*axis) < 0.0 {
            *axis = axis.map(|x| -x);
        }
    }
    let [a, b, _] = u;
    u[2] = [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]];
    u
}

/// Eigenvectors of a symmetric matrix by Jacobi's rotations, the largest eigenvalue first; in two dimensions the
/// third axis stays.
fn eigenvectors(mut a: [[f64; 3]; 3], dimensions: usize) -> [[f64; 3]; 3] {
    let mut v = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]];
    // Each sweep squares what is left: ten are more than a double can show.
    for _ in 0..10 {
        for [p, q] in [[0, 1], [0, 2], [1, 2]] {
            if q >= dimensions || a[p][q] == 0.0 {
                continue;
            }
            let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
            let sign = if theta < 0.0 { -1.0 } else { 1.0 };
            let t = sign / (math::abs(theta) + math::sqrt(theta * theta + 1.0));
            let c = 1.0 / math::sqrt(t * t + 1.0);
            let s = t * c;
            for row in &mut a {
                (row[p], row[q]) = (c * row[p] - s * row[q], s * row[p] + c * row[q]);
            }
            for k in 0..3 {
                (a[p][k], a[q][k]) = (c * a[p][k] - s * a[q][k], s * a[p][k] + c * a[q][k]);
                (v[p][k], v[q][k]) = (c * v[p][k] - s * v[q][k], s * v[p][k] + c * v[q][k]);
            }
        }
    }
    let mut by_size = [0, 1, 2];
    by_size[..dimensions.min(3)].sort_unstable_by(|i, j| a[*j][*j].total_cmp(&a[*i][*i]));
    by_size.map(|k| v[k])
}
