//! The matrix itself, for those who want to see it.

use core::ops::Range;

use super::longest;
use super::runs::run_length;
use crate::error::Error;
use crate::family::glcm::{check_slices, check_step};
use crate::volume::{Level, Levels};

/// Fills `matrix` with the run lengths of one direction: cell `(i - 1) * longest + j - 1` becomes the number of runs
/// of level i with j voxels, where `longest` is [`longest`] of the box.
///
/// `direction` is one of [`crate::volume::DIRECTIONS`]. Runs are those of the slices `slices` alone: they end where
/// the slices do. Matrices of several directions or slices merge by addition.
///
/// # Errors
/// When the length of `matrix` is not N_g times `longest`, a slice does not exist, or the direction is nowhere or
/// longer than one voxel along an axis.
pub fn count<L: Level>(
    levels: &Levels<L>,
    direction: [i32; 3],
    slices: Range<usize>,
    matrix: &mut [u64],
) -> Result<(), Error> {
    let columns = longest(levels.shape());
    if Some(matrix.len()) != (levels.count() as usize).checked_mul(columns) {
        let expected = "a length of N_g times the longest side of the box";
        return Err(Error::invalid("matrix", matrix.len(), expected));
    }
    check_slices(levels, &slices)?;
    check_step(direction, 1)?;
    matrix.fill(0);
    let cells = levels.cells();
    let step = levels.offset(direction);
    let [nx, ny, _] = levels.shape();
    for z in slices.clone() {
        // The first slice that a run meets in the range starts it, and no run outlives the last.
        let (first, left) = match direction[2] {
            0 => (false, usize::MAX),
            1 => (z == slices.start, slices.end - z),
            _ => (z + 1 == slices.end, z + 1 - slices.start),
        };
        for y in 0..ny {
            let start = levels.index(0, y, z);
            for here in start..start + nx {
                let level = cells[here];
                let before = cells[(here as isize - step) as usize];
                if level.index() > 0 && (first || before != level) {
                    let length = run_length(cells, here, step).min(left);
                    matrix[(level.index() - 1) * columns + length - 1] += 1;
                }
            }
        }
    }
    Ok(())
}
