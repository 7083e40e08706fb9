//! One image through the families: filter, discretise, compute.

use super::jobs::Prepared;
use super::lanes;
use super::memory::{self, Sizes};
use super::pass::Pass;
use super::results::Results;
use crate::error::Error;
use crate::filter::Volume;
use crate::host::{Executor, Host, Watch};
use crate::prepare::binning;
use crate::prepare::discretise::Discretisation;
use crate::prepare::levels::{self, AnyLevels};
use crate::prepare::resegment::{self, Extremes};
use crate::status::Status;
use crate::view::BoundingBox;
use crate::volume::{Intensities, Mask};
use crate::workspace::Arena;

/// The unfiltered intensities of a box of the target grid, and the region within.
pub(super) struct Field<'f> {
    /// Intensities of the box.
    pub values: &'f [f64],
    /// The box.
    pub within: BoundingBox,
    /// The region's box.
    pub tight: BoundingBox,
    /// The voxels of the region.
    pub mask: Mask<'f>,
    /// Why no image has intensities.
    pub problem: Option<Status>,
}

/// First voxel of a box within another that holds it.
fn offset(inner: BoundingBox, outer: BoundingBox) -> [usize; 3] {
    [
        inner.start[0] - outer.start[0],
        inner.start[1] - outer.start[1],
        inner.start[2] - outer.start[2],
    ]
}

impl Field<'_> {
    /// The intensities as they are.
    pub(super) fn intensities(&self) -> Result<Intensities<'_>, Error> {
        let start = offset(self.tight, self.within);
        Intensities::new(self.values, self.within.shape, start, self.tight.shape)
    }

    /// Computes the features of one image; the number of its grey levels, where there are any.
    pub(super) fn run<E: Executor>(
        &self,
        pass: &Pass,
        sizes: &Sizes,
        host: &Host<'_, E>,
        watch: &Watch,
        mut arena: Arena<'_>,
        results: &mut Results,
    ) -> Result<Option<u32>, Error> {
        let operator = sizes.operator(pass)?;
        let field = sizes.field_box(pass, operator.as_ref(), self.tight);
        let cropped = sizes.image_box(pass, self.tight);
        let intensities = if pass.alone {
            self.intensities()?
        } else {
            let cells = arena.take::<f64>(field.voxels())?;
            self.copy(field, cells, watch)?;
            if let Some(operator) = &operator {
                let boundary = pass.settings.filter.boundary();
                let mut volume = Volume { values: cells, shape: field.shape };
                operator.apply(&mut volume, boundary, watch, arena.scope())?;
                watch.advance(1)?;
            }
            crop(cells, field, cropped);
            let start = offset(self.tight, cropped);
            let cells = &cells[..cropped.voxels()];
            Intensities::new(cells, cropped.shape, start, self.tight.shape)?
        };
        let mask = self.mask;
        let extremes = match self.problem {
            Some(status) => Err(status),
            None => resegment::extremes(&mask, &intensities, watch)?,
        };
        let levels = match (&extremes, pass.work.levels()) {
            (Err(status), _) => Err(*status),
            (_, false) => Err(Status::NotComputed),
            (Ok(extremes), true) => {
                discretise(pass, &mask, &intensities, extremes, watch, &mut arena)?
            }
        };
        let grey_levels = levels.as_ref().ok().map(AnyLevels::count);
        let spacing = sizes.regrid.spacing;
        let prepared = Prepared { mask, intensities, spacing, extremes, levels };
        let footprints = sizes.lanes(pass, host.executor.workers());
        lanes::run(pass, host, footprints, &prepared, watch, arena, results)?;
        Ok(grey_levels)
    }

    /// Copies a box of the field.
    fn copy(&self, wanted: BoundingBox, out: &mut [f64], watch: &Watch) -> Result<(), Error> {
        let [x, y, z] = offset(wanted, self.within);
        let [nx, ny, nz] = wanted.shape;
        let [width, height, _] = self.within.shape;
        let mut rows = out.chunks_exact_mut(nx.max(1));
        for k in 0..nz {
            watch.check()?;
            for j in 0..ny {
                let from = ((z + k) * height + y + j) * width + x;
                if let Some(row) = rows.next() {
                    row.copy_from_slice(&self.values[from..from + nx]);
                }
            }
        }
        Ok(())
    }
}

/// Moves the rows of a box within a dense volume to its front.
fn crop(cells: &mut [f64], from: BoundingBox, to: BoundingBox) {
    if from == to {
        return;
    }
    let [x, y, z] = offset(to, from);
    let [nx, ny, nz] = to.shape;
    // Every row moves towards the front, past rows that have moved already.
    for k in 0..nz {
        for j in 0..ny {
            let source = ((z + k) * from.shape[1] + y + j) * from.shape[0] + x;
            cells.copy_within(source..source + nx, (k * ny + j) * nx);
        }
    }
}

/// Fills the level volume in the narrowest type, or says why there are no grey levels.
fn discretise<'w>(
    pass: &Pass,
    mask: &Mask,
    intensities: &Intensities,
    extremes: &Extremes,
    watch: &Watch,
    arena: &mut Arena<'w>,
) -> Result<Result<AnyLevels<'w>, Status>, Error> {
    let settings = &pass.settings;
    let binning = binning::discretisation(&settings.discretise, &settings.resegment, extremes);
    if binning == Discretisation::None && !(extremes.whole && extremes.min >= 1.0) {
        return Ok(Err(Status::NotGreyLevels));
    }
    let count = binning.level(extremes.max);
    // The bound that the workspace was announced for; it never exceeds the option's own maximum.
    if !(count >= 1.0 && count <= f64::from(memory::max_levels(pass))) {
        return Ok(Err(Status::TooManyLevels));
    }
    let (shape, pad) = (mask.shape(), memory::pad(pass));
    let len = super::chain::cells(shape, pad)?;
    Ok(Ok(if count <= f64::from(u8::MAX) {
        let cells = arena.take::<u8>(len)?;
        let scratch = arena.scope();
        AnyLevels::Narrow(levels::fill(
            mask,
            intensities,
            extremes,
            &binning,
            pad,
            cells,
            watch,
            scratch,
        )?)
    } else {
        let cells = arena.take::<u16>(len)?;
        let scratch = arena.scope();
        AnyLevels::Wide(levels::fill(
            mask,
            intensities,
            extremes,
            &binning,
            pad,
            cells,
            watch,
            scratch,
        )?)
    }))
}
