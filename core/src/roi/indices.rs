//! Regions held as a list of voxel numbers.

use super::cells::Cells;
use super::{Base, Numbers, Order};
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::view::voxels::with_voxels;
use crate::view::{BoundingBox, Voxels};

/// A region as numbers of its voxels in the order of the host's array, each with the share of the voxel that is
/// inside if the host knows it: MATLAB's `find(mask)`, NumPy's `flatnonzero`, the voxel lists of planning
/// systems. A voxel may occur more than once and is inside when one of its entries is.
#[derive(Clone, Copy, Debug)]
pub struct Indices<'a> {
    indices: Numbers<'a>,
    base: Base,
    order: Order,
    occupancy: Option<(Voxels<'a>, f64)>,
}

impl<'a> Indices<'a> {
    /// A region of the voxels with these numbers.
    pub fn new(indices: impl Into<Numbers<'a>>, base: Base, order: Order) -> Self {
        Self { indices: indices.into(), base, order, occupancy: None }
    }

    /// Keeps only entries whose occupancy is at least the threshold. It counts in the values of the list: half
    /// is 0.5 among fractions from 0 to 1, and 127.5 among bytes from 0 to 255. NaN is outside.
    ///
    /// # Errors
    /// When there is not one occupancy an index, or the threshold is not finite.
    pub fn with_occupancy(
        mut self,
        occupancy: impl Into<Voxels<'a>>,
        threshold: f64,
    ) -> Result<Self, Error> {
        let occupancy = occupancy.into();
        if occupancy.len() != self.indices.len() {
            let expected = "as many occupancies as indices";
            return Err(Error::invalid("occupancy", occupancy.len(), expected));
        }
        if !threshold.is_finite() {
            return Err(Error::invalid("threshold", threshold, "a finite threshold"));
        }
        self.occupancy = Some((occupancy, threshold));
        Ok(self)
    }

    /// The smallest box around the region, or `None` when it is empty.
    ///
    /// # Errors
    /// The first index that is not whole or not in the grid; [`Error::Cancelled`].
    pub fn bounds(&self, watch: &Watch) -> Result<Option<BoundingBox>, Error> {
        let mut found = None;
        self.each(watch, |place| {
            BoundingBox::enclose(&mut found, BoundingBox { start: place, shape: [1; 3] });
        })?;
        Ok(found)
    }

    /// Writes the mask of a box of the grid and counts the voxels in it.
    ///
    /// # Errors
    /// The first index that is not whole or not in the grid; a box that leaves the grid; an output that has not
    /// one cell a voxel of the box; [`Error::Cancelled`]. After an error the output means nothing.
    pub fn fill(&self, within: BoundingBox, out: &mut [u8], watch: &Watch) -> Result<u64, Error> {
        let mut cells = Cells::clear(self.order.shape(), within, out)?;
        let mut voxels = 0;
        self.each(watch, |place| voxels += cells.set(0, place, 1))?;
        Ok(voxels)
    }

    /// Checks every index and visits those of the region.
    fn each(&self, watch: &Watch, mut visit: impl FnMut([usize; 3])) -> Result<(), Error> {
        let mut pace = Pace::start(watch)?;
        let voxels = self.order.voxels();
        for at in 0..self.indices.len() {
            pace.spend(16)?;
            let number = self.indices.whole(at).and_then(|n| self.base.count_from_zero(n));
            let Some(number) = number.filter(|n| *n < voxels) else {
                let expected = match self.base {
                    Base::Zero => "a whole number from 0 to one less than the voxels of the grid",
                    Base::One => "a whole number from 1 to the voxels of the grid",
                };
                return Err(Error::invalid_at("indices", at, self.indices.detail(at), expected));
            };
            let inside = self.occupancy.is_none_or(|(occupancy, threshold)| {
                with_voxels!(occupancy, data => f64::from(data[at]) >= threshold)
            });
            if inside {
                visit(self.order.to_xyz(self.order.split(number)));
            }
        }
        Ok(())
    }
}
