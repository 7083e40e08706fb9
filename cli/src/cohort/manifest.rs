//! A manifest: a CSV with one case a row.

use std::path::{Path, PathBuf};

use super::Case;
use crate::failure::Failure;
use crate::words;

const COLUMNS: [&str; 5] = ["case", "image", "mask", "roi", "series"];

/// Reads the cases. Paths count from the manifest's folder; names need not be UTF-8.
pub fn read(path: &Path) -> Result<Vec<Case>, Failure> {
    let fail = |problem: String| Failure::input(format!("{}: {problem}", path.display()));
    let mut reader = csv::ReaderBuilder::new()
        .comment(Some(b'#'))
        .trim(csv::Trim::All)
        .from_path(path)
        .map_err(|e| fail(format!("cannot be read: {e}")))?;
    let header = reader.byte_headers().map_err(|e| fail(format!("is no CSV: {e}")))?.clone();
    let mut places = [None; COLUMNS.len()];
    for (i, name) in header.iter().enumerate() {
        // Spreadsheets put a mark before the first name.
        let name = String::from_utf8_lossy(name).trim_start_matches('\u{feff}').to_lowercase();
        let Some(column) = COLUMNS.iter().position(|c| *c == name) else {
            let near = COLUMNS.iter().min_by_key(|c| words::distance(c, &name)).unwrap_or(&"");
            return Err(fail(format!(
                "has the unknown column \"{name}\": did you mean \"{near}\"? There are {} (others belong into a table of their own, joined by case)",
                COLUMNS.join(", ")
            )));
        };
        if places[column].replace(i).is_some() {
            return Err(fail(format!("has the column \"{name}\" twice")));
        }
    }
    for needed in ["image", "mask"] {
        let column = COLUMNS.iter().position(|c| *c == needed);
        if column.is_none_or(|c| places[c].is_none()) {
            return Err(fail(format!(
                "has no column \"{needed}\": expected {}",
                COLUMNS.join(", ")
            )));
        }
    }
    let folder = path.parent().unwrap_or_else(|| Path::new(""));
    let mut cases = Vec::new();
    let mut names = std::collections::BTreeMap::new();
    for (number, record) in reader.byte_records().enumerate() {
        let record = record.map_err(|e| fail(format!("is no CSV: {e}")))?;
        let field = |column: usize| {
            places[column].and_then(|i| record.get(i)).filter(|text| !text.is_empty())
        };
        let text = |column| field(column).map(|t| String::from_utf8_lossy(t).into_owned());
        let line = record.position().map_or(number as u64 + 2, csv::Position::line);
        let file = |column: usize| {
            field(column)
                .map(|t| folder.join(os_path(t)))
                .ok_or_else(|| fail(format!("line {line}: the {} is missing", COLUMNS[column])))
        };
        let (image, regions) = (file(1)?, file(2)?);
        let name = text(0).unwrap_or_else(|| format!("{:04}", number + 1));
        if let Some(other) = names.insert(name.clone(), line) {
            return Err(fail(format!("lines {other} and {line} are both the case \"{name}\"")));
        }
        let rois = text(3).map(|t| t.split(';').map(|r| r.trim().to_owned()).collect());
        let rois = rois.unwrap_or_default();
        cases.push(Case { name, image, series: text(4), regions, rois, ..Case::default() });
    }
    Ok(cases)
}

/// A path of any bytes.
#[cfg(unix)]
fn os_path(bytes: &[u8]) -> PathBuf {
    use std::os::unix::ffi::OsStrExt;
    PathBuf::from(std::ffi::OsStr::from_bytes(bytes))
}

/// A path of UTF-8, as elsewhere names are text.
#[cfg(not(unix))]
fn os_path(bytes: &[u8]) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(bytes).into_owned())
}
