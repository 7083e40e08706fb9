//! The three volumes that features read: mask, intensities, grey levels.
//!
//! All cover the box of the region after preparation, x fastest, then y, then z. Mask and levels carry
//! a margin of zeros on every side, so that a neighbour is a constant offset away and needs no bounds test.

mod extent;
mod intensities;
mod levels;
mod mask;
mod spans;

pub(crate) use extent::{Extent, POINT, Real};
pub use intensities::Intensities;
pub(crate) use levels::word;
pub use levels::{Level, Levels};
pub use mask::Mask;
pub(crate) use mask::count;
pub(crate) use spans::{Span, Spans};

use crate::error::Error;

/// Cells of a box with a margin of `pad` on every side, or `None` when they cannot be addressed.
pub const fn padded_len(shape: [usize; 3], pad: usize) -> Option<usize> {
    let Some(both) = pad.checked_mul(2) else { return None };
    let mut cells = 1usize;
    let mut axis = 0;
    while axis < 3 {
        let Some(side) = shape[axis].checked_add(both) else { return None };
        let Some(product) = cells.checked_mul(side) else { return None };
        cells = product;
        axis += 1;
    }
    Some(cells)
}

fn check<T>(field: &'static str, cells: &[T], shape: [usize; 3], pad: usize) -> Result<(), Error> {
    match padded_len(shape, pad) {
        // Offsets are signed.
        Some(len) if len <= isize::MAX as usize => {
            if cells.len() == len {
                Ok(())
            } else {
                Err(Error::invalid(field, cells.len(), "a length equal to the padded box"))
            }
        }
        _ => Err(Error::TooLarge { field }),
    }
}

const fn padded_strides(shape: [usize; 3], pad: usize) -> [isize; 3] {
    let row = shape[0] + 2 * pad;
    [1, row as isize, (row * (shape[1] + 2 * pad)) as isize]
}

/// The 13 directions of a volume: one of each opposite pair; the first four lie in a slice.
pub const DIRECTIONS: [[i32; 3]; 13] = [
    [1, 0, 0],
    [0, 1, 0],
    [1, 1, 0],
    [-1, 1, 0],
    [0, 0, 1],
    [1, 0, 1],
    [-1, 0, 1],
    [0, 1, 1],
    [0, -1, 1],
    [1, 1, 1],
    [-1, 1, 1],
    [1, -1, 1],
    [-1, -1, 1],
];
/// How many of [`DIRECTIONS`] lie in a slice.
pub const PLANAR_DIRECTIONS: usize = 4;
