//! What a filter sees beyond the edge of the image.

/// The rule by which an image goes on beyond its edge (IBSI filter manual, boundary conditions).
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Boundary {
    /// With zeros.
    Zero,
    /// With one value.
    Constant(f64),
    /// With the nearest voxel of the edge.
    Nearest,
    /// From the opposite edge on.
    Periodic,
    /// Mirrored at the outer face of the edge voxel, which is so seen twice.
    Mirror,
}

impl Boundary {
    /// The voxel that an index beyond `0..n` stands for, or `None` for [`Boundary::outside`].
    ///
    /// ```text
    /// nearest   a a a | a b c | c c c
    /// periodic  a b c | a b c | a b c
    /// mirror    c b a | a b c | c b a
    /// ```
    #[inline]
    pub const fn index(self, i: isize, n: usize) -> Option<usize> {
        if n == 0 {
            return None;
        }
        if i >= 0 && (i as usize) < n {
            return Some(i as usize);
        }
        match self {
            Boundary::Zero | Boundary::Constant(_) => None,
            Boundary::Nearest => Some(if i < 0 { 0 } else { n - 1 }),
            Boundary::Periodic => Some(wrap(i, n)),
            Boundary::Mirror => {
                // A period is the row and its mirror image; a row never fills half the address space.
                let at = wrap(i, n.saturating_mul(2));
                Some(if at < n { at } else { 2 * n - 1 - at })
            }
        }
    }

    /// The rule for a response whose kernel has this sum: beyond the edge it is that of a flat image.
    #[must_use]
    pub fn times(self, sum: f64) -> Self {
        match self {
            Boundary::Constant(value) => Boundary::Constant(value * sum),
            other => other,
        }
    }

    /// The value of voxels that are no voxel of the image.
    #[inline]
    pub const fn outside(self) -> f64 {
        match self {
            Boundary::Constant(value) => value,
            _ => 0.0,
        }
    }
}

/// The remainder that is never negative.
const fn wrap(i: isize, n: usize) -> usize {
    let behind = i.unsigned_abs() % n;
    if i >= 0 || behind == 0 { behind } else { n - behind }
}
