//! Sums over all pairs of levels without visiting all pairs.

use super::{Tone, Tones};
use crate::error::Error;
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::sum::Sums;

/// sum_ij |i n_i - j n_j|: in rising order each product exceeds all before it.
pub(super) fn differences(tones: Tones, order: &mut [u64]) -> u128 {
    for (place, tone) in order.iter_mut().zip(tones.iter()) {
        *place = tone.level * tone.voxels;
    }
    order.sort_unstable();
    let (mut below, mut sum) = (0u128, 0u128);
    for (rank, value) in order.iter().enumerate() {
        sum += rank as u128 * u128::from(*value) - below;
        below += u128::from(*value);
    }
    2 * sum
}

/// sum_ij |i - j| (n_i s_i + n_j s_j) / (n_i + n_j).
///
/// By symmetry this is 2 sum_i n_i s_i sum_j |i - j| / (n_i + n_j). Levels j of equal count share their
/// denominator, and their distances to a rising i follow from two running whole numbers: one sweep over the
/// levels for each distinct count. Every term is positive, so nothing cancels.
pub(super) fn complexity(tones: Tones, order: &mut [u64], watch: &Watch) -> Result<f64, Error> {
    // Sorted by count, then by place; a place has 16 bits because levels have.
    for (place, (key, tone)) in order.iter_mut().zip(tones.iter()).enumerate() {
        *key = tone.voxels << 16 | place as u64;
    }
    order.sort_unstable();
    let mut total = Sums::<1>::new();
    let mut pace = Pace::start(watch)?;
    for equal in order.chunk_by(|a, b| a >> 16 == b >> 16) {
        pace.spend(tones.len())?;
        total.push([group(tones, equal)]);
    }
    Ok(2.0 * total.total()[0])
}

/// The part of one distinct count.
fn group(tones: Tones, equal: &[u64]) -> f64 {
    let level = |key: &u64| tones.levels[(key & 0xffff) as usize];
    let shared = equal.first().map_or(0, |key| key >> 16);
    // Number and sum of the levels j up to i, and beyond.
    let (mut below, mut above) =
        ((0, 0), (equal.len() as u64, equal.iter().map(level).sum::<u64>()));
    let mut members = equal.iter().map(level).peekable();
    let mut sum = Sums::<1>::new();
    for Tone { level, voxels, difference } in tones.iter() {
        while let Some(member) = members.next_if(|member| *member <= level) {
            below = (below.0 + 1, below.1 + member);
            above = (above.0 - 1, above.1 - member);
        }
        let apart = (level * below.0 - below.1) + (above.1 - level * above.0);
        let weight = voxels as f64 * difference;
        sum.push([weight * apart as f64 / (voxels + shared) as f64]);
    }
    sum.total()[0]
}
