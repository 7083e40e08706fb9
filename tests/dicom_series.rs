//! DICOM series made by the tests: order, rescaling, storage, and every problem by its name.

mod compressed;
mod multi_frame;

use std::path::{Path, PathBuf};

use radiomics_io::dicom::{self, Problem, Scan};
use radiomics_io::volume::Data;
use radiomics_io::{ImageOptions, Limits, Volume, open};
use support::dicom::{
    BIG_ENDIAN, DEFLATED, File, IMPLICIT, PIXELS, decimals, raw, slice, stored, text, words,
};

pub fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// Writes files as `0.dcm`, `1.dcm`, ... into a folder.
pub fn written(files: &[File]) -> tempfile::TempDir {
    let folder = folder();
    for (i, file) in files.iter().enumerate() {
        file.write(&folder.path().join(format!("{i}.dcm")));
    }
    folder
}

pub fn scan(path: &Path) -> Scan {
    dicom::scan(path, &Limits::default()).expect("a folder")
}

/// The only volume of files, and its problems.
pub fn read(files: &[File]) -> (Volume, Vec<Problem>) {
    let folder = written(files);
    let scan = scan(folder.path());
    assert_eq!(scan.skipped, []);
    let [series] = scan.series.as_slice() else { panic!("{} volumes", scan.series.len()) };
    (series.read(&Limits::default()).expect("a volume"), series.problems().to_vec())
}

pub fn problems(files: &[File]) -> Vec<Problem> {
    let scan = scan(written(files).path());
    assert_eq!(scan.series.len(), 1);
    let refused = scan.series[0].problems().iter().any(Problem::prevents_reading);
    assert!(!refused || scan.series[0].read(&Limits::default()).is_err());
    scan.series[0].problems().to_vec()
}

/// All intensities, x fastest.
pub fn intensities(volume: &Volume) -> Vec<f64> {
    let image = volume.image().expect("an image");
    let [nx, ny, nz] = volume.shape;
    let mut all = Vec::new();
    let mut row = vec![0.0; nx];
    for z in 0..nz {
        for y in 0..ny {
            image.read_row(0, [y, z], &mut row);
            all.extend(&row);
        }
    }
    all
}

fn three() -> Vec<File> {
    // Not in the order of their places.
    vec![
        slice(1, 4.5, [20, 21, 22, 23, 24, 25]),
        slice(2, 0.0, [0, 1, 2, 3, 4, -5]),
        slice(3, 2.25, [10, 11, 12, 13, 14, 15]),
    ]
}

#[test]
fn slices_in_order_with_their_place() {
    let (volume, problems) = read(&three());
    assert_eq!(problems, []);
    assert_eq!(volume.shape, [3, 2, 3]);
    assert_eq!(volume.geometry.spacing, [0.5, 0.75, 2.25]);
    // x and y count to the right and to the front.
    assert_eq!(volume.geometry.origin, [10.0, 20.0, 0.0]);
    assert_eq!(volume.geometry.direction, [[-1.0, 0.0, 0.0], [0.0, -1.0, 0.0], [0.0, 0.0, 1.0]]);
    assert!(matches!(&volume.data, Data::I16(data) if data[..6] == [0, 1, 2, 3, 4, -5]));
    assert_eq!((volume.slope, volume.intercept), (1.0, -1000.0));
    let all = intensities(&volume);
    assert_eq!(all[..6], [-1000.0, -999.0, -998.0, -997.0, -996.0, -1005.0]);
    assert_eq!(all[12..], [-980.0, -979.0, -978.0, -977.0, -976.0, -975.0]);
}

#[test]
fn every_uncompressed_transfer_syntax_gives_the_same() {
    let (expected, _) = read(&three());
    for syntax in [IMPLICIT, BIG_ENDIAN, DEFLATED] {
        let files: Vec<File> = three().into_iter().map(|f| f.syntax(syntax)).collect();
        let (volume, _) = read(&files);
        assert_eq!(intensities(&volume), intensities(&expected), "{syntax}");
        assert_eq!(volume.geometry, expected.geometry);
    }
}

#[test]
fn rescaling_that_differs_from_slice_to_slice_is_exact() {
    let slopes = [0.1, 0.000_054_411_464_35, 3.0];
    let files: Vec<File> = three()
        .into_iter()
        .zip(slopes)
        .map(|(f, s)| {
            f.with(decimals((0x0028, 0x1053), &[s])).with(decimals((0x0028, 0x1052), &[0.5]))
        })
        .collect();
    let (volume, _) = read(&files);
    assert!(matches!(volume.data, Data::F64(_)));
    let all = intensities(&volume);
    for (i, found) in all.iter().enumerate() {
        // In the order of their places the files are 2, 3, 1.
        let slope = [slopes[1], slopes[2], slopes[0]][i / 6];
        let stored = if i == 5 { -5.0 } else { (i / 6 * 10 + i % 6) as f64 };
        assert_eq!(*found, slope * stored + 0.5);
    }
}

#[test]
fn every_way_to_store_a_pixel() {
    let of = |allocated, bits, signed, pixels: &[u16]| {
        let mut file = slice(1, 0.0, [0; 6]).with(decimals((0x0028, 0x1052), &[0.0]));
        stored(&mut file, allocated, bits, signed);
        file.set(words(PIXELS, "OW", pixels));
        intensities(&read(&[file]).0)
    };
    assert_eq!(of(16, 16, false, &[0, 1, 2, 3, 4, 65535]), [0.0, 1.0, 2.0, 3.0, 4.0, 65535.0]);
    assert_eq!(of(16, 16, true, &[0, 1, 2, 3, 4, 65535]), [0.0, 1.0, 2.0, 3.0, 4.0, -1.0]);
    // Twelve bits: what lies above them is an overlay and does not count.
    assert_eq!(
        of(16, 12, true, &[0xf7ff, 0x0800, 0xffff, 3, 4, 5]),
        [2047.0, -2048.0, -1.0, 3.0, 4.0, 5.0]
    );
    assert_eq!(
        of(16, 12, false, &[0xf7ff, 0x0800, 0xffff, 3, 4, 5]),
        [2047.0, 2048.0, 4095.0, 3.0, 4.0, 5.0]
    );
    // Two bytes in a word, the lower one first.
    assert_eq!(of(8, 8, false, &[0x0100, 0x0302, 0xff04]), [0.0, 1.0, 2.0, 3.0, 4.0, 255.0]);
    assert_eq!(of(8, 8, true, &[0x0100, 0x0302, 0xff04]), [0.0, 1.0, 2.0, 3.0, 4.0, -1.0]);
    let wide = [1, 0, 0, 1, 0xffff, 0xffff, 0, 0, 0, 0, 0, 0];
    assert_eq!(of(32, 32, false, &wide), [1.0, 65536.0, 4_294_967_295.0, 0.0, 0.0, 0.0]);
    assert_eq!(of(32, 32, true, &wide), [1.0, 65536.0, -1.0, 0.0, 0.0, 0.0]);
    // Big endian, the upper half comes first.
    let mut big = slice(1, 0.0, [0; 6]).with(decimals((0x0028, 0x1052), &[0.0])).syntax(BIG_ENDIAN);
    stored(&mut big, 32, 32, true);
    big.set(words(PIXELS, "OW", &[0, 1, 1, 0, 0xffff, 0xffff, 0, 0, 0, 0, 0, 0]));
    assert_eq!(intensities(&read(&[big]).0), [1.0, 65536.0, -1.0, 0.0, 0.0, 0.0]);
    // Values that end at bit 13 of 16.
    let mut high = slice(1, 0.0, [0; 6]).with(decimals((0x0028, 0x1052), &[0.0]));
    stored(&mut high, 16, 12, true);
    high.set(words((0x0028, 0x0102), "US", &[13]));
    high.set(words(PIXELS, "OW", &[4, 8, 0x3ffc, 3, 0, 0x2000]));
    assert_eq!(intensities(&read(&[high]).0), [1.0, 2.0, -1.0, 0.0, 0.0, -2048.0]);
    // Floating point pixels have no stored bits.
    let mut float = slice(1, 0.0, [0; 6]).without(PIXELS).without((0x0028, 0x0101));
    float.set(words((0x0028, 0x0100), "US", &[32]));
    let values = [0.1f32, -2.5, 3e30, 0.0, 1.0, 2.0];
    let bytes: Vec<u8> = values.iter().flat_map(|v| v.to_le_bytes()).collect();
    float.set(raw((0x7fe0, 0x0008), "OF", &bytes));
    float.set(decimals((0x0028, 0x1052), &[0.0]));
    assert_eq!(intensities(&read(&[float]).0), values.map(f64::from));
}

#[test]
fn problems_have_names() {
    let at = |heights: &[f64]| -> Vec<File> {
        (1..).zip(heights).map(|(i, z)| slice(i, *z, [0; 6])).collect()
    };
    assert_eq!(problems(&at(&[0.0, 2.0, 4.0, 6.0, 8.0])), []);
    // Rounded text is no problem: a twentieth of a slice is.
    assert_eq!(problems(&at(&[0.0, 2.05, 4.0, 6.0, 8.0])), []);
    assert_eq!(
        problems(&at(&[0.0, 2.0, 4.0, 8.0, 10.0])),
        [Problem::MissingSlices { count: 1, first_mm: 6.0, spacing_mm: 2.0 }]
    );
    assert_eq!(
        problems(&at(&[0.0, 2.0, 8.0, 10.0, 14.0, 16.0])),
        [Problem::MissingSlices { count: 3, first_mm: 4.0, spacing_mm: 2.0 }]
    );
    assert_eq!(
        problems(&at(&[0.0, 2.0, 4.5, 6.5, 9.0])),
        [Problem::UnequalSpacing { smallest_mm: 2.0, largest_mm: 2.5 }]
    );
    assert_eq!(
        problems(&at(&[0.0, 2.0, 2.0, 4.0])),
        [Problem::SamePlace { places: 1, first_mm: 2.0 }]
    );
    assert_eq!(problems(&at(&[3.0])), [Problem::OneSlice { thickness_mm: 2.5 }]);
    let thin = slice(1, 0.0, [0; 6]).without((0x0018, 0x0050));
    assert_eq!(problems(&[thin]), [Problem::NoThickness]);
    let twice = [slice(1, 0.0, [0; 6]), slice(2, 1.0, [0; 6]), slice(2, 1.0, [0; 6])];
    assert_eq!(problems(&twice), [Problem::RepeatedFiles { count: 1 }]);
    let lossy = slice(1, 0.0, [0; 6]).with(text((0x0028, 0x2110), "CS", "01"));
    assert!(problems(&[lossy]).contains(&Problem::Lossy));
    // A gantry that is tilted by 45 degrees.
    let tilted: Vec<File> = (0u16..3)
        .map(|i| {
            let z = f64::from(i);
            slice(i + 1, z, [0; 6]).with(decimals((0x0020, 0x0032), &[-10.0, -20.0 + z, z]))
        })
        .collect();
    assert_eq!(problems(&tilted), [Problem::Shifted { mm: 2.0 }]);
}

#[test]
fn a_series_of_several_volumes_is_split() {
    let mut files: Vec<File> = (1..5).map(|i| slice(i, f64::from(i), [0; 6])).collect();
    // A scout in the same series, seen from the side.
    let side = decimals((0x0020, 0x0037), &[0.0, 1.0, 0.0, 0.0, 0.0, -1.0]);
    files.push(slice(9, 0.0, [7; 6]).with(side));
    let folder = written(&files);
    let scan = scan(folder.path());
    let shapes: Vec<_> = scan.series.iter().map(|s| (s.name(), s.shape())).collect();
    assert_eq!(shapes, [("1.2.3.10".to_owned(), [3, 2, 4]), ("1.2.3.10/2".to_owned(), [3, 2, 1])]);
    let mixed = Problem::Mixed { volumes: 2, differs: "orientation" };
    assert!(scan.series.iter().all(|s| s.problems().contains(&mixed)));
    let error = open::image(folder.path(), &ImageOptions::default(), &Limits::default());
    let error = error.expect_err("two volumes").to_string();
    assert!(
        error.contains("holds 2 series: name one of them") && error.contains("1.2.3.10/2"),
        "{error}"
    );
    let second = ImageOptions { series: Some("1.2.3.10/2".into()), ..ImageOptions::default() };
    let scout = open::image(folder.path(), &second, &Limits::default()).expect("an image");
    // Rows along the patient's y, columns down: the normal points to the patient's right, DICOM's -x.
    assert_eq!(
        scout.volume.geometry.direction,
        [[0.0, 0.0, 1.0], [-1.0, 0.0, 0.0], [0.0, -1.0, 0.0]]
    );
    assert_eq!(intensities(&scout.volume), [-993.0; 6]);
}

#[test]
fn phases_of_a_series_are_told_apart() {
    let mut files = Vec::new();
    for phase in [1u16, 2, 10] {
        for z in 0..3u16 {
            let number = text((0x0020, 0x0100), "IS", &phase.to_string());
            files.push(slice(10 * phase + z, f64::from(z), [phase as i16; 6]).with(number));
        }
    }
    let scan = scan(written(&files).path());
    let mixed = Problem::Mixed { volumes: 3, differs: "time, echo or acquisition" };
    assert_eq!(scan.series.len(), 3);
    assert!(scan.series.iter().all(|s| s.problems() == std::slice::from_ref(&mixed)));
    let folder = written(&files);
    let phases: Vec<f64> = self::scan(folder.path())
        .series
        .iter()
        .map(|s| intensities(&s.read(&Limits::default()).expect("a volume"))[0])
        .collect();
    // 10 comes after 2.
    assert_eq!(phases, [-999.0, -998.0, -990.0]);
}

#[test]
fn what_is_left_out_is_listed() {
    let folder = folder();
    let put = |name: &str, bytes: &[u8]| {
        let path: PathBuf = folder.path().join(name);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("a folder");
        std::fs::write(path, bytes).expect("written");
    };
    put("a/notes.dcm", b"this is a text file");
    put("a/long.txt", &b"long text ".repeat(100));
    put("a/empty.dcm", b"");
    put("b/1.dcm", &slice(1, 0.0, [0; 6]).bytes());
    put("b/2.dcm", &slice(2, 1.0, [0; 6]).bytes());
    put("c/no_place.dcm", &slice(3, 2.0, [0; 6]).without((0x0020, 0x0032)).bytes());
    put("c/colour.dcm", &slice(4, 2.0, [0; 6]).with(words((0x0028, 0x0002), "US", &[3])).bytes());
    put(
        "c/report.dcm",
        &File::new("1.2.840.10008.5.1.4.1.1.88.11", "1.2.3.7", "SR", "1.2").bytes(),
    );
    put("c/cut.dcm", &slice(5, 3.0, [0; 6]).bytes()[..400]);
    put("d/mask.nii.gz", b"not opened");
    let scan = scan(folder.path());
    assert_eq!(scan.series.len(), 1);
    assert_eq!((scan.series[0].shape(), scan.files, scan.nifti.len()), ([3, 2, 2], 10, 1));
    let reason = |name: &str| {
        let found = scan.skipped.iter().find(|s| s.path.ends_with(name));
        let found = found.unwrap_or_else(|| panic!("{name} is not listed"));
        (found.reason.clone(), found.broken)
    };
    for (name, part, broken) in [
        ("notes.dcm", "is no DICOM file", false),
        ("long.txt", "is no DICOM file", false),
        ("empty.dcm", "is no DICOM file", false),
        ("no_place.dcm", "lacks ImagePositionPatient (0020,0032)", false),
        ("colour.dcm", "is a colour image", false),
        ("report.dcm", "modality SR without an image", false),
        ("cut.dcm", "is truncated", true),
    ] {
        let (text, is_broken) = reason(name);
        assert!(text.contains(part) && is_broken == broken, "{name}: {text}");
    }
    assert_eq!(scan.skipped.len(), 7);
}

#[test]
fn names_in_other_alphabets_stay_as_they_are() {
    let described = |charset: Option<&str>, bytes: &[u8]| {
        let mut file = slice(1, 0.0, [0; 6]).with(raw((0x0008, 0x103e), "LO", bytes));
        if let Some(charset) = charset {
            file.set(text((0x0008, 0x0005), "CS", charset));
        }
        scan(written(&[file]).path()).series[0].description().to_owned()
    };
    assert_eq!(described(Some("ISO_IR 100"), b"T\xeate et cou"), "Tête et cou");
    assert_eq!(described(Some("ISO_IR 192"), "Gehirn Schädel 頭".as_bytes()), "Gehirn Schädel 頭");
    assert_eq!(described(Some("ISO_IR 101"), b"p\xb3uco"), "płuco");
    // Without or with an unknown character set nothing fails, and different bytes stay different.
    assert_ne!(described(None, b"a\xe9"), described(None, b"a\xe8"));
    assert_ne!(described(Some("ISO_IR 999"), b"a\xe9"), described(Some("ISO_IR 999"), b"a\xe8"));
}

/// A turned and tilted grid has the same geometry, to the last bit, from DICOM and from a NIfTI file whose matrix is
/// the same steps in single precision.
#[test]
fn oblique_geometry_equals_nifti_bit_for_bit() {
    let ((sa, ca), (sb, cb)) = (0.3f64.sin_cos(), 0.5f64.sin_cos());
    // Six decimals, as headers have them.
    let six = |x: f64| (x * 1e6).round() / 1e6;
    let row = [ca, sa, 0.0].map(six);
    let column = [-sa * cb, ca * cb, sb].map(six);
    let normal = [
        row[1] * column[2] - row[2] * column[1],
        row[2] * column[0] - row[0] * column[2],
        row[0] * column[1] - row[1] * column[0],
    ];
    let unit = |v: [f64; 3]| {
        let length = v.iter().map(|x| x * x).sum::<f64>().sqrt();
        v.map(|x| x / length)
    };
    let start = [-101.3, 22.7, 5.1];
    let files: Vec<File> = (0u16..3)
        .map(|i| {
            let up = unit(normal);
            let at: Vec<f64> = (0..3).map(|r| start[r] + 1.3 * f64::from(i) * up[r]).collect();
            slice(i + 1, 0.0, [0; 6])
                .with(decimals((0x0020, 0x0032), &at))
                .with(decimals((0x0020, 0x0037), &[row, column].concat()))
        })
        .collect();
    let (volume, problems) = read(&files);
    assert_eq!(problems, []);
    let steps =
        [unit(row).map(|x| 0.5 * x), unit(column).map(|x| 0.75 * x), unit(normal).map(|x| 1.3 * x)];
    // x and y count the other way.
    let sign = [-1.0, -1.0, 1.0];
    let rows: [[f32; 4]; 3] = std::array::from_fn(|r| {
        let [x, y, z] = steps.map(|s| (sign[r] * s[r]) as f32);
        [x, y, z, (sign[r] * start[r]) as f32]
    });
    let file = support::nifti::File::of_i16([3, 2, 3], [0.5, 0.75, 1.3], &[0; 18]);
    let folder = folder();
    let path = folder.path().join("oblique.nii");
    support::nifti::File { sform: (1, rows), ..file }.write(&path);
    let other = radiomics_io::nifti::read(&path, 1000).expect("a volume");
    assert_eq!(volume.geometry, other.geometry);
}

/// Series and regions may be used from several threads.
#[test]
fn readers_are_shared_by_threads() {
    fn shared<T: Send + Sync>() {}
    shared::<dicom::Series>();
    shared::<radiomics_io::Picture>();
    shared::<radiomics_io::Rois>();
    shared::<radiomics_io::Mask>();
}

/// A private sequence that was copied from an implicit file: `UN`, of undefined length, with implicit contents.
#[test]
fn private_sequences_of_unknown_representation_are_left_out() {
    let file = slice(1, 0.0, [1, 2, 3, 4, 5, 6]);
    let bytes = file.bytes();
    let undefined = [0xff; 4];
    let item = [[0xfe, 0xff, 0x00, 0xe0], undefined].concat();
    let ends =
        [[0xfe, 0xff, 0x0d, 0xe0, 0, 0, 0, 0], [0xfe, 0xff, 0xdd, 0xe0, 0, 0, 0, 0]].concat();
    let private = |tag: [u8; 4]| {
        let mut all = [&tag[..], b"UN", &[0, 0], &undefined, &item].concat();
        // An implicit element of two bytes, and a sequence in the sequence.
        all.extend([0x08, 0x00, 0x50, 0x11, 2, 0, 0, 0, b'1', b'2']);
        all.extend([&[0x08, 0x00, 0x15, 0x11], &undefined[..], &item, &ends].concat());
        all.extend(&ends);
        all
    };
    let insert = |before: [u8; 4], tag: [u8; 4]| {
        let at = bytes.windows(4).rposition(|w| w == before).expect("an element");
        let mut bytes = bytes.clone();
        bytes.splice(at..at, private(tag));
        let folder = folder();
        let path = folder.path().join("1.dcm");
        std::fs::write(&path, bytes).expect("written");
        let options = ImageOptions::default();
        let picture = open::image(&path, &options, &Limits::default()).expect("an image");
        intensities(&picture.volume)
    };
    let expected = [-999.0, -998.0, -997.0, -996.0, -995.0, -994.0];
    // Before the pixels, and before the series is known.
    assert_eq!(insert([0xe0, 0x7f, 0x10, 0x00], [0x53, 0x70, 0x01, 0x10]), expected);
    assert_eq!(insert([0x10, 0x00, 0x20, 0x00], [0x09, 0x00, 0x01, 0x10]), expected);
}

/// Ten thousand files are a series of headers, not of pixels.
#[test]
fn ten_thousand_files() {
    let folder = folder();
    let mut bytes = slice(1, 0.0, [0; 6]).bytes();
    let find = |bytes: &[u8], what: &[u8]| {
        bytes.windows(what.len()).rposition(|w| w == what).expect("there")
    };
    // Instance and height have places of five digits to write into.
    let template = slice(10_000, 0.0, [0; 6]).with(text((0x0020, 0x0032), "DS", "0\\0\\00000.0"));
    bytes.clear();
    bytes.extend(template.bytes());
    let (instance, height) = (find(&bytes, b"10.10000") + 3, find(&bytes, b"00000.0"));
    for i in 0..10_000u32 {
        bytes[instance..instance + 5].copy_from_slice(format!("{:05}", 10_000 + i).as_bytes());
        bytes[height..height + 5].copy_from_slice(format!("{i:05}").as_bytes());
        std::fs::write(folder.path().join(format!("{}.dcm", (i * 7919) % 10_000)), &bytes)
            .expect("written");
    }
    let scan = scan(folder.path());
    assert_eq!((scan.files, scan.skipped.len()), (10_000, 0));
    assert_eq!(scan.series[0].shape(), [3, 2, 10_000]);
    assert_eq!(scan.series[0].problems(), []);
}
