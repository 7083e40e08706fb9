//! The whole chain: settings become an immutable plan, a plan extracts from as many regions as wanted.
//!
//! A [`Plan`] is checked once, fixes the list of columns, and announces the workspace for a grid, a region
//! box and a number of workers. Extraction with exactly that much succeeds; with one word less it returns
//! the size that is needed.

mod chain;
mod column;
mod diagnostics;
mod ivh;
mod jobs;
mod memory;
mod observed;
mod results;
mod select;
mod summary;
mod work;

#[cfg(feature = "alloc")]
mod owned;

pub use column::{Column, Parameter};
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
use work::Work;

/// No plan has more columns: every family in every aggregation with eight fractions is below 600.
const MAX_COLUMNS: usize = 640;

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
    columns: heapless::Vec<Packed, MAX_COLUMNS>,
    work: Work,
}

impl Plan {
    /// Checks the settings and fixes the columns.
    ///
    /// # Errors
    /// What [`Settings::check`] finds.
    pub fn new(settings: &Settings) -> Result<Self, Error> {
        settings.check()?;
        let mut columns = heapless::Vec::new();
        let mut overflow = false;
        column::columns(settings, |packed| overflow |= columns.push(packed).is_err());
        if overflow {
            return Err(Error::TooLarge { field: "plan.columns" });
        }
        let work = Work::of(&columns);
        Ok(Self { settings: settings.clone(), columns, work })
    }

    /// Keeps the columns that any selector names: a family, a feature name, an IBSI code or a tag.
    /// Families that no column needs are not computed.
    ///
    /// # Errors
    /// [`Error::UnknownFeature`] for the first selector that names no column of this plan, which then
    /// stays as it was.
    pub fn select(&mut self, selectors: &[&str]) -> Result<(), Error> {
        let mut keep = [false; MAX_COLUMNS];
        for selector in selectors {
            let mut found = false;
            for (keep, packed) in keep.iter_mut().zip(&self.columns) {
                let hit = select::matches(&packed.unpack(&self.settings), selector);
                *keep |= hit;
                found |= hit;
            }
            if !found {
                return Err(Error::UnknownFeature { selector: crate::error::excerpt(selector) });
            }
        }
        let mut index = 0;
        self.columns.retain(|_| {
            index += 1;
            keep[index - 1]
        });
        self.work = Work::of(&self.columns);
        Ok(())
    }

    /// The settings in effect.
    pub const fn settings(&self) -> &Settings {
        &self.settings
    }

    /// Number of columns.
    pub fn len(&self) -> usize {
        self.columns.len()
    }

    /// Whether there is no column.
    pub fn is_empty(&self) -> bool {
        self.columns.is_empty()
    }

    /// The columns, in the order of the values.
    pub fn columns(&self) -> impl ExactSizeIterator<Item = Column> + '_ {
        self.columns.iter().map(|packed| packed.unpack(&self.settings))
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
        let mut results = results::Results::undefined(Status::NotComputed);
        match chain::run(self, image, region, host, workspace, observer, &mut results) {
            Ok(summary) => {
                for ((value, status), packed) in values.iter_mut().zip(status).zip(&self.columns) {
                    let result = results.get(*packed);
                    (*value, *status) = (result.number(), result.status());
                }
                Ok(summary)
            }
            Err(error) => {
                if error == Error::Cancelled {
                    status.fill(Status::Cancelled);
                }
                Err(error)
            }
        }
    }
}
