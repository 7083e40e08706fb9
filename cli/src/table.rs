//! Writing a table: for reading, as CSV, or as JSON.

use std::io::{self, BufWriter, IsTerminal, Write};
use std::path::Path;

use serde_json::{Map, Value as Json};

use crate::args::Format;
use crate::failure::Failure;
use crate::output::AtomicFile;

/// A cell.
#[derive(Clone, Debug)]
pub enum Cell {
    Text(String),
    /// A number; NaN where there is none.
    Number(f64),
}

impl Cell {
    /// A text.
    pub fn text(text: impl ToString) -> Self {
        Cell::Text(text.to_string())
    }

    /// As CSV: the shortest digits that read back as the same number.
    pub fn csv(&self) -> String {
        match self {
            Cell::Text(text) => text.clone(),
            Cell::Number(x) if x.is_nan() => "NaN".into(),
            Cell::Number(x) => number(*x),
        }
    }

    fn json(&self) -> Json {
        match self {
            Cell::Text(text) => Json::from(text.as_str()),
            Cell::Number(x) => serde_json::Number::from_f64(*x).map_or(Json::Null, Json::Number),
        }
    }
}

/// The shortest digits that read back as the same number, with an exponent where zeros would pile up.
fn number(x: f64) -> String {
    let magnitude = x.abs();
    if magnitude != 0.0 && !(1e-5..1e16).contains(&magnitude) {
        format!("{x:e}")
    } else {
        x.to_string()
    }
}

/// Rows under a header.
#[derive(Debug)]
pub struct Table<'t> {
    pub header: &'t [&'t str],
    pub rows: Vec<Vec<Cell>>,
}

impl Table<'_> {
    /// Writes to a file, whole or not at all, or to standard output.
    pub fn write(&self, format: Option<Format>, out: Option<&Path>) -> Result<(), Failure> {
        let Some(path) = out else {
            let stdout = io::stdout().lock();
            let fallback = if stdout.is_terminal() { Format::Table } else { Format::Csv };
            let mut writer = BufWriter::new(stdout);
            self.write_to(format.unwrap_or(fallback), &mut writer)?;
            return Ok(writer.flush()?);
        };
        let fail =
            |e: io::Error| Failure::input(format!("{}: cannot be written: {e}", path.display()));
        let suffix = format!(".{}.partial", std::process::id());
        let file = AtomicFile::create(path, &suffix).map_err(fail)?;
        let mut file = BufWriter::new(file);
        self.write_to(format.unwrap_or(Format::Csv), &mut file).map_err(|e| match e {
            Failure::Input(problem) => Failure::Input(format!("{}: {problem}", path.display())),
            other => other,
        })?;
        let file = file.into_inner().map_err(|e| fail(e.into_error()))?;
        file.commit().map_err(fail)?;
        Ok(())
    }

    fn write_to(&self, format: Format, out: &mut impl Write) -> Result<(), Failure> {
        match format {
            Format::Csv => {
                let mut writer = csv::Writer::from_writer(&mut *out);
                writer.write_record(self.header)?;
                for row in &self.rows {
                    writer.write_record(row.iter().map(Cell::csv))?;
                }
                writer.flush()?;
            }
            Format::Json => {
                let object = |row: &Vec<Cell>| {
                    let names = self.header.iter().map(|name| (*name).to_owned());
                    Json::Object(names.zip(row.iter().map(Cell::json)).collect::<Map<_, _>>())
                };
                serde_json::to_writer_pretty(
                    &mut *out,
                    &self.rows.iter().map(object).collect::<Vec<_>>(),
                )?;
                writeln!(out)?;
            }
            Format::Table => self.write_columns(out)?,
        }
        out.flush()?;
        Ok(())
    }

    fn write_columns(&self, out: &mut impl Write) -> io::Result<()> {
        let cells: Vec<Vec<String>> =
            self.rows.iter().map(|row| row.iter().map(Cell::csv).collect()).collect();
        let width = |column: usize| {
            let longest = cells.iter().map(|row| row[column].chars().count()).max().unwrap_or(0);
            longest.max(self.header[column].len())
        };
        let widths: Vec<usize> = (0..self.header.len()).map(width).collect();
        let mut line = |row: &mut dyn Iterator<Item = (&str, bool)>| -> io::Result<()> {
            let mut text = String::new();
            for ((cell, right), width) in row.zip(&widths) {
                let pad = " ".repeat(width - cell.chars().count());
                if right {
                    text += &pad;
                    text += cell;
                } else {
                    text += cell;
                    text += &pad;
                }
                text += "  ";
            }
            writeln!(out, "{}", text.trim_end())
        };
        let numeric =
            |column: usize| self.rows.iter().any(|row| matches!(row[column], Cell::Number(_)));
        line(&mut self.header.iter().enumerate().map(|(i, h)| (*h, numeric(i))))?;
        for row in &cells {
            line(&mut row.iter().enumerate().map(|(i, c)| (c.as_str(), numeric(i))))?;
        }
        Ok(())
    }
}
