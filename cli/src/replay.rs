//! `radiomics replay`: extracts again from a record, and compares.

use std::path::{Path, PathBuf};

use radiomics_io::Threads;

use crate::args;
use crate::batch::{budget, pool};
use crate::cohort::Case;
use crate::failure::Failure;
use crate::record::{CaseRecord, Record, RegionRecord, text_path};
use crate::run::Run;

pub fn run(args: &args::Replay) -> Result<(), Failure> {
    let fail = |problem: String| Failure::input(format!("{}: {problem}", args.record.display()));
    let text = std::fs::read(&args.record).map_err(|e| fail(format!("cannot be read: {e}")))?;
    let record: Record = serde_json::from_slice(&text)
        .map_err(|e| fail(format!("is no record of an extraction: {e}")))?;
    let head = &record.head;
    let study = head.study()?;
    if head.version != env!("CARGO_PKG_VERSION") {
        eprintln!("radiomics: note: the record is from version {}", head.version);
    }
    if head.numerics_version != radiomics::NUMERICS_VERSION {
        eprintln!(
            "radiomics: note: the record is from numerics version {}, this is {}: values may differ",
            head.numerics_version,
            radiomics::NUMERICS_VERSION
        );
    }
    let columns: Vec<String> = study.plan.columns().map(|c| c.tag().to_string()).collect();
    if columns != head.columns {
        return Err(fail("has other columns than its settings give in this version".into()));
    }
    let mut differences = Vec::new();
    let home = args.record.parent().unwrap_or_else(|| Path::new(""));
    if let Some(table) = &record.table {
        let path = home.join(&table.file);
        match std::fs::read(&path) {
            Ok(bytes) if crate::digest::of(&bytes) != table.sha256 => {
                differences.push(format!(
                    "{}: the table was changed after it was written",
                    path.display()
                ));
            }
            Ok(_) => {}
            Err(e) => eprintln!("radiomics: note: {}: cannot be read: {e}", path.display()),
        }
    }
    let budget = budget(args.memory)?;
    let shared = Run {
        study: &study,
        budget: &budget,
        limit: args.memory,
        threads: Threads::new(1),
        pictures: None,
    };
    let cases: Vec<Case> =
        record.cases.iter().map(|c| case(c, args.root.as_deref(), home)).collect();
    let todo: Vec<usize> = (0..cases.len()).collect();
    let workers = Threads::new(args.workers).count().min(cases.len().max(1));
    let mut found = vec![Vec::new(); cases.len()];
    pool::run(
        &todo,
        workers,
        |i| shared.case(&cases[i]),
        |i, again| {
            found[i] = compare(&record.cases[i], &again, &columns);
            Ok(())
        },
    )?;
    differences.extend(found.into_iter().flatten());
    let regions: usize = record.cases.iter().map(|c| c.regions.len()).sum();
    if differences.is_empty() {
        println!(
            "{} cases, {regions} regions, {} values each: all the same",
            cases.len(),
            columns.len()
        );
        return Ok(());
    }
    const SHOWN: usize = 50;
    for difference in differences.iter().take(SHOWN) {
        println!("{difference}");
    }
    if differences.len() > SHOWN {
        println!("... and {} more", differences.len() - SHOWN);
    }
    Err(fail(format!("{} differences", differences.len())))
}

/// The case that a record describes.
fn case(record: &CaseRecord, root: Option<&Path>, home: &Path) -> Case {
    let find = |text: &str| -> PathBuf {
        let path = text_path(text);
        match root {
            Some(root) => root.join(path),
            None if path.exists() => path,
            None => home.join(path),
        }
    };
    Case {
        name: record.case.clone(),
        image: find(&record.image),
        series: record.series.clone(),
        regions: find(&record.mask),
        rois: record.roi.clone(),
        ..Case::default()
    }
}

/// What differs, a line each.
fn compare(before: &CaseRecord, after: &CaseRecord, columns: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    let mut differ = |what: String| out.push(format!("case {}: {what}", before.case));
    match (&before.failure, &after.failure) {
        (None, Some(now)) => differ(format!("fails now: {now}")),
        (Some(_), None) => differ("failed before, and does not now".into()),
        _ => {}
    }
    if let (Some(a), Some(b)) = (&before.read, &after.read) {
        if a.pixels_sha256 != b.pixels_sha256 {
            differ("the voxels of the image have changed".into());
        }
        if a.geometry_sha256 != b.geometry_sha256 {
            differ("the place of the image has changed".into());
        }
    }
    if after.failure.is_none() && before.regions.len() != after.regions.len() {
        differ(format!("{} regions before, {} now", before.regions.len(), after.regions.len()));
    }
    for old in &before.regions {
        let Some(new) = after.regions.iter().find(|r| r.region == old.region) else {
            if after.failure.is_none() {
                differ(format!("the region \"{}\" is not there any more", old.region));
            }
            continue;
        };
        for what in region(old, new, columns) {
            differ(format!("region {}: {what}", old.region));
        }
    }
    out
}

fn region(old: &RegionRecord, new: &RegionRecord, columns: &[String]) -> Vec<String> {
    let mut out = Vec::new();
    if old.failure.is_some() != new.failure.is_some() {
        let now = new.failure.as_deref().unwrap_or("it does not fail now");
        out.push(format!("the outcome has changed: {now}"));
    }
    if old.mask_sha256 != new.mask_sha256 {
        out.push("the mask has changed".into());
    }
    if old.voxels != new.voxels {
        out.push(format!("voxels {:?} before, {:?} now", old.voxels, new.voxels));
    }
    if old.failure.is_some() || new.failure.is_some() {
        return out;
    }
    for (i, column) in columns.iter().enumerate() {
        let ((a, why), (b, because)) = (old.value(i), new.value(i));
        // Bit for bit; a missing value is equal to one that is missing for the same reason.
        let same = a.to_bits() == b.to_bits() || (a.is_nan() && b.is_nan());
        if !same || why != because {
            out.push(format!("{column} is {a} ({why}) before, {b} ({because}) now"));
        }
    }
    out
}
