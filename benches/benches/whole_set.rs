//! The whole 3D set and what goes beyond it, with the bytes of workspace for each voxel of the region's box.

mod shared;

use radiomics::{Error, Image, Region, Serial};
use radiomics_benches::ct::CASES;
use radiomics_benches::{Body, Ct, Extraction, Input, Texture};
use shared::SET;

use shared::report::{Report, short};

/// What is beyond the set, or less: settings and features.
type Work = (&'static str, &'static [(&'static str, &'static str)], &'static [&'static str]);

const ALL: Work = ("set_3d", &[], &[]);
const SPATIAL: Work = ("morans_i_gearys_c", &[("morphology.spatial", "true")], &["N365", "NPT7"]);

const BEYOND: [Work; 3] = [
    ("all_aggregations", &[("texture.aggregation", "all")], &[]),
    ("ombb", &[("morphology.ombb", "true")], &["morphology"]),
    ("mvee", &[("morphology.mvee", "true")], &["morphology"]),
];

fn region(
    report: &mut Report,
    input: &str,
    (image, region, voxels): (Image, Region, u64),
    (name, more, features): Work,
) -> Result<(), Error> {
    let settings = [&SET[..], more].concat();
    let mut extraction = Extraction::of(image, region, &settings, features, 1)?;
    let run = report.run(name, input, voxels, || {
        extraction.run(&Serial).expect("values");
    });
    if let (Some(ns), Some(within)) = (run, region.bounding_box()) {
        let bytes = extraction.bytes() as f64 / within.voxels() as f64;
        let ms = ns * voxels as f64 / 1e6;
        report.note(format!(
            "{name}/{input}: {ms:.2} ms in all, {bytes:.1} bytes of workspace a voxel of the box"
        ));
    }
    Ok(())
}

fn main() -> Result<(), Error> {
    let mut report = Report::new();
    let large = Input::side_of_ball(if short() { 1e5 } else { 2e6 });
    for (name, side, texture, body) in [
        ("smooth", large, Texture::Smooth, Body::Ball),
        ("noise", large, Texture::Noise, Body::Ball),
        ("box", large * 4 / 5, Texture::Smooth, Body::Box),
        ("lesion", 17, Texture::Smooth, Body::Ball),
    ] {
        let input = Input::new(side, texture, body);
        let given = || Ok::<_, Error>((input.scan([1.0; 3])?, input.region()?, input.voxels()));
        region(&mut report, name, given()?, ALL)?;
        if name != "noise" {
            region(&mut report, name, given()?, SPATIAL)?;
        }
        if name == "smooth" {
            for work in BEYOND {
                region(&mut report, name, given()?, work)?;
            }
        }
    }
    for (name, case) in CASES {
        match Ct::read(case) {
            Ok(ct) => region(&mut report, name, (ct.image()?, ct.region()?, ct.voxels()), ALL)?,
            Err(problem) => report.skip(name, &problem),
        }
    }
    report.finish();
    Ok(())
}
