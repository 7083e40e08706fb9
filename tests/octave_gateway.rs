//! The MEX gateway in GNU Octave: built once, its own tests run, and the reference values from Octave's arrays.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use radiomics::plan::Workspace;
use radiomics::registry::{Family, family_features};
use radiomics::{Geometry, Host, Image, Layout, Plan, Region, Select, Settings};
use radiomics_io::nifti;
use support::golden::{self, Reference};
use support::{clib, data, phantom, rtstruct};

fn folder() -> PathBuf {
    clib::root().join("examples/octave")
}

/// Runs Octave with the gateway in its path, however it ends.
fn octave(code: &str) -> Output {
    clib::output(&mut command(&format!("addpath('{}');", built().display()), code))
}

fn command(before: &str, code: &str) -> Command {
    let mut command = Command::new("octave-cli");
    let here = folder();
    let path = format!("addpath('{0}'); addpath('{0}/tests');", here.display());
    // What the user of this machine has set up is no part of the test.
    command.args(["--norc", "--no-history", "--quiet", "--eval"]);
    command.arg(format!("{path} {before} {code}"));
    command
}

/// Runs code that must come to its end.
#[track_caller]
fn run(code: &str) -> String {
    let output = octave(&format!("{code}; disp('came to its end');"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success() && text.ends_with("came to its end\n"), "{text}\n{errors}");
    text
}

/// The folder of the gateway, built by its own script with warnings as errors.
fn built() -> &'static Path {
    static BUILT: OnceLock<tempfile::TempDir> = OnceLock::new();
    let folder = BUILT.get_or_init(|| {
        let folder = tempfile::tempdir().expect("a folder");
        let (include, library) = (clib::include(), clib::library());
        let code = format!(
            "radiomics_build('{}', '{}', '{}')",
            include.display(),
            library.display(),
            folder.path().display()
        );
        clib::run(&mut command("", &code));
        assert!(folder.path().join("radiomics_mex.mex").is_file());
        folder
    });
    folder.path()
}

/// Rows of values.csv: tag, value, status.
fn values(folder: &Path) -> Vec<(String, f64, String)> {
    let text = fs::read_to_string(folder.join("values.csv")).expect("values");
    let rows = text.lines().skip(1).map(|line| {
        let cells = line.split(',').collect::<Vec<_>>();
        (cells[0].to_string(), cells[1].parse().expect("a number"), cells[2].to_string())
    });
    rows.collect()
}

/// Every standard row of a configuration passes.
fn compare(config: &str, got: &[(String, f64, String)], expected_rows: usize) {
    let mut rows = golden::ibsi1();
    rows.retain(|r: &Reference| r.config == config && r.status == "standard");
    assert_eq!(rows.len(), expected_rows, "standard rows of configuration {config}");
    let mut misses = Vec::new();
    for row in &rows {
        match got.iter().find(|(tag, _, _)| *tag == row.tag) {
            Some((_, value, _)) if row.passes(*value) => {}
            found => misses.push(format!("{}: {found:?}, reference {}", row.tag, row.value)),
        }
    }
    println!("{} of {expected_rows} rows pass", expected_rows - misses.len());
    assert!(misses.is_empty(), "{} misses:\n{}", misses.len(), misses.join("\n"));
}

fn bytes<const N: usize>(values: impl IntoIterator<Item = [u8; N]>) -> Vec<u8> {
    values.into_iter().flatten().collect()
}

#[test]
#[cfg_attr(no_octave, ignore = "octave-cli or mkoctfile not found")]
fn lists_come_from_the_library() {
    run("test_lists");
    let printed = run("radiomics_example");
    assert!(printed.contains("stat_mean                Q4LE"), "{printed}");
}

#[test]
#[cfg_attr(no_octave, ignore = "octave-cli or mkoctfile not found")]
fn every_filter_is_reached_by_its_key() {
    run("test_filters");
}

#[test]
#[cfg_attr(no_octave, ignore = "octave-cli or mkoctfile not found")]
fn every_form_has_the_same_bits() {
    run("test_forms");
}

#[test]
#[cfg_attr(no_octave, ignore = "octave-cli or mkoctfile not found")]
fn wrong_calls_are_errors_and_never_the_end() {
    run("test_errors");
}

#[test]
#[cfg_attr(no_octave, ignore = "octave-cli or mkoctfile not found")]
fn progress_is_told_and_stops() {
    run("test_progress");
}

#[test]
#[cfg_attr(no_octave, ignore = "octave-cli or mkoctfile not found")]
fn memory_is_given_back() {
    run("test_memory");
}

#[test]
#[cfg_attr(no_octave, ignore = "octave-cli or mkoctfile not found")]
fn scans_of_cerr_have_the_same_bits() {
    run("test_cerr");
}

/// Ctrl-C: no catch holds it up, the statement behind the call is not reached, and the work stops at once.
#[test]
#[cfg(unix)]
#[cfg_attr(no_octave, ignore = "octave-cli or mkoctfile not found")]
fn an_interrupt_ends_the_call() {
    let output = octave("try, test_interrupt; catch, disp('caught'); end; disp('behind');");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "stopped on the way\n");
    assert!(output.status.code().is_some_and(|code| code != 0), "{}", output.status);
}

/// The table of CERR's names, without Octave: every tag is a feature of the library, no field stands twice.
#[test]
fn the_names_of_cerr_are_features() {
    let table = fs::read_to_string(folder().join("radiomics_cerr_names.csv")).expect("the table");
    let names = Family::ALL.iter().flat_map(|f| family_features(*f)).map(|f| f.name);
    let names = names.collect::<HashSet<_>>();
    let (mut fields, mut tags) = (HashSet::new(), HashSet::new());
    for row in golden::rows(&table) {
        assert!(names.contains(row["tag"]), "{}", row["tag"]);
        assert!(fields.insert((row["struct"], row["field"])), "{row:?}");
        assert!(tags.insert(row["tag"]), "{row:?}");
    }
    assert!(fields.len() > 90);
}

#[test]
#[cfg_attr(no_octave, ignore = "octave-cli or mkoctfile not found")]
fn the_digital_phantom() {
    let (voxels, mask) = phantom::digital();
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("voxels.i16"), bytes(voxels.iter().map(|v| v.to_ne_bytes())))
        .and_then(|()| fs::write(folder.path().join("mask.u8"), &mask))
        .expect("files");
    run(&format!("digital('{}')", folder.path().display()));
    let got = values(folder.path());
    compare("digital", &got, 482);

    // The bits and the statuses are those of the Rust library.
    let layout = Layout::x_fastest(phantom::SHAPE).expect("a layout");
    let geometry = Geometry::axis_aligned(phantom::SPACING);
    let image = Image::new(voxels.as_slice(), layout, geometry).expect("an image");
    let region = Region::new(mask.as_slice(), layout, Select::NonZero).expect("a region");
    let mut settings = Settings::preset("ibsi-digital").expect("a preset");
    settings.set("diagnostics", "true").expect("an option");
    let plan = Plan::new(&settings).expect("a plan");
    let (wanted, _) =
        Workspace::new().extract(&plan, &image, &region, &Host::serial()).expect("values");
    assert_eq!(got.len(), wanted.len());
    for ((column, value), (tag, number, status)) in plan.columns().zip(&wanted).zip(&got) {
        assert_eq!((column.tag().to_string(), value.status().name()), (tag.clone(), &**status));
        assert_eq!(value.number().to_bits(), number.to_bits(), "{tag}");
    }
}

/// All rows of configuration C from arrays (row, column, slice), the same bits x fastest and as CERR holds it, and the
/// mask from the contours of the structure set.
#[test]
#[cfg_attr(
    any(no_octave, no_ibsi_data),
    ignore = "octave-cli, mkoctfile or the IBSI data are not there"
)]
fn the_ct_phantom() {
    let source = data::ibsi("ibsi1_ct_phantom");
    let read = |name| nifti::read(&source.join(name), nifti::DEFAULT_LIMIT).expect("a file");
    let (image, mask) = (read("image.nii.gz"), read("mask.nii.gz"));
    let (view, region) =
        (image.image().expect("a view"), mask.region(Select::NonZero).expect("a region"));
    let [nx, ny, nz] = image.shape;
    let (mut voxels, mut cells) = (Vec::new(), Vec::new());
    let (mut row, mut inside) = (vec![0.0; nx], vec![0; nx]);
    for at in 0..ny * nz {
        view.read_row(0, [at % ny, at / ny], &mut row);
        region.read_row(0, [at % ny, at / ny], &mut inside);
        voxels.extend(row.iter().flat_map(|v| (*v as i16).to_ne_bytes()));
        cells.extend_from_slice(&inside);
    }
    let file = fs::read_dir(source.join("dicom/mask")).expect("a folder").next();
    let file = file.expect("a structure set").expect("a file").path();
    let structure = rtstruct::structures(&file).remove(0);
    let (shape, geometry) = rtstruct::grid(&source.join("dicom/image"));
    assert_eq!(shape, image.shape);
    let line = |numbers: [f64; 3]| numbers.map(|n| n.to_string()).join(",");
    let grid = [shape.map(|n| n as f64), geometry.spacing, geometry.origin].map(line).join("\n");

    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, bytes: Vec<u8>| fs::write(folder.path().join(name), bytes).expect(name);
    write("voxels.i16", voxels);
    write("mask.u8", cells);
    write("points.f64", bytes(structure.points.iter().map(|p| p.to_ne_bytes())));
    write("sizes.u32", bytes(structure.lengths.iter().map(|n| (*n as u32).to_ne_bytes())));
    write("grid.csv", grid.into_bytes());
    let printed = run(&format!("ct_phantom('{}')", folder.path().display()));
    assert!(printed.contains("125256 voxels\n"), "{printed}");
    compare("C", &values(folder.path()), 270);
}
