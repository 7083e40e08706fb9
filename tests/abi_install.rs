//! The library installed into an empty prefix serves clients through pkg-config and through CMake, and only there.

use std::fs;
use std::path::Path;
use std::process::Command;

use support::clib::{library, output, root, run};

/// Installs what the tests have built into a prefix.
fn install(prefix: &Path) {
    let printed = run(Command::new(root().join("scripts/install.sh")).arg(prefix).arg(library()));
    assert!(printed.starts_with("radiomics "), "{printed}");
}

fn minimal() -> String {
    root().join("examples/c/minimal.c").display().to_string()
}

fn check_output(program: &mut Command) {
    let printed = run(program);
    assert!(printed.starts_with("morph_volume") && printed.lines().count() > 100, "{printed}");
}

#[test]
#[cfg_attr(no_pkg_config, ignore = "pkg-config not found")]
fn a_client_through_pkg_config() {
    let folder = tempfile::tempdir().expect("a folder");
    let (installed, prefix) = (folder.path().join("installed"), folder.path().join("moved"));
    let asked = |what: &[&str]| {
        let mut command = Command::new("pkg-config");
        command.args(what).arg("radiomics").env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig"));
        command
    };
    // Nothing else on this machine may answer in its place.
    assert!(!output(&mut asked(&["--exists"])).status.success());
    install(&installed);
    // What the files say holds wherever they are.
    fs::rename(&installed, &prefix).expect("the prefix moved");
    assert_eq!(run(&mut asked(&["--modversion"])).trim(), env!("CARGO_PKG_VERSION"));
    for kind in ["shared", "static"] {
        let out = folder.path().join(kind);
        let flags = match kind {
            "shared" => run(&mut asked(&["--cflags", "--libs"])),
            _ => run(&mut asked(&["--cflags", "--libs", "--static"]))
                .replace("-lradiomics", "-l:libradiomics.a"),
        };
        let rpath = format!("-Wl,-rpath,{}", prefix.join("lib").display());
        run(Command::new("cc")
            .arg(minimal())
            .args(flags.split_whitespace())
            .arg(rpath)
            .arg("-o")
            .arg(&out));
        check_output(&mut Command::new(&out));
        let needed = run(Command::new("readelf").arg("-d").arg(&out));
        assert_eq!(needed.contains("libradiomics.so"), kind == "shared", "{needed}");
    }
}

#[test]
#[cfg_attr(any(no_pkg_config, no_cxx), ignore = "pkg-config or c++ not found")]
fn a_client_of_the_cpp_layer() {
    let folder = tempfile::tempdir().expect("a folder");
    let prefix = folder.path().join("prefix");
    install(&prefix);
    let flags = run(Command::new("pkg-config")
        .args(["--cflags", "--libs", "radiomics"])
        .env("PKG_CONFIG_PATH", prefix.join("lib/pkgconfig")));
    let out = folder.path().join("layer");
    run(Command::new("c++")
        .arg("-std=c++17")
        .arg(root().join("examples/cpp/minimal.cpp"))
        .args(flags.split_whitespace())
        .arg(format!("-Wl,-rpath,{}", prefix.join("lib").display()))
        .args(["-pthread", "-o"])
        .arg(&out));
    assert!(!run(&mut Command::new(&out)).is_empty());
}

#[test]
#[cfg_attr(no_cmake, ignore = "cmake not found")]
fn a_client_through_find_package() {
    let folder = tempfile::tempdir().expect("a folder");
    let (prefix, client) = (folder.path().join("prefix"), folder.path().join("client"));
    fs::create_dir(&client).expect("a folder");
    let minor = env!("CARGO_PKG_VERSION").rsplit_once('.').expect("three parts").0;
    let lists = format!(
        "cmake_minimum_required(VERSION 3.16)\nproject(client C)\n\
         find_package(radiomics ${{WANTED}} REQUIRED CONFIG)\n\
         add_executable(shared {0})\ntarget_link_libraries(shared radiomics::radiomics)\n\
         add_executable(static {0})\ntarget_link_libraries(static radiomics::static)\n",
        minimal()
    );
    fs::write(client.join("CMakeLists.txt"), lists).expect("the client written");
    let configure = |build: &str, wanted: &str| {
        let mut command = Command::new("cmake");
        command
            .arg("-S")
            .arg(&client)
            .arg("-B")
            .arg(folder.path().join(build))
            .arg(format!("-DCMAKE_PREFIX_PATH={}", prefix.display()))
            .arg(format!("-DWANTED={wanted}"));
        command
    };
    let missing = output(&mut configure("missing", minor));
    let said = String::from_utf8_lossy(&missing.stderr);
    assert!(!missing.status.success() && said.contains("radiomics"), "{said}");
    install(&prefix);
    // A version that this one is not compatible with.
    assert!(!output(&mut configure("newer", "99.0")).status.success());
    run(&mut configure("build", minor));
    run(Command::new("cmake").arg("--build").arg(folder.path().join("build")));
    for kind in ["shared", "static"] {
        check_output(&mut Command::new(folder.path().join("build").join(kind)));
    }
    // A damaged installation is not taken for a whole one.
    fs::remove_file(prefix.join("include/radiomics.h")).expect("the header removed");
    assert!(!output(&mut configure("damaged", minor)).status.success());
}
