//! Types of array elements.

use core::ffi::c_void;

use radiomics::Voxels;

use crate::diagnostic::Fail;
use crate::memory;

/// Unsigned bytes.
pub const RADIOMICS_U8: u32 = 1;
/// Signed bytes.
pub const RADIOMICS_I8: u32 = 2;
/// Unsigned 16-bit integers.
pub const RADIOMICS_U16: u32 = 3;
/// Signed 16-bit integers.
pub const RADIOMICS_I16: u32 = 4;
/// Unsigned 32-bit integers.
pub const RADIOMICS_U32: u32 = 5;
/// Signed 32-bit integers.
pub const RADIOMICS_I32: u32 = 6;
/// Single precision.
pub const RADIOMICS_F32: u32 = 7;
/// Double precision.
pub const RADIOMICS_F64: u32 = 8;
/// Unsigned 64-bit integers; for indices and runs only.
pub const RADIOMICS_U64: u32 = 9;
/// Signed 64-bit integers; for indices and runs only.
pub const RADIOMICS_I64: u32 = 10;

/// The caller's voxels, read in place.
///
/// # Safety
/// `data` is NULL or readable for `bytes`, and is not written while it is borrowed.
pub(crate) unsafe fn voxels<'a>(
    data: *const c_void,
    bytes: usize,
    dtype: u32,
    [data_field, dtype_field]: [&'static str; 2],
) -> Result<Voxels<'a>, Fail> {
    macro_rules! of {
        ($type:ty) => {
            // SAFETY: as promised; a rest that fills no voxel is left out.
            Voxels::from(unsafe {
                memory::slice(data.cast::<$type>(), bytes / size_of::<$type>(), data_field)?
            })
        };
    }
    if data.is_null() {
        return Err(Fail::null(data_field));
    }
    Ok(match dtype {
        RADIOMICS_U8 => of!(u8),
        RADIOMICS_I8 => of!(i8),
        RADIOMICS_U16 => of!(u16),
        RADIOMICS_I16 => of!(i16),
        RADIOMICS_U32 => of!(u32),
        RADIOMICS_I32 => of!(i32),
        RADIOMICS_F32 => of!(f32),
        RADIOMICS_F64 => of!(f64),
        _ => return Err(Fail::invalid(dtype_field, dtype, "RADIOMICS_U8 to RADIOMICS_F64")),
    })
}
