//! How time grows: with the region, with the scan around it, with the number of grey levels. Linear means the same
//! nanoseconds for each voxel of the region.

mod shared;

use radiomics::{Error, Serial};
use radiomics_benches::{Body, Extraction, Input, Texture};
use shared::report::{Report, short};
use shared::{FAMILIES, SET};

fn run(
    report: &mut Report,
    group: &str,
    name: &str,
    input: &Input,
    settings: &[(&str, &str)],
    features: &[&str],
) -> Result<(), Error> {
    let mut extraction = Extraction::new(input, [1.0; 3], settings, features, 1)?;
    report.run(group, name, input.voxels(), || {
        extraction.run(&Serial).expect("values");
    });
    Ok(())
}

fn main() -> Result<(), Error> {
    let mut report = Report::new();
    let sizes: &[f64] = if short() { &[1e3, 1e4, 1e5] } else { &[1e3, 1e4, 1e5, 1e6, 1e7] };
    for voxels in sizes {
        let input = Input::new(Input::side_of_ball(*voxels), Texture::Smooth, Body::Ball);
        run(&mut report, "region", "set_3d", &input, &SET, &[])?;
        for family in FAMILIES {
            run(&mut report, "region", family, &input, &SET, &[family])?;
        }
        let spatial = [("morphology.spatial", "true")];
        let pairs = ["N365", "NPT7"];
        run(&mut report, "region", "morans_i_gearys_c", &input, &spatial, &pairs)?;
        for (key, name) in [("morphology.ombb", "ombb"), ("morphology.mvee", "mvee")] {
            let settings = [SET[1], (key, "true")];
            run(&mut report, "region", name, &input, &settings, &["morphology"])?;
        }
    }
    let region = Input::side_of_ball(1e4) - 4;
    let margins: &[usize] = if short() { &[2, 40] } else { &[2, 20, 80, 160] };
    for margin in margins {
        let side = region + 2 * margin;
        let input = Input::within(side, *margin, Texture::Smooth, Body::Ball);
        run(&mut report, "scan", &format!("side_{side}"), &input, &SET, &[])?;
    }
    let input = Input::new(Input::side_of_ball(1e5), Texture::Noise, Body::Ball);
    for levels in ["4", "16", "64", "256", "1024", "4096"] {
        let settings = [SET[1], ("discretise.bin_count", levels)];
        run(&mut report, "levels", levels, &input, &settings, &[])?;
    }
    report.finish();
    Ok(())
}
