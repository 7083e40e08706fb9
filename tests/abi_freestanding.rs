//! The archive without heap and operating system: it links with nothing but the C library's memory functions and runs on
//! static memory.

use std::path::Path;
use std::process::Command;

use support::clib::{STRICT, include, root, run};

#[test]
fn the_archive_without_heap_links_and_runs() {
    let target = Path::new(env!("CARGO_TARGET_TMPDIR")).join("freestanding");
    run(Command::new(env!("CARGO"))
        .args(["rustc", "--package", "radiomics-ffi", "--crate-type", "staticlib"])
        .args(["--no-default-features", "--profile", "freestanding", "--manifest-path"])
        .arg(root().join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .env_remove("RUSTFLAGS"));
    let archive = target.join("freestanding/libradiomics.a");
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("program");
    run(Command::new("cc")
        .args(["-std=c99"])
        .args(STRICT)
        .arg("-I")
        .arg(include())
        .arg(root().join("tests/c/freestanding.c"))
        .arg(&archive)
        .args(["-nodefaultlibs", "-lc", "-o"])
        .arg(&out));
    let undefined = run(Command::new("nm").args(["--undefined-only", "--format=posix"]).arg(&out));
    for symbol in undefined.lines().filter_map(|line| line.split([' ', '@']).next()) {
        let heap =
            ["malloc", "calloc", "realloc", "free", "aligned_alloc", "posix_memalign", "mmap"];
        assert!(!heap.contains(&symbol) && !symbol.starts_with("pthread"), "it needs {symbol}");
    }
    let printed = run(&mut Command::new(&out));
    let values: u32 = printed.trim().parse().unwrap_or_else(|_| panic!("it printed {printed}"));
    assert!(values > 450, "{values} values");
}
