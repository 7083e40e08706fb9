//! Criterion with a table of nanoseconds for each voxel, which it does not print itself.

use std::cell::RefCell;
use std::time::{Duration, Instant};

use criterion::{BenchmarkId, Criterion, SamplingMode, Throughput};

/// Set to anything, it asks for the short pass: small sizes, few samples.
pub const SHORT: &str = "RADIOMICS_BENCH_SHORT";

/// Whether the short pass is asked for.
pub fn short() -> bool {
    std::env::var_os(SHORT).is_some()
}

/// One line of the table.
struct Row {
    name: String,
    voxels: u64,
    /// Nanoseconds for each voxel, of every sample.
    samples: Vec<f64>,
}

/// Criterion and the table.
pub struct Report {
    criterion: Criterion,
    rows: Vec<Row>,
    skipped: Vec<String>,
    notes: Vec<String>,
}

impl Report {
    /// Reads the command line, of which criterion has the options.
    pub fn new() -> Self {
        let (warm_up, measure, samples) = if short() { (20, 100, 10) } else { (500, 3000, 20) };
        let criterion = Criterion::default()
            .sample_size(samples)
            .warm_up_time(Duration::from_millis(warm_up))
            .measurement_time(Duration::from_millis(measure))
            .configure_from_args();
        Self { criterion, rows: Vec::new(), skipped: Vec::new(), notes: Vec::new() }
    }

    /// Measures some work on a number of voxels; the median in nanoseconds for each of them, unless it is filtered
    /// out.
    pub fn run(
        &mut self,
        group: &str,
        name: &str,
        voxels: u64,
        mut work: impl FnMut(),
    ) -> Option<f64> {
        let samples = RefCell::new(Vec::new());
        let mut benchmarks = self.criterion.benchmark_group(group);
        benchmarks.throughput(Throughput::Elements(voxels)).sampling_mode(SamplingMode::Flat);
        benchmarks.bench_function(BenchmarkId::new(name, voxels), |bencher| {
            bencher.iter_custom(|repeats| {
                let start = Instant::now();
                (0..repeats).for_each(|_| work());
                let time = start.elapsed();
                let ns = time.as_secs_f64() * 1e9 / repeats as f64;
                samples.borrow_mut().push(ns / voxels.max(1) as f64);
                time
            });
        });
        benchmarks.finish();
        let mut samples = samples.into_inner();
        samples.sort_by(f64::total_cmp);
        let median = samples.get(samples.len() / 2).copied();
        if median.is_some() {
            self.rows.push(Row { name: format!("{group}/{name}"), voxels, samples });
        }
        median
    }

    /// Says what was left out and why.
    pub fn skip(&mut self, what: &str, why: &str) {
        self.skipped.push(format!("skipped: {what} ({why})"));
    }

    /// A line below the table.
    pub fn note(&mut self, line: String) {
        self.notes.push(line);
    }

    /// Prints the table.
    pub fn finish(self) {
        self.criterion.final_summary();
        println!("\n{:<56} {:>9} {:>12} {:>10}", "benchmark", "voxels", "ns a voxel", "best");
        for Row { name, voxels, samples } in &self.rows {
            let (median, best) = (samples[samples.len() / 2], samples[0]);
            println!("{name:<56} {voxels:>9} {median:>12.2} {best:>10.2}");
        }
        for line in self.notes.iter().chain(&self.skipped) {
            println!("{line}");
        }
        if short() {
            println!("short pass: figures are rough, large sizes are left out");
        }
    }
}
