//! Regions made into masks, for themselves: contours in, mask out.

use core::ffi::c_void;

use radiomics::roi::contours::Rasterised;
use radiomics::view::BoundingBox;
use radiomics::workspace::Arena;
use radiomics::{Control, Watch};

use super::{Given, given, radiomics_box, radiomics_region};
use crate::diagnostic::{Fail, radiomics_diagnostic};
use crate::fence;
use crate::grid::{self, Grid, radiomics_grid};
use crate::host::{Services, radiomics_host};
use crate::memory::{self, Range};
use crate::status::{radiomics_status, radiomics_status_code::*};
use crate::structs::{self, Plain};
use crate::workspace::Memory;

/// What became of a region that was made into a mask. Counts of contours and slices are about the whole grid; they are 0
/// for regions that are not held as contours.
#[repr(C)]
#[derive(Clone, Copy)]
pub struct radiomics_drawing {
    /// `sizeof(radiomics_drawing)`, set by the caller.
    pub struct_size: usize,
    /// Voxels inside, in the box.
    pub voxels: u64,
    /// Contours that count for a slice.
    pub contours_used: u64,
    /// Contours off the grid along z.
    pub contours_outside: u64,
    /// Contours that the slice rule left out as too far from any slice.
    pub contours_between: u64,
    /// Contours of fewer than three points or without extent along x or y.
    pub contours_degenerate: u64,
    /// Used contours that reach beyond the grid along x or y, and were cut there.
    pub contours_clipped: u64,
    /// Slices that have contours.
    pub slices_used: u64,
    /// Slices without contours between the first and the last that have some: nothing is interpolated.
    pub slices_missing: u64,
    /// Slices that have contours of several planes: these were drawn on slices that lie closer than those of the grid.
    pub slices_shared: u64,
    /// The largest distance of a used contour from its slice in mm.
    pub largest_distance: f64,
}

// SAFETY: a struct_size first, then numbers; any bytes are a value.
unsafe impl Plain for radiomics_drawing {}

impl radiomics_drawing {
    fn of(drawn: &Rasterised) -> Self {
        Self {
            struct_size: 0,
            voxels: drawn.voxels,
            contours_used: drawn.contours_used as u64,
            contours_outside: drawn.contours_outside as u64,
            contours_between: drawn.contours_between as u64,
            contours_degenerate: drawn.contours_degenerate as u64,
            contours_clipped: drawn.contours_clipped as u64,
            slices_used: drawn.slices_used as u64,
            slices_missing: drawn.slices_missing as u64,
            slices_shared: drawn.slices_shared as u64,
            largest_distance: drawn.largest_distance,
        }
    }
}

/// The caller's diagnostic: it is written by every call.
///
/// # Safety
/// `diagnostic` is NULL or readable for a `size_t`.
unsafe fn told(diagnostic: *const radiomics_diagnostic) -> Range {
    // SAFETY: as promised.
    unsafe { structs::range(diagnostic, 1, "diagnostic") }
}

/// Finds a box that holds a region: the smallest one, or for contours one that may be a voxel larger. The shape of an
/// empty region's box is 0, 0, 0. The slices of the grid may be irregular.
///
/// # Safety
/// Pointers are NULL or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_region_box(
    grid: *const radiomics_grid,
    region: *const radiomics_region,
    found: *mut radiomics_box,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            memory::check(found.cast_const(), "found")?;
            let outputs =
                [structs::range(found.cast_const(), 1, "found"), told(diagnostic.cast_const())];
            let apart = memory::apart(&outputs, &grid::ranges(grid))
                .and_then(|()| memory::apart(&outputs, &given::ranges(region)));
            structs::write(found, radiomics_box::of(None), "found")?;
            apart?;
            let grid = Grid::read(grid)?;
            let bounds = Given::read(region, &grid)?.bounds(&Watch::silent())?;
            structs::write(found, radiomics_box::of(bounds), "found")
        })
    }
}

/// Makes a mask of a region in any form: a byte for each voxel of a box of the grid, x fastest, 1 inside and 0 outside.
///
/// `within` is the box, or NULL for the whole grid; `mask_bytes` is the number of its voxels. The slices of the grid may
/// be irregular. `host` is NULL or what the host lends: only its progress is used. Contours take 16 bytes of workspace
/// for each slice of the grid and 7 bytes more; with `workspace` NULL the library takes memory for the time of the call.
/// `drawing` may be NULL. When the answer is not RADIOMICS_OK, the mask is all 0.
///
/// # Safety
/// Pointers are NULL where allowed, or point to what the header says.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn radiomics_region_mask(
    grid: *const radiomics_grid,
    region: *const radiomics_region,
    within: *const radiomics_box,
    host: *const radiomics_host,
    workspace: *mut c_void,
    workspace_bytes: usize,
    mask: *mut u8,
    mask_bytes: usize,
    drawing: *mut radiomics_drawing,
    diagnostic: *mut radiomics_diagnostic,
) -> radiomics_status {
    // SAFETY: as the caller promises.
    unsafe {
        fence::call(diagnostic, || {
            let clear = || -> Result<(), Fail> {
                let none = radiomics_drawing::of(&Rasterised::default());
                let cleared = structs::write(drawing, none, "drawing");
                memory::filled(mask, mask_bytes, 0, "mask")?;
                cleared
            };
            let drawn = fence::fenced(|| -> Result<Rasterised, Fail> {
                let outputs = [
                    Range::new(mask, mask_bytes, "mask"),
                    Range::new(workspace, workspace_bytes, "workspace"),
                    structs::range(drawing.cast_const(), 1, "drawing"),
                    told(diagnostic.cast_const()),
                ];
                memory::apart(&outputs, &grid::ranges(grid))?;
                memory::apart(&outputs, &given::ranges(region))?;
                let asked = [structs::range(within, 1, "box"), structs::range(host, 1, "host")];
                memory::apart(&outputs, &asked)?;
                clear()?;
                let grid = Grid::read(grid)?;
                let within = match within.is_null() {
                    true => BoundingBox::whole(grid.shape),
                    false => radiomics_box::read(within, grid.shape)?,
                };
                if mask_bytes != within.voxels() {
                    let voxels = within.voxels();
                    let message =
                        format_args!("mask_bytes is {mask_bytes}: the box has {voxels} voxels");
                    let fail = Fail::new(RADIOMICS_ERROR_OUTPUT_LENGTH, "mask_bytes", message);
                    return Err(fail.sizes(voxels, mask_bytes));
                }
                let given = Given::read(region, &grid)?;
                let services = Services::read(host, 1)?;
                let report = |share| -> Control { services.progress(share) };
                let watch = Watch::new(Some(&report), 1);
                let scratch = given.scratch().words();
                let mut none = [];
                let mut memory;
                let words = if scratch == 0 {
                    &mut none[..]
                } else {
                    memory = Memory::new(workspace, workspace_bytes)?;
                    memory.words(scratch)?
                };
                let cells = memory::filled(mask, mask_bytes, 0, "mask")?;
                given.draw(within, cells, Arena::new(words), &watch)
            })
            .and_then(|drawn| drawn);
            match drawn {
                Ok(drawn) => structs::write(drawing, radiomics_drawing::of(&drawn), "drawing"),
                Err(fail) => {
                    // What cannot be cleared is why it failed.
                    let _ = clear();
                    Err(fail)
                }
            }
        })
    }
}
