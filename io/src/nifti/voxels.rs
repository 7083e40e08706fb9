//! The voxel types of a NIfTI file.

use nifti_file::Endianness;

use crate::volume::Data;

/// A voxel type.
#[derive(Clone, Copy, Debug)]
pub(super) enum Kind {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    U64,
    I64,
    F32,
    F64,
}

/// Whole numbers up to here are exact in double precision.
const EXACT: u64 = 1 << 53;

impl Kind {
    pub(super) fn of(datatype: i16) -> Result<Self, String> {
        Ok(match datatype {
            2 => Kind::U8,
            4 => Kind::I16,
            8 => Kind::I32,
            16 => Kind::F32,
            64 => Kind::F64,
            256 => Kind::I8,
            512 => Kind::U16,
            768 => Kind::U32,
            1024 => Kind::I64,
            1280 => Kind::U64,
            other => {
                return Err(format!(
                    "has voxels of datatype {other}: expected integers of 8 to 64 bits or reals"
                ));
            }
        })
    }

    pub(super) const fn bytes(self) -> u64 {
        match self {
            Kind::U8 | Kind::I8 => 1,
            Kind::U16 | Kind::I16 => 2,
            Kind::U32 | Kind::I32 | Kind::F32 => 4,
            Kind::U64 | Kind::I64 | Kind::F64 => 8,
        }
    }

    pub(super) fn decode(self, raw: &[u8], endianness: Endianness) -> Result<Data, String> {
        let little = endianness == Endianness::Little;
        macro_rules! all {
            ($type:ty) => {
                raw.chunks_exact(size_of::<$type>())
                    .map(|bytes| {
                        let mut array = [0; size_of::<$type>()];
                        array.copy_from_slice(bytes);
                        if little {
                            <$type>::from_le_bytes(array)
                        } else {
                            <$type>::from_be_bytes(array)
                        }
                    })
                    .collect::<Vec<$type>>()
            };
        }
        let exact = |value: u64| {
            format!("holds the voxel {value}, which double precision cannot hold exactly")
        };
        Ok(match self {
            Kind::U8 => Data::U8(raw.to_vec()),
            Kind::I8 => Data::I8(all!(i8)),
            Kind::U16 => Data::U16(all!(u16)),
            Kind::I16 => Data::I16(all!(i16)),
            Kind::U32 => Data::U32(all!(u32)),
            Kind::I32 => Data::I32(all!(i32)),
            Kind::F32 => Data::F32(all!(f32)),
            Kind::F64 => Data::F64(all!(f64)),
            Kind::U64 => {
                let values = all!(u64);
                if let Some(large) = values.iter().find(|v| **v > EXACT) {
                    return Err(exact(*large));
                }
                Data::F64(values.into_iter().map(|v| v as f64).collect())
            }
            Kind::I64 => {
                let values = all!(i64);
                if let Some(large) = values.iter().find(|v| v.unsigned_abs() > EXACT) {
                    return Err(exact(large.unsigned_abs()));
                }
                Data::F64(values.into_iter().map(|v| v as f64).collect())
            }
        })
    }
}
