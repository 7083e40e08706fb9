//! Neighbourhoods of a whole row at a time, in loops that a compiler turns into vectors.

use super::tally::{Found, Place};
use crate::error::Error;
use crate::volume::Level;
use crate::workspace::{Arena, Footprint};

/// Accumulators for the voxels of one row. Sixteen bits hold every sum: the caller's counters keep levels times
/// neighbours below 2^16.
#[derive(Debug)]
pub(super) struct Rows<'w> {
    dependence: &'w mut [u16],
    counts: &'w mut [u16],
    sums: &'w mut [u16],
    /// Counts and sums over the cells before and behind, above and below; longer by the radius at both ends.
    column_counts: &'w mut [u16],
    column_sums: &'w mut [u16],
}

fn with_margin(nx: usize, radius: u32) -> usize {
    nx.saturating_add((radius as usize).saturating_mul(2))
}

impl<'w> Rows<'w> {
    pub(super) fn footprint(nx: usize, radius: u32) -> Footprint {
        let row = Footprint::of::<u16>(nx).times(3);
        row.all_of(Footprint::of::<u16>(with_margin(nx, radius)).times(2))
    }

    pub(super) fn take(nx: usize, radius: u32, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        Ok(Self {
            dependence: scratch.take(nx)?,
            counts: scratch.take(nx)?,
            sums: scratch.take(nx)?,
            column_counts: scratch.take(with_margin(nx, radius))?,
            column_sums: scratch.take(with_margin(nx, radius))?,
        })
    }

    /// Calls `each` with level and surroundings of every voxel of a row; says how many cells were visited.
    pub(super) fn count<L: Level>(
        &mut self,
        place: &Place<L>,
        y: usize,
        z: usize,
        mut each: impl FnMut(usize, Found),
    ) -> usize {
        let row = place.levels.row(y, z);
        let inside = |level: &L| level.index() > 0;
        let (Some(first), Some(last)) = (row.iter().position(inside), row.iter().rposition(inside))
        else {
            return row.len();
        };
        let start = place.levels.index(first, y, z);
        let row = &row[first..=last];
        let mut visited = row.len();
        if place.wanted.dependences {
            visited += self.dependences(place, start, row);
        }
        if place.wanted.tones {
            visited += self.tones(place, start, row.len());
        }
        let around = self.dependence.iter().zip(&*self.counts).zip(&*self.sums);
        for (level, ((dependence, count), sum)) in row.iter().zip(around) {
            let level = level.index();
            if level > 0 {
                let [dependence, count, sum] = [*dependence, *count, *sum].map(usize::from);
                each(level, Found { dependence, count, sum });
            }
        }
        visited
    }

    fn dependences<L: Level>(&mut self, place: &Place<L>, start: usize, row: &[L]) -> usize {
        let (radius, most) = (place.distances.ngldm, place.most());
        let cells = place.levels.cells();
        let length = row.len();
        let dependence = &mut self.dependence[..length];
        dependence.fill(0);
        let mut visited = 0;
        for offset in place.rows(radius) {
            let begin = (start as isize + offset - radius as isize) as usize;
            for shifted in begin..=begin + 2 * radius as usize {
                let others = &cells[shifted..shifted + length];
                let pairs = dependence.iter_mut().zip(row).zip(others);
                if most == 0 {
                    // A voxel has a level, so an equal one is no outside cell.
                    pairs.for_each(|((d, level), other)| *d += u16::from(level == other));
                } else {
                    // Dense levels are below 2^16, and so is every difference that matters.
                    let most = most.min(usize::from(u16::MAX)) as u16;
                    pairs.for_each(|((d, level), other)| {
                        let (level, other) = (level.index() as u16, other.index() as u16);
                        *d += u16::from(level.abs_diff(other) <= most) & u16::from(other != 0);
                    });
                }
                visited += length;
            }
        }
        visited
    }

    fn tones<L: Level>(&mut self, place: &Place<L>, start: usize, length: usize) -> usize {
        let radius = place.distances.ngtdm;
        let cells = place.levels.cells();
        let wide = with_margin(length, radius);
        let (counts, sums) = (&mut self.column_counts[..wide], &mut self.column_sums[..wide]);
        counts.fill(0);
        sums.fill(0);
        let mut visited = 0;
        for offset in place.rows(radius) {
            let begin = (start as isize + offset - radius as isize) as usize;
            let others = &cells[begin..begin + wide];
            for ((count, sum), other) in counts.iter_mut().zip(sums.iter_mut()).zip(others) {
                *count += u16::from(other.index() != 0);
                *sum += other.index() as u16;
            }
            visited += wide;
        }
        for (columns, out) in [(counts, &mut *self.counts), (sums, &mut *self.sums)] {
            let out = &mut out[..length];
            out.fill(0);
            for shift in 0..=2 * radius as usize {
                for (o, column) in out.iter_mut().zip(&columns[shift..]) {
                    *o += column;
                }
                visited += length;
            }
        }
        visited
    }
}
