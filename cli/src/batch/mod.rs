//! `radiomics batch`.

mod journal;
mod key;
pub mod pool;
mod progress;
mod write;

use std::path::{Path, PathBuf};

use radiomics_io::Threads;

use crate::args;
use crate::budget::Budget;
use crate::cohort;
use crate::failure::Failure;
use crate::picture;
use crate::record::{CaseRecord, Head};
use crate::run::Run;
use crate::size;
use crate::study::Study;

use journal::Journal;
use progress::Progress;

pub use write::Recorder;

/// What the program takes besides the cases: code, journal, a row of the table.
const BASE: u64 = 64 << 20;
/// Less than this holds no case.
const LEAST: u64 = 128 << 20;

/// The memory that cases share.
pub fn budget(memory: u64) -> Result<Budget, Failure> {
    if memory < LEAST {
        let (given, least) = (size::show(memory), size::show(LEAST));
        return Err(Failure::usage(format!("--memory is {given}: expected at least {least}")));
    }
    Ok(Budget::new(memory - BASE))
}

/// A name beside a file.
pub fn beside(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    name.into()
}

pub fn run(args: &args::Batch) -> Result<(), Failure> {
    let known = args.out.extension().map(|e| e.to_ascii_lowercase());
    if !known.is_some_and(|e| e == "csv" || e == "parquet") {
        let out = args.out.display();
        return Err(Failure::usage(format!("--out {out}: expected a name in .csv or .parquet")));
    }
    let study = Study::new(&args.study, &args.input)?;
    let budget = budget(args.memory)?;
    let (cases, notes) = cohort::cases(&args.source, args.memory)?;
    for note in &notes {
        eprintln!("radiomics: note: {note}");
    }
    if let Some(folder) = &args.qc {
        std::fs::create_dir_all(folder)
            .map_err(|e| Failure::input(format!("{}: cannot be made: {e}", folder.display())))?;
    }
    let head = Head::of(&study);
    let path = beside(&args.out, ".journal");
    let stop = |e: std::io::Error| {
        Failure::input(format!(
            "{}: cannot be written: {e}; finished cases are kept in it: make room and run the same command again",
            path.display()
        ))
    };
    let mut journal = Journal::open(&path, args.restart)?;
    let seed = key::seed(&head, args.qc.as_deref());
    let keys: Vec<String> = cases.iter().map(|case| key::key(&seed, case)).collect();
    let todo: Vec<usize> = (0..cases.len()).filter(|i| !journal.is_done(&keys[*i])).collect();
    let workers = Threads::new(args.workers).count().min(todo.len().max(1));
    eprintln!(
        "radiomics: {} cases, {} done before, {} at a time, at most {}",
        cases.len(),
        cases.len() - todo.len(),
        workers,
        size::show(args.memory)
    );
    let shared = Run {
        study: &study,
        budget: &budget,
        limit: args.memory,
        threads: Threads::new(1),
        pictures: args.qc.as_deref(),
    };
    let mut progress = Progress::new(cases.len(), todo.len());
    pool::run(
        &todo,
        workers,
        |i| shared.case(&cases[i]),
        |i, mut record| {
            // A case that ended in a bug does not know its name.
            record.case.clone_from(&cases[i].name);
            progress.done(&record);
            journal.append(&keys[i], &record.without_uids()).map_err(stop)?;
            Ok(())
        },
    )?;
    progress.finish();

    let mut failed = Vec::new();
    let mut visit = |each: &mut dyn FnMut(&CaseRecord) -> std::io::Result<()>| {
        for key in &keys {
            each(&journal.read(key)?)?;
        }
        Ok(())
    };
    visit(&mut |record| {
        if record.failed() {
            failed.push(record.case.clone());
        }
        Ok(())
    })
    .map_err(stop)?;
    write::write(&args.out, args.shape, &study, &head, &mut visit).map_err(|e| {
        Failure::input(format!(
            "{}: cannot be written: {e}; finished cases are kept in {}: make room and run the same command again",
            args.out.display(),
            path.display()
        ))
    })?;
    if let Some(folder) = &args.qc {
        let page = picture::page(folder, &mut visit);
        page.map_err(|e| Failure::input(format!("{}: cannot be written: {e}", folder.display())))?;
    }
    let out = args.out.display();
    if failed.is_empty() {
        journal.remove();
        eprintln!("radiomics: {} cases are in {out}", cases.len());
        return Ok(());
    }
    const SHOWN: usize = 5;
    let more = if failed.len() > SHOWN { ", ..." } else { "" };
    let some: Vec<_> = failed.iter().take(SHOWN).cloned().collect();
    Err(Failure::input(format!(
        "{} of {} cases failed ({}{more}): the column reason of {out} says why; the same command tries these again",
        failed.len(),
        cases.len(),
        some.join(", ")
    )))
}
