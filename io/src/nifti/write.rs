//! Writing NIfTI-1.

use std::io::{self, Write};

use flate2::Compression;
use flate2::write::GzEncoder;
use radiomics::Geometry;

/// Sides that fit a header.
const LONGEST: usize = i16::MAX as usize;

/// Writes a volume in double precision, x fastest, with its geometry as sform; compressed with gzip where asked for.
///
/// # Errors
/// When a side is too long for the format, the voxels are not as many as the sides say, or writing fails.
pub fn write(
    out: impl Write,
    compressed: bool,
    voxels: &[f64],
    shape: [usize; 3],
    geometry: &Geometry,
) -> io::Result<()> {
    let refuse = |problem: String| io::Error::new(io::ErrorKind::InvalidInput, problem);
    if let Some(side) = shape.iter().find(|n| **n > LONGEST) {
        return Err(refuse(format!("a side of {side} voxels does not fit a NIfTI-1 header")));
    }
    if shape.iter().product::<usize>() != voxels.len() {
        return Err(refuse(format!("{} voxels for a shape of {shape:?}", voxels.len())));
    }
    if compressed {
        let mut encoder = GzEncoder::new(out, Compression::fast());
        uncompressed(&mut encoder, voxels, shape, geometry)?;
        encoder.finish()?.flush()
    } else {
        let mut out = out;
        uncompressed(&mut out, voxels, shape, geometry)?;
        out.flush()
    }
}

fn uncompressed(
    out: &mut impl Write,
    voxels: &[f64],
    shape: [usize; 3],
    geometry: &Geometry,
) -> io::Result<()> {
    out.write_all(&header(shape, geometry))?;
    let mut bytes = Vec::with_capacity(1 << 16);
    for chunk in voxels.chunks(1 << 13) {
        bytes.clear();
        bytes.extend(chunk.iter().flat_map(|x| x.to_le_bytes()));
        out.write_all(&bytes)?;
    }
    Ok(())
}

/// The header, little-endian, and four zeros: no extension follows.
fn header(shape: [usize; 3], geometry: &Geometry) -> [u8; 352] {
    let mut out = [0; 352];
    let mut put = |at: usize, bytes: &[u8]| out[at..at + bytes.len()].copy_from_slice(bytes);
    put(0, &348i32.to_le_bytes());
    put(40, &3i16.to_le_bytes());
    for axis in 0..3 {
        put(42 + 2 * axis, &(shape[axis] as i16).to_le_bytes());
        put(80 + 4 * axis, &(geometry.spacing[axis] as f32).to_le_bytes());
    }
    for axis in 3..7 {
        put(42 + 2 * axis, &1i16.to_le_bytes());
    }
    put(76, &1f32.to_le_bytes());
    // Double precision, 64 bits; voxels from 352 on; scale 1; mm.
    put(70, &64i16.to_le_bytes());
    put(72, &64i16.to_le_bytes());
    put(108, &352f32.to_le_bytes());
    put(112, &1f32.to_le_bytes());
    put(123, &[2]);
    put(254, &1i16.to_le_bytes());
    for row in 0..3 {
        for axis in 0..3 {
            let step = geometry.direction[row][axis] * geometry.spacing[axis];
            put(280 + 16 * row + 4 * axis, &(step as f32).to_le_bytes());
        }
        put(292 + 16 * row, &(geometry.origin[row] as f32).to_le_bytes());
    }
    put(344, b"n+1\0");
    out
}
