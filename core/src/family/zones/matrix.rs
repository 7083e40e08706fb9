//! From a list of zones to the features of its matrix, in time linear in the zones where levels are few.

use crate::error::Error;
use crate::family::emphasis::{COMMON, Matrix};
use crate::family::pace::Pace;
use crate::host::Watch;
use crate::status::Value;
use crate::workspace::{Arena, Footprint};

/// Most cells in the table of small sizes.
const TABLE: usize = 1 << 15;
/// Cells of the table for each zone: a slice must not pay for the table of a volume.
const CELLS_PER_ZONE: usize = 4;
/// Keys sorted at once, a few milliseconds.
const SORTED_AT_ONCE: usize = 1 << 16;

/// A box holds at most as many zones as voxels.
fn table_cells(shape: [usize; 3]) -> usize {
    let voxels = shape.iter().fold(CELLS_PER_ZONE, |n, side| n.saturating_mul(*side));
    voxels.min(TABLE)
}

/// A zone as one number: the level above, size or distance below.
pub(super) trait Key: Copy + Ord {
    fn level(self) -> usize;
    fn size(self) -> usize;
    fn swapped(self) -> Self;
    fn word(self) -> u64;
}

impl Key for u64 {
    fn level(self) -> usize {
        (self >> 32) as usize
    }
    fn size(self) -> usize {
        (self & 0xffff_ffff) as usize
    }
    fn swapped(self) -> Self {
        self.rotate_left(32)
    }
    fn word(self) -> u64 {
        self
    }
}

impl Key for u32 {
    fn level(self) -> usize {
        (self >> 16) as usize
    }
    fn size(self) -> usize {
        (self & 0xffff) as usize
    }
    fn swapped(self) -> Self {
        self.rotate_left(16)
    }
    fn word(self) -> u64 {
        u64::from(self)
    }
}

/// Counts small sizes in a table and sorts the few large zones.
#[derive(Debug)]
pub(super) struct Counter<'w> {
    /// All zero between two matrices.
    table: &'w mut [u32],
    levels: usize,
}

impl<'w> Counter<'w> {
    pub(super) fn footprint(shape: [usize; 3]) -> Footprint {
        Footprint::of::<u32>(table_cells(shape))
    }

    pub(super) fn take(
        shape: [usize; 3],
        levels: u32,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        Ok(Self { table: scratch.take_zeroed(table_cells(shape))?, levels: levels as usize })
    }

    /// Features of the matrix of these zones, or `None` without any; reorders the keys.
    pub(super) fn features<K: Key>(
        &mut self,
        keys: &mut [K],
        voxels: u64,
        watch: &Watch,
    ) -> Result<Option<[Value; COMMON]>, Error> {
        let mut pace = Pace::start(watch)?;
        let cells = self.table.len().min(keys.len().saturating_mul(CELLS_PER_ZONE));
        let columns = cells / self.levels.max(1);
        let table = &mut self.table[..columns * self.levels];
        // No zone in the table is larger: of its columns few are ever used.
        let mut reach = 0;
        let mut large = 0;
        for at in 0..keys.len() {
            let key = keys[at];
            if key.size() < columns {
                table[(key.level() - 1) * columns + key.size()] += 1;
                reach = reach.max(key.size() + 1);
            } else {
                keys.swap(at, large);
                large += 1;
            }
            pace.spend(1)?;
        }
        let large = &mut keys[..large];
        let mut matrix = Matrix::default();
        sort(large, watch)?;
        let mut rest = large.chunk_by(|a, b| a == b).peekable();
        for level in 1..=self.levels {
            if columns > 0 {
                for (size, count) in table[(level - 1) * columns..][..reach].iter().enumerate() {
                    if *count > 0 {
                        matrix.add(level, size, u64::from(*count));
                    }
                }
            }
            // Larger than any size in the table, so sizes rise within the level.
            while let Some(equal) = rest.next_if(|equal| equal[0].level() == level) {
                matrix.add(level, equal[0].size(), equal.len() as u64);
                pace.spend(equal.len())?;
            }
        }
        for size in 0..reach {
            let column = table[size..].iter().step_by(columns);
            matrix.add_column(column.map(|count| u64::from(*count)).sum());
        }
        table.chunks_exact_mut(columns.max(1)).for_each(|sizes| sizes[..reach].fill(0));
        // With level and size swapped, the zones of a column are neighbours.
        large.iter_mut().for_each(|key| *key = key.swapped());
        sort(large, watch)?;
        for column in large.chunk_by(|a, b| a.level() == b.level()) {
            matrix.add_column(column.len() as u64);
        }
        large.iter_mut().for_each(|key| *key = key.swapped());
        Ok(matrix.features(voxels))
    }
}

/// Sorts in parts small enough to ask the host between them.
fn sort<K: Key>(keys: &mut [K], watch: &Watch) -> Result<(), Error> {
    let first = keys.first().map_or(0, |key| key.word());
    if keys.len() <= SORTED_AT_ONCE {
        keys.sort_unstable();
        return Ok(());
    }
    watch.check()?;
    // Split by the highest bit in which any two differ.
    let Some(bit) = keys.iter().fold(0, |bits, key| bits | (key.word() ^ first)).checked_ilog2()
    else {
        return Ok(());
    };
    let mut clear = 0;
    for at in 0..keys.len() {
        if keys[at].word() >> bit & 1 == 0 {
            keys.swap(at, clear);
            clear += 1;
        }
    }
    let (low, high) = keys.split_at_mut(clear);
    sort(low, watch)?;
    sort(high, watch)
}
