//! The command line.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};

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
    /// Extract the features of a region from a NIfTI image and a mask on the same grid.
    Extract(Extract),
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

#[derive(Debug, Parser)]
pub struct Extract {
    /// Image: .nii or .nii.gz.
    pub image: PathBuf,
    /// Mask or label image on the image's grid: .nii or .nii.gz.
    pub mask: PathBuf,
    /// The region is the voxels with this label; without it, every voxel that is not 0.
    #[arg(long, value_name = "N")]
    pub label: Option<f64>,
    /// Start from a preset: ibsi-digital, ibsi-a to ibsi-e.
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// Set an option (see `radiomics options`); the last one wins. Can be given several times.
    #[arg(long = "set", value_name = "KEY=VALUE")]
    pub settings: Vec<String>,
    /// Only these, with commas: families, feature names, IBSI codes or IBSI tags.
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub features: Vec<String>,
    /// Also describe image, masks and grid after each step.
    #[arg(long)]
    pub diagnostics: bool,
    /// How to write the table; a table on a terminal, CSV otherwise.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
    /// Write to this file, whole or not at all.
    #[arg(long, value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Threads; 0 takes one for each core. Results are the same for any number.
    #[arg(long, value_name = "N", default_value_t = 1)]
    pub threads: usize,
    /// Refuse files that declare more bytes of voxels than this.
    #[arg(long, value_name = "BYTES", default_value_t = radiomics_io::nifti::DEFAULT_LIMIT)]
    pub limit: u64,
}

#[derive(Debug, Parser)]
pub struct List {
    /// How to write the table; a table on a terminal, CSV otherwise.
    #[arg(long, value_enum)]
    pub format: Option<Format>,
}
