//! SHA-256 of what is read.

use radiomics::Geometry;
use radiomics_io::volume::{Data, Volume};
use sha2::{Digest, Sha256};

/// Hexadecimal digits.
pub fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

/// The bytes of hexadecimal digits.
pub fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Option<Vec<u32>> = text.chars().map(|c| c.to_digit(16)).collect();
    let digits = digits.filter(|d| d.len() % 2 == 0)?;
    Some(digits.chunks_exact(2).map(|d| (d[0] * 16 + d[1]) as u8).collect())
}

/// Of any bytes.
pub fn of(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// Of several numbers and texts, one after the other, each with its length.
#[derive(Default)]
pub struct Parts(Sha256);

impl Parts {
    pub fn add(&mut self, part: impl AsRef<[u8]>) -> &mut Self {
        let part = part.as_ref();
        self.0.update((part.len() as u64).to_le_bytes());
        self.0.update(part);
        self
    }

    pub fn hex(self) -> String {
        hex(&self.0.finalize())
    }
}

/// Of the voxels as they are stored, in the order of the array, with type, shape, slope and intercept.
pub fn pixels(volume: &Volume) -> String {
    let mut hash = Sha256::new();
    for n in volume.shape {
        hash.update((n as u64).to_le_bytes());
    }
    hash.update(volume.slope.to_le_bytes());
    hash.update(volume.intercept.to_le_bytes());
    macro_rules! voxels {
        ($name:literal, $data:expr) => {{
            hash.update($name);
            let mut bytes = Vec::new();
            for block in $data.chunks(1 << 14) {
                bytes.clear();
                bytes.extend(block.iter().flat_map(|v| v.to_le_bytes()));
                hash.update(&bytes);
            }
        }};
    }
    match &volume.data {
        Data::U8(data) => voxels!(b"u8", data),
        Data::I8(data) => voxels!(b"i8", data),
        Data::U16(data) => voxels!(b"u16", data),
        Data::I16(data) => voxels!(b"i16", data),
        Data::U32(data) => voxels!(b"u32", data),
        Data::I32(data) => voxels!(b"i32", data),
        Data::F32(data) => voxels!(b"f32", data),
        Data::F64(data) => voxels!(b"f64", data),
        _ => hash.update(b"unknown"),
    }
    hex(&hash.finalize())
}

/// Of spacing, origin and direction.
pub fn geometry(geometry: &Geometry) -> String {
    let mut hash = Sha256::new();
    let numbers = geometry.spacing.iter().chain(&geometry.origin);
    for x in numbers.chain(geometry.direction.as_flattened()) {
        hash.update(x.to_le_bytes());
    }
    hex(&hash.finalize())
}
