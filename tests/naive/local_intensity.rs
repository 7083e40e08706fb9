//! Peaks by visiting every voxel of the image around every voxel of the region.

use radiomics::volume::Mask;
use support::boxes::{MaskBox, places};

/// Local and global peak; the region's box lies at `start` in the image.
pub fn features(
    b: &MaskBox,
    image: &[f64],
    shape: [usize; 3],
    start: [usize; 3],
    spacing: [f64; 3],
) -> [Option<f64>; 2] {
    let radius = 10.0 * (3.0 / (4.0 * std::f64::consts::PI)).cbrt();
    let at =
        |p: [i64; 3]| image[p[0] as usize + shape[0] * (p[1] as usize + shape[1] * p[2] as usize)];
    let mut peaks = Vec::new();
    for p in b.places(Mask::INTENSITY) {
        let p = [0, 1, 2].map(|a| p[a] + start[a] as i64);
        let (mut sum, mut count) = (0.0, 0);
        for q in places(shape) {
            let square: f64 = (0..3).map(|a| ((p[a] - q[a]) as f64 * spacing[a]).powi(2)).sum();
            if square <= radius * radius && at(q).is_finite() {
                sum += at(q);
                count += 1;
            }
        }
        peaks.push((at(p), sum / f64::from(count)));
    }
    let highest = peaks.iter().map(|p| p.0).reduce(f64::max);
    let best = |of: &dyn Fn(&(f64, f64)) -> bool| {
        peaks.iter().filter(|p| of(p)).map(|p| p.1).reduce(f64::max)
    };
    [best(&|p| Some(p.0) == highest), best(&|_| true)]
}
