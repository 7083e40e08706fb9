//! How far a run is: a bar on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{HumanDuration, ProgressBar, ProgressStyle};

use crate::record::CaseRecord;

/// Lines are at least this far apart, unless a case fails.
const QUIET: Duration = Duration::from_secs(10);

/// Says how far a run is.
pub struct Progress {
    bar: Option<ProgressBar>,
    total: usize,
    before: usize,
    done: usize,
    failed: usize,
    started: Instant,
    said: Instant,
}

impl Progress {
    /// Of all cases, those that are still to do.
    pub fn new(total: usize, todo: usize) -> Self {
        let bar = std::io::stderr().is_terminal().then(|| {
            let bar = ProgressBar::new(todo as u64);
            let style = "{bar:30} {pos} of {len} cases, {msg}{elapsed} gone, about {eta} left";
            // The template is a constant; a wrong one would leave the usual bar.
            if let Ok(style) = ProgressStyle::with_template(style) {
                bar.set_style(style);
            }
            bar.enable_steady_tick(Duration::from_secs(1));
            bar
        });
        let now = Instant::now();
        Self { bar, total, before: total - todo, done: 0, failed: 0, started: now, said: now }
    }

    fn say(&self, line: &str) {
        match &self.bar {
            Some(bar) => bar.println(line),
            None => eprintln!("{line}"),
        }
    }

    /// One more case.
    pub fn done(&mut self, record: &CaseRecord) {
        self.done += 1;
        for problem in record.problems() {
            self.say(&format!("radiomics: case {}: {problem}", record.case));
        }
        self.failed += usize::from(record.failed());
        if let Some(bar) = &self.bar {
            if self.failed > 0 {
                bar.set_message(format!("{} failed, ", self.failed));
            }
            bar.inc(1);
            return;
        }
        let todo = self.total - self.before;
        if self.said.elapsed() >= QUIET && self.done < todo {
            self.said = Instant::now();
            let each = self.started.elapsed() / self.done as u32;
            let left = HumanDuration(each * (todo - self.done) as u32);
            let done = self.before + self.done;
            self.say(&format!(
                "radiomics: {done} of {} cases, {} failed, about {left} left",
                self.total, self.failed
            ));
        }
    }

    /// Clears the bar.
    pub fn finish(&self) {
        if let Some(bar) = &self.bar {
            bar.finish_and_clear();
        }
    }
}
