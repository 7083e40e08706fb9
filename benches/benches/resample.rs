//! Interpolation of image and mask onto another grid: nanoseconds for each voxel of the target grid.

mod shared;

use radiomics::prepare::grid::Regrid;
use radiomics::prepare::resample::{self, Method};
use radiomics::{Arena, BoundingBox, Error, Geometry, Image, Layout, Watch};
use shared::report::{Report, short};

/// Voxels and spacing of a scan, and the spacing wanted.
type Scan = (&'static str, [usize; 3], [f64; 3], f64);

const SCANS: [Scan; 4] = [
    ("ct_to_1mm", [204, 201, 60], [0.977, 0.977, 3.0], 1.0),
    ("ct_to_2mm", [204, 201, 60], [0.977, 0.977, 3.0], 2.0),
    ("large_ct_to_1mm", [512, 512, 60], [0.9, 0.9, 2.5], 1.0),
    ("even_to_1mm", [130, 130, 130], [1.2, 1.2, 1.2], 1.0),
];

/// Noise from a fixed seed.
fn noise(voxels: usize) -> Vec<i16> {
    let mut state = 12_345u32;
    let mut next = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 22) as i16
    };
    (0..voxels).map(|_| next()).collect()
}

fn main() -> Result<(), Error> {
    let mut report = Report::new();
    for (name, shape, spacing, wanted) in SCANS {
        if short() && name.starts_with("large") {
            report.skip(name, "short pass");
            continue;
        }
        let cells = noise(shape.iter().product());
        let flags: Vec<u8> = cells.iter().map(|v| u8::from(*v > 300)).collect();
        let layout = Layout::x_fastest(shape)?;
        let image = Image::new(cells.as_slice(), layout, Geometry::axis_aligned(spacing))?;
        let regrid = Regrid::new(shape, spacing, [wanted; 3])?;
        let whole = BoundingBox::whole(regrid.shape());
        let voxels = whole.voxels() as u64;
        let watch = Watch::silent();
        let (mut out, mut mask) = (vec![0.0; whole.voxels()], vec![0; whole.voxels()]);
        for (method, kind) in [(Method::Linear, "linear"), (Method::Cubic, "cubic")] {
            let words = resample::image_footprint(&regrid, whole, method).words();
            let mut workspace = vec![0; words];
            report.run(name, kind, voxels, || {
                let read = |x: usize, yz: [usize; 2], row: &mut [f64]| image.read_row(x, yz, row);
                let scratch = Arena::new(&mut workspace);
                resample::image(&read, &regrid, whole, method, &watch, scratch, &mut out)
                    .expect("an image");
            });
            report.note(format!(
                "{name}/{kind}: {:.1} bytes of scratch a voxel of the target grid",
                8.0 * words as f64 / voxels as f64
            ));
        }
        let method = Method::Linear;
        let mut workspace = vec![0; resample::mask_footprint(&regrid, whole, method).words()];
        report.run(name, "mask_linear", voxels, || {
            let read = |x: usize, [y, z]: [usize; 2], row: &mut [u8]| {
                let start = x + shape[0] * (y + shape[1] * z);
                row.copy_from_slice(&flags[start..start + row.len()]);
            };
            let scratch = Arena::new(&mut workspace);
            resample::mask(&read, &regrid, whole, method, 0.5, &watch, scratch, &mut mask)
                .expect("a mask");
        });
    }
    report.finish();
    Ok(())
}
