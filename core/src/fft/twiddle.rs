//! Points on the unit circle.

use core::f64::consts::{FRAC_1_SQRT_2, FRAC_PI_4};

use crate::math;

/// `exp(-2 pi i k / n)` for `k < n`: cosine and minus sine.
///
/// The angle is reduced to an eighth of the circle in whole numbers, so that symmetric points have the
/// same digits, axes and diagonals are exact, and the error stays at that of one small angle.
pub(super) fn root(k: usize, n: usize) -> [f64; 2] {
    // The product does not fit a word for lengths that nobody can store, but it must not panic.
    let steps = 8 * k as u128;
    let (eighth, rest) = (steps / n as u128, (steps % n as u128) as usize);
    // Odd eighths count back from the next axis; their start is the diagonal itself.
    let rest = if eighth % 2 == 0 { rest } else { n - rest };
    let (sine, cosine) = if rest == n {
        (FRAC_1_SQRT_2, FRAC_1_SQRT_2)
    } else {
        math::sin_cos(FRAC_PI_4 * (rest as f64 / n as f64))
    };
    match eighth {
        0 => [cosine, -sine],
        1 => [sine, -cosine],
        2 => [-sine, -cosine],
        3 => [-cosine, -sine],
        4 => [-cosine, sine],
        5 => [-sine, cosine],
        6 => [sine, cosine],
        _ => [cosine, sine],
    }
}
