//! A kernel along one axis.

/// A kernel along one axis: weights h, with `dilation - 1` zeros after each.
///
/// ```text
/// (h * f)(i) = sum_k h_k f(i + c - k d)      c = floor(n d / 2)      n weights, dilation d
/// ```
#[derive(Clone, Copy, Debug)]
pub(crate) struct Line<'k> {
    pub weights: &'k [f64],
    pub dilation: usize,
    /// Whether it is turned round: the response of the mirrored image, mirrored back.
    pub flipped: bool,
}

impl<'k> Line<'k> {
    pub(crate) const fn new(weights: &'k [f64]) -> Self {
        Self { weights, dilation: 1, flipped: false }
    }

    /// The centre c.
    const fn centre(&self) -> usize {
        self.weights.len() * self.dilation / 2
    }

    /// Its response to a flat image of ones.
    pub(crate) fn sum(&self) -> f64 {
        self.weights.iter().sum()
    }

    /// Where weight k looks, from the voxel of the response.
    #[inline]
    pub(super) fn offset(&self, k: usize) -> isize {
        let offset = self.centre() as isize - (k * self.dilation) as isize;
        if self.flipped { -offset } else { offset }
    }

    /// How far it looks towards lower and higher indices.
    pub(crate) const fn reach(&self) -> [usize; 2] {
        let centre = self.centre();
        let last = self.weights.len().saturating_sub(1) * self.dilation;
        let sides = [last.saturating_sub(centre), centre];
        if self.flipped { [sides[1], sides[0]] } else { sides }
    }

    /// The farther of both.
    pub(crate) fn farthest(&self) -> usize {
        let [low, high] = self.reach();
        low.max(high)
    }

    /// What turning it round does: `1.0` nothing, `-1.0` it changes the sign.
    pub(crate) fn parity(&self) -> Option<f64> {
        let [low, high] = self.reach();
        let mirrored = |sign: f64| {
            self.weights.iter().zip(self.weights.iter().rev()).all(|(a, b)| *a == sign * b)
        };
        if low != high {
            None
        } else if mirrored(1.0) {
            Some(1.0)
        } else if mirrored(-1.0) {
            Some(-1.0)
        } else {
            None
        }
    }

    /// Whether it is the same kernel, turned round or not.
    pub(crate) fn equals(&self, other: &Line) -> bool {
        self.weights == other.weights && self.dilation == other.dilation
    }
}
