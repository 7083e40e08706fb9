//! Objects behind an opaque pointer, in memory of the caller or of the library.

use core::ffi::c_void;

use crate::diagnostic::Fail;
use crate::memory::{self, Range};
use crate::status::radiomics_status_code::*;

/// What stands in memory behind an opaque pointer.
#[repr(C)]
pub(crate) struct Handle<T> {
    /// Tells a living object of this kind from anything else.
    mark: u64,
    owned: bool,
    value: T,
}

/// Objects that callers hold by pointer.
pub(crate) trait Object: Sized {
    /// Distinct for each kind.
    const MARK: u64;
    /// The argument's name.
    const FIELD: &'static str;
}

/// Bytes of storage for an object at any address.
pub(crate) const fn storage_bytes<T: Object>() -> usize {
    size_of::<Handle<T>>() + align_of::<Handle<T>>() - 1
}

/// Places an object in the caller's storage or, without any, on the heap.
///
/// # Safety
/// `storage` is NULL or writable for `bytes`.
pub(crate) unsafe fn place<T: Object>(
    value: T,
    storage: *mut c_void,
    bytes: usize,
) -> Result<*mut T, Fail> {
    if storage.is_null() {
        return on_heap(value);
    }
    let needed = storage_bytes::<T>();
    if bytes < needed {
        let message = format_args!("storage has {bytes} bytes: {needed} are needed");
        return Err(
            Fail::new(RADIOMICS_ERROR_BUFFER_TOO_SMALL, "storage", message).sizes(needed, bytes)
        );
    }
    let slack = storage.cast::<u8>().align_offset(align_of::<Handle<T>>());
    // SAFETY: the slack is part of the needed bytes.
    let place = unsafe { storage.cast::<u8>().add(slack) }.cast::<Handle<T>>();
    // SAFETY: aligned, and the storage is long enough.
    unsafe { place.write(Handle { mark: T::MARK, owned: false, value }) };
    Ok(place.cast())
}

#[cfg(feature = "std")]
fn on_heap<T: Object>(value: T) -> Result<*mut T, Fail> {
    use std::alloc::{Layout, alloc};
    let layout = Layout::new::<Handle<T>>();
    // SAFETY: a handle has a size.
    let place = unsafe { alloc(layout) }.cast::<Handle<T>>();
    if place.is_null() {
        return Err(Fail::memory());
    }
    // SAFETY: fresh memory of this layout.
    unsafe { place.write(Handle { mark: T::MARK, owned: true, value }) };
    Ok(place.cast())
}

#[cfg(not(feature = "std"))]
fn on_heap<T: Object>(_: T) -> Result<*mut T, Fail> {
    let message = format_args!("storage is NULL, and this build of the library has no heap");
    Err(Fail::new(RADIOMICS_ERROR_UNSUPPORTED, "storage", message))
}

/// Checks a handle.
///
/// # Safety
/// `pointer` is NULL or readable for a handle.
unsafe fn checked<T: Object>(pointer: *const T) -> Result<*const Handle<T>, Fail> {
    let handle = pointer.cast::<Handle<T>>();
    memory::check(handle, T::FIELD)?;
    // SAFETY: not NULL, aligned, readable by the caller's promise.
    if unsafe { (&raw const (*handle).mark).read() } != T::MARK {
        let message = format_args!("{} is not, or no longer, one", T::FIELD);
        return Err(Fail::new(RADIOMICS_ERROR_HANDLE, T::FIELD, message));
    }
    Ok(handle)
}

/// Where an object lies.
pub(crate) fn range<T: Object>(pointer: *const T) -> Range {
    Range::new(pointer, size_of::<Handle<T>>(), T::FIELD)
}

/// Borrows an object.
///
/// # Safety
/// `pointer` is NULL or a handle that nobody changes meanwhile.
pub(crate) unsafe fn borrow<'a, T: Object>(pointer: *const T) -> Result<&'a T, Fail> {
    // SAFETY: as promised; a marked handle holds a value.
    unsafe { checked(pointer).map(|handle| &(*handle).value) }
}

/// Borrows an object to change it.
///
/// # Safety
/// `pointer` is NULL or a handle that nobody else uses meanwhile.
pub(crate) unsafe fn borrow_mut<'a, T: Object>(pointer: *mut T) -> Result<&'a mut T, Fail> {
    // SAFETY: as promised; a marked handle holds a value.
    unsafe { checked(pointer.cast_const()).map(|handle| &mut (*handle.cast_mut()).value) }
}

/// Ends an object. NULL is no error.
///
/// # Safety
/// `pointer` is NULL or a handle that nobody uses any more.
pub(crate) unsafe fn destroy<T: Object>(pointer: *mut T) -> Result<(), Fail> {
    if pointer.is_null() {
        return Ok(());
    }
    // SAFETY: as promised.
    let handle = unsafe { checked(pointer.cast_const())? }.cast_mut();
    // SAFETY: a marked handle holds a value, which is dropped once since the mark goes with it.
    let owned = unsafe {
        (&raw mut (*handle).mark).write_volatile(0);
        core::ptr::drop_in_place(&raw mut (*handle).value);
        (*handle).owned
    };
    #[cfg(feature = "std")]
    if owned {
        // SAFETY: it was taken from this allocator with this layout.
        unsafe { std::alloc::dealloc(handle.cast(), std::alloc::Layout::new::<Handle<T>>()) };
    }
    #[cfg(not(feature = "std"))]
    let _ = owned;
    Ok(())
}
