//! What the caller's program lends to an extraction: progress, cancelling, workers.

use core::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use crate::error::Error;

/// What a progress callback answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Control {
    /// Go on.
    Continue,
    /// Stop; the call ends with [`Error::Cancelled`].
    Cancel,
}

/// Something that can run independent tasks, possibly at the same time.
///
/// Results never depend on how many workers there are or in which order tasks run.
pub trait Executor {
    /// How many tasks can run at the same time; at least 1.
    fn workers(&self) -> usize;

    /// Runs `run` once on every task and returns when all are done.
    fn for_each<T: Send>(&self, tasks: &mut [T], run: impl Fn(&mut T) + Sync);
}

/// One task after the other on the calling thread.
#[derive(Clone, Copy, Debug, Default)]
pub struct Serial;

impl Executor for Serial {
    fn workers(&self) -> usize {
        1
    }

    fn for_each<T: Send>(&self, tasks: &mut [T], run: impl Fn(&mut T) + Sync) {
        for task in tasks {
            run(task);
        }
    }
}

/// A progress callback: receives the share of the work that is done, from 0 to 1, from any worker.
pub type Progress<'h> = &'h (dyn Fn(f32) -> Control + Sync);

/// Services of the calling program.
#[derive(Clone, Copy)]
pub struct Host<'h, E: Executor> {
    /// Who runs the tasks.
    pub executor: &'h E,
    /// Told about progress; may cancel.
    pub progress: Option<Progress<'h>>,
}

impl Host<'static, Serial> {
    /// No progress, no cancelling, one worker.
    pub const fn serial() -> Self {
        Self { executor: &Serial, progress: None }
    }
}

/// The way from inside a long loop to the host: says how far the work is and hears whether to stop.
///
/// A kernel calls [`Watch::advance`] or [`Watch::check`] at least once in every few milliseconds of
/// work (a row of slices, a block of directions), never per voxel.
pub struct Watch<'h> {
    progress: Option<Progress<'h>>,
    cancelled: AtomicBool,
    done: AtomicU32,
    total: u32,
}

impl<'h> Watch<'h> {
    /// A watch over `total` steps of work.
    pub fn new(progress: Option<Progress<'h>>, total: u32) -> Self {
        Self {
            progress,
            cancelled: AtomicBool::new(false),
            done: AtomicU32::new(0),
            total: total.max(1),
        }
    }

    /// A watch that nobody listens to.
    pub fn silent() -> Watch<'static> {
        Watch::new(None, 1)
    }

    /// Asks the host whether to go on.
    ///
    /// # Errors
    /// [`Error::Cancelled`] once the host has answered [`Control::Cancel`].
    pub fn check(&self) -> Result<(), Error> {
        self.advance(0)
    }

    /// Reports `steps` more steps as done and asks the host whether to go on.
    ///
    /// # Errors
    /// [`Error::Cancelled`] once the host has answered [`Control::Cancel`].
    pub fn advance(&self, steps: u32) -> Result<(), Error> {
        let done = self.done.fetch_add(steps, Ordering::Relaxed).saturating_add(steps);
        if self.cancelled.load(Ordering::Relaxed) {
            return Err(Error::Cancelled);
        }
        if let Some(progress) = self.progress {
            let share = done.min(self.total) as f32 / self.total as f32;
            if progress(share) == Control::Cancel {
                self.cancelled.store(true, Ordering::Relaxed);
                return Err(Error::Cancelled);
            }
        }
        Ok(())
    }
}
