//! The six sarcoma cases from DICOM, against what the teams of IBSI-1 phase 3 agree on.
//!
//! There are no reference values: a row counts where at least five teams agree, and passes within half a percent of
//! their median, which is how far the agreeing teams may lie from it, or between their smallest and largest.

use std::collections::BTreeMap;

use radiomics::plan::Workspace;
use radiomics::{Host, Plan, Settings, Value};
use radiomics_io::Threads;
use support::golden;

use super::dicom_phantom::dicom;

/// Settings of a modality.
fn settings(modality: &str) -> Settings {
    let rows: &[(&str, &str)] = match modality {
        "CT" => &[
            ("resample.spacing_mm", "1,1,1"),
            ("resample.round", "true"),
            ("resegment.range", "-200,200"),
            ("discretise.bin_width", "10"),
        ],
        "MR" => &[
            ("resample.spacing_mm", "1,1,1"),
            ("resegment.range", "0,inf"),
            ("discretise.bin_width", "10"),
            ("ivh.bin_width", "1"),
        ],
        _ => &[
            ("resample.spacing_mm", "3,3,3"),
            ("resegment.range", "0,inf"),
            ("discretise.bin_width", "0.25"),
            ("ivh.bin_width", "0.1"),
        ],
    };
    let mut settings = Settings::default();
    let shared = [
        ("resample.image_method", "cubic"),
        ("texture.aggregation", "3d_merged"),
        ("diagnostics", "true"),
    ];
    for (key, value) in rows.iter().chain(&shared) {
        settings.set(key, value).expect("an option");
    }
    settings
}

fn compare(case: &str, modality: &str, folder: &str, rows: usize) {
    let (picture, mask) = dicom(folder);
    let plan = Plan::new(&settings(modality)).expect("a plan");
    let threads = Threads::new(0);
    let host = Host { executor: &threads, progress: None };
    let image = picture.volume.image().expect("an image");
    let region = mask.region().expect("a region");
    let (values, _) = Workspace::new().extract(&plan, &image, &region, &host).expect("values");
    let got: BTreeMap<String, Value> =
        plan.columns().map(|c| c.tag().to_string()).zip(values).collect();
    let table = support::data::ibsi("reference_values/ibsi1_phase3.csv");
    let table = std::fs::read_to_string(table).expect("a table");
    let (mut compared, mut passed) = (0, 0);
    let mut misses = Vec::new();
    for row in golden::rows(&table) {
        let number = |column: &str| row[column].parse::<f64>().expect("a number");
        if row["case"] != case || row["modality"] != modality || number("teams_agreeing") < 5.0 {
            continue;
        }
        let tag = row["tag"];
        let value = got.get(tag).unwrap_or_else(|| panic!("{tag} is no column"));
        compared += 1;
        let (x, median) = (value.number(), number("team_consensus_value"));
        let edge = 1e-6 * median.abs();
        let between = x >= number("agreeing_min") - edge && x <= number("agreeing_max") + edge;
        if (x - median).abs() <= number("suggested_tolerance") || between {
            passed += 1;
            continue;
        }
        let apart = 100.0 * (x - median) / median.abs();
        misses.push(format!("{tag}: {x}, teams {median} ({apart:+.2} %)"));
    }
    println!("{folder}: {passed} of {compared} rows on which at least five teams agree");
    assert_eq!(compared, rows);
    assert!(misses.is_empty(), "{}", misses.join("\n"));
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn ct() {
    compare("STS_008", "CT", "STS_008_CT", 185);
    compare("STS_042", "CT", "STS_042_CT", 180);
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn mr() {
    compare("STS_008", "MR", "STS_008_MR_T1", 181);
    compare("STS_042", "MR", "STS_042_MR_T1", 133);
}

#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn pet() {
    compare("STS_035", "PET", "STS_035_PET", 148);
    compare("STS_042", "PET", "STS_042_PET", 120);
}
