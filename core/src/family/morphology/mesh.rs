//! Volume and area of the mesh, without a stored triangle.

use super::cube::{self, KINDS, PATCHES};
use super::{rows, voxel_volume};
use crate::error::Error;
use crate::heapsort;
use crate::host::Watch;
use crate::math;
use crate::sum::sum;
use crate::volume::{self, Mask};

/// What the mesh encloses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mesh {
    /// Volume in mm^3.
    pub volume: f64,
    /// Area in mm^2.
    pub area: f64,
}

/// Cubes side by side that are looked at together.
const WIDTH: usize = 8;

/// Measures the marching-cubes mesh of the morphological mask.
///
/// The mesh is that of the binary mask at level 0.5, of the classic tables: its vertices lie halfway between a
/// voxel of the mask and a neighbour outside, and where two voxels touch along an edge only, it separates them.
///
/// Every cube of eight voxel centres has one of 256 configurations, each of which encloses a whole number of 48ths of
/// a voxel and holds triangles of a few kinds. Both are counted in whole numbers, so that the volume is exact, the area
/// is the rounded sum over the kinds, and neither changes when the mask is mirrored or turned with its spacing.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn measure(mask: &Mask, spacing: [f64; 3], watch: &Watch) -> Result<Mesh, Error> {
    let counts = configurations(mask, watch)?;
    let mut enclosed = 0u128;
    let mut kinds = [0u64; KINDS];
    for (patch, count) in PATCHES.iter().zip(counts) {
        enclosed += u128::from(count) * u128::from(patch.volume);
        for kind in patch.kinds() {
            kinds[kind] += count;
        }
    }
    Ok(Mesh { volume: enclosed as f64 / 48.0 * voxel_volume(spacing), area: area(&kinds, spacing) })
}

/// How many cubes there are of each configuration.
fn configurations(mask: &Mask, watch: &Watch) -> Result<[u64; 256], Error> {
    // Two tables by turns: a count need not wait for the one before it.
    let mut counts = [[0u64; 256]; 2];
    let [nx, ny, nz] = mask.shape();
    let [_, sy, sz] = mask.strides().map(|s| s as usize);
    for z in 0..=nz {
        for y in 0..=ny {
            if y % 256 == 0 {
                watch.check()?;
            }
            // Beyond the first and last voxel of all four rows there is nothing to enclose.
            let (mut first, mut end) = (nx, 0);
            for (y, z) in [(y, z), (y, z + 1), (y + 1, z), (y + 1, z + 1)] {
                // Rows of the mask's margin come first and last.
                if (1..=ny).contains(&y) && (1..=nz).contains(&z) {
                    let span = rows::span(mask, y - 1, z - 1);
                    if !span.is_empty() {
                        (first, end) = (first.min(span.start), end.max(span.end));
                    }
                }
            }
            if first >= end {
                continue;
            }
            let start = z * sz + y * sy + first;
            let rows = [start, start + sy, start + sz, start + sz + sy];
            row(mask.cells(), rows, end - first + 1, &mut counts);
        }
    }
    let [even, odd] = counts;
    Ok(core::array::from_fn(|c| even[c] + odd[c]))
}

/// Counts the cubes between four rows of voxels, which start at y and z, beside, above, and beside and above.
fn row(cells: &[u8], starts: [usize; 4], cubes: usize, counts: &mut [[u64; 256]; 2]) {
    // As many words as hold the place after the last cube; the last row of all may end within one.
    let words = cubes / WIDTH + 1;
    let rows = starts.map(|start| cells[start..].as_chunks::<WIDTH>().0);
    let whole = rows.iter().fold(words, |whole, row| whole.min(row.len()));
    let rows = rows.map(|row| &row[..whole]);
    let last = |word: usize| {
        flags(starts.map(|start| *volume::word(cells, start + word * WIDTH, &mut [0; WIDTH])))
    };
    let of = |word: usize| {
        if word < whole { flags(rows.map(|row| row[word])) } else { last(word) }
    };
    let mut here = of(0);
    for word in 1..words {
        let next = of(word);
        count(inside(here, next), counts);
        here = next;
    }
    // What lies beyond the end counts as cubes without a voxel, which nobody reads.
    let left = cubes % WIDTH;
    count(inside(here, 0) & !(u64::MAX << (8 * left)), counts);
}

/// Each cube has the flags of its own place and those of the next.
#[inline(always)]
fn inside(here: u64, next: u64) -> u64 {
    here | (here >> 8 | next << 56) << 1
}

/// Counts eight cubes.
#[inline(always)]
fn count(inside: u64, counts: &mut [[u64; 256]; 2]) {
    if inside == u64::MAX {
        counts[0][255] += WIDTH as u64;
    } else if inside != 0 {
        for pair in inside.to_le_bytes().as_chunks::<2>().0 {
            counts[0][usize::from(pair[0])] += 1;
            counts[1][usize::from(pair[1])] += 1;
        }
    }
}

/// The morphological flags of eight places of four rows: of each place one byte, of each row one of its even bits.
#[inline(always)]
fn flags(rows: [[u8; WIDTH]; 4]) -> u64 {
    const {
        assert!(Mask::MORPHOLOGICAL == 1, "the flag is the lowest bit of a cell");
        assert!(Mask::INTENSITY == 2, "the bit beside it is the only other one");
    }
    let [a, b, c, d] = rows.map(u64::from_le_bytes);
    (a | b << 2 | c << 4 | d << 6) & u64::from_le_bytes([0b0101_0101; WIDTH])
}

/// The area of all triangles.
fn area(counts: &[u64; KINDS], [sx, sy, sz]: [f64; 3]) -> f64 {
    let faces = [sy * sz, sz * sx, sx * sy];
    let mut kinds = [(0.0, 0u64); KINDS];
    for (kind, (slot, count)) in kinds.iter_mut().zip(counts).enumerate() {
        if *count == 0 {
            continue;
        }
        let components = cube::components(kind);
        let mut squares: [f64; 3] = core::array::from_fn(|i| {
            let n = f64::from(components[i]) * faces[i];
            n * n
        });
        // In the same order however the axes are numbered.
        squares.sort_unstable_by(f64::total_cmp);
        // Half of the doubled area, in half voxels: an eighth.
        *slot = (math::sqrt(squares[0] + squares[1] + squares[2]) / 8.0, *count);
    }
    // Kinds of equal area are one kind, and they are added in the order of their areas.
    heapsort::sort(&mut kinds, |a, b| a.0.total_cmp(&b.0).is_lt());
    sum(kinds.chunk_by(|a, b| a.0 == b.0).map(|equal| {
        let count: u64 = equal.iter().map(|(_, count)| count).sum();
        equal[0].0 * count as f64
    }))
}
