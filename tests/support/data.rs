//! Where the public data sets lie: `RADIOMICS_DATA`, else `../shared` beside the project.

use std::path::PathBuf;

/// The folder of the data sets.
pub fn root() -> PathBuf {
    match std::env::var_os("RADIOMICS_DATA") {
        Some(path) => PathBuf::from(path),
        None => PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../../shared")),
    }
}

/// A file of the IBSI folder.
pub fn ibsi(path: &str) -> PathBuf {
    root().join("ibsi").join(path)
}
