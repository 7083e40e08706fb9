//! Principal axes of the voxel centres.

use super::extent::Extent;
use super::rows;
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::volume::Mask;

/// Voxels of a row that are summed together: their squares fit 32 bits.
const BLOCK: usize = 256;

/// Whole-number moments of the voxel centres in voxels, exact in any order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Moments {
    pub count: u64,
    pub first: [u128; 3],
    /// xx, yy, zz, xy, xz, yz
    second: [u128; 6],
    /// Smallest coordinates, and one more than the largest.
    bounds: [[usize; 3]; 2],
}

/// Number, sum of x and sum of x^2 of the voxels of a row that begins at `start`; all are inside where it is `full`.
fn row(flags: &[u8], full: bool, start: usize) -> [u128; 3] {
    if full {
        // The sums of 1, x and x^2 over all x below a bound.
        let below = |x: usize| {
            let x = x as u128;
            let pairs = x * x.saturating_sub(1) / 2;
            [x, pairs, pairs * (2 * x).saturating_sub(1) / 3]
        };
        let (end, start) = (below(start + flags.len()), below(start));
        return core::array::from_fn(|i| end[i] - start[i]);
    }
    let mut out = [0u128; 3];
    for (block, start) in flags.chunks(BLOCK).zip((start as u128..).step_by(BLOCK)) {
        let [mut n, mut x, mut xx] = [0u32; 3];
        for (i, cell) in (0u32..).zip(block) {
            let has = u32::from(cell & Mask::MORPHOLOGICAL != 0);
            n += has;
            x += has * i;
            xx += has * (i * i);
        }
        let [n, x, xx] = [n, x, xx].map(u128::from);
        out[0] += n;
        out[1] += n * start + x;
        out[2] += n * start * start + 2 * start * x + xx;
    }
    out
}

impl Moments {
    /// Of the morphological mask.
    pub(super) fn of(mask: &Mask, watch: &Watch) -> Result<Self, Error> {
        let mut out = Self { bounds: [[usize::MAX; 3], [0; 3]], ..Self::default() };
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
                let [low, high] = &mut out.bounds;
                for (axis, [from, to]) in
                    [[span.start, span.end], [y, y + 1], [z, z + 1]].into_iter().enumerate()
                {
                    low[axis] = low[axis].min(from);
                    high[axis] = high[axis].max(to);
                }
                let full = mask.count_row(y, z, Mask::MORPHOLOGICAL) == span.len();
                let [n, sx, sxx] = row(&mask.row(y, z)[span.clone()], full, span.start);
                let (y, z) = (y as u128, z as u128);
                out.count += n as u64;
                for (sum, term) in out.first.iter_mut().zip([sx, n * y, n * z]) {
                    *sum += term;
                }
                let terms = [sxx, n * y * y, n * z * z, sx * y, sx * z, n * y * z];
                for (sum, term) in out.second.iter_mut().zip(terms) {
                    // Only regions of more than 2^42 voxels in a row get there.
                    *sum = sum.saturating_add(term);
                }
            }
        }
        Ok(out)
    }

    /// Sides of the box around the voxels, of which there is one at least.
    pub(super) fn sides(&self) -> [usize; 3] {
        let [low, high] = self.bounds;
        core::array::from_fn(|axis| high[axis] - low[axis])
    }

    /// The covariance in mm^2, divided by N - 1: xx, yy, zz, xy, xz, yz. At least two voxels; `None` when a moment
    /// does not fit 128 bits (more than 2^31 voxels in a row).
    fn covariance(&self, spacing: [f64; 3]) -> Option<[f64; 6]> {
        let n = u128::from(self.count);
        let divisor = n as f64 * (n - 1) as f64;
        const AXES: [(usize, usize); 6] = [(0, 0), (1, 1), (2, 2), (0, 1), (0, 2), (1, 2)];
        let mut out = [0.0; 6];
        for ((out, second), (a, b)) in out.iter_mut().zip(self.second).zip(AXES) {
            // N sum ab - sum a sum b, in whole numbers.
            let plus = n.checked_mul(second)?;
            let minus = self.first[a].checked_mul(self.first[b])?;
            let exact =
                if plus >= minus { (plus - minus) as f64 } else { -((minus - plus) as f64) };
            *out = exact / divisor * spacing[a] * spacing[b];
        }
        Some(out)
    }

    /// Eigenvalues of the covariance, falling; as many are 0 as the voxels leave out dimensions. `None` when they
    /// do not fit.
    pub(super) fn eigenvalues(&self, spacing: [f64; 3], extent: Extent) -> Option<[f64; 3]> {
        let [xx, yy, zz, xy, xz, yz] = self.covariance(spacing)?;
        let mut values = eigenvalues([[xx, xy, xz], [xy, yy, yz], [xz, yz, zz]]);
        for value in &mut values[extent.dimensions()..] {
            *value = 0.0;
        }
        values.iter().all(|v| v.is_finite()).then_some(values)
    }
}

/// Eigenvalues of a symmetric matrix, falling, by Jacobi's rotations: small eigenvalues of a covariance keep their
/// digits when one spacing is far from the others. A covariance has none below 0 but by rounding, and then it is 0.
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
    let mut values = [a[0][0], a[1][1], a[2][2]].map(|x| if x < 0.0 { 0.0 } else { x });
    values.sort_unstable_by(f64::total_cmp);
    values.reverse();
    values
}
