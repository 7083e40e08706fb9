//! Apache Parquet: texts as UTF-8, numbers as optional doubles (null where there is no value).

use std::io;
use std::sync::Arc;

use parquet::basic::{Compression, LogicalType, Repetition, Type as PhysicalType};
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::Type;

use super::atomic::AtomicFile;
use super::rows::{Column, Kind};
use crate::table::Cell;

/// Cells that are kept in memory until they are written together.
const CELLS: usize = 1 << 18;

/// A Parquet file that is being written.
pub struct Parquet {
    writer: SerializedFileWriter<AtomicFile>,
    kinds: Vec<Kind>,
    rows: Vec<Vec<Cell>>,
}

fn other(error: ParquetError) -> io::Error {
    match error {
        ParquetError::External(inner) => match inner.downcast::<io::Error>() {
            Ok(error) => *error,
            Err(inner) => io::Error::other(inner),
        },
        error => io::Error::other(error),
    }
}

impl Parquet {
    pub fn new(file: AtomicFile, columns: &[Column]) -> io::Result<Self> {
        let field = |column: &Column| {
            let (physical, logical, repetition) = match column.kind {
                Kind::Text => {
                    (PhysicalType::BYTE_ARRAY, Some(LogicalType::String), Repetition::REQUIRED)
                }
                Kind::Number => (PhysicalType::DOUBLE, None, Repetition::OPTIONAL),
            };
            Type::primitive_type_builder(&column.name, physical)
                .with_logical_type(logical)
                .with_repetition(repetition)
                .build()
                .map(Arc::new)
        };
        let fields = columns.iter().map(field).collect::<Result<Vec<_>, _>>().map_err(other)?;
        let schema =
            Type::group_type_builder("radiomics").with_fields(fields).build().map_err(other)?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = SerializedFileWriter::new(file, Arc::new(schema), Arc::new(properties))
            .map_err(other)?;
        Ok(Self { writer, kinds: columns.iter().map(|c| c.kind).collect(), rows: Vec::new() })
    }

    pub fn row(&mut self, row: Vec<Cell>) -> io::Result<()> {
        self.rows.push(row);
        if self.rows.len() * self.kinds.len() >= CELLS { self.group() } else { Ok(()) }
    }

    /// Writes the rows that are in memory.
    fn group(&mut self) -> io::Result<()> {
        if self.rows.is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group().map_err(other)?;
        let mut at = 0;
        while let Some(mut column) = group.next_column().map_err(other)? {
            let cells = self.rows.iter().map(|row| &row[at]);
            match self.kinds[at] {
                Kind::Text => {
                    let texts: Vec<ByteArray> =
                        cells.map(|cell| ByteArray::from(cell.csv().into_bytes())).collect();
                    column.typed::<ByteArrayType>().write_batch(&texts, None, None)
                }
                Kind::Number => {
                    let cells = cells.map(|cell| match cell {
                        Cell::Number(x) if !x.is_nan() => Some(*x),
                        _ => None,
                    });
                    let cells: Vec<Option<f64>> = cells.collect();
                    let there: Vec<i16> = cells.iter().map(|c| i16::from(c.is_some())).collect();
                    let numbers: Vec<f64> = cells.into_iter().flatten().collect();
                    column.typed::<DoubleType>().write_batch(&numbers, Some(&there), None)
                }
            }
            .map_err(other)?;
            column.close().map_err(other)?;
            at += 1;
        }
        group.close().map_err(other)?;
        self.rows.clear();
        Ok(())
    }

    /// Writes what is left. Answers the file, to be put in its place.
    pub fn finish(mut self) -> io::Result<AtomicFile> {
        self.group()?;
        self.writer.into_inner().map_err(other)
    }
}
