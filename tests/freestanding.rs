//! The core without features links into a program that has no heap, no operating system and no unwinding.

use std::path::PathBuf;
use std::process::Command;

fn run(command: &mut Command) -> String {
    let shown = format!("{command:?}");
    let output = command.output().unwrap_or_else(|e| panic!("{shown}: {e}"));
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(output.status.success(), "{shown}\n{text}\n{errors}");
    text
}

#[test]
fn links_without_heap_and_std() {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("freestanding");
    let out = tempfile::tempdir().expect("a folder");
    let target = out.path().join("target");
    run(Command::new(env!("CARGO"))
        .args(["build", "--release", "--manifest-path"])
        .arg(here.join("Cargo.toml"))
        .arg("--target-dir")
        .arg(&target)
        .env_remove("RUSTFLAGS"));
    let archive = target.join("release/libfreestanding.a");
    // Linked against nothing but the C library, it runs and finds values.
    let program = out.path().join("program");
    run(Command::new("cc")
        .arg(here.join("main.c"))
        .arg(&archive)
        .args(["-nodefaultlibs", "-lc", "-o"])
        .arg(&program));
    // What the program takes from the C library: what its own C code and start-up need, and memory functions.
    let undefined =
        run(Command::new("nm").args(["--undefined-only", "--format=posix"]).arg(&program));
    let memory = ["memcpy", "memmove", "memset", "memcmp", "bcmp"];
    let program_itself = ["printf", "__libc_start_main", "__cxa_finalize", "__gmon_start__"];
    let start_up = ["_ITM_deregisterTMCloneTable", "_ITM_registerTMCloneTable"];
    for symbol in undefined.lines().filter_map(|line| line.split([' ', '@']).next()) {
        let known = memory.contains(&symbol)
            || program_itself.contains(&symbol)
            || start_up.contains(&symbol);
        assert!(known, "the library needs {symbol}");
    }
    let printed = run(&mut Command::new(&program));
    let found: u32 = printed
        .trim()
        .strip_prefix("0 ")
        .and_then(|n| n.parse().ok())
        .unwrap_or_else(|| panic!("the program printed {printed}"));
    assert!(found > 500, "{found} values");
}
