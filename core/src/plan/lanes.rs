//! Jobs on the host's workers.

use super::jobs::{self, Job, Prepared};
use super::pass::Pass;
use super::results::Results;
use super::work::{JOBS, lanes};
use crate::error::Error;
use crate::host::{Executor, Host, Watch};
use crate::workspace::{Arena, Footprint};

/// Some of the jobs with memory of their own.
struct Lane<'r, 'w> {
    jobs: heapless::Vec<Job<'r>, JOBS>,
    arena: Arena<'w>,
    outcome: Result<(), Error>,
}

/// Distributes the jobs over lanes and runs the lanes on the host's workers.
pub(super) fn run<E: Executor>(
    pass: &Pass,
    host: &Host<'_, E>,
    footprints: heapless::Vec<Footprint, JOBS>,
    prepared: &Prepared,
    watch: &Watch,
    mut arena: Arena<'_>,
    results: &mut Results,
) -> Result<(), Error> {
    let workers = host.executor.workers();
    let mut all: heapless::Vec<Lane, JOBS> = heapless::Vec::new();
    for footprint in footprints {
        let arena = arena.split(footprint)?;
        // As many places as jobs, and never more lanes than jobs.
        let _ = all.push(Lane { jobs: heapless::Vec::new(), arena, outcome: Ok(()) });
    }
    for (kind, job) in jobs::all(results) {
        let lane = lanes(&pass.work, workers).find(|(k, _)| *k == kind);
        if let Some(lane) = lane.and_then(|(_, lane)| all.get_mut(lane)) {
            let _ = lane.jobs.push(job);
        }
    }
    host.executor.for_each(&mut all, |lane| {
        for job in &mut lane.jobs {
            if lane.outcome.is_ok() {
                lane.outcome = job
                    .run(pass, prepared, watch, lane.arena.scope())
                    .and_then(|()| watch.advance(1));
            }
        }
    });
    all.into_iter().try_for_each(|lane| lane.outcome)
}
