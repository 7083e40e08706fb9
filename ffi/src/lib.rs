//! The C interface of radiomics: plain data and opaque handles over the core.
//!
//! All of the project's `unsafe` is here. Every exported function checks its pointers, runs behind a fence that no panic
//! passes, answers with a status, and leaves no half of a result. The names are those of the header, so that a search for
//! a C name finds its source.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![allow(non_camel_case_types, reason = "the names of the header")]
#![allow(clippy::result_large_err, reason = "an error carries its message: there may be no heap to put it in")]

pub mod columns;
pub mod diagnostic;
pub mod dtype;
pub mod extract;
mod fence;
pub mod grid;
mod handle;
pub mod host;
pub mod image;
mod memory;
#[cfg(feature = "std")]
mod pool;
pub mod plan;
pub mod region;
pub mod registry;
pub mod settings;
pub mod status;
mod structs;
pub mod summary;
mod text;
pub mod version;
pub mod workspace;

#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    // Nothing in the core panics; without an operating system there is nobody to tell.
    loop {
        core::hint::spin_loop();
    }
}
