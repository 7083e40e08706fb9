//! The C library, built once for all tests that use it, and programs built against it.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize().expect("the repository")
}

/// The folder of `radiomics.h`.
pub fn include() -> PathBuf {
    root().join("include")
}

/// The folder of `libradiomics.so` and `libradiomics.a`, built with the checks of the test profile.
pub fn library() -> &'static Path {
    static BUILT: OnceLock<PathBuf> = OnceLock::new();
    BUILT.get_or_init(|| {
        // target/debug/deps/<this test> lies two folders below the profile's folder.
        let program = std::env::current_exe().expect("this program's path");
        let profile = program.ancestors().nth(2).expect("the folder of the profile").to_path_buf();
        let target = profile.parent().expect("the target folder");
        run(Command::new(env!("CARGO"))
            .args(["build", "--package", "radiomics-ffi", "--manifest-path"])
            .arg(root().join("Cargo.toml"))
            .arg("--target-dir")
            .arg(target)
            .env_remove("RUSTFLAGS"));
        target.join("debug")
    })
}

/// Runs a command that must succeed; its output as text.
#[track_caller]
pub fn run(command: &mut Command) -> String {
    let shown = format!("{command:?}");
    let output = output(command);
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{shown}: {}\n{text}\n{errors}", output.status);
    text
}

/// Runs a command, however it ends.
#[track_caller]
pub fn output(command: &mut Command) -> Output {
    let shown = format!("{command:?}");
    command.output().unwrap_or_else(|e| panic!("{shown}: {e}"))
}

/// What stands in front of every C program's options: no warning is let pass.
pub const STRICT: [&str; 4] = ["-Wall", "-Wextra", "-Wpedantic", "-Werror"];

/// Compiles a C program against the shared library into `out`, which runs from there.
#[track_caller]
pub fn compile(compiler: &str, standard: &str, sources: &[&Path], out: &Path, more: &[&str]) {
    let library = library();
    run(Command::new(compiler)
        .arg(format!("-std={standard}"))
        .args(STRICT)
        .arg("-I")
        .arg(include())
        .args(sources)
        .arg("-o")
        .arg(out)
        .arg("-L")
        .arg(library)
        .arg(format!("-Wl,-rpath,{}", library.display()))
        .arg("-lradiomics")
        .arg("-lm")
        .args(more));
}
