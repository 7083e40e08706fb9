//! The region of interest, read in place.

use super::bits::{BitOrder, Bits};
use super::extent::{self, Tested};
use super::select::{Raw, with_test};
use super::voxels::with_voxels;
use super::{BoundingBox, Layout, Select, Voxels};
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;

/// Voxels read at once where a whole row is not needed.
const ROW: usize = 256;

/// A borrowed region, which has the grid of the image it is used with.
///
/// | held as | made by |
/// |---|---|
/// | mask of bytes, label image, fractional mask, of any type and order | [`Region::new`] with a [`Select`] |
/// | mask of bits | [`Region::bits`] |
/// | mask of a part of the grid | [`Region::boxed`] |
/// | indices, runs, contours | what [`crate::roi`] writes, then [`Region::boxed`] |
#[derive(Clone, Copy, Debug)]
pub struct Region<'a> {
    form: Form<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Form<'a> {
    Voxels { voxels: Voxels<'a>, layout: Layout, select: Select },
    Bits { bits: Bits<'a>, layout: Layout },
    Boxed { cells: &'a [u8], within: BoundingBox, shape: [usize; 3] },
}

impl<'a> Region<'a> {
    /// A region over a mask, label image or fractional mask.
    ///
    /// # Errors
    /// When the layout leaves the buffer, a label is not a finite number other than 0, or a threshold is not
    /// finite.
    pub fn new(
        voxels: impl Into<Voxels<'a>>,
        layout: Layout,
        select: Select,
    ) -> Result<Self, Error> {
        let voxels = voxels.into();
        layout.check_length("region.voxels", voxels.len())?;
        select.check()?;
        Ok(Self { form: Form::Voxels { voxels, layout, select } })
    }

    /// A region over one bit a voxel. Start and strides of the layout count bits.
    ///
    /// # Errors
    /// When the layout leaves the buffer.
    pub fn bits(bytes: &'a [u8], order: BitOrder, layout: Layout) -> Result<Self, Error> {
        let bits = Bits::new(bytes, order);
        layout.check_length("region.bits", bits.len())?;
        Ok(Self { form: Form::Bits { bits, layout } })
    }

    /// A region inside a box of a grid: a byte a cell of the box, x fastest, inside where it is not zero. Whatever
    /// lies beyond the box is outside. A box without cells is the empty region.
    ///
    /// # Errors
    /// When the grid has no voxels, the box leaves it, or there is not one byte a cell.
    pub fn boxed(
        cells: &'a [u8],
        within: BoundingBox,
        grid_shape: [usize; 3],
    ) -> Result<Self, Error> {
        Layout::x_fastest(grid_shape)?;
        within.check_inside("region.box", grid_shape)?;
        if cells.len() != within.voxels() {
            return Err(Error::invalid(
                "region.cells",
                cells.len(),
                "one byte for every cell of the box",
            ));
        }
        Ok(Self { form: Form::Boxed { cells, within, shape: grid_shape } })
    }

    /// Extent along x, y, z of the grid.
    pub const fn shape(&self) -> [usize; 3] {
        match &self.form {
            Form::Voxels { layout, .. } | Form::Bits { layout, .. } => layout.shape(),
            Form::Boxed { shape, .. } => *shape,
        }
    }

    /// Writes 1 for voxels of the region and 0 for others, from (x, y, z) along x. The row lies in the grid.
    pub fn read_row(&self, x: usize, [y, z]: [usize; 2], out: &mut [u8]) {
        match self.form {
            Form::Voxels { voxels, layout, select } => {
                with_voxels!(voxels, data => read_voxels(data, &layout, select, [x, y, z], out));
            }
            Form::Bits { bits, layout } => {
                let (first, step) = (layout.index(x, y, z), layout.strides()[0]);
                for (i, inside) in out.iter_mut().enumerate() {
                    *inside = u8::from(bits.get((first as isize + i as isize * step) as usize));
                }
            }
            Form::Boxed { cells, within, .. } => read_boxed(cells, within, [x, y, z], out),
        }
    }

    /// Number of voxels of the region in a box of the grid.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub(crate) fn voxels(&self, within: BoundingBox, watch: &Watch) -> Result<u64, Error> {
        let mut count = 0;
        let mut flags = [0u8; ROW];
        let mut pace = Pace::start(watch)?;
        let ([x0, y0, z0], [x1, y1, z1]) = (within.start, within.end());
        for z in z0..z1 {
            for y in y0..y1 {
                for x in (x0..x1).step_by(ROW) {
                    let row = &mut flags[..ROW.min(x1 - x)];
                    pace.spend(row.len())?;
                    self.read_row(x, [y, z], row);
                    count += row.iter().map(|inside| u64::from(*inside)).sum::<u64>();
                }
            }
        }
        Ok(count)
    }

    /// The smallest box around the region, or `None` when the region is empty. Reads the mask once.
    pub fn bounding_box(&self) -> Option<BoundingBox> {
        // Nobody listens, so nobody cancels.
        self.bounds(&Watch::silent()).unwrap_or(None)
    }

    /// [`Region::bounding_box`] for a host that may want to stop: large masks take a while.
    ///
    /// # Errors
    /// [`Error::Cancelled`].
    pub fn bounds(&self, watch: &Watch) -> Result<Option<BoundingBox>, Error> {
        match self.form {
            Form::Voxels { voxels, layout, select } => {
                with_voxels!(voxels, data => voxel_bounds(data, &layout, select, watch))
            }
            Form::Bits { bits, layout } => extent::bounds(&bits, &layout, watch),
            Form::Boxed { within, .. } if within.is_empty() => Ok(None),
            Form::Boxed { cells, within, .. } => {
                let layout = Layout::x_fastest(within.shape)?;
                let found = voxel_bounds(cells, &layout, Select::NonZero, watch)?;
                Ok(found.map(|b| b.moved(within.start)))
            }
        }
    }
}

fn read_voxels<T: Raw>(
    data: &[T],
    layout: &Layout,
    select: Select,
    [x, y, z]: [usize; 3],
    out: &mut [u8],
) {
    let count = out.len();
    with_test!(select, T, test => {
        layout.for_row(data, x, [y, z], count, |i, voxel| out[i] = u8::from(test(voxel)));
    });
}

fn voxel_bounds<T: Raw>(
    data: &[T],
    layout: &Layout,
    select: Select,
    watch: &Watch,
) -> Result<Option<BoundingBox>, Error> {
    with_test!(select, T, test => extent::bounds(&Tested { data, test }, layout, watch))
}

fn read_boxed(cells: &[u8], within: BoundingBox, [x, y, z]: [usize; 3], out: &mut [u8]) {
    out.fill(0);
    let ([x0, y0, z0], [x1, y1, z1]) = (within.start, within.end());
    let (from, to) = (x.max(x0), x.saturating_add(out.len()).min(x1));
    if !(y0..y1).contains(&y) || !(z0..z1).contains(&z) || from >= to {
        return;
    }
    let row = ((z - z0) * within.shape[1] + (y - y0)) * within.shape[0];
    let cells = &cells[row + (from - x0)..row + (to - x0)];
    for (inside, cell) in out[from - x..to - x].iter_mut().zip(cells) {
        *inside = u8::from(*cell != 0);
    }
}
