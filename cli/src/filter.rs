//! `radiomics filter`.

use std::io::BufWriter;
use std::path::{Path, PathBuf};

use clap::Parser;
use radiomics::{Geometry, Grid, Host};
use radiomics_io::{Limits, nifti, open};

use crate::args::{InputArgs, StudyArgs};
use crate::failure::Failure;
use crate::output::AtomicFile;
use crate::run::periodic;
use crate::study::Study;

/// Write the response of filters at every voxel as NIfTI images.
#[derive(Debug, Parser)]
pub struct Args {
    /// Image: .nii, .nii.gz, a DICOM file or the folder of a series.
    pub image: PathBuf,
    /// Where the response goes: .nii or .nii.gz. With several filtered images each has its name before the
    /// ending.
    #[arg(long, value_name = "MAP")]
    pub out: PathBuf,
    /// Start from a preset: ibsi2-2a to ibsi2-9b, for example.
    #[arg(long, value_name = "NAME", conflicts_with = "config")]
    pub preset: Option<String>,
    /// Read the options from a TOML or JSON file: see `radiomics config`.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Set an option (see `radiomics options`), such as filter.images=log; the last one wins.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub settings: Vec<String>,
    /// Make uptake values of PET: bw, bsa, lbm_james, lbm_janmahasatian or ibw.
    #[arg(long, value_name = "NAME")]
    pub suv: Option<String>,
    /// The series of the image, by its UID, where a folder holds several.
    #[arg(long, value_name = "UID")]
    pub series: Option<String>,
    /// Refuse files that declare more bytes of voxels than this.
    #[arg(long, value_name = "BYTES", value_parser = crate::size::parse, default_value_t = nifti::DEFAULT_LIMIT)]
    pub limit: u64,
}

pub fn run(args: &Args) -> Result<(), Failure> {
    let Study { plan, input, .. } = study(args)?;
    if !is_nifti(&args.out) {
        let expected = "a name that ends in .nii or .nii.gz";
        return Err(Failure::usage(format!("--out {}: expected {expected}", args.out.display())));
    }
    let options = input.image_options(args.series.as_deref());
    let limits = Limits { bytes: args.limit };
    let picture = open::image(&args.image, &options, &limits).map_err(Failure::input)?;
    let named = |e: radiomics::Error| Failure::input(format!("{}: {e}", args.image.display()));
    let image = picture.volume.image().map_err(named)?;
    let notes = picture.problems.iter().map(|p| p.to_string()).chain(periodic(&plan));
    for note in notes {
        eprintln!("radiomics: note: {note}");
    }
    let grid = Grid::of(&image);
    let target = plan.target_grid(&grid).map_err(named)?;
    let geometry = centred(image.geometry(), &grid, &target);
    let voxels = target.shape.iter().product();
    let mut map: Vec<f64> = Vec::new();
    map.try_reserve_exact(voxels).map_err(Failure::input)?;
    map.resize(voxels, 0.0);
    let mut workspace = Vec::new();
    for (index, filter) in plan.filters().iter().enumerate() {
        let words = plan.map_workspace(&grid, index).map_err(named)?.words();
        let more = words.saturating_sub(workspace.len());
        workspace.try_reserve_exact(more).map_err(Failure::input)?;
        workspace.resize(workspace.len() + more, 0);
        plan.map(&image, index, &Host::serial(), &mut workspace, &mut map).map_err(named)?;
        let path = match plan.filters() {
            [_] => args.out.clone(),
            _ => with_name(&args.out, &filter.to_string()),
        };
        write(&path, &map, target.shape, &geometry)?;
    }
    Ok(())
}

/// Defaults, then the preset or the file, then every `--set`.
fn study(args: &Args) -> Result<Study, Failure> {
    let study = StudyArgs {
        preset: args.preset.clone(),
        config: args.config.clone(),
        settings: args.settings.clone(),
        ..StudyArgs::default()
    };
    let study = Study::new(&study, &InputArgs { suv: args.suv.clone(), ..InputArgs::default() })?;
    if study.plan.filters().is_empty() {
        return Err(Failure::usage("no filter is asked for: --set filter.images=log, for example"));
    }
    Ok(study)
}

fn is_nifti(path: &Path) -> bool {
    let name = path.file_name().map(|f| f.to_string_lossy().to_lowercase()).unwrap_or_default();
    name.ends_with(".nii") || name.ends_with(".nii.gz")
}

/// The place of a grid whose centre is that of another.
fn centred(geometry: &Geometry, from: &Grid, to: &Grid) -> Geometry {
    let mut out = Geometry { spacing: to.spacing, ..*geometry };
    let extent = |grid: &Grid, axis: usize| (grid.shape[axis] as f64 - 1.0) * grid.spacing[axis];
    for axis in 0..3 {
        let shift = (extent(from, axis) - extent(to, axis)) / 2.0;
        for row in 0..3 {
            out.origin[row] += geometry.direction[row][axis] * shift;
        }
    }
    out
}

fn is_compressed(path: &Path) -> bool {
    path.extension().is_some_and(|e| e.eq_ignore_ascii_case("gz"))
}

/// `map.nii.gz` as `map_log_sigma_3mm.nii.gz`.
fn with_name(path: &Path, name: &str) -> PathBuf {
    let file = path.file_name().map(|f| f.to_string_lossy().into_owned()).unwrap_or_default();
    let at = file.to_lowercase().rfind(".nii").unwrap_or(file.len());
    let (stem, ending) = file.split_at(at);
    path.with_file_name(format!("{stem}_{name}{ending}"))
}

/// Writes a map, whole or not at all.
fn write(path: &Path, map: &[f64], shape: [usize; 3], geometry: &Geometry) -> Result<(), Failure> {
    let fail =
        |e: std::io::Error| Failure::input(format!("{}: cannot be written: {e}", path.display()));
    let suffix = format!(".{}.partial", std::process::id());
    let mut out = BufWriter::new(AtomicFile::create(path, &suffix).map_err(fail)?);
    nifti::write(&mut out, is_compressed(path), map, shape, geometry).map_err(fail)?;
    let file = out.into_inner().map_err(|e| fail(e.into_error()))?;
    file.commit().map_err(fail)?;
    Ok(())
}
