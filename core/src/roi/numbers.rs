//! Whole numbers in the type in which a program holds them.

use crate::error::Detail;

/// What the first index is called.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub enum Base {
    /// 0, as in C, C++ and Python.
    #[default]
    Zero,
    /// 1, as in MATLAB, Octave, R, Julia and Fortran.
    One,
}

impl Base {
    /// Counts from 0 what was counted from the base.
    pub(super) const fn count_from_zero(self, number: u64) -> Option<u64> {
        match self {
            Base::Zero => Some(number),
            Base::One => number.checked_sub(1),
        }
    }
}

/// A borrowed list of whole numbers. Doubles are what MATLAB holds; they must be whole all the same.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Numbers<'a> {
    /// Unsigned 32-bit integers.
    U32(&'a [u32]),
    /// Unsigned 64-bit integers.
    U64(&'a [u64]),
    /// Sizes of the machine.
    Usize(&'a [usize]),
    /// Signed 32-bit integers.
    I32(&'a [i32]),
    /// Signed 64-bit integers.
    I64(&'a [i64]),
    /// Double precision.
    F64(&'a [f64]),
}

/// Doubles below hold whole numbers that a signed integer of 64 bits can hold.
const TWO_TO_63: f64 = 9_223_372_036_854_775_808.0;

impl Numbers<'_> {
    /// How many there are.
    pub const fn len(&self) -> usize {
        match self {
            Numbers::U32(list) => list.len(),
            Numbers::U64(list) => list.len(),
            Numbers::Usize(list) => list.len(),
            Numbers::I32(list) => list.len(),
            Numbers::I64(list) => list.len(),
            Numbers::F64(list) => list.len(),
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The number at a position, unless it is negative or not whole.
    pub(super) fn whole(&self, at: usize) -> Option<u64> {
        match self {
            Numbers::U32(list) => Some(u64::from(list[at])),
            Numbers::U64(list) => Some(list[at]),
            Numbers::Usize(list) => u64::try_from(list[at]).ok(),
            Numbers::I32(list) => u64::try_from(list[at]).ok(),
            Numbers::I64(list) => u64::try_from(list[at]).ok(),
            Numbers::F64(list) => {
                let number = list[at];
                let fits = (0.0..TWO_TO_63).contains(&number);
                (fits && (number as u64) as f64 == number).then_some(number as u64)
            }
        }
    }

    /// The number at a position as an error shows it.
    pub(super) fn detail(&self, at: usize) -> Detail {
        match self {
            Numbers::U32(list) => list[at].into(),
            Numbers::U64(list) => list[at].into(),
            Numbers::Usize(list) => list[at].into(),
            Numbers::I32(list) => i64::from(list[at]).into(),
            Numbers::I64(list) => list[at].into(),
            Numbers::F64(list) => list[at].into(),
        }
    }
}

macro_rules! from_slices {
    ($($variant:ident: $type:ty),*) => {$(
        impl<'a> From<&'a [$type]> for Numbers<'a> {
            fn from(list: &'a [$type]) -> Self {
                Numbers::$variant(list)
            }
        }
    )*};
}
from_slices!(U32: u32, U64: u64, Usize: usize, I32: i32, I64: i64, F64: f64);
