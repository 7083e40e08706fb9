//! Small symmetric systems.

use crate::math;

pub(super) type Matrix<const N: usize> = [[f64; N]; N];

/// Lower triangular factor of a positive definite matrix whose lower triangle is given; `None` for others.
pub(super) fn cholesky<const N: usize>(a: &Matrix<N>) -> Option<Matrix<N>> {
    let mut l = [[0.0; N]; N];
    for i in 0..N {
        for j in 0..=i {
            let mut rest = a[i][j];
            for k in 0..j {
                rest -= l[i][k] * l[j][k];
            }
            l[i][j] = if i > j {
                rest / l[j][j]
            } else if rest > 0.0 {
                math::sqrt(rest)
            } else {
                return None;
            };
        }
    }
    Some(l)
}

/// Solves L y = b.
pub(super) fn forward<const N: usize>(l: &Matrix<N>, mut b: [f64; N]) -> [f64; N] {
    for i in 0..N {
        for k in 0..i {
            b[i] -= l[i][k] * b[k];
        }
        b[i] /= l[i][i];
    }
    b
}

/// Solves L Lᵀ x = b.
pub(super) fn solve<const N: usize>(l: &Matrix<N>, b: [f64; N]) -> [f64; N] {
    let mut x = forward(l, b);
    for i in (0..N).rev() {
        for k in i + 1..N {
            x[i] -= l[k][i] * x[k];
        }
        x[i] /= l[i][i];
    }
    x
}

/// The inverse of a matrix by its factor.
pub(super) fn inverse<const N: usize>(l: &Matrix<N>) -> Matrix<N> {
    core::array::from_fn(|j| solve(l, core::array::from_fn(|i| if i == j { 1.0 } else { 0.0 })))
}
