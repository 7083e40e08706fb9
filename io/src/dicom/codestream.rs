//! What a compressed image states of itself.
//!
//! Decoders take memory by what the stream says; it is compared with the header, which is within the limit.

/// The start of a JPEG or JPEG 2000 stream.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Stated {
    pub columns: u64,
    pub rows: u64,
    pub components: u64,
    /// Parts that are decoded by themselves; 1 for JPEG.
    pub tiles: u64,
}

/// `None` for other streams.
pub(super) fn stated(stream: &[u8]) -> Option<Stated> {
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
fn jpeg(stream: &[u8]) -> Option<Stated> {
    let mut at = 2;
    loop {
        if *stream.get(at)? != 0xff {
            return None;
        }
        let marker = *stream.get(at + 1)?;
        match marker {
            0xff => at += 1,
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                let (rows, columns) = (word(stream, at + 5)?, word(stream, at + 7)?);
                let components = u64::from(*stream.get(at + 9)?);
                return Some(Stated { columns, rows, components, tiles: 1 });
            }
            0x01 | 0xd0..=0xd9 => at += 2,
            _ => at += 2 + word(stream, at + 2)? as usize,
        }
    }
}

/// The segment SIZ stands first: ends and starts of the image on the reference grid, then those of its tiles.
fn jpeg2000(stream: &[u8]) -> Option<Stated> {
    let long = |at: usize| Some(word(stream, at)? << 16 | word(stream, at + 2)?);
    let [right, bottom, left, top] = [long(8)?, long(12)?, long(16)?, long(20)?];
    let [width, height, first_x, first_y] = [long(24)?, long(28)?, long(32)?, long(36)?];
    let count = |end: u64, start: u64, side: u64| {
        end.saturating_sub(start).checked_div(side).map(|n| n.saturating_add(1))
    };
    Some(Stated {
        columns: right.saturating_sub(left),
        rows: bottom.saturating_sub(top),
        components: word(stream, 40)?,
        // One more than there can be at most, where the last ends with the image.
        tiles: count(right, first_x, width)?.saturating_mul(count(bottom, first_y, height)?),
    })
}
