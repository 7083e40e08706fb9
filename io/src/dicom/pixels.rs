//! Stored pixel values.

use dicom_core::value::{PrimitiveValue, Value};
use dicom_core::{Tag, VR};
use dicom_dictionary_std::{tags, uids};
use dicom_encoding::transfer_syntax::TransferSyntaxIndex;
use dicom_object::InMemDicomObject;
use dicom_transfer_syntax_registry::TransferSyntaxRegistry;

use super::attributes::{count, missing, name, text};
use super::codestream::{self, Stated};
use super::file::{Object, causes};
use super::rle;

/// How a file stores its pixels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Format {
    pub rows: usize,
    pub columns: usize,
    pub kind: Kind,
}

/// What one stored value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// One bit each, packed.
    Bit,
    /// Whole numbers: bytes each, bits that count, the place of the lowest of them, two's complement.
    Whole { bytes: u8, bits: u8, shift: u8, signed: bool },
    /// Single precision.
    Single,
    /// Double precision.
    Double,
}

/// Explicit VR Big Endian, which is retired.
pub(super) const BIG_ENDIAN: &str = "1.2.840.10008.1.2.2";
/// Pixels as single precision numbers.
const FLOAT: Tag = tags::FLOAT_PIXEL_DATA;
/// Pixels as double precision numbers.
const DOUBLE: Tag = tags::DOUBLE_FLOAT_PIXEL_DATA;

impl Format {
    /// The format that a header declares. A header says nothing of floating point pixels: their bits do.
    pub(super) fn of(data: &InMemDicomObject) -> Result<Self, String> {
        let needed = |tag| count(data, tag).ok_or_else(|| missing(tag));
        let [rows, columns, allocated] =
            [needed(tags::ROWS)?, needed(tags::COLUMNS)?, needed(tags::BITS_ALLOCATED)?];
        if rows == 0 || columns == 0 {
            return Err(format!("declares {rows} rows and {columns} columns: there is no image"));
        }
        let samples = count(data, tags::SAMPLES_PER_PIXEL).unwrap_or(1);
        let meaning = text(data, tags::PHOTOMETRIC_INTERPRETATION).unwrap_or_default();
        if samples != 1 || meaning == "PALETTE COLOR" {
            return Err(format!("is a colour image ({meaning}): only grey values are read"));
        }
        let stored = count(data, tags::BITS_STORED).unwrap_or(allocated);
        let high = count(data, tags::HIGH_BIT).unwrap_or(stored.saturating_sub(1));
        let signed = count(data, tags::PIXEL_REPRESENTATION).unwrap_or(0) == 1;
        let kind = match allocated {
            1 => Kind::Bit,
            32 if count(data, tags::BITS_STORED).is_none() => Kind::Single,
            8 | 16 | 32
                if (1..=allocated).contains(&stored) && high + 1 >= stored && high < allocated =>
            {
                Kind::Whole {
                    bytes: (allocated / 8) as u8,
                    bits: stored as u8,
                    shift: (high + 1 - stored) as u8,
                    signed,
                }
            }
            64 => Kind::Double,
            _ => {
                return Err(format!(
                    "stores {stored} bits up to bit {high} in {allocated} allocated bits: expected 8, 16 or 32 allocated bits ({})",
                    name(tags::BITS_ALLOCATED)
                ));
            }
        };
        Ok(Self { rows: rows as usize, columns: columns as usize, kind })
    }

    /// Pixels of one frame.
    pub(super) const fn pixels(&self) -> usize {
        self.rows * self.columns
    }

    /// Bytes that one pixel takes when unpacked.
    pub(super) const fn bytes(&self) -> u64 {
        match self.kind {
            Kind::Bit => 1,
            Kind::Whole { bytes, .. } => bytes as u64,
            Kind::Single => 4,
            Kind::Double => 8,
        }
    }
}

/// The pixels of one file.
pub(super) enum Pixels {
    /// All frames, least significant byte first.
    Native(Vec<u8>),
    /// Compressed frames.
    Encapsulated(Box<Object>),
}

impl Pixels {
    /// Takes the pixels out of an object.
    pub(super) fn of(mut data: Object, format: &Format) -> Result<Self, String> {
        let tag = [tags::PIXEL_DATA, FLOAT, DOUBLE]
            .into_iter()
            .find(|tag| data.get(*tag).is_some())
            .ok_or_else(|| missing(tags::PIXEL_DATA))?;
        let syntax = data.meta().transfer_syntax().to_owned();
        let packed = data.get(tag).is_some_and(|e| matches!(e.value(), Value::PixelSequence(_)));
        if packed {
            let readable = syntax == uids::RLE_LOSSLESS
                || TransferSyntaxRegistry
                    .get(&syntax)
                    .is_some_and(|t| t.pixel_data_reader().is_some());
            if !readable {
                return Err(format!(
                    "is compressed in the transfer syntax {syntax}, which is not supported: export it uncompressed"
                ));
            }
            return Ok(Pixels::Encapsulated(Box::new(data)));
        }
        let element = data.take(tag).ok_or_else(|| missing(tag))?;
        let (vr, big) = (element.vr(), syntax == BIG_ENDIAN);
        let Value::Primitive(value) = element.into_value() else {
            return Err("is damaged: its pixel data is a sequence".into());
        };
        Ok(Pixels::Native(match value {
            PrimitiveValue::U8(bytes) if big && vr != VR::OB => {
                return Err(format!(
                    "stores {} bytes of unknown order: convert it first",
                    bytes.len()
                ));
            }
            PrimitiveValue::U8(bytes) => bytes.into_vec(),
            // The upper half of a number of 32 bits comes first.
            PrimitiveValue::U16(mut words) if big && format.bytes() == 4 => {
                words.as_chunks_mut::<2>().0.iter_mut().for_each(|pair| pair.reverse());
                words.iter().flat_map(|w| w.to_le_bytes()).collect()
            }
            PrimitiveValue::U16(words) => words.iter().flat_map(|w| w.to_le_bytes()).collect(),
            PrimitiveValue::U32(words) => words.iter().flat_map(|w| w.to_le_bytes()).collect(),
            PrimitiveValue::F32(words) => words.iter().flat_map(|w| w.to_le_bytes()).collect(),
            PrimitiveValue::F64(words) => words.iter().flat_map(|w| w.to_le_bytes()).collect(),
            PrimitiveValue::Empty => return Err("has no pixel data: it is empty".into()),
            _ => return Err("is damaged: its pixel data is of an unexpected type".into()),
        }))
    }

    /// Hands the stored values of a frame, row by row, to `put`.
    pub(super) fn frame(
        &self,
        format: &Format,
        number: u32,
        mut put: impl FnMut(f64),
    ) -> Result<(), String> {
        let pixels = format.pixels();
        if let (Pixels::Native(bytes), Kind::Bit) = (self, format.kind) {
            // Frames follow one another without padding, the lowest bit first.
            let first = pixels * number as usize;
            check(bytes.len(), (first + pixels).div_ceil(8))?;
            for at in first..first + pixels {
                put(f64::from(bytes[at / 8] >> (at % 8) & 1));
            }
            return Ok(());
        }
        let decoded;
        let width = format.bytes() as usize;
        let raw = match self {
            Pixels::Native(bytes) => {
                let start = pixels.saturating_mul(width).saturating_mul(number as usize);
                let end = start.saturating_add(pixels * width);
                check(bytes.len(), end)?;
                &bytes[start..end]
            }
            Pixels::Encapsulated(data) => {
                decoded = decode(data, format, number)?;
                check(decoded.len(), pixels * width)?;
                &decoded[..pixels * width]
            }
        };
        match format.kind {
            Kind::Bit => raw.iter().for_each(|b| put(f64::from(*b))),
            Kind::Single => {
                raw.as_chunks().0.iter().for_each(|b| put(f64::from(f32::from_le_bytes(*b))))
            }
            Kind::Double => raw.as_chunks().0.iter().for_each(|b| put(f64::from_le_bytes(*b))),
            Kind::Whole { bytes, bits, shift, signed } => {
                for stored in raw.chunks_exact(usize::from(bytes)) {
                    let mut word = [0; 4];
                    word[..stored.len()].copy_from_slice(stored);
                    // Bits above and below those stored may hold overlays.
                    let word = u32::from_le_bytes(word) >> shift;
                    let top = 32 - u32::from(bits);
                    put(if signed {
                        f64::from((word << top) as i32 >> top)
                    } else {
                        f64::from(word << top >> top)
                    });
                }
            }
        }
        Ok(())
    }
}

fn check(found: usize, needed: usize) -> Result<(), String> {
    if found < needed {
        return Err(format!(
            "is truncated: {found} of {needed} bytes of pixel data are there; export or copy it again"
        ));
    }
    Ok(())
}

/// A decoder takes kilobytes for each tile; images have one or a few.
const MOST_TILES: u64 = 1024;

/// Decompresses one frame. What the compressed stream says of its size must be what the header says.
fn decode(data: &Object, format: &Format, number: u32) -> Result<Vec<u8>, String> {
    use dicom_encoding::adapters::PixelDataObject;
    let frame = data
        .frame_pixel_data(number)
        .ok_or_else(|| format!("is damaged: its compressed frame {} is missing", number + 1))?;
    let syntax = data.meta().transfer_syntax();
    if syntax == uids::RLE_LOSSLESS {
        return rle::decode(&frame, format.pixels(), format.bytes() as usize);
    }
    let ts = TransferSyntaxRegistry.get(syntax);
    let reader = ts.and_then(|t| t.pixel_data_reader()).ok_or("is compressed in an unknown way")?;
    match codestream::stated(&frame) {
        Some(Stated { columns, rows, .. })
            if (columns, rows) != (format.columns as u64, format.rows as u64) =>
        {
            return Err(format!(
                "declares {} x {} pixels and holds a compressed image of {columns} x {rows}: export it again",
                format.columns, format.rows
            ));
        }
        Some(Stated { components, tiles, .. }) if components != 1 || tiles > MOST_TILES => {
            return Err(format!(
                "holds a compressed image of {components} components in {tiles} tiles, which is no grey image: export it uncompressed"
            ));
        }
        None => {
            return Err("has compressed pixels that do not begin as JPEG or JPEG 2000 do: export it uncompressed".into());
        }
        _ => {}
    }
    let mut out = Vec::new();
    let run = || reader.decode_frame(data, number, &mut out);
    match super::file::fenced(run) {
        Some(Ok(())) => Ok(out),
        Some(Err(e)) => {
            Err(format!("cannot be decompressed ({}): export it uncompressed", causes(&e)))
        }
        None => {
            Err("cannot be decompressed (its compressed data is damaged): export it again".into())
        }
    }
}
