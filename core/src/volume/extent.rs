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
const LANES: usize = 4;

/// 1.5 times 2^52: what is added to it has no digits behind the point any more.
pub(crate) const POINT: f64 = 6_755_399_441_055_744.0;

impl Extent {
    pub(crate) const NONE: Self =
        Self { low: f64::INFINITY, high: f64::NEG_INFINITY, whole: true, finite: true };

    pub(crate) fn of(numbers: &[f64]) -> Self {
        let mut lanes = Lanes::NONE;
        if let Some(last) = numbers.last_chunk() {
            for chunk in numbers.as_chunks().0 {
                lanes.add(chunk);
            }
            // Some are seen twice, which changes nothing.
            lanes.add(last);
        } else if let Some(first) = numbers.first() {
            let mut few = [*first; LANES];
            few.iter_mut().zip(numbers).for_each(|(few, x)| *few = *x);
            lanes.add(&few);
        }
        let Self { low, high, whole, .. } = lanes.together();
        // NaN is not whole, and infinity is an extreme.
        let finite =
            (whole && low.is_finite() && high.is_finite()) || numbers.iter().all(|x| x.is_finite());
        Self { low, high, whole, finite }
    }

    pub(crate) fn with(self, other: Self) -> Self {
        Self {
            low: least(self.low, other.low),
            high: most(self.high, other.high),
            whole: self.whole && other.whole,
            finite: self.finite && other.finite,
        }
    }
}

/// The lower one; the first unless the second is lower, as one instruction has it.
fn least(a: f64, b: f64) -> f64 {
    if b < a { b } else { a }
}

/// The higher one; the first unless the second is higher.
fn most(a: f64, b: f64) -> f64 {
    if b > a { b } else { a }
}

/// What is known of every fourth number.
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
            self.low[lane] = least(self.low[lane], x);
            self.high[lane] = most(self.high[lane], x);
            self.whole[lane] &= if (x + POINT) - POINT == x { !0 } else { 0 };
        }
    }

    /// What all lanes know, halved lane by lane: vectors again. Finite is not known.
    #[inline(always)]
    fn together(mut self) -> Extent {
        let mut half = LANES / 2;
        while half > 0 {
            for lane in 0..half {
                self.low[lane] = least(self.low[lane], self.low[lane + half]);
                self.high[lane] = most(self.high[lane], self.high[lane + half]);
                self.whole[lane] &= self.whole[lane + half];
            }
            half /= 2;
        }
        let whole = self.whole[0] != 0;
        Extent { low: self.low[0], high: self.high[0], whole, finite: false }
    }
}
