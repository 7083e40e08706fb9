//! The C programs of `tests/c`: plain, under valgrind, and with AddressSanitizer on both sides.

use std::path::{Path, PathBuf};
use std::process::Command;

use support::clib::{STRICT, compile, include, root, run};

/// The programs, with arguments that make them thorough, and with such that suit a slow machine: under a tool they say
/// nothing about time.
const PROGRAMS: [(&str, &[&str], &[&str]); 8] = [
    ("null_pointers", &[], &[]),
    ("struct_sizes", &[], &[]),
    ("regions", &[], &[]),
    ("host", &["0"], &["0"]),
    ("hostile", &["40000"], &["300"]),
    ("allocations", &[], &[]),
    ("outputs", &[], &[]),
    ("filters", &[], &[]),
];

fn source(name: &str) -> PathBuf {
    root().join("tests/c").join(name).with_extension("c")
}

fn program(folder: &Path, name: &str) -> PathBuf {
    let out = folder.join(name);
    compile("cc", "c11", &[&source(name)], &out, &["-lpthread"]);
    out
}

#[test]
fn plain() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, arguments, _) in PROGRAMS {
        run(Command::new(program(folder.path(), name)).args(arguments));
    }
}

#[test]
#[cfg_attr(no_valgrind, ignore = "valgrind not found")]
fn under_valgrind() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, _, arguments) in PROGRAMS {
        // Its own allocator functions would be replaced by valgrind's; large images take minutes there.
        if name == "allocations" || name == "host" {
            continue;
        }
        run(Command::new("valgrind")
            .args(["--quiet", "--error-exitcode=99", "--leak-check=full"])
            .args(["--show-leak-kinds=definite,indirect,possible"])
            .args(["--errors-for-leak-kinds=definite,indirect,possible"])
            .arg(format!("--suppressions={}", root().join("tests/c/valgrind.supp").display()))
            .arg(program(folder.path(), name))
            .args(arguments));
    }
}

/// The library and the programs, both watched. Built in a folder of their own, with the compiler's own switch for it.
#[test]
#[cfg_attr(no_asan, ignore = "the compiler links no AddressSanitizer, or not an x86-64 Linux")]
fn with_address_sanitizer() {
    let folder = tempfile::tempdir().expect("a folder");
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("asan");
    run(Command::new(env!("CARGO"))
        .args(["build", "--package", "radiomics-ffi", "--target", "x86_64-unknown-linux-gnu"])
        .arg("--manifest-path")
        .arg(root().join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .env("RUSTC_BOOTSTRAP", "1")
        .env("RUSTFLAGS", "-Zsanitizer=address"));
    let archive = target.join("x86_64-unknown-linux-gnu/debug/libradiomics.a");
    for (name, _, arguments) in PROGRAMS {
        // Its own allocator functions would be replaced by the sanitizer's.
        if name == "allocations" {
            continue;
        }
        let out = folder.path().join(name);
        run(Command::new("cc")
            .args(["-std=c11", "-g", "-O1", "-fsanitize=address"])
            .args(STRICT)
            .arg("-I")
            .arg(include())
            .arg(source(name))
            .arg(&archive)
            .args(["-lm", "-lpthread", "-ldl", "-o"])
            .arg(&out));
        run(Command::new(&out).args(arguments));
    }
}
