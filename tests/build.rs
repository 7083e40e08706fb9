//! Looks for the public data and for tools, so that a test without them is listed as ignored by name:
//! libtest cannot ignore at run time.

use std::env;
use std::path::PathBuf;
use std::process::{Command, Stdio};

fn main() {
    println!("cargo::rerun-if-env-changed=RADIOMICS_DATA");
    println!("cargo::rerun-if-env-changed=PATH");
    let shared =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../shared");
    let root = env::var_os("RADIOMICS_DATA").map_or(shared, PathBuf::from);
    for (cfg, needed) in [
        ("no_ibsi_data", "ibsi/ibsi1_ct_phantom/image.nii.gz"),
        ("no_lung1_data", "cohorts/lung1-001-rtstruct/rtstruct.dcm"),
    ] {
        let needed = root.join(needed);
        println!("cargo::rerun-if-changed={}", needed.display());
        flag(cfg, needed.is_file());
    }
    flag("no_pywavelets", succeeds(Command::new("python3").args(["-c", "import pywt"])));
    flag("no_valgrind", runs("valgrind"));
    flag("no_pkg_config", runs("pkg-config"));
    flag("no_cmake", runs("cmake"));
    flag("no_cxx", runs("c++"));
    flag("no_itk", runs("cmake") && runs("c++") && finds_itk());
    flag("no_python", runs("python3"));
    flag("no_octave", runs("octave-cli") && runs("mkoctfile"));
    flag("no_asan", links_address_sanitizer());
}

/// Sets the cfg when what it names is not there.
fn flag(cfg: &str, there: bool) {
    println!("cargo::rustc-check-cfg=cfg({cfg})");
    if !there {
        println!("cargo::rustc-cfg={cfg}");
    }
}

/// Whether a program can say its version.
fn runs(program: &str) -> bool {
    succeeds(Command::new(program).arg("--version"))
}

fn succeeds(command: &mut Command) -> bool {
    let silent = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
    silent.status().is_ok_and(|status| status.success())
}

/// Whether the C compiler can build a program for the sanitizer, on the platform that the test knows.
fn links_address_sanitizer() -> bool {
    if env::var("TARGET").as_deref() != Ok("x86_64-unknown-linux-gnu") {
        return false;
    }
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default());
    let source = folder.join("empty.c");
    std::fs::write(&source, "int main(void) { return 0; }\n").is_ok()
        && succeeds(
            Command::new("cc")
                .arg("-fsanitize=address")
                .arg(&source)
                .arg("-o")
                .arg(folder.join("empty")),
        )
}

/// Whether CMake finds the ITK modules of the example, as CMake itself answers it.
fn finds_itk() -> bool {
    let folder = PathBuf::from(env::var_os("OUT_DIR").unwrap_or_default()).join("itk");
    let asks = "cmake_minimum_required(VERSION 3.16)\nproject(asks LANGUAGES C CXX)\n\
                find_package(ITK REQUIRED COMPONENTS ITKCommon ITKIOImageBase ITKIONIFTI)\n";
    std::fs::create_dir_all(&folder).is_ok()
        && std::fs::write(folder.join("CMakeLists.txt"), asks).is_ok()
        && succeeds(
            Command::new("cmake").arg("-S").arg(&folder).arg("-B").arg(folder.join("built")),
        )
}
