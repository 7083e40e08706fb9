//! Every standard row of the IBSI-1 reference values: digital phantom and configurations A to E.

use radiomics::plan::Workspace;
use radiomics::{Geometry, Host, Image, Layout, Plan, Region, Select, Settings, Value};
use support::golden::{self, Reference};
use support::{phantom, tolerances};

fn extract(preset: &str, image: &Image, region: &Region) -> Vec<(String, Value)> {
    let mut settings = Settings::preset(preset).expect("a preset");
    settings.set("diagnostics", "true").expect("an option");
    let plan = Plan::new(&settings).expect("a plan");
    let (values, _) =
        Workspace::new().extract(&plan, image, region, &Host::serial()).expect("values");
    plan.columns().map(|c| c.tag().to_string()).zip(values).collect()
}

/// Compares every standard row of a configuration; prints the agreement with the teams' medians.
fn compare(config: &str, got: &[(String, Value)], expected_rows: usize) {
    let rows: Vec<Reference> = golden::ibsi1()
        .into_iter()
        .filter(|r| r.config == config && r.status == "standard")
        .collect();
    assert_eq!(rows.len(), expected_rows, "standard rows of configuration {config}");
    let (mut misses, mut outside, mut unexplained) = (Vec::new(), Vec::new(), Vec::new());
    let (mut agreeing, mut with_median) = (0, 0);
    for row in &rows {
        let found = got.iter().find(|(tag, _)| *tag == row.tag);
        let Some((_, value)) = found else {
            misses.push(format!("{}: no such column", row.tag));
            continue;
        };
        if !value.status().has_value() || !row.passes(value.number()) {
            let (number, status) = (value.number(), value.status().name());
            misses.push(format!("{}: {number} ({status}), reference {}", row.tag, row.value));
        }
        if let Some(agrees) = row.agrees_with_median(value.number()) {
            with_median += 1;
            agreeing += usize::from(agrees);
        }
        if row.within_teams(value.number()) == Some(false) {
            let shown = format!("{}: {} {:?}", row.tag, value.number(), row.teams);
            match tolerances::reason(config, &row.tag) {
                Some(reason) => outside.push(format!("{shown}: {reason}")),
                None => unexplained.push(shown),
            }
        }
    }
    println!("configuration {config}: {} of {} rows pass", rows.len() - misses.len(), rows.len());
    println!("  {agreeing} of {with_median} agree with the teams' median to six digits");
    println!("  outside the teams' range: {}\n    {}", outside.len(), outside.join("\n    "));
    assert!(unexplained.is_empty(), "outside the teams' values:\n{}", unexplained.join("\n"));
    let explained = tolerances::OUTSIDE_TEAMS.iter().filter(|(c, _, _)| *c == config).count();
    assert_eq!(outside.len(), explained, "an explanation is no longer needed");
    assert!(misses.is_empty(), "{} misses:\n{}", misses.len(), misses.join("\n"));
}

#[test]
fn digital_phantom() {
    let (image, mask) = phantom::digital();
    let layout = Layout::x_fastest(phantom::SHAPE).expect("a layout");
    let geometry = Geometry::axis_aligned(phantom::SPACING);
    let image = Image::new(image.as_slice(), layout, geometry).expect("an image");
    let region = Region::new(mask.as_slice(), layout, Select::NonZero).expect("a region");
    compare("digital", &extract("ibsi-digital", &image, &region), 482);
}

/// One configuration on the CT phantom.
fn ct(config: &str, expected_rows: usize) {
    let limit = radiomics_io::nifti::DEFAULT_LIMIT;
    let read = |file: &str| {
        let path = support::data::ibsi(&format!("ibsi1_ct_phantom/{file}"));
        radiomics_io::nifti::read(&path, limit).expect("a NIfTI file")
    };
    let (image, mask) = (read("image.nii.gz"), read("mask.nii.gz"));
    let preset = format!("ibsi-{}", config.to_lowercase());
    let image = image.image().expect("an image");
    let region = mask.region(Select::NonZero).expect("a region");
    compare(config, &extract(&preset, &image, &region), expected_rows);
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn configuration_a() {
    ct("A", 406);
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn configuration_b() {
    ct("B", 406);
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn configuration_c() {
    ct("C", 270);
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn configuration_d() {
    ct("D", 270);
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn configuration_e() {
    ct("E", 270);
}
