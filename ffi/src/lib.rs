//! The C interface of radiomics: plain data and opaque handles over the core.
//!
//! All of the project's `unsafe` is here. Every exported function checks its pointers, runs behind a fence that no panic
//! passes, answers with a status, and leaves no half of a result. The names are those of the header, so that a search for
//! a C name finds its source.
#![cfg_attr(not(feature = "std"), no_std)]
#![deny(missing_docs)]
#![allow(non_camel_case_types, reason = "the names of the header")]
#![allow(
    clippy::result_large_err,
    reason = "an error carries its message: there may be no heap to put it in"
)]

// What no caller sees.
mod fence;
mod handle;
#[cfg(feature = "std")]
mod heap;
mod memory;
#[cfg(feature = "std")]
mod pool;
mod structs;
mod text;

// The order of the header: each on a line of its own, since formatting sorts what stands together.
pub mod version;

pub mod status;

pub mod diagnostic;

pub mod registry;

pub mod settings;

pub mod columns;

pub mod plan;

pub mod grid;

pub mod dtype;

pub mod image;

pub mod region;

pub mod host;

pub mod workspace;

pub mod summary;

pub mod extract;

#[cfg(test)]
mod layout;

#[cfg(not(feature = "std"))]
#[panic_handler]
fn panic(_: &core::panic::PanicInfo) -> ! {
    // Nothing in the core panics; without an operating system there is nobody to tell.
    loop {
        core::hint::spin_loop();
    }
}
