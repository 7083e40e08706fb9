//! A borrowed buffer of one of the eight voxel types.

/// A borrowed buffer of voxels.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub enum Voxels<'a> {
    /// Unsigned bytes.
    U8(&'a [u8]),
    /// Signed bytes.
    I8(&'a [i8]),
    /// Unsigned 16-bit integers.
    U16(&'a [u16]),
    /// Signed 16-bit integers.
    I16(&'a [i16]),
    /// Unsigned 32-bit integers.
    U32(&'a [u32]),
    /// Signed 32-bit integers.
    I32(&'a [i32]),
    /// Single precision.
    F32(&'a [f32]),
    /// Double precision.
    F64(&'a [f64]),
}

// For doubles, `f64::from` in a body converts nothing.
/// Runs `$body` with `$data` bound to the slice, whatever its type.
macro_rules! with_voxels {
    ($voxels:expr, $data:ident => $body:expr) => {
        #[allow(clippy::useless_conversion)]
        match $voxels {
            $crate::view::Voxels::U8($data) => $body,
            $crate::view::Voxels::I8($data) => $body,
            $crate::view::Voxels::U16($data) => $body,
            $crate::view::Voxels::I16($data) => $body,
            $crate::view::Voxels::U32($data) => $body,
            $crate::view::Voxels::I32($data) => $body,
            $crate::view::Voxels::F32($data) => $body,
            $crate::view::Voxels::F64($data) => $body,
        }
    };
}
pub(crate) use with_voxels;

impl Voxels<'_> {
    /// Number of voxels in the buffer.
    pub const fn len(&self) -> usize {
        with_voxels!(self, data => data.len())
    }

    /// Whether the buffer is empty.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }
}

macro_rules! from_slices {
    ($($variant:ident: $type:ty),*) => {$(
        impl<'a> From<&'a [$type]> for Voxels<'a> {
            fn from(data: &'a [$type]) -> Self {
                Voxels::$variant(data)
            }
        }
    )*};
}
from_slices!(U8: u8, I8: i8, U16: u16, I16: i16, U32: u32, I32: i32, F32: f32, F64: f64);
