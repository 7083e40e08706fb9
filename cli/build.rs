//! Looks for the public data, so that a test without them is listed as ignored by name.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=RADIOMICS_DATA");
    println!("cargo::rustc-check-cfg=cfg(no_ibsi_data)");
    let shared =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../shared");
    let root = env::var_os("RADIOMICS_DATA").map_or(shared, PathBuf::from);
    let needed = root.join("ibsi/ibsi1_ct_phantom/image.nii.gz");
    println!("cargo::rerun-if-changed={}", needed.display());
    if !needed.is_file() {
        println!("cargo::rustc-cfg=no_ibsi_data");
    }
}
