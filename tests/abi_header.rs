//! `include/radiomics.h` is what cbindgen makes of `ffi/src`; `RADIOMICS_UPDATE_DOCS=1` writes it again.

use std::path::PathBuf;
use std::{env, fs};

/// The version macros: from the one version of the workspace and the core's own number.
fn version_macros() -> String {
    let version = env!("CARGO_PKG_VERSION");
    let part = |i: usize| -> u32 {
        let part = version.split(['.', '-']).nth(i).expect("three parts");
        part.parse().expect("a number")
    };
    let (major, minor, patch) = (part(0), part(1), part(2));
    format!(
        "/** Version of this header; radiomics_version() is that of the library that is loaded. */\n\
         #define RADIOMICS_VERSION \"{version}\"\n\
         #define RADIOMICS_VERSION_MAJOR {major}\n\
         #define RADIOMICS_VERSION_MINOR {minor}\n\
         #define RADIOMICS_VERSION_PATCH {patch}\n\
         /** major * 1000000 + minor * 1000 + patch */\n\
         #define RADIOMICS_VERSION_NUMBER {}\n\
         /** Moves whenever any value may change. */\n\
         #define RADIOMICS_NUMERICS_VERSION {}\n",
        major * 1_000_000 + minor * 1_000 + patch,
        radiomics::NUMERICS_VERSION
    )
}

fn generated() -> String {
    let ffi = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../ffi");
    let mut config =
        cbindgen::Config::from_file(ffi.join("cbindgen.toml")).expect("a configuration");
    config.header = Some(
        "/*\n * radiomics: image biomarkers to the letter of the Image Biomarker Standardisation Initiative (IBSI).\n \
         *\n * Made by cbindgen from ffi/src; do not edit. docs/c-api.md is the page to read first.\n */"
            .into(),
    );
    config.after_includes = Some(version_macros());
    let bindings = cbindgen::Builder::new().with_crate(&ffi).with_config(config).generate();
    let mut text = Vec::new();
    bindings.expect("bindings").write(&mut text);
    let text = String::from_utf8(text).expect("UTF-8");
    short_comments(&without_safety(&text))
}

/// Rust's chapter on safety says to Rust what a C programmer knows.
fn without_safety(text: &str) -> String {
    let mut out = String::new();
    let mut skipping = false;
    for line in text.lines() {
        if line.trim() == "* # Safety" {
            skipping = true;
            // The empty line in front goes too.
            if let Some(front) = out.strip_suffix(" *\n") {
                out.truncate(front.trim_end_matches(' ').len());
            }
            continue;
        }
        skipping &= line.trim() != "*/";
        if !skipping {
            out.push_str(line.trim_end());
            out.push('\n');
        }
    }
    out
}

/// A comment of one line on one line.
fn short_comments(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let mut out = String::new();
    let mut at = 0;
    while at < lines.len() {
        let indent = &lines[at][..lines[at].len() - lines[at].trim_start().len()];
        let inner = lines.get(at + 1).map_or("", |line| line.trim());
        let ends = lines.get(at + 2).is_some_and(|line| line.trim() == "*/");
        match inner.strip_prefix("* ") {
            Some(sentence) if lines[at].trim() == "/**" && ends => {
                out.push_str(&format!("{indent}/** {sentence} */\n"));
                at += 3;
            }
            _ => {
                out.push_str(&format!("{}\n", lines[at]));
                at += 1;
            }
        }
    }
    out
}

#[test]
fn the_header_is_what_the_source_says() {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../include/radiomics.h");
    let wanted = generated();
    if env::var_os("RADIOMICS_UPDATE_DOCS").is_some() {
        fs::write(&path, &wanted).expect("the header written");
    }
    let found = fs::read_to_string(&path).expect("include/radiomics.h");
    let hint = "run RADIOMICS_UPDATE_DOCS=1 cargo test -p radiomics-tests abi_header";
    assert!(found == wanted, "include/radiomics.h is not what ffi/src says: {hint}");
}
