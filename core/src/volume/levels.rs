//! The grey levels of the region.

use core::ops::Range;

use bytemuck::Pod;

use super::spans::Spans;
use super::{check, padded_strides};
use crate::error::Error;

/// An unsigned integer that holds a grey level; 0 is outside.
pub trait Level: Pod + Ord + Send + Sync {
    /// The largest level.
    const MAX: u32;
    /// The level as an index.
    fn index(self) -> usize;
    /// The level with this number, which must not be above [`Level::MAX`].
    fn from_index(level: u32) -> Self;
    /// How far two levels are apart.
    fn distance(self, other: Self) -> Self;
    /// The sum, where it is not above [`Level::MAX`].
    fn plus(self, other: Self) -> Self;
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
    #[inline]
    fn distance(self, other: Self) -> Self {
        self.abs_diff(other)
    }
    #[inline]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
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
    #[inline]
    fn distance(self, other: Self) -> Self {
        self.abs_diff(other)
    }
    #[inline]
    fn plus(self, other: Self) -> Self {
        self.wrapping_add(other)
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
    spans: Option<Spans<'a>>,
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
        let levels = Self { cells, shape, pad, count, voxels, spans: None };
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
        spans: Option<Spans<'a>>,
    ) -> Result<Self, Error> {
        check("levels.cells", cells, shape, pad)?;
        Ok(Self { cells, shape, pad, count, voxels, spans })
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

    /// A part of a row of the box that holds all its voxels: from the first to the last where that is known.
    #[inline]
    pub fn span(&self, y: usize, z: usize) -> Range<usize> {
        self.spans.map_or(0..self.shape[0], |spans| spans.row(y, z))
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

/// Some cells from a place on; zeros stand for those beyond the last cell of all.
#[inline(always)]
pub(crate) fn word<'c, L: Level, const N: usize>(
    cells: &'c [L],
    at: usize,
    spare: &'c mut [L; N],
) -> &'c [L; N] {
    match cells[at..].first_chunk() {
        Some(word) => word,
        None => {
            let rest = &cells[at..];
            spare.fill(L::zeroed());
            spare[..rest.len()].copy_from_slice(rest);
            spare
        }
    }
}
