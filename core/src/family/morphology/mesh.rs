//! Volume and area of the mesh, without a stored triangle.

use super::cube;
use crate::error::Error;
use crate::host::Watch;
use crate::sum::Sums;
use crate::volume::Mask;

/// What the mesh encloses.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mesh {
    /// Volume in mm^3.
    pub volume: f64,
    /// Area in mm^2.
    pub area: f64,
}

/// Measures the marching-cubes mesh of the morphological mask.
///
/// The mask's voxels are sorted into the 256 configurations of a cube by whole-number counts; each
/// configuration contributes its surface times its count. The volume follows from the divergence theorem:
/// it is the flux of (x, 0, 0), whole in units of a 48th of a voxel, hence exact.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn measure(mask: &Mask, spacing: [f64; 3], watch: &Watch) -> Result<Mesh, Error> {
    let mut counts = [0u64; 256];
    // Sum of the x of the cubes with each configuration.
    let mut places = [0u64; 256];
    let [nx, ny, nz] = mask.shape();
    let [_, sy, sz] = mask.strides().map(|s| s as usize);
    let row = nx + 2;
    for z in 0..=nz {
        watch.check()?;
        for y in 0..=ny {
            let start = z * sz + y * sy;
            let near = &mask.cells()[start..start + row];
            let beside = &mask.cells()[start + sy..start + sy + row];
            let above = &mask.cells()[start + sz..start + sz + row];
            let across = &mask.cells()[start + sz + sy..start + sz + sy + row];
            let mut before = 0u8;
            let cells = near.iter().zip(beside).zip(above.iter().zip(across)).enumerate();
            for (x, ((a, b), (c, d))) in cells {
                let m = Mask::MORPHOLOGICAL;
                // Corners with x = 1 of the cube that ends here; its others were seen one step before.
                let here = (a & m) << 1 | (b & m) << 3 | (c & m) << 5 | (d & m) << 7;
                let inside = here | before >> 1;
                before = here;
                if x > 0 && inside != 0 && inside != 255 {
                    counts[usize::from(inside)] += 1;
                    places[usize::from(inside)] += x as u64 - 1;
                }
            }
        }
    }
    let mut flux = 0i128;
    let mut area = Sums::<1>::new();
    for (inside, (count, place)) in (0u8..=255).zip(counts.iter().zip(&places)) {
        if *count > 0 {
            let patch = cube::patch(inside, spacing);
            // x of the cube in half voxels, times three corners of each triangle.
            flux += i128::from(*count) * i128::from(patch.flux)
                + i128::from(6 * *place) * i128::from(patch.vector);
            area.push([*count as f64 * patch.area]);
        }
    }
    let [sx, sy, sz] = spacing;
    let volume = flux.unsigned_abs() as f64 / 48.0 * (sx * sy * sz);
    Ok(Mesh { volume, area: area.total()[0] })
}
