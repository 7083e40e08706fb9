//! The name that programs record when they link the shared library: it moves with every break of the interface.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-changed=build.rs");
    let part = |name: &str| env::var(name).unwrap_or_default();
    // Before 1.0 a minor version may break, from 1.0 on only a major one.
    let (major, minor) = (part("CARGO_PKG_VERSION_MAJOR"), part("CARGO_PKG_VERSION_MINOR"));
    let version = if major == "0" { format!("0.{minor}") } else { major };
    match part("CARGO_CFG_TARGET_OS").as_str() {
        "linux" | "freebsd" | "netbsd" | "openbsd" => {
            let soname = format!("libradiomics.so.{version}");
            println!("cargo::rustc-cdylib-link-arg=-Wl,-soname,{soname}");
            link_beside_library(&soname);
        }
        "macos" => {
            let name = format!("@rpath/libradiomics.{version}.dylib");
            println!("cargo::rustc-cdylib-link-arg=-Wl,-install_name,{name}");
        }
        _ => {}
    }
}

/// A program linked against the library in cargo's own folder looks for the name it recorded there. Without the link it
/// still builds, and runs from an installation; so nothing is said when it cannot be made.
#[cfg(unix)]
fn link_beside_library(soname: &str) {
    let out = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    // <profile>/build/<package>/out
    if let Some(profile) = out.ancestors().nth(3) {
        let _ = std::os::unix::fs::symlink("libradiomics.so", profile.join(soname));
    }
}

#[cfg(not(unix))]
fn link_beside_library(_: &str) {}
