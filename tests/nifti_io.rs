//! NIfTI files: every voxel type, both byte orders, geometry, and what is wrong with a file.

use std::path::{Path, PathBuf};

use proptest::prelude::*;
use radiomics::Select;
use radiomics_io::volume::Data;
use radiomics_io::{grids, nifti};
use support::nifti::{File, write};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

fn small() -> File {
    File::of_i16([2, 3, 2], [1.0, 2.0, 3.0], &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
}

fn problem(file: &File, name: &str) -> String {
    let folder = folder();
    let path = folder.path().join(name);
    file.write(&path);
    let text = nifti::read(&path, nifti::DEFAULT_LIMIT).expect_err("a refusal").to_string();
    assert!(text.starts_with(&path.display().to_string()), "{text}");
    text
}

#[test]
fn every_type_in_both_byte_orders() {
    let folder = folder();
    let numbers = [0u8, 1, 2, 127, 3, 4, 5, 6, 7, 8, 9, 10];
    macro_rules! stored {
        ($type:ty, $big:expr) => {
            numbers
                .iter()
                .flat_map(|v| {
                    let v = *v as $type;
                    if $big { v.to_be_bytes() } else { v.to_le_bytes() }
                })
                .collect::<Vec<u8>>()
        };
    }
    for big in [false, true] {
        let types: [(i16, Vec<u8>); 10] = [
            (2, stored!(u8, big)),
            (256, stored!(i8, big)),
            (512, stored!(u16, big)),
            (4, stored!(i16, big)),
            (768, stored!(u32, big)),
            (8, stored!(i32, big)),
            (1280, stored!(u64, big)),
            (1024, stored!(i64, big)),
            (16, stored!(f32, big)),
            (64, stored!(f64, big)),
        ];
        for (datatype, voxels) in types {
            for name in ["a.nii", "a.nii.gz"] {
                let path = folder.path().join(name);
                File { datatype, voxels: voxels.clone(), big_endian: big, ..small() }.write(&path);
                let volume = nifti::read(&path, nifti::DEFAULT_LIMIT).expect("a volume");
                assert_eq!(volume.shape, [2, 3, 2]);
                assert_eq!(volume.geometry.spacing, [1.0, 2.0, 3.0]);
                let mut row = [0.0; 2];
                volume.image().expect("an image").read_row(0, [1, 0], &mut row);
                assert_eq!(row, [2.0, 127.0], "datatype {datatype}, big endian {big}");
            }
        }
    }
}

#[test]
fn scaling_and_units() {
    let folder = folder();
    let path = folder.path().join("scaled.nii");
    File {
        scaling: [2.0, -1024.0],
        units: 3,
        pixdim: [1.0, 500.0, 500.0, 1500.0, 0.0, 0.0, 0.0, 0.0],
        ..small()
    }
    .write(&path);
    let volume = nifti::read(&path, nifti::DEFAULT_LIMIT).expect("a volume");
    assert_eq!(volume.geometry.spacing, [0.5, 0.5, 1.5]);
    let mut row = [0.0; 2];
    volume.image().expect("an image").read_row(0, [0, 1], &mut row);
    assert_eq!(row, [6.0 * 2.0 - 1024.0, 7.0 * 2.0 - 1024.0]);
    // A mask's labels are what is stored.
    let region = volume.region(Select::Label(7.0)).expect("a region");
    let mut flags = [9; 2];
    region.read_row(0, [0, 1], &mut flags);
    assert_eq!(flags, [0, 1]);
}

#[test]
fn sform_and_qform() {
    let folder = folder();
    let path = folder.path().join("placed.nii");
    // x and y flipped, as images written from DICOM are.
    let rows = [[-1.0, 0.0, 0.0, 10.0], [0.0, -2.0, 0.0, 20.0], [0.0, 0.0, 3.0, -30.0]];
    File { sform: (1, rows), ..small() }.write(&path);
    let sform = nifti::read(&path, nifti::DEFAULT_LIMIT).expect("a volume").geometry;
    assert_eq!(sform.origin, [10.0, 20.0, -30.0]);
    assert_eq!(sform.direction, [[-1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, 1.0]]);
    // The same place as a quaternion: half a turn about z.
    File { qform: (1, [0.0, 0.0, 1.0, 10.0, 20.0, -30.0]), ..small() }.write(&path);
    let qform = nifti::read(&path, nifti::DEFAULT_LIMIT).expect("a volume").geometry;
    assert_eq!(
        (qform.origin, qform.direction, qform.spacing),
        (sform.origin, sform.direction, sform.spacing)
    );
}

#[test]
fn what_is_wrong_is_named() {
    let has = |text: String, part: &str| assert!(text.contains(part), "{text}");
    has(problem(&File { dim: [4, 2, 3, 2, 5, 1, 1, 1], ..small() }, "a.nii"), "holds 5 volumes");
    has(problem(&File { dim: [3, 2, 0, 2, 1, 1, 1, 1], ..small() }, "a.nii"), "dim[2] is 0");
    has(
        problem(&File { dim: [3, 30_000, 30_000, 30_000, 1, 1, 1, 1], ..small() }, "a.nii"),
        "the limit is",
    );
    has(
        problem(&File { dim: [3, 900, 900, 900, 1, 1, 1, 1], ..small() }, "a.nii.gz"),
        "is truncated: 24 of",
    );
    has(problem(&File { datatype: 128, ..small() }, "a.nii"), "datatype 128");
    let pixdim = |x: f32| [1.0, 1.0, x, 1.0, 0.0, 0.0, 0.0, 0.0];
    has(problem(&File { pixdim: pixdim(f32::NAN), ..small() }, "a.nii"), "pixdim[2] is NaN");
    has(problem(&File { pixdim: pixdim(0.0), ..small() }, "a.nii"), "pixdim[2] is 0");
    let sheared = [[1.0, 1.0, 0.0, 0.0], [0.0, 1.732_050_8, 0.0, 0.0], [0.0, 0.0, 3.0, 0.0]];
    has(problem(&File { sform: (1, sheared), ..small() }, "a.nii"), "geometry.direction");
    let other = [[5.0, 0.0, 0.0, 0.0], [0.0, 2.0, 0.0, 0.0], [0.0, 0.0, 3.0, 0.0]];
    has(problem(&File { sform: (1, other), ..small() }, "a.nii"), "pixdim says 1");
    let large = u64::MAX.to_le_bytes().repeat(12);
    has(
        problem(&File { datatype: 1280, voxels: large, ..small() }, "a.nii"),
        "cannot hold exactly",
    );
    let folder = folder();
    let read =
        |path: &Path| nifti::read(path, nifti::DEFAULT_LIMIT).expect_err("a refusal").to_string();
    let text = folder.path().join("text.nii");
    write(&text, b"this is no image");
    has(read(&text), "is no NIfTI file");
    write(&text, &b"this is no image".repeat(100));
    has(read(&text), "is no NIfTI-1 file");
    has(read(&folder.path().join("nowhere.nii")), "cannot be opened");
    has(read(folder.path()), "cannot be read");
    let empty = folder.path().join("empty.nii.gz");
    std::fs::write(&empty, [0x1f, 0x8b]).expect("written");
    has(read(&empty), "is no NIfTI file");
    let limited = folder.path().join("limited.nii");
    small().write(&limited);
    has(nifti::read(&limited, 23).expect_err("a refusal").to_string(), "the limit is 23");
}

/// A file of zeros that expands without end is read only as far as its header declares.
#[test]
fn a_compressed_bomb_stays_within_what_it_declares() {
    let folder = folder();
    let path = folder.path().join("bomb.nii.gz");
    let mut bytes = small().bytes();
    bytes.resize(64 << 20, 0);
    write(&path, &bytes);
    let volume = nifti::read(&path, 24).expect("a volume");
    assert!(matches!(volume.data, Data::I16(data) if data.len() == 12));
}

#[cfg(unix)]
#[test]
fn names_need_not_be_text() {
    use std::os::unix::ffi::OsStringExt;
    let folder = folder();
    let name = PathBuf::from(std::ffi::OsString::from_vec(b"tum\xffeur \xc3\xa9.nii".to_vec()));
    let path = folder.path().join(name);
    small().write(&path);
    assert!(nifti::read(&path, nifti::DEFAULT_LIMIT).is_ok());
}

#[test]
fn grids_of_image_and_mask() {
    let folder = folder();
    let read = |file: File| {
        let path = folder.path().join("grid.nii");
        file.write(&path);
        nifti::read(&path, nifti::DEFAULT_LIMIT).expect("a volume")
    };
    let image = read(small());
    assert_eq!(grids::compare(&image, &read(small())), Ok(0.0));
    // The seventh digit is rounding.
    let pixdim = |x: f32| [1.0, x, 2.0, 3.0, 0.0, 0.0, 0.0, 0.0];
    let near = grids::compare(&image, &read(File { pixdim: pixdim(1.000_000_1), ..small() }));
    assert!(near.is_ok_and(|mm| mm > 0.0 && mm < 1e-6));
    let text = grids::compare(&image, &read(File { pixdim: pixdim(1.25), ..small() }))
        .expect_err("a difference");
    assert_eq!(text.distance_mm, 0.25);
    let text = text.to_string();
    assert!(
        text.contains("spacing is [1.0, 2.0, 3.0] in the image and [1.25, 2.0, 3.0]"),
        "{text}"
    );
    assert!(text.contains("0.250 mm apart"), "{text}");
    let moved = [[1.0, 0.0, 0.0, 4.0], [0.0, 2.0, 0.0, 0.0], [0.0, 0.0, 3.0, 0.0]];
    let text = grids::compare(&image, &read(File { sform: (1, moved), ..small() }))
        .expect_err("a difference");
    assert!(text.to_string().contains("origin is"), "{text}");
    let other = File::of_i16([2, 3, 1], [1.0, 2.0, 3.0], &[0; 6]);
    let text = grids::compare(&image, &read(other)).expect_err("a difference");
    assert!(text.to_string().contains("shape is [2, 3, 2] in the image and [2, 3, 1]"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(512))]

    /// Whatever bytes change or are missing: a volume or an error, never a panic, never much memory.
    #[test]
    fn damaged_files(
        changes in proptest::collection::vec((0usize..376, any::<u8>()), 0..6),
        length in 0usize..400,
        cut in any::<bool>(),
        compressed in any::<bool>(),
    ) {
        let mut bytes = small().bytes();
        for (at, byte) in changes {
            bytes[at] = byte;
        }
        if cut {
            bytes.truncate(length);
        }
        let folder = folder();
        let path = folder.path().join(if compressed { "a.nii.gz" } else { "a.nii" });
        write(&path, &bytes);
        if let Ok(volume) = nifti::read(&path, 1 << 20) {
            let _ = volume.image();
            let _ = volume.region(Select::NonZero);
        }
    }
}
