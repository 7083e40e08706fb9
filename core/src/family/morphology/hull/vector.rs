//! Three numbers along x, y, z.

use crate::math;

pub(super) type Vector = [f64; 3];

#[inline]
pub(super) fn dot(a: Vector, b: Vector) -> f64 {
    a[0] * b[0] + a[1] * b[1] + a[2] * b[2]
}

#[inline]
pub(super) fn cross(a: Vector, b: Vector) -> Vector {
    [a[1] * b[2] - a[2] * b[1], a[2] * b[0] - a[0] * b[2], a[0] * b[1] - a[1] * b[0]]
}

#[inline]
pub(super) fn add(a: Vector, b: Vector) -> Vector {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2]]
}

#[inline]
pub(super) fn minus(a: Vector, b: Vector) -> Vector {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2]]
}

#[inline]
pub(super) fn times(s: f64, a: Vector) -> Vector {
    [s * a[0], s * a[1], s * a[2]]
}

#[inline]
pub(super) fn length(a: Vector) -> f64 {
    math::sqrt(dot(a, a))
}

/// In the same direction and of length 1.
#[inline]
pub(super) fn unit(a: Vector) -> Vector {
    let length = length(a);
    a.map(|x| x / length)
}

/// Angle between two directions, exact for small ones, too.
pub(super) fn angle(a: Vector, b: Vector) -> f64 {
    math::atan2(length(cross(a, b)), dot(a, b))
}
