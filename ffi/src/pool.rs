//! Threads of the library, for the time of one piece of work.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread::{self, Builder};
use std::time::Duration;

/// How often a waiting caller looks after its host.
const PATIENCE: Duration = Duration::from_millis(10);

/// Runs `work` on this thread and on `threads` - 1 others; while this one waits for them it calls `idle`.
///
/// A thread that cannot be started is done without: the others take its share.
pub(crate) fn run(threads: usize, work: &(impl Fn() + Sync), idle: &impl Fn()) {
    let caller = thread::current();
    let busy = AtomicUsize::new(0);
    thread::scope(|scope| {
        for _ in 1..threads {
            busy.fetch_add(1, Ordering::Relaxed);
            let (busy_here, caller) = (&busy, caller.clone());
            let started = Builder::new().spawn_scoped(scope, move || {
                work();
                busy_here.fetch_sub(1, Ordering::Release);
                caller.unpark();
            });
            if started.is_err() {
                busy.fetch_sub(1, Ordering::Relaxed);
                break;
            }
        }
        work();
        while busy.load(Ordering::Acquire) > 0 {
            thread::park_timeout(PATIENCE);
            idle();
        }
    });
}
