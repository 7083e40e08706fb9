//! Which voxels of a mask belong to the region.

use crate::error::Error;
use crate::math;

/// Which voxels of a mask belong to the region. The values are those stored in the mask: no rescaling.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Select {
    /// Every voxel that is not zero; NaN is outside.
    NonZero,
    /// Every voxel equal to this label.
    Label(f64),
    /// Every voxel of at least this value: a fractional mask with its threshold; NaN is outside.
    ///
    /// The threshold counts in the mask's own values. Half of a voxel is 0.5 in a mask of fractions from 0 to 1,
    /// and 127.5 in a mask of bytes from 0 to 255.
    AtLeast(f64),
}

impl Select {
    /// Checks the number in it.
    pub(super) fn check(self) -> Result<(), Error> {
        match self {
            Select::Label(label) if !label.is_finite() || label == 0.0 => {
                Err(Error::invalid("region.label", label, "a finite label other than 0"))
            }
            Select::AtLeast(threshold) if !threshold.is_finite() => {
                Err(Error::invalid("region.threshold", threshold, "a finite threshold"))
            }
            _ => Ok(()),
        }
    }
}

/// A voxel type, with the numbers of a [`Select`] brought to it: comparing in the type of the voxels is several
/// times quicker than converting every voxel.
pub(super) trait Raw: Copy + PartialOrd {
    fn is_non_zero(self) -> bool;
    /// The voxel that equals a label, if one can.
    fn exactly(label: f64) -> Option<Self>;
    /// The smallest voxel value that is at least a threshold, if there is one.
    fn at_least(threshold: f64) -> Option<Self>;
}

macro_rules! integers {
    ($($type:ty),*) => {$(
        impl Raw for $type {
            #[inline]
            fn is_non_zero(self) -> bool {
                self != 0
            }
            fn exactly(label: f64) -> Option<Self> {
                let voxel = label as $type;
                (f64::from(voxel) == label).then_some(voxel)
            }
            fn at_least(threshold: f64) -> Option<Self> {
                let voxel = math::ceil(threshold);
                // The conversion ends at the smallest integer.
                (voxel <= f64::from(<$type>::MAX)).then_some(voxel as $type)
            }
        }
    )*};
}
integers!(u8, i8, u16, i16, u32, i32);

impl Raw for f32 {
    #[inline]
    fn is_non_zero(self) -> bool {
        self.abs() > 0.0
    }
    fn exactly(label: f64) -> Option<Self> {
        let voxel = label as f32;
        (f64::from(voxel) == label).then_some(voxel)
    }
    fn at_least(threshold: f64) -> Option<Self> {
        let near = threshold as f32;
        Some(if f64::from(near) < threshold { near.next_up() } else { near })
    }
}

impl Raw for f64 {
    #[inline]
    fn is_non_zero(self) -> bool {
        self.abs() > 0.0
    }
    fn exactly(label: f64) -> Option<Self> {
        Some(label)
    }
    fn at_least(threshold: f64) -> Option<Self> {
        Some(threshold)
    }
}

/// Runs `$body` with `$test` bound to what tells a voxel of `$type` inside from one outside.
macro_rules! with_test {
    ($select:expr, $type:ty, $test:ident => $body:expr) => {
        match $select {
            $crate::view::Select::NonZero => {
                let $test = |voxel: $type| voxel.is_non_zero();
                $body
            }
            $crate::view::Select::Label(label) => {
                let label = <$type>::exactly(label);
                let $test = move |voxel: $type| Some(voxel) == label;
                $body
            }
            $crate::view::Select::AtLeast(threshold) => match <$type>::at_least(threshold) {
                Some(low) => {
                    let $test = move |voxel: $type| voxel >= low;
                    $body
                }
                None => {
                    let $test = |_: $type| false;
                    $body
                }
            },
        }
    };
}
pub(super) use with_test;
