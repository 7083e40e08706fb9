//! NIfTI-1 files made by the tests.

use std::io::Write;
use std::path::Path;

/// What a header says, and the bytes of the voxels.
#[derive(Clone, Debug)]
pub struct File {
    /// dim[0..8]
    pub dim: [i16; 8],
    /// Code of the voxel type.
    pub datatype: i16,
    /// pixdim[0..8]
    pub pixdim: [f32; 8],
    /// scl_slope, scl_inter
    pub scaling: [f32; 2],
    /// xyzt_units
    pub units: u8,
    /// qform_code, then quatern_b, c, d and the offsets.
    pub qform: (i16, [f32; 6]),
    /// sform_code, then the three rows.
    pub sform: (i16, [[f32; 4]; 3]),
    /// Whether numbers are stored with the most significant byte first.
    pub big_endian: bool,
    /// The voxels as they are stored.
    pub voxels: Vec<u8>,
}

impl File {
    /// A volume of 16-bit integers, x fastest.
    pub fn of_i16(shape: [usize; 3], spacing: [f32; 3], voxels: &[i16]) -> Self {
        let [nx, ny, nz] = shape.map(|n| n as i16);
        let [sx, sy, sz] = spacing;
        Self {
            dim: [3, nx, ny, nz, 1, 1, 1, 1],
            datatype: 4,
            pixdim: [1.0, sx, sy, sz, 0.0, 0.0, 0.0, 0.0],
            scaling: [0.0, 0.0],
            units: 2,
            qform: (0, [0.0; 6]),
            sform: (0, [[0.0; 4]; 3]),
            big_endian: false,
            voxels: voxels.iter().flat_map(|v| v.to_le_bytes()).collect(),
        }
    }

    /// The bytes of the file.
    pub fn bytes(&self) -> Vec<u8> {
        let mut out = vec![0u8; 352];
        let big = self.big_endian;
        let mut put = |at: usize, little: &[u8]| {
            let mut bytes = little.to_vec();
            if big {
                bytes.reverse();
            }
            out[at..at + bytes.len()].copy_from_slice(&bytes);
        };
        put(0, &348i32.to_le_bytes());
        for (i, n) in self.dim.iter().enumerate() {
            put(40 + 2 * i, &n.to_le_bytes());
        }
        put(70, &self.datatype.to_le_bytes());
        for (i, x) in self.pixdim.iter().enumerate() {
            put(76 + 4 * i, &x.to_le_bytes());
        }
        put(108, &352f32.to_le_bytes());
        put(112, &self.scaling[0].to_le_bytes());
        put(116, &self.scaling[1].to_le_bytes());
        put(252, &self.qform.0.to_le_bytes());
        put(254, &self.sform.0.to_le_bytes());
        for (i, x) in self.qform.1.iter().enumerate() {
            put(256 + 4 * i, &x.to_le_bytes());
        }
        for (i, x) in self.sform.1.as_flattened().iter().enumerate() {
            put(280 + 4 * i, &x.to_le_bytes());
        }
        out[123] = self.units;
        out[344..348].copy_from_slice(b"n+1\0");
        out.extend(&self.voxels);
        out
    }

    /// Writes the file, compressed where the name ends in `.gz`.
    pub fn write(&self, path: &Path) {
        write(path, &self.bytes());
    }
}

/// Writes bytes, compressed where the name ends in `.gz`.
pub fn write(path: &Path, bytes: &[u8]) {
    let file = std::fs::File::create(path).expect("a file");
    if path.extension().is_some_and(|e| e == "gz") {
        let mut writer = flate2::write::GzEncoder::new(file, flate2::Compression::fast());
        writer.write_all(bytes).expect("written");
        writer.finish().expect("finished");
    } else {
        (&file).write_all(bytes).expect("written");
    }
}
