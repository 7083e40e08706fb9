//! Every family alone with the preparation it needs, and preparation alone: three sizes, three textures; and numbers of
//! grey levels.

mod shared;

use radiomics::{Error, Image, Region, Serial};
use radiomics_benches::{Body, Ct, Extraction, Input, Texture};

use shared::report::{Report, short};
use shared::{FAMILIES, SET};

/// Families whose cost depends on the number of grey levels.
const LEVELLED: [&str; 7] =
    ["intensity_histogram", "glcm", "glrlm", "glszm", "gldzm", "ngtdm", "ngldm"];

/// Reading, mask and extremes alone.
const READING: &str = "stat_max";

fn sizes() -> &'static [f64] {
    if short() { &[1e3, 1e5] } else { &[1e3, 1e5, 2e6] }
}

/// The families that `names` gives on one region.
fn region(
    report: &mut Report,
    group: &str,
    names: &[&str],
    (image, region, voxels): (Image, Region, u64),
    levels: &str,
) -> Result<(), Error> {
    let settings = [SET[1], ("discretise.bin_count", levels)];
    for name in names {
        let mut extraction = Extraction::of(image, region, &settings, &[name], 1)?;
        report.run(group, name, voxels, || {
            extraction.run(&Serial).expect("values");
        });
    }
    Ok(())
}

fn main() -> Result<(), Error> {
    let mut report = Report::new();
    let names = [&FAMILIES[..], &[READING]].concat();
    for voxels in sizes() {
        for (texture, group) in [(Texture::Smooth, "smooth"), (Texture::Noise, "noise")] {
            let input = Input::new(Input::side_of_ball(*voxels), texture, Body::Ball);
            let given = (input.scan([1.0; 3])?, input.region()?, input.voxels());
            region(&mut report, group, &names, given, "64")?;
        }
    }
    match Ct::phantom() {
        Ok(tumour) => {
            for voxels in sizes() {
                let boxed = (*voxels != 1e5).then(|| tumour.boxed(*voxels as u64));
                let ct = boxed.as_ref().unwrap_or(&tumour);
                let given = (ct.image()?, ct.region()?, ct.voxels());
                region(&mut report, "ct", &names, given, "64")?;
            }
        }
        Err(problem) => report.skip("real CT", &problem),
    }
    let input = Input::new(Input::side_of_ball(1e5), Texture::Noise, Body::Ball);
    for levels in ["16", "64", "256", "4096"] {
        let given = (input.scan([1.0; 3])?, input.region()?, input.voxels());
        region(&mut report, &format!("levels_{levels}"), &LEVELLED, given, levels)?;
    }
    report.finish();
    Ok(())
}
