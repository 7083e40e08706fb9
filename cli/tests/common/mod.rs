//! What the tests of the command share.
#![allow(dead_code)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use support::nifti::File;

/// The command.
pub fn command() -> Command {
    Command::new(env!("CARGO_BIN_EXE_radiomics"))
}

/// Runs the command with paths and texts.
pub fn run<A: AsRef<std::ffi::OsStr>>(args: &[A]) -> Output {
    command().args(args).output().expect("the command")
}

/// What was said on standard error.
pub fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// What was written to standard output.
pub fn shown(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// Numbers that look random and are the same every time.
pub struct Noise(pub u64);

impl Noise {
    pub fn next(&mut self, below: u64) -> u64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (self.0 >> 33) % below
    }
}

/// An image of the digital phantom over and over with noise, and a ball in it.
pub fn volumes(shape: [usize; 3], seed: u64) -> (Vec<i16>, Vec<i16>) {
    let (phantom, _) = support::phantom::digital();
    let mut noise = Noise(seed);
    let [nx, ny, nz] = shape;
    let centre = shape.map(|n| (n as f64 - 1.0) / 2.0);
    let radius = centre.iter().copied().fold(f64::INFINITY, f64::min) * 0.8 + noise.next(3) as f64;
    let (mut image, mut mask) = (Vec::new(), Vec::new());
    for z in 0..nz {
        for y in 0..ny {
            for x in 0..nx {
                let level = phantom[(z % 4 * 4 + y % 4) * 5 + x % 5];
                image.push(level * 20 + noise.next(15) as i16);
                let off = |a: usize| square([x, y, z][a] as f64 - centre[a]);
                mask.push(i16::from(off(0) + off(1) + off(2) <= square(radius)));
            }
        }
    }
    (image, mask)
}

fn square(x: f64) -> f64 {
    x * x
}

/// Writes a case; the paths of image and mask.
pub fn case(folder: &Path, name: &str, shape: [usize; 3], seed: u64) -> [PathBuf; 2] {
    fs::create_dir_all(folder).expect("a folder");
    let (image, mask) = volumes(shape, seed);
    let paths = ["image", "mask"].map(|kind| folder.join(format!("{name}_{kind}.nii")));
    for (path, voxels) in paths.iter().zip([image, mask]) {
        File::of_i16(shape, [1.0, 1.0, 2.0], &voxels).write(path);
    }
    paths
}

/// Writes a cohort with its manifest.
pub fn cohort(folder: &Path, count: u64, shape: [usize; 3]) -> PathBuf {
    let mut manifest = String::from("case,image,mask\n");
    for i in 0..count {
        let name = format!("p{i:02}");
        case(&folder.join("data"), &name, shape, i + 1);
        manifest += &format!("{name},data/{name}_image.nii,data/{name}_mask.nii\n");
    }
    let path = folder.join("cohort.csv");
    fs::write(&path, manifest).expect("written");
    path
}

/// The rows of a CSV.
pub fn rows(path: &Path) -> (csv::StringRecord, Vec<csv::StringRecord>) {
    let mut reader = csv::Reader::from_path(path).expect("a table");
    let header = reader.headers().expect("a header").clone();
    (header, reader.records().map(|r| r.expect("a row")).collect())
}

/// A cell by the name of its column.
pub fn cell<'r>(header: &csv::StringRecord, row: &'r csv::StringRecord, name: &str) -> &'r str {
    let at = header.iter().position(|h| h == name);
    &row[at.unwrap_or_else(|| panic!("no column {name}"))]
}
