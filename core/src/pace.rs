//! Asking the host whether to go on, often enough and not too often.

use crate::error::Error;
use crate::host::Watch;

/// Cells visited between two questions: a few milliseconds at a nanosecond each.
const WORK_BETWEEN_CHECKS: usize = 1 << 21;

/// A watch that is asked after an amount of work, whatever the shape of the loops.
pub(crate) struct Pace<'a, 'h> {
    watch: &'a Watch<'h>,
    work: usize,
}

impl<'a, 'h> Pace<'a, 'h> {
    /// Asks at once, then after every few milliseconds of work.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub(crate) fn start(watch: &'a Watch<'h>) -> Result<Self, Error> {
        watch.check()?;
        Ok(Self { watch, work: 0 })
    }

    /// Accounts for a number of visited cells.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    #[inline]
    pub(crate) fn spend(&mut self, cells: usize) -> Result<(), Error> {
        self.work = self.work.saturating_add(cells);
        if self.work >= WORK_BETWEEN_CHECKS {
            self.work = 0;
            self.watch.check()?;
        }
        Ok(())
    }
}
