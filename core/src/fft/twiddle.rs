//! Points on the unit circle.

use crate::math;

/// Cosine and sine of `2 pi k / n` for `k < n`.
///
/// The angle is reduced to an eighth of the circle in whole numbers, so that symmetric points have
/// the same digits and the axes are exact.
pub(super) fn unit(k: usize, n: usize) -> (f64, f64) {
    // Position on the circle in units of 1 / (8 n).
    let (eighth, rest) = (8 * k / n, 8 * k % n);
    // Odd eighths count back from the next axis or diagonal.
    let rest = if eighth % 2 == 0 { rest } else { n - rest };
    let angle = core::f64::consts::FRAC_PI_4 * (rest as f64 / n as f64);
    let (sine, cosine) = math::sin_cos(angle);
    match eighth {
        0 => (cosine, sine),
        1 => (sine, cosine),
        2 => (-sine, cosine),
        3 => (-cosine, sine),
        4 => (-cosine, -sine),
        5 => (-sine, -cosine),
        6 => (sine, -cosine),
        _ => (cosine, -sine),
    }
}
