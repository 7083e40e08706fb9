//! Configurations: printed in full, read back, refused where a key is unknown.

mod common;

use std::fs;

use common::{case, command, run, said, shown};
use radiomics::registry::{OPTIONS, PRESETS};

#[test]
fn every_preset_is_printed_in_full_and_read_back() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("c.toml");
    for preset in PRESETS {
        let output = run(&["config", "--preset", preset.name]);
        assert!(output.status.success(), "{}", said(&output));
        let text = shown(&output);
        for option in OPTIONS {
            let name = option.key.rsplit('.').next().unwrap_or_default();
            assert!(
                text.contains(option.help) && text.contains(&format!("{name} = ")),
                "{}",
                option.key
            );
        }
        fs::write(&path, &text).expect("written");
        let again = run(&["config".as_ref(), "--config".as_ref(), path.as_os_str()]);
        assert!(again.status.success(), "{}: {}", preset.name, said(&again));
        let body = |t: &str| t.lines().skip(1).map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(body(&text), body(&shown(&again)), "{}", preset.name);
    }
}

#[test]
fn toml_json_and_arguments_say_the_same() {
    let folder = tempfile::tempdir().expect("a folder");
    let [image, mask] = case(folder.path(), "a", [14, 12, 9], 5);
    let toml = folder.path().join("c.toml");
    fs::write(
        &toml,
        "features = [\"statistics\", \"glcm\"]\ndiscretise.bin_width = 12.5\n[resample]\nspacing_mm = [1, 1, 1.5]\n[resegment]\nrange = [-inf, 110]\n",
    )
    .expect("written");
    let json = folder.path().join("c.json");
    fs::write(
        &json,
        r#"{"features": ["statistics", "glcm"], "discretise.bin_width": 12.5, "resample": {"spacing_mm": "1,1,1.5"}, "resegment": {"range": ["-inf", 110]}}"#,
    )
    .expect("written");
    let table = |args: &[&str]| {
        let mut command = command();
        let output = command.arg("extract").args([&image, &mask]).args(args).output();
        let output = output.expect("the command");
        assert!(output.status.success(), "{}", said(&output));
        shown(&output)
    };
    let path = |p: &std::path::Path| p.to_str().expect("a path").to_owned();
    let expected = table(&[
        "--features",
        "statistics,glcm",
        "--set",
        "discretise.bin_width=12.5",
        "--set",
        "resample.spacing_mm=1,1,1.5",
        "--set",
        "resegment.range=-inf,110",
    ]);
    assert_eq!(table(&["--config", &path(&toml)]), expected);
    assert_eq!(table(&["--config", &path(&json)]), expected);
    // Arguments take precedence, and change something.
    assert_ne!(table(&["--config", &path(&toml), "--set", "discretise.bin_width=5"]), expected);
}

#[test]
fn unknown_keys_and_wrong_values_are_refused() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text, part) in [
        (
            "a.toml",
            "[resample]\nspacing = [1,1,1]\n",
            "unknown option \"resample.spacing\": did you mean \"resample.spacing_mm\"?",
        ),
        ("b.toml", "featurs = []\n", "did you mean \"features\"?"),
        ("c.toml", "[input]\nrois = []\n", "did you mean \"input.roi\"?"),
        ("d.toml", "[discretise]\nbin_count = 0\n", "discretise.bin_count is \"0\""),
        ("e.toml", "[discretise\n", "is no TOML"),
        ("f.json", "{\"discretise\": 5", "is no JSON"),
        ("g.toml", "preset = \"ibsi-z\"\n", "unknown preset \"ibsi-z\""),
        ("h.toml", "[discretise]\nbin_width = 5\nmethod = \"fbn\"\n", "discretise.bin_width"),
        ("i.json", "[1]", "expected a table of options"),
        ("j.toml", "[input]\nfraction = 2\n", "expected a number above 0 and up to 1"),
    ] {
        let path = folder.path().join(name);
        fs::write(&path, text).expect("written");
        let output = run(&["config".as_ref(), "--config".as_ref(), path.as_os_str()]);
        assert_eq!(output.status.code(), Some(2), "{text}");
        assert!(said(&output).contains(part), "{text}: {}", said(&output));
    }
    let output = run(&["config", "--config", "nowhere.toml"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(said(&output).contains("nowhere.toml: cannot be opened"));
}
