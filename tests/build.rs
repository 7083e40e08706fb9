//! Looks for the public data and for tools, so that a test without them is listed as ignored by name:
//! libtest cannot ignore at run time.

use std::env;
use std::path::PathBuf;

fn main() {
    println!("cargo::rerun-if-env-changed=RADIOMICS_DATA");
    let shared =
        PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default()).join("../../shared");
    let root = env::var_os("RADIOMICS_DATA").map_or(shared, PathBuf::from);
    for (cfg, needed) in [
        ("no_ibsi_data", "ibsi/ibsi1_ct_phantom/image.nii.gz"),
        ("no_lung1_data", "cohorts/lung1-001-rtstruct/rtstruct.dcm"),
    ] {
        println!("cargo::rustc-check-cfg=cfg({cfg})");
        let needed = root.join(needed);
        println!("cargo::rerun-if-changed={}", needed.display());
        if !needed.is_file() {
            println!("cargo::rustc-cfg={cfg}");
        }
    }
}
