//! Complex numbers of several lines side by side.

/// Lines that are transformed at once.
pub const LANES: usize = 4;

/// One place of [`LANES`] lines: real parts, then imaginary parts.
pub type Packed = [[f64; LANES]; 2];

type Lanes = [f64; LANES];

#[inline(always)]
fn plus(a: Lanes, b: Lanes) -> Lanes {
    [a[0] + b[0], a[1] + b[1], a[2] + b[2], a[3] + b[3]]
}

#[inline(always)]
fn minus(a: Lanes, b: Lanes) -> Lanes {
    [a[0] - b[0], a[1] - b[1], a[2] - b[2], a[3] - b[3]]
}

#[inline(always)]
fn times(a: Lanes, s: f64) -> Lanes {
    [a[0] * s, a[1] * s, a[2] * s, a[3] * s]
}

#[inline(always)]
pub(super) fn add(a: Packed, b: Packed) -> Packed {
    [plus(a[0], b[0]), plus(a[1], b[1])]
}

#[inline(always)]
pub(super) fn sub(a: Packed, b: Packed) -> Packed {
    [minus(a[0], b[0]), minus(a[1], b[1])]
}

#[inline(always)]
pub(super) fn scale(a: Packed, s: f64) -> Packed {
    [times(a[0], s), times(a[1], s)]
}

/// Times the complex number `w`, the same for all lanes.
#[inline(always)]
pub(super) fn turn(a: Packed, w: [f64; 2]) -> Packed {
    let [c, s] = w;
    [minus(times(a[0], c), times(a[1], s)), plus(times(a[0], s), times(a[1], c))]
}

/// Times -i.
#[inline(always)]
pub(super) fn quarter_back(a: Packed) -> Packed {
    let [r, i] = a;
    [i, [-r[0], -r[1], -r[2], -r[3]]]
}
