//! The arithmetic of interpolation: rows combined with rows, samples combined along two rows at once.
//!
//! Sums go through the samples in the order of their index, from the first on. Of a linear pair, the second sample
//! pulls the first towards itself: two equal samples then give that sample, whatever the weights.

use super::super::grid::Taps;
use super::super::method::Method;
use crate::math;

/// Most samples that count along an axis.
pub(super) const MOST: usize = 4;

/// Combines as many rows as there are taps.
pub(super) fn rows(into: &mut [f64], from: [&[f64]; MOST], taps: &Taps, method: Method) {
    let len = into.len();
    let [a, b, c, d] = from.map(|row| &row[..len]);
    let [u, v, w, t] = taps.weight;
    let all = into.iter_mut().zip(a);
    match (method, taps.count) {
        (Method::Nearest, _) | (Method::Linear, ..=1) => into.copy_from_slice(a),
        (Method::Linear, _) => all.zip(b).for_each(|((to, a), b)| *to = a + v * (b - a)),
        (Method::Cubic, ..=1) => all.for_each(|(to, a)| *to = u * a),
        (Method::Cubic, 2) => all.zip(b).for_each(|((to, a), b)| *to = u * a + v * b),
        (Method::Cubic, 3) => {
            all.zip(b).zip(c).for_each(|(((to, a), b), c)| *to = u * a + v * b + w * c);
        }
        (Method::Cubic, _) => all
            .zip(b)
            .zip(c)
            .zip(d)
            .for_each(|((((to, a), b), c), d)| *to = u * a + v * b + w * c + t * d),
    }
}

/// The samples of each target voxel along x and their weights; an unused place repeats the first sample with
/// weight 0.
pub(super) struct Along<'t> {
    pub index: &'t [[u32; MOST]],
    pub weight: &'t [[f64; MOST]],
}

impl Along<'_> {
    /// Combines samples along two rows, which are held side by side.
    pub(super) fn pair(&self, from: &[[f64; 2]], into: [&mut [f64]; 2], method: Method) {
        match method {
            Method::Nearest => self.each(into, |index, _| from[index[0] as usize]),
            Method::Linear => self.each(into, |index, weight| {
                let [a, b] = [from[index[0] as usize], from[index[1] as usize]];
                [a[0] + weight[1] * (b[0] - a[0]), a[1] + weight[1] * (b[1] - a[1])]
            }),
            Method::Cubic => self.each(into, |index, weight| {
                let [a, b, c, d] = index.map(|at| from[at as usize]);
                let [u, v, w, t] = *weight;
                [
                    u * a[0] + v * b[0] + w * c[0] + t * d[0],
                    u * a[1] + v * b[1] + w * c[1] + t * d[1],
                ]
            }),
        }
    }

    #[inline(always)]
    fn each(
        &self,
        [left, right]: [&mut [f64]; 2],
        value: impl Fn(&[u32; MOST], &[f64; MOST]) -> [f64; 2],
    ) {
        let to = left.iter_mut().zip(right);
        for ((left, right), (index, weight)) in to.zip(self.index.iter().zip(self.weight)) {
            [*left, *right] = value(index, weight);
        }
    }
}

/// Puts two rows side by side.
pub(super) fn interleave(left: &[f64], right: &[f64], into: &mut [[f64; 2]]) {
    for ((to, left), right) in into.iter_mut().zip(left).zip(right) {
        *to = [*left, *right];
    }
}

/// What [`Along::pair`] does where x is not interpolated: every sample alone, with weight 1 and others of weight 0.
pub(super) fn alone(row: &mut [f64], method: Method) {
    match method {
        Method::Nearest => {}
        // An infinity becomes NaN, a negative zero positive.
        Method::Linear => row.iter_mut().for_each(|a| *a += 0.0 * math::abs(*a)),
        Method::Cubic => row.iter_mut().for_each(|a| *a += 0.0 * *a),
    }
}
