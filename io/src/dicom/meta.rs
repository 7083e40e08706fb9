//! File meta information.
//!
//! What a parser takes for a value's length it takes as memory. The few values that matter are read here, within
//! bounds, and the parser of the data set gets them back as a clean header.

use std::io::{BufReader, Read, Seek};

use dicom_object::{FileMetaTable, FileMetaTableBuilder};

use super::file::PREAMBLE;

/// Group 2 is a few hundred bytes.
const LARGEST: u64 = 1 << 20;
/// No UID is longer.
const LONGEST_UID: usize = 64;

/// Value representations whose length takes four bytes.
pub(super) const LONG: [&[u8; 2]; 13] =
    [b"OB", b"OD", b"OF", b"OL", b"OV", b"OW", b"SQ", b"SV", b"UC", b"UN", b"UR", b"UT", b"UV"];

/// Reads group 2, whose elements are always explicit little endian, from behind the preamble. Answers where the
/// data set begins, too.
pub(super) fn read<R: Read + Seek>(
    file: &mut BufReader<R>,
    length: u64,
) -> Result<(FileMetaTable, u64), String> {
    let truncated =
        || "is truncated in its file meta information: export or copy it again".to_owned();
    let (mut class, mut syntax) = (None, None);
    let mut at = PREAMBLE as u64;
    loop {
        let mut head = [0; 12];
        if at + 8 > length {
            break;
        }
        file.read_exact(&mut head[..8]).map_err(|_| truncated())?;
        if head[..2] != [2, 0] {
            break;
        }
        let size = if LONG.iter().any(|vr| head[4..6] == **vr) {
            file.read_exact(&mut head[8..]).map_err(|_| truncated())?;
            at += 12;
            u64::from(u32::from_le_bytes([head[8], head[9], head[10], head[11]]))
        } else {
            at += 8;
            u64::from(u16::from_le_bytes([head[6], head[7]]))
        };
        at += size;
        if at > length || at > LARGEST {
            return Err(truncated());
        }
        let wanted = match head[2..4] {
            [0x02, 0] => Some(&mut class),
            [0x10, 0] => Some(&mut syntax),
            _ => None,
        };
        match wanted {
            Some(uid) if size <= LONGEST_UID as u64 => {
                let mut bytes = [0; LONGEST_UID];
                let bytes = &mut bytes[..size as usize];
                file.read_exact(bytes).map_err(|_| truncated())?;
                let text = String::from_utf8_lossy(bytes);
                *uid = Some(text.trim_matches(['\0', ' ']).to_owned());
            }
            _ => file.seek_relative(size as i64).map_err(|_| truncated())?,
        }
    }
    let syntax = syntax.ok_or("lacks TransferSyntaxUID (0002,0010): export it again")?;
    let meta = FileMetaTableBuilder::new()
        .media_storage_sop_class_uid(class.unwrap_or_default())
        .media_storage_sop_instance_uid("")
        .transfer_syntax(syntax)
        .build()
        .map_err(|e| format!("has damaged file meta information ({e})"))?;
    Ok((meta, at))
}
