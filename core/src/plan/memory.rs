//! How much workspace an extraction takes, and of what it is made.

use super::jobs;
use super::work::lanes;
use super::{Grid, Plan};
use crate::error::Error;
use crate::family::local_intensity;
use crate::prepare::grid::Regrid;
use crate::prepare::resample;
use crate::settings::BinningMethod;
use crate::view::BoundingBox;
use crate::volume::{Mask, padded_len};
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

    /// The box of intensities around a region's box: larger where a family looks beyond the region.
    pub(super) fn image_box(&self, plan: &Plan, target: BoundingBox) -> BoundingBox {
        let reach = match plan.work.local {
            true => local_intensity::reach(self.regrid.spacing),
            false => [0; 3],
        };
        target.grown(reach, self.regrid.shape())
    }

    /// A slab of the whole grid, for diagnostics.
    pub(super) fn slab(&self, z: usize) -> BoundingBox {
        let [nx, ny, nz] = self.regrid.shape();
        BoundingBox { start: [0, 0, z], shape: [nx, ny, SLAB.min(nz - z)] }
    }

    /// What stays for the whole extraction: intensities, mask, grey levels.
    fn kept(&self, plan: &Plan) -> Result<Footprint, Error> {
        let image = self.image_box(plan, self.target);
        let mask = padded_len(self.target.shape, Mask::PAD).ok_or(TOO_LARGE)?;
        let mut kept = Footprint::of::<f64>(image.voxels()).all_of(Footprint::of::<u8>(mask));
        if plan.work.levels() {
            let cells = padded_len(self.target.shape, pad(plan)).ok_or(TOO_LARGE)?;
            kept = kept.all_of(match max_levels(plan) {
                ..=255 => Footprint::of::<u8>(cells),
                _ => Footprint::of::<u16>(cells),
            });
        }
        Ok(kept)
    }

    /// What interpolation takes before any family runs.
    fn prepare(&self, plan: &Plan) -> Footprint {
        let resample = &plan.settings.resample;
        let raw = Footprint::of::<u8>(self.target.voxels());
        let image = self.image_box(plan, self.target);
        let mut needed = raw;
        if !self.regrid.is_identity() {
            let mask = resample::mask_footprint(&self.regrid, self.target, resample.mask_method);
            needed = needed.all_of(mask).any_of(resample::image_footprint(
                &self.regrid,
                image,
                resample.image_method,
            ));
        }
        if plan.work.diagnostics && !self.regrid.is_identity() {
            let [_, _, nz] = self.regrid.shape();
            for z in (0..nz).step_by(SLAB) {
                let slab = self.slab(z);
                let scratch = resample::image_footprint(&self.regrid, slab, resample.image_method);
                needed = needed.any_of(Footprint::of::<f64>(slab.voxels()).all_of(scratch));
            }
        }
        needed
    }

    /// What the families take in each lane.
    pub(super) fn lanes(&self, plan: &Plan, workers: usize) -> heapless::Vec<Footprint, 8> {
        let mut out = heapless::Vec::new();
        let image = self.image_box(plan, self.target).shape;
        for (job, lane) in lanes(&plan.work, workers) {
            let needed = jobs::footprint(plan, job, self.target.shape, image, self.regrid.spacing);
            while out.len() <= lane {
                // There are as many places as jobs, and never more lanes than jobs.
                let _ = out.push(Footprint::NONE);
            }
            out[lane] = out[lane].any_of(needed);
        }
        out
    }

    /// The whole workspace.
    pub(super) fn total(&self, plan: &Plan, workers: usize) -> Result<Footprint, Error> {
        let lanes = self.lanes(plan, workers);
        let families = lanes.iter().fold(Footprint::NONE, |sum, lane| sum.all_of(*lane));
        let total = self.kept(plan)?.all_of(self.prepare(plan).any_of(families));
        total.bytes().filter(|bytes| *bytes <= isize::MAX as usize).ok_or(TOO_LARGE)?;
        Ok(total)
    }
}

const TOO_LARGE: Error = Error::TooLarge { field: "region.box" };

/// The margin of the level volume: the longest distance a family looks.
pub(super) fn pad(plan: &Plan) -> usize {
    let s = &plan.settings;
    s.glcm.distance.max(s.ngtdm.distance).max(s.ngldm.distance).max(1) as usize
}

/// The most grey levels that discretisation can give under these settings.
pub(super) fn max_levels(plan: &Plan) -> u32 {
    let limit = plan.settings.texture.max_levels;
    let binning = &plan.settings.discretise;
    let bins = match binning.method {
        BinningMethod::None => None,
        BinningMethod::FixedBinNumber => Some(f64::from(binning.bin_count)),
        BinningMethod::FixedBinSize => {
            plan.settings.resegment.range.zip(binning.bin_width).and_then(|([low, high], width)| {
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
