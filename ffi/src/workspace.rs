//! The memory of an extraction: announced, then lent by the caller or taken from the heap.

use core::ffi::c_void;

use radiomics::roi::contours;
use radiomics::view::BoundingBox;
use radiomics::{Executor, Footprint, Plan, Watch};

use crate::diagnostic::{Fail, radiomics_diagnostic};
use crate::fence;
use crate::grid::{self, Grid, radiomics_grid};
use crate::handle;
use crate::host::{Services, radiomics_host};
use crate::memory::{self, Range};
use crate::plan::radiomics_plan;
use crate::region::{Given, radiomics_box, radiomics_region};
use crate::status::{radiomics_status, radiomics_status_code::*};
use crate::structs;

/// Bytes of the caller's memory that hold so many words at any address.
pub(crate) const fn with_slack(words: usize) -> usize {
    words.saturating_mul(8).saturating_add(7)
}

/// The parts of a workspace, one behind the other.
pub(crate) struct Parts {
    /// Cells of a region that is not held as a mask.
    pub cells: Footprint,
    /// Value statuses that the caller does not want.
    pub statuses: Footprint,
    /// What the plan announces, after it has served for drawing.
    pub rest: Footprint,
}

impl Parts {
    /// For a region in a box of a grid, of which `cells` are drawn with this much scratch memory.
    pub(crate) fn new(
        plan: &Plan,
        grid: &Grid<'_>,
        within: BoundingBox,
        (cells, scratch): (usize, Footprint),
        workers: usize,
    ) -> Result<Self, Fail> {
        Ok(Self {
            cells: Footprint::of::<u8>(cells),
            statuses: Footprint::of::<u8>(plan.len()),
            rest: plan.workspace(&grid.extent(), within, workers)?.any_of(scratch),
        })
    }

    /// All of them.
    pub(crate) fn words(&self) -> Result<usize, Fail> {
        let words = self.cells.all_of(self.statuses).all_of(self.rest).words();
        if with_slack(words) > isize::MAX as usize {
            return Err(radiomics::Error::TooLarge { field: "region.box" }.into());
        }
        Ok(words)
    }
}

/// Where the words come from.
pub(crate) enum Memory<'w> {
    /// Lent by the caller.
    Lent {
        /// All whole words in it.
        words: &'w mut [u64],
        /// Its length as the caller gave it.
        bytes: usize,
    },
    /// Taken as needed, and kept for the next region.
    #[cfg(feature = "std")]
    Heap(crate::heap::Words),
}

impl<'w> Memory<'w> {
    /// The caller's workspace or, for NULL, the heap.
    ///
    /// # Safety
    /// `workspace` is NULL or writable for `bytes`, and nobody else touches it meanwhile.
    pub(crate) unsafe fn new(workspace: *mut c_void, bytes: usize) -> Result<Self, Fail> {
        if workspace.is_null() {
            return Self::heap();
        }
        let slack = workspace.cast::<u8>().align_offset(align_of::<u64>());
        let count = bytes.saturating_sub(slack) / size_of::<u64>();
        if count == 0 {
            return Ok(Self::Lent { words: &mut [], bytes });
        }
        if bytes > isize::MAX as usize {
            return Err(Fail::invalid("workspace_bytes", bytes, "a length that can be addressed"));
        }
        // SAFETY: aligned by the slack, and inside the caller's memory. Its contents are read by nobody: whoever takes
        // words writes them first.
        let words = unsafe {
            core::slice::from_raw_parts_mut(workspace.cast::<u8>().add(slack).cast::<u64>(), count)
        };
        Ok(Self::Lent { words, bytes })
    }

    #[cfg(feature = "std")]
    #[expect(clippy::unnecessary_wraps, reason = "there may be no heap")]
    fn heap() -> Result<Self, Fail> {
        Ok(Self::Heap(crate::heap::Words::default()))
    }

    #[cfg(not(feature = "std"))]
    fn heap() -> Result<Self, Fail> {
        let message = format_args!("workspace is NULL, and this build of the library has no heap");
        Err(Fail::new(RADIOMICS_ERROR_UNSUPPORTED, "workspace", message))
    }

    /// So many words, whatever they hold.
    pub(crate) fn words(&mut self, needed: usize) -> Result<&mut [u64], Fail> {
        match self {
            Memory::Lent { words, bytes } => {
                if words.len() < needed {
                    let (wanted, bytes) = (with_slack(needed), *bytes);
                    let message = format_args!("workspace has {bytes} bytes: {wanted} are needed");
                    let fail = Fail::new(RADIOMICS_ERROR_WORKSPACE_TOO_SMALL, "workspace", message);
                    return Err(fail.sizes(wanted, bytes));
                }
                Ok(&mut words[..needed])
            }
            #[cfg(feature = "std")]
            Memory::Heap(held) => held.at_least(needed),
        }
    }
}

/// Writes 0 bytes to begin with, and checks that it was not what the call reads.
///
/// # Safety
/// As [`radiomics_workspace_bytes`].
unsafe fn put_apart(
    bytes: *mut usize,
    diagnostic: *const radiomics_diagnostic,
    grid: *const radiomics_grid,
    asked: &[Range],
) -> Result<(), Fail> {
    // SAFETY: as promised.
    unsafe {
        let outputs = [
            Range::new(bytes, size_of::<usize>(), "bytes"),
            structs::range(diagnostic, 1, "diagnostic"),
        ];
        let apart = memory::apart(&outputs, &grid::ranges(grid))
            .and_then(|()| memory::apart(&outputs, asked));
        memory::put(bytes, 0, "bytes")?;
        apart
    }
}

/// Bytes of workspace with which radiomics_extract runs these regions, one after the other, without taking any memory:
/// the largest of the regions counts. `host` as in the extraction; masks are searched for their extent, and its progress
/// can stop that.
///
/// # Safety
/// Pointers are NULL where allowed, or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_workspace_bytes(
    plan: *const radiomics_plan,
    grid: *const radiomics_grid,
    regions: *const radiomics_region,
    region_count: usize,
    host: *const radiomics_host,
    bytes: *mut usize,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            let asked = [
                handle::range(plan),
                structs::range(host, 1, "host"),
                structs::range(regions, region_count, "regions"),
            ];
            put_apart(bytes, diagnostic, grid, &asked)?;
            let plan = &handle::borrow(plan)?.0;
            let grid = Grid::read(grid)?;
            grid.regular()?;
            let services = Services::read(host, region_count)?;
            let report = |share| services.progress(share);
            let watch = Watch::new(Some(&report), 1);
            let mut largest = 0;
            for index in 0..region_count {
                let needed = || -> Result<usize, Fail> {
                    let region = structs::nth(regions, index, "regions")?;
                    let given = Given::read(region, &grid)?;
                    let bounds = given.bounds(&watch)?;
                    let within = bounds.unwrap_or(BoundingBox { start: [0; 3], shape: [0; 3] });
                    let drawn = (given.cells(bounds), given.scratch());
                    Parts::new(plan, &grid, within, drawn, services.workers())?.words()
                };
                largest = largest.max(needed().map_err(|fail| fail.in_region(index))?);
            }
            memory::put(bytes, with_slack(largest), "bytes")
        })
    }
}

/// Bytes of workspace with which radiomics_extract runs any region inside a box of a grid, in whatever form it comes:
/// for a host that takes its memory before it knows the region. Contours are inside with all their points. `host` as in
/// the extraction; its `struct_size`, `run` and `threads` count.
///
/// # Safety
/// Pointers are NULL where allowed, or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_workspace_bytes_for_box(
    plan: *const radiomics_plan,
    grid: *const radiomics_grid,
    within: *const radiomics_box,
    host: *const radiomics_host,
    bytes: *mut usize,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            let asked = [
                handle::range(plan),
                structs::range(host, 1, "host"),
                structs::range(within, 1, "box"),
            ];
            put_apart(bytes, diagnostic, grid, &asked)?;
            let plan = &handle::borrow(plan)?.0;
            let grid = Grid::read(grid)?;
            grid.regular()?;
            let services = Services::read(host, 1)?;
            let within = radiomics_box::read(within, grid.shape)?;
            // The dearest form: contours, whose box may be a voxel larger along x.
            let empty = within.voxels() == 0;
            let within = if empty { within } else { within.grown([1, 0, 0], grid.shape) };
            let drawn = (within.voxels(), contours::footprint(grid.shape));
            let words = Parts::new(plan, &grid, within, drawn, services.workers())?.words()?;
            memory::put(bytes, with_slack(words), "bytes")
        })
    }
}
