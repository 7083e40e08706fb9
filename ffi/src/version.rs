//! Which library this is.

use core::ffi::{CStr, c_char};

const VERSION: &CStr =
    match CStr::from_bytes_with_nul(concat!(env!("CARGO_PKG_VERSION"), "\0").as_bytes()) {
        Ok(text) => text,
        Err(_) => c"",
    };

/// Value of a decimal number.
const fn number(text: &str) -> u32 {
    let (bytes, mut value, mut i) = (text.as_bytes(), 0, 0);
    while i < bytes.len() {
        value = value * 10 + (bytes[i] - b'0') as u32;
        i += 1;
    }
    value
}

/// The version of the library that is loaded: `0.1.0`. Compare with RADIOMICS_VERSION, that of the header.
#[unsafe(no_mangle)]
pub extern "C" fn radiomics_version() -> *const c_char {
    VERSION.as_ptr()
}

/// The version of the library that is loaded as a number: major * 1000000 + minor * 1000 + patch, like
/// RADIOMICS_VERSION_NUMBER.
#[unsafe(no_mangle)]
pub extern "C" fn radiomics_version_number() -> u32 {
    number(env!("CARGO_PKG_VERSION_MAJOR")) * 1_000_000
        + number(env!("CARGO_PKG_VERSION_MINOR")) * 1_000
        + number(env!("CARGO_PKG_VERSION_PATCH"))
}

/// Moves whenever any value may change. Keep it beside stored values.
#[unsafe(no_mangle)]
pub extern "C" fn radiomics_numerics_version() -> u32 {
    radiomics::NUMERICS_VERSION
}
