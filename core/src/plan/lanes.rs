//! Jobs on the host's workers.

use core::sync::atomic::{AtomicUsize, Ordering};

use super::jobs::{self, Prepared};
use super::pass::Pass;
use super::results::Results;
use super::work::{JOBS, JobKind};
use crate::error::Error;
use crate::host::{Executor, Host, Watch};
use crate::status::Status;
use crate::workspace::{Arena, Footprint};

/// The most jobs at the same time. The longest job is a quarter of everything, so that more would wait for it.
pub(super) const LANES: usize = 4;

/// A worker's memory and what it has done.
struct Lane<'w> {
    /// Place of the next job in the list.
    next: usize,
    arena: Arena<'w>,
    results: Results,
    done: heapless::Vec<JobKind, JOBS>,
    outcome: Result<(), Error>,
}

/// Runs all jobs of a pass. Each lane begins with a job of its own, then takes the next that nobody has taken.
pub(super) fn run<E: Executor>(
    pass: &Pass,
    host: &Host<'_, E>,
    footprints: heapless::Vec<Footprint, LANES>,
    prepared: &Prepared,
    watch: &Watch,
    mut arena: Arena<'_>,
    results: &mut Results,
) -> Result<(), Error> {
    let list: heapless::Vec<JobKind, JOBS> = pass.work.jobs().collect();
    if let [footprint] = footprints.as_slice() {
        for job in list {
            let scratch = arena.scope().split(*footprint)?;
            jobs::run(job, pass, prepared, watch, scratch, results)?;
            watch.advance(1)?;
        }
        return Ok(());
    }
    let mut lanes: heapless::Vec<Lane, LANES> = heapless::Vec::new();
    for (next, footprint) in footprints.into_iter().enumerate() {
        let arena = arena.split(footprint)?;
        let (results, done) = (Results::undefined(Status::NotComputed), heapless::Vec::new());
        // What the host does not run counts as broken off.
        let outcome = Err(Error::Cancelled);
        // There is a place for each footprint.
        let _ = lanes.push(Lane { next, arena, results, done, outcome });
    }
    let shared = AtomicUsize::new(lanes.len());
    host.executor.for_each(&mut lanes, |lane| {
        lane.outcome = Ok(());
        while let (Some(job), Ok(())) = (list.get(lane.next), &lane.outcome) {
            let Lane { arena, results, .. } = lane;
            lane.outcome = jobs::run(*job, pass, prepared, watch, arena.scope(), results)
                .and_then(|()| watch.advance(1));
            // As many places as jobs.
            let _ = lane.done.push(*job);
            lane.next = shared.fetch_add(1, Ordering::Relaxed);
        }
    });
    for lane in lanes {
        lane.outcome?;
        lane.done.iter().for_each(|job| results.take(*job, &lane.results));
    }
    Ok(())
}
