//! How much memory a reader may take.

/// Bounds on what is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Bytes that one volume, or one file with what is unpacked from it, may take.
    pub bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self { bytes: crate::nifti::DEFAULT_LIMIT }
    }
}

impl Limits {
    /// Checks a declared size before any of it is taken.
    pub(crate) fn check(&self, what: &str, bytes: u64) -> Result<(), String> {
        if bytes <= self.bytes {
            return Ok(());
        }
        Err(format!(
            "{what} would take {bytes} bytes: the limit is {} (raise the limit if the file is right)",
            self.bytes
        ))
    }
}
