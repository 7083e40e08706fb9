//! Contours of a structure set on the grid of an image.

use radiomics::roi::contours::{
    Contours, Frame, Rules, SliceRule, Slices, bounds, fill, footprint,
};
use radiomics::{Arena, BoundingBox, Watch};

use super::{Mask, MaskOptions, OtherGrid, owner};
use crate::dicom::rtstruct::StructureSet;
use crate::grids::TOLERANCE_VOXELS;
use crate::limits::Limits;
use crate::open::Picture;
use crate::place;

/// Rasterises one region: a voxel is inside when its centre is inside an odd number of contours of its slice.
pub(super) fn mask(
    set: &StructureSet,
    index: usize,
    picture: &Picture,
    options: &MaskOptions,
    limits: &Limits,
) -> Result<Mask, String> {
    let roi = set.rois.get(index).ok_or("has no such region")?;
    let name = &roi.name;
    let mut notes =
        owner::check(set.patient.as_deref(), roi.frame_of_reference.as_deref(), picture, options)?;
    if roi.contours.is_empty() {
        return Err(match roi.open {
            0 => format!("the region \"{name}\" has no contours"),
            n => {
                format!(
                    "the region \"{name}\" has no closed contour, only {n} points or open lines"
                )
            }
        });
    }
    let said = |e: radiomics::Error| format!("the region \"{name}\": {e}");
    let points: Vec<f64> = roi.contours.iter().flatten().flatten().copied().collect();
    let lengths: Vec<u64> = roi.contours.iter().map(|c| c.len() as u64).collect();
    let contours = Contours::from_lengths(&points, lengths.as_slice()).map_err(said)?;
    let shape = picture.volume.shape;
    let frame = Frame::new(shape, &picture.volume.geometry, Slices::Regular).map_err(said)?;
    let rules =
        Rules { slice: slice_rule(&points, &lengths, picture, options), ..Rules::default() };
    let watch = Watch::silent();
    let found = bounds(&contours, &frame, &rules, &watch).map_err(said)?;
    let within = found.unwrap_or(BoundingBox { start: [0; 3], shape: [0; 3] });
    limits.check("the mask", within.voxels() as u64)?;
    let mut cells = vec![0; within.voxels()];
    let mut words = vec![0u64; footprint(shape).words()];
    let made = fill(&contours, &frame, &rules, within, &mut cells, Arena::new(&mut words), &watch)
        .map_err(said)?;
    // A contour that is cut at the edges and leaves no box lies beyond them.
    if made.contours_used == 0 || (found.is_none() && made.contours_clipped > 0) {
        return Err(format!(
            "the region \"{name}\" lies outside the image: none of its {} contours is on it",
            roi.contours.len()
        ));
    }
    if made.slices_shared > 0 {
        return Err(format!(
            "the region \"{name}\" was drawn on other slices than the image's: {} slices have contours of several planes; take the image it was drawn on, or resample the mask",
            made.slices_shared
        ));
    }
    if let SliceRule::NearestPlane(reach) = rules.slice {
        notes.push(format!(
            "every slice takes the contours of the nearest plane, as far as {reach:.3} mm away"
        ));
    }
    let mut note = |count: usize, text: &str| {
        if count > 0 {
            notes.push(format!("{count} {text}"));
        }
    };
    note(roi.open, "points or open lines enclose nothing and are left out");
    note(made.contours_outside, "contours lie above or below the image and are left out");
    note(made.contours_degenerate, "contours have fewer than three points or no area");
    note(made.contours_clipped, "contours reach beyond the edge of the image and are cut there");
    note(made.slices_missing, "slices between the first and the last have no contour");
    note(made.contours_between, "contours lie between slices that take others, and are left out");
    Ok(Mask::new(name, cells, within, shape, notes))
}

/// For contours of other slices, where a mask on another grid is taken: half the distance of their planes.
fn slice_rule(
    points: &[f64],
    lengths: &[u64],
    picture: &Picture,
    options: &MaskOptions,
) -> SliceRule {
    if options.other_grid == OtherGrid::Refuse {
        return SliceRule::Nearest;
    }
    let geometry = &picture.volume.geometry;
    let step = geometry.spacing[2];
    let mut first = 0;
    let mut heights: Vec<f64> = Vec::new();
    for length in lengths.iter().map(|n| *n as usize).filter(|n| *n > 0) {
        if let Some([x, y, z]) = points.get(3 * first..).and_then(|p| p.first_chunk()) {
            heights.push(place::voxel(geometry, [*x, *y, *z])[2]);
        }
        first += length;
    }
    let off = |h: &f64| (h - h.round()).abs();
    heights.sort_by(f64::total_cmp);
    let mut gaps: Vec<f64> =
        heights.windows(2).map(|w| w[1] - w[0]).filter(|gap| *gap > TOLERANCE_VOXELS).collect();
    gaps.sort_by(f64::total_cmp);
    let usual = gaps.get(gaps.len() / 2).copied().unwrap_or(1.0);
    // On the slices of the image, one plane for each: nothing to bridge.
    if heights.iter().all(|h| off(h) <= TOLERANCE_VOXELS) && (usual - 1.0).abs() <= TOLERANCE_VOXELS
    {
        return SliceRule::Nearest;
    }
    SliceRule::NearestPlane((0.5 + ROUNDING) * usual * step)
}

/// Half a distance is not lost to the last digit.
const ROUNDING: f64 = 1e-6;
