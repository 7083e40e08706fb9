//! The matrix itself, for those who want to see it.

use core::ops::Range;

use crate::error::Error;
use crate::volume::{Level, Levels};

/// Fills `matrix` with the symmetric counts of one direction: cell `(i - 1) * N_g + j - 1` becomes how many
/// ordered pairs of voxels, one `step` apart from the other either way, have the levels i and j.
///
/// `step` is one of [`crate::volume::DIRECTIONS`] times the distance. Both voxels lie in the slices `slices` of the
/// box. Matrices of several directions or slices merge by addition.
///
/// # Errors
/// When the length of `matrix` is not N_g times N_g, a slice does not exist, or the step is nowhere or leads
/// beyond the margin of the levels.
pub fn count<L: Level>(
    levels: &Levels<L>,
    step: [i32; 3],
    slices: Range<usize>,
    matrix: &mut [u64],
) -> Result<(), Error> {
    let n = levels.count() as usize;
    if Some(matrix.len()) != n.checked_mul(n) {
        return Err(Error::invalid("matrix", matrix.len(), "a length of N_g times N_g"));
    }
    check_slices(levels, &slices)?;
    check_step(step, levels.pad())?;
    matrix.fill(0);
    let offset = levels.offset(step);
    let [nx, ny, _] = levels.shape();
    for z in slices.clone() {
        // The margin is outside the region, but a slice beyond the range is not.
        if !z.checked_add_signed(step[2] as isize).is_some_and(|z| slices.contains(&z)) {
            continue;
        }
        for y in 0..ny {
            let start = levels.index(0, y, z);
            let there = (start as isize + offset) as usize;
            let (cells, others) = (&levels.cells()[start..start + nx], &levels.cells()[there..]);
            for (a, b) in cells.iter().zip(others) {
                let (a, b) = (a.index(), b.index());
                if a > 0 && b > 0 {
                    matrix[(a - 1) * n + b - 1] += 1;
                    matrix[(b - 1) * n + a - 1] += 1;
                }
            }
        }
    }
    Ok(())
}

/// Refuses slices that the box does not have.
pub(crate) fn check_slices<L: Level>(
    levels: &Levels<L>,
    slices: &Range<usize>,
) -> Result<(), Error> {
    if slices.end > levels.shape()[2] {
        return Err(Error::invalid("slices", slices.end, "slices of the box"));
    }
    Ok(())
}

/// Refuses a step that goes nowhere or farther than `longest` along an axis.
pub(crate) fn check_step(step: [i32; 3], longest: usize) -> Result<(), Error> {
    if step == [0; 3] {
        return Err(Error::invalid("step", 0usize, "a step to another voxel"));
    }
    match step.iter().find(|d| d.unsigned_abs() as usize > longest) {
        Some(d) => {
            Err(Error::invalid("step", *d as isize, "a step within the margin of the levels"))
        }
        None => Ok(()),
    }
}
