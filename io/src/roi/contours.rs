//! Contours of a structure set on the grid of an image.

use radiomics::roi::contours::{Contours, Frame, Rules, Slices, bounds, fill, footprint};
use radiomics::{Arena, BoundingBox, Watch};

use super::{Mask, MaskOptions, owner};
use crate::dicom::rtstruct::StructureSet;
use crate::limits::Limits;
use crate::open::Picture;

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
    let (rules, watch) = (Rules::default(), Watch::silent());
    let found = bounds(&contours, &frame, &rules, &watch).map_err(said)?;
    let within = found.unwrap_or(BoundingBox { start: [0; 3], shape: [0; 3] });
    limits.check("the mask", within.voxels() as u64)?;
    let mut cells = vec![0; within.voxels()];
    let mut words = vec![0u64; footprint(shape).words()];
    let made = fill(&contours, &frame, &rules, within, &mut cells, Arena::new(&mut words), &watch)
        .map_err(said)?;
    if made.contours_used == 0 || found.is_none() {
        return Err(format!(
            "the region \"{name}\" lies outside the image: none of its {} contours is on it",
            roi.contours.len()
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
    note(made.slices_shared, "slices have contours of several planes, which exclude each other");
    Ok(Mask::new(name, cells, within, shape, notes))
}
