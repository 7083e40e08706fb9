//! The voxel types of a NIfTI file.

use std::io::{self, Read};

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

    /// Reads voxels until there are `count` or the input ends; answers the bytes read as well.
    pub(super) fn read(
        self,
        input: &mut impl Read,
        count: u64,
        endianness: Endianness,
    ) -> Result<(Data, u64), String> {
        let little = endianness == Endianness::Little;
        let mut found = 0;
        macro_rules! all {
            ($type:ty) => {
                numbers(input, count, &mut found, |bytes| {
                    if little {
                        <$type>::from_le_bytes(bytes)
                    } else {
                        <$type>::from_be_bytes(bytes)
                    }
                })
                .map_err(|e| format!("its voxels cannot be read: {e}"))?
            };
        }
        let exact = |value: u64| {
            format!("holds the voxel {value}, which double precision cannot hold exactly")
        };
        let data = match self {
            Kind::U8 => Data::U8(all!(u8)),
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
        };
        Ok((data, found))
    }
}

/// Bytes read at once: a multiple of every voxel's size.
const BLOCK: usize = 1 << 16;

/// Reads numbers of `N` bytes, block by block: memory grows with what is there, not with what is declared.
fn numbers<const N: usize, T>(
    input: &mut impl Read,
    count: u64,
    found: &mut u64,
    number: impl Fn([u8; N]) -> T,
) -> Result<Vec<T>, io::Error> {
    let mut left = input.take(count.saturating_mul(N as u64));
    let mut block = Vec::with_capacity(BLOCK);
    let mut numbers = Vec::new();
    loop {
        block.clear();
        left.by_ref().take(BLOCK as u64).read_to_end(&mut block)?;
        if block.is_empty() {
            return Ok(numbers);
        }
        *found += block.len() as u64;
        numbers.extend(block.as_chunks().0.iter().map(|bytes| number(*bytes)));
    }
}
