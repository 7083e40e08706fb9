//! `radiomics extract`.

use radiomics::plan::{Column, Workspace};
use radiomics::registry::PRESETS;
use radiomics::{Host, Plan, Select, Settings, Value};
use radiomics_io::{Threads, grids, nifti};

use crate::args;
use crate::failure::Failure;
use crate::table::{Cell, Table};

/// The columns of the long form.
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
    let plan = plan(args)?;
    let image = nifti::read(&args.image, args.limit).map_err(Failure::input)?;
    let mask = nifti::read(&args.mask, args.limit).map_err(Failure::input)?;
    grids::compare(&image, &mask).map_err(Failure::input)?;
    let select = args.label.map_or(Select::NonZero, Select::Label);
    let region = mask.region(select).map_err(Failure::usage)?;
    let named = |e: radiomics::Error| Failure::input(format!("{}: {e}", args.image.display()));
    let view = image.image().map_err(named)?;
    if region.bounding_box().is_none() {
        let labels: Vec<_> = mask.labels(12).iter().map(f64::to_string).collect();
        let there = match (args.label, labels.as_slice()) {
            (None, _) | (_, []) => "every voxel is 0".to_owned(),
            (Some(label), labels) => {
                format!("no voxel has the label {label}; there are {}", labels.join(", "))
            }
        };
        return Err(Failure::input(format!(
            "{}: the region is empty: {there}",
            args.mask.display()
        )));
    }
    let threads = Threads::new(args.threads);
    let host = Host { executor: &threads, progress: None };
    let (values, summary) =
        Workspace::new().extract(&plan, &view, &region, &host).map_err(named)?;
    if let Some(levels) = summary.grey_levels {
        let voxels = summary.intensity_voxels;
        if !(4..=1000).contains(&levels) {
            eprintln!(
                "radiomics: note: {voxels} voxels in {levels} grey levels: does the discretisation fit the unit of the intensities? (discretise.bin_width, discretise.bin_count)"
            );
        }
    }
    if summary.morphological_voxels == 0 {
        return Err(Failure::input(format!(
            "{}: no voxel of the region is left after interpolation to {:?} mm",
            args.mask.display(),
            summary.grid_spacing
        )));
    }
    let rows = plan.columns().zip(values).map(|(column, value)| row(&column, value)).collect();
    Table { header: HEADER, rows }.write(args.format, args.out.as_deref())
}

/// Defaults, then the preset, then every `--set`.
fn plan(args: &args::Extract) -> Result<Plan, Failure> {
    let mut settings = match &args.preset {
        Some(name) => Settings::preset(name).map_err(|_| {
            let names: Vec<_> = PRESETS.iter().map(|p| p.name).collect();
            Failure::usage(format!("unknown preset \"{name}\": there are {}", names.join(", ")))
        })?,
        None => Settings::default(),
    };
    for setting in &args.settings {
        let Some((key, text)) = setting.split_once('=') else {
            return Err(Failure::usage(format!("--set {setting}: expected KEY=VALUE")));
        };
        settings.set(key.trim(), text).map_err(Failure::usage)?;
    }
    if args.diagnostics {
        settings.set("diagnostics", "true").map_err(Failure::usage)?;
    }
    let mut plan = Plan::new(&settings).map_err(Failure::usage)?;
    if !args.features.is_empty() {
        let selectors: Vec<_> = args.features.iter().map(|s| s.trim()).collect();
        plan.select(&selectors).map_err(Failure::usage)?;
    }
    Ok(plan)
}

/// One row of the long form.
pub fn row(column: &Column, value: Value) -> Vec<Cell> {
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
        Cell::Number(value.number()),
        Cell::text(value.status().name()),
    ]
}
