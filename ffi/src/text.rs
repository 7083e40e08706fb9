//! Texts on their way in and out.

use core::ffi::c_char;
use core::fmt::{self, Write};
use core::{slice, str};

use crate::diagnostic::Fail;
use crate::memory;
use crate::status::radiomics_status_code::{
    RADIOMICS_ERROR_BUFFER_TOO_SMALL, RADIOMICS_ERROR_TEXT,
};

/// No key, value or selector is longer; a text without a zero in so many bytes is none.
const LONGEST: usize = 1 << 16;

/// The caller's text.
///
/// # Safety
/// `pointer` is NULL or readable up to a zero byte.
pub(crate) unsafe fn read<'a>(
    pointer: *const c_char,
    field: &'static str,
) -> Result<&'a str, Fail> {
    memory::check(pointer, field)?;
    let wrong = |what: &str| Fail::new(RADIOMICS_ERROR_TEXT, field, format_args!("{field} {what}"));
    let mut length = 0;
    // SAFETY: readable up to its zero, and the loop ends there.
    while unsafe { pointer.add(length).read() } != 0 {
        length += 1;
        if length > LONGEST {
            return Err(wrong("does not end within 65536 bytes"));
        }
    }
    // SAFETY: so many bytes were just read.
    let bytes = unsafe { slice::from_raw_parts(pointer.cast::<u8>(), length) };
    str::from_utf8(bytes).map_err(|_| wrong("is not UTF-8"))
}

/// Writes bytes into an array of C characters and counts those that are wanted.
struct Filler<'b> {
    out: &'b mut [c_char],
    wanted: usize,
}

impl Write for Filler<'_> {
    fn write_str(&mut self, part: &str) -> fmt::Result {
        for byte in part.bytes() {
            // The last place is for the zero.
            if self.wanted + 1 < self.out.len() {
                self.out[self.wanted] = byte as c_char;
            }
            self.wanted += 1;
        }
        Ok(())
    }
}

/// Fills an array with a text and zeros behind it; answers how many bytes it takes with one zero.
pub(crate) fn fill(out: &mut [c_char], value: &impl fmt::Display) -> usize {
    out.fill(0);
    let mut filler = Filler { out, wanted: 0 };
    // The writer cannot fail.
    let _ = write!(filler, "{value}");
    filler.wanted + 1
}

/// Writes a text into the caller's buffer and how many bytes it takes, with its zero, into `needed`.
///
/// With a buffer of 0 bytes only the length is asked for. Without a text the buffer is empty and the length 0.
///
/// # Safety
/// `buffer` is NULL or writable for `bytes`; `needed` is NULL or writable.
pub(crate) unsafe fn give(
    value: Result<impl fmt::Display, Fail>,
    buffer: *mut c_char,
    bytes: usize,
    needed: *mut usize,
) -> Result<(), Fail> {
    let tell = |length| {
        // SAFETY: as promised.
        if needed.is_null() { Ok(()) } else { unsafe { memory::put(needed, length, "needed") } }
    };
    let value = match value {
        Ok(value) => value,
        Err(fail) => {
            // What cannot be written holds nothing either.
            // SAFETY: as promised.
            let _ = (unsafe { memory::filled(buffer, bytes, 0, "buffer") }, tell(0));
            return Err(fail);
        }
    };
    if bytes == 0 && needed.is_null() {
        return Err(Fail::null("needed"));
    }
    // SAFETY: as promised.
    let out = unsafe { memory::filled(buffer, bytes, 0, "buffer")? };
    let wanted = fill(out, &value);
    if let Err(fail) = tell(wanted) {
        out.fill(0);
        return Err(fail);
    }
    if bytes > 0 && wanted > bytes {
        out.fill(0);
        let message = format_args!("buffer has {bytes} bytes: {wanted} are needed");
        return Err(
            Fail::new(RADIOMICS_ERROR_BUFFER_TOO_SMALL, "buffer", message).sizes(wanted, bytes)
        );
    }
    Ok(())
}
