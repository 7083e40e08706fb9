//! Finished cases, one a line, on the disk before the next is begun: a run that is killed goes on where it was.
//!
//! A line is the SHA-256 of the rest of it, a space, and a JSON object. A line that was not finished is cut off,
//! one that was damaged is left out; either case is computed again.

use std::collections::HashMap;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, BufRead, BufReader, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::digest;
use crate::failure::Failure;
use crate::record::CaseRecord;

#[derive(Serialize)]
struct Line<'r> {
    key: &'r str,
    record: &'r CaseRecord,
}

#[derive(Deserialize)]
struct OwnedLine {
    key: String,
    record: CaseRecord,
}

/// Where a line lies.
#[derive(Clone, Copy, Debug)]
struct Place {
    start: u64,
    bytes: usize,
    failed: bool,
}

/// The journal of a run.
pub struct Journal {
    file: File,
    path: PathBuf,
    end: u64,
    places: HashMap<String, Place>,
}

/// Digits of a SHA-256, and a space.
const MARK: usize = 65;

impl Journal {
    /// Opens or starts a journal; `restart` forgets what is in it. Nobody else may use it at the same time.
    pub fn open(path: &Path, restart: bool) -> Result<Self, Failure> {
        let fail =
            |e: io::Error| Failure::input(format!("{}: cannot be opened: {e}", path.display()));
        let mut options = OpenOptions::new();
        let file = options.read(true).write(true).create(true).truncate(false);
        let file = file.open(path).map_err(fail)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => {
                return Err(Failure::input(format!(
                    "{}: another run is writing this table",
                    path.display()
                )));
            }
            // A file system without locks.
            Err(TryLockError::Error(_)) => {}
        }
        let mut journal = Self { file, path: path.into(), end: 0, places: HashMap::new() };
        if !restart {
            journal.scan().map_err(fail)?;
        }
        journal.file.set_len(journal.end).map_err(fail)?;
        Ok(journal)
    }

    /// Finds the lines that are whole.
    fn scan(&mut self) -> io::Result<()> {
        let mut reader = BufReader::new(&self.file);
        let mut line = Vec::new();
        let mut start = 0u64;
        loop {
            line.clear();
            let bytes = reader.read_until(b'\n', &mut line)?;
            if line.last() != Some(&b'\n') {
                self.end = start;
                return Ok(());
            }
            if let Some(OwnedLine { key, record }) = parse(&line) {
                self.places.insert(key, Place { start, bytes, failed: record.failed() });
            }
            start += bytes as u64;
        }
    }

    /// Whether a case is finished and did not fail. Those that failed are tried again.
    pub fn is_done(&self, key: &str) -> bool {
        self.places.get(key).is_some_and(|p| !p.failed)
    }

    /// Writes a case; it is on the disk when this returns.
    pub fn append(&mut self, key: &str, record: &CaseRecord) -> io::Result<()> {
        let text = serde_json::to_vec(&Line { key, record })?;
        let mut line = digest::of(&text).into_bytes();
        line.push(b' ');
        line.extend(text);
        line.push(b'\n');
        self.file.seek(SeekFrom::Start(self.end))?;
        self.file.write_all(&line)?;
        self.file.sync_data()?;
        let place = Place { start: self.end, bytes: line.len(), failed: record.failed() };
        self.places.insert(key.to_owned(), place);
        self.end += line.len() as u64;
        Ok(())
    }

    /// A case that was written.
    pub fn read(&mut self, key: &str) -> io::Result<CaseRecord> {
        let lost = || io::Error::other("a finished case cannot be read back");
        let place = *self.places.get(key).ok_or_else(lost)?;
        let mut line = vec![0; place.bytes];
        self.file.seek(SeekFrom::Start(place.start))?;
        self.file.read_exact(&mut line)?;
        parse(&line).map(|l| l.record).ok_or_else(lost)
    }

    /// Everything is in the table.
    pub fn remove(self) {
        // A journal that stays does no harm.
        let _ = std::fs::remove_file(&self.path);
    }
}

/// The case of a line that is whole.
fn parse(line: &[u8]) -> Option<OwnedLine> {
    let line = line.strip_suffix(b"\n")?;
    let (mark, text) = (line.get(..MARK - 1)?, line.get(MARK..)?);
    (digest::of(text).as_bytes() == mark).then(|| serde_json::from_slice(text).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn torn_and_damaged_lines_are_left_out() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("journal");
        let record = |name: &str, failure: Option<&str>| CaseRecord {
            case: name.into(),
            failure: failure.map(str::to_owned),
            ..CaseRecord::default()
        };
        {
            let mut journal = Journal::open(&path, false).expect("a journal");
            journal.append("a", &record("one", None)).expect("written");
            journal.append("b", &record("two", None)).expect("written");
            journal.append("c", &record("three", Some("why"))).expect("written");
            assert!(Journal::open(&path, false).is_err(), "two runs at a time");
        }
        let whole = std::fs::read(&path).expect("the file");
        // Any cut leaves a journal of the lines before it, which goes on.
        let ends: Vec<usize> =
            whole.iter().enumerate().filter(|(_, b)| **b == b'\n').map(|(i, _)| i + 1).collect();
        for cut in 0..=whole.len() {
            std::fs::write(&path, &whole[..cut]).expect("written");
            let mut journal = Journal::open(&path, false).expect("a journal");
            assert_eq!(journal.is_done("a"), cut >= ends[0]);
            assert_eq!(journal.is_done("b"), cut >= ends[1]);
            assert!(!journal.is_done("c"), "failed cases are tried again");
            journal.append("d", &record("four", None)).expect("written");
            assert_eq!(journal.read("d").expect("a case").case, "four");
            drop(journal);
            let journal = Journal::open(&path, false).expect("a journal");
            assert!(journal.is_done("d") && journal.is_done("a") == (cut >= ends[0]));
        }
        // A damaged letter takes its own line out, no other.
        let mut damaged = whole.clone();
        damaged[MARK + 5] ^= 1;
        std::fs::write(&path, &damaged).expect("written");
        let journal = Journal::open(&path, false).expect("a journal");
        assert!(!journal.is_done("a") && journal.is_done("b"));
        drop(journal);
        assert!(!Journal::open(&path, true).expect("a journal").is_done("b"));
    }
}
