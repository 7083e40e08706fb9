//! Threads of the standard library as workers.

use std::sync::{Mutex, PoisonError};
use std::thread;

use radiomics::Executor;

/// A number of threads, started for each piece of parallel work and joined at its end.
#[derive(Clone, Copy, Debug)]
pub struct Threads {
    count: usize,
}

impl Threads {
    /// This many threads; 0 takes one for each core.
    pub fn new(count: usize) -> Self {
        let cores = || thread::available_parallelism().map_or(1, usize::from);
        Self { count: if count == 0 { cores() } else { count } }
    }

    /// How many there are.
    pub const fn count(&self) -> usize {
        self.count
    }
}

impl Executor for Threads {
    fn workers(&self) -> usize {
        self.count
    }

    fn for_each<T: Send>(&self, tasks: &mut [T], run: impl Fn(&mut T) + Sync) {
        let workers = self.count.min(tasks.len());
        let left = Mutex::new(tasks.iter_mut());
        let work = || {
            loop {
                // A worker that panicked has not left the list half changed.
                let task = left.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some(task) = task else { return };
                run(task);
            }
        };
        thread::scope(|scope| {
            for _ in 1..workers {
                scope.spawn(work);
            }
            work();
        });
    }
}
