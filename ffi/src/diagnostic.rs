//! What a caller is told about a failed call.

use core::ffi::c_char;
use core::fmt::{self, Write};

use radiomics::Error;

use crate::status::radiomics_status_code::{self, *};
use crate::structs::{self, Plain};
use crate::text;

/// Bytes of the texts in a diagnostic, with the zero at the end.
pub const RADIOMICS_FIELD_BYTES: usize = 96;
/// Bytes of a message, with the zero at the end.
pub const RADIOMICS_MESSAGE_BYTES: usize = 512;

/// Details of a call that did not answer 0. It belongs to the caller, who may pass NULL instead. Every call that takes
/// one fills it, also when all went well: then `status` is 0 and the texts are empty.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_diagnostic {
    /// `sizeof(radiomics_diagnostic)`, set by the caller.
    pub struct_size: usize,
    /// What the call answered.
    pub status: i32,
    /// Which of several regions it is about; -1 when it is about none.
    pub region: i32,
    /// How much is needed where something is too small: bytes of a workspace or buffer, length of an array. Otherwise 0.
    pub needed: u64,
    /// How much was given then.
    pub given: u64,
    /// The argument, dotted from the outside in: `image.data`, `resample.spacing_mm`. Empty when it is about none.
    pub field: [c_char; RADIOMICS_FIELD_BYTES],
    /// A sentence for people: the field, its value, and what was expected.
    pub message: [c_char; RADIOMICS_MESSAGE_BYTES],
}

// SAFETY: a struct_size first, then integers; any bytes are a value.
unsafe impl Plain for radiomics_diagnostic {}

/// Why a call fails, on its way out.
#[derive(Clone, Debug)]
pub(crate) struct Fail {
    pub status: radiomics_status_code,
    pub region: i32,
    pub needed: u64,
    pub given: u64,
    pub field: &'static str,
    pub message: heapless::String<{ RADIOMICS_MESSAGE_BYTES - 1 }>,
}

/// A writer that drops what does not fit.
struct Cut<'s, const N: usize>(&'s mut heapless::String<N>);

impl<const N: usize> Write for Cut<'_, N> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        for c in part.chars() {
            if self.0.push(c).is_err() {
                return Ok(());
            }
        }
        Ok(())
    }
}

impl Fail {
    pub(crate) fn new(
        status: radiomics_status_code,
        field: &'static str,
        message: fmt::Arguments<'_>,
    ) -> Self {
        let mut text = heapless::String::new();
        // The writer cannot fail.
        let _ = Cut(&mut text).write_fmt(message);
        Self { status, region: -1, needed: 0, given: 0, field, message: text }
    }

    pub(crate) fn null(field: &'static str) -> Self {
        Self::new(RADIOMICS_ERROR_NULL_POINTER, field, format_args!("{field} is NULL"))
    }

    pub(crate) fn invalid(
        field: &'static str,
        value: impl fmt::Display,
        expected: &'static str,
    ) -> Self {
        let message = format_args!("{field} is {value}: expected {expected}");
        Self::new(RADIOMICS_ERROR_INVALID_ARGUMENT, field, message)
    }

    pub(crate) fn data(
        field: &'static str,
        value: impl fmt::Display,
        expected: &'static str,
    ) -> Self {
        let fail = Self::invalid(field, value, expected);
        Self { status: RADIOMICS_ERROR_INVALID_DATA, ..fail }
    }

    pub(crate) fn sizes(mut self, needed: usize, given: usize) -> Self {
        (self.needed, self.given) = (needed as u64, given as u64);
        self
    }

    pub(crate) fn in_region(mut self, index: usize) -> Self {
        self.region = i32::try_from(index).unwrap_or(i32::MAX);
        self
    }

    pub(crate) fn memory() -> Self {
        let message = format_args!("the memory for the workspace is not to be had");
        Self::new(RADIOMICS_ERROR_OUT_OF_MEMORY, "workspace", message)
    }

    /// Writes it, or a success, where the caller asked for it.
    ///
    /// # Safety
    /// `out` is NULL or points to a diagnostic as long as its `struct_size` says.
    pub(crate) unsafe fn report(result: Result<(), &Fail>, out: *mut radiomics_diagnostic) {
        let mut diagnostic = radiomics_diagnostic {
            struct_size: 0,
            status: 0,
            region: -1,
            needed: 0,
            given: 0,
            field: [0; RADIOMICS_FIELD_BYTES],
            message: [0; RADIOMICS_MESSAGE_BYTES],
        };
        if let Err(fail) = result {
            diagnostic.status = fail.status as i32;
            diagnostic.region = fail.region;
            diagnostic.needed = fail.needed;
            diagnostic.given = fail.given;
            text::fill(&mut diagnostic.field, &fail.field);
            text::fill(&mut diagnostic.message, &fail.message);
        }
        // A diagnostic whose size is nonsense is left alone: the call has its answer anyway.
        // SAFETY: as promised by the caller.
        let _ = unsafe { structs::write(out, diagnostic, "diagnostic") };
    }
}

impl From<Error> for Fail {
    fn from(error: Error) -> Self {
        let status = radiomics_status_code::of(&error);
        let field = match &error {
            Error::Invalid { field, .. }
            | Error::InvalidAt { field, .. }
            | Error::OutputLength { field, .. }
            | Error::TooLarge { field } => field,
            Error::WorkspaceTooSmall { .. } => "workspace",
            Error::UnknownKey { .. } => "key",
            Error::UnknownFeature { .. } => "selectors",
            _ => "",
        };
        let fail = Self::new(status, field, format_args!("{error}"));
        match error {
            Error::OutputLength { needed, given, .. } => fail.sizes(needed, given),
            // The caller counts in bytes, and slack for the alignment belongs to it.
            Error::WorkspaceTooSmall { needed, given } => {
                fail.sizes(crate::workspace::with_slack(needed), given.saturating_mul(8))
            }
            _ => fail,
        }
    }
}
