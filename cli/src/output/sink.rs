//! Where rows go: CSV or Parquet, row by row.

use std::io;
use std::path::Path;

use super::atomic::AtomicFile;
use super::parquet::Parquet;
use super::rows::Column;
use crate::table::Cell;

/// A table that is being written.
pub enum Sink {
    Csv(Box<csv::Writer<AtomicFile>>),
    Parquet(Box<Parquet>),
}

impl Sink {
    /// Starts a table; the file's name says of which kind.
    pub fn create(path: &Path, suffix: &str, columns: &[Column]) -> io::Result<Self> {
        let file = AtomicFile::create(path, suffix)?;
        if is_parquet(path) {
            return Ok(Sink::Parquet(Box::new(Parquet::new(file, columns)?)));
        }
        let mut writer = csv::Writer::from_writer(file);
        writer.write_record(columns.iter().map(|c| c.name.as_bytes())).map_err(io::Error::other)?;
        Ok(Sink::Csv(Box::new(writer)))
    }

    pub fn row(&mut self, row: Vec<Cell>) -> io::Result<()> {
        match self {
            Sink::Csv(writer) => {
                writer.write_record(row.iter().map(Cell::csv)).map_err(|e| match e.into_kind() {
                    csv::ErrorKind::Io(e) => e,
                    other => io::Error::other(format!("{other:?}")),
                })
            }
            Sink::Parquet(writer) => writer.row(row),
        }
    }

    /// Puts the table in its place. Answers its SHA-256.
    pub fn commit(self) -> io::Result<String> {
        match self {
            Sink::Csv(writer) => {
                let file = writer.into_inner().map_err(|e| e.into_error())?;
                file.commit()
            }
            Sink::Parquet(writer) => writer.finish()?.commit(),
        }
    }
}

/// Whether a file is named as Parquet.
pub fn is_parquet(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("parquet"))
}
