//! A file that is there whole or not at all.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use crate::digest;

/// A file under another name until it is complete.
pub struct AtomicFile {
    file: File,
    path: PathBuf,
    partial: Option<PathBuf>,
    hash: Sha256,
}

impl AtomicFile {
    /// Starts a file; `suffix` names it until it is complete. What is no plain file (a pipe, `/dev/stdout`) is
    /// written straight away: there is nothing to replace.
    pub fn create(path: &Path, suffix: &str) -> io::Result<Self> {
        let special = fs::metadata(path).is_ok_and(|m| !m.is_file());
        let (file, partial) = if special {
            (File::options().write(true).open(path)?, None)
        } else {
            let mut name = path.as_os_str().to_owned();
            name.push(suffix);
            (File::create(&name)?, Some(PathBuf::from(name)))
        };
        Ok(Self { file, path: path.into(), partial, hash: Sha256::new() })
    }

    /// Puts it in its place. Answers the SHA-256 of its bytes.
    pub fn commit(mut self) -> io::Result<String> {
        if let Some(partial) = &self.partial {
            self.file.sync_all()?;
            fs::rename(partial, &self.path)?;
            self.partial = None;
            sync_folder(&self.path);
        }
        Ok(digest::hex(&self.hash.clone().finalize()))
    }
}

/// Makes a new name last. Not every system lets folders be opened; the file itself is on the disk already.
fn sync_folder(path: &Path) {
    let folder = path.parent().filter(|f| !f.as_os_str().is_empty()).unwrap_or(Path::new("."));
    if let Ok(folder) = File::open(folder) {
        let _ = folder.sync_all();
    }
}

impl Write for AtomicFile {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let count = self.file.write(bytes)?;
        self.hash.update(&bytes[..count]);
        Ok(count)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl Drop for AtomicFile {
    fn drop(&mut self) {
        if let Some(partial) = &self.partial {
            // What is left over is not worth another error.
            let _ = fs::remove_file(partial);
        }
    }
}
