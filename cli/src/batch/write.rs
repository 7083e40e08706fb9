//! The table and its record, case by case.

use std::io::{self, BufWriter, Write};
use std::path::Path;

use super::beside;
use crate::args::Shape;
use crate::output::{AtomicFile, Sink, columns, rows};
use crate::record::{CaseRecord, Head, TableFile, Visit};
use crate::study::Study;

/// Names files until they are complete. The journal keeps other runs away.
const PARTIAL: &str = ".partial";

/// Writes both, whole or not at all.
pub fn write(out: &Path, shape: Shape, study: &Study, head: &Head, visit: Visit) -> io::Result<()> {
    let mut table = Sink::create(out, PARTIAL, &columns(study, shape))?;
    visit(&mut |case| rows(study, shape, case).into_iter().try_for_each(|row| table.row(row)))?;
    let path = beside(out, ".record.json");
    let mut record = Recorder::create(&path, PARTIAL, head)?;
    visit(&mut |case| record.case(case))?;
    let sha256 = table.commit()?;
    let file = out.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    record.commit(Some(TableFile { file, sha256 }))
}

/// A record that is being written, one case at a time.
pub struct Recorder {
    file: BufWriter<AtomicFile>,
    first: bool,
}

impl Recorder {
    pub fn create(path: &Path, suffix: &str, head: &Head) -> io::Result<Self> {
        let mut file = BufWriter::new(AtomicFile::create(path, suffix)?);
        let text = serde_json::to_string_pretty(head)?;
        // The cases go on in the same object.
        let text = text.trim_end().trim_end_matches('}').trim_end();
        write!(file, "{text},\n  \"cases\": [")?;
        Ok(Self { file, first: true })
    }

    pub fn case(&mut self, case: &CaseRecord) -> io::Result<()> {
        let comma = if std::mem::take(&mut self.first) { "" } else { "," };
        write!(self.file, "{comma}\n    {}", serde_json::to_string(case)?)
    }

    pub fn commit(mut self, table: Option<TableFile>) -> io::Result<()> {
        writeln!(self.file, "\n  ],\n  \"table\": {}\n}}", serde_json::to_string(&table)?)?;
        let file = self.file.into_inner().map_err(|e| e.into_error())?;
        file.commit().map(drop)
    }
}
