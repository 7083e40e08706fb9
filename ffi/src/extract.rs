//! Extraction: the values of one region or of several.

use core::ffi::c_void;

use radiomics::view::BoundingBox;
use radiomics::workspace::Arena;
use radiomics::{Executor, Host, Image, Plan, Status, Watch};

use crate::diagnostic::{Fail, radiomics_diagnostic};
use crate::fence;
use crate::grid::Grid;
use crate::handle;
use crate::host::{Services, radiomics_host};
use crate::image::{self, radiomics_image};
use crate::memory::{self, Range};
use crate::plan::{radiomics_plan, radiomics_plan_columns};
use crate::region::{Given, given, radiomics_region};
use crate::status::{radiomics_status, radiomics_status_code::*};
use crate::structs;
use crate::summary::radiomics_summary;
use crate::workspace::{Memory, Parts, with_slack};

/// Computes every column of a plan for one region.
///
/// `host` is NULL or what the host lends. `workspace` has the bytes that radiomics_workspace_bytes announces, at any
/// address and with any contents, and then nothing is allocated; with NULL the library takes memory for the time of the
/// call. `values` and `value_statuses` have `length` entries: radiomics_plan_columns. `value_statuses` may be NULL; a
/// value without a status below 10 is NaN. `summary` may be NULL.
///
/// When the answer is not RADIOMICS_OK, all values are NaN.
///
/// # Safety
/// Pointers are NULL where allowed, or point to what the header says. Memory that is written is used by nobody else
/// during the call; memory that is read is written by nobody.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_extract(
    plan: *const radiomics_plan,
    image: *const radiomics_image,
    region: *const radiomics_region,
    host: *const radiomics_host,
    workspace: *mut c_void,
    workspace_bytes: usize,
    values: *mut f64,
    value_statuses: *mut u8,
    length: usize,
    summary: *mut radiomics_summary,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    let call = Call {
        plan,
        image,
        regions: region,
        region_count: 1,
        host,
        workspace,
        workspace_bytes,
        values,
        value_statuses,
        length,
        summaries: summary,
        diagnostic,
        whole: true,
    };
    // SAFETY: as the caller promises.
    unsafe { fence::call(diagnostic, || call.run()) }
}

/// Computes every column of a plan for several regions of one image.
///
/// `regions` is an array of `region_count` structs of one `struct_size`, `summaries` NULL or as many. `values` and
/// `value_statuses` have `length` entries: `region_count` times radiomics_plan_columns, region by region.
///
/// With `summaries` a region that is wrong does not keep the others from their values: its own are NaN, its summary has
/// the status, and the answer is RADIOMICS_ERROR_SOME_REGIONS with a diagnostic of the first such region. Without
/// them it fails the call. After any other error all values are NaN.
///
/// # Safety
/// As radiomics_extract.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_extract_regions(
    plan: *const radiomics_plan,
    image: *const radiomics_image,
    regions: *const radiomics_region,
    region_count: usize,
    host: *const radiomics_host,
    workspace: *mut c_void,
    workspace_bytes: usize,
    values: *mut f64,
    value_statuses: *mut u8,
    length: usize,
    summaries: *mut radiomics_summary,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    let call = Call {
        plan,
        image,
        regions,
        region_count,
        host,
        workspace,
        workspace_bytes,
        values,
        value_statuses,
        length,
        summaries,
        diagnostic,
        whole: summaries.is_null(),
    };
    // SAFETY: as the caller promises.
    unsafe { fence::call(diagnostic, || call.run()) }
}

/// The arguments of an extraction.
struct Call {
    plan: *const radiomics_plan,
    image: *const radiomics_image,
    regions: *const radiomics_region,
    region_count: usize,
    host: *const radiomics_host,
    workspace: *mut c_void,
    workspace_bytes: usize,
    values: *mut f64,
    value_statuses: *mut u8,
    length: usize,
    summaries: *mut radiomics_summary,
    diagnostic: *const radiomics_diagnostic,
    /// Whether one region's failure is the call's.
    whole: bool,
}

impl Call {
    /// Runs it; on failure no output holds a value.
    ///
    /// # Safety
    /// As radiomics_extract.
    unsafe fn run(&self) -> Result<(), Fail> {
        // What is read must still stand when the outputs are cleared; after that nothing is left of what they held.
        // SAFETY: as promised.
        let result = fence::fenced(|| unsafe {
            self.apart()?;
            self.clear(Status::NotComputed)?;
            self.run_checked()
        });
        let result = result.and_then(|result| result);
        if let Err(fail) = &result
            && fail.status != RADIOMICS_ERROR_SOME_REGIONS
        {
            let cancelled = fail.status == RADIOMICS_ERROR_CANCELLED;
            let reason = if cancelled { Status::Cancelled } else { Status::NotComputed };
            // SAFETY: as promised.
            let cleared = unsafe { [self.summarise_failure(fail), self.clear(reason)] };
            // Outputs that cannot be written because they overlap are the failure that is told.
            if fail.status != RADIOMICS_ERROR_OVERLAP {
                cleared.into_iter().collect::<Result<(), Fail>>()?;
            }
        }
        result
    }

    /// NaN and one reason in every output that is there.
    ///
    /// # Safety
    /// As radiomics_extract.
    unsafe fn clear(&self, reason: Status) -> Result<(), Fail> {
        memory::check_length::<f64>(self.length, "length")?;
        // SAFETY: as promised.
        unsafe {
            if !self.value_statuses.is_null() {
                memory::filled(self.value_statuses, self.length, reason.code(), "value_statuses")?;
            }
            memory::filled(self.values, self.length, f64::NAN, "values")?;
        }
        Ok(())
    }

    /// Checks that no memory that is written is that of another argument.
    ///
    /// # Safety
    /// As radiomics_extract.
    unsafe fn apart(&self) -> Result<(), Fail> {
        // SAFETY: as promised.
        let (outputs, image, host, columns) = unsafe {
            let outputs = [
                Range::new(self.values, self.length.saturating_mul(8), "values"),
                Range::new(self.value_statuses, self.length, "value_statuses"),
                Range::new(self.workspace, self.workspace_bytes, "workspace"),
                structs::range(self.summaries.cast_const(), self.region_count, "summary"),
                structs::range(self.diagnostic, 1, "diagnostic"),
            ];
            let image = image::ranges(self.image);
            let host = structs::range(self.host, 1, "host");
            (outputs, image, host, radiomics_plan_columns(self.plan))
        };
        memory::apart(&outputs, &image)?;
        memory::apart(&outputs, &[handle::range(self.plan), host])?;
        // A number of regions that does not fit the length is refused before any is read.
        if columns.checked_mul(self.region_count) != Some(self.length) {
            return Ok(());
        }
        for index in 0..self.region_count {
            // SAFETY: as promised.
            unsafe {
                // What cannot be read is refused when its turn comes.
                let Ok(region) = structs::nth(self.regions, index, "region") else { break };
                memory::apart(&outputs, &given::ranges(region))?;
            }
        }
        Ok(())
    }

    /// The failure of the call in every summary.
    ///
    /// # Safety
    /// As radiomics_extract.
    unsafe fn summarise_failure(&self, fail: &Fail) -> Result<(), Fail> {
        for index in 0..self.region_count {
            // SAFETY: as promised.
            unsafe { self.summarise(index, radiomics_summary::failed(fail.status as i32))? };
        }
        Ok(())
    }

    /// Writes one summary, if they are wanted.
    ///
    /// # Safety
    /// As radiomics_extract.
    unsafe fn summarise(&self, index: usize, summary: radiomics_summary) -> Result<(), Fail> {
        if self.summaries.is_null() {
            return Ok(());
        }
        // SAFETY: as promised.
        unsafe {
            let place = structs::nth(self.summaries.cast_const(), index, "summary")?;
            structs::write(place.cast_mut(), summary, "summary")
        }
    }

    /// # Safety
    /// As radiomics_extract.
    unsafe fn run_checked(&self) -> Result<(), Fail> {
        // SAFETY: as promised.
        let plan = unsafe { &handle::borrow(self.plan)?.0 };
        if self.region_count == 0 {
            return Err(Fail::invalid("region_count", 0, "at least 1"));
        }
        let columns = plan.len();
        if columns.checked_mul(self.region_count) != Some(self.length) {
            let needed = columns.saturating_mul(self.region_count);
            let given = self.length;
            let message = format_args!("length is {given}: {needed} values are computed");
            let fail = Fail::new(RADIOMICS_ERROR_OUTPUT_LENGTH, "length", message);
            return Err(fail.sizes(needed, given));
        }
        // SAFETY: as promised.
        let (image, grid) = unsafe { image::read(self.image)? };
        // SAFETY: as promised.
        let services = unsafe { Services::read(self.host, self.region_count)? };
        // SAFETY: as promised.
        let mut memory = unsafe { Memory::new(self.workspace, self.workspace_bytes)? };
        let mut first: Option<Fail> = None;
        for index in 0..self.region_count {
            services.start_region(index);
            let run = Run { plan, image: &image, grid: &grid, services: &services };
            // SAFETY: as promised.
            let result = unsafe { self.run_region(index, &run, &mut memory) };
            services.failed()?;
            match result {
                Ok(()) => {}
                Err(fail) if self.whole || fail.is_of_the_call() => {
                    return Err(fail.in_region(index));
                }
                Err(fail) => {
                    // SAFETY: as promised.
                    unsafe {
                        self.summarise(index, radiomics_summary::failed(fail.status as i32))?
                    };
                    first.get_or_insert(fail.in_region(index));
                }
            }
        }
        match first {
            None => Ok(()),
            Some(fail) => Err(Fail { status: RADIOMICS_ERROR_SOME_REGIONS, ..fail }),
        }
    }

    /// One region.
    ///
    /// # Safety
    /// As radiomics_extract.
    unsafe fn run_region(
        &self,
        index: usize,
        run: &Run<'_>,
        memory: &mut Memory<'_>,
    ) -> Result<(), Fail> {
        let columns = run.plan.len();
        // SAFETY: as promised.
        let given = unsafe {
            let region = structs::nth(self.regions, index, "region")?;
            Given::read(region, run.grid)?
        };
        let report = |share| run.services.progress(share);
        let watch = Watch::new(Some(&report), 1);
        let bounds = given.bounds(&watch)?;
        let within = bounds.unwrap_or(BoundingBox { start: [0; 3], shape: [0; 3] });
        let workers = run.services.workers();
        let drawn = (given.cells(bounds), given.scratch());
        let parts = Parts::new(run.plan, run.grid, within, drawn, workers)?;
        let words = parts.words()?;
        let mut arena = Arena::new(memory.words(words)?);
        let cells = arena.take::<u8>(given.cells(bounds))?;
        let spare = arena.take::<u8>(columns)?;
        let region = given.region(run.grid.shape, bounds, cells, arena.scope(), &watch)?;

        let from = index * columns;
        // SAFETY: inside the arrays, whose length is that of all regions.
        let values = unsafe { memory::filled(self.values.add(from), columns, f64::NAN, "values")? };
        let statuses: *mut u8 = if self.value_statuses.is_null() {
            spare.as_mut_ptr()
        } else {
            // SAFETY: as above.
            unsafe { self.value_statuses.add(from) }
        };
        // SAFETY: as above; a status is one byte with these values.
        let statuses = unsafe {
            memory::filled(
                statuses.cast::<Status>(),
                columns,
                Status::NotComputed,
                "value_statuses",
            )?
        };
        let host = Host { executor: run.services, progress: Some(&report) };
        let free = arena.take::<u64>(parts.rest.words())?;
        let summary = run.plan.extract(run.image, &region, &host, free, values, statuses)?;
        // SAFETY: as promised.
        unsafe { self.summarise(index, radiomics_summary::of(&summary, with_slack(words))) }
    }
}

/// What all regions of a call share.
struct Run<'r> {
    plan: &'r Plan,
    image: &'r Image<'r>,
    grid: &'r Grid<'r>,
    services: &'r Services,
}

impl Fail {
    /// Whether it ends the whole call rather than one region.
    fn is_of_the_call(&self) -> bool {
        let code = self.status as i32;
        !(100..200).contains(&code)
    }
}
