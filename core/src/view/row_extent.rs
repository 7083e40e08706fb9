//! What one look at a row tells, taken from the voxels as they are stored: more of them fit a vector than of doubles.

use super::voxels::Voxels;
use super::{Image, Layout};
use crate::math;
use crate::volume::{Extent, Real};

/// The voxels of a row, and which one.
#[derive(Clone, Copy)]
struct Row<'l> {
    layout: &'l Layout,
    x: usize,
    yz: [usize; 2],
    count: usize,
}

impl Row<'_> {
    fn of<'d, T>(&self, data: &'d [T]) -> Option<&'d [T]> {
        self.layout.row(data, self.x, self.yz, self.count)
    }
}

/// Integers: all are whole and finite.
macro_rules! integers {
    ($row:expr, $data:expr, $type:ty) => {{
        let ends = (<$type>::MAX, <$type>::MIN);
        let look = |(low, high): ($type, $type), x: &$type| (low.min(*x), high.max(*x));
        let (low, high) = $row.of($data)?.iter().fold(ends, look);
        Some(Extent { low: f64::from(low), high: f64::from(high), whole: true, finite: true })
    }};
}

/// Of the types that scans come in; `None` for others, and where voxels are too large to tell the whole ones.
fn stored(voxels: Voxels<'_>, row: Row<'_>) -> Option<Extent> {
    match voxels {
        Voxels::U8(data) => integers!(row, data, u8),
        Voxels::I16(data) => integers!(row, data, i16),
        Voxels::U16(data) => integers!(row, data, u16),
        Voxels::F32(data) => {
            let extent = Extent::of(row.of(data)?);
            let most = math::abs(extent.low).max(math::abs(extent.high));
            (extent.whole || most <= <f32 as Real>::WHOLE).then_some(extent)
        }
        _ => None,
    }
}

impl Image<'_> {
    /// The extent of the intensities of `count` voxels, at least one, from (x, y, z) along x, where it is told quickly.
    pub(crate) fn extent_of_row(&self, x: usize, yz: [usize; 2], count: usize) -> Option<Extent> {
        let (slope, intercept) = self.rescale();
        let row = Row { layout: self.layout(), x, yz, count };
        let extent = stored(self.voxels(), row)?;
        if slope == 1.0 && intercept == 0.0 {
            return Some(extent);
        }
        let is_whole = |x: f64| math::floor(x) == x;
        if !(extent.whole && extent.finite && is_whole(slope) && is_whole(intercept)) {
            return None;
        }
        // Rounding keeps the order, so that extremes are those of the intensities.
        let ends = [extent.low, extent.high].map(|voxel| slope * voxel + intercept);
        let [low, high] = if slope > 0.0 { ends } else { [ends[1], ends[0]] };
        Some(Extent { low, high, ..extent })
    }
}
