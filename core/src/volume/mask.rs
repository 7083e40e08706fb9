//! The voxels of the region.

use core::ops::Range;

use super::spans::Spans;
use super::{check, padded_strides};
use crate::error::Error;
use crate::view::BoundingBox;

/// The voxels of the region: a byte of flags per cell, with a margin of one.
#[derive(Clone, Copy, Debug)]
pub struct Mask<'a> {
    cells: &'a [u8],
    shape: [usize; 3],
    spans: Option<Spans<'a>>,
    /// Whether both masks are known to be the same.
    intact: bool,
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
        Ok(Self { cells, shape, spans: None, intact: false })
    }

    /// The same mask, of which it is known where the voxels of the morphological mask lie in each row; `intact` where
    /// the intensity mask has the same.
    #[must_use]
    pub(crate) const fn with_spans(mut self, spans: Spans<'a>, intact: bool) -> Self {
        (self.spans, self.intact) = (Some(spans), intact);
        self
    }

    /// The spans, if they count the voxels that have the flag.
    fn counted(&self, flag: u8) -> Option<Spans<'a>> {
        self.spans.filter(|_| self.intact || flag == Self::MORPHOLOGICAL)
    }

    /// Where voxels lie in each row, if that is known.
    pub(crate) const fn spans(&self) -> Option<Spans<'a>> {
        self.spans
    }

    /// A part of a row of the box that holds all its voxels: from the first to the last where that is known.
    #[inline]
    pub fn span(&self, y: usize, z: usize) -> Range<usize> {
        self.spans.map_or(0..self.shape[0], |spans| spans.row(y, z))
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
        // The margin is zero.
        self.counted(flag).map_or_else(|| count(self.cells, flag), |spans| spans.total())
    }

    /// How many voxels of the span of a row have the flag.
    #[inline]
    pub(crate) fn count_row(&self, y: usize, z: usize, flag: u8) -> usize {
        match self.counted(flag) {
            Some(spans) => spans.voxels(y, z),
            None => count(&self.row(y, z)[self.span(y, z)], flag) as usize,
        }
    }
}

/// How many cells have a flag.
pub(crate) fn count(flags: &[u8], flag: u8) -> u64 {
    // As many as a byte can count, in a loop that becomes vectors.
    let count = |part: &[u8]| {
        u64::from(part.iter().fold(0u8, |count, cell| count + u8::from(cell & flag != 0)))
    };
    let (parts, rest) = flags.as_chunks::<128>();
    parts.iter().map(|part| count(part)).sum::<u64>() + rest.chunks(128).map(count).sum::<u64>()
}
