//! How much workspace an extraction takes, and of what it is made.

use super::jobs;
use super::lanes::LANES;
use super::operator::Operator;
use super::pass::Pass;
use super::{Grid, Plan};
use crate::error::Error;
use crate::family::local_intensity;
use crate::prepare::grid::Regrid;
use crate::prepare::levels;
use crate::prepare::occurrences::Occurrences;
use crate::prepare::resample;
use crate::settings::BinningMethod;
use crate::view::BoundingBox;
use crate::volume::{Mask, Spans, padded_len};
use crate::workspace::Footprint;

/// Slices of the whole grid that diagnostics interpolate at once.
pub(super) const SLAB: usize = 32;

/// Sizes of everything whose size depends on the grid and the region's box.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    pub regrid: Regrid,
    /// Where the interpolated region can lie, on the target grid.
    pub target: BoundingBox,
}

impl Sizes {
    /// Sizes for a region inside `region` of a grid.
    pub(super) fn new(plan: &Plan, grid: &Grid, region: BoundingBox) -> Result<Self, Error> {
        for axis in 0..3 {
            let end = region.start[axis].checked_add(region.shape[axis]);
            if end.is_none_or(|end| end > grid.shape[axis]) {
                return Err(Error::invalid(
                    "region.box",
                    region.start[axis],
                    "a box inside the grid",
                ));
            }
        }
        let resample = &plan.settings.resample;
        let regrid = Regrid::new(grid.shape, grid.spacing, resample.spacing_mm)?;
        let target = if regrid.is_identity() {
            region
        } else {
            regrid.target_box(region, resample.mask_method)
        };
        Ok(Self { regrid, target })
    }

    /// Sizes for the whole of a grid.
    pub(super) fn whole(plan: &Plan, grid: &Grid) -> Result<Self, Error> {
        Self::new(plan, grid, BoundingBox::whole(grid.shape))
    }

    /// The box of an image whose intensities families read: larger than the region's where a family looks
    /// beyond the region.
    pub(super) fn image_box(&self, pass: &Pass, target: BoundingBox) -> BoundingBox {
        let reach = match pass.work.local {
            true => local_intensity::reach(self.regrid.spacing),
            false => [0; 3],
        };
        target.grown(reach, self.regrid.shape())
    }

    /// The filter of an image, in voxels of the target grid.
    #[inline(never)]
    pub(super) fn operator(&self, pass: &Pass) -> Result<Option<Operator>, Error> {
        let make = |filter| Operator::new(filter, &pass.settings.filter, self.regrid.spacing);
        pass.filter.as_ref().map(make).transpose()
    }

    /// The box on which a filter acts so that the box that families read is right.
    pub(super) fn field_box(
        &self,
        pass: &Pass,
        operator: Option<&Operator>,
        target: BoundingBox,
    ) -> BoundingBox {
        let read = self.image_box(pass, target);
        let grid = self.regrid.shape();
        let Some(operator) = operator else { return read };
        let reach = operator.support(&pass.settings.filter);
        let whole = BoundingBox::whole(grid);
        let mut out = read;
        for axis in 0..3 {
            let near = read.grown([reach[axis].unwrap_or(0); 3], grid);
            let from = if reach[axis].is_some() { near } else { whole };
            (out.start[axis], out.shape[axis]) = (from.start[axis], from.shape[axis]);
        }
        out
    }

    /// The box that all images are made from.
    pub(super) fn source_box(
        &self,
        plan: &Plan,
        target: BoundingBox,
    ) -> Result<BoundingBox, Error> {
        let mut all = self.image_box(&plan.pass(0), target);
        for image in 1..plan.passes() {
            let pass = plan.pass(image);
            if pass.work.is_idle() {
                continue;
            }
            let operator = self.operator(&pass)?;
            let one = self.field_box(&pass, operator.as_ref(), target);
            for axis in 0..3 {
                let end = all.end()[axis].max(one.end()[axis]);
                all.start[axis] = all.start[axis].min(one.start[axis]);
                all.shape[axis] = end - all.start[axis];
            }
        }
        Ok(all)
    }

    /// A slab of the whole grid, for diagnostics.
    pub(super) fn slab(&self, z: usize) -> BoundingBox {
        let [nx, ny, nz] = self.regrid.shape();
        BoundingBox { start: [0, 0, z], shape: [nx, ny, SLAB.min(nz - z)] }
    }

    /// What stays for the whole extraction: unfiltered intensities, mask.
    fn kept(&self, within: BoundingBox) -> Result<Footprint, Error> {
        let mask = padded_len(self.target.shape, Mask::PAD).ok_or(TOO_LARGE)?;
        let mask = Footprint::of::<u8>(mask).all_of(Spans::footprint(self.target.shape));
        Ok(Footprint::of::<f64>(within.voxels()).all_of(mask))
    }

    /// What one image takes: itself, where it is not the kept one, the filter's scratch, and after that grey
    /// levels and families.
    #[inline(never)]
    fn image(&self, pass: &Pass, workers: usize) -> Result<Footprint, Error> {
        if pass.work.is_idle() {
            return Ok(Footprint::NONE);
        }
        let lanes = self.lanes(pass, workers);
        let mut families = lanes.iter().fold(Footprint::NONE, |sum, lane| sum.all_of(*lane));
        let voxels = self.target.voxels();
        if pass.work.counts_intensities() {
            families = families.all_of(Occurrences::footprint(voxels, workers));
        }
        if pass.work.histogram {
            families = families.all_of(Footprint::of::<u64>(max_levels(pass) as usize));
        }
        if pass.work.levels() {
            let cells = padded_len(self.target.shape, pad(pass)).ok_or(TOO_LARGE)?;
            families = families.any_of(levels::footprint(voxels));
            families = families.all_of(match max_levels(pass) {
                ..=255 => Footprint::of::<u8>(cells),
                _ => Footprint::of::<u16>(cells),
            });
        }
        let operator = self.operator(pass)?;
        let field = self.field_box(pass, operator.as_ref(), self.target);
        let scratch = match &operator {
            Some(operator) => operator.footprint(field.shape),
            None if pass.alone => return Ok(families),
            None => Footprint::NONE,
        };
        Ok(Footprint::of::<f64>(field.voxels()).all_of(scratch.any_of(families)))
    }

    /// What interpolation takes before any family runs.
    fn prepare(&self, plan: &Plan, within: BoundingBox) -> Footprint {
        let resample = &plan.settings.resample;
        let mut needed = Footprint::NONE;
        if !self.regrid.is_identity() {
            let raw = Footprint::of::<u8>(self.target.voxels());
            let mask = resample::mask_footprint(&self.regrid, self.target, resample.mask_method);
            needed = raw.all_of(mask).any_of(resample::image_footprint(
                &self.regrid,
                within,
                resample.image_method,
            ));
        }
        if plan.pass(0).work.diagnostics && !self.regrid.is_identity() {
            let [_, _, nz] = self.regrid.shape();
            for z in (0..nz).step_by(SLAB) {
                let slab = self.slab(z);
                let scratch = resample::image_footprint(&self.regrid, slab, resample.image_method);
                needed = needed.any_of(Footprint::of::<f64>(slab.voxels()).all_of(scratch));
            }
        }
        needed
    }

    /// What the families take in each lane: its first job, or any of those that lanes share afterwards.
    pub(super) fn lanes(&self, pass: &Pass, workers: usize) -> heapless::Vec<Footprint, LANES> {
        let image = self.image_box(pass, self.target).shape;
        let needed =
            |job| jobs::footprint(pass, job, self.target.shape, image, self.regrid.spacing);
        let count = workers.clamp(1, LANES);
        let shared = pass.work.jobs().skip(count).map(needed);
        let shared = shared.fold(Footprint::NONE, Footprint::any_of);
        pass.work.jobs().take(count).map(|job| needed(job).any_of(shared)).collect()
    }

    /// The whole workspace.
    pub(super) fn total(&self, plan: &Plan, workers: usize) -> Result<Footprint, Error> {
        let within = self.source_box(plan, self.target)?;
        let mut after = self.prepare(plan, within);
        for image in 0..plan.passes() {
            after = after.any_of(self.image(&plan.pass(image), workers)?);
        }
        let total = self.kept(within)?.all_of(after);
        total.bytes().filter(|bytes| *bytes <= isize::MAX as usize).ok_or(TOO_LARGE)?;
        Ok(total)
    }
}

const TOO_LARGE: Error = Error::TooLarge { field: "region.box" };

/// The margin of the level volume: the longest distance a family looks.
pub(super) fn pad(pass: &Pass) -> usize {
    let s = &pass.settings;
    s.glcm.distance.max(s.ngtdm.distance).max(s.ngldm.distance).max(1) as usize
}

/// The most grey levels that discretisation can give under these settings.
pub(super) fn max_levels(pass: &Pass) -> u32 {
    let limit = pass.settings.texture.max_levels;
    let binning = &pass.settings.discretise;
    let bins = match binning.method {
        BinningMethod::None => None,
        BinningMethod::FixedBinNumber => Some(f64::from(binning.bin_count)),
        BinningMethod::FixedBinSize => {
            pass.settings.resegment.range.zip(binning.bin_width).and_then(|([low, high], width)| {
                let lower = binning.lower.unwrap_or(low);
                let bins = (high - lower) / width + 2.0;
                bins.is_finite().then_some(bins)
            })
        }
    };
    match bins {
        Some(bins) if bins < f64::from(limit) => (bins as u32).max(1),
        _ => limit,
    }
}
