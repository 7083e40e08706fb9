//! The command as a user meets it.

use std::path::Path;
use std::process::{Command, Output};

use support::nifti::File;

fn radiomics(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_radiomics")).args(args).output().expect("the command")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("text")
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

#[test]
fn without_arguments_the_phantom_meets_its_references() {
    let output = radiomics(&[]);
    assert!(output.status.success());
    let shown = text(&output.stdout);
    assert!(shown.ends_with("482 of 482 features equal their IBSI reference value\n"), "{shown}");
    assert_eq!(shown.lines().filter(|l| l.ends_with("  ok")).count(), 482);
}

#[test]
fn csv_and_json_hold_the_same_rows() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, mask] = phantom(folder.path());
    let common = ["extract", &image, &mask, "--preset", "ibsi-digital", "--diagnostics"];
    let csv = radiomics(&common);
    assert_eq!(text(&csv.stderr), "");
    let csv = text(&csv.stdout);
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let header = "region,feature,ibsi_code,ibsi_tag,family,aggregation,filter,unit,value,status";
    assert_eq!(csv.lines().next(), Some(header));
    let json = radiomics(&[&common[..], &["--format", "json"]].concat());
    let json: Vec<serde_json::Value> = serde_json::from_slice(&json.stdout).expect("json");
    let rows: Vec<csv::StringRecord> = reader.records().map(|r| r.expect("a row")).collect();
    assert_eq!(rows.len(), json.len());
    for (row, object) in rows.iter().zip(&json) {
        for (k, name) in header.split(',').enumerate() {
            match &object[name] {
                serde_json::Value::Null => assert_eq!(&row[k], "NaN"),
                serde_json::Value::Number(n) => {
                    // Both read back as the same number.
                    assert_eq!(row[k].parse::<f64>().ok(), n.as_f64(), "{row:?}");
                }
                other => assert_eq!(other.as_str(), Some(&row[k])),
            }
        }
    }
    let value = |tag: &str| rows.iter().find(|r| &r[3] == tag).map(|r| r[8].to_owned());
    assert_eq!(value("morph_vol_approx").as_deref(), Some("592"));
    assert_eq!(value("int_mask_vox_count_init_roi").as_deref(), Some("74"));
    // Threads change nothing.
    assert_eq!(text(&radiomics(&[&common[..], &["--threads", "3"]].concat()).stdout), csv);
    // A file is whole, and the same.
    let out = folder.path().join("out.csv");
    let out = out.to_str().expect("a path");
    assert!(radiomics(&[&common[..], &["--out", out]].concat()).status.success());
    assert_eq!(std::fs::read_to_string(out).expect("the file"), csv);
}

#[test]
fn features_are_chosen_by_family_name_code_and_tag() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, mask] = phantom(folder.path());
    let chosen = |list: &str| {
        let args = ["extract", &image, &mask, "--preset", "ibsi-digital", "--features", list];
        text(&radiomics(&args).stdout)
            .lines()
            .skip(1)
            .map(|l| l.split(',').nth(3).unwrap_or("").to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(chosen("local_intensity").len(), 2);
    assert_eq!(chosen("RNU0"), ["morph_volume"]);
    assert_eq!(chosen("cm_joint_max").len(), 6);
    assert_eq!(chosen("cm_joint_max_3D_comb,ivh_v10"), ["ivh_v10", "cm_joint_max_3D_comb"]);
}

#[test]
fn wrong_usage_is_status_2() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, mask] = phantom(folder.path());
    for (args, part) in [
        (vec!["--preset", "ibsi-z"], "unknown preset \"ibsi-z\""),
        (vec!["--set", "glcm.distanc=2"], "did you mean \"glcm.distance\""),
        (
            vec!["--set", "glcm.distance=0"],
            "glcm.distance is \"0\": expected a whole number from 1 to 16",
        ),
        (vec!["--set", "glcm.distance"], "expected KEY=VALUE"),
        (
            vec!["--set", "discretise.method=fbn", "--set", "discretise.bin_width=5"],
            "discretise.bin_width",
        ),
        (vec!["--features", "nothing"], "\"nothing\" is no family"),
        (vec!["--label", "0"], "region.label is 0"),
        (vec!["--format", "xml"], "xml"),
    ] {
        let output = radiomics(&[&["extract", &image, &mask], &args[..]].concat());
        let shown = text(&output.stderr);
        assert_eq!(output.status.code(), Some(2), "{args:?}: {shown}");
        assert!(shown.contains(part), "{shown}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn a_failed_input_is_status_1_and_leaves_no_file() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, mask] = phantom(folder.path());
    let other = folder.path().join("other.nii");
    File::of_i16([5, 4, 4], [2.5, 2.0, 2.0], &[1; 80]).write(&other);
    let empty = folder.path().join("empty.nii");
    File::of_i16([5, 4, 4], [2.0; 3], &[0; 80]).write(&empty);
    let out = folder.path().join("out.csv");
    let [other, empty, out] =
        [&other, &empty, &out].map(|p| p.to_str().expect("a path").to_owned());
    for (image, mask, part) in [
        (image.as_str(), other.as_str(), "spacing is"),
        (&image, &empty, "every voxel is 0"),
        ("nowhere.nii", &mask, "nowhere.nii: cannot be opened"),
    ] {
        let all = ["extract", image, mask, "--out", &out];
        let output = radiomics(&all);
        let shown = text(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{all:?}: {shown}");
        assert!(shown.contains(part), "{shown}");
        assert!(!Path::new(&out).exists());
    }
    let output = radiomics(&["extract", &image, &mask, "--label", "7"]);
    let shown = text(&output.stderr);
    assert_eq!(output.status.code(), Some(1));
    assert!(
        shown.contains("no region that matches \"7\": there are \"nonzero\", \"1\""),
        "{shown}"
    );
    let output = radiomics(&["extract", &image, &mask, "--out", "/nowhere/out.csv"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("/nowhere/out.csv: cannot be written"));
}

#[test]
fn tables_of_features_and_options() {
    let features = text(&radiomics(&["features"]).stdout);
    assert!(features.contains("cm_joint_max,GYBY,glcm"));
    let options = text(&radiomics(&["options", "--format", "table"]).stdout);
    assert!(options.contains("resample.spacing_mm") && options.contains("preset ibsi-c"));
}
