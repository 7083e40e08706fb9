//! The sphere as a recipe of sums: discs that grow from the outermost slice to the centre by one ring after the other.
//!
//! ```text
//! pair(0)      = the row itself;  pair(k) = the rows k above and below it
//! column(a, b) = pair(a) + ... + pair(b - 1)
//! ring         = sum of columns(a, b) at some places dx and -dx, where a disc has b rows and the one before it a
//! disc         = the disc before it + ring
//! ```
//!
//! A ring of the 1 cm^3 sphere has a tenth of its voxels in as few terms, and every column serves several places.

use super::sphere::Sphere;
use crate::error::Error;
use crate::workspace::{Arena, Footprint};

/// Terms that are added up in registers.
pub(super) const TERMS: usize = 8;

/// What makes a disc out of the one before it: some of the columns and of the sums.
#[derive(Clone, Copy)]
pub(super) struct Ring<'r> {
    /// First pair of a column, and the one after the last.
    pub columns: &'r [[u32; 2]],
    /// Sums of at most [`TERMS`] terms each.
    sums: &'r [[u32; 2]],
    terms: &'r [[u32; 2]],
}

impl<'r> Ring<'r> {
    /// The sums whose sum is the ring. A term is a source, pairs first, then the columns of this ring, and how far
    /// its place lies from the first place of the source.
    pub(super) fn sums(self) -> impl Iterator<Item = &'r [[u32; 2]]> {
        let terms = self.terms;
        self.sums.iter().map(move |sum| &terms[sum[0] as usize..sum[1] as usize])
    }

    /// What it costs around one place, in cells of a plain pass. A term costs from a tenth of a cell, for short terms in the
    /// nearest cache, to one.
    pub(super) fn cost(self) -> usize {
        let added = self.columns.iter().chain(self.sums).map(|[from, to]| (to - from) as usize);
        added.sum::<usize>() / 2 + 1
    }
}

pub(super) struct Rings<'w> {
    /// The disc of each slice from the centre on.
    discs: &'w [u32],
    /// Where columns and sums of a ring end.
    ends: &'w [[u32; 2]],
    columns: &'w [[u32; 2]],
    sums: &'w [[u32; 2]],
    terms: &'w [[u32; 2]],
}

impl<'w> Rings<'w> {
    /// How many discs, columns and terms there can be.
    fn lengths([rx, _, rz]: [usize; 3]) -> [usize; 3] {
        let discs = rz.saturating_add(1);
        let wide = |n: usize| n.saturating_add(1).saturating_mul(discs);
        [discs, wide(rx), wide(rx.saturating_mul(2))]
    }

    pub(super) fn footprint(reach: [usize; 3]) -> Footprint {
        let [discs, columns, terms] = Self::lengths(reach);
        let list = Footprint::of::<[u32; 2]>;
        let lists = list(discs).all_of(list(columns)).all_of(list(terms).times(2));
        lists.all_of(Footprint::of::<u32>(discs))
    }

    /// The recipe in which no sum, and no column, has more than `most` voxels unless a column alone has.
    pub(super) fn new(sphere: &Sphere, most: u64, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let [count, columns, terms] = Self::lengths(sphere.reach);
        if terms > u32::MAX as usize {
            return Err(Error::TooLarge { field: "intensities.shape" });
        }
        let discs = scratch.take::<u32>(count)?;
        let mut ends = List::of(scratch.take(count)?);
        let mut columns = List::of(scratch.take(columns)?);
        let mut sums = List::of(scratch.take(terms)?);
        let mut terms = List::of(scratch.take(terms)?);
        let [rx, ry, rz] = sphere.reach;
        let pairs = ry as u32 + 1;
        for dz in (0..=rz).rev() {
            let disc = sphere.disc(dz);
            let before = if dz < rz { sphere.disc(dz + 1) } else { &[] };
            if before != disc {
                let first_column = columns.len;
                // Terms of the last sum so far, and its voxels.
                let (mut started, mut voxels) = (terms.len, 0u64);
                for (dx, to) in disc.iter().enumerate() {
                    let from = before.get(dx).copied().unwrap_or(0);
                    if from == *to {
                        continue;
                    }
                    let source = match *to - from {
                        1 => from,
                        _ => pairs + columns.place([from, *to], first_column),
                    };
                    let size = voxels_of([from, *to]);
                    for place in [rx + dx, rx - dx].iter().take(1 + usize::from(dx > 0)) {
                        let full = (terms.len - started) as usize == TERMS || voxels + size > most;
                        if full && terms.len > started {
                            sums.push([started, terms.len]);
                            (started, voxels) = (terms.len, 0);
                        }
                        terms.push([source, *place as u32]);
                        voxels += size;
                    }
                }
                sums.push([started, terms.len]);
                ends.push([columns.len, sums.len]);
            }
            discs[dz] = ends.len - 1;
        }
        let [ends, columns, sums, terms] = [ends, columns, sums, terms].map(List::items);
        Ok(Self { discs, ends, columns, sums, terms })
    }

    /// How many different discs there are.
    pub(super) fn len(&self) -> usize {
        self.ends.len()
    }

    /// The disc `dz` slices off the centre.
    pub(super) fn disc(&self, dz: usize) -> usize {
        self.discs[dz] as usize
    }

    /// What makes a disc out of the one before it, out of nothing for disc 0.
    pub(super) fn ring(&self, disc: usize) -> Ring<'w> {
        let [columns, sums] = match disc.checked_sub(1) {
            Some(before) => self.ends[before].map(|end| end as usize),
            None => [0, 0],
        };
        let [last_column, last_sum] = self.ends[disc].map(|end| end as usize);
        Ring {
            columns: &self.columns[columns..last_column],
            sums: &self.sums[sums..last_sum],
            terms: self.terms,
        }
    }
}

/// The voxels of a column.
fn voxels_of([from, to]: [u32; 2]) -> u64 {
    2 * u64::from(to - from) - u64::from(from == 0)
}

/// The voxels of the largest column of a sphere.
pub(super) fn largest_column(sphere: &Sphere) -> u64 {
    2 * sphere.reach[1] as u64 + 1
}

/// A list of pairs in memory that is long enough for it.
struct List<'w> {
    items: &'w mut [[u32; 2]],
    len: u32,
}

impl<'w> List<'w> {
    fn of(items: &'w mut [[u32; 2]]) -> Self {
        Self { items, len: 0 }
    }

    fn push(&mut self, item: [u32; 2]) {
        self.items[self.len as usize] = item;
        self.len += 1;
    }

    /// The place of an item from `start` on, where it is put unless it is there.
    fn place(&mut self, item: [u32; 2], start: u32) -> u32 {
        let known = &self.items[start as usize..self.len as usize];
        match known.iter().position(|other| *other == item) {
            Some(at) => at as u32,
            None => {
                self.push(item);
                self.len - 1 - start
            }
        }
    }

    fn items(self) -> &'w [[u32; 2]] {
        &self.items[..self.len as usize]
    }
}
