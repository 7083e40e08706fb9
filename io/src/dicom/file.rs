//! Opening one DICOM file.
//!
//! Before anything is parsed into memory, a walk over the element headers checks that every declared length lies
//! within the file, that items do not nest without end, and that what is to be kept stays within the limit. What
//! a parser does with damaged bytes beyond that is fenced: a panic inside the DICOM libraries becomes an error
//! that names the file.

use std::fs::File;
use std::io::{BufReader, Cursor, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use dicom_core::Tag;
use dicom_core::header::HasLength as _;
use dicom_dictionary_std::uids;
use dicom_encoding::transfer_syntax::{TransferSyntax, TransferSyntaxIndex};
use dicom_object::mem::InMemDicomObject;
use dicom_object::{FileDicomObject, FileMetaTable, OpenFileOptions};
use dicom_parser::StatefulDecode;
use dicom_parser::dataset::LazyDataToken;
use dicom_parser::dataset::lazy_read::LazyDataSetReader;
use dicom_transfer_syntax_registry::TransferSyntaxRegistry;

use super::pixels::BIG_ENDIAN;
use super::{meta, unknown};
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
/// Functional groups nest five deep; nothing sensible nests this deep.
const DEEPEST: usize = 64;
/// What an element takes in memory beside its value, generously.
const ELEMENT_BYTES: u64 = 256;
/// Text with many values is kept as one string for each.
const GROWTH: u64 = 12;

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
    if syntax == uids::DEFLATED_EXPLICIT_VR_LITTLE_ENDIAN {
        file.seek(SeekFrom::Start(begin)).map_err(cannot)?;
        return inflate(file, meta, limits).map_err(broken);
    }
    file.seek(SeekFrom::Start(begin)).map_err(cannot)?;
    let checked = walk(&mut file, ts, until, length, limits);
    file.seek(SeekFrom::Start(begin)).map_err(cannot)?;
    let Err(problem) = checked else {
        return parse(&meta, file, until).map_err(broken);
    };
    // It may only be a private sequence that the parser cannot follow.
    let implicit = syntax == uids::IMPLICIT_VR_LITTLE_ENDIAN || syntax == BIG_ENDIAN;
    if implicit || limits.check("reading it", length).is_err() {
        return Err(broken(problem));
    }
    let mut data = Vec::new();
    file.read_to_end(&mut data).map_err(cannot)?;
    let Some(data) = unknown::left_out(&data) else { return Err(broken(problem)) };
    walk(Cursor::new(&data), ts, until, data.len() as u64, limits).map_err(broken)?;
    parse(&meta, data.as_slice(), until).map_err(broken)
}

/// Parses a data set whose structure was checked.
fn parse(meta: &FileMetaTable, data: impl Read, until: Option<Tag>) -> Result<Object, String> {
    let mut start = b"DICM".to_vec();
    meta.write(&mut start).map_err(|e| causes(&e))?;
    let mut options = OpenFileOptions::new();
    if let Some(tag) = until {
        options = options.read_until(tag);
    }
    let source = Cursor::new(start).chain(data);
    options.from_reader(source).map_err(|e| format!("is damaged ({})", causes(&e)))
}

/// Checks the structure of a data set without keeping any of it.
fn walk(
    source: impl Read + Seek,
    ts: &TransferSyntax,
    until: Option<Tag>,
    length: u64,
    limits: &Limits,
) -> Result<(), String> {
    let mut reader = LazyDataSetReader::new_with_ts(source, ts).map_err(|e| causes(&e))?;
    let (mut depth, mut elements, mut text, mut binary) = (0usize, 0u64, 0u64, 0u64);
    while let Some(token) = reader.advance() {
        let token = token.map_err(|e| damage(&e, length))?;
        elements += 1;
        let stops = |tag: Tag| depth == 0 && until.is_some_and(|until| until <= tag);
        match token {
            LazyDataToken::ElementHeader(header) if stops(header.tag) => return Ok(()),
            LazyDataToken::SequenceStart { tag, .. } if stops(tag) => return Ok(()),
            LazyDataToken::PixelSequenceStart if stops(PIXEL_GROUP) => return Ok(()),
            LazyDataToken::SequenceStart { .. } | LazyDataToken::PixelSequenceStart => depth += 1,
            LazyDataToken::SequenceEnd => depth = depth.saturating_sub(1),
            LazyDataToken::LazyValue { header, decoder } => {
                let size = header.length().get().ok_or("is damaged (a value without a length)")?;
                check_end(decoder.position(), size, length)?;
                let words = header.vr().to_bytes();
                if matches!(&words, b"OB" | b"OW" | b"UN" | b"OF" | b"OD" | b"OL" | b"OV") {
                    binary += u64::from(size);
                } else {
                    text += u64::from(size);
                }
                decoder.skip_bytes(size).map_err(|e| causes(&e))?;
            }
            LazyDataToken::LazyItemValue { len, decoder } => {
                check_end(decoder.position(), len, length)?;
                binary += u64::from(len);
                decoder.skip_bytes(len).map_err(|e| causes(&e))?;
            }
            _ => {}
        }
        if depth > DEEPEST {
            return Err("is damaged (sequences nest without end)".into());
        }
        limits.check("reading it", elements * ELEMENT_BYTES + text * GROWTH + binary)?;
    }
    Ok(())
}

fn check_end(position: u64, size: u32, length: u64) -> Result<(), String> {
    let end = position + u64::from(size);
    if end > length {
        return Err(format!(
            "is truncated: it has {length} bytes and declares at least {end}; export or copy it again"
        ));
    }
    Ok(())
}

/// What a parser says, unless it is that the file ends too early.
fn damage(error: &(dyn std::error::Error + 'static), length: u64) -> String {
    let mut cause = Some(error);
    while let Some(e) = cause {
        let io = e.downcast_ref::<std::io::Error>();
        if io.is_some_and(|e| e.kind() == std::io::ErrorKind::UnexpectedEof) {
            return format!(
                "is truncated: its {length} bytes end inside an element; export or copy it again"
            );
        }
        cause = e.source();
    }
    format!("is damaged ({})", causes(error))
}

/// Reads a compressed data set, which may expand as far as the limit.
fn inflate(file: impl Read, meta: FileMetaTable, limits: &Limits) -> Result<Object, String> {
    let mut bytes = Vec::new();
    flate2::read::DeflateDecoder::new(file)
        .take(limits.bytes.saturating_add(1))
        .read_to_end(&mut bytes)
        .map_err(|e| format!("cannot be inflated ({e})"))?;
    limits.check("unpacking it", bytes.len() as u64)?;
    let Some(ts) = TransferSyntaxRegistry.get(uids::EXPLICIT_VR_LITTLE_ENDIAN) else {
        return Err("cannot be read: its transfer syntax is unknown".into());
    };
    walk(Cursor::new(&bytes), ts, None, bytes.len() as u64, limits)?;
    let data = InMemDicomObject::read_dataset_with_ts(Cursor::new(&bytes), ts)
        .map_err(|e| format!("is damaged ({})", causes(&e)))?;
    Ok(data.with_exact_meta(meta))
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
