//! Volume and area of the mesh, without a stored triangle.

use super::cube::{self, KINDS, PATCHES};
use super::voxel_volume;
use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::sum::sum;
use crate::volume::Mask;

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
    let cubes = nx + 1;
    for z in 0..=nz {
        for y in 0..=ny {
            if y % 256 == 0 {
                watch.check()?;
            }
            let start = z * sz + y * sy;
            let rows = [start, start + sy, start + sz, start + sz + sy]
                .map(|first| &mask.cells()[first..=first + cubes]);
            row(rows, &mut counts);
        }
    }
    let [even, odd] = counts;
    Ok(core::array::from_fn(|c| even[c] + odd[c]))
}

/// Counts the cubes between four rows of voxels: at y and z, beside, above, and beside and above.
fn row(rows: [&[u8]; 4], counts: &mut [[u64; 256]; 2]) {
    let cubes = rows[0].len() - 1;
    let near = rows.map(|row| row[..cubes].as_chunks::<WIDTH>());
    let far = rows.map(|row| row[1..].as_chunks::<WIDTH>());
    for i in 0..cubes / WIDTH {
        let mut inside = 0u64;
        for (k, (near, far)) in near.iter().zip(&far).enumerate() {
            inside |= flags(near.0[i]) << (2 * k) | flags(far.0[i]) << (2 * k + 1);
        }
        if inside == 0 {
            continue;
        }
        if inside == u64::MAX {
            counts[0][255] += WIDTH as u64;
            continue;
        }
        for pair in inside.to_le_bytes().chunks_exact(2) {
            counts[0][usize::from(pair[0])] += 1;
            counts[1][usize::from(pair[1])] += 1;
        }
    }
    for i in 0..cubes % WIDTH {
        let mut inside = 0u8;
        for (k, (near, far)) in near.iter().zip(&far).enumerate() {
            let m = Mask::MORPHOLOGICAL;
            inside |= (near.1[i] & m) << (2 * k) | (far.1[i] & m) << (2 * k + 1);
        }
        counts[i % 2][usize::from(inside)] += 1;
    }
}

/// The morphological flag of eight voxels, one in each byte.
fn flags(cells: [u8; WIDTH]) -> u64 {
    const {
        assert!(Mask::MORPHOLOGICAL == 1, "the flag is the lowest bit of a cell");
    }
    u64::from_le_bytes(cells) & u64::from_le_bytes([Mask::MORPHOLOGICAL; WIDTH])
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
    kinds.sort_unstable_by(|a, b| a.0.total_cmp(&b.0));
    sum(kinds.chunk_by(|a, b| a.0 == b.0).map(|equal| {
        let count: u64 = equal.iter().map(|(_, count)| count).sum();
        equal[0].0 * count as f64
    }))
}
