//! `radiomics filter`, and filtered images in the long form.

use std::path::Path;
use std::process::{Command, Output};

use radiomics_io::nifti;
use support::nifti::File;

fn radiomics(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_radiomics")).args(args).output().expect("the command")
}

/// Writes the digital phantom; the paths of image and mask.
fn phantom(folder: &Path) -> [String; 2] {
    let (image, mask) = support::phantom::digital();
    let mask: Vec<i16> = mask.iter().map(|m| i16::from(*m)).collect();
    [("image.nii.gz", image), ("mask.nii", mask)].map(|(name, voxels)| {
        let path = folder.join(name);
        File::of_i16([5, 4, 4], [2.0; 3], &voxels).write(&path);
        path.to_str().expect("a path").to_owned()
    })
}

fn voxels(path: &Path) -> (Vec<f64>, radiomics::Geometry) {
    let volume = nifti::read(path, nifti::DEFAULT_LIMIT).expect("a map");
    let image = volume.image().expect("an image");
    let [nx, ny, nz] = image.shape();
    let mut out = vec![0.0; nx * ny * nz];
    for (at, row) in out.chunks_exact_mut(nx).enumerate() {
        image.read_row(0, [at % ny, at / ny], row);
    }
    (out, *image.geometry())
}

#[test]
fn maps_keep_the_grid() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, _] = phantom(folder.path());
    for ending in ["nii", "nii.gz"] {
        let out = folder.path().join(format!("map.{ending}"));
        let args = ["filter", &image, "--out", out.to_str().expect("a path")];
        let options = ["--set", "filter.images=mean", "--set", "filter.mean.size=1"];
        let output = radiomics(&[&args[..], &options].concat());
        assert!(output.status.success(), "{output:?}");
        // A mean of one voxel is the image.
        assert_eq!(voxels(&out), voxels(Path::new(&image)));
    }
}

/// Interpolated maps have the centre of the image.
#[test]
fn interpolated_maps_are_centred() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, _] = phantom(folder.path());
    let out = folder.path().join("map.nii");
    let args = ["filter", &image, "--out", out.to_str().expect("a path")];
    let options = ["--set", "filter.images=log", "--set", "resample.spacing_mm=1,1,1"];
    assert!(radiomics(&[&args[..], &options].concat()).status.success());
    let (map, geometry) = voxels(&out);
    let before = voxels(Path::new(&image)).1;
    assert_eq!((map.len(), geometry.spacing), (10 * 8 * 8, [1.0; 3]));
    let centre = |g: &radiomics::Geometry, n: [f64; 3]| -> Vec<f64> {
        let along = |r: usize, a: usize| g.direction[r][a] * g.spacing[a] * (n[a] - 1.0) / 2.0;
        (0..3).map(|r| g.origin[r] + (0..3).map(|a| along(r, a)).sum::<f64>()).collect()
    };
    assert_eq!(centre(&geometry, [10.0, 8.0, 8.0]), centre(&before, [5.0, 4.0, 4.0]));
}

#[test]
fn several_maps_have_their_names() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, _] = phantom(folder.path());
    let out = folder.path().join("map.nii.gz");
    let args = ["filter", &image, "--out", out.to_str().expect("a path")];
    let options = ["--set", "filter.images=log", "--set", "filter.log.sigma_mm=2,3"];
    assert!(radiomics(&[&args[..], &options].concat()).status.success());
    assert!(!out.exists());
    for name in ["map_log_sigma_2mm.nii.gz", "map_log_sigma_3mm.nii.gz"] {
        assert!(folder.path().join(name).exists(), "{name}");
    }
    let output = radiomics(&args);
    assert_eq!(output.status.code(), Some(2), "no filter is asked for");
}

#[test]
fn the_long_form_names_the_image() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, mask] = phantom(folder.path());
    let args = ["extract", &image, &mask, "--set", "filter.images=original,mean", "--features"];
    let output = radiomics(&[&args[..], &["statistics"]].concat());
    let shown = String::from_utf8(output.stdout).expect("text");
    let mut reader = csv::Reader::from_reader(shown.as_bytes());
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    let images: Vec<&str> = rows.iter().map(|r| &r[6]).collect();
    assert_eq!(images, [vec![""; 18], vec!["mean_5"; 18]].concat());
    assert!((0..18).all(|i| rows[i][1] == rows[i + 18][1] && rows[i][3] == rows[i + 18][3]));
    let output = radiomics(&[&args[..], &["mean_5:stat_mean"]].concat());
    let shown = String::from_utf8(output.stdout).expect("text");
    assert_eq!(shown.lines().count(), 2, "{shown}");
}

/// A file of options does what the same options do; the last `--set` wins.
#[test]
fn options_come_from_a_file_as_well() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, _] = phantom(folder.path());
    let config = folder.path().join("study.toml");
    std::fs::write(&config, "[filter]\nimages = [\"mean\"]\nmean.size = [5]\n").expect("a file");
    let map = |name: &str, options: &[&str]| {
        let out = folder.path().join(name);
        let args = ["filter", &image, "--out", out.to_str().expect("a path")];
        let output = radiomics(&[&args[..], options].concat());
        assert!(output.status.success(), "{output:?}");
        voxels(&out).0
    };
    let config = config.to_str().expect("a path");
    let set = ["--set", "filter.images=mean", "--set", "filter.mean.size=3"];
    let three = map("a.nii", &set);
    assert_ne!(map("b.nii", &["--config", config]), three);
    assert_eq!(map("c.nii", &["--config", config, "--set", "filter.mean.size=3"]), three);
}

/// Every refusal says what was wrong and what was expected.
#[test]
fn refusals_are_clear() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, _] = phantom(folder.path());
    let out = folder.path().join("map.nii");
    let out = out.to_str().expect("a path");
    let cases: [(&[&str], i32, &str); 6] = [
        (&[&image, "--out", "map.csv", "--set", "filter.images=log"], 2, ".nii or .nii.gz"),
        (&[&image, "--out", out], 2, "no filter is asked for"),
        (&[&image, "--out", out, "--preset", "nope"], 2, "unknown preset"),
        (&[&image, "--out", out, "--set", "filter.images=nope"], 2, "filter.images"),
        (&["missing.nii", "--out", out, "--set", "filter.images=log"], 1, "missing.nii"),
        (&[out, "--out", out, "--config", "missing.toml"], 2, "missing.toml"),
    ];
    for (args, code, expected) in cases {
        let output = radiomics(&[&["filter"], args].concat());
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{args:?}: {said}");
        assert!(said.contains(expected), "{args:?}: {said}");
    }
    assert!(!Path::new(out).exists());
}

/// A filter that is periodic by definition says so where the settings say otherwise.
#[test]
fn periodic_filters_say_so() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, mask] = phantom(folder.path());
    let out = folder.path().join("map.nii");
    let told = |args: &[&str]| {
        let output = radiomics(args);
        assert!(output.status.success(), "{output:?}");
        String::from_utf8_lossy(&output.stderr).contains("simoncelli_level1: periodic")
    };
    let map = ["filter", &image, "--out", out.to_str().expect("a path")];
    let set = ["--set", "filter.images=simoncelli"];
    assert!(told(&[&map[..], &set].concat()));
    assert!(!told(&[&map[..], &set, &["--set", "filter.boundary=periodic"]].concat()));
    let extract = ["extract", &image, &mask, "--features", "statistics"];
    assert!(told(&[&extract[..], &set].concat()));
}

/// The series of a folder gives the map of the same image in NIfTI.
#[test]
#[cfg_attr(no_ibsi_data, ignore = "IBSI data not found: set RADIOMICS_DATA")]
fn series_are_read() {
    let folder = tempfile::tempdir().expect("a folder");
    let phantom = support::data::ibsi("ibsi1_ct_phantom");
    let map = |image: &str| {
        let (image, out) = (phantom.join(image), folder.path().join("map.nii"));
        let args = ["filter", image.to_str().expect("a path"), "--out"];
        let options = [out.to_str().expect("a path"), "--set", "filter.images=gradient"];
        let output = radiomics(&[&args[..], &options].concat());
        assert!(output.status.success(), "{output:?}");
        voxels(&out).0
    };
    assert_eq!(map("dicom/image"), map("image.nii.gz"));
}
