//! The command line.

use std::path::PathBuf;

use clap::{Args as ClapArgs, Parser, Subcommand, ValueEnum};

/// Radiomics to the letter of the Image Biomarker Standardisation Initiative.
///
/// Without a command, extracts the digital phantom of IBSI-1 and prints every feature beside its reference value.
#[derive(Debug, Parser)]
#[command(name = "radiomics", version)]
pub struct Args {
    #[command(subcommand)]
    pub command: Option<Command>,
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Extract the features of regions of one image: NIfTI, or a DICOM series with an RTSTRUCT or SEG.
    Extract(Extract),
    /// Extract a whole cohort, case by case; a run that was stopped goes on where it was.
    Batch(Batch),
    /// Say what a file or folder holds, and what is wrong with it, without extracting.
    Info(Info),
    /// Print a full configuration, with every option, its default and what it does.
    Config(Config),
    /// Extract again from the record beside a table, and compare.
    Replay(Replay),
    /// Write the response of filters at every voxel as NIfTI images.
    Filter(crate::filter::Args),
    /// Print the table of features.
    Features(List),
    /// Print the table of options and the presets.
    Options(List),
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Columns for reading.
    Table,
    /// Comma-separated values.
    Csv,
    /// A JSON array of objects.
    Json,
}

/// What is computed.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct StudyArgs {
    /// Start from a preset: see `radiomics options`.
    #[arg(long, value_name = "NAME", conflicts_with = "config")]
    pub preset: Option<String>,
    /// Read the options from a TOML or JSON file: see `radiomics config`.
    #[arg(long, value_name = "FILE")]
    pub config: Option<PathBuf>,
    /// Set an option (see `radiomics options`); the last one wins. Can be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub settings: Vec<String>,
    /// Only these, with commas: families, feature names, IBSI codes or IBSI tags.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub features: Vec<String>,
    /// Also describe image, masks and grid after each step.
    #[arg(long)]
    pub diagnostics: bool,
}

/// What is read.
#[derive(Clone, Debug, Default, ClapArgs)]
pub struct InputArgs {
    /// Region: a name, `glob:GTV*`, `regex:GTV-?[0-9]+`, a label's number, or `all`. Can be given several times.
    #[arg(long, value_name = "NAME")]
    pub roi: Vec<String>,
    /// Make uptake values of PET: bw, bsa, lbm_james, lbm_janmahasatian or ibw.
    #[arg(long, value_name = "NAME")]
    pub suv: Option<String>,
    /// What to do with a mask on another grid than the image: refuse, nearest or linear.
    #[arg(long, value_name = "WAY")]
    pub other_grid: Option<String>,
    /// A voxel of a fractional segmentation is inside from this fraction up [default: 0.5].
    #[arg(long, value_name = "X")]
    pub fraction: Option<f64>,
    /// Take regions that name another patient or frame of reference than the image.
    #[arg(long)]
    pub foreign: bool,
}

/// Bytes of voxels that one file may declare.
const LIMIT: u64 = radiomics_io::nifti::DEFAULT_LIMIT;

#[derive(Debug, Parser)]
pub struct Extract {
    /// Image: .nii, .nii.gz, a DICOM file or the folder of a series.
    pub image: PathBuf,
    /// Regions: a mask or label image in NIfTI, an RTSTRUCT or a SEG, or a folder with one of them.
    pub regions: PathBuf,
    #[command(flatten)]
    pub study: StudyArgs,
    #[command(flatten)]
    pub input: InputArgs,
    /// The region with this label of a label image; the same as `--roi N`.
    #[arg(long, value_name = "N")]
    pub label: Option<f64>,
    /// The series of the image, by its UID, where a folder holds several.
    #[arg(long, value_name = "UID")]
    pub series: Option<String>,
    /// How to write the table; a table on a terminal, CSV otherwise.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Write to this file, whole or not at all, with a record beside it (FILE.record.json).
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Write a picture of each region into this folder, to check that the right one was measured.
    #[arg(long, value_name = "DIR")]
    pub qc: Option<PathBuf>,
    /// Threads; 0 takes one for each core. Results are the same for any number.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub threads: usize,
    /// Refuse files that declare more bytes of voxels than this.
    #[arg(long, value_name = "BYTES", value_parser = crate::size::parse, default_value_t = LIMIT)]
    pub limit: u64,
}

/// The shape of a table of many regions.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum Shape {
    /// A row for each region, a column for each feature.
    #[default]
    Wide,
    /// A row for each feature of each region.
    Long,
}

#[derive(Debug, Parser)]
pub struct Batch {
    /// A CSV with the columns image and mask (and case, roi, series), or a folder in which cases are looked for.
    pub source: PathBuf,
    /// Table to write: .csv or .parquet, with a record beside it (FILE.record.json).
    #[arg(long, value_name = "FILE")]
    pub out: PathBuf,
    #[command(flatten)]
    pub study: StudyArgs,
    #[command(flatten)]
    pub input: InputArgs,
    /// Shape of the table.
    #[arg(long, value_enum, default_value_t = Shape::Wide)]
    pub shape: Shape,
    /// Write a picture of each region into this folder, and a page with all of them.
    #[arg(long, value_name = "DIR")]
    pub qc: Option<PathBuf>,
    /// Cases at a time; 0 takes one for each core. Results are the same for any number.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub workers: usize,
    /// Memory for all cases together; a case waits until what it needs is free.
    #[arg(long, value_name = "BYTES", value_parser = crate::size::parse, default_value = "4GiB")]
    pub memory: u64,
    /// Compute every case again, whatever an earlier run has done.
    #[arg(long)]
    pub restart: bool,
}

#[derive(Debug, Parser)]
pub struct Info {
    /// A file, or a folder with files of any kind.
    pub path: PathBuf,
    /// Refuse files that declare more bytes of voxels than this.
    #[arg(long, value_name = "BYTES", value_parser = crate::size::parse, default_value_t = LIMIT)]
    pub limit: u64,
}

#[derive(Debug, Parser)]
pub struct Config {
    #[command(flatten)]
    pub study: StudyArgs,
    #[command(flatten)]
    pub input: InputArgs,
}

#[derive(Debug, Parser)]
pub struct Replay {
    /// The record beside a table: FILE.record.json.
    pub record: PathBuf,
    /// Look for the inputs below this folder instead of where the record names them.
    #[arg(long, value_name = "DIR")]
    pub root: Option<PathBuf>,
    /// Cases at a time; 0 takes one for each core.
    #[arg(long, value_name = "N", default_value_t = 0)]
    pub workers: usize,
    /// Memory for all cases together.
    #[arg(long, value_name = "BYTES", value_parser = crate::size::parse, default_value = "4GiB")]
    pub memory: u64,
}

#[derive(Debug, Parser)]
pub struct List {
    /// How to write the table; a table on a terminal, CSV otherwise.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}
