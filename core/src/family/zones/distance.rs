//! City-block distance to the outside of the morphological mask.

use crate::aggregation::Extent;
use crate::error::Error;
use crate::family::pace::Pace;
use crate::volume::Mask;

/// Writes, box cell by box cell, the number of erosions with the 6-neighbourhood (in a slice the
/// 4-neighbourhood) that reach a voxel: 1 at the border, 0 outside. The box's edge and holes count as outside.
///
/// Two sweeps give the city-block distance exactly: forward from the neighbours before, backward from those
/// after. Beyond the edge of the box the distance is 0, so a voxel there has at most 1.
pub(super) fn to_border(
    mask: &Mask,
    extent: Extent,
    out: &mut [u32],
    pace: &mut Pace,
) -> Result<(), Error> {
    let [nx, ny, nz] = mask.shape();
    let solid = extent == Extent::Volume;
    for z in 0..nz {
        for y in 0..ny {
            let start = (z * ny + y) * nx;
            let (done, rest) = out.split_at_mut(start);
            let above = if y > 0 { Some(&done[start - nx..]) } else { None };
            let before = if z > 0 { Some(&done[start - nx * ny..][..nx]) } else { None };
            let row = &mut rest[..nx];
            for (cell, flags) in row.iter_mut().zip(mask.row(y, z)) {
                // All bits where inside, none where outside.
                *cell = u32::from(flags & Mask::MORPHOLOGICAL != 0).wrapping_neg();
            }
            nearer(row, above);
            if solid {
                nearer(row, before);
            }
            let mut last = 0;
            for cell in row {
                *cell = (*cell).min(last + 1);
                last = *cell;
            }
            pace.spend(nx)?;
        }
    }
    for z in (0..nz).rev() {
        for y in (0..ny).rev() {
            let start = (z * ny + y) * nx;
            let (rest, done) = out.split_at_mut(start + nx);
            let below = if y + 1 < ny { Some(&done[..nx]) } else { None };
            let behind = if z + 1 < nz { Some(&done[nx * (ny - 1)..][..nx]) } else { None };
            let row = &mut rest[start..];
            nearer(row, below);
            if solid {
                nearer(row, behind);
            }
            let mut last = 0;
            for cell in row.iter_mut().rev() {
                *cell = (*cell).min(last + 1);
                last = *cell;
            }
            pace.spend(nx)?;
        }
    }
    Ok(())
}

/// No farther than one step from a neighbouring row; without one, from the outside.
fn nearer(row: &mut [u32], neighbours: Option<&[u32]>) {
    match neighbours {
        Some(neighbours) => {
            for (cell, neighbour) in row.iter_mut().zip(neighbours) {
                *cell = (*cell).min(neighbour + 1);
            }
        }
        None => row.iter_mut().for_each(|cell| *cell = (*cell).min(1)),
    }
}
