//! The C interface from Python through ctypes: the example as it is, and the CT phantom from its contours.

use std::fmt::Write;
use std::fs;
use std::process::Command;

use radiomics::plan::Workspace;
use radiomics::{Host, Plan, Select, Settings};
use radiomics_io::nifti;
use support::clib::{library, root, run};
use support::{data, rtstruct};

fn python() -> Command {
    let mut command = Command::new("python3");
    command.env("RADIOMICS_LIBRARY", library().join("libradiomics.so"));
    command
}

#[test]
#[cfg_attr(no_python, ignore = "python3 not found")]
fn the_example_runs() {
    let printed = run(python().arg(root().join("examples/python/extract.py")));
    // 15 x 15 pixel centres lie in the square, on eight slices.
    assert!(printed.starts_with("1800 voxels\n"), "{printed}");
    assert!(printed.contains("\nmorph_vol_approx "), "{printed}");
    assert!(printed.ends_with("cancelled: cancelled by the host\n"), "{printed}");
}

#[test]
#[cfg_attr(any(no_python, no_ibsi_data), ignore = "python3 or the IBSI data are not there")]
fn the_ct_phantom_from_its_contours() {
    let phantom = data::ibsi("ibsi1_ct_phantom");
    let image = nifti::read(&phantom.join("image.nii.gz"), nifti::DEFAULT_LIMIT).expect("an image");
    let mask = nifti::read(&phantom.join("mask.nii.gz"), nifti::DEFAULT_LIMIT).expect("a mask");
    let (view, region) =
        (image.image().expect("a view"), mask.region(Select::NonZero).expect("a region"));
    let [nx, ny, nz] = image.shape;

    // What a planning system holds: 16-bit voxels, and the contours of the structure.
    let (mut voxels, mut cells) = (Vec::new(), Vec::new());
    let (mut row, mut inside) = (vec![0.0; nx], vec![0; nx]);
    for z in 0..nz {
        for y in 0..ny {
            view.read_row(0, [y, z], &mut row);
            region.read_row(0, [y, z], &mut inside);
            voxels.extend(row.iter().flat_map(|v| (*v as i16).to_ne_bytes()));
            cells.extend_from_slice(&inside);
        }
    }
    let file = fs::read_dir(phantom.join("dicom/mask")).expect("a folder").next();
    let file = file.expect("a structure set").expect("a file").path();
    let structure = rtstruct::structures(&file).remove(0);
    let (shape, geometry) = rtstruct::grid(&phantom.join("dicom/image"));
    assert_eq!(shape, image.shape);
    let folder = tempfile::tempdir().expect("a folder");
    let write =
        |name: &str, bytes: Vec<u8>| fs::write(folder.path().join(name), bytes).expect(name);
    write("voxels.i16", voxels);
    write("points.f64", structure.points.iter().flat_map(|p| p.to_ne_bytes()).collect());
    let sizes = structure.lengths.iter().flat_map(|n| (*n as u32).to_ne_bytes());
    write("sizes.u32", sizes.collect());
    let mut grid = format!("{nx} {ny} {nz}");
    for number in geometry.spacing.iter().chain(&geometry.origin) {
        write!(grid, " {number}").expect("a text");
    }
    write("grid.txt", grid.into_bytes());
    run(python().arg(root().join("tests/python/ct_phantom.py")).arg(folder.path()));

    let drawn = fs::read(folder.path().join("mask.u8")).expect("a mask");
    assert_eq!(drawn.iter().map(|cell| u64::from(*cell)).sum::<u64>(), 125_256);
    assert_eq!(drawn.iter().zip(&cells).filter(|(a, b)| a != b).count(), 0);

    // The same geometry and settings through the core: the same bits.
    let mut settings = Settings::preset("ibsi-c").expect("the preset");
    settings.set("diagnostics", "true").expect("an option");
    let plan = Plan::new(&settings).expect("a plan");
    let layout = radiomics::Layout::x_fastest(shape).expect("a layout");
    let rounded: Vec<i16> = fs::read(folder.path().join("voxels.i16"))
        .expect("the voxels")
        .chunks_exact(2)
        .map(|b| i16::from_ne_bytes([b[0], b[1]]))
        .collect();
    let image = radiomics::Image::new(&rounded[..], layout, geometry).expect("an image");
    let region = radiomics::Region::new(&cells[..], layout, Select::NonZero).expect("a region");
    let (values, _) =
        Workspace::new().extract(&plan, &image, &region, &Host::serial()).expect("values");
    let printed = fs::read_to_string(folder.path().join("values.txt")).expect("the values");
    let mut lines = printed.lines();
    for (column, value) in plan.columns().zip(&values) {
        let found = lines.next().expect("a line for every column");
        let mut words = found.split(' ');
        assert_eq!(words.next(), Some(column.tag().to_string().as_str()));
        let number = hexadecimal(words.next().expect("a number"));
        assert!(number.to_bits() == value.number().to_bits(), "{found}: {}", value.number());
        assert_eq!(words.next(), Some(value.status().code().to_string().as_str()));
    }
    assert!(lines.next().is_none() && values.len() > 200);
}

/// The number that Python's `float.hex` wrote.
fn hexadecimal(text: &str) -> f64 {
    let (sign, text) = match text.strip_prefix('-') {
        Some(rest) => (-1.0, rest),
        None => (1.0, text),
    };
    if text == "nan" {
        return f64::NAN;
    }
    let (mantissa, exponent) = text.trim_start_matches("0x").split_once('p').expect("an exponent");
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let digits = u64::from_str_radix(&format!("{whole}{fraction}"), 16).expect("digits");
    let exponent: i32 = exponent.parse().expect("an exponent");
    // At most 53 bits, so that every step is exact.
    sign * digits as f64 * 2f64.powi(exponent - 4 * fraction.len() as i32)
}
