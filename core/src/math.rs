//! The only door to transcendental functions.
//!
//! Every call goes to `libm`, compiled from one source, so that a result has the same bits on every
//! machine. The platform's functions differ in the last digits from one C library to the next.

/// Square root, correctly rounded.
#[inline]
pub fn sqrt(x: f64) -> f64 {
    libm::sqrt(x)
}

/// Cube root.
#[inline]
pub fn cbrt(x: f64) -> f64 {
    libm::cbrt(x)
}

/// Natural logarithm.
#[inline]
pub fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// Natural logarithm of `1 + x`, accurate where `x` is small.
#[inline]
pub fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// Logarithm to base 2.
#[inline]
pub fn log2(x: f64) -> f64 {
    libm::log2(x)
}

/// Exponential.
#[inline]
pub fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// `x` to the power `y`.
#[inline]
pub fn pow(x: f64, y: f64) -> f64 {
    libm::pow(x, y)
}

/// Sine and cosine of an angle in radians.
#[inline]
pub fn sin_cos(x: f64) -> (f64, f64) {
    (libm::sin(x), libm::cos(x))
}

/// Arc cosine in radians.
#[inline]
pub fn acos(x: f64) -> f64 {
    libm::acos(x)
}

/// Inverse hyperbolic tangent.
#[inline]
pub fn atanh(x: f64) -> f64 {
    libm::atanh(x)
}

/// Arc sine in radians.
#[inline]
pub fn asin(x: f64) -> f64 {
    libm::asin(x)
}

/// Angle of the point (`x`, `y`) in radians.
#[inline]
pub fn atan2(y: f64, x: f64) -> f64 {
    libm::atan2(y, x)
}

/// Largest integer not above `x`.
#[inline]
pub fn floor(x: f64) -> f64 {
    libm::floor(x)
}

/// Smallest integer not below `x`.
#[inline]
pub fn ceil(x: f64) -> f64 {
    libm::ceil(x)
}

/// Nearest integer, halves to the even one.
#[inline]
pub fn round_half_even(x: f64) -> f64 {
    libm::rint(x)
}

/// Absolute value.
#[inline]
pub fn abs(x: f64) -> f64 {
    libm::fabs(x)
}

/// The power of two that brings a magnitude near 1, so that products of what it scales neither overflow nor
/// vanish. Scaling by it changes no digit.
#[inline]
pub fn power_of_two_scale(magnitude: f64) -> f64 {
    let exponent = (magnitude.to_bits() >> 52 & 0x7ff).max(1);
    f64::from_bits(2046u64.saturating_sub(exponent).max(1) << 52)
}
