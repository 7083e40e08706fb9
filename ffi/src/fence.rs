//! The way into and out of every exported function.

use crate::diagnostic::{Fail, radiomics_diagnostic};
use crate::status::{radiomics_status, radiomics_status_code::*};

/// Runs the body of an exported function: no panic leaves it, and its end is reported.
///
/// # Safety
/// `diagnostic` is NULL or points to a diagnostic as long as its `struct_size` says.
pub(crate) unsafe fn call(
    diagnostic: *mut radiomics_diagnostic,
    body: impl FnOnce() -> Result<(), Fail>,
) -> radiomics_status {
    let result = fenced(body).and_then(|result| result);
    // SAFETY: as promised.
    unsafe { Fail::report(result.as_ref().copied(), diagnostic) };
    match result {
        Ok(()) => RADIOMICS_OK as radiomics_status,
        Err(fail) => fail.status as radiomics_status,
    }
}

/// The answer of a body, or an internal error when it panicked.
#[cfg(feature = "std")]
pub(crate) fn fenced<R>(body: impl FnOnce() -> R) -> Result<R, Fail> {
    // Nothing that a panic leaves half done is looked at afterwards: outputs are filled again, handles are not kept.
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(body)).map_err(|_| panicked())
}

/// The answer of a body. Panics abort in a build without the standard library.
#[cfg(not(feature = "std"))]
pub(crate) fn fenced<R>(body: impl FnOnce() -> R) -> Result<R, Fail> {
    Ok(body())
}

/// What is reported when something panicked.
pub(crate) fn panicked() -> Fail {
    Fail::new(RADIOMICS_ERROR_INTERNAL, "", format_args!("internal error: please report it"))
}
