//! Runs of one grey level along a direction.

use crate::volume::Level;

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
