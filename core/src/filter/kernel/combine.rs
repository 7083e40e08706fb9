//! How a response joins what is there.

use super::Signs;
use crate::math;

/// How a response joins what is there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Combine {
    Set,
    Max,
    Min,
    Add,
}

impl Combine {
    /// What leaves every response as it is.
    pub(super) const fn neutral(self) -> f64 {
        match self {
            Combine::Max => f64::NEG_INFINITY,
            Combine::Min => f64::INFINITY,
            Combine::Set | Combine::Add => 0.0,
        }
    }

    /// A response that is met with these signs joins what is there.
    #[inline(always)]
    pub(super) fn join(self, signs: Signs, old: &mut [f64], new: &mut [f64]) {
        match (signs, self) {
            (Signs::Plus, _) => {}
            (Signs::Minus, _) => new.iter_mut().for_each(|x| *x = -*x),
            (Signs::Both, Combine::Max) => new.iter_mut().for_each(|x| *x = math::abs(*x)),
            (Signs::Both, Combine::Min) => new.iter_mut().for_each(|x| *x = -math::abs(*x)),
            // Nothing is left, unless it is no number.
            (Signs::Both, _) => new.iter_mut().for_each(|x| *x -= *x),
        }
        let cells = old.iter_mut().zip(new.iter());
        match self {
            Combine::Set => cells.for_each(|(old, new)| *old = *new),
            // NaN stays, whichever side it is on.
            Combine::Max => cells.for_each(|(old, new)| {
                *old = if *old > *new || old.is_nan() { *old } else { *new };
            }),
            Combine::Min => cells.for_each(|(old, new)| {
                *old = if *old < *new || old.is_nan() { *old } else { *new };
            }),
            Combine::Add => cells.for_each(|(old, new)| *old += *new),
        }
    }
}
