//! Cohorts: stopped and resumed, broken, bounded, the same for any number of workers.

mod common;

use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::thread::sleep;
use std::time::{Duration, Instant};

use common::{Noise, case, cell, cohort, command, rows, run, said, shown};
use support::nifti::File;

const SETTINGS: [&str; 4] =
    ["--set", "resample.spacing_mm=1,1,1", "--set", "discretise.bin_width=10"];

/// Most memory that a process has taken so far, in bytes.
fn peak(id: u32) -> Option<u64> {
    let status = fs::read_to_string(format!("/proc/{id}/status")).ok()?;
    let line = status.lines().find(|l| l.starts_with("VmHWM:"))?;
    Some(line.split_whitespace().nth(1)?.parse::<u64>().ok()? << 10)
}

#[test]
fn killed_ten_times_and_resumed_the_table_is_the_same() {
    const CASES: usize = 52;
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = cohort(folder.path(), CASES as u64, [24, 24, 12]);
    let whole = folder.path().join("whole/features.csv");
    let killed = folder.path().join("killed/features.csv");
    for out in [&whole, &killed] {
        fs::create_dir_all(out.parent().expect("a folder")).expect("made");
    }
    let start = |out: &Path| {
        let mut command = command();
        command.arg("batch").arg(&manifest).arg("--out").arg(out).args(SETTINGS);
        command.args(["--workers", "2", "--qc"]).arg(out.parent().expect("a folder").join("qc"));
        command.stderr(Stdio::null()).spawn().expect("the command")
    };
    let began = Instant::now();
    assert!(start(&whole).wait().expect("an end").success());
    let took = began.elapsed();

    let journal = folder.path().join("killed/features.csv.journal");
    let lines = || fs::read(&journal).map_or(0, |t| t.iter().filter(|b| **b == b'\n').count());
    let mut noise = Noise(took.as_nanos() as u64);
    let mut done = 0;
    for _ in 0..10 {
        let mut child = start(&killed);
        // At any moment of a case, after up to two more are finished: some are left after ten times.
        let enough = done + noise.next(3) as usize;
        while lines() < enough && child.try_wait().expect("a state").is_none() {
            sleep(Duration::from_millis(1));
        }
        sleep((took / CASES as u32).mul_f64(noise.next(1000) as f64 / 1000.0));
        assert!(child.try_wait().expect("a state").is_none(), "it was still running");
        child.kill().expect("killed");
        child.wait().expect("an end");
        assert!(!killed.exists(), "there is no half table");
        assert!(lines() >= done, "finished cases stay");
        done = lines();
    }
    println!("{took:?} undisturbed; {done} of {CASES} cases finished in ten runs that were killed");
    let again = run(&[
        "batch".as_ref(),
        manifest.as_os_str(),
        "--out".as_ref(),
        killed.as_os_str(),
        "--qc".as_ref(),
        folder.path().join("killed/qc").as_os_str(),
        SETTINGS[0].as_ref(),
        SETTINGS[1].as_ref(),
        SETTINGS[2].as_ref(),
        SETTINGS[3].as_ref(),
    ]);
    assert!(again.status.success(), "{}", said(&again));
    // A line may have been torn by the last kill.
    let expected =
        [done, done.saturating_sub(1)].map(|n| format!("{CASES} cases, {n} done before"));
    assert!(expected.iter().any(|e| said(&again).contains(e)), "{}", said(&again));
    for file in ["features.csv", "features.csv.record.json", "qc/index.html"] {
        let [a, b] = ["whole", "killed"]
            .map(|run| fs::read_to_string(folder.path().join(run).join(file)).expect("a file"));
        // Pictures are named the same, whatever the folder.
        assert_eq!(a, b, "{file}");
    }
    let (header, rows) = rows(&killed);
    assert_eq!(rows.len(), CASES);
    assert!(rows.iter().all(|r| cell(&header, r, "outcome") == "ok"));
    let left: Vec<_> = fs::read_dir(folder.path().join("killed")).expect("a folder").collect();
    assert_eq!(left.len(), 3, "table, record and pictures, nothing else: {left:?}");
    assert_eq!(fs::read_dir(folder.path().join("killed/qc")).expect("a folder").count(), CASES + 1);
}

#[test]
#[cfg(target_os = "linux")]
fn memory_stays_under_its_limit() {
    let folder = tempfile::tempdir().expect("a folder");
    // One image of 10 MB and 16 regions in it: read by eight workers at a time it would take 280 MB and more.
    let shape = [256, 256, 80];
    let mut image = vec![0i16; 256 * 256 * 80];
    let mut noise = Noise(7);
    image.iter_mut().for_each(|v| *v = noise.next(1000) as i16);
    let mut mask = vec![0i16; image.len()];
    for label in 0..16usize {
        let [x0, y0] = [label % 4 * 60, label / 4 * 60];
        for z in 20..36 {
            for y in y0..y0 + 24 {
                for x in x0..x0 + 24 {
                    mask[(z * 256 + y) * 256 + x] = label as i16 + 1;
                }
            }
        }
    }
    File::of_i16(shape, [1.0; 3], &image).write(&folder.path().join("image.nii"));
    File::of_i16(shape, [1.0; 3], &mask).write(&folder.path().join("mask.nii"));
    let mut manifest = String::from("case,image,mask,roi\n");
    for label in 1..=16 {
        manifest += &format!("c{label:02},image.nii,mask.nii,{label}\n");
    }
    let path = folder.path().join("cohort.csv");
    fs::write(&path, manifest).expect("written");
    let table = |memory: &str, workers: &str| {
        let out = folder.path().join(format!("{memory}.csv"));
        let mut child = command()
            .arg("batch")
            .arg(&path)
            .arg("--out")
            .arg(&out)
            .args(["--memory", memory, "--workers", workers, "--features", "statistics,glcm"])
            .stderr(Stdio::null())
            .spawn()
            .expect("the command");
        let mut most = 0;
        let status = loop {
            most = most.max(peak(child.id()).unwrap_or(0));
            match child.try_wait().expect("a state") {
                Some(status) => break status,
                None => sleep(Duration::from_millis(2)),
            }
        };
        assert!(status.success());
        println!("{memory}, {workers} workers: peak {} MiB", most >> 20);
        (fs::read(out).expect("a table"), most)
    };
    let (bounded, most) = table("160MiB", "8");
    assert!(most > 0 && most <= 160 << 20, "{most}");
    let (free, loose) = table("4GiB", "8");
    assert!(loose > most, "the limit was what held it");
    assert!(bounded == free, "the limit changes no value");
}

#[test]
fn workers_and_forms_change_no_value() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = cohort(folder.path(), 6, [14, 12, 9]);
    let table = |name: &str, more: &[&str]| {
        let out = folder.path().join(name);
        let output = command()
            .arg("batch")
            .arg(&manifest)
            .arg("--out")
            .arg(&out)
            .args(SETTINGS)
            .args(more)
            .output()
            .expect("the command");
        assert!(output.status.success(), "{}", said(&output));
        fs::read(&out).expect("a table")
    };
    let one = table("a.csv", &["--workers", "1"]);
    assert!(one == table("b.csv", &["--workers", "2"]));
    let record = |name: &str| {
        let text = fs::read_to_string(folder.path().join(name)).expect("a record");
        text.replace("b.csv", "a.csv")
    };
    assert_eq!(record("a.csv.record.json"), record("b.csv.record.json"));
    let parquet = table("a.parquet", &["--workers", "1"]);
    assert!(parquet == table("b.parquet", &["--workers", "2"]));
    let long = table("long.csv", &["--shape", "long", "--workers", "1"]);
    assert!(long == table("long2.csv", &["--shape", "long", "--workers", "2"]));

    // Every form holds the same numbers.
    let (header, wide) = rows(&folder.path().join("a.csv"));
    let (names, long) = rows(&folder.path().join("long.csv"));
    let features = header.len() - 7;
    assert_eq!(long.len(), wide.len() * features);
    for (i, row) in long.iter().enumerate() {
        let (case, feature) = (&wide[i / features], 7 + i % features);
        assert_eq!(cell(&names, row, "case"), &case[0]);
        assert_eq!(cell(&names, row, "ibsi_tag"), &header[feature]);
        assert_eq!(cell(&names, row, "value"), &case[feature]);
    }
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::RowAccessor;
    let file = fs::File::open(folder.path().join("a.parquet")).expect("a file");
    let reader = SerializedFileReader::new(file).expect("parquet");
    let columns = reader.metadata().file_metadata().schema_descr().columns();
    let found: Vec<&str> = columns.iter().map(|c| c.name()).collect();
    assert_eq!(found, header.iter().collect::<Vec<_>>());
    let mut count = 0;
    for (row, expected) in reader.get_row_iter(None).expect("rows").zip(&wide) {
        let row = row.expect("a row");
        assert_eq!(row.get_string(0).expect("a text"), &expected[0]);
        for k in 6..header.len() {
            let text = &expected[k];
            match row.get_double(k) {
                Ok(x) => assert_eq!(Ok(x), text.parse::<f64>()),
                Err(_) => assert_eq!(text, "NaN"),
            }
        }
        count += 1;
    }
    assert_eq!(count, wide.len());
}

#[test]
fn broken_cases_say_why_and_the_others_go_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = cohort(folder.path(), 3, [14, 12, 9]);
    let data = folder.path().join("data");
    let image = data.join("p00_image.nii");
    // Before anything is broken.
    let good = folder.path().join("good.csv");
    let args = |manifest: &Path, out: &Path| {
        let args = ["batch".into(), manifest.into(), "--out".into(), out.into()];
        args.to_vec() as Vec<std::ffi::OsString>
    };
    assert!(run(&args(&manifest, &good)).status.success());

    let bytes = fs::read(&image).expect("a file");
    fs::write(data.join("short.nii"), &bytes[..bytes.len() / 2]).expect("written");
    fs::write(data.join("text.nii"), "this is no image").expect("written");
    let mut bomb = File::of_i16([1, 1, 1], [1.0; 3], &[1]);
    bomb.dim = [3, 32000, 32000, 32000, 1, 1, 1, 1];
    bomb.write(&data.join("bomb.nii.gz"));
    File::of_i16([14, 12, 9], [1.0, 1.0, 2.0], &[0; 14 * 12 * 9]).write(&data.join("empty.nii"));
    File::of_i16([14, 12, 8], [1.0, 1.0, 2.0], &[1; 14 * 12 * 8]).write(&data.join("other.nii"));
    let mut list = fs::read_to_string(&manifest).expect("a manifest");
    for (name, image, mask) in [
        ("missing", "nowhere.nii", "p00_mask.nii"),
        ("short", "short.nii", "p00_mask.nii"),
        ("text", "text.nii", "p00_mask.nii"),
        ("bomb", "bomb.nii.gz", "p00_mask.nii"),
        ("empty", "p00_image.nii", "empty.nii"),
        ("other", "p00_image.nii", "other.nii"),
        ("folder", "", "p00_mask.nii"),
    ] {
        list += &format!("{name},data/{image},data/{mask}\n");
    }
    let broken = folder.path().join("broken.csv.txt");
    fs::write(&broken, &list).expect("written");
    let out = folder.path().join("out.csv");
    let output = run(&args(&broken, &out));
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("7 of 10 cases failed"), "{}", said(&output));
    let (header, found) = rows(&out);
    assert_eq!(found.len(), 10, "every case has its row");
    let (same, before) = rows(&good);
    assert_eq!(header, same, "the columns never change");
    assert_eq!(found[..3], before[..]);
    for (row, part) in found[3..].iter().zip([
        "nowhere.nii: cannot be opened",
        "short.nii: is truncated",
        "text.nii: is no NIfTI file",
        "the limit is",
        "every voxel is 0",
        "different grids: shape",
        "holds no image",
    ]) {
        let reason = cell(&header, row, "reason");
        assert_eq!(cell(&header, row, "outcome"), "failed", "{reason}");
        assert!(reason.contains(part), "{}: {reason}", &row[0]);
        assert_eq!(cell(&header, row, "stat_mean"), "NaN");
    }
    // What is mended is tried again, and only that.
    fs::copy(&image, data.join("short.nii")).expect("copied");
    let mended = ["case", "p0", "short"];
    let kept: Vec<&str> =
        list.lines().filter(|l| mended.iter().any(|name| l.starts_with(name))).collect();
    fs::write(&broken, kept.join("\n")).expect("written");
    let output = run(&args(&broken, &out));
    assert!(output.status.success(), "{}", said(&output));
    assert!(said(&output).contains("4 cases, 3 done before"), "{}", said(&output));
    assert_eq!(rows(&out).1.len(), 4);
    assert!(!folder.path().join("out.csv.journal").exists());
}

#[test]
fn what_changed_is_computed_again() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = cohort(folder.path(), 3, [14, 12, 9]);
    let list =
        fs::read_to_string(&manifest).expect("a manifest") + "x,data/no.nii,data/p00_mask.nii\n";
    fs::write(&manifest, list).expect("written");
    let out = folder.path().join("out.csv");
    let again = |more: &[&str]| {
        let output = command()
            .arg("batch")
            .arg(&manifest)
            .arg("--out")
            .arg(&out)
            .args(more)
            .output()
            .expect("the command");
        assert_eq!(output.status.code(), Some(1), "the missing image keeps the journal");
        said(&output)
    };
    assert!(again(&[]).contains("4 cases, 0 done before"));
    assert!(again(&[]).contains("4 cases, 3 done before"));
    // Another option, another input, a wish.
    assert!(again(&["--set", "discretise.bin_count=16"]).contains("4 cases, 0 done before"));
    assert!(again(&[]).contains("4 cases, 3 done before"));
    assert!(again(&["--restart"]).contains("4 cases, 0 done before"));
    sleep(Duration::from_millis(20));
    case(&folder.path().join("data"), "p01", [14, 12, 9], 99);
    assert!(again(&[]).contains("4 cases, 2 done before"));
}

#[test]
fn a_record_is_replayed() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = cohort(folder.path(), 3, [14, 12, 9]);
    let out = folder.path().join("out.csv");
    let record = folder.path().join("out.csv.record.json");
    let output = command()
        .arg("batch")
        .arg(&manifest)
        .arg("--out")
        .arg(&out)
        .args(SETTINGS)
        .args(["--features", "statistics,glcm"])
        .output()
        .expect("the command");
    assert!(output.status.success(), "{}", said(&output));
    let replay = || run(&["replay".as_ref(), record.as_os_str()]);
    let output = replay();
    assert!(output.status.success(), "{}{}", shown(&output), said(&output));
    assert!(shown(&output).contains("3 cases, 3 regions"), "{}", shown(&output));
    let json: serde_json::Value =
        serde_json::from_slice(&fs::read(&record).expect("a record")).expect("json");
    assert_eq!(json["settings"]["discretise.bin_width"], "10");
    let voxels = &json["cases"][0]["regions"][0]["voxels"];
    assert!(
        voxels["region"].as_u64() > Some(0)
            && voxels["morphological"].as_u64() > voxels["region"].as_u64()
    );
    assert_eq!(json["cases"][0]["read"]["pixels_sha256"].as_str().map(str::len), Some(64));
    // A changed table, a changed value, a changed voxel: each is found.
    let table = fs::read_to_string(&out).expect("a table");
    fs::write(&out, table.replacen("p01", "p10", 1)).expect("written");
    let output = replay();
    assert_eq!(output.status.code(), Some(1));
    assert!(shown(&output).contains("the table was changed"), "{}", shown(&output));
    fs::write(&out, &table).expect("written");
    assert!(replay().status.success());
    let image = folder.path().join("data/p01_image.nii");
    let mut bytes = fs::read(&image).expect("an image");
    let middle = 352 + 2 * (4 * 12 * 14 + 6 * 14 + 7);
    bytes[middle] ^= 1;
    fs::write(&image, bytes).expect("written");
    let output = replay();
    assert_eq!(output.status.code(), Some(1));
    let found = shown(&output);
    assert!(found.contains("case p01: the voxels of the image have changed"), "{found}");
    assert!(found.contains("stat_mean is"), "{found}");
    assert!(!found.contains("p00") && !found.contains("p02"), "{found}");
}
