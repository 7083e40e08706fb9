//! Structs that know their size, so that programs and libraries of different age understand each other.

use core::ptr;

use crate::diagnostic::Fail;
use crate::memory::{self, Range};
use crate::status::radiomics_status_code::RADIOMICS_ERROR_STRUCT_SIZE;

/// A struct of the interface.
///
/// # Safety
/// The first field is `struct_size: usize`, and any bytes, also all zero, are a value.
pub(crate) unsafe trait Plain: Copy {}

/// No struct of the interface will ever be longer; a larger size is not a size but garbage.
const LONGEST: usize = 8192;

fn wrong(field: &'static str, size: usize, expected: usize) -> Fail {
    let message = format_args!(
        "{field}.struct_size is {size}: expected sizeof, {expected} bytes in this version"
    );
    Fail::new(RADIOMICS_ERROR_STRUCT_SIZE, field, message).sizes(expected, size)
}

/// Reads the size that stands in front.
///
/// # Safety
/// `pointer` is NULL or readable for a `size_t`.
unsafe fn size_of_struct<T: Plain>(pointer: *const T, field: &'static str) -> Result<usize, Fail> {
    memory::check(pointer, field)?;
    // SAFETY: not NULL, aligned, and readable by the caller's promise.
    let size = unsafe { pointer.cast::<usize>().read() };
    let plausible = (size_of::<usize>()..=LONGEST).contains(&size) && size % align_of::<T>() == 0;
    if plausible { Ok(size) } else { Err(wrong(field, size, size_of::<T>())) }
}

/// Where so many structs of one size lie; nowhere when the first has no size, which is an error wherever it is used.
///
/// # Safety
/// `pointer` is NULL or readable for a `size_t`.
pub(crate) unsafe fn range<T: Plain>(
    pointer: *const T,
    count: usize,
    field: &'static str,
) -> Range {
    // SAFETY: as promised.
    let size = unsafe { size_of_struct(pointer, field) }.unwrap_or(0);
    Range::new(pointer, size.saturating_mul(count), field)
}

/// Reads a struct: a tail that the caller does not know is 0, a tail that we do not know must be 0.
///
/// # Safety
/// `pointer` is NULL or readable for as many bytes as its `struct_size` says.
pub(crate) unsafe fn read<T: Plain>(pointer: *const T, field: &'static str) -> Result<T, Fail> {
    // SAFETY: as promised.
    let size = unsafe { size_of_struct(pointer, field)? };
    let known = size.min(size_of::<T>());
    let mut value = core::mem::MaybeUninit::<T>::zeroed();
    // SAFETY: both are valid for `known` bytes and do not overlap.
    unsafe {
        ptr::copy_nonoverlapping(pointer.cast::<u8>(), value.as_mut_ptr().cast::<u8>(), known)
    };
    for i in known..size {
        // SAFETY: inside the struct by its own size.
        if unsafe { pointer.cast::<u8>().add(i).read() } != 0 {
            return Err(wrong(field, size, size_of::<T>()));
        }
    }
    // SAFETY: any bytes are a value.
    Ok(unsafe { value.assume_init() })
}

/// Writes a struct where the caller asked for it; the caller's size stays, a tail that we do not know becomes 0.
/// NULL is no error: the caller does not want it.
///
/// # Safety
/// `pointer` is NULL or writable for as many bytes as its `struct_size` says.
pub(crate) unsafe fn write<T: Plain>(
    pointer: *mut T,
    value: T,
    field: &'static str,
) -> Result<(), Fail> {
    if pointer.is_null() {
        return Ok(());
    }
    // SAFETY: as promised.
    let size = unsafe { size_of_struct(pointer, field)? };
    let word = size_of::<usize>();
    let known = size.min(size_of::<T>());
    // SAFETY: all within the caller's struct; the value lies on our stack.
    unsafe {
        let out = pointer.cast::<u8>();
        ptr::copy_nonoverlapping(
            (&raw const value).cast::<u8>().add(word),
            out.add(word),
            known - word,
        );
        ptr::write_bytes(out.add(known), 0, size - known);
    }
    Ok(())
}

/// Writes a struct that was made, or nothing but zeros when it could not be.
///
/// # Safety
/// As [`write`].
pub(crate) unsafe fn give<T: Plain>(
    pointer: *mut T,
    made: Result<T, Fail>,
    field: &'static str,
) -> Result<(), Fail> {
    memory::check(pointer.cast_const(), field)?;
    // SAFETY: any bytes are a value, also zeros; the rest as promised.
    unsafe {
        match made {
            Ok(value) => write(pointer, value, field),
            Err(fail) => {
                write(pointer, core::mem::zeroed(), field)?;
                Err(fail)
            }
        }
    }
}

/// The struct number `index` of an array: each is as long as the first says, and they must agree.
///
/// # Safety
/// `pointer` is NULL or points to more than `index` structs of one `struct_size`.
pub(crate) unsafe fn nth<T: Plain>(
    pointer: *const T,
    index: usize,
    field: &'static str,
) -> Result<*const T, Fail> {
    // SAFETY: as promised.
    let size = unsafe { size_of_struct(pointer, field)? };
    // SAFETY: inside the array by the caller's promise.
    let found = unsafe { pointer.byte_add(index * size) };
    // SAFETY: as promised.
    match unsafe { found.cast::<usize>().read() } {
        same if same == size => Ok(found),
        other => Err(wrong(field, other, size)),
    }
}
