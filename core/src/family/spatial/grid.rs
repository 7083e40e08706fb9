//! The padded grid of the transforms.

use crate::error::Error;
use crate::fft::{LANES, Packed, ZeroPadded, smooth_length};
use crate::workspace::{Arena, Footprint};

const LINE_PAD: usize = 9;

/// Lengths along one axis.
///
/// The line of n voxels is filled up with zeros to m, a product of 2, 3 and 5, and then doubled, so that no
/// voxel meets another around the end. A flat axis has one place and needs no transform.
#[derive(Clone, Copy, Debug)]
pub(super) struct Axis {
    /// Voxels of the box.
    pub voxels: usize,
    /// Half the padded length.
    pub half: usize,
    /// 2: even and odd frequencies; 1: a flat axis.
    pub parts: usize,
}

impl Axis {
    fn new(voxels: usize) -> Self {
        match voxels {
            0 | 1 => Self { voxels, half: 1, parts: 1 },
            _ => Self { voxels, half: smooth_length(voxels), parts: 2 },
        }
    }

    /// Length of the padded line.
    pub fn padded(&self) -> f64 {
        self.half as f64 * self.parts as f64
    }

    /// Places of an even line, or of its even spectrum: the frequencies from 0 to half the padded length.
    pub fn octant(&self) -> usize {
        if self.parts == 1 { 1 } else { self.half.saturating_add(1) }
    }

    /// The frequency at `k` of the even (`part` 0) or odd (`part` 1) ones, folded onto those up to half.
    #[inline]
    pub fn folded(&self, part: usize, k: usize) -> usize {
        let frequency = self.parts * k + part;
        frequency.min(self.parts * self.half - frequency)
    }
}

/// The axes, and x cut into blocks of as many frequencies as there are lanes.
#[derive(Clone, Copy, Debug)]
pub(super) struct Grid {
    pub axes: [Axis; 3],
    /// Blocks along x.
    pub blocks: usize,
}

impl Grid {
    pub(super) fn new(shape: [usize; 3]) -> Self {
        let axes = shape.map(Axis::new);
        Self { axes, blocks: axes[0].octant().div_ceil(LANES) }
    }

    /// Cells of the kernel's spectrum, each of as many frequencies along x as there are lanes.
    pub(super) fn kernel_cells(&self) -> usize {
        self.blocks.saturating_mul(self.axes[1].octant()).saturating_mul(self.axes[2].octant())
    }

    /// Rows along x of the box.
    pub(super) fn rows(&self) -> usize {
        self.axes[1].voxels.saturating_mul(self.axes[2].voxels)
    }

    /// Cells between the spectra along x of two fields: rows of the box and some more, so that the blocks that one
    /// row is spread over do not all fall on the same lines of the cache.
    pub(super) fn row_pitch(&self) -> usize {
        (self.rows() / 16).saturating_mul(16).saturating_add(24)
    }

    /// Room for the longest line, and a bit, so that a line and its work space do not lie a large power of two
    /// apart.
    pub(super) fn line(&self) -> usize {
        self.axes.iter().fold(1, |n, axis| n.max(axis.half)).saturating_add(LINE_PAD)
    }
}

/// The transforms along x, y and z.
pub(super) struct Transforms<'w>(pub [ZeroPadded<'w>; 3]);

impl<'w> Transforms<'w> {
    pub(super) fn footprint(grid: &Grid) -> Footprint {
        grid.axes.iter().fold(Footprint::NONE, |f, a| f.all_of(ZeroPadded::footprint(a.half)))
    }

    pub(super) fn new(grid: &Grid, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let [x, y, z] = grid.axes.map(|a| a.half);
        Ok(Self([
            ZeroPadded::new(x, scratch)?,
            ZeroPadded::new(y, scratch)?,
            ZeroPadded::new(z, scratch)?,
        ]))
    }

    /// One part of the frequencies along an axis; `lines` and `work` hold at least its places.
    pub(super) fn run<'b>(
        &self,
        axis: usize,
        part: usize,
        lines: &'b mut [Packed],
        work: &'b mut [Packed],
    ) -> Result<&'b mut [Packed], Error> {
        let transform = &self.0[axis];
        let n = transform.length();
        let (lines, work) = (&mut lines[..n], &mut work[..n]);
        if part == 0 { transform.even(lines, work) } else { transform.odd(lines, work) }
    }
}
