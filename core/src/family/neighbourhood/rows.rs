//! Neighbourhoods of several voxels of a row at a time, in loops that a compiler turns into vectors.

use super::tally::Place;
use crate::volume::{Level, word};

/// Voxels that are looked at together.
const BLOCK: usize = 32;

/// What surrounds a voxel, the voxel itself included.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Found {
    pub(super) dependence: usize,
    pub(super) count: usize,
    pub(super) sum: usize,
}

/// A number of neighbours.
trait Count: Copy {
    const ZERO: Self;
    fn plus(self, one: bool) -> Self;
    fn get(self) -> usize;
}

macro_rules! count {
    ($($type:ty),*) => {$(
        impl Count for $type {
            const ZERO: Self = 0;
            #[inline(always)]
            fn plus(self, one: bool) -> Self {
                self.wrapping_add(<$type>::from(one))
            }
            #[inline(always)]
            fn get(self) -> usize {
                usize::from(self)
            }
        }
    )*};
}
count!(u8, u16);

/// Calls `each` with level and surroundings of every voxel of a row; says how many cells were visited.
///
/// Sums have 16 bits: the caller's counters keep levels times neighbours below 2^16.
pub(super) fn visit<L: Level>(
    place: &Place<L>,
    y: usize,
    z: usize,
    each: impl FnMut(usize, Found),
) -> usize {
    if place.window() <= usize::from(u8::MAX) {
        blocks::<L, u8>(place, y, z, each)
    } else {
        blocks::<L, u16>(place, y, z, each)
    }
}

fn blocks<L: Level, C: Count>(
    place: &Place<L>,
    y: usize,
    z: usize,
    mut each: impl FnMut(usize, Found),
) -> usize {
    let span = place.levels.span(y, z);
    let cells = place.levels.cells();
    let mut visited = 0;
    let mut spare = [L::zeroed(); BLOCK];
    for first in span.clone().step_by(BLOCK) {
        let start = place.levels.index(first, y, z);
        let here = *word(cells, start, &mut spare);
        let (mut dependence, mut count, mut sum) = ([C::ZERO; BLOCK], [C::ZERO; BLOCK], [0; BLOCK]);
        if place.wanted.dependences {
            let most = place.most();
            visited += around(place, place.distances.ngldm, start, |other| {
                if most == 0 {
                    // A voxel has a level, so an equal one is no outside cell.
                    for i in 0..BLOCK {
                        dependence[i] = dependence[i].plus(here[i] == other[i]);
                    }
                } else {
                    // A level is at most the largest of its type.
                    let most = L::from_index(most.min(L::MAX as usize) as u32);
                    for i in 0..BLOCK {
                        let near = here[i].distance(other[i]) <= most;
                        dependence[i] = dependence[i].plus(near & (other[i] != L::zeroed()));
                    }
                }
            });
        }
        if place.wanted.tones {
            visited += around(place, place.distances.ngtdm, start, |other| {
                for i in 0..BLOCK {
                    count[i] = count[i].plus(other[i] != L::zeroed());
                    sum[i] += other[i].index() as u16;
                }
            });
        }
        for at in 0..BLOCK.min(span.end - first) {
            let level = here[at].index();
            if level > 0 {
                let (dependence, count) = (dependence[at].get(), count[at].get());
                each(level, Found { dependence, count, sum: usize::from(sum[at]) });
            }
        }
    }
    visited
}

/// Visits the cells at every place of the neighbourhood; says how many there were.
#[inline(always)]
fn around<L: Level>(
    place: &Place<L>,
    radius: u32,
    start: usize,
    mut visit: impl FnMut(&[L; BLOCK]),
) -> usize {
    let cells = place.levels.cells();
    let mut spare = [L::zeroed(); BLOCK];
    let mut visited = 0;
    for offset in place.rows(radius) {
        let begin = (start as isize + offset - radius as isize) as usize;
        for shifted in begin..=begin + 2 * radius as usize {
            visit(word(cells, shifted, &mut spare));
            visited += BLOCK;
        }
    }
    visited
}
