//! Where the intensity mask lies in each row of the region's box, and how high intensities are there.

use super::term::highest;
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::volume::{Extent, Intensities, Mask};
use crate::workspace::{Arena, Footprint};

/// What is known of each row of the region's box.
pub(super) struct Rows<'w> {
    /// First voxel of the mask and the place after its last; both 0 in an empty row.
    spans: &'w mut [[u64; 2]],
    rows: usize,
    slices: usize,
}

impl<'w> Rows<'w> {
    pub(super) fn footprint([_, ny, nz]: [usize; 3]) -> Footprint {
        let rows = ny.saturating_mul(nz);
        Footprint::of::<[u64; 2]>(rows)
    }

    pub(super) fn new(mask: &Mask, watch: &Watch, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let [_, rows, slices] = mask.shape();
        let spans = scratch.take::<[u64; 2]>(rows * slices)?;
        let mut pace = Pace::start(watch)?;
        for (at, span) in spans.iter_mut().enumerate() {
            let (y, z) = (at % rows, at / rows);
            let known = mask.span(y, z);
            pace.spend(known.len())?;
            let row = &mask.row(y, z)[known.clone()];
            let inside = |flags: &u8| flags & Mask::INTENSITY != 0;
            *span = [0, 0];
            let ends = (row.iter().position(inside), row.iter().rposition(inside));
            if let (Some(first), Some(last)) = ends {
                let [first, end] = [known.start + first, known.start + last + 1];
                *span = [first as u64, end as u64];
            }
        }
        Ok(Self { spans, rows, slices })
    }

    /// Leaves only some rows, the others are empty from now on.
    pub(super) fn keep(&mut self, keep: impl Fn(usize, usize) -> bool) {
        for (at, span) in self.spans.iter_mut().enumerate() {
            if !keep(at % self.rows, at / self.rows) {
                *span = [0, 0];
            }
        }
    }

    /// The part of a row from the first to the last voxel of the mask, or `None` in an empty row and outside
    /// the box.
    pub(super) fn span(&self, y: usize, z: usize) -> Option<[usize; 2]> {
        if y >= self.rows || z >= self.slices {
            return None;
        }
        let [first, end] = self.spans[z * self.rows + y];
        (first < end).then_some([first as usize, end as usize])
    }
}

/// The highest intensity in each row between the first and the last voxel of the mask, in the mask or not; minus infinity
/// in rows that are empty or not looked at yet.
pub(super) struct Bounds<'w> {
    highest: &'w mut [f64],
    rows: usize,
}

impl<'w> Bounds<'w> {
    pub(super) fn footprint([_, ny, nz]: [usize; 3]) -> Footprint {
        Footprint::of::<f64>(ny.saturating_mul(nz))
    }

    pub(super) fn new(rows: &Rows, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let highest = scratch.take::<f64>(rows.rows * rows.slices)?;
        highest.fill(f64::NEG_INFINITY);
        Ok(Self { highest, rows: rows.rows })
    }

    /// Looks at the rows of a slice of the region's box, if it is one.
    pub(super) fn look_at_slice(
        &mut self,
        intensities: &Intensities,
        rows: &Rows,
        z: usize,
        pace: &mut Pace,
    ) -> Result<(), Error> {
        for y in 0..self.rows {
            if let Some([from, to]) = rows.span(y, z) {
                pace.spend(to - from)?;
                let row = &intensities.row(y, z)[from..to];
                self.highest[z * self.rows + y] = highest(row).unwrap_or(f64::NEG_INFINITY);
            }
        }
        Ok(())
    }

    /// Looks at a row of the image, y and z of the region's box or beyond it; the box starts at `start` along x.
    pub(super) fn look(
        &mut self,
        row: &[f64],
        rows: &Rows,
        start: usize,
        y: usize,
        z: usize,
    ) -> Extent {
        let Some([from, to]) = rows.span(y, z) else { return Extent::of(row) };
        let (before, rest) = row.split_at(start + from);
        let (inside, after) = rest.split_at(to - from);
        let extent = Extent::of(inside);
        self.highest[z * self.rows + y] = extent.high;
        extent.with(Extent::of(before)).with(Extent::of(after))
    }

    /// What no finite intensity of the mask in a row exceeds.
    pub(super) fn of(&self, y: usize, z: usize) -> f64 {
        self.highest[z * self.rows + y]
    }
}
