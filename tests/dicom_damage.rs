//! Damaged files: a volume, a region or an error that names the file; never a panic, never memory without bound.

use std::path::Path;
use std::sync::LazyLock;

use proptest::prelude::*;
use radiomics_io::{
    ImageOptions, Limits, MaskOptions, OtherGrid, Pattern, Picture, Rois, dicom, open,
};
use support::dicom::{
    Drawn, File, IMPLICIT, PIXELS, Value, decimals, plane, raw, sequence, slice, stored,
    structure_set, text, words,
};

/// What small files may take.
const LIMITS: Limits = Limits { bytes: 1 << 20 };

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().expect("a folder")
}

/// An image that the regions are made masks on.
static PICTURE: LazyLock<Picture> = LazyLock::new(|| {
    let place = folder();
    for i in 0..3u16 {
        let name = place.path().join(format!("{i}.dcm"));
        slice(i + 1, 2.0 * f64::from(i), [0; 6]).write(&name);
    }
    open::image(place.path(), &ImageOptions::default(), &LIMITS).expect("an image")
});

/// Everything that reads, on one file.
fn read_all(path: &Path) {
    let scan = dicom::scan(path, &LIMITS).expect("a file");
    for series in &scan.series {
        let _ = series.read(&LIMITS);
        let _ = series.read_suv(dicom::Normalisation::LeanJames, &dicom::Body::default(), &LIMITS);
        let _ = series.problems().iter().map(ToString::to_string).collect::<String>();
    }
    if let Ok(picture) = open::image(path, &ImageOptions::default(), &LIMITS) {
        let _ = picture.volume.image();
    }
    let Ok(rois) = Rois::open(path, &LIMITS) else { return };
    for index in rois.select(&[Pattern::All]).unwrap_or_default() {
        for other_grid in [OtherGrid::Refuse, OtherGrid::Nearest, OtherGrid::Linear] {
            let options = MaskOptions { other_grid, foreign: true, ..MaskOptions::default() };
            if let Ok(mask) = rois.mask(index, &PICTURE, &options, &LIMITS) {
                assert!(mask.region().is_ok());
            }
        }
    }
}

fn seg() -> File {
    let mut file = File::new(support::dicom::SEG, "1.2.3.50.1", "SEG", "1.2.3.50");
    plane(&mut file, [3, 2], [0.0; 3], [1.0; 2]);
    stored(&mut file, 1, 1, false);
    let of = vec![words((0x0062, 0x000b), "US", &[1])];
    let at = vec![decimals((0x0020, 0x0032), &[-10.0, -20.0, 2.0])];
    let measures = vec![decimals((0x0028, 0x0030), &[0.75, 0.5])];
    let directions = vec![decimals((0x0020, 0x0037), &[1.0, 0.0, 0.0, 0.0, 1.0, 0.0])];
    let segment = vec![words((0x0062, 0x0004), "US", &[1]), text((0x0062, 0x0005), "LO", "x")];
    file.with(text((0x0062, 0x0001), "CS", "BINARY"))
        .with(sequence((0x0062, 0x0002), vec![segment]))
        .with(sequence(
            (0x5200, 0x9229),
            vec![vec![
                sequence((0x0028, 0x9110), vec![measures]),
                sequence((0x0020, 0x9116), vec![directions]),
            ]],
        ))
        .with(sequence(
            (0x5200, 0x9230),
            vec![vec![sequence((0x0062, 0x000a), vec![of]), sequence((0x0020, 0x9113), vec![at])]],
        ))
        .with(raw(PIXELS, "OB", &[0b10_1101]))
}

fn structures() -> File {
    let square = [[0.0, 0.0], [1.0, 0.0], [1.0, 1.0], [0.0, 1.0]];
    let contour = square.map(|[x, y]| [-10.2 + x, -20.2 + y, 2.0]).to_vec();
    structure_set(&[Drawn {
        name: "GTV",
        number: 1,
        kind: "CLOSED_PLANAR",
        contours: vec![contour],
    }])
}

fn compressed(syntax: &'static str, fragment: &[u8]) -> File {
    let mut element = raw(PIXELS, "OB", &[]);
    element.value = Value::Fragments(vec![fragment.to_vec()]);
    slice(1, 0.0, [0; 6]).with(element).syntax(syntax)
}

fn jpeg2000() -> File {
    compressed(support::dicom::JPEG_2000, include_bytes!("golden/gradient.j2k"))
        .with(words((0x0028, 0x0010), "US", &[32]))
        .with(words((0x0028, 0x0011), "US", &[32]))
}

/// A run of zeros for each byte of the six pixels.
fn rle() -> File {
    let mut fragment = vec![2, 0, 0, 0, 64, 0, 0, 0, 66, 0, 0, 0];
    fragment.resize(64, 0);
    fragment.extend([251, 0, 251, 7]);
    compressed(support::dicom::RLE, &fragment)
}

/// A file of each kind.
fn kinds() -> Vec<Vec<u8>> {
    let pet = slice(1, 0.0, [1; 6]).with(text((0x0008, 0x0060), "CS", "PT")).with(text(
        (0x0054, 0x1001),
        "CS",
        "BQML",
    ));
    vec![
        slice(1, 0.0, [1; 6]).bytes(),
        slice(1, 0.0, [1; 6]).syntax(IMPLICIT).bytes(),
        slice(1, 0.0, [1; 6]).syntax(support::dicom::DEFLATED).bytes(),
        pet.bytes(),
        seg().bytes(),
        structures().bytes(),
        structures().syntax(IMPLICIT).bytes(),
        rle().bytes(),
        jpeg2000().bytes(),
    ]
}

/// The undamaged files are read: what follows damages something that works.
#[test]
fn every_kind_is_read() {
    let folder = folder();
    let path = folder.path().join("file.dcm");
    for (i, bytes) in kinds().iter().enumerate() {
        std::fs::write(&path, bytes).expect("written");
        let image = open::image(&path, &ImageOptions::default(), &LIMITS).is_ok();
        let rois = Rois::open(&path, &LIMITS).is_ok();
        assert_eq!(
            (image, rois),
            if (4..7).contains(&i) { (false, true) } else { (true, false) },
            "{i}"
        );
        read_all(&path);
    }
}

/// `PROPTEST_CASES`, for a long run, else a quick one.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(800)
}

proptest! {
    #![proptest_config(ProptestConfig { max_shrink_iters: 64, ..ProptestConfig::with_cases(cases()) })]

    /// Bytes that are flipped, left out or put in, and files that end early.
    #[test]
    fn damaged_files(
        kind in 0usize..9,
        flips in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..5),
        cut in proptest::option::of(any::<prop::sample::Index>()),
        inserted in proptest::option::of((any::<prop::sample::Index>(), proptest::collection::vec(any::<u8>(), 1..9))),
        removed in proptest::option::of((any::<prop::sample::Index>(), 1usize..9)),
    ) {
        let mut bytes = kinds().swap_remove(kind);
        for (at, byte) in flips {
            // The preamble says nothing.
            let at = 128 + at.index(bytes.len() - 128);
            bytes[at] = byte;
        }
        if let Some((at, more)) = inserted {
            let at = at.index(bytes.len());
            bytes.splice(at..at, more);
        }
        if let Some((at, count)) = removed {
            let at = at.index(bytes.len());
            bytes.drain(at..(at + count).min(bytes.len()));
        }
        if let Some(length) = cut {
            bytes.truncate(length.index(bytes.len() + 1));
        }
        let folder = folder();
        let path = folder.path().join("file.dcm");
        std::fs::write(&path, &bytes).expect("written");
        read_all(&path);
    }
}

/// Every place at which a slice can end, and every seventh of longer files.
#[test]
fn truncated_everywhere() {
    let folder = folder();
    let path = folder.path().join("file.dcm");
    let files = [(slice(1, 0.0, [1; 6]), 1), (seg(), 7), (structures(), 7)];
    for (bytes, step) in files.map(|(file, step)| (file.bytes(), step)) {
        for length in (120..bytes.len()).step_by(step) {
            std::fs::write(&path, &bytes[..length]).expect("written");
            read_all(&path);
        }
    }
    // In the middle of the pixels the message says how much is there.
    let bytes = slice(1, 0.0, [1; 6]).bytes();
    std::fs::write(&path, &bytes[..bytes.len() - 5]).expect("written");
    let error = open::image(&path, &ImageOptions::default(), &LIMITS).expect_err("a refusal");
    let error = error.to_string();
    assert!(error.contains("file.dcm: is truncated: it has"), "{error}");
}

fn refusal(bytes: &[u8], limits: &Limits) -> String {
    let folder = folder();
    let path = folder.path().join("bomb.dcm");
    std::fs::write(&path, bytes).expect("written");
    let error = open::image(&path, &ImageOptions::default(), limits).expect_err("a refusal");
    let error = error.to_string();
    assert!(error.contains("bomb.dcm"), "{error}");
    error
}

#[test]
fn bombs_are_refused_before_memory_is_taken() {
    let has = |text: String, part: &str| assert!(text.contains(part), "{text}");
    let huge = slice(1, 0.0, [0; 6]).with(words((0x0028, 0x0010), "US", &[65_535])).with(words(
        (0x0028, 0x0011),
        "US",
        &[65_535],
    ));
    has(
        refusal(&huge.bytes(), &LIMITS),
        "its volume would take 8589672450 bytes: the limit is 1048576",
    );
    // Within the limit of a larger machine the pixels themselves are missing.
    let large = Limits { bytes: 1 << 40 };
    let wide = slice(1, 0.0, [0; 6]).with(words((0x0028, 0x0011), "US", &[60_000]));
    has(refusal(&wide.bytes(), &large), "is truncated: 12 of 240000 bytes of pixel data are there");
    // Thousands of frames in the header.
    let many = text((0x0028, 0x0008), "IS", "2000000000");
    has(refusal(&slice(1, 0.0, [0; 6]).with(many).bytes(), &LIMITS), "holds 2000000000 frames");
    // An element that declares four gigabytes.
    let mut long = slice(1, 0.0, [0; 6]).bytes();
    let at = long.windows(4).rposition(|w| w == [0xe0, 0x7f, 0x10, 0x00]).expect("pixels");
    long[at + 8..at + 12].copy_from_slice(&0xffff_fff0u32.to_le_bytes());
    has(refusal(&long, &LIMITS), "is truncated: it has");
    let mut comment = slice(1, 0.0, [0; 6]).with(raw((0x0020, 0x4000), "UT", b"text")).bytes();
    let at = comment.windows(4).rposition(|w| w == [0x20, 0x00, 0x00, 0x40]).expect("a comment");
    comment[at + 8..at + 12].copy_from_slice(&0xffff_fff0u32.to_le_bytes());
    has(refusal(&comment, &LIMITS), "is truncated: it has");
    // Numbers of two bytes in 85 bytes: the rest would be taken for an element of any length.
    let mut odd = slice(1, 0.0, [0; 6]).bytes();
    let at = odd.windows(4).rposition(|w| w == [0x28, 0x00, 0x10, 0x00]).expect("rows");
    odd[at + 6] = 0x55;
    has(refusal(&odd, &LIMITS), "85 bytes of numbers of 2 bytes in (0028,0010)");
    // Sequences that nest ten thousand deep.
    let mut nested = slice(1, 0.0, [0; 6]).without(PIXELS).bytes();
    for _ in 0..10_000 {
        nested.extend([0x00, 0x52, 0x29, 0x92, b'S', b'Q', 0, 0, 0xff, 0xff, 0xff, 0xff]);
        nested.extend([0xfe, 0xff, 0x00, 0xe0, 0xff, 0xff, 0xff, 0xff]);
    }
    has(refusal(&nested, &LIMITS), "sequences nest without end");
    // Deflated zeros that expand a thousandfold.
    let zeros = slice(1, 0.0, [0; 6]).with(raw((0x0020, 0x4000), "UT", &vec![b' '; 8 << 20]));
    let zeros = zeros.syntax(support::dicom::DEFLATED).bytes();
    assert!(zeros.len() < 100_000);
    has(refusal(&zeros, &LIMITS), "the limit is 1048576");
    // More elements than memory: a million empty ones.
    let mut empty = slice(1, 0.0, [0; 6]).without(PIXELS).bytes();
    for _ in 0..100_000 {
        empty.extend([0x00, 0x60, 0x00, 0x10, b'L', b'O', 0, 0]);
    }
    has(refusal(&empty, &LIMITS), "reading it would take");
}

#[test]
fn another_file_with_the_name_of_dicom() {
    let has = |text: String, part: &str| assert!(text.contains(part), "{text}");
    has(refusal(b"this is a text file", &LIMITS), "is neither DICOM");
    has(refusal(&b"this is a longer text file. ".repeat(50), &LIMITS), "is neither DICOM");
    has(refusal(b"", &LIMITS), "is neither DICOM");
    let mut only = vec![0; 128];
    only.extend(b"DICM");
    has(refusal(&only, &LIMITS), "holds no image");
    let mut unknown = slice(1, 0.0, [0; 6]);
    unknown.syntax = "1.2.3.4.5";
    has(refusal(&unknown.bytes(), &LIMITS), "has the unknown transfer syntax 1.2.3.4.5");
}

#[cfg(unix)]
#[test]
fn names_need_not_be_text_and_folders_need_not_be_readable() {
    use std::os::unix::ffi::OsStringExt;
    use std::os::unix::fs::PermissionsExt;
    let folder = folder();
    let name = std::ffi::OsString::from_vec(b"sch\xe4del \xc3\xa9 \xff.dcm".to_vec());
    slice(1, 0.0, [0; 6]).write(&folder.path().join(name));
    let closed = folder.path().join("closed");
    std::fs::create_dir(&closed).expect("a folder");
    slice(2, 1.0, [0; 6]).write(&closed.join("2.dcm"));
    let rights = |mode| std::fs::set_permissions(&closed, std::fs::Permissions::from_mode(mode));
    rights(0o000).expect("rights");
    // Root reads what nobody may.
    let is_closed = std::fs::read_dir(&closed).is_err();
    let scan = dicom::scan(folder.path(), &LIMITS).expect("a folder");
    rights(0o700).expect("rights");
    assert_eq!(scan.series.len(), 1);
    assert_eq!(scan.skipped.len(), usize::from(is_closed));
    // A link to itself is not followed without end; a dangling one is listed.
    std::os::unix::fs::symlink(folder.path(), folder.path().join("loop")).expect("a link");
    std::os::unix::fs::symlink("nowhere", folder.path().join("dangling")).expect("a link");
    let scan = dicom::scan(folder.path(), &LIMITS).expect("a folder");
    assert_eq!((scan.series.len(), scan.series[0].shape()[2]), (1, 2));
    assert_eq!(scan.skipped.len(), 2);
}
