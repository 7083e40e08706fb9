//! Runs of one grey level along a direction.

use crate::volume::{Level, Levels};

/// Calls `visit(level, length)` for every maximal run that starts in slices `z` of the box and goes along a
/// direction of [`crate::volume::DIRECTIONS`].
pub(super) fn for_each_run<L: Level>(
    levels: &Levels<L>,
    direction: [i32; 3],
    z: core::ops::Range<usize>,
    mut visit: impl FnMut(usize, usize),
) {
    let cells = levels.cells();
    let step = levels.offset(direction);
    let [nx, ny, _] = levels.shape();
    for z in z {
        for y in 0..ny {
            let start = levels.index(0, y, z);
            let before = (start as isize - step) as usize;
            for ((x, level), before) in
                cells[start..start + nx].iter().enumerate().zip(&cells[before..before + nx])
            {
                if level.index() > 0 && before != level {
                    visit(level.index(), run_length(cells, start + x, step));
                }
            }
        }
    }
}

/// Length of the run that starts at a cell; the margin of zeros ends every run.
#[inline]
pub(super) fn run_length<L: Level>(cells: &[L], start: usize, step: isize) -> usize {
    let level = cells[start];
    let mut length = 1;
    let mut at = (start as isize + step) as usize;
    while cells[at] == level {
        length += 1;
        at = (at as isize + step) as usize;
    }
    length
}
