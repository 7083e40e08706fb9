//! Every reference value of IBSI-2 phase 2, and phase 3 where at least five teams agree.

use radiomics::plan::Workspace;
use radiomics::{Host, Plan, Select, Settings, Value};
use radiomics_io::{Threads, nifti};
use support::golden::{self, Reference};

/// Statistics and diagnostics of a case under settings, by tag.
fn extract(folder: &str, settings: &Settings) -> Vec<(String, Value)> {
    let read = |file: &str| {
        let path = support::data::ibsi(&format!("{folder}/{file}"));
        nifti::read(&path, nifti::DEFAULT_LIMIT).expect("a NIfTI file")
    };
    let (image, mask) = (read("image.nii.gz"), read("mask.nii.gz"));
    let image = image.image().expect("an image");
    let region = mask.region(Select::NonZero).expect("a region");
    let mut plan = Plan::new(settings).expect("a plan");
    let wanted: &[&str] =
        if settings.diagnostics { &["statistics", "diagnostics"] } else { &["statistics"] };
    plan.select(wanted).expect("families");
    let threads = Threads::new(0);
    let host = Host { executor: &threads, progress: None };
    let (values, _) = Workspace::new().extract(&plan, &image, &region, &host).expect("values");
    plan.columns().map(|c| c.unfiltered().tag().to_string()).zip(values).collect()
}

/// One configuration, by its preset.
fn configuration(name: &str) {
    let mut settings = Settings::preset(&format!("ibsi2-{name}")).expect("a preset");
    settings.set("diagnostics", "true").expect("an option");
    let got = extract("ibsi1_ct_phantom", &settings);
    let config = format!("{}.{}", &name[..1], name[1..].to_uppercase());
    let rows: Vec<Reference> =
        golden::ibsi2().into_iter().filter(|row| row.config == config).collect();
    assert!(rows.len() >= 17, "rows of configuration {config}");
    let (mut misses, mut outside, mut agreeing) = (Vec::new(), Vec::new(), 0);
    for row in &rows {
        let (_, value) = got.iter().find(|(tag, _)| *tag == row.tag).expect("a column");
        let x = value.number();
        let exact = row.status == "diagnostic" && row.tolerance == 0.0;
        let passes = if exact { x.to_string() == row.value } else { row.passes(x) };
        if !value.status().has_value() || !passes {
            misses.push(format!(
                "{}: {x}, reference {} within {}",
                row.tag, row.value, row.tolerance
            ));
        }
        agreeing += usize::from(row.agrees_with_median(x) == Some(true));
        if row.within_teams(x) == Some(false) {
            outside.push(format!("{} {x} {:?}", row.tag, row.teams.clone().expect("teams")));
        }
    }
    println!(
        "{config}: {} of {} pass, {agreeing} equal the teams' median to six digits; outside the teams' range: {outside:?}",
        rows.len() - misses.len(),
        rows.len(),
    );
    assert!(misses.is_empty(), "{config}: {misses:#?}");
}

macro_rules! configurations {
    ($($test:ident $name:literal)*) => {$(
        #[test]
        #[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
        fn $test() {
            configuration($name);
        }
    )*};
}

configurations! {
    configuration_1a "1a" configuration_1b "1b" configuration_2a "2a" configuration_2b "2b"
    configuration_3a "3a" configuration_3b "3b" configuration_4a "4a" configuration_4b "4b"
    configuration_5a "5a" configuration_5b "5b" configuration_6a "6a" configuration_6b "6b"
    configuration_7a "7a" configuration_7b "7b" configuration_8a "8a" configuration_8b "8b"
    configuration_9a "9a" configuration_9b "9b"
}

/// Every published value has its configuration.
#[test]
fn the_table_is_complete() {
    let rows = golden::ibsi2();
    let count = |status: &str| rows.iter().filter(|row| row.status == status).count();
    assert_eq!([count("standard"), count("diagnostic")], [323, 10]);
}

type Pairs = &'static [(&'static str, &'static str)];

/// The filters of phase 3 by their number.
#[rustfmt::skip]
const PHASE_3: [(&str, Pairs); 7] = [
    ("1", &[]),
    ("2", &[("filter.images", "mean"), ("filter.mean.size", "3")]),
    // Five teams take the mean off the truncated kernel, three keep the formula as it is: up to 1 % apart.
    ("3", &[("filter.images", "log"), ("filter.log.sigma_mm", "3"), ("filter.log.zero_sum", "true")]),
    ("4", &[("filter.images", "laws"), ("filter.laws.kernels", "S5E5L5"), ("filter.laws.pooling", "max"), ("filter.laws.energy_delta", "5")]),
    ("5", &[("filter.images", "gabor"), ("filter.gabor.sigma_mm", "3"), ("filter.gabor.lambda_mm", "3"), ("filter.gabor.gamma", "1"), ("filter.gabor.theta_deg", "-112.5")]),
    ("6", &[("filter.images", "wavelet"), ("filter.wavelet.name", "coif3"), ("filter.wavelet.bands", "LHH"), ("filter.wavelet.pooling", "mean")]),
    ("7", &[("filter.images", "wavelet"), ("filter.wavelet.name", "coif3"), ("filter.wavelet.bands", "HHH"), ("filter.wavelet.level", "2"), ("filter.wavelet.pooling", "max")]),
];

/// Where at least five teams agree on a case.
fn phase_3(folder: &str, case: &str, modality: &str, processing: Pairs) {
    let rows = golden::rows(include_str!("golden/ibsi2_phase3.csv"));
    let (mut misses, mut compared) = (Vec::new(), 0);
    for (number, filter) in PHASE_3 {
        let mut settings = Settings::default();
        for (key, text) in processing.iter().chain(filter) {
            settings.set(key, text).expect("an option");
        }
        let got = extract(&format!("sts_cases/{folder}"), &settings);
        for row in &rows {
            if (row["case"], row["modality"], row["filter"]) != (case, modality, number) {
                continue;
            }
            compared += 1;
            let (_, value) = got.iter().find(|(tag, _)| tag == row["tag"]).expect("a column");
            let number = |column: &str| row[column].parse::<f64>().expect("a number");
            let apart = (value.number() - number("value")).abs();
            if apart.is_nan() || apart > number("tolerance") {
                misses.push(format!(
                    "filter {} {}: {} for {} ({} teams)",
                    row["filter"],
                    row["tag"],
                    value.number(),
                    row["value"],
                    row["teams_agreeing"]
                ));
            }
        }
    }
    println!("{folder}: {} of {compared} agree; misses:", compared - misses.len());
    for miss in &misses {
        println!("  {miss}");
    }
    assert!(misses.is_empty(), "{misses:#?}");
}

const CT: Pairs = &[
    ("resample.spacing_mm", "1,1,1"),
    ("resample.image_method", "cubic"),
    ("resample.round", "true"),
    ("resegment.range", "-200,200"),
];
const MR: Pairs = &[
    ("resample.spacing_mm", "1,1,1"),
    ("resample.image_method", "cubic"),
    ("resegment.range", "0,inf"),
];
const PET: Pairs = &[
    ("resample.spacing_mm", "3,3,3"),
    ("resample.image_method", "cubic"),
    ("resegment.range", "0,inf"),
];

macro_rules! cases {
    ($($test:ident $folder:literal $case:literal $modality:literal $processing:ident)*) => {$(
        #[test]
        #[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
        fn $test() {
            phase_3($folder, $case, $modality, $processing);
        }
    )*};
}

cases! {
    sts_008_ct "STS_008_CT" "STS_008" "CT" CT
    sts_008_mr "STS_008_MR_T1" "STS_008" "MR" MR
    sts_035_pet "STS_035_PET" "STS_035" "PET" PET
    sts_042_ct "STS_042_CT" "STS_042" "CT" CT
    sts_042_mr "STS_042_MR_T1" "STS_042" "MR" MR
    sts_042_pet "STS_042_PET" "STS_042" "PET" PET
}
