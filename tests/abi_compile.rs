//! The header is C99, C11, C++11 and C++17 without a warning, also when it is included twice.

use std::fs;
use std::process::Command;

use support::clib::{STRICT, include, run};

#[test]
fn the_header_compiles_without_a_warning_in_every_standard() {
    let folder = tempfile::tempdir().expect("a folder");
    let twice = "#include \"radiomics.h\"\n#include \"radiomics.h\"\n\
                 int main(void) { return (int)radiomics_version_number() - RADIOMICS_VERSION_NUMBER; }\n";
    for (compiler, standard, file) in [
        ("cc", "c99", "twice.c"),
        ("cc", "c11", "twice.c"),
        ("c++", "c++11", "twice.cpp"),
        ("c++", "c++17", "twice.cpp"),
    ] {
        let source = folder.path().join(file);
        fs::write(&source, twice).expect("the source written");
        run(Command::new(compiler)
            .arg(format!("-std={standard}"))
            .args(STRICT)
            .args(["-Wconversion", "-Wshadow", "-c", "-o"])
            .arg(folder.path().join("twice.o"))
            .arg("-I")
            .arg(include())
            .arg(source));
    }
}
