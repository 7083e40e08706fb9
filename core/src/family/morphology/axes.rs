//! Principal axes of the voxel centres.

use crate::math;
use crate::volume::Mask;

/// Whole-number moments of the voxel centres in voxels, exact in any order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    pub count: u64,
    pub first: [u128; 3],
    /// xx, yy, zz, xy, xz, yz
    second: [u128; 6],
}

impl Moments {
    /// Of all voxels with the flag.
    pub(super) fn of(mask: &Mask, flag: u8) -> Self {
        let mut out = Self::default();
        let [_, ny, nz] = mask.shape();
        for z in 0..nz {
            for y in 0..ny {
                let (mut n, mut sx, mut sxx) = (0u64, 0u64, 0u128);
                for (x, flags) in mask.row(y, z).iter().enumerate() {
                    if flags & flag != 0 {
                        n += 1;
                        sx += x as u64;
                        sxx += x as u128 * x as u128;
                    }
                }
                let (n1, sx, y, z) = (u128::from(n), u128::from(sx), y as u128, z as u128);
                out.count += n;
                for (sum, term) in out.first.iter_mut().zip([sx, n1 * y, n1 * z]) {
                    *sum += term;
                }
                let terms = [sxx, n1 * y * y, n1 * z * z, sx * y, sx * z, n1 * y * z];
                for (sum, term) in out.second.iter_mut().zip(terms) {
                    *sum += term;
                }
            }
        }
        out
    }

    /// The covariance in mm^2, divided by N - 1: xx, yy, zz, xy, xz, yz. At least two voxels.
    fn covariance(&self, spacing: [f64; 3]) -> [f64; 6] {
        let n = u128::from(self.count);
        let divisor = n as f64 * (n - 1) as f64;
        const AXES: [(usize, usize); 6] = [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)];
        core::array::from_fn(|i| {
            let (a, b) = AXES[i];
            // N sum ab - sum a sum b, in whole numbers.
            let (plus, minus) = (n * self.second[i], self.first[a] * self.first[b]);
            let exact =
                if plus >= minus { (plus - minus) as f64 } else { -((minus - plus) as f64) };
            exact / divisor * spacing[a] * spacing[b]
        })
    }

    /// Eigenvalues of the covariance, falling.
    pub(super) fn eigenvalues(&self, spacing: [f64; 3]) -> [f64; 3] {
        let [xx, yy, zz, xy, xz, yz] = self.covariance(spacing);
        eigenvalues([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]])
    }
}

/// Eigenvalues of a symmetric matrix, falling, by Jacobi's rotations; none is below 0 for a covariance but by
/// rounding, and then it is 0.
pub(super) fn eigenvalues(mut a: [[f64; 3]; 3]) -> [f64; 3] {
    // Eight sweeps leave nothing off the diagonal: convergence is quadratic.
    for _ in 0..8 {
        for (p, q) in [(0, 1), (0, 2), (1, 2)] {
            if a[p][q] == 0.0 {
                continue;
            }
            let theta = (a[q][q] - a[p][p]) / (2.0 * a[p][q]);
            let sign = if theta < 0.0 { -1.0 } else { 1.0 };
            let t = if math::abs(theta) > 1e150 {
                0.5 / theta
            } else {
                sign / (math::abs(theta) + math::sqrt(theta * theta + 1.0))
            };
            let c = 1.0 / math::sqrt(t * t + 1.0);
            let s = t * c;
            let r = 3 - p - q;
            let (app, aqq, apq) = (a[p][p], a[q][q], a[p][q]);
            a[p][p] = app - t * apq;
            a[q][q] = aqq + t * apq;
            (a[p][q], a[q][p]) = (0.0, 0.0);
            let (arp, arq) = (a[r][p], a[r][q]);
            a[r][p] = c * arp - s * arq;
            a[r][q] = s * arp + c * arq;
            (a[p][r], a[q][r]) = (a[r][p], a[r][q]);
        }
    }
    let mut values = [a[0][0], a[1][1], a[2][2]].map(|x| x.max(0.0));
    values.sort_unstable_by(|x, y| y.total_cmp(x));
    // Beside the largest, this much is rounding: the region has no extent there.
    let noise = values[0] * 1e-14;
    values.map(|x| if x < noise { 0.0 } else { x })
}
