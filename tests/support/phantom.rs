//! The digital phantom of IBSI-1, from its golden table.

use crate::boxes::LevelBox;

/// Extent of the digital phantom.
pub const SHAPE: [usize; 3] = [5, 4, 4];
/// Voxel spacing of the digital phantom in mm.
pub const SPACING: [f64; 3] = [2.0; 3];

/// Intensities and mask of all 80 voxels, x fastest.
pub fn digital() -> (Vec<i16>, Vec<u8>) {
    let table = include_str!("../golden/digital_phantom.csv");
    let mut image = Vec::new();
    let mut mask = Vec::new();
    for line in table.lines().filter(|l| l.starts_with(|c: char| c.is_ascii_digit())) {
        let mut fields = line.split(',').skip(3);
        image.push(fields.next().and_then(|f| f.parse().ok()).expect("an intensity"));
        mask.push(fields.next().and_then(|f| f.parse().ok()).expect("a mask voxel"));
    }
    assert_eq!(image.len(), 80, "voxels of the digital phantom");
    (image, mask)
}

/// The grey levels of its region: the intensities inside the mask, 0 outside, six levels.
pub fn digital_levels() -> LevelBox {
    let (image, mask) = digital();
    let levels =
        image.iter().zip(&mask).map(|(i, m)| if *m != 0 { *i as u32 } else { 0 }).collect();
    LevelBox { shape: SHAPE, levels, count: 6 }
}
