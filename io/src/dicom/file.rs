//! Opening one DICOM file.
//!
//! What a parser does with damaged bytes is fenced: a panic inside the DICOM libraries becomes an error that names
//! the file.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use dicom_core::Tag;
use dicom_dictionary_std::uids;
use dicom_encoding::transfer_syntax::TransferSyntaxIndex;
use dicom_object::FileDicomObject;
use dicom_object::mem::InMemDicomObject;
use dicom_transfer_syntax_registry::TransferSyntaxRegistry;

use super::pixels::BIG_ENDIAN;
use super::{meta, tree, unknown};
use crate::limits::Limits;

/// A data set with its file meta information.
pub(super) type Object = FileDicomObject<InMemDicomObject>;

/// How far a file is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    /// Without pixel data, and without the contours of a structure set.
    Header,
    /// To its end.
    All,
}

/// Why there is no object.
#[derive(Debug)]
pub(super) enum Refusal {
    /// The file is something else.
    NotDicom(String),
    /// The file is DICOM and cannot be read.
    Broken(String),
}

impl Refusal {
    /// What is wrong, as a sentence after the name of the file.
    pub(super) fn text(self) -> String {
        match self {
            Refusal::NotDicom(text) | Refusal::Broken(text) => text,
        }
    }
}

/// The preamble and the mark `DICM`.
pub(super) const PREAMBLE: usize = 132;
/// The first element of the pixel data group.
const PIXEL_GROUP: Tag = Tag(0x7fe0, 0x0000);
/// The contours of a structure set.
const CONTOURS: Tag = Tag(0x3006, 0x0039);

/// Reads a file.
pub(super) fn read(path: &Path, extent: Extent, limits: &Limits) -> Result<Object, Refusal> {
    fenced(|| open(path, extent, limits)).unwrap_or_else(|| {
        Err(Refusal::Broken("is damaged: reading it failed inside the DICOM library".into()))
    })
}

/// Runs what parses or decodes bytes of a file. Answers `None` after a panic.
pub(super) fn fenced<T>(run: impl FnOnce() -> T) -> Option<T> {
    catch_unwind(AssertUnwindSafe(run)).ok()
}

fn open(path: &Path, extent: Extent, limits: &Limits) -> Result<Object, Refusal> {
    let cannot = |e: std::io::Error| Refusal::Broken(format!("cannot be read: {e}"));
    let length = {
        let about = std::fs::metadata(path).map_err(cannot)?;
        if !about.is_file() {
            return Err(Refusal::NotDicom("is no regular file".into()));
        }
        about.len()
    };
    let mut file = BufReader::new(File::open(path).map_err(cannot)?);
    let mut start = [0; PREAMBLE];
    let no_mark = || Refusal::NotDicom("is no DICOM file (the mark DICM is missing)".into());
    if length < PREAMBLE as u64 {
        return Err(no_mark());
    }
    file.read_exact(&mut start).map_err(cannot)?;
    if start[128..] != *b"DICM" {
        return Err(no_mark());
    }
    let broken = Refusal::Broken;
    let (meta, begin) = meta::read(&mut file, length).map_err(broken)?;
    let syntax = meta.transfer_syntax().to_owned();
    let Some(ts) = TransferSyntaxRegistry.get(&syntax) else {
        return Err(broken(format!("has the unknown transfer syntax {syntax}: convert it first")));
    };
    let until = match (extent, meta.media_storage_sop_class_uid()) {
        (Extent::All, _) => None,
        (Extent::Header, uids::RT_STRUCTURE_SET_STORAGE) => Some(CONTOURS),
        (Extent::Header, _) => Some(PIXEL_GROUP),
    };
    if extent == Extent::All {
        limits.check("reading it", length).map_err(broken)?;
    }
    file.seek(SeekFrom::Start(begin)).map_err(cannot)?;
    let data = if syntax == uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN {
        let data = inflated(file, limits).map_err(broken)?;
        tree::read(Cursor::new(&data), ts, until, data.len() as u64, limits)
    } else {
        match tree::read(&mut file, ts, until, length, limits) {
            Ok(data) => Ok(data),
            Err(problem) if syntax == uids::IMPLICIT_VR_LITTLE_ENDIAN || syntax == BIG_ENDIAN => {
                Err(problem)
            }
            // It may only be a private sequence that the parser cannot follow.
            Err(problem) => {
                limits.check("reading it", length).map_err(|_| broken(problem.clone()))?;
                file.seek(SeekFrom::Start(begin)).map_err(cannot)?;
                let mut data = Vec::new();
                file.read_to_end(&mut data).map_err(cannot)?;
                match unknown::left_out(&data) {
                    None => Err(problem),
                    Some(data) => {
                        tree::read(Cursor::new(&data), ts, until, data.len() as u64, limits)
                    }
                }
            }
        }
    };
    Ok(data.map_err(broken)?.with_exact_meta(meta))
}

/// A compressed data set, which may expand as far as the limit.
fn inflated(file: impl Read, limits: &Limits) -> Result<Vec<u8>, String> {
    let mut bytes = Vec::new();
    flate2::read::DeflateDecoder::new(file)
        .take(limits.bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| format!("cannot be inflated ({e}): export or copy it again"))?;
    limits.check("unpacking it", bytes.len() as u64)?;
    Ok(bytes)
}

/// An error with what it was caused by.
pub(super) fn causes(error: &dyn std::error::Error) -> String {
    let mut text = error.to_string();
    let mut source = error.source();
    while let Some(cause) = source {
        let more = cause.to_string();
        if !text.contains(&more) {
            text.push_str(": ");
            text.push_str(&more);
        }
        source = cause.source();
    }
    text
}
