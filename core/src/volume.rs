//! The three volumes that features read: mask, intensities, grey levels.
//!
//! All cover the box of the region after preparation, x fastest, then y, then z. Mask and levels carry
//! a margin of zeros on every side, so that a neighbour is a constant offset away and needs no bounds test.

use bytemuck::Pod;

use crate::error::Error;
use crate::view::BoundingBox;

/// Cells of a box with a margin of `pad` on every side, or `None` when they cannot be addressed.
pub const fn padded_len(shape: [usize; 3], pad: usize) -> Option<usize> {
    let Some(both) = pad.checked_mul(2) else { return None };
    let mut cells = 1usize;
    let mut axis = 0;
    while axis < 3 {
        let Some(side) = shape[axis].checked_add(both) else { return None };
        let Some(product) = cells.checked_mul(side) else { return None };
        cells = product;
        axis += 1;
    }
    Some(cells)
}

fn check<T>(field: &'static str, cells: &[T], shape: [usize; 3], pad: usize) -> Result<(), Error> {
    match padded_len(shape, pad) {
        // Offsets are signed.
        Some(len) if len <= isize::MAX as usize => {
            if cells.len() == len {
                Ok(())
            } else {
                Err(Error::invalid(field, cells.len(), "a length equal to the padded box"))
            }
        }
        _ => Err(Error::TooLarge { field }),
    }
}

const fn padded_strides(shape: [usize; 3], pad: usize) -> [isize; 3] {
    let row = shape[0] + 2 * pad;
    [1, row as isize, (row * (shape[1] + 2 * pad)) as isize]
}

/// The voxels of the region: a byte of flags per cell, with a margin of one.
#[derive(Clone, Copy, Debug)]
pub struct Mask<'a> {
    cells: &'a [u8],
    shape: [usize; 3],
}

impl<'a> Mask<'a> {
    /// Flag of the morphological mask: the region as drawn (after interpolation).
    pub const MORPHOLOGICAL: u8 = 1;
    /// Flag of the intensity mask: what re-segmentation left; a subset of the morphological mask.
    pub const INTENSITY: u8 = 2;
    /// The margin.
    pub const PAD: usize = 1;

    /// A mask over padded cells whose margin is zero.
    ///
    /// # Errors
    /// When the length does not fit the shape.
    pub fn new(cells: &'a [u8], shape: [usize; 3]) -> Result<Self, Error> {
        check("mask.cells", cells, shape, Self::PAD)?;
        Ok(Self { cells, shape })
    }

    /// Extent of the box without the margin.
    pub const fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// All cells, with the margin.
    pub const fn cells(&self) -> &'a [u8] {
        self.cells
    }

    /// Distance between neighbours along x, y, z in [`Mask::cells`].
    pub const fn strides(&self) -> [isize; 3] {
        padded_strides(self.shape, Self::PAD)
    }

    /// Index in [`Mask::cells`] of the voxel at x, y, z of the box.
    #[inline]
    pub const fn index(&self, x: usize, y: usize, z: usize) -> usize {
        let [_, sy, sz] = self.strides();
        (x + Self::PAD) + (y + Self::PAD) * sy as usize + (z + Self::PAD) * sz as usize
    }

    /// The flags of one row of the box, without the margin.
    #[inline]
    pub fn row(&self, y: usize, z: usize) -> &'a [u8] {
        let start = self.index(0, y, z);
        &self.cells[start..start + self.shape[0]]
    }

    /// The smallest box around the voxels that have the flag, or `None` without any.
    pub fn bounding_box(&self, flag: u8) -> Option<BoundingBox> {
        let mut found = None;
        for z in 0..self.shape[2] {
            for y in 0..self.shape[1] {
                let row = self.row(y, z);
                let first = row.iter().position(|f| f & flag != 0);
                let last = row.iter().rposition(|f| f & flag != 0);
                if let (Some(first), Some(last)) = (first, last) {
                    BoundingBox::include(&mut found, [first, y, z], last + 1 - first);
                }
            }
        }
        found
    }

    /// Number of voxels that have the flag.
    pub fn count(&self, flag: u8) -> u64 {
        self.cells.iter().map(|c| u64::from(c & flag != 0)).sum()
    }
}

/// The intensities, without a margin. The box may be larger than the region's box, for features that
/// look beyond the region.
#[derive(Clone, Copy, Debug)]
pub struct Intensities<'a> {
    cells: &'a [f64],
    shape: [usize; 3],
    region_start: [usize; 3],
    region_shape: [usize; 3],
}

impl<'a> Intensities<'a> {
    /// Intensities of a box in which the region's box starts at `region_start`.
    ///
    /// # Errors
    /// When the length does not fit the shape or the region's box leaves it.
    pub fn new(
        cells: &'a [f64],
        shape: [usize; 3],
        region_start: [usize; 3],
        region_shape: [usize; 3],
    ) -> Result<Self, Error> {
        check("intensities.cells", cells, shape, 0)?;
        for axis in 0..3 {
            match region_start[axis].checked_add(region_shape[axis]) {
                Some(end) if end <= shape[axis] => {}
                _ => {
                    return Err(Error::invalid(
                        "intensities.region_start",
                        region_start[axis],
                        "a region box inside the image box",
                    ));
                }
            }
        }
        Ok(Self { cells, shape, region_start, region_shape })
    }

    /// Extent of the whole box.
    pub const fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// First voxel of the region's box within the whole box.
    pub const fn region_start(&self) -> [usize; 3] {
        self.region_start
    }

    /// Extent of the region's box.
    pub const fn region_shape(&self) -> [usize; 3] {
        self.region_shape
    }

    /// One row of the whole box.
    #[inline]
    pub fn image_row(&self, y: usize, z: usize) -> &'a [f64] {
        let start = (z * self.shape[1] + y) * self.shape[0];
        &self.cells[start..start + self.shape[0]]
    }

    /// One row of the region's box.
    #[inline]
    pub fn row(&self, y: usize, z: usize) -> &'a [f64] {
        let row = self.image_row(y + self.region_start[1], z + self.region_start[2]);
        &row[self.region_start[0]..self.region_start[0] + self.region_shape[0]]
    }
}

/// An unsigned integer that holds a grey level; 0 is outside.
pub trait Level: Pod + Ord + Send + Sync {
    /// The largest level.
    const MAX: u32;
    /// The level as an index.
    fn index(self) -> usize;
    /// The level with this number, which must not be above [`Level::MAX`].
    fn from_index(level: u32) -> Self;
}

impl Level for u8 {
    const MAX: u32 = u8::MAX as u32;
    #[inline]
    fn index(self) -> usize {
        self as usize
    }
    #[inline]
    fn from_index(level: u32) -> Self {
        level as u8
    }
}

impl Level for u16 {
    const MAX: u32 = u16::MAX as u32;
    #[inline]
    fn index(self) -> usize {
        self as usize
    }
    #[inline]
    fn from_index(level: u32) -> Self {
        level as u16
    }
}

/// The grey levels of the intensity mask: 1 up to [`Levels::count`], 0 outside.
#[derive(Clone, Copy, Debug)]
pub struct Levels<'a, L> {
    cells: &'a [L],
    shape: [usize; 3],
    pad: usize,
    count: u32,
    voxels: u64,
}

impl<'a, L: Level> Levels<'a, L> {
    /// Levels over padded cells whose margin is zero. `pad` is at least 1 and at least as large as the
    /// longest distance that a family looks; `count` is the number of grey levels N_g.
    ///
    /// # Errors
    /// When the length does not fit the shape, a cell lies above `count`, or the margin is not zero.
    pub fn new(cells: &'a [L], shape: [usize; 3], pad: usize, count: u32) -> Result<Self, Error> {
        check("levels.cells", cells, shape, pad)?;
        if pad == 0 {
            return Err(Error::invalid("levels.pad", pad, "a margin of at least 1"));
        }
        if count > L::MAX {
            return Err(Error::invalid("levels.count", count, "levels that fit their type"));
        }
        let mut voxels = 0u64;
        let mut highest = 0;
        for cell in cells {
            voxels += u64::from(cell.index() != 0);
            highest = highest.max(cell.index());
        }
        if highest > count as usize {
            return Err(Error::invalid("levels.cells", highest, "levels up to levels.count"));
        }
        let levels = Self { cells, shape, pad, count, voxels };
        // The margin is what keeps every walk along a direction inside the cells.
        let rows = (0..shape[2]).flat_map(|z| (0..shape[1]).map(move |y| (y, z)));
        let inside = |row: &[L]| row.iter().map(|cell| u64::from(cell.index() != 0)).sum::<u64>();
        let inside: u64 = rows.map(|(y, z)| inside(levels.row(y, z))).sum();
        if inside != voxels {
            let expected = "zeros in the margin";
            return Err(Error::invalid("levels.cells", (voxels - inside) as usize, expected));
        }
        Ok(levels)
    }

    /// Levels that [`crate::prepare::levels::fill`] has just written, with their number of voxels.
    pub(crate) fn filled(
        cells: &'a [L],
        shape: [usize; 3],
        pad: usize,
        count: u32,
        voxels: u64,
    ) -> Result<Self, Error> {
        check("levels.cells", cells, shape, pad)?;
        Ok(Self { cells, shape, pad, count, voxels })
    }

    /// Extent of the box without the margin.
    pub const fn shape(&self) -> [usize; 3] {
        self.shape
    }

    /// The margin on every side.
    pub const fn pad(&self) -> usize {
        self.pad
    }

    /// Number of grey levels N_g, whether present or not.
    pub const fn count(&self) -> u32 {
        self.count
    }

    /// Number of voxels N_v that have a level.
    pub const fn voxels(&self) -> u64 {
        self.voxels
    }

    /// Whether counters and cell numbers of 32 bits are enough for the box.
    pub(crate) fn check_countable(&self) -> Result<(), Error> {
        if self.cells.len() < u32::MAX as usize / 2 {
            Ok(())
        } else {
            Err(Error::TooLarge { field: "region.box" })
        }
    }

    /// All cells, with the margin.
    pub const fn cells(&self) -> &'a [L] {
        self.cells
    }

    /// Distance between neighbours along x, y, z in [`Levels::cells`].
    pub const fn strides(&self) -> [isize; 3] {
        padded_strides(self.shape, self.pad)
    }

    /// Index in [`Levels::cells`] of the voxel at x, y, z of the box.
    #[inline]
    pub const fn index(&self, x: usize, y: usize, z: usize) -> usize {
        let [_, sy, sz] = self.strides();
        (x + self.pad) + (y + self.pad) * sy as usize + (z + self.pad) * sz as usize
    }

    /// What to add to an index to go `d` voxels along x, y, z.
    #[inline]
    pub const fn offset(&self, d: [i32; 3]) -> isize {
        let [sx, sy, sz] = self.strides();
        d[0] as isize * sx + d[1] as isize * sy + d[2] as isize * sz
    }

    /// One row of the box, without the margin.
    #[inline]
    pub fn row(&self, y: usize, z: usize) -> &'a [L] {
        let start = self.index(0, y, z);
        &self.cells[start..start + self.shape[0]]
    }
}

/// The 13 directions of a volume: one of each opposite pair; the first four lie in a slice.
pub const DIRECTIONS: [[i32; 3]; 13] = [
    [1, 0, 0],
    [0, 1, 0],
    [1, 1, 0],
    [-1, 1, 0],
    [0, 0, 1],
    [1, 0, 1],
    [-1, 0, 1],
    [0, 1, 1],
    [0, -1, 1],
    [1, 1, 1],
    [-1, 1, 1],
    [1, -1, 1],
    [-1, -1, 1],
];
/// How many of [`DIRECTIONS`] lie in a slice.
pub const PLANAR_DIRECTIONS: usize = 4;
