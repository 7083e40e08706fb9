//! Two real lines in one complex line.
//!
//! With the lines a and b as real and imaginary part of one line, both spectra come out of one transform,
//! because the spectrum of a real line is its own mirror image, conjugated:
//!
//! ```text
//! A_k = (X_k + conj X_(n-k)) / 2        B_k = (X_k - conj X_(n-k)) / (2 i)        X_k = A_k + i B_k
//! ```

use super::packed::{LANES, Packed};

/// The spectra A_k and B_k from the transform at k and at its mirror place (n - k) mod n.
#[inline(always)]
pub fn split(at: Packed, mirror: Packed) -> [Packed; 2] {
    let mut a = [[0.0; LANES]; 2];
    let mut b = [[0.0; LANES]; 2];
    for lane in 0..LANES {
        a[0][lane] = 0.5 * (at[0][lane] + mirror[0][lane]);
        a[1][lane] = 0.5 * (at[1][lane] - mirror[1][lane]);
        b[0][lane] = 0.5 * (at[1][lane] + mirror[1][lane]);
        b[1][lane] = 0.5 * (mirror[0][lane] - at[0][lane]);
    }
    [a, b]
}

/// What the inverse transform needs at k and at its mirror place to give the line a in the real part and b in the
/// imaginary part.
#[inline(always)]
pub fn join([a, b]: [Packed; 2]) -> [Packed; 2] {
    let mut at = [[0.0; LANES]; 2];
    let mut mirror = [[0.0; LANES]; 2];
    for lane in 0..LANES {
        at[0][lane] = a[0][lane] - b[1][lane];
        at[1][lane] = a[1][lane] + b[0][lane];
        mirror[0][lane] = a[0][lane] + b[1][lane];
        mirror[1][lane] = b[0][lane] - a[1][lane];
    }
    [at, mirror]
}
