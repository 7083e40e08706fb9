//! Local and global intensity peak, every sphere voxel by voxel.

use support::boxes::places;

/// An image, x fastest, and the voxels of the intensity mask in it.
#[derive(Clone, Debug)]
pub struct Scene {
    /// Extent of the image.
    pub shape: [usize; 3],
    /// Spacing in mm.
    pub spacing: [f64; 3],
    /// Intensities.
    pub image: Vec<f64>,
    /// Whether a voxel belongs to the mask.
    pub mask: Vec<bool>,
}

/// The mean over the sphere of 1 cm^3 around a voxel; what is not finite does not exist.
fn sphere_mean(scene: &Scene, centre: [i64; 3]) -> f64 {
    let radius = 10.0 * (3.0 / (4.0 * std::f64::consts::PI)).cbrt();
    let (mut sum, mut count) = (0.0, 0.0);
    for (place, x) in places(scene.shape).zip(&scene.image) {
        let square: f64 =
            (0..3).map(|a| ((place[a] - centre[a]) as f64 * scene.spacing[a]).powi(2)).sum();
        if square.sqrt() <= radius * (1.0 + 1e-10) && x.is_finite() {
            sum += x;
            count += 1.0;
        }
    }
    sum / count
}

/// Both peaks, or `None` without a mask.
pub fn peaks(scene: &Scene) -> Option<[f64; 2]> {
    let region: Vec<_> = places(scene.shape)
        .zip(&scene.image)
        .zip(&scene.mask)
        .filter(|(_, inside)| **inside)
        .map(|((place, x), _)| (*x, sphere_mean(scene, place)))
        .collect();
    let highest = region.iter().map(|r| r.0).reduce(f64::max)?;
    let local = region.iter().filter(|r| r.0 == highest).map(|r| r.1).reduce(f64::max)?;
    let global = region.iter().map(|r| r.1).reduce(f64::max)?;
    Some([local, global])
}
