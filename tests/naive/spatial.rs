//! Moran's I and Geary's C pair by pair.

/// A voxel: its centre in mm and its intensity.
pub type Voxel = ([f64; 3], f64);

/// Both features, or `None` for fewer than two voxels or equal intensities.
pub fn moran_geary(voxels: &[Voxel]) -> Option<[f64; 2]> {
    let n = voxels.len() as f64;
    if voxels.len() < 2 || voxels.iter().all(|v| v.1 == voxels[0].1) {
        return None;
    }
    let mean = voxels.iter().map(|v| v.1).sum::<f64>() / n;
    let spread: f64 = voxels.iter().map(|v| (v.1 - mean) * (v.1 - mean)).sum();
    let (mut weights, mut alike, mut unlike) = (0.0, 0.0, 0.0);
    for (i, (a, x)) in voxels.iter().enumerate() {
        for (j, (b, y)) in voxels.iter().enumerate() {
            if i != j {
                let square: f64 = (0..3).map(|k| (a[k] - b[k]) * (a[k] - b[k])).sum();
                let w = 1.0 / square.sqrt();
                weights += w;
                alike += w * (x - mean) * (y - mean);
                unlike += w * (x - y) * (x - y);
            }
        }
    }
    Some([n / weights * alike / spread, (n - 1.0) / (2.0 * weights) * unlike / spread])
}
