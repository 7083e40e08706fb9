//! The chain, in the order of the IBSI manual: read, normalise, interpolate, round, re-segment,
//! discretise, compute.

use super::diagnostics::{self, ImageStep, RegionFacts, RegionStep};
use super::jobs::{self, Job, Prepared};
use super::memory::{self, Sizes};
use super::observed::{Observed, Observer};
use super::results::Results;
use super::summary::Summary;
use super::work::{JOBS, lanes};
use super::{Grid, Plan};
use crate::error::Error;
use crate::host::{Executor, Host, Watch};
use crate::prepare::discretise::Discretisation;
use crate::prepare::levels::{self, AnyLevels};
use crate::prepare::normalise;
use crate::prepare::resegment::{self, Extremes, Kept};
use crate::prepare::source::{self, Source, Summary as Intensity};
use crate::prepare::{binning, resample};
use crate::status::Status;
use crate::view::{BoundingBox, Image, Region};
use crate::volume::{Intensities, Levels, Mask, padded_len};
use crate::workspace::Arena;

/// Runs the chain for one region.
pub(super) fn run<E: Executor>(
    plan: &Plan,
    image: &Image,
    region: &Region,
    host: &Host<'_, E>,
    workspace: &mut [u64],
    observer: Option<Observer<'_>>,
    results: &mut Results,
) -> Result<Summary, Error> {
    check_shapes(image, region)?;
    let jobs = plan.work.jobs().count() as u32;
    // Reading and preparing count as one step, so that 1 is only reported at the end.
    let watch = Watch::new(host.progress, jobs + 1);
    watch.check()?;
    let grid = Grid::of(image);
    let bounds = region.bounds(&watch)?;
    let workers = host.executor.workers();
    let inside = bounds.unwrap_or(BoundingBox { start: [0; 3], shape: [0; 3] });
    let sizes = Sizes::new(plan, &grid, inside)?;
    let needed = sizes.total(plan, workers)?.words();
    if workspace.len() < needed {
        return Err(Error::WorkspaceTooSmall { needed, given: workspace.len() });
    }
    let mut arena = Arena::new(&mut workspace[..needed]);
    let mut summary = Summary {
        grid_shape: sizes.regrid.shape(),
        grid_spacing: sizes.regrid.spacing,
        workspace_words: needed,
        ..Summary::default()
    };
    let source = Source::new(image, plan.settings.load.round);
    let affine = normalise::affine(&source, region, inside, &plan.settings.normalise, &watch)?;
    let normalised = source.normalised(affine.unwrap_or(None));
    let step = Step {
        plan,
        source: &normalised,
        region,
        spacing: grid.spacing,
        sizes: &sizes,
        watch: &watch,
    };
    if plan.work.diagnostics {
        step.describe_images(arena.scope(), results)?;
        step.describe_initial_region(bounds, results)?;
    }
    if bounds.is_none() {
        *results = keep_diagnostics(results, Results::undefined(Status::EmptyRegion));
        return Ok(summary);
    }
    normalised.visit(Some(region), inside, &watch, |_| summary.region_voxels += 1)?;

    // The mask buffer is kept; what interpolation needs for it is free again afterwards.
    let buffer = arena.take::<u8>(cells(sizes.target.shape, Mask::PAD)?)?;
    let Some((tight, mask_cells)) = step.interpolate_mask(buffer, arena.scope())? else {
        *results = keep_diagnostics(results, Results::undefined(Status::EmptyRegion));
        return Ok(summary);
    };
    let image_box = sizes.image_box(plan, tight);
    let values = arena.take::<f64>(image_box.voxels())?;
    step.interpolate_image(image_box, values, arena.scope())?;
    let region_start = [
        tight.start[0] - image_box.start[0],
        tight.start[1] - image_box.start[1],
        tight.start[2] - image_box.start[2],
    ];
    let intensities = Intensities::new(values, image_box.shape, region_start, tight.shape)?;
    if plan.work.diagnostics {
        let mask = Mask::new(mask_cells, tight.shape)?;
        step.describe_region(RegionStep::Interpolated, &mask, &intensities, results)?;
    }
    step.resegment(mask_cells, tight.shape, &intensities)?;
    let mask = Mask::new(mask_cells, tight.shape)?;
    if plan.work.diagnostics {
        step.describe_region(RegionStep::Resegmented, &mask, &intensities, results)?;
    }
    summary.morphological_voxels = mask.count(Mask::MORPHOLOGICAL);
    summary.intensity_voxels = mask.count(Mask::INTENSITY);

    let extremes = match affine {
        Err(status) => Err(status),
        Ok(_) => resegment::extremes(&mask, &intensities),
    };
    let levels = match (&extremes, plan.work.levels()) {
        (Err(status), _) => Err(*status),
        (_, false) => Err(Status::NotComputed),
        (Ok(extremes), true) => discretise(plan, &mask, &intensities, extremes, &mut arena)?,
    };
    summary.grey_levels = levels.as_ref().ok().map(AnyLevels::count);
    let spacing = sizes.regrid.spacing;
    if let Some(observer) = observer {
        let binning = extremes.as_ref().map(|e| {
            binning::discretisation(&plan.settings.discretise, &plan.settings.resegment, e)
        });
        observer(&Observed {
            regrid: &sizes.regrid,
            within: tight,
            mask: &mask,
            intensities: &intensities,
            levels: levels.as_ref().ok(),
            discretisation: levels.is_ok().then(|| binning.ok()).flatten(),
        });
    }
    let prepared = Prepared { mask, intensities, spacing, extremes, levels };
    watch.advance(1)?;
    run_jobs(plan, host, &sizes, &prepared, &watch, arena, results)?;
    Ok(summary)
}

fn check_shapes(image: &Image, region: &Region) -> Result<(), Error> {
    const FIELDS: [&str; 3] = ["region.shape[0]", "region.shape[1]", "region.shape[2]"];
    for axis in 0..3 {
        if region.shape()[axis] != image.shape()[axis] {
            let expected = "the extent of the image";
            return Err(Error::invalid(FIELDS[axis], region.shape()[axis], expected));
        }
    }
    Ok(())
}

fn cells(shape: [usize; 3], pad: usize) -> Result<usize, Error> {
    padded_len(shape, pad).ok_or(Error::TooLarge { field: "region.box" })
}

fn keep_diagnostics(old: &Results, mut new: Results) -> Results {
    new.diagnostics = old.diagnostics;
    new
}

/// What the steps before the families share.
struct Step<'s> {
    plan: &'s Plan,
    source: &'s Source<'s>,
    region: &'s Region<'s>,
    /// Spacing of the image as given.
    spacing: [f64; 3],
    sizes: &'s Sizes,
    watch: &'s Watch<'s>,
}

impl Step<'_> {
    /// Interpolates the mask and writes it, padded, into the front of `buffer`; both flags are set.
    /// Returns its box on the target grid, or `None` when no voxel is left.
    fn interpolate_mask<'b>(
        &self,
        buffer: &'b mut [u8],
        mut scratch: Arena<'_>,
    ) -> Result<Option<(BoundingBox, &'b mut [u8])>, Error> {
        let Sizes { regrid, target } = self.sizes;
        let raw = scratch.take::<u8>(target.voxels())?;
        if regrid.is_identity() {
            self.read_rows(*target, raw, |x, yz, row| self.region.read_row(x, yz, row))?;
        } else {
            let settings = &self.plan.settings.resample;
            let read = |x: usize, yz: [usize; 2], row: &mut [u8]| self.region.read_row(x, yz, row);
            resample::mask(
                &read,
                regrid,
                *target,
                settings.mask_method,
                settings.mask_threshold,
                self.watch,
                scratch,
                raw,
            )?;
        }
        let Some(within) = bounds_of(raw, target.shape) else { return Ok(None) };
        let padded = &mut buffer[..cells(within.shape, Mask::PAD)?];
        padded.fill(0);
        let [nx, ny, nz] = within.shape;
        for z in 0..nz {
            for y in 0..ny {
                let from = (z + within.start[2]) * target.shape[1] + y + within.start[1];
                let from = from * target.shape[0] + within.start[0];
                let to = ((z + 1) * (ny + 2) + y + 1) * (nx + 2) + 1;
                for (out, inside) in padded[to..to + nx].iter_mut().zip(&raw[from..from + nx]) {
                    *out = if *inside != 0 { Mask::MORPHOLOGICAL | Mask::INTENSITY } else { 0 };
                }
            }
        }
        let start = [
            target.start[0] + within.start[0],
            target.start[1] + within.start[1],
            target.start[2] + within.start[2],
        ];
        Ok(Some((BoundingBox { start, shape: within.shape }, padded)))
    }

    /// Reads a box row by row, asking the host to go on once a slice.
    fn read_rows<T>(
        &self,
        within: BoundingBox,
        out: &mut [T],
        read: impl Fn(usize, [usize; 2], &mut [T]),
    ) -> Result<(), Error> {
        let [nx, ny, nz] = within.shape;
        let mut rows = out.chunks_exact_mut(nx.max(1));
        for z in 0..nz {
            self.watch.check()?;
            for y in 0..ny {
                if let Some(row) = rows.next() {
                    read(within.start[0], [y + within.start[1], z + within.start[2]], row);
                }
            }
        }
        Ok(())
    }

    /// Interpolates and rounds a box of the target grid.
    fn interpolate_image(
        &self,
        target: BoundingBox,
        out: &mut [f64],
        scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let settings = &self.plan.settings.resample;
        if self.sizes.regrid.is_identity() {
            return self.read_rows(target, out, |x, yz, row| self.source.read_row(x, yz, row));
        }
        let read = |x: usize, yz: [usize; 2], row: &mut [f64]| self.source.read_row(x, yz, row);
        let method = settings.image_method;
        resample::image(&read, &self.sizes.regrid, target, method, self.watch, scratch, out)?;
        if settings.round {
            source::round(out);
        }
        Ok(())
    }

    /// Clears the intensity flag of the voxels that a range or the outlier filter removes.
    fn resegment(
        &self,
        cells: &mut [u8],
        shape: [usize; 3],
        intensities: &Intensities,
    ) -> Result<(), Error> {
        let settings = &self.plan.settings.resegment;
        let outliers = match settings.sigma {
            Some(k) => resegment::outlier_range(&Mask::new(cells, shape)?, intensities, k),
            None => None,
        };
        let range = settings.range.map(|[low, high]| Kept { low, high });
        // Without a range, non-finite intensities stay and give their reason.
        let outliers = match (range, outliers) {
            (None, Some(kept)) => {
                let mask = Mask::new(cells, shape)?;
                let finite = resegment::extremes(&mask, intensities);
                (finite != Err(Status::NonFiniteIntensity)).then_some(kept)
            }
            (_, outliers) => outliers,
        };
        let ranges = [range, outliers];
        if ranges == [None, None] {
            return Ok(());
        }
        let [nx, ny, nz] = shape;
        for z in 0..nz {
            self.watch.check()?;
            for y in 0..ny {
                let start = ((z + 1) * (ny + 2) + y + 1) * (nx + 2) + 1;
                for (flags, x) in cells[start..start + nx].iter_mut().zip(intensities.row(y, z)) {
                    if !resegment::keeps(&ranges, *x) {
                        *flags &= !Mask::INTENSITY;
                    }
                }
            }
        }
        Ok(())
    }

    /// Describes the whole image before and after interpolation.
    fn describe_images(&self, mut scratch: Arena<'_>, results: &mut Results) -> Result<(), Error> {
        let regrid = &self.sizes.regrid;
        let shape = self.source.shape();
        let whole = BoundingBox::whole(shape);
        let spacing = self.spacing;
        let initial =
            Intensity::collect(|visit| self.source.visit(None, whole, self.watch, visit))?;
        diagnostics::image(&mut results.diagnostics, ImageStep::Initial, shape, spacing, &initial);
        let interpolated = if regrid.is_identity() {
            initial
        } else {
            Intensity::collect(|visit| {
                for z in (0..regrid.shape()[2]).step_by(memory::SLAB) {
                    let slab = self.sizes.slab(z);
                    let mut scratch = scratch.scope();
                    let values = scratch.take::<f64>(slab.voxels())?;
                    self.interpolate_image(slab, values, scratch)?;
                    values.iter().copied().for_each(&mut *visit);
                }
                Ok(())
            })?
        };
        let (out, shape) = (&mut results.diagnostics, regrid.shape());
        diagnostics::image(out, ImageStep::Interpolated, shape, regrid.spacing, &interpolated);
        Ok(())
    }

    /// Describes the region as it was given.
    fn describe_initial_region(
        &self,
        bounds: Option<BoundingBox>,
        results: &mut Results,
    ) -> Result<(), Error> {
        let inside = bounds.unwrap_or(BoundingBox { start: [0; 3], shape: [0; 3] });
        let intensities = Intensity::collect(|visit| {
            self.source.visit(Some(self.region), inside, self.watch, visit)
        })?;
        let facts = RegionFacts {
            grid: self.source.shape(),
            intensity_box: inside.shape,
            morphological_box: inside.shape,
            morphological_count: intensities.count,
            intensities,
        };
        diagnostics::region(&mut results.diagnostics, RegionStep::Initial, &facts);
        Ok(())
    }

    /// Describes the region on the target grid.
    fn describe_region(
        &self,
        step: RegionStep,
        mask: &Mask,
        intensities: &Intensities,
        results: &mut Results,
    ) -> Result<(), Error> {
        let extent = |flag| mask.bounding_box(flag).map_or([0; 3], |b| b.shape);
        let facts = RegionFacts {
            grid: self.sizes.regrid.shape(),
            intensity_box: extent(Mask::INTENSITY),
            morphological_box: extent(Mask::MORPHOLOGICAL),
            morphological_count: mask.count(Mask::MORPHOLOGICAL),
            intensities: Intensity::collect(|visit| {
                resegment::visit(mask, Mask::INTENSITY, intensities, visit);
                Ok(())
            })?,
        };
        diagnostics::region(&mut results.diagnostics, step, &facts);
        Ok(())
    }
}

/// The box around the non-zero cells of a dense volume.
fn bounds_of(cells: &[u8], shape: [usize; 3]) -> Option<BoundingBox> {
    let mut found = None;
    for (at, row) in cells.chunks_exact(shape[0].max(1)).enumerate() {
        let first = row.iter().position(|c| *c != 0);
        let last = row.iter().rposition(|c| *c != 0);
        if let (Some(first), Some(last)) = (first, last) {
            let place = [first, at % shape[1], at / shape[1]];
            BoundingBox::include(&mut found, place, last + 1 - first);
        }
    }
    found
}

/// Fills the level volume in the narrowest type, or says why there are no grey levels.
fn discretise<'w>(
    plan: &Plan,
    mask: &Mask,
    intensities: &Intensities,
    extremes: &Extremes,
    arena: &mut Arena<'w>,
) -> Result<Result<AnyLevels<'w>, Status>, Error> {
    let settings = &plan.settings;
    let binning = binning::discretisation(&settings.discretise, &settings.resegment, extremes);
    if binning == Discretisation::None && !(extremes.whole && extremes.min >= 1.0) {
        return Ok(Err(Status::NotGreyLevels));
    }
    let count = binning.level(extremes.max);
    // The bound that the workspace was announced for; it never exceeds the option's own maximum.
    if !(count >= 1.0 && count <= f64::from(memory::max_levels(plan))) {
        return Ok(Err(Status::TooManyLevels));
    }
    let count = count as u32;
    let (shape, pad) = (mask.shape(), memory::pad(plan));
    let len = cells(shape, pad)?;
    Ok(Ok(if count <= u32::from(u8::MAX) {
        let cells = arena.take::<u8>(len)?;
        levels::fill(mask, intensities, &binning, pad, cells);
        AnyLevels::Narrow(Levels::new(cells, shape, pad, count)?)
    } else {
        let cells = arena.take::<u16>(len)?;
        levels::fill(mask, intensities, &binning, pad, cells);
        AnyLevels::Wide(Levels::new(cells, shape, pad, count)?)
    }))
}

/// Some of the jobs with memory of their own.
struct Lane<'r, 'w> {
    jobs: heapless::Vec<Job<'r>, JOBS>,
    arena: Arena<'w>,
    outcome: Result<(), Error>,
}

/// Distributes the jobs over lanes and runs the lanes on the host's workers.
fn run_jobs<E: Executor>(
    plan: &Plan,
    host: &Host<'_, E>,
    sizes: &Sizes,
    prepared: &Prepared,
    watch: &Watch,
    mut arena: Arena<'_>,
    results: &mut Results,
) -> Result<(), Error> {
    let workers = host.executor.workers();
    let mut all: heapless::Vec<Lane, JOBS> = heapless::Vec::new();
    for footprint in sizes.lanes(plan, workers) {
        let arena = arena.split(footprint)?;
        // As many places as jobs, and never more lanes than jobs.
        let _ = all.push(Lane { jobs: heapless::Vec::new(), arena, outcome: Ok(()) });
    }
    for (kind, job) in jobs::all(results) {
        let lane = lanes(&plan.work, workers).find(|(k, _)| *k == kind);
        if let Some(lane) = lane.and_then(|(_, lane)| all.get_mut(lane)) {
            let _ = lane.jobs.push(job);
        }
    }
    host.executor.for_each(&mut all, |lane| {
        for job in &mut lane.jobs {
            if lane.outcome.is_ok() {
                lane.outcome = job
                    .run(plan, prepared, watch, lane.arena.scope())
                    .and_then(|()| watch.advance(1));
            }
        }
    });
    all.into_iter().try_for_each(|lane| lane.outcome)
}
