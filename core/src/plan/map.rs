//! Filtered images as images: the response at every voxel of the grid.

use super::memory::Sizes;
use super::{Grid, Plan};
use crate::error::Error;
use crate::filter::Volume;
use crate::host::{Executor, Host, Watch};
use crate::prepare::normalise;
use crate::prepare::resample;
use crate::prepare::source::{self, Source};
use crate::settings::{NormaliseMethod, NormaliseOver};
use crate::view::{BoundingBox, Image};
use crate::workspace::{Arena, Footprint};

impl Plan {
    /// The grid on which features are computed, for an image on another.
    ///
    /// # Errors
    /// When the grid has no voxels or too many.
    pub fn target_grid(&self, grid: &Grid) -> Result<Grid, Error> {
        let regrid = Sizes::whole(self, grid)?.regrid;
        Ok(Grid { shape: regrid.shape(), spacing: regrid.spacing })
    }

    /// The workspace that [`Plan::map`] needs for an image on this grid.
    ///
    /// # Errors
    /// When the grid has no voxels or too many, or when there is no such filtered image.
    pub fn map_workspace(&self, grid: &Grid, filter: usize) -> Result<Footprint, Error> {
        let sizes = Sizes::whole(self, grid)?;
        let shape = sizes.regrid.shape();
        let mut needed = Footprint::NONE;
        if !sizes.regrid.is_identity() {
            let method = self.settings.resample.image_method;
            let whole = BoundingBox::whole(shape);
            needed = resample::image_footprint(&sizes.regrid, whole, method);
        }
        let operator = sizes.operator(&self.pass(self.checked(filter)?))?;
        let scratch = operator.map_or(Footprint::NONE, |operator| operator.footprint(shape));
        Ok(needed.any_of(scratch))
    }

    /// Writes the response of one of [`Plan::filters`] at every voxel of [`Plan::target_grid`], x fastest.
    ///
    /// The image is rounded, normalised and interpolated as for features; the contents of `out` and
    /// `workspace` do not matter.
    ///
    /// # Errors
    /// When there is no such filtered image, normalisation is over a region, a length does not fit, or the
    /// host cancels.
    pub fn map<E: Executor>(
        &self,
        image: &Image,
        filter: usize,
        host: &Host<'_, E>,
        workspace: &mut [u64],
        out: &mut [f64],
    ) -> Result<(), Error> {
        let grid = Grid::of(image);
        let sizes = Sizes::whole(self, &grid)?;
        let pass = self.pass(self.checked(filter)?);
        let regrid = &sizes.regrid;
        let whole = BoundingBox::whole(regrid.shape());
        if out.len() != whole.voxels() {
            let (needed, given) = (whole.voxels(), out.len());
            return Err(Error::OutputLength { field: "out", needed, given });
        }
        let watch = Watch::new(host.progress, 2);
        let source = Source::new(image, self.settings.load.round);
        let normalisation = &self.settings.normalise;
        if normalisation.method != NormaliseMethod::None
            && normalisation.over == NormaliseOver::Region
        {
            let expected = "image, where there is no region";
            return Err(Error::invalid("normalise.over", "region", expected));
        }
        let everything = BoundingBox::whole(grid.shape);
        let affine = normalise::affine(&source, None, everything, normalisation, &watch)?;
        let source = match affine {
            Ok(affine) => source.normalised(affine),
            Err(status) => {
                let expected = "none, where the image has no spread of finite intensities";
                return Err(Error::invalid("normalise.method", status.name(), expected));
            }
        };
        let mut arena = Arena::new(workspace);
        let read = |x: usize, yz: [usize; 2], row: &mut [f64]| source.read_row(x, yz, row);
        if regrid.is_identity() {
            let [nx, ny, _] = regrid.shape();
            for (at, row) in out.chunks_exact_mut(nx.max(1)).enumerate() {
                let [y, z] = [at % ny.max(1), at / ny.max(1)];
                if y == 0 {
                    watch.check()?;
                }
                read(0, [y, z], row);
            }
        } else {
            let method = self.settings.resample.image_method;
            resample::image(&read, regrid, whole, method, &watch, arena.scope(), out)?;
            if self.settings.resample.round {
                source::round(out);
            }
        }
        watch.advance(1)?;
        if let Some(operator) = sizes.operator(&pass)? {
            let mut volume = Volume { values: out, shape: regrid.shape() };
            operator.apply(&mut volume, pass.settings.filter.boundary(), &watch, arena)?;
        }
        watch.advance(1)
    }

    /// The pass of a filtered image.
    fn checked(&self, filter: usize) -> Result<usize, Error> {
        if filter < self.images.len() {
            Ok(filter + 1)
        } else {
            Err(Error::invalid("filter", filter, "one of the plan's filtered images"))
        }
    }
}
