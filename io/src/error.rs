//! What can be wrong with a file.

use std::fmt;
use std::path::{Path, PathBuf};

/// What is wrong with a file, and what to do about it.
#[derive(Debug)]
pub struct Error {
    path: PathBuf,
    problem: String,
}

impl Error {
    /// A problem with a file.
    pub fn new(path: &Path, problem: impl Into<String>) -> Self {
        Self { path: path.into(), problem: problem.into() }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.path.display(), self.problem)
    }
}

impl std::error::Error for Error {}
