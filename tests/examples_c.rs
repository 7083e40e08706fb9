//! The C and C++ programs of `examples`: built without a warning, run, and their numbers compared bit by bit with
//! those of the core.

use std::path::{Path, PathBuf};
use std::process::Command;

use radiomics::plan::Workspace;
use radiomics::{Geometry, Host, Image, Layout, Plan, Region, Select, Settings, Value};
use support::clib::{STRICT, compile, include, library, root, run};

fn example(path: &str) -> PathBuf {
    root().join("examples").join(path)
}

fn extract(plan: &Plan, image: &Image, mask: &[u8], shape: [usize; 3]) -> Vec<Value> {
    let region = Region::new(mask, Layout::x_fastest(shape).expect("a shape"), Select::NonZero);
    let region = region.expect("a region");
    Workspace::new().extract(plan, image, &region, &Host::serial()).expect("values").0
}

/// Compares lines of `tag number status` with values of the core.
fn same(plan: &Plan, wanted: &[Value], lines: &[Vec<&str>]) {
    assert_eq!(lines.len(), plan.len());
    for ((column, wanted), line) in plan.columns().zip(wanted).zip(lines) {
        let tag = column.tag().to_string();
        assert_eq!(line[0], tag);
        let printed: f64 = line[1].parse().expect("a number");
        let number = wanted.number();
        let equal = printed.to_bits() == number.to_bits() || printed.is_nan() && number.is_nan();
        assert!(equal, "{tag}: {printed:e}, the core has {number:e}");
        assert_eq!(line[2], wanted.status().name(), "{tag}");
    }
}

/// Compiles a C++ program against the shared library.
fn compile_cxx(standard: &str, source: &Path, out: &Path, more: &[&str]) {
    run(Command::new("c++")
        .arg(format!("-std={standard}"))
        .args(STRICT)
        .args(["-Wconversion", "-Wshadow", "-I"])
        .arg(include())
        .arg(source)
        .arg("-L")
        .arg(library())
        .arg(format!("-Wl,-rpath,{}", library().display()))
        .args(["-lradiomics", "-pthread"])
        .args(more)
        .arg("-o")
        .arg(out));
}

#[test]
fn minimal_c() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("minimal");
    compile("cc", "c99", &[&example("c/minimal.c")], &out, &[]);
    compile("cc", "c11", &[&example("c/minimal.c")], &out, &[]);
    let printed = run(&mut Command::new(&out));

    let side = 24i32;
    let cells = (0..side * side * side).map(|i| {
        let [x, y, z] = [i % side, i / side % side, i / side / side].map(|c| c - side / 2);
        ((40 + (x * x + 3 * y * z) % 90) as i16, u8::from(x * x + y * y + z * z < 100))
    });
    let (voxels, mask): (Vec<i16>, Vec<u8>) = cells.unzip();
    let layout = Layout::x_fastest([24; 3]).expect("a shape");
    let image = Image::new(voxels.as_slice(), layout, Geometry::axis_aligned([1.0, 1.0, 3.0]));
    let plan = Plan::new(&Settings::preset("ibsi-c").expect("a preset")).expect("a plan");
    let wanted = extract(&plan, &image.expect("an image"), &mask, [24; 3]);
    // The IBSI code is left out: a feature of diagnostics has none.
    let lines: Vec<Vec<&str>> = printed
        .lines()
        .map(|line| {
            let words: Vec<&str> = line.split_whitespace().collect();
            vec![words[0], words[words.len() - 2], words[words.len() - 1]]
        })
        .collect();
    same(&plan, &wanted, &lines);
}

const SHAPE: [usize; 3] = [64, 56, 14];

/// The structures of `planning.c`: its octagons as inequalities.
fn structure(name: &str) -> Vec<u8> {
    let inside = |dx: f64, dy: f64, radius: f64| {
        let (dx, dy) = (dx.abs(), dy.abs());
        dx <= radius && dy <= radius && dx + dy <= 1.4 * radius
    };
    let mut mask = Vec::new();
    for z in 0..SHAPE[2] {
        for y in 0..SHAPE[1] {
            for x in 0..SHAPE[0] {
                let (px, py) = (x as f64 * 0.9765625 - 31.25, y as f64 * 0.9765625 - 27.5);
                mask.push(u8::from(match name {
                    "target" => (3..12).contains(&z) && inside(px - 2.7, py + 3.1, 11.3),
                    "wall" => {
                        let (dx, dy) = (px + 1.9, py - 1.3);
                        (2..9).contains(&z) && inside(dx, dy, 17.7) && !inside(dx, dy, 8.9)
                    }
                    _ => false,
                }));
            }
        }
    }
    mask
}

#[test]
fn planning_c() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("planning");
    compile("cc", "c99", &[&example("c/planning.c")], &out, &[]);
    compile("cc", "c11", &[&example("c/planning.c")], &out, &[]);
    let printed = run(&mut Command::new(&out));

    let mut settings = Settings::preset("ibsi-c").expect("a preset");
    settings.set("resegment.range", "-30,100").expect("a range");
    let plan = Plan::new(&settings).expect("a plan");
    let [nx, ny, nz] = SHAPE;
    let mut voxels = Vec::new();
    for z in 0..nz {
        for y in 0..ny {
            for x in 0..nx {
                voxels.push(((x * 11 + y * y + z * 17 + x * y % 7) % 150) as i16 - 40);
            }
        }
    }
    let mut geometry = Geometry::axis_aligned([0.9765625, 0.9765625, 3.0]);
    geometry.origin = [-31.25, -27.5, 110.0];
    let layout = Layout::x_fastest(SHAPE).expect("a shape");
    let image = Image::new(voxels.as_slice(), layout, geometry).expect("an image");
    for name in ["target", "wall", "couch"] {
        let lines: Vec<Vec<&str>> = printed
            .lines()
            .map(|line| line.split(',').collect::<Vec<_>>())
            .filter(|words| words[0] == name)
            .map(|words| words[1..].to_vec())
            .collect();
        let mask = structure(name);
        let voxels = mask.iter().filter(|inside| **inside == 1).count();
        assert!(printed.contains(&format!("# {name}: ok, {voxels} voxels")), "{printed}");
        same(&plan, &extract(&plan, &image, &mask, SHAPE), &lines);
    }
    let all = 3 * plan.len();
    let last = format!("# second run: cancelled, {all} of {all} values are NaN");
    assert_eq!(printed.lines().last(), Some(last.as_str()));
}

#[test]
#[cfg_attr(no_valgrind, ignore = "valgrind not found")]
fn under_valgrind() {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["minimal", "planning"] {
        let out = folder.path().join(name);
        compile("cc", "c11", &[&example("c").join(name).with_extension("c")], &out, &[]);
        run(Command::new("valgrind")
            .args(["--quiet", "--error-exitcode=99", "--leak-check=full"])
            .arg(format!("--suppressions={}", root().join("tests/c/valgrind.supp").display()))
            .arg(&out));
    }
}

#[test]
#[cfg_attr(no_cxx, ignore = "c++ not found")]
fn minimal_cpp() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("minimal");
    let source = example("cpp/minimal.cpp");
    compile_cxx("c++20", &source, &out, &[]);
    compile_cxx("c++17", &source, &out, &["-fno-exceptions"]);
    compile_cxx("c++17", &source, &out, &[]);
    let printed = run(&mut Command::new(&out));

    let (nx, ny, nz) = (30i32, 28i32, 12i32);
    let (mut voxels, mut mask) = (Vec::new(), Vec::new());
    for z in 0..nz {
        for y in 0..ny {
            for x in 0..nx {
                voxels.push(((x * 13 + y * 7 + z * 29 + x * y * z) % 200) as f32 - 50.0);
                let [dx, dy, dz] = [2 * x - nx + 1, 2 * y - ny + 1, 2 * z - nz + 1];
                mask.push(u8::from(dx * dx + dy * dy + 4 * dz * dz < 500));
            }
        }
    }
    let mut settings = Settings::default();
    settings.set("discretise.bin_count", "16").expect("a count");
    let plan = Plan::new(&settings).expect("a plan");
    let layout = Layout::x_fastest([30, 28, 12]).expect("a shape");
    let image = Image::new(voxels.as_slice(), layout, Geometry::axis_aligned([1.0, 1.0, 2.5]));
    let wanted = extract(&plan, &image.expect("an image"), &mask, [30, 28, 12]);
    let lines: Vec<Vec<&str>> =
        printed.lines().map(|line| line.split_whitespace().collect()).collect();
    same(&plan, &wanted, &lines);
}

/// ITK reads, converts and describes the files on its own; the values are those of this project's reader.
#[test]
#[cfg_attr(no_itk, ignore = "ITK not found")]
#[cfg_attr(all(no_ibsi_data, not(no_itk)), ignore = "the IBSI data are not there")]
fn itk_extract() {
    let folder = tempfile::tempdir().expect("a folder");
    let built = folder.path().join("built");
    run(Command::new("cmake")
        .arg("-S")
        .arg(example("cpp"))
        .arg("-B")
        .arg(&built)
        .arg(format!("-DRADIOMICS_INCLUDE={}", include().display()))
        .arg(format!("-DRADIOMICS_LIBRARY={}", library().join("libradiomics.so").display())));
    run(Command::new("cmake").arg("--build").arg(&built));
    let [image, mask] = ["image", "mask"]
        .map(|name| support::data::ibsi(&format!("ibsi1_ct_phantom/{name}.nii.gz")));
    let printed = run(Command::new(built.join("itk_extract")).arg(&image).arg(&mask).arg("ibsi-c"));
    let lines: Vec<Vec<&str>> = printed.lines().skip(1).map(|l| l.split(',').collect()).collect();

    let read = |path: &Path| radiomics_io::nifti::read(path, 1 << 30).expect("a volume");
    let (image, mask) = (read(&image), read(&mask));
    let plan = Plan::new(&Settings::preset("ibsi-c").expect("a preset")).expect("a plan");
    let region = mask.region(Select::Label(1.0)).expect("a region");
    let (wanted, _) = Workspace::new()
        .extract(&plan, &image.image().expect("an image"), &region, &Host::serial())
        .expect("values");
    assert!(lines.iter().all(|line| line[0] == "1"), "one label");
    let lines: Vec<Vec<&str>> = lines.iter().map(|l| vec![l[1], l[3], l[4]]).collect();
    same(&plan, &wanted, &lines);
    // A label map of another grid is refused.
    let other = folder.path().join("other.nii.gz");
    support::nifti::File::of_i16([4, 4, 4], [1.0; 3], &[1; 64]).write(&other);
    let ended = support::clib::output(
        Command::new(built.join("itk_extract"))
            .arg(support::data::ibsi("ibsi1_ct_phantom/image.nii.gz"))
            .arg(&other),
    );
    assert!(!ended.status.success());
    assert!(String::from_utf8_lossy(&ended.stderr).contains("different grids"));
}

/// The program without `std` prints the numbers of the build with `std`.
#[test]
fn no_std_program() {
    let folder = tempfile::tempdir().expect("a folder");
    run(Command::new(env!("CARGO"))
        .args(["build", "--release", "--manifest-path"])
        .arg(example("no_std/Cargo.toml"))
        .arg("--target-dir")
        .arg(folder.path())
        .env_remove("RUSTFLAGS"));
    let printed = run(&mut Command::new(folder.path().join("release/static-buffers")));
    let voxels: Vec<i16> = (0..512).map(|i| ((i * 7919) % 97) as i16).collect();
    let mask: Vec<u8> = (0..512).map(|i| u8::from(i % 5 != 0)).collect();
    let layout = Layout::x_fastest([8; 3]).expect("a shape");
    let image = Image::new(voxels.as_slice(), layout, Geometry::axis_aligned([1.0, 1.0, 2.0]));
    let plan = Plan::new(&Settings::preset("ibsi-c").expect("a preset")).expect("a plan");
    let wanted = extract(&plan, &image.expect("an image"), &mask, [8; 3]);
    let lines: Vec<Vec<&str>> =
        printed.lines().map(|line| line.split_whitespace().collect()).collect();
    same(&plan, &wanted, &lines);
}

/// What callbacks throw ends the call and comes out of the layer, never through the library.
#[test]
#[cfg_attr(no_cxx, ignore = "c++ not found")]
fn exceptions_of_callbacks() {
    let folder = tempfile::tempdir().expect("a folder");
    let out = folder.path().join("layer");
    let source = root().join("tests/c/layer.cpp");
    compile_cxx("c++20", &source, &out, &[]);
    run(&mut Command::new(&out));
    compile_cxx("c++17", &source, &out, &[]);
    run(&mut Command::new(&out));
}
