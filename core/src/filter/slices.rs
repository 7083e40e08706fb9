//! Convolutions of slices through their spectra, four slices side by side.

use super::Boundary;
use crate::error::Error;
use crate::fft::{Fft, LANES, Packed};
use crate::host::Watch;
use crate::math;
use crate::pace::Pace;
use crate::workspace::{Arena, Footprint};

/// Slices of n voxels with `low` voxels beyond each edge, on padded sides.
#[derive(Clone, Copy, Debug)]
pub(super) struct Slices {
    pub n: [usize; 2],
    pub low: [usize; 2],
    pub padded: [usize; 2],
}

impl Slices {
    /// Places of a padded slice.
    pub(super) const fn cells(&self) -> usize {
        self.padded[0].saturating_mul(self.padded[1])
    }

    /// The longest transform, and the longest work space of one.
    fn lengths(&self) -> [usize; 2] {
        let [x, y] = self.padded;
        [x.max(y), Fft::work_length(x).max(Fft::work_length(y))]
    }

    pub(super) fn footprint(&self) -> Footprint {
        let [line, work] = self.lengths();
        let half = self.padded[0].saturating_mul(self.n[1]);
        Footprint::of::<Packed>(self.cells())
            .all_of(Footprint::of::<Packed>(half))
            .all_of(Footprint::of::<Packed>(line))
            .all_of(Footprint::of::<Packed>(work))
            .all_of(Fft::footprint(self.padded[0]))
            .all_of(Fft::footprint(self.padded[1]))
    }
}

/// The spectra of four slices.
pub(super) struct Spectra<'w, 'a, 'h> {
    slices: Slices,
    along: [Fft<'w>; 2],
    /// Column by column.
    cells: &'w mut [Packed],
    /// The rows of a response, transformed back along the columns.
    half: &'w mut [Packed],
    line: &'w mut [Packed],
    work: &'w mut [Packed],
    pace: Pace<'a, 'h>,
}

impl<'w, 'a, 'h> Spectra<'w, 'a, 'h> {
    pub(super) fn new(
        slices: Slices,
        watch: &'a Watch<'h>,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let [line, work] = slices.lengths();
        let [x, y] = slices.padded;
        Ok(Self {
            slices,
            along: [Fft::new(x, scratch)?, Fft::new(y, scratch)?],
            cells: scratch.take(slices.cells())?,
            half: scratch.take(x * slices.n[1])?,
            line: scratch.take(line)?,
            work: scratch.take(work)?,
            pace: Pace::start(watch)?,
        })
    }

    /// The cells, column by column.
    pub(super) fn cells(&mut self) -> &mut [Packed] {
        self.cells
    }

    /// Transforms the cells along both axes.
    pub(super) fn forward(&mut self) -> Result<(), Error> {
        let [width, height] = self.slices.padded;
        for y in 0..height {
            let line = &mut self.line[..width];
            for (cell, column) in line.iter_mut().zip(self.cells.chunks_exact(height)) {
                *cell = column[y];
            }
            self.pace.spend(4 * width)?;
            let line = self.along[0].forward_either(line, self.work)?;
            for (cell, column) in line.iter().zip(self.cells.chunks_exact_mut(height)) {
                column[y] = *cell;
            }
        }
        self.columns()
    }

    fn columns(&mut self) -> Result<(), Error> {
        for column in self.cells.chunks_exact_mut(self.slices.padded[1]) {
            self.pace.spend(4 * column.len())?;
            self.along[1].forward(column, self.work)?;
        }
        Ok(())
    }

    /// The spectra of slices that lie side by side, with what lies beyond their edges. `strides`: of the axes of
    /// a slice, and from slice to slice.
    pub(super) fn load(
        &mut self,
        from: &[f64],
        strides: [usize; 3],
        lanes: usize,
        boundary: Boundary,
    ) -> Result<(), Error> {
        let Slices { n, low, padded: [width, height] } = self.slices;
        self.cells.fill([[0.0; LANES]; 2]);
        // Rows beyond an edge repeat those that they stand for; the first that stands for each is transformed.
        for y in 0..=n[1] {
            let inside = y < n[1];
            if !inside && boundary.outside() == 0.0 {
                continue;
            }
            let line = &mut self.line[..width];
            line.fill([[0.0; LANES]; 2]);
            for (i, cell) in line.iter_mut().take(n[0] + 2 * low[0]).enumerate() {
                let x = boundary.index(i as isize - low[0] as isize, n[0]).filter(|_| inside);
                for (lane, value) in cell[0].iter_mut().take(lanes).enumerate() {
                    *value = match x {
                        Some(x) => from[x * strides[0] + y * strides[1] + lane * strides[2]],
                        None => boundary.outside(),
                    };
                }
            }
            self.pace.spend(4 * width)?;
            let line = self.along[0].forward_either(line, self.work)?;
            for j in 0..n[1] + 2 * low[1] {
                let at = boundary.index(j as isize - low[1] as isize, n[1]);
                if at == inside.then_some(y) {
                    for (cell, column) in line.iter().zip(self.cells.chunks_exact_mut(height)) {
                        column[j] = *cell;
                    }
                }
            }
        }
        self.columns()
    }

    /// Multiplies the spectra by a real one and hands out the modulus of what comes back, at each voxel.
    ///
    /// The transform back is the forward one read backwards, not divided by the places.
    pub(super) fn respond(
        &mut self,
        kernel: &[f64],
        mut take: impl FnMut([usize; 2], [f64; LANES]),
    ) -> Result<(), Error> {
        let Slices { n, low, padded: [width, height] } = self.slices;
        let columns = self.cells.chunks_exact(height).zip(kernel.chunks_exact(height));
        for (x, (column, weights)) in columns.enumerate() {
            self.pace.spend(4 * height)?;
            let line = &mut self.line[..height];
            for ((out, [re, im]), weight) in line.iter_mut().zip(column).zip(weights) {
                *out = [re.map(|v| v * weight), im.map(|v| v * weight)];
            }
            let line = self.along[1].forward_either(line, self.work)?;
            for (row, cell) in
                self.half.chunks_exact_mut(width).zip(line[..=height - low[1]].iter().rev())
            {
                row[x] = *cell;
            }
        }
        for (y, row) in self.half.chunks_exact_mut(width).enumerate().take(n[1]) {
            self.pace.spend(4 * width)?;
            let line = self.along[0].forward_either(row, self.work)?;
            for (x, [re, im]) in line[..=width - low[0]].iter().rev().take(n[0]).enumerate() {
                let modulus = core::array::from_fn(|l| math::sqrt(re[l] * re[l] + im[l] * im[l]));
                take([x, y], modulus);
            }
        }
        Ok(())
    }
}
