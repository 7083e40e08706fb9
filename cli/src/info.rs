//! `radiomics info`: what lies in a file or folder.

use std::io::Write;
use std::path::Path;

use radiomics_io::dicom::{self, Series};
use radiomics_io::{Limits, Picture, Rois, Volume, nifti};

use crate::args;
use crate::failure::Failure;

pub fn run(args: &args::Info) -> Result<(), Failure> {
    let limits = Limits { bytes: args.limit };
    let mut scan = dicom::scan(&args.path, &limits).map_err(Failure::input)?;
    // A NIfTI file with another name.
    if args.path.is_file() && scan.series.is_empty() && nifti::extent(&args.path).is_ok() {
        scan.nifti = vec![args.path.clone()];
        scan.skipped.clear();
    }
    let mut out = std::io::stdout().lock();
    writeln!(out, "{}: {} files", args.path.display(), scan.files)?;
    for series in &scan.series {
        writeln!(out, "\nseries {}", series.name())?;
        writeln!(out, "  modality    {} {}", series.modality(), series.description())?;
        writeln!(out, "  files       {}", series.files().count())?;
        shape(&mut out, series.shape())?;
        match series.geometry() {
            Ok(geometry) => place(&mut out, &geometry)?,
            Err(problem) => writeln!(out, "  problem     {problem}")?,
        }
        for problem in series.problems() {
            writeln!(out, "  problem     {problem}")?;
        }
        read_series(&mut out, &args.path, series, &limits)?;
    }
    for path in &scan.nifti {
        writeln!(out, "\nnifti {}", path.display())?;
        match nifti::read(path, limits.bytes) {
            Ok(volume) => {
                shape(&mut out, volume.shape)?;
                place(&mut out, &volume.geometry)?;
                let labels = volume.labels(FEW + 1);
                if !labels.is_empty() && labels.len() <= FEW && volume.slope == 1.0 {
                    let labels: Vec<String> = labels.iter().map(f64::to_string).collect();
                    writeln!(out, "  labels      {} (if it is a mask)", labels.join(", "))?;
                } else {
                    intensities(&mut out, &volume, "", "")?;
                }
            }
            Err(error) => writeln!(out, "  problem     {error}")?,
        }
    }
    for file in &scan.structures {
        regions(&mut out, "structures", &file.path, &file.label, &limits)?;
    }
    for file in &scan.segmentations {
        regions(&mut out, "segmentation", &file.path, &file.label, &limits)?;
    }
    let (broken, other): (Vec<_>, Vec<_>) = scan.skipped.iter().partition(|s| s.broken);
    for (title, list) in [("broken files", broken), ("other files", other)] {
        if list.is_empty() {
            continue;
        }
        writeln!(out, "\n{title}: {}", list.len())?;
        const SHOWN: usize = 20;
        for file in list.iter().take(SHOWN) {
            writeln!(out, "  {} {}", file.path.display(), file.reason)?;
        }
        if list.len() > SHOWN {
            writeln!(out, "  ... and {} more", list.len() - SHOWN)?;
        }
    }
    Ok(out.flush()?)
}

/// An image with no more different values looks like a mask.
const FEW: usize = 20;

fn shape(out: &mut impl Write, [x, y, z]: [usize; 3]) -> Result<(), Failure> {
    Ok(writeln!(out, "  voxels      {x} x {y} x {z}")?)
}

fn place(out: &mut impl Write, geometry: &radiomics::Geometry) -> Result<(), Failure> {
    let [x, y, z] = geometry.spacing;
    writeln!(out, "  spacing     {x} x {y} x {z} mm")?;
    let [x, y, z] = geometry.origin;
    writeln!(out, "  origin      {x}, {y}, {z} mm (right, front, head)")?;
    let steps: Vec<String> = (0..3)
        .map(|a| {
            let column: Vec<String> =
                (0..3).map(|r| format!("{:.4}", geometry.direction[r][a] + 0.0)).collect();
            format!("({})", column.join(", "))
        })
        .collect();
    Ok(writeln!(out, "  axes        {}", steps.join(" "))?)
}

fn read_series(
    out: &mut impl Write,
    path: &Path,
    series: &Series,
    limits: &Limits,
) -> Result<(), Failure> {
    if series.problems().iter().any(dicom::Problem::prevents_reading) {
        return Ok(());
    }
    match Picture::of_series(path, series, &radiomics_io::ImageOptions::default(), limits) {
        Ok(picture) => intensities(out, &picture.volume, &picture.unit, series.modality()),
        Err(error) => Ok(writeln!(out, "  problem     {error}")?),
    }
}

/// Range of the intensities, and a bin width that fits them.
fn intensities(
    out: &mut impl Write,
    volume: &Volume,
    unit: &str,
    modality: &str,
) -> Result<(), Failure> {
    let Ok(image) = volume.image() else { return Ok(()) };
    let unit = if unit.is_empty() { String::new() } else { format!(" {unit}") };
    let [nx, ny, nz] = volume.shape;
    let mut row = vec![0.0; nx];
    let (mut low, mut high, mut strange) = (f64::INFINITY, f64::NEG_INFINITY, 0u64);
    // Every seventh voxel, more or less, is enough for percentiles.
    let step = (volume.shape.iter().product::<usize>() / SAMPLES).max(1);
    let (mut at, mut sample) = (0usize, Vec::new());
    for z in 0..nz {
        for y in 0..ny {
            image.read_row(0, [y, z], &mut row);
            for x in &row {
                if x.is_finite() {
                    (low, high) = (low.min(*x), high.max(*x));
                    if at.is_multiple_of(step) {
                        sample.push(*x);
                    }
                } else {
                    strange += 1;
                }
                at += 1;
            }
        }
    }
    if strange > 0 {
        writeln!(out, "  problem     {strange} voxels are NaN or infinite")?;
    }
    if sample.is_empty() {
        return Ok(());
    }
    writeln!(out, "  intensities {low} to {high}{unit}")?;
    sample.sort_by(f64::total_cmp);
    let percentile = |p: usize| sample[(sample.len() - 1) * p / 100];
    let (a, b) = (percentile(1), percentile(99));
    writeln!(out, "  1 to 99 %   {a} to {b}{unit}")?;
    if let Some(width) = suggested(modality, a, b) {
        let levels = ((high - low) / width).floor() + 1.0;
        writeln!(
            out,
            "  bin width   {width}{unit} is a start: {levels} grey levels over the whole range (--set discretise.bin_width={width})"
        )?;
    }
    Ok(())
}

const SAMPLES: usize = 1 << 20;

/// 25 HU for CT, as IBSI has it; else a round number that gives 32 to 80 bins between the percentiles.
fn suggested(modality: &str, low: f64, high: f64) -> Option<f64> {
    if modality == "CT" {
        return Some(25.0);
    }
    let wanted = (high - low) / 64.0;
    if !(wanted.is_finite() && wanted > 0.0) {
        return None;
    }
    let mut width = 1e-9;
    for next in [2.0, 2.5, 2.0].into_iter().cycle().take(70) {
        if width >= wanted {
            // The decimals of a product are not those of the number that was meant.
            return format!("{width:.6e}").parse().ok();
        }
        width *= next;
    }
    None
}

fn regions(
    out: &mut impl Write,
    kind: &str,
    path: &Path,
    label: &str,
    limits: &Limits,
) -> Result<(), Failure> {
    writeln!(out, "\n{kind} {} {label}", path.display())?;
    match Rois::open(path, limits) {
        Ok(rois) => {
            for roi in rois.list() {
                let points = match roi.points {
                    0 => String::new(),
                    n => format!(", {n} points"),
                };
                let what = if kind == "structures" { "contours" } else { "frames" };
                writeln!(out, "  {:<24} {:<12} {} {what}{points}", roi.name, roi.kind, roi.parts)?;
            }
        }
        Err(error) => writeln!(out, "  problem     {error}")?,
    }
    Ok(())
}
