//! Geometry in single precision.
//!
//! NIfTI headers hold single precision and DICOM decimal text. Both readers round spacing, origin and the step
//! from voxel to voxel to the nearest single, so that the same scan has the same geometry, and the same bits in
//! every feature, whichever file it comes from. Positions are in mm as NIfTI counts them: x grows to the patient's
//! right, y to the front, z to the head. DICOM's x and y are the negatives.

use radiomics::Geometry;

/// The nearest single; -0 becomes 0.
pub(crate) fn single(x: f64) -> f64 {
    f64::from(x as f32) + 0.0
}

/// The geometry of a grid with these unit vectors, one for each axis.
pub(crate) fn rounded(
    axes: [[f64; 3]; 3],
    spacing: [f64; 3],
    origin: [f64; 3],
) -> Result<Geometry, String> {
    let mut direction = [[0.0; 3]; 3];
    for (a, axis) in axes.iter().enumerate() {
        let step = axis.map(|x| single(x * spacing[a]));
        let length = step.iter().map(|x| x * x).sum::<f64>().sqrt();
        for (r, x) in step.iter().enumerate() {
            direction[r][a] = x / length;
        }
    }
    let geometry = Geometry { spacing: spacing.map(single), origin: origin.map(single), direction };
    geometry.check().map_err(|e| e.to_string())?;
    Ok(geometry)
}

/// The point at a place counted in voxels.
pub(crate) fn point(geometry: &Geometry, at: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|r| {
        let steps = (0..3).map(|a| geometry.direction[r][a] * geometry.spacing[a] * at[a]);
        geometry.origin[r] + steps.sum::<f64>()
    })
}

/// The place of a point, counted in voxels. Axes are perpendicular.
pub(crate) fn voxel(geometry: &Geometry, point: [f64; 3]) -> [f64; 3] {
    std::array::from_fn(|a| {
        let along = (0..3).map(|r| geometry.direction[r][a] * (point[r] - geometry.origin[r]));
        along.sum::<f64>() / geometry.spacing[a]
    })
}

/// DICOM counts x to the patient's left and y to the back, a volume here to the right and to the front.
pub(crate) fn from_dicom([x, y, z]: [f64; 3]) -> [f64; 3] {
    [0.0 - x, 0.0 - y, z]
}
