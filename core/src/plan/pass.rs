//! One image of a plan on its way through the families: the unfiltered one, or a filtered one.

use super::Plan;
use super::filter::Filter;
use super::work::Work;
use crate::settings::{BinningMethod, Resegment, Settings};

/// What the families need to know about one image.
pub(super) struct Pass {
    /// The settings that count for this image.
    pub settings: Settings,
    /// What its columns need.
    pub work: Work,
    /// How it is filtered.
    pub filter: Option<Filter>,
    /// Whether it is the only image: then it is read where it was interpolated to, without a copy.
    pub alone: bool,
}

impl Pass {
    /// Steps of work that are reported: the jobs and the filter.
    pub(super) fn steps(&self) -> u32 {
        let filter = u32::from(self.filter.is_some() && !self.work.is_idle());
        self.work.jobs().count() as u32 + filter
    }
}

impl Plan {
    /// Number of images: the unfiltered one counts whether it has columns or not.
    pub(super) fn passes(&self) -> usize {
        1 + self.images.len()
    }

    /// One image: 0 is the unfiltered one.
    ///
    /// Responses have no unit and no range of their own: the re-segmentation range is one of intensities, and
    /// bins lie between the extremes in the region.
    pub(super) fn pass(&self, image: usize) -> Pass {
        let mut settings = self.settings.clone();
        let filter = image.checked_sub(1).and_then(|i| self.images.get(i)).copied();
        if let Some(filter) = filter {
            let filters = &self.settings.filter;
            let width = filters.bin_width[filter.kind as usize];
            settings.resegment = Resegment { range: None, sigma: None };
            settings.discretise.method = match width {
                Some(_) => BinningMethod::FixedBinSize,
                None => BinningMethod::FixedBinNumber,
            };
            settings.discretise.bin_width = width;
            settings.discretise.bin_count = filters.bin_count;
            settings.discretise.lower = None;
            settings.ivh.binning.method = BinningMethod::FixedBinNumber;
            settings.ivh.binning.bin_count = filters.ivh_bin_count;
        }
        let work = self.works.get(image).copied().unwrap_or_default();
        Pass { settings, work, filter, alone: self.images.is_empty() }
    }
}
