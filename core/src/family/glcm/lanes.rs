//! Several directions side by side: their tables of counts become margins in one pass over the cells.

use super::features::{Features, Margins};
use super::joint::{Count, Joint, Joints};
use crate::error::Error;
use crate::volume::PLANAR_DIRECTIONS;
use crate::workspace::{Arena, Footprint};

/// Memory for the margins of up to D directions.
pub(super) struct Lanes<'w, C> {
    cells: &'w mut [C],
    levels: usize,
}

/// What [`Lanes::take`] takes at most.
pub(super) fn footprint(levels: u32, directions: usize) -> Footprint {
    Footprint::of::<u32>(4 * levels as usize * directions)
}

impl<'w, C: Count> Lanes<'w, C> {
    pub(super) fn take(
        levels: u32,
        directions: usize,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let levels = levels as usize;
        Ok(Self { cells: scratch.take(4 * levels * directions)?, levels })
    }

    /// Sweeps the tables of D directions, of which the first `directions` count.
    ///
    /// `counts` has a row and a column more for what is outside, both of which are not read.
    pub(super) fn sweep<const D: usize>(
        &mut self,
        counts: &[[C; D]],
        directions: usize,
    ) -> Swept<'_, C, D> {
        let n = self.levels;
        let margins = &mut self.cells.as_chunks_mut::<D>().0[..4 * n];
        let zero = C::default();
        margins.fill([zero; D]);
        let (row, rest) = margins.split_at_mut(n);
        let (difference, sum) = rest.split_at_mut(n);
        let (mut joints, mut merged) = (Joints::new(), Joints::new());
        let stride = super::dense::row_length(n as u32);
        for i in 1..=n {
            let line = &counts[i * stride..][..=n];
            let own = line[i].map(|c| c + c);
            let mut in_row = own;
            if own != [zero; D] {
                add(&mut difference[0], &own);
                add(&mut sum[2 * (i - 1)], &own);
                joints.add_own(&own);
                merged.add_own(&[total(&own, directions)]);
            }
            // Beside the diagonal: j from i + 1, with the count of (j, i) in its column.
            let column = counts[i..].iter().step_by(stride).skip(i + 1);
            for (k, (one, other)) in line[i + 1..].iter().zip(column).enumerate() {
                let mut pair = *one;
                add(&mut pair, other);
                if pair == [zero; D] {
                    continue;
                }
                let both = pair.map(|c| c + c);
                add(&mut in_row, &pair);
                add(&mut row[i + k], &pair);
                add(&mut difference[k + 1], &both);
                add(&mut sum[2 * i + k - 1], &both);
                joints.add_pair(&pair);
                merged.add_pair(&[total(&pair, directions)]);
            }
            add(&mut row[i - 1], &in_row);
            joints.end_row();
            merged.end_row();
        }
        Swept { row, difference, sum, joints, merged: merged.of(0), directions }
    }
}

/// Adds counts to others side by side.
#[inline(always)]
fn add<C: Count, const D: usize>(counts: &mut [C; D], more: &[C; D]) {
    for (count, more) in counts.iter_mut().zip(more) {
        *count += *more;
    }
}

/// The sum over the first directions: those in the slice, or all.
#[inline(always)]
fn total<C: Count, const D: usize>(counts: &[C; D], directions: usize) -> u64 {
    let (planar, rest) = counts.split_at(PLANAR_DIRECTIONS);
    if directions == PLANAR_DIRECTIONS { C::sum(planar) } else { C::sum(planar) + C::sum(rest) }
}

/// Margins of the matrices of D directions.
pub(super) struct Swept<'s, C: Count, const D: usize> {
    row: &'s [[C; D]],
    difference: &'s [[C; D]],
    sum: &'s [[C; D]],
    joints: Joints<C, D>,
    merged: Joint,
    directions: usize,
}

impl<C: Count, const D: usize> Swept<'_, C, D> {
    /// The features of each direction that has a pair.
    pub(super) fn each(&self, margins: &mut Margins, mut visit: impl FnMut(&Features)) {
        for direction in 0..self.directions {
            self.fill(margins, |counts| counts[direction].into());
            if let Some(features) = margins.features(&self.joints.of(direction)) {
                visit(&features);
            }
        }
    }

    /// The features of the sum of all matrices.
    pub(super) fn merged(&self, margins: &mut Margins) -> Option<Features> {
        self.fill(margins, |counts| total(counts, self.directions));
        margins.features(&self.merged)
    }

    fn fill(&self, margins: &mut Margins, count: impl Fn(&[C; D]) -> u64) {
        for (to, from) in [
            (&mut *margins.row, self.row),
            (&mut *margins.difference, self.difference),
            (&mut *margins.sum, self.sum),
        ] {
            to.iter_mut().zip(from).for_each(|(to, from)| *to = count(from));
        }
    }
}
