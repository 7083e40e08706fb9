//! A data set in memory, element by element.
//!
//! Each declared length is compared with what is left of the file before the parser takes memory for it, items nest
//! only so deep, and what is kept stays within the limit.

use std::error::Error;
use std::io::{Read, Seek};

use dicom_core::header::{DataElement, DataElementHeader, HasLength as _};
use dicom_core::value::{DataSetSequence, PixelFragmentSequence};
use dicom_core::{Tag, VR};
use dicom_encoding::transfer_syntax::TransferSyntax;
use dicom_object::InMemDicomObject;
use dicom_parser::StatefulDecode;
use dicom_parser::dataset::LazyDataToken;
use dicom_parser::dataset::lazy_read::LazyDataSetReader;

use super::file::causes;
use crate::limits::Limits;

/// Functional groups nest five deep; nothing sensible nests this deep.
const DEEPEST: usize = 64;
/// What an element takes in memory beside its value, generously.
const ELEMENT_BYTES: u64 = 256;
/// Text with many values is kept as one string for each.
const GROWTH: u64 = 12;
/// Pixel Data.
const PIXELS: Tag = Tag(0x7fe0, 0x0010);

/// Reads a data set to its end, or to the first element from a tag on.
pub(super) fn read(
    source: impl Read + Seek,
    ts: &TransferSyntax,
    until: Option<Tag>,
    length: u64,
    limits: &Limits,
) -> Result<InMemDicomObject, String> {
    let reader = LazyDataSetReader::new_with_ts(source, ts).map_err(|e| causes(&e))?;
    Reader { reader, until, length, limits, taken: 0 }.elements(0)
}

struct Reader<'a, S> {
    reader: LazyDataSetReader<S>,
    until: Option<Tag>,
    length: u64,
    limits: &'a Limits,
    /// Memory so far, as a bound from above.
    taken: u64,
}

impl<S: StatefulDecode> Reader<'_, S> {
    /// The elements of the data set (depth 0) or of an item.
    fn elements(&mut self, depth: usize) -> Result<InMemDicomObject, String> {
        if depth > DEEPEST {
            return Err("is damaged (sequences nest without end)".into());
        }
        let until = self.until;
        let stops = |tag: Tag| depth == 0 && until.is_some_and(|until| until <= tag);
        let mut data = InMemDicomObject::new_empty();
        while let Some(token) = self.reader.advance() {
            match token.map_err(|e| damage(&e, self.length))? {
                LazyDataToken::ElementHeader(header) if stops(header.tag) => return Ok(data),
                LazyDataToken::SequenceStart { tag, .. } if stops(tag) => return Ok(data),
                LazyDataToken::PixelSequenceStart if stops(PIXELS) => return Ok(data),
                LazyDataToken::ElementHeader(_) => {}
                LazyDataToken::LazyValue { header, decoder } => {
                    let size = check(&header, decoder.position(), self.length)?;
                    self.taken += ELEMENT_BYTES + size * growth(header.vr);
                    self.limits.check("reading it", self.taken)?;
                    let value = decoder
                        .read_value_preserved(&header)
                        .map_err(|e| damage(&e, self.length))?;
                    data.put(DataElement::new_with_len(header.tag, header.vr, header.len, value));
                }
                LazyDataToken::SequenceStart { tag, len } => {
                    let items = self.items(depth)?;
                    data.put(DataElement::new(tag, VR::SQ, DataSetSequence::new(items, len)));
                }
                LazyDataToken::PixelSequenceStart => {
                    let pixels = self.fragments()?;
                    data.put(DataElement::new(PIXELS, VR::OB, pixels));
                }
                LazyDataToken::ItemEnd if depth > 0 => return Ok(data),
                _ => return Err("is damaged (an item outside a sequence)".into()),
            }
        }
        if depth > 0 { Err(self.cut()) } else { Ok(data) }
    }

    /// The items of a sequence.
    fn items(&mut self, depth: usize) -> Result<Vec<InMemDicomObject>, String> {
        let mut items = Vec::new();
        while let Some(token) = self.reader.advance() {
            match token.map_err(|e| damage(&e, self.length))? {
                LazyDataToken::ItemStart { .. } => {
                    self.taken += ELEMENT_BYTES;
                    self.limits.check("reading it", self.taken)?;
                    items.push(self.elements(depth + 1)?);
                }
                LazyDataToken::SequenceEnd => return Ok(items),
                _ => return Err("is damaged (an element between items)".into()),
            }
        }
        Err(self.cut())
    }

    /// Compressed pixels: a table of offsets, which may be empty, and fragments.
    fn fragments(&mut self) -> Result<PixelFragmentSequence<Vec<u8>>, String> {
        let mut items: Vec<Vec<u8>> = Vec::new();
        while let Some(token) = self.reader.advance() {
            match token.map_err(|e| damage(&e, self.length))? {
                LazyDataToken::ItemStart { .. } => {
                    self.taken += ELEMENT_BYTES;
                    items.push(Vec::new());
                }
                LazyDataToken::LazyItemValue { len, decoder } => {
                    check_end(decoder.position(), len, self.length)?;
                    self.taken += u64::from(len);
                    self.limits.check("reading it", self.taken)?;
                    let Some(item) = items.last_mut() else { continue };
                    decoder.read_to_vec(len, item).map_err(|e| damage(&e, self.length))?;
                }
                LazyDataToken::ItemEnd => {}
                LazyDataToken::SequenceEnd => {
                    let table = if items.is_empty() { Vec::new() } else { items.remove(0) };
                    let offsets: Vec<u32> =
                        table.as_chunks().0.iter().map(|b| u32::from_le_bytes(*b)).collect();
                    return Ok(PixelFragmentSequence::new(offsets, items));
                }
                _ => return Err("is damaged (an element between compressed frames)".into()),
            }
        }
        Err(self.cut())
    }

    fn cut(&self) -> String {
        cut(self.length)
    }
}

/// The size of a value that lies within the file and is made of whole numbers of its kind.
fn check(header: &DataElementHeader, position: u64, length: u64) -> Result<u64, String> {
    let size = header.length().get().ok_or("is damaged (a value without a length)")?;
    check_end(position, size, length)?;
    let unit = match &header.vr.to_bytes() {
        b"US" | b"SS" | b"OW" => 2,
        b"UL" | b"SL" | b"FL" | b"OL" | b"OF" | b"AT" => 4,
        b"UV" | b"SV" | b"FD" | b"OV" | b"OD" => 8,
        _ => 1,
    };
    if size % unit != 0 {
        let Tag(group, element) = header.tag;
        return Err(format!(
            "is damaged ({size} bytes of numbers of {unit} bytes in ({group:04X},{element:04X}))"
        ));
    }
    Ok(u64::from(size))
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

const fn growth(vr: VR) -> u64 {
    match vr {
        VR::OB | VR::OW | VR::UN | VR::OF | VR::OD | VR::OL | VR::OV => 1,
        _ => GROWTH,
    }
}

fn cut(length: u64) -> String {
    format!("is truncated: its {length} bytes end inside an element; export or copy it again")
}

/// What a parser says, unless it is that the file ends too early.
fn damage(error: &(dyn Error + 'static), length: u64) -> String {
    let mut cause = Some(error);
    while let Some(e) = cause {
        let io = e.downcast_ref::<std::io::Error>();
        if io.is_some_and(|e| e.kind() == std::io::ErrorKind::UnexpectedEof) {
            return cut(length);
        }
        cause = e.source();
    }
    format!("is damaged ({})", causes(error))
}
