//! City-block distance to the outside of the morphological mask.

use crate::aggregation::Extent;
use crate::volume::Mask;

/// Writes, box cell by box cell, the number of erosions with the 6-neighbourhood (in a slice the
/// 4-neighbourhood) that reach a voxel: 1 at the border, 0 outside. The box's edge and holes count as outside.
///
/// Two sweeps give the city-block distance exactly: forward from the neighbours before, backward from those
/// after.
pub(super) fn to_border(mask: &Mask, extent: Extent, out: &mut [u32]) {
    let [nx, ny, nz] = mask.shape();
    let solid = extent == Extent::Volume;
    for z in 0..nz {
        for y in 0..ny {
            let row = (z * ny + y) * nx;
            for (x, flags) in mask.row(y, z).iter().enumerate() {
                let at = row + x;
                out[at] = if flags & Mask::MORPHOLOGICAL == 0 {
                    0
                } else {
                    let before = if x > 0 { out[at - 1] } else { 0 };
                    let above = if y > 0 { out[at - nx] } else { 0 };
                    let mut least = before.min(above);
                    if solid {
                        least = least.min(if z > 0 { out[at - nx * ny] } else { 0 });
                    }
                    least + 1
                };
            }
        }
    }
    for z in (0..nz).rev() {
        for y in (0..ny).rev() {
            let row = (z * ny + y) * nx;
            for x in (0..nx).rev() {
                let at = row + x;
                if out[at] > 0 {
                    let after = if x + 1 < nx { out[at + 1] } else { 0 };
                    let below = if y + 1 < ny { out[at + nx] } else { 0 };
                    let mut least = after.min(below);
                    if solid {
                        least = least.min(if z + 1 < nz { out[at + nx * ny] } else { 0 });
                    }
                    out[at] = out[at].min(least + 1);
                }
            }
        }
    }
}
