//! The steps of the chain before the families: interpolation, re-segmentation, descriptions.

use super::Plan;
use super::diagnostics::{self, ImageStep, RegionFacts, RegionStep};
use super::memory::{self, Sizes};
use super::results::Results;
use crate::error::Error;
use crate::host::Watch;
use crate::prepare::resample;
use crate::prepare::resegment::{self, Kept};
use crate::prepare::source::{self, Source, Summary as Intensity};
use crate::status::Status;
use crate::view::{BoundingBox, Region};
use crate::volume::{Intensities, Mask};
use crate::workspace::Arena;

/// What the steps before the families share.
pub(super) struct Step<'s> {
    pub plan: &'s Plan,
    pub source: &'s Source<'s>,
    pub region: &'s Region<'s>,
    /// Spacing of the image as given.
    pub spacing: [f64; 3],
    pub sizes: &'s Sizes,
    pub watch: &'s Watch<'s>,
}

impl Step<'_> {
    /// Interpolates the mask and writes it, padded, into the front of `buffer`; both flags are set.
    /// Returns its box on the target grid, or `None` when no voxel is left.
    pub(super) fn interpolate_mask<'b>(
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
        let padded = &mut buffer[..super::chain::cells(within.shape, Mask::PAD)?];
        padded.fill(0);
        let [nx, ny, nz] = within.shape;
        for z in 0..nz {
            self.watch.check()?;
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
    pub(super) fn interpolate_image(
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
    pub(super) fn resegment(
        &self,
        cells: &mut [u8],
        shape: [usize; 3],
        intensities: &Intensities,
    ) -> Result<(), Error> {
        let settings = &self.plan.settings.resegment;
        let outliers = match settings.sigma {
            Some(k) => {
                resegment::outlier_range(&Mask::new(cells, shape)?, intensities, k, self.watch)?
            }
            None => None,
        };
        let range = settings.range.map(|[low, high]| Kept { low, high });
        // Without a range, non-finite intensities stay and give their reason.
        let outliers = match (range, outliers) {
            (None, Some(kept)) => {
                let mask = Mask::new(cells, shape)?;
                let finite = resegment::extremes(&mask, intensities, self.watch)?;
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
    pub(super) fn describe_images(
        &self,
        mut scratch: Arena<'_>,
        results: &mut Results,
    ) -> Result<(), Error> {
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
    pub(super) fn describe_initial_region(
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
    pub(super) fn describe_region(
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
                resegment::visit(mask, Mask::INTENSITY, intensities, self.watch, visit)
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
