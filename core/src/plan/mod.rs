//! The whole chain: settings become an immutable plan, a plan extracts from as many regions as wanted.
//!
//! A [`Plan`] is checked once, fixes the list of columns, and announces the workspace for a grid, a region
//! box and a number of workers. Extraction with exactly that much succeeds; with one word less it returns
//! the size that is needed.

mod chain;
mod column;
mod describe;
mod diagnostics;
mod filter;
mod image;
mod ivh;
mod jobs;
mod lanes;
mod looked;
mod map;
mod memory;
mod observed;
mod operator;
mod pass;
mod results;
mod select;
mod steps;
mod summary;
mod work;

#[cfg(feature = "alloc")]
mod owned;

pub use column::{Column, Parameter};
pub use filter::{Filter, Parameters};
pub use observed::{Observed, Observer};
#[cfg(feature = "alloc")]
pub use owned::Workspace;
pub use summary::Summary;

use crate::error::Error;
use crate::host::{Executor, Host};
use crate::settings::Settings;
use crate::status::Status;
use crate::view::{BoundingBox, Image, Region};
use crate::workspace::Footprint;
use column::Packed;
use filter::MAX_IMAGES;
use work::Work;

/// No image has more columns: every family in every aggregation with eight fractions is below 600.
const MAX_COLUMNS: usize = 640;

/// Which of the base columns an image has, as bits.
type Kept = [u64; MAX_COLUMNS / 64];

/// Whether a bit is set.
fn is_kept(kept: &Kept, index: usize) -> bool {
    kept.get(index / 64).is_some_and(|word| word >> (index % 64) & 1 == 1)
}

/// Extent and spacing of a voxel grid: what memory depends on.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Grid {
    /// Voxels along x, y, z.
    pub shape: [usize; 3],
    /// Distance between voxel centres in mm.
    pub spacing: [f64; 3],
}

impl Grid {
    /// The grid of an image.
    pub const fn of(image: &Image) -> Self {
        Self { shape: image.shape(), spacing: image.geometry().spacing }
    }
}

/// Checked settings with their columns.
#[derive(Clone, Debug)]
pub struct Plan {
    settings: Settings,
    /// The columns that an image can have; images have a part of them each.
    base: heapless::Vec<Packed, MAX_COLUMNS>,
    /// The filtered images.
    images: heapless::Vec<Filter, MAX_IMAGES>,
    /// The columns of the unfiltered image, then of the filtered ones.
    kept: heapless::Vec<Kept, { MAX_IMAGES + 1 }>,
    /// What these columns need, image by image.
    works: heapless::Vec<Work, { MAX_IMAGES + 1 }>,
}

impl Plan {
    /// Checks the settings and fixes the columns.
    ///
    /// # Errors
    /// What [`Settings::check`] finds; [`Error::TooLarge`] with more than 64 filtered images.
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        settings.check()?;
        let mut base = heapless::Vec::new();
        let mut overflow = false;
        column::columns(settings, |packed| overflow |= base.push(packed).is_err());
        if overflow {
            return Err(Error::TooLarge { field: "plan.columns" });
        }
        let images = filter::images(&settings.filter)?;
        let (kept, works) = (heapless::Vec::new(), heapless::Vec::new());
        let mut plan = Self { settings: settings.clone(), base, images, kept, works };
        for image in 0..plan.passes() {
            let mut kept = Kept::default();
            for (index, packed) in plan.base.iter().enumerate() {
                let has = column::has(settings, *packed, image > 0);
                kept[index / 64] |= u64::from(has) << (index % 64);
            }
            // As many places as images, and one.
            let _ = plan.kept.push(kept);
        }
        plan.find_works();
        Ok(plan)
    }

    /// What the columns of each image need, found once for all extractions.
    fn find_works(&mut self) {
        self.works = (0..self.kept.len()).map(|image| Work::of(self.kept(image))).collect();
    }

    /// Keeps the columns that any selector names: a family, a feature name, an IBSI code, a tag, a filter
    /// (`log`, or `original` for the unfiltered image), the name of a filtered image, or one of these after a
    /// filter or image and a colon (`log:statistics`). What no column needs is not computed.
    ///
    /// # Errors
    /// [`Error::UnknownFeature`] for the first selector that names no column of this plan, which then
    /// stays as it was.
    pub fn select(&mut self, selectors: &[&str]) -> Result<(), Error> {
        let mut keep: heapless::Vec<Kept, { MAX_IMAGES + 1 }> = heapless::Vec::new();
        let _ = keep.resize(self.kept.len(), Kept::default());
        for selector in selectors {
            let mut found = false;
            for (image, (keep, kept)) in keep.iter_mut().zip(&self.kept).enumerate() {
                let filter = self.filter_of(image);
                for (index, packed) in self.base.iter().enumerate() {
                    if !is_kept(kept, index) {
                        continue;
                    }
                    if select::matches(&packed.unpack(&self.settings, filter), selector) {
                        keep[index / 64] |= 1 << (index % 64);
                        found = true;
                    }
                }
            }
            if !found {
                return Err(Error::UnknownFeature { selector: crate::error::excerpt(selector) });
            }
        }
        self.kept = keep;
        self.find_works();
        Ok(())
    }

    /// The columns of one image.
    fn kept(&self, image: usize) -> impl Iterator<Item = Packed> + '_ {
        let kept = self.kept.get(image).copied().unwrap_or_default();
        let base = self.base.iter().enumerate();
        base.filter(move |(index, _)| is_kept(&kept, *index)).map(|(_, packed)| *packed)
    }

    /// The place of an image's first column.
    fn first_column(&self, image: usize) -> usize {
        let ones = |kept: &Kept| kept.iter().map(|word| word.count_ones() as usize).sum::<usize>();
        self.kept.iter().take(image).map(ones).sum()
    }

    fn filter_of(&self, image: usize) -> Option<Filter> {
        image.checked_sub(1).and_then(|i| self.images.get(i)).copied()
    }

    /// The filtered images, in the order of their columns.
    pub fn filters(&self) -> &[Filter] {
        &self.images
    }

    /// The settings in effect.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.first_column(self.kept.len())
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The columns, in the order of the values: those of the unfiltered image, then image by image.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = Column> + '_ {
        column::Columns::new(self)
    }

    /// The workspace that suffices for any region inside a box of a grid, with this many workers.
    ///
    /// # Errors
    /// When the box leaves the grid or the memory cannot be addressed.
    pub fn workspace(
        &self,
        grid: &Grid,
        region: BoundingBox,
        workers: usize,
    ) -> Result<Footprint, Error> {
        memory::Sizes::new(self, grid, region)?.total(self, workers)
    }

    /// Computes every column for one region.
    ///
    /// `values` and `status` have [`Plan::len`] entries; `workspace` has at least the words that
    /// [`Plan::workspace`] announces for the region's [`Region::bounding_box`] and the executor's
    /// workers. Its contents do not matter. A column without a value holds NaN and its reason.
    ///
    /// # Errors
    /// When an argument does not fit, the workspace is too small, or the host cancels. Then no output
    /// holds a value.
    pub fn extract<E: Executor>(
        &self,
        image: &Image,
        region: &Region,
        host: &Host<'_, E>,
        workspace: &mut [u64],
        values: &mut [f64],
        status: &mut [Status],
    ) -> Result<Summary, Error> {
        self.extract_observed(image, region, host, workspace, None, values, status)
    }

    /// As [`Plan::extract`], and shows an observer what the families read.
    ///
    /// # Errors
    /// As [`Plan::extract`].
    #[allow(clippy::too_many_arguments)]
    pub fn extract_observed<E: Executor>(
        &self,
        image: &Image,
        region: &Region,
        host: &Host<'_, E>,
        workspace: &mut [u64],
        observer: Option<Observer<'_>>,
        values: &mut [f64],
        status: &mut [Status],
    ) -> Result<Summary, Error> {
        values.fill(f64::NAN);
        status.fill(Status::NotComputed);
        for (field, given) in [("values", values.len()), ("status", status.len())] {
            if given != self.len() {
                return Err(Error::OutputLength { field, needed: self.len(), given });
            }
        }
        let mut out = results::Output { values: &mut *values, status: &mut *status };
        let outcome = chain::run(self, image, region, host, workspace, observer, &mut out);
        if let Err(error) = &outcome {
            values.fill(f64::NAN);
            status.fill(match error {
                Error::Cancelled => Status::Cancelled,
                _ => Status::NotComputed,
            });
        }
        outcome
    }
}
