//! Segments of a segmentation object on the grid of an image.

use radiomics::{BoundingBox, Geometry};

use super::regrid::{self, OtherGrid};
use super::{Mask, MaskOptions, owner};
use crate::dicom::seg::{Plane, Segmentation};
use crate::grids::{Difference, TOLERANCE_VOXELS};
use crate::limits::Limits;
use crate::open::Picture;
use crate::place;

/// One segment: frame by frame where its frames are slices of the image, else through a grid of its own.
pub(super) fn mask(
    set: &Segmentation,
    index: usize,
    picture: &Picture,
    options: &MaskOptions,
    limits: &Limits,
) -> Result<Mask, String> {
    let segment = set.segments.get(index).ok_or("has no such segment")?;
    let name = &segment.label;
    let mut notes =
        owner::check(set.patient.as_deref(), set.frame_of_reference.as_deref(), picture, options)?;
    let planes = set.planes(index, options.fraction)?;
    if planes.is_empty() {
        return Err(format!("the segment \"{name}\" has no frame with a voxel inside"));
    }
    let image = &picture.volume;
    let offsets: Result<Vec<[i64; 3]>, Difference> =
        planes.iter().map(|plane| offset(plane, set.shape, &image.geometry, image.shape)).collect();
    match (offsets, options.other_grid) {
        (Ok(offsets), _) => {
            let (cells, within, cut) = copy(&planes, set.shape, &offsets, image.shape, limits)?;
            if cut > 0 {
                notes.push(format!("{cut} voxels lie outside the image and are left out"));
            }
            Ok(Mask::new(name, cells, within, image.shape, notes))
        }
        (Err(difference), OtherGrid::Refuse) => Err(difference.to_string()),
        (Err(difference), method) => {
            let (cells, geometry, shape) = own_grid(&planes, set, limits)?;
            let source = regrid::Source {
                cells: &cells,
                within: BoundingBox::whole(shape),
                geometry: &geometry,
            };
            let (cells, within) =
                regrid::onto(&source, &image.geometry, image.shape, method, limits)?;
            notes.push(format!("resampled onto the image's grid: {}", difference.what()));
            Ok(Mask::new(name, cells, within, image.shape, notes))
        }
    }
}

/// Where the first pixel of a plane lies on the image's grid, counted in voxels.
fn offset(
    plane: &Plane,
    [columns, rows]: [usize; 2],
    image: &Geometry,
    shape: [usize; 3],
) -> Result<[i64; 3], Difference> {
    let corner = |x: usize, y: usize| {
        place::voxel(image, place::point(&plane.geometry, [x as f64, y as f64, 0.0]))
    };
    let first = corner(0, 0);
    let whole = first.map(f64::round);
    let ends = [[0, 0], [columns - 1, 0], [0, rows - 1], [columns - 1, rows - 1]];
    let off = ends.iter().flat_map(|[x, y]| {
        let found = corner(*x, *y);
        let expected = [whole[0] + *x as f64, whole[1] + *y as f64, whole[2]];
        std::array::from_fn::<f64, 3, _>(|a| (found[a] - expected[a]).abs())
    });
    if off.fold(0.0, f64::max) <= TOLERANCE_VOXELS {
        return Ok(whole.map(|x| x as i64));
    }
    let mask = [columns, rows, shape[2]];
    Err(Difference::between((image, shape), (&plane.geometry, mask)))
}

/// Copies planes that are slices of the image. Answers how many voxels lie beyond it.
fn copy(
    planes: &[Plane],
    [columns, rows]: [usize; 2],
    offsets: &[[i64; 3]],
    grid: [usize; 3],
    limits: &Limits,
) -> Result<(Vec<u8>, BoundingBox, usize), String> {
    let mut found = None;
    let visit = |put: &mut dyn FnMut([usize; 3])| {
        let mut cut = 0;
        for (plane, [ox, oy, oz]) in planes.iter().zip(offsets) {
            for (at, _) in plane.cells.iter().enumerate().filter(|(_, c)| **c != 0) {
                let place = [ox + (at % columns) as i64, oy + (at / columns) as i64, *oz];
                let inside = |a: usize| (0..grid[a] as i64).contains(&place[a]);
                if (0..3).all(inside) {
                    put(place.map(|p| p as usize));
                } else {
                    cut += 1;
                }
            }
        }
        cut
    };
    let cut = visit(&mut |place| BoundingBox::include(&mut found, place, 1));
    debug_assert_eq!(planes.first().map_or(0, |p| p.cells.len()), columns * rows);
    let within = found.unwrap_or(BoundingBox { start: [0; 3], shape: [0; 3] });
    limits.check("the mask", within.voxels() as u64)?;
    let mut cells = vec![0; within.voxels()];
    let [nx, ny, _] = within.shape;
    visit(&mut |place| {
        let [x, y, z]: [usize; 3] = std::array::from_fn(|a| place[a] - within.start[a]);
        cells[(z * ny + y) * nx + x] = 1;
    });
    Ok((cells, within, cut))
}

/// The planes on a regular grid of their own.
fn own_grid(
    planes: &[Plane],
    set: &Segmentation,
    limits: &Limits,
) -> Result<(Vec<u8>, Geometry, [usize; 3]), String> {
    let first = &planes[0].geometry;
    let heights: Vec<f64> = planes
        .iter()
        .map(|p| place::voxel(first, p.geometry.origin)[2] * first.spacing[2])
        .collect();
    let mut sorted = heights.clone();
    sorted.sort_by(f64::total_cmp);
    let gaps = sorted.windows(2).map(|w| w[1] - w[0]).filter(|g| *g > 1e-3);
    // Empty frames may be left out, so the distance of slices is the smallest there is.
    let step = gaps.fold(f64::INFINITY, f64::min);
    let step = if step.is_finite() { step } else { first.spacing[2] };
    let lowest = sorted[0];
    let place_of = |height: f64| (height - lowest) / step;
    if heights.iter().any(|h| (place_of(*h) - place_of(*h).round()).abs() > TOLERANCE_VOXELS) {
        return Err("has frames at unequal distances: resample the segmentation first".into());
    }
    let [columns, rows] = set.shape;
    let slices = sorted.last().map_or(0.0, |h| place_of(*h).round()) as usize + 1;
    let shape = [columns, rows, slices];
    let bytes = shape.iter().fold(1u64, |n, side| n.saturating_mul(*side as u64));
    limits.check("the segment", bytes)?;
    let mut cells = vec![0; bytes as usize];
    for (plane, height) in planes.iter().zip(&heights) {
        let at = place_of(*height).round() as usize * columns * rows;
        for (cell, inside) in cells[at..].iter_mut().zip(&plane.cells) {
            *cell |= inside;
        }
    }
    let origin = place::point(first, [0.0, 0.0, lowest / first.spacing[2]]);
    let spacing = [first.spacing[0], first.spacing[1], step];
    Ok((cells, Geometry { spacing, origin, ..*first }, shape))
}
