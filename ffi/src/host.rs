//! What the host lends: progress, cancelling, its threads.

use core::ffi::c_void;
use core::sync::atomic::{AtomicBool, AtomicU32, AtomicUsize, Ordering};

use radiomics::{Control, Executor};

use crate::diagnostic::Fail;
use crate::fence;
use crate::status::radiomics_status_code::*;
use crate::structs::{self, Plain};

/// Told how much of the work is done, from 0 to 1. Answer 0 to go on, anything else to stop: the call then ends within
/// 50 ms with RADIOMICS_ERROR_CANCELLED. It is called every few milliseconds, never by two threads at once, and, unless
/// `parallel_for` is used, only on the thread that made the call. It must return normally: no longjmp, no exception.
pub type radiomics_progress = Option<unsafe extern "C" fn(context: *mut c_void, done: f64) -> i32>;

/// A task of the library: call it with the `task_context` that came with it and an index.
pub type radiomics_task = Option<unsafe extern "C" fn(task_context: *mut c_void, index: usize)>;

/// Runs `task(task_context, i)` once for each i from 0 to `count` - 1 on threads of the host, in any order, and returns
/// when all have returned. Answer 0, or anything else when it could not: the call then ends with RADIOMICS_ERROR_HOST.
/// Either way no task may begin after it has returned: `task_context` is gone then.
pub type radiomics_parallel_for = Option<
    unsafe extern "C" fn(
        context: *mut c_void,
        count: usize,
        task: radiomics_task,
        task_context: *mut c_void,
    ) -> i32,
>;

/// Everything on the thread that makes the call.
pub const RADIOMICS_RUN_SERIAL: u32 = 0;
/// Threads of the library, started and joined within the call.
pub const RADIOMICS_RUN_THREADS: u32 = 1;
/// Threads of the host, through `parallel_for`.
pub const RADIOMICS_RUN_HOST: u32 = 2;

/// Services of the host. NULL in its place, or all 0 behind `struct_size`: no progress, one thread, that of the call.
/// Results have the same bits for every way to run and every number of threads.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_host {
    /// `sizeof(radiomics_host)`.
    pub struct_size: usize,
    /// Progress, or NULL.
    pub progress: radiomics_progress,
    /// Handed to `progress`.
    pub progress_context: *mut c_void,
    /// RADIOMICS_RUN_SERIAL, RADIOMICS_RUN_THREADS or RADIOMICS_RUN_HOST.
    pub run: u32,
    /// For RADIOMICS_RUN_THREADS how many threads, 0 for one on each core; for RADIOMICS_RUN_HOST how many the host has,
    /// at least 1. Memory grows with it.
    pub threads: u32,
    /// For RADIOMICS_RUN_HOST.
    pub parallel_for: radiomics_parallel_for,
    /// Handed to `parallel_for`.
    pub parallel_context: *mut c_void,
}

// SAFETY: a struct_size first, then numbers and pointers that may be NULL.
unsafe impl Plain for radiomics_host {}

/// Who runs the tasks.
#[derive(Clone, Copy)]
enum Run {
    Serial,
    #[cfg(feature = "std")]
    Threads(usize),
    Host(usize),
}

/// The host's services during one call.
pub(crate) struct Services {
    host: radiomics_host,
    run: Run,
    /// The calling thread, where others run beside it: to ask for it may take memory.
    #[cfg(feature = "std")]
    caller: Option<std::thread::ThreadId>,
    cancelled: AtomicBool,
    /// Whether some thread is in the callback.
    telling: AtomicBool,
    /// Bits of the largest share reported so far; of positive floats the larger has the larger bits.
    share: AtomicU32,
    /// Which region of how many is at work.
    region: AtomicUsize,
    regions: usize,
    panicked: AtomicBool,
    refused: AtomicBool,
}

// SAFETY: the pointers in `host` are only handed to the host's own functions, whose use from several threads, one at a
// time for progress, is part of the interface.
unsafe impl Sync for Services {}

impl Services {
    /// Reads what the caller lends for a call over so many regions.
    ///
    /// # Safety
    /// `pointer` is NULL or points to a host as the header describes it.
    pub(crate) unsafe fn read(
        pointer: *const radiomics_host,
        regions: usize,
    ) -> Result<Self, Fail> {
        let host = if pointer.is_null() {
            radiomics_host {
                struct_size: 0,
                progress: None,
                progress_context: core::ptr::null_mut(),
                run: RADIOMICS_RUN_SERIAL,
                threads: 0,
                parallel_for: None,
                parallel_context: core::ptr::null_mut(),
            }
        } else {
            // SAFETY: as promised.
            unsafe { structs::read(pointer, "host")? }
        };
        let run = match host.run {
            RADIOMICS_RUN_SERIAL => Run::Serial,
            RADIOMICS_RUN_THREADS => threads(host.threads)?,
            RADIOMICS_RUN_HOST => {
                if host.parallel_for.is_none() {
                    return Err(Fail::null("host.parallel_for"));
                }
                if host.threads == 0 {
                    return Err(Fail::invalid(
                        "host.threads",
                        0,
                        "the number of the host's threads",
                    ));
                }
                Run::Host(host.threads as usize)
            }
            other => return Err(Fail::invalid("host.run", other, "one of RADIOMICS_RUN_*")),
        };
        Ok(Self {
            host,
            run,
            #[cfg(feature = "std")]
            caller: matches!(run, Run::Threads(_)).then(|| std::thread::current().id()),
            cancelled: AtomicBool::new(false),
            telling: AtomicBool::new(false),
            share: AtomicU32::new(0),
            region: AtomicUsize::new(0),
            regions: regions.max(1),
            panicked: AtomicBool::new(false),
            refused: AtomicBool::new(false),
        })
    }

    /// Goes on to a region.
    pub(crate) fn start_region(&self, index: usize) {
        self.region.store(index, Ordering::Relaxed);
        self.share.store(0, Ordering::Relaxed);
    }

    /// The core reports from any thread; the host hears it where it expects to.
    pub(crate) fn progress(&self, share: f32) -> Control {
        self.share.fetch_max(share.to_bits(), Ordering::Relaxed);
        match self.may_tell() {
            true => self.tell(),
            false => self.answer(),
        }
    }

    fn answer(&self) -> Control {
        if self.cancelled.load(Ordering::Relaxed) { Control::Cancel } else { Control::Continue }
    }

    #[cfg(feature = "std")]
    fn may_tell(&self) -> bool {
        // A host that lends threads of its own may be called on any of them: the calling one may be waiting.
        self.caller.is_none_or(|caller| std::thread::current().id() == caller)
    }

    #[cfg(not(feature = "std"))]
    fn may_tell(&self) -> bool {
        true
    }

    /// Tells the host how far the work is and keeps its answer.
    pub(crate) fn tell(&self) -> Control {
        let Some(progress) = self.host.progress else { return self.answer() };
        if self.telling.swap(true, Ordering::Acquire) {
            return self.answer();
        }
        // A host that has said to stop is not asked again.
        if !self.cancelled.load(Ordering::Relaxed) {
            let share = f64::from(f32::from_bits(self.share.load(Ordering::Relaxed)));
            let before = self.region.load(Ordering::Relaxed) as f64;
            let done = (before + share) / self.regions as f64;
            // SAFETY: the host's own function with its own context.
            if unsafe { progress(self.host.progress_context, done) } != 0 {
                self.cancelled.store(true, Ordering::Relaxed);
            }
        }
        self.telling.store(false, Ordering::Release);
        self.answer()
    }

    /// What ended the work outside of the core, if anything.
    pub(crate) fn failed(&self) -> Result<(), Fail> {
        if self.panicked.load(Ordering::Relaxed) {
            return Err(fence::panicked());
        }
        if self.refused.load(Ordering::Relaxed) {
            let message = format_args!("host.parallel_for answered with an error");
            return Err(Fail::new(RADIOMICS_ERROR_HOST, "host.parallel_for", message));
        }
        // The host may have said so while the last of the work was under way, which did not ask any more.
        match self.answer() {
            Control::Continue => Ok(()),
            Control::Cancel => Err(radiomics::Error::Cancelled.into()),
        }
    }
}

#[cfg(feature = "std")]
fn threads(count: u32) -> Result<Run, Fail> {
    let cores = || std::thread::available_parallelism().map_or(1, usize::from);
    // More threads than any machine has cores ask for memory, not for speed.
    const MOST: u32 = 4096;
    match count {
        0 => Ok(Run::Threads(cores())),
        1..=MOST => Ok(Run::Threads(count as usize)),
        _ => Err(Fail::invalid("host.threads", count, "at most 4096 threads")),
    }
}

#[cfg(not(feature = "std"))]
fn threads(_: u32) -> Result<Run, Fail> {
    let message = format_args!(
        "host.run is RADIOMICS_RUN_THREADS, and this build of the library has no threads"
    );
    Err(Fail::new(RADIOMICS_ERROR_UNSUPPORTED, "host.run", message))
}

impl Executor for Services {
    fn workers(&self) -> usize {
        match self.run {
            Run::Serial => 1,
            #[cfg(feature = "std")]
            Run::Threads(count) => count,
            Run::Host(count) => count,
        }
    }

    fn for_each<T: Send>(&self, tasks: &mut [T], run: impl Fn(&mut T) + Sync) {
        let claims = Claims {
            tasks: tasks.as_mut_ptr(),
            count: tasks.len(),
            next: AtomicUsize::new(0),
            done: AtomicUsize::new(0),
            services: self,
            run: &run,
        };
        match self.run {
            Run::Serial => {}
            #[cfg(feature = "std")]
            Run::Threads(count) => {
                crate::pool::run(count.min(tasks.len()), &|| claims.run_all(), &|| {
                    self.tell();
                });
            }
            Run::Host(_) => claims.lend(),
        }
        // Serial work, and whatever an executor left.
        claims.run_all();
        claims.wait();
    }
}

/// Tasks of which each is run once, whoever asks.
struct Claims<'t, T, F> {
    tasks: *mut T,
    count: usize,
    next: AtomicUsize,
    done: AtomicUsize,
    services: &'t Services,
    run: &'t F,
}

// SAFETY: each task is given to one thread only, by the counter, and may be sent there.
unsafe impl<T: Send, F: Sync> Sync for Claims<'_, T, F> {}

impl<T: Send, F: Fn(&mut T) + Sync> Claims<'_, T, F> {
    /// Runs the next task that nobody has; answers whether there was one.
    fn run_next(&self) -> bool {
        // The counter stays below twice the number of callers beyond the count: it cannot wrap.
        if self.next.load(Ordering::Relaxed) >= self.count {
            return false;
        }
        let index = self.next.fetch_add(1, Ordering::Relaxed);
        if index >= self.count {
            return false;
        }
        // SAFETY: inside the slice, and this index is handed out once.
        let task = unsafe { &mut *self.tasks.add(index) };
        if fence::fenced(|| (self.run)(task)).is_err() {
            self.services.panicked.store(true, Ordering::Relaxed);
        }
        self.done.fetch_add(1, Ordering::Release);
        true
    }

    fn run_all(&self) {
        while self.run_next() {}
    }

    /// Waits for tasks that run on other threads: a host may have returned early.
    fn wait(&self) {
        while self.done.load(Ordering::Acquire) < self.count {
            core::hint::spin_loop();
        }
    }

    /// Has the host run the tasks.
    fn lend(&self) {
        let Some(parallel_for) = self.services.host.parallel_for else { return };
        let context = core::ptr::from_ref(self).cast_mut().cast::<c_void>();
        // SAFETY: the host's own function; the context lives until all tasks are done.
        let answer = unsafe {
            parallel_for(self.services.host.parallel_context, self.count, Some(Self::task), context)
        };
        if answer != 0 {
            self.services.refused.store(true, Ordering::Relaxed);
            // What is left need not be computed any more.
            let left = self.next.swap(self.count, Ordering::Relaxed).min(self.count);
            self.done.fetch_add(self.count - left, Ordering::Release);
        }
    }

    /// What the host calls. Which index it passes does not matter: the next task that nobody has is run.
    unsafe extern "C" fn task(context: *mut c_void, _index: usize) {
        // SAFETY: the context is the one that went out with this function, and lives while tasks run.
        let claims = unsafe { &*context.cast_const().cast::<Self>() };
        claims.run_next();
    }
}
