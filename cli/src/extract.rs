//! `radiomics extract`.

use radiomics::plan::Column;
use radiomics_io::Threads;

use crate::args;
use crate::batch::{Recorder, beside};
use crate::budget::Budget;
use crate::cohort::Case;
use crate::failure::Failure;
use crate::picture;
use crate::record::{CaseRecord, Head};
use crate::run::Run;
use crate::study::Study;
use crate::table::{Cell, Table};

/// The columns of the long form, after the one that names the region.
pub const HEADER: &[&str] = &[
    "feature",
    "ibsi_code",
    "ibsi_tag",
    "family",
    "aggregation",
    "filter",
    "unit",
    "value",
    "status",
];

pub fn run(args: &args::Extract) -> Result<(), Failure> {
    let study = study(args)?;
    let case = Case {
        name: name(args),
        image: args.image.clone(),
        series: args.series.clone(),
        regions: args.regions.clone(),
        ..Case::default()
    };
    if let Some(folder) = &args.qc {
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure::input(format!("{}: cannot be made: {e}", folder.display())))?;
    }
    // One case alone: the files are bounded by their own limit, the workspace by the machine.
    let budget = Budget::new(u64::MAX / 2);
    let run = Run {
        study: &study,
        budget: &budget,
        limit: args.limit,
        threads: Threads::new(args.threads),
        pictures: args.qc.as_deref(),
    };
    let record = run.case(&case);
    if let Some(failure) = record.failure {
        return Err(Failure::Input(failure));
    }
    for region in &record.regions {
        let warnings = record.warnings.iter().chain(&region.warnings);
        for warning in warnings {
            eprintln!("radiomics: note: {}: {warning}", region.region);
        }
    }
    let measured: Vec<_> = record.regions.iter().filter(|r| r.failure.is_none()).collect();
    if !measured.is_empty() {
        let rows = measured.iter().flat_map(|region| {
            study.plan.columns().enumerate().map(|(i, column)| {
                let (number, status) = region.value(i);
                let mut cells = row(&column, number, status);
                cells.insert(0, Cell::text(&region.region));
                cells
            })
        });
        let header = [&["region"][..], HEADER].concat();
        Table { header: &header, rows: rows.collect() }.write(args.format, args.out.as_deref())?;
        write_record(args, &study, &record)?;
    }
    if let Some(folder) = &args.qc {
        let page = picture::page(folder, &mut |each| each(&record));
        page.map_err(|e| Failure::input(format!("{}: cannot be written: {e}", folder.display())))?;
    }
    let problems: Vec<&str> = record.problems().collect();
    if problems.is_empty() { Ok(()) } else { Err(Failure::input(problems.join("\nradiomics: "))) }
}

/// The case is called as its image is.
fn name(args: &args::Extract) -> String {
    let name = args.image.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.trim_end_matches(".gz").trim_end_matches(".nii").trim_end_matches(".dcm");
    if stem.is_empty() { "case".to_owned() } else { stem.to_owned() }
}

fn study(args: &args::Extract) -> Result<Study, Failure> {
    let mut input = args.input.clone();
    if let Some(label) = args.label {
        if !label.is_finite() || label == 0.0 {
            let expected = "a finite label other than 0";
            return Err(Failure::usage(format!("region.label is {label}: expected {expected}")));
        }
        input.roi.push(label.to_string());
    }
    Study::new(&args.study, &input)
}

/// The record beside a table that is a file.
fn write_record(args: &args::Extract, study: &Study, record: &CaseRecord) -> Result<(), Failure> {
    let Some(out) = args.out.as_deref().filter(|o| o.is_file()) else { return Ok(()) };
    let path = beside(out, ".record.json");
    let fail =
        |e: std::io::Error| Failure::input(format!("{}: cannot be written: {e}", path.display()));
    let suffix = format!(".{}.partial", std::process::id());
    let mut file = Recorder::create(&path, &suffix, &Head::of(study)).map_err(fail)?;
    file.case(&record.clone().without_uids()).map_err(fail)?;
    let bytes = std::fs::read(out).map_err(fail)?;
    let name = out.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let table = crate::record::TableFile { file: name, sha256: crate::digest::of(&bytes) };
    file.commit(Some(table)).map_err(fail)
}

/// One row of the long form.
pub fn row(column: &Column, number: f64, status: &str) -> Vec<Cell> {
    let feature = column.feature;
    let plain = column.unfiltered();
    vec![
        Cell::text(plain.name()),
        Cell::text(feature.code),
        Cell::text(plain.tag()),
        Cell::text(feature.family.name()),
        Cell::text(column.aggregation_words()),
        Cell::text(column.filter.map(|f| f.to_string()).unwrap_or_default()),
        Cell::text(feature.unit),
        Cell::Number(number),
        Cell::text(status),
    ]
}
