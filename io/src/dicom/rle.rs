//! Run lengths (PS3.5, annex G): one segment for each byte of a number, the most significant first.
//!
//! Decoded here: the library's decoder takes no numbers of 32 bits, which dose grids have, and stops the program at
//! segments that end early.

/// The numbers of a frame, least significant byte first.
pub(super) fn decode(frame: &[u8], pixels: usize, width: usize) -> Result<Vec<u8>, String> {
    let long = |at: usize| {
        let bytes = frame.get(4 * at..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes) as usize)
    };
    let segments = long(0).unwrap_or(0);
    if segments != width {
        return Err(format!(
            "cannot be decompressed ({segments} segments of run lengths for numbers of {width} bytes): export it uncompressed"
        ));
    }
    let mut out = vec![0; pixels * width];
    for segment in 0..width {
        let start = long(1 + segment).unwrap_or(usize::MAX);
        let next = if segment + 1 < width { long(2 + segment) } else { None };
        let end = next.unwrap_or(frame.len()).min(frame.len());
        let bytes = frame.get(start..end).unwrap_or_default();
        let found = unpack(bytes, out.iter_mut().skip(width - 1 - segment).step_by(width));
        if found < pixels {
            return Err(format!(
                "cannot be decompressed (run lengths of {found} of {pixels} pixels are there): export or copy it again"
            ));
        }
    }
    Ok(out)
}

/// Unpacks as many bytes as there is room for. Answers how many there were.
fn unpack<'a>(mut bytes: &[u8], mut room: impl Iterator<Item = &'a mut u8>) -> usize {
    let mut written = 0;
    let mut put = |byte: u8| {
        let Some(place) = room.next() else { return false };
        *place = byte;
        written += 1;
        true
    };
    'packets: while let [control, rest @ ..] = bytes {
        let control = *control as i8;
        match (control, rest) {
            (-128, _) => bytes = rest,
            (0.., _) => {
                let count = (control as usize + 1).min(rest.len());
                for byte in &rest[..count] {
                    if !put(*byte) {
                        break 'packets;
                    }
                }
                bytes = &rest[count..];
            }
            (_, [byte, after @ ..]) => {
                for _ in 0..=control.unsigned_abs() {
                    if !put(*byte) {
                        break 'packets;
                    }
                }
                bytes = after;
            }
            (_, []) => break,
        }
    }
    written
}
