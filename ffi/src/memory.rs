//! The caller's memory, checked before it is touched.

use core::slice;

use crate::diagnostic::Fail;
use crate::status::radiomics_status_code::{RADIOMICS_ERROR_MISALIGNED, RADIOMICS_ERROR_OVERLAP};

/// Checks a pointer that must point to a `T`.
pub(crate) fn check<T>(pointer: *const T, field: &'static str) -> Result<(), Fail> {
    if pointer.is_null() {
        return Err(Fail::null(field));
    }
    if !pointer.is_aligned() {
        let message = format_args!("{field} is not aligned to {} bytes", align_of::<T>());
        return Err(Fail::new(RADIOMICS_ERROR_MISALIGNED, field, message));
    }
    Ok(())
}

/// Checks that so many `T` can lie in memory.
pub(crate) fn check_length<T>(count: usize, field: &'static str) -> Result<(), Fail> {
    match count.checked_mul(size_of::<T>()) {
        Some(bytes) if bytes <= isize::MAX as usize => Ok(()),
        _ => Err(Fail::data(field, count, "a length that can be addressed")),
    }
}

/// The caller's array, read in place. NULL is allowed for an empty one.
///
/// # Safety
/// The array is readable, and is not written while it is borrowed.
pub(crate) unsafe fn slice<'a, T>(
    pointer: *const T,
    count: usize,
    field: &'static str,
) -> Result<&'a [T], Fail> {
    if count == 0 {
        return Ok(&[]);
    }
    check(pointer, field)?;
    check_length::<T>(count, field)?;
    // SAFETY: not NULL, aligned, addressable; readable by the caller's promise.
    Ok(unsafe { slice::from_raw_parts(pointer, count) })
}

/// The caller's array to be written, filled first so that whatever was in it does not matter.
///
/// # Safety
/// The array is writable and nobody else touches it while it is borrowed.
pub(crate) unsafe fn filled<'a, T: Copy>(
    pointer: *mut T,
    count: usize,
    with: T,
    field: &'static str,
) -> Result<&'a mut [T], Fail> {
    if count == 0 {
        return Ok(&mut []);
    }
    check(pointer.cast_const(), field)?;
    check_length::<T>(count, field)?;
    for i in 0..count {
        // SAFETY: inside the array.
        unsafe { pointer.add(i).write(with) };
    }
    // SAFETY: every value was written just now.
    Ok(unsafe { slice::from_raw_parts_mut(pointer, count) })
}

/// Writes one value where the caller wants it.
///
/// # Safety
/// `pointer` is NULL or writable.
pub(crate) unsafe fn put<T>(pointer: *mut T, value: T, field: &'static str) -> Result<(), Fail> {
    check(pointer.cast_const(), field)?;
    // SAFETY: not NULL, aligned, writable by the caller's promise.
    unsafe { pointer.write(value) };
    Ok(())
}

/// A stretch of memory with the name of its argument.
#[derive(Clone, Copy)]
pub(crate) struct Range {
    start: usize,
    bytes: usize,
    field: &'static str,
}

impl Range {
    /// A stretch of memory; an empty one for NULL and for a length that is refused wherever it would be used.
    pub(crate) fn new<T>(pointer: *const T, bytes: usize, field: &'static str) -> Self {
        let usable = !pointer.is_null() && bytes <= isize::MAX as usize;
        Self { start: pointer.addr(), bytes: if usable { bytes } else { 0 }, field }
    }

    /// Checks that memory to be written shares no byte with another argument's.
    pub(crate) fn apart_from(self, other: Self) -> Result<(), Fail> {
        let overlap = self.bytes > 0
            && other.bytes > 0
            && self.start < other.start.saturating_add(other.bytes)
            && other.start < self.start.saturating_add(self.bytes);
        if !overlap {
            return Ok(());
        }
        let message = format_args!("{} overlaps {}", self.field, other.field);
        Err(Fail::new(RADIOMICS_ERROR_OVERLAP, self.field, message))
    }
}

/// Checks that no output shares a byte with another one or with what is read.
pub(crate) fn apart(outputs: &[Range], inputs: &[Range]) -> Result<(), Fail> {
    for (index, output) in outputs.iter().enumerate() {
        let others = outputs.iter().skip(index + 1);
        others.chain(inputs).try_for_each(|other| output.apart_from(*other))?;
    }
    Ok(())
}
