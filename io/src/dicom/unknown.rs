//! Private sequences of unknown representation.
//!
//! A program that rewrites a file from implicit to explicit representation without knowing a private sequence calls
//! it `UN` with an undefined length and leaves its contents implicit (PS3.5, 6.2.2). The parser takes them for
//! explicit and loses its way. Nothing read here is private and in a sequence, so they are left out.

/// Items nest no deeper in anything sensible.
const DEEPEST: usize = 64;

const ITEM: [u8; 4] = [0xfe, 0xff, 0x00, 0xe0];
const ITEM_END: [u8; 4] = [0xfe, 0xff, 0x0d, 0xe0];
const SEQUENCE_END: [u8; 4] = [0xfe, 0xff, 0xdd, 0xe0];
const PIXELS: [u8; 4] = [0xe0, 0x7f, 0x10, 0x00];
const UNDEFINED: u32 = u32::MAX;

/// A data set of explicit little endian representation without such sequences; `None` where there are none, or the
/// data set is damaged.
pub(super) fn left_out(data: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut found = false;
    copy(data, 0, 0, &mut out, &mut found)?;
    found.then_some(out)
}

fn tag(data: &[u8], at: usize) -> Option<[u8; 4]> {
    data.get(at..)?.first_chunk().copied()
}

fn long(data: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(*data.get(at..)?.first_chunk()?))
}

/// Copies explicit elements to the end of the data or of an item. Answers where that is.
fn copy(
    data: &[u8],
    mut at: usize,
    depth: usize,
    out: &mut Vec<u8>,
    found: &mut bool,
) -> Option<usize> {
    if depth > DEEPEST {
        return None;
    }
    while at < data.len() {
        let start = at;
        let name = tag(data, at)?;
        if name == ITEM_END {
            out.extend(data.get(at..at + 8)?);
            return Some(at + 8);
        }
        let representation = data.get(at + 4..at + 6)?;
        let is_long = super::meta::LONG.iter().any(|vr| representation == *vr);
        let length = if is_long {
            at += 12;
            long(data, start + 8)?
        } else {
            at += 8;
            u32::from(u16::from_le_bytes(*data.get(start + 6..)?.first_chunk()?))
        };
        match (length, representation) {
            // Compressed pixels, and what little may follow them.
            (UNDEFINED, _) if name == PIXELS => {
                out.extend(&data[start..]);
                return Some(data.len());
            }
            (UNDEFINED, b"UN") => {
                *found = true;
                at = skip_items(data, at, depth)?;
            }
            (UNDEFINED, _) => {
                out.extend(data.get(start..at)?);
                at = copy_items(data, at, depth, out, found)?;
            }
            (length, _) => {
                let end = at.checked_add(length as usize)?;
                out.extend(data.get(start..end)?);
                at = end;
            }
        }
    }
    Some(at)
}

/// Copies the items of an explicit sequence of undefined length.
fn copy_items(
    data: &[u8],
    mut at: usize,
    depth: usize,
    out: &mut Vec<u8>,
    found: &mut bool,
) -> Option<usize> {
    loop {
        let (name, length) = (tag(data, at)?, long(data, at + 4)?);
        out.extend(data.get(at..at + 8)?);
        at += 8;
        match (name, length) {
            (SEQUENCE_END, _) => return Some(at),
            (ITEM, UNDEFINED) => at = copy(data, at, depth + 1, out, found)?,
            (ITEM, length) => {
                let end = at.checked_add(length as usize)?;
                out.extend(data.get(at..end)?);
                at = end;
            }
            _ => return None,
        }
    }
}

/// Where the items of an implicit sequence of undefined length end.
fn skip_items(data: &[u8], mut at: usize, depth: usize) -> Option<usize> {
    if depth > DEEPEST {
        return None;
    }
    loop {
        let (name, length) = (tag(data, at)?, long(data, at + 4)?);
        at += 8;
        match (name, length) {
            (SEQUENCE_END, _) => return Some(at),
            (ITEM, UNDEFINED) => loop {
                let (name, length) = (tag(data, at)?, long(data, at + 4)?);
                at += 8;
                match (name, length) {
                    (ITEM_END, _) => break,
                    (_, UNDEFINED) => at = skip_items(data, at, depth + 1)?,
                    (_, length) => at = at.checked_add(length as usize)?,
                }
            },
            (ITEM, length) => at = at.checked_add(length as usize)?,
            _ => return None,
        }
    }
}
