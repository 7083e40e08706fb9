//! Descriptions of image and region at each step: the diagnostics.

use super::diagnostics::{self, ImageStep, RegionFacts, RegionStep};
use super::memory;
use super::results::Results;
use super::steps::Step;
use crate::error::Error;
use crate::host::Executor;
use crate::prepare::resegment;
use crate::prepare::source::Summary as Intensity;
use crate::view::BoundingBox;
use crate::volume::{Intensities, Mask};
use crate::workspace::Arena;

impl<E: Executor> Step<'_, E> {
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
                    self.interpolate_image(slab, values, None, scratch)?;
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
