//! What one look at some intensities tells.

use core::ops::{Add, Sub};

/// Lowest and highest of some numbers other than NaN, and whether all are whole.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Extent {
    pub low: f64,
    pub high: f64,
    /// Whether all are whole, if they are not above [`Real::WHOLE`].
    pub whole: bool,
    /// Whether none is NaN or infinite.
    pub finite: bool,
}

/// Numbers that are looked at together.
const LANES: usize = 4;

/// 1.5 times 2^52: what is added to it has no digits behind the point any more.
pub(crate) const POINT: f64 = 6_755_399_441_055_744.0;

/// Floating point numbers.
pub(crate) trait Real:
    Copy + PartialOrd + Into<f64> + Add<Output = Self> + Sub<Output = Self>
{
    /// What is added to it has no digits behind the point any more, up to [`Real::WHOLE`].
    const POINT: Self;
    /// Up to here whole numbers are told from others.
    const WHOLE: f64;
    const INFINITY: Self;
    const NEG_INFINITY: Self;
}

impl Real for f64 {
    const POINT: Self = POINT;
    const WHOLE: f64 = 2_251_799_813_685_248.0;
    const INFINITY: Self = Self::INFINITY;
    const NEG_INFINITY: Self = Self::NEG_INFINITY;
}

impl Real for f32 {
    const POINT: Self = 12_582_912.0;
    const WHOLE: f64 = 4_194_304.0;
    const INFINITY: Self = Self::INFINITY;
    const NEG_INFINITY: Self = Self::NEG_INFINITY;
}

impl Extent {
    pub(crate) const NONE: Self =
        Self { low: f64::INFINITY, high: f64::NEG_INFINITY, whole: true, finite: true };

    pub(crate) fn of<T: Real>(numbers: &[T]) -> Self {
        let mut lanes = Lanes::none();
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
        let (low, high, whole) = lanes.together();
        // NaN is not whole, and infinity is an extreme.
        let finite = (whole && low.is_finite() && high.is_finite())
            || numbers.iter().all(|x| (*x).into().is_finite());
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
fn least<T: Real>(a: T, b: T) -> T {
    if b < a { b } else { a }
}

/// The higher one; the first unless the second is higher.
fn most<T: Real>(a: T, b: T) -> T {
    if b > a { b } else { a }
}

/// What is known of every fourth number.
#[derive(Clone, Copy)]
struct Lanes<T> {
    low: [T; LANES],
    high: [T; LANES],
    whole: [bool; LANES],
}

impl<T: Real> Lanes<T> {
    fn none() -> Self {
        Self { low: [T::INFINITY; LANES], high: [T::NEG_INFINITY; LANES], whole: [true; LANES] }
    }

    #[inline(always)]
    fn add(&mut self, numbers: &[T; LANES]) {
        for lane in 0..LANES {
            let x = numbers[lane];
            self.low[lane] = least(self.low[lane], x);
            self.high[lane] = most(self.high[lane], x);
            self.whole[lane] &= (x + T::POINT) - T::POINT == x;
        }
    }

    /// Lowest, highest and whether all are whole; halved lane by lane: vectors again.
    #[inline(always)]
    fn together(mut self) -> (f64, f64, bool) {
        let mut half = LANES / 2;
        while half > 0 {
            for lane in 0..half {
                self.low[lane] = least(self.low[lane], self.low[lane + half]);
                self.high[lane] = most(self.high[lane], self.high[lane + half]);
                self.whole[lane] &= self.whole[lane + half];
            }
            half /= 2;
        }
        (self.low[0].into(), self.high[0].into(), self.whole[0])
    }
}
