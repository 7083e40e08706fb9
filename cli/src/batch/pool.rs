//! Cases on several threads; one of them, the caller's, takes what is done.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc;
use std::thread;

use crate::failure::Failure;
use crate::record::CaseRecord;

/// As much as the main thread has.
const STACK: usize = 8 << 20;

/// Runs `work` on every index and hands each result to `take`, in the order in which they are done. Stops when `take`
/// fails.
pub fn run(
    todo: &[usize],
    workers: usize,
    work: impl Fn(usize) -> CaseRecord + Sync,
    mut take: impl FnMut(usize, CaseRecord) -> Result<(), Failure>,
) -> Result<(), Failure> {
    let (next, stopped) = (AtomicUsize::new(0), AtomicBool::new(false));
    // A short queue: results do not pile up while the disk is slow.
    let (send, receive) = mpsc::sync_channel::<(usize, CaseRecord)>(workers);
    let each = || {
        let send = send.clone();
        while !stopped.load(Ordering::Relaxed) {
            let Some(index) = todo.get(next.fetch_add(1, Ordering::Relaxed)) else { return };
            // A bug that one case brings out must not take the others with it.
            let record = catch_unwind(AssertUnwindSafe(|| work(*index)));
            let record = record.unwrap_or_else(|_| CaseRecord {
                failure: Some("an internal error: please report it".into()),
                ..CaseRecord::default()
            });
            if send.send((*index, record)).is_err() {
                return;
            }
        }
    };
    thread::scope(|scope| {
        let mut started = 0;
        for _ in 0..workers {
            started += usize::from(
                thread::Builder::new().stack_size(STACK).spawn_scoped(scope, each).is_ok(),
            );
        }
        if started == 0 && !todo.is_empty() {
            return Err(Failure::input("no thread could be started"));
        }
        let mut outcome = Ok(());
        for _ in 0..todo.len() {
            let Ok((index, record)) = receive.recv() else { break };
            outcome = take(index, record);
            if outcome.is_err() {
                stopped.store(true, Ordering::Relaxed);
                break;
            }
        }
        // Whoever waits to hand something over is let go.
        drop(receive);
        outcome
    })
}
