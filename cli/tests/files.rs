//! Files as they come: full disks, closed folders, names in any letters, crowded folders.

mod common;

use std::fs;
use std::path::Path;
use std::process::Command;

use common::{case, cell, cohort, command, rows, run, said, shown};

const SHAPE: [usize; 3] = [14, 12, 9];

#[test]
#[cfg(target_os = "linux")]
fn a_full_disk_loses_nothing() {
    let folder = tempfile::tempdir().expect("a folder");
    let manifest = cohort(folder.path(), 8, SHAPE);
    let out = folder.path().join("out.csv");
    let whole = folder.path().join("whole.csv");
    let args = |out: &Path| vec!["batch".into(), manifest.clone(), "--out".into(), out.into()];
    assert!(run(&args(&whole)).status.success());
    // A limit on the size of files stops a write in its middle, as a full disk does.
    let limited = |blocks: u32| {
        let script = format!("trap '' XFSZ; ulimit -f {blocks}; exec \"$0\" \"$@\"");
        let mut command = Command::new("bash");
        command.args(["-c", &script, env!("CARGO_BIN_EXE_radiomics")]).args(args(&out));
        command.output().expect("the command")
    };
    let output = limited(16);
    assert_eq!(output.status.code(), Some(1), "{}", said(&output));
    assert!(said(&output).contains("finished cases are kept"), "{}", said(&output));
    assert!(!out.exists() && !folder.path().join("out.csv.partial").exists());
    let output = run(&args(&out));
    assert!(output.status.success(), "{}", said(&output));
    assert!(!said(&output).contains("8 cases, 0 done before"), "{}", said(&output));
    assert!(fs::read(&out).expect("a table") == fs::read(&whole).expect("a table"));
    // A device that is always full.
    let data = folder.path().join("data");
    let (image, mask) = (data.join("p00_image.nii"), data.join("p00_mask.nii"));
    let full = fs::File::options().write(true).open("/dev/full").expect("the device");
    let output =
        command().arg("extract").args([&image, &mask]).stdout(full).output().expect("the command");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("No space left"), "{}", said(&output));
    let output = command()
        .arg("extract")
        .args([&image, &mask])
        .args(["--out", "/dev/full"])
        .output()
        .expect("the command");
    assert_eq!(output.status.code(), Some(1));
    assert!(said(&output).contains("/dev/full"), "{}", said(&output));
    // A device is written, never replaced.
    use std::os::unix::fs::FileTypeExt;
    assert!(fs::metadata("/dev/full").expect("the device").file_type().is_char_device());
}

#[test]
#[cfg(unix)]
fn closed_files_and_folders_are_named() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let folder = tempfile::tempdir().expect("a folder");
    let open = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).expect("rights");
    };
    open(folder.path(), 0o777);
    case(&folder.path().join("one"), "a", SHAPE, 1);
    let [image, _] = case(&folder.path().join("two"), "b", SHAPE, 2);
    case(&folder.path().join("three"), "c", SHAPE, 3);
    open(&image, 0o000);
    open(&folder.path().join("three"), 0o000);
    // Rights do not bind the administrator: the command runs as nobody then.
    let program = folder.path().join("radiomics");
    fs::copy(env!("CARGO_BIN_EXE_radiomics"), &program).expect("copied");
    open(&program, 0o755);
    let out = folder.path().join("out.csv");
    let mut command = Command::new(&program);
    command.arg("batch").arg(folder.path()).arg("--out").arg(&out);
    if fs::read(&image).is_ok() {
        command.uid(65_534).gid(65_534);
    }
    let output = command.output().expect("the command");
    open(&folder.path().join("three"), 0o755);
    let said = said(&output);
    assert_eq!(output.status.code(), Some(1), "{said}");
    assert!(said.contains("three: cannot be listed"), "{said}");
    let (header, rows) = rows(&out);
    assert_eq!(rows.len(), 2);
    assert_eq!(cell(&header, &rows[0], "outcome"), "ok");
    assert!(cell(&header, &rows[1], "reason").contains("b_image.nii: cannot be opened"));
}

#[test]
#[cfg(target_os = "linux")]
fn names_in_any_letters() {
    use std::os::unix::ffi::OsStrExt;
    let folder = tempfile::tempdir().expect("a folder");
    let strange = std::ffi::OsStr::from_bytes(b"caf\xe9");
    for (name, seed) in [("Jos\u{e9} \u{4f8b}".as_ref(), 1), (strange, 2), ("a,\"b\"".as_ref(), 3)]
    {
        case(&folder.path().join("in").join(name), "x", SHAPE, seed);
    }
    let out = folder.path().join("r\u{e9}sum\u{e9}.csv");
    let qc = folder.path().join("qc");
    let output = command()
        .arg("batch")
        .arg(folder.path().join("in"))
        .arg("--out")
        .arg(&out)
        .arg("--qc")
        .arg(&qc)
        .output()
        .expect("the command");
    assert!(output.status.success(), "{}", said(&output));
    let (_, found) = rows(&out);
    let names: Vec<&str> = found.iter().map(|r| &r[0]).collect();
    assert_eq!(names, ["Jos\u{e9} \u{4f8b}", "a,\"b\"", "caf\u{fffd}"]);
    assert_eq!(fs::read_dir(&qc).expect("a folder").count(), 4);
    // The record leads back to the very bytes.
    let record = folder.path().join("r\u{e9}sum\u{e9}.csv.record.json");
    let output = run(&["replay".as_ref(), record.as_os_str()]);
    assert!(output.status.success(), "{}{}", shown(&output), said(&output));
    // And through a manifest.
    let mut manifest = b"case,image,mask\n1,in/".to_vec();
    manifest.extend(b"caf\xe9/x_image.nii,in/caf\xe9/x_mask.nii\n");
    let path = folder.path().join("m.csv");
    fs::write(&path, manifest).expect("written");
    let again = folder.path().join("again.csv");
    let output = run(&["batch".as_ref(), path.as_os_str(), "--out".as_ref(), again.as_os_str()]);
    assert!(output.status.success(), "{}", said(&output));
    assert_eq!(
        rows(&again).1[0].iter().skip(1).collect::<Vec<_>>(),
        found[2].iter().skip(1).collect::<Vec<_>>()
    );
}

#[test]
fn ten_thousand_files_beside_a_case() {
    let folder = tempfile::tempdir().expect("a folder");
    for i in 0..10_000 {
        fs::write(folder.path().join(format!("note{i:05}.dcm")), "not an image").expect("written");
    }
    case(folder.path(), "a", SHAPE, 1);
    let out = folder.path().join("out/t.csv");
    fs::create_dir(folder.path().join("out")).expect("a folder");
    let output =
        run(&["batch".as_ref(), folder.path().as_os_str(), "--out".as_ref(), out.as_os_str()]);
    assert!(output.status.success(), "{}", said(&output));
    let (_, rows) = rows(&out);
    assert_eq!((rows.len(), &rows[0][0]), (1, "a"));
    let output = run(&["info".as_ref(), folder.path().as_os_str()]);
    assert!(output.status.success());
    let shown = shown(&output);
    assert!(shown.contains("other files: 10002") && shown.contains("... and 9982 more"), "{shown}");
    assert!(shown.contains("14 x 12 x 9") && shown.contains("bin width"), "{shown}");
}

#[test]
fn manifests_that_are_wrong() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("m.csv");
    let out = folder.path().join("out.csv");
    for (text, part) in [
        ("case,imge,mask\n", "did you mean \"image\""),
        ("case,image\na,b\n", "has no column \"mask\""),
        ("case,image,mask\na,b,\n", "line 2: the mask is missing"),
        ("case,image,mask\na,b,c\na,d,e\n", "lines 2 and 3 are both the case \"a\""),
        ("image,mask\n", "no case was found"),
    ] {
        fs::write(&path, text).expect("written");
        let output = run(&["batch".as_ref(), path.as_os_str(), "--out".as_ref(), out.as_os_str()]);
        assert_eq!(output.status.code(), Some(1), "{text}");
        assert!(said(&output).contains(part), "{text}: {}", said(&output));
    }
    fs::write(&path, "image,mask\na,b\n").expect("written");
    for (args, part) in [
        (["--memory", "1MiB"], "expected at least 128.0 MiB"),
        (["--roi", "regex:("], "is no regular expression"),
        (["--other-grid", "guess"], "expected refuse, nearest or linear"),
        (["--suv", "weight"], "expected none, bw"),
    ] {
        let output = command()
            .arg("batch")
            .arg(&path)
            .arg("--out")
            .arg(&out)
            .args(args)
            .output()
            .expect("the command");
        assert_eq!(output.status.code(), Some(2), "{args:?}");
        assert!(said(&output).contains(part), "{args:?}: {}", said(&output));
    }
    let output = run(&["batch".as_ref(), path.as_os_str(), "--out".as_ref(), "t.xlsx".as_ref()]);
    assert_eq!(output.status.code(), Some(2));
}
