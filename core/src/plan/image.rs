//! One image through the families: filter, discretise, compute.

use super::jobs::Prepared;
use super::lanes;
use super::looked::Looked;
use super::memory::{self, Sizes};
use super::pass::Pass;
use super::results::Results;
use crate::error::Error;
use crate::family::distribution::Distribution;
use crate::filter::Volume;
use crate::host::{Executor, Host, Watch};
use crate::prepare::binning;
use crate::prepare::discretise::Discretisation;
use crate::prepare::extremes::{self, Extremes};
use crate::prepare::levels::{self, AnyLevels, Source};
use crate::prepare::occurrences::Occurrences;
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
    /// What was seen of the intensities, and of the region as drawn.
    pub looked: Option<Looked>,
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
        let all = Intensities::new(self.values, self.within.shape, start, self.tight.shape)?;
        Ok(all.with_extent(self.looked.and_then(|looked| looked.extent())))
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
            None => match self.looked.filter(|_| pass.alone && !resegments(pass)) {
                Some(looked) => looked.extremes(),
                None => extremes::extremes(&mask, &intensities, host.executor, watch)?,
            },
        };
        let mut arena = arena.scope();
        let mut prepared = Prepared {
            mask,
            intensities,
            spacing: sizes.regrid.spacing,
            extremes,
            levels: Err(extremes.err().unwrap_or(Status::NotComputed)),
            counted: None,
            histogram: None,
        };
        if let Ok(extremes) = extremes {
            let from = Source { mask, intensities, extremes };
            discretise(pass, from, host.executor, watch, &mut arena, &mut prepared)?;
        }
        let grey_levels = prepared.levels.as_ref().ok().map(AnyLevels::count);
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

/// Whether the intensity mask may be less than the region as drawn.
fn resegments(pass: &Pass) -> bool {
    let settings = &pass.settings.resegment;
    settings.range.is_some() || settings.sigma.is_some()
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

/// Fills the level volume in the narrowest type, or says why there are no grey levels, and counts intensities where
/// that serves.
fn discretise<'w, E: Executor>(
    pass: &Pass,
    from: Source<'w>,
    executor: &E,
    watch: &Watch,
    arena: &mut Arena<'w>,
    prepared: &mut Prepared<'w>,
) -> Result<(), Error> {
    let mut occurrences = match pass.work.counts_intensities() {
        true => Occurrences::take(&from.extremes, executor.workers(), arena)?,
        false => None,
    };
    let binning = binning(pass, &from.extremes);
    prepared.levels = match binning {
        _ if !pass.work.levels() => Err(Status::NotComputed),
        Err(status) => Err(status),
        Ok((binning, count)) => {
            let (shape, pad) = (from.mask.shape(), memory::pad(pass));
            let len = super::chain::cells(shape, pad)?;
            let counts = occurrences.as_mut();
            Ok(if count <= u32::from(u8::MAX) {
                let cells = arena.take::<u8>(len)?;
                let scratch = arena.scope();
                let levels =
                    levels::fill(from, &binning, pad, cells, counts, executor, watch, scratch)?;
                AnyLevels::Narrow(levels)
            } else {
                let cells = arena.take::<u16>(len)?;
                let scratch = arena.scope();
                let levels =
                    levels::fill(from, &binning, pad, cells, counts, executor, watch, scratch)?;
                AnyLevels::Wide(levels)
            })
        }
    };
    if let Some(mut occurrences) = occurrences {
        if prepared.levels.is_err() {
            levels::count(from, &mut occurrences, executor, watch)?;
        }
        let first = occurrences.first();
        let counts = occurrences.counts();
        if let (true, Ok(levels), Ok((binning, _))) =
            (pass.work.histogram, &prepared.levels, binning)
        {
            let histogram = arena.take_zeroed::<u64>(levels.count() as usize)?;
            for (at, count) in counts.iter().enumerate().filter(|(_, count)| **count > 0) {
                let level = binning.level(first + at as f64) as usize;
                histogram[level - 1] += u64::from(*count);
            }
            prepared.histogram = Some(histogram);
        }
        prepared.counted = Some(Distribution::counted(first, counts));
    }
    Ok(())
}

/// The discretisation of an image and its number of grey levels N_g, or why there are none.
fn binning(pass: &Pass, extremes: &Extremes) -> Result<(Discretisation, u32), Status> {
    let settings = &pass.settings;
    let binning = binning::discretisation(&settings.discretise, &settings.resegment, extremes);
    if binning == Discretisation::None && !(extremes.whole && extremes.min >= 1.0) {
        return Err(Status::NotGreyLevels);
    }
    let count = binning.level(extremes.max);
    // The bound that the workspace was announced for; it never exceeds the option's own maximum.
    if count >= 1.0 && count <= f64::from(memory::max_levels(pass)) {
        Ok((binning, count as u32))
    } else {
        Err(Status::TooManyLevels)
    }
}
