//! The size that a compressed image states itself.
//!
//! Decoders take memory by what the stream says; it is compared with the header, which is within the limit.

/// Columns and rows of a JPEG or JPEG 2000 stream; `None` for others (RLE has none, its decoder goes by the
/// header).
pub(super) fn size(stream: &[u8]) -> Option<(u64, u64)> {
    match stream {
        [0xff, 0xd8, ..] => jpeg(stream),
        [0xff, 0x4f, ..] => jpeg2000(stream),
        // A JP2 file around the code stream.
        [0, 0, 0, 12, b'j', b'P', ..] => {
            let at = stream.windows(4).position(|w| w == [0xff, 0x4f, 0xff, 0x51])?;
            jpeg2000(&stream[at..])
        }
        _ => None,
    }
}

fn word(stream: &[u8], at: usize) -> Option<u64> {
    Some(u64::from(u16::from_be_bytes([*stream.get(at)?, *stream.get(at + 1)?])))
}

/// Segment by segment to the start of a frame.
fn jpeg(stream: &[u8]) -> Option<(u64, u64)> {
    let mut at = 2;
    loop {
        if *stream.get(at)? != 0xff {
            return None;
        }
        let marker = *stream.get(at + 1)?;
        match marker {
            0xff => at += 1,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                return Some((word(stream, at + 7)?, word(stream, at + 5)?));
            }
            0x01 | 0xd0..=0xd9 => at += 2,
            _ => at += 2 + word(stream, at + 2)? as usize,
        }
    }
}

/// The segment SIZ stands first: extent of the reference grid less the offset of the image.
fn jpeg2000(stream: &[u8]) -> Option<(u64, u64)> {
    let long = |at: usize| Some(word(stream, at)? << 16 | word(stream, at + 2)?);
    let (width, height, left, top) = (long(8)?, long(12)?, long(16)?, long(20)?);
    Some((width.saturating_sub(left), height.saturating_sub(top)))
}
