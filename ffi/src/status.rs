//! What a call answers.

use core::ffi::{CStr, c_char};

use radiomics::Error;

/// What every call answers: 0 when it did its work, otherwise one of `radiomics_status_code`.
///
/// 1 to 99: the call is wrong. 100 to 199: the image or a region is. 200 to 299: the run ended early. 900: a fault of
/// this library. Codes are pinned; more may come.
pub type radiomics_status = i32;

/// The names of the codes.
#[repr(C)]
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum radiomics_status_code {
    /// Done.
    RADIOMICS_OK = 0,
    /// A pointer that must point somewhere is NULL.
    RADIOMICS_ERROR_NULL_POINTER = 1,
    /// The `struct_size` of a struct is no size it can have, or an unknown tail is not zero.
    RADIOMICS_ERROR_STRUCT_SIZE = 2,
    /// An argument or a setting does not hold what it must.
    RADIOMICS_ERROR_INVALID_ARGUMENT = 3,
    /// No option has this key.
    RADIOMICS_ERROR_UNKNOWN_OPTION = 4,
    /// No column of the plan answers to a selector.
    RADIOMICS_ERROR_UNKNOWN_FEATURE = 5,
    /// The workspace is smaller than announced; the diagnostic says how much is needed.
    RADIOMICS_ERROR_WORKSPACE_TOO_SMALL = 6,
    /// An output array has not the length that the plan asks for.
    RADIOMICS_ERROR_OUTPUT_LENGTH = 7,
    /// A text is not UTF-8 or has no end.
    RADIOMICS_ERROR_TEXT = 8,
    /// A buffer for a text is too small; the diagnostic says how much is needed.
    RADIOMICS_ERROR_BUFFER_TOO_SMALL = 9,
    /// A pointer is not aligned for what it points to.
    RADIOMICS_ERROR_MISALIGNED = 10,
    /// Memory that is written overlaps memory that is read.
    RADIOMICS_ERROR_OVERLAP = 11,
    /// An index lies beyond the end of a table.
    RADIOMICS_ERROR_INDEX = 12,
    /// A pointer is not, or no longer, a handle of this kind.
    RADIOMICS_ERROR_HANDLE = 13,
    /// This build of the library cannot do it (no heap or no threads).
    RADIOMICS_ERROR_UNSUPPORTED = 14,
    /// The image, its grid or a region does not hold what it must.
    RADIOMICS_ERROR_INVALID_DATA = 100,
    /// The sizes are so large that the memory they need cannot be addressed.
    RADIOMICS_ERROR_TOO_LARGE = 101,
    /// The slices are not evenly spaced: a region can be drawn on such a grid, features are not defined on it.
    RADIOMICS_ERROR_IRREGULAR_GRID = 102,
    /// Some of several regions failed: their summaries say why. The others have their values.
    RADIOMICS_ERROR_SOME_REGIONS = 103,
    /// The progress callback answered to stop.
    RADIOMICS_ERROR_CANCELLED = 200,
    /// The memory that the library was asked to take is not to be had.
    RADIOMICS_ERROR_OUT_OF_MEMORY = 201,
    /// The host's parallel_for answered with an error.
    RADIOMICS_ERROR_HOST = 202,
    /// A fault of this library; please report it.
    RADIOMICS_ERROR_INTERNAL = 900,
}

use radiomics_status_code::*;

impl radiomics_status_code {
    pub(crate) const ALL: &[Self] = &[
        RADIOMICS_OK,
        RADIOMICS_ERROR_NULL_POINTER,
        RADIOMICS_ERROR_STRUCT_SIZE,
        RADIOMICS_ERROR_INVALID_ARGUMENT,
        RADIOMICS_ERROR_UNKNOWN_OPTION,
        RADIOMICS_ERROR_UNKNOWN_FEATURE,
        RADIOMICS_ERROR_WORKSPACE_TOO_SMALL,
        RADIOMICS_ERROR_OUTPUT_LENGTH,
        RADIOMICS_ERROR_TEXT,
        RADIOMICS_ERROR_BUFFER_TOO_SMALL,
        RADIOMICS_ERROR_MISALIGNED,
        RADIOMICS_ERROR_OVERLAP,
        RADIOMICS_ERROR_INDEX,
        RADIOMICS_ERROR_HANDLE,
        RADIOMICS_ERROR_UNSUPPORTED,
        RADIOMICS_ERROR_INVALID_DATA,
        RADIOMICS_ERROR_TOO_LARGE,
        RADIOMICS_ERROR_IRREGULAR_GRID,
        RADIOMICS_ERROR_SOME_REGIONS,
        RADIOMICS_ERROR_CANCELLED,
        RADIOMICS_ERROR_OUT_OF_MEMORY,
        RADIOMICS_ERROR_HOST,
        RADIOMICS_ERROR_INTERNAL,
    ];

    const fn name(self) -> &'static CStr {
        match self {
            RADIOMICS_OK => c"ok",
            RADIOMICS_ERROR_NULL_POINTER => c"null_pointer",
            RADIOMICS_ERROR_STRUCT_SIZE => c"struct_size",
            RADIOMICS_ERROR_INVALID_ARGUMENT => c"invalid_argument",
            RADIOMICS_ERROR_UNKNOWN_OPTION => c"unknown_option",
            RADIOMICS_ERROR_UNKNOWN_FEATURE => c"unknown_feature",
            RADIOMICS_ERROR_WORKSPACE_TOO_SMALL => c"workspace_too_small",
            RADIOMICS_ERROR_OUTPUT_LENGTH => c"output_length",
            RADIOMICS_ERROR_TEXT => c"text",
            RADIOMICS_ERROR_BUFFER_TOO_SMALL => c"buffer_too_small",
            RADIOMICS_ERROR_MISALIGNED => c"misaligned",
            RADIOMICS_ERROR_OVERLAP => c"overlap",
            RADIOMICS_ERROR_INDEX => c"index",
            RADIOMICS_ERROR_HANDLE => c"handle",
            RADIOMICS_ERROR_UNSUPPORTED => c"unsupported",
            RADIOMICS_ERROR_INVALID_DATA => c"invalid_data",
            RADIOMICS_ERROR_TOO_LARGE => c"too_large",
            RADIOMICS_ERROR_IRREGULAR_GRID => c"irregular_grid",
            RADIOMICS_ERROR_SOME_REGIONS => c"some_regions",
            RADIOMICS_ERROR_CANCELLED => c"cancelled",
            RADIOMICS_ERROR_OUT_OF_MEMORY => c"out_of_memory",
            RADIOMICS_ERROR_HOST => c"host",
            RADIOMICS_ERROR_INTERNAL => c"internal",
        }
    }

    /// The code for an error of the core.
    pub(crate) fn of(error: &Error) -> Self {
        match error {
            // What is wrong with a buffer or a place in space is wrong with the data, the rest with the call.
            Error::Invalid { field, .. } => match field.split(['.', '[']).next() {
                Some(
                    "image" | "region" | "geometry" | "grid" | "layout" | "slices" | "contours"
                    | "indices" | "occupancy" | "runs",
                ) => RADIOMICS_ERROR_INVALID_DATA,
                _ => RADIOMICS_ERROR_INVALID_ARGUMENT,
            },
            Error::InvalidAt { .. } => RADIOMICS_ERROR_INVALID_DATA,
            Error::UnknownKey { .. } => RADIOMICS_ERROR_UNKNOWN_OPTION,
            Error::UnknownFeature { .. } => RADIOMICS_ERROR_UNKNOWN_FEATURE,
            Error::WorkspaceTooSmall { .. } => RADIOMICS_ERROR_WORKSPACE_TOO_SMALL,
            Error::OutputLength { .. } => RADIOMICS_ERROR_OUTPUT_LENGTH,
            Error::TooLarge { .. } => RADIOMICS_ERROR_TOO_LARGE,
            Error::Cancelled => RADIOMICS_ERROR_CANCELLED,
            _ => RADIOMICS_ERROR_INTERNAL,
        }
    }
}

/// The name of a code, for logs: `workspace_too_small`. A number that is no code gives "unknown". Never NULL; the text
/// lasts as long as the library is loaded.
#[unsafe(no_mangle)]
pub extern "C" fn radiomics_status_name(status: radiomics_status) -> *const c_char {
    let known = radiomics_status_code::ALL.iter().find(|code| **code as i32 == status);
    known.map_or(c"unknown", |code| code.name()).as_ptr()
}
