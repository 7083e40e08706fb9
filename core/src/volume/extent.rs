//! What one look at some intensities tells.

/// Lowest and highest of some numbers other than NaN, and whether all are whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub low: f64,
    pub high: f64,
    /// Whether all are whole, if they are within 2^31.
    pub whole: bool,
    /// Whether none is NaN or infinite.
    pub finite: bool,
}

/// Numbers that are looked at together.
const LANES: usize = 8;

/// 1.5 times 2^52: what is added to it has no digits behind the point any more.
pub(crate) const POINT: f64 = 6_755_399_441_055_744.0;

impl Extent {
    pub(crate) const NONE: Self =
        Self { low: f64::INFINITY, high: f64::NEG_INFINITY, whole: true, finite: true };

    pub(crate) fn of(numbers: &[f64]) -> Self {
        let mut lanes = Lanes::NONE;
        let (chunks, rest) = numbers.as_chunks();
        for chunk in chunks {
            lanes.add(chunk);
        }
        if let Some(first) = rest.first() {
            let mut last = [*first; LANES];
            last[..rest.len()].copy_from_slice(rest);
            lanes.add(&last);
        }
        let low = lanes.low.into_iter().fold(f64::INFINITY, f64::min);
        let high = lanes.high.into_iter().fold(f64::NEG_INFINITY, f64::max);
        let whole = lanes.whole.into_iter().all(|lane| lane != 0);
        // NaN is not whole, and infinity is an extreme.
        let finite =
            (whole && low.is_finite() && high.is_finite()) || numbers.iter().all(|x| x.is_finite());
        Self { low, high, whole, finite }
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            whole: self.whole && other.whole,
            finite: self.finite && other.finite,
        }
    }
}

/// What is known of every eighth number.
#[derive(Clone, Copy)]
struct Lanes {
    low: [f64; LANES],
    high: [f64; LANES],
    whole: [u64; LANES],
}

impl Lanes {
    const NONE: Self =
        Self { low: [f64::INFINITY; LANES], high: [f64::NEG_INFINITY; LANES], whole: [!0; LANES] };

    #[inline(always)]
    fn add(&mut self, numbers: &[f64; LANES]) {
        for lane in 0..LANES {
            let x = numbers[lane];
            self.low[lane] = if x < self.low[lane] { x } else { self.low[lane] };
            self.high[lane] = if x > self.high[lane] { x } else { self.high[lane] };
            self.whole[lane] &= if (x + POINT) - POINT == x { !0 } else { 0 };
        }
    }
}
