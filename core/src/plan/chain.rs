//! The chain, in the order of the IBSI manual: read, normalise, interpolate, round, re-segment; then image
//! by image filter, discretise, compute.

use super::diagnostics::RegionStep;
use super::image::Field;
use super::looked::Look;
use super::memory::Sizes;
use super::observed::{Observed, Observer};
use super::results::{Output, Results};
use super::steps::Step;
use super::summary::Summary;
use super::{Grid, Plan};
use crate::error::Error;
use crate::host::{Executor, Host, Watch};
use crate::prepare::normalise;
use crate::prepare::source::Source;
use crate::status::Status;
use crate::view::{BoundingBox, Image, Region};
use crate::volume::{Intensities, Mask, Span, padded_len};
use crate::workspace::Arena;

/// Runs the chain for one region.
pub(super) fn run<E: Executor>(
    plan: &Plan,
    image: &Image,
    region: &Region,
    host: &Host<'_, E>,
    workspace: &mut [u64],
    observer: Option<Observer<'_>>,
    out: &mut Output<'_>,
) -> Result<Summary, Error> {
    check_shapes(image, region)?;
    let base = plan.pass(0);
    let steps = base.steps() + (1..plan.passes()).map(|i| plan.pass(i).steps()).sum::<u32>();
    // Reading and preparing count as one step, so that 1 is only reported at the end.
    let watch = Watch::new(host.progress, steps + 1);
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
    let affine =
        normalise::affine(&source, Some(region), inside, &plan.settings.normalise, &watch)?;
    let normalised = source.normalised(affine.unwrap_or(None));
    let step = Step {
        plan,
        source: &normalised,
        region,
        spacing: grid.spacing,
        sizes: &sizes,
        executor: host.executor,
        watch: &watch,
    };
    let mut results = Results::undefined(Status::NotComputed);
    if base.work.diagnostics {
        step.describe_images(arena.scope(), &mut results)?;
        step.describe_initial_region(bounds, &mut results)?;
    }
    let mut undefined = |mut results: Results| {
        let diagnostics = results.diagnostics;
        results = Results::undefined(Status::EmptyRegion);
        for image in (0..plan.passes()).rev() {
            if image == 0 {
                results.diagnostics = diagnostics;
            }
            out.write(plan, image, &results);
        }
    };
    if bounds.is_none() {
        undefined(results);
        return Ok(summary);
    }
    // The mask's buffers are kept; what interpolation needs for it is free again afterwards.
    let buffer = arena.take::<u8>(cells(sizes.target.shape, Mask::PAD)?)?;
    let [_, rows, slices] = sizes.target.shape;
    let spans = arena.take::<Span>(rows * slices)?;
    let flags = step.interpolate_mask(buffer, spans, arena.scope())?;
    summary.region_voxels = match &flags {
        Some(flags) if sizes.regrid.is_identity() => flags.mask()?.count(Mask::MORPHOLOGICAL),
        _ => region.voxels(inside, &watch)?,
    };
    let Some(mut flags) = flags else {
        undefined(results);
        return Ok(summary);
    };
    let tight = flags.within;
    let within = sizes.source_box(plan, tight)?;
    let values = arena.take::<f64>(within.voxels())?;
    let start = [
        tight.start[0] - within.start[0],
        tight.start[1] - within.start[1],
        tight.start[2] - within.start[2],
    ];
    let drawn = flags.mask()?;
    let look = Look { mask: &drawn, start, beyond: base.work.local };
    let looked = step.interpolate_image(within, values, Some(look), arena.scope())?;
    let intensities = Intensities::new(values, within.shape, start, tight.shape)?;
    if base.work.diagnostics {
        let mask = flags.mask()?;
        step.describe_region(RegionStep::Interpolated, &mask, &intensities, &mut results)?;
    }
    step.resegment(&mut flags, &intensities)?;
    let mask = flags.mask()?;
    if base.work.diagnostics {
        step.describe_region(RegionStep::Resegmented, &mask, &intensities, &mut results)?;
    }
    summary.morphological_voxels = mask.count(Mask::MORPHOLOGICAL);
    summary.intensity_voxels = mask.count(Mask::INTENSITY);
    if let Some(observer) = observer {
        let regrid = &sizes.regrid;
        observer(&Observed { regrid, within: tight, mask: &mask, intensities: &intensities });
    }
    watch.advance(1)?;

    let field = Field { values, within, tight, looked, mask, problem: affine.err() };
    for image in 0..plan.passes() {
        let pass = plan.pass(image);
        if !pass.work.is_idle() {
            let arena = arena.scope();
            let levels = field.run(&pass, &sizes, host, &watch, arena, &mut results)?;
            if image == 0 {
                summary.grey_levels = levels;
            }
        }
        out.write(plan, image, &results);
    }
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

pub(super) fn cells(shape: [usize; 3], pad: usize) -> Result<usize, Error> {
    padded_len(shape, pad).ok_or(Error::TooLarge { field: "region.box" })
}
