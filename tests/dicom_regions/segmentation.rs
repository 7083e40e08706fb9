//! Segmentation objects: binary, fractional, several segments, empty frames left out.

use radiomics_io::{Limits, MaskOptions, OtherGrid, Pattern};
use support::dicom::{
    Element, File, PIXELS, SEG, Value, decimals, plane, raw, sequence, stored, text, words,
};

use super::{image, inside, mask, opened};

/// A frame: its segment, its place, and its pixels as they are stored.
type Frame = (u16, [f64; 3], Vec<u8>);

fn number(tag: (u16, u16), n: u16) -> Element {
    words(tag, "US", &[n])
}

/// A segmentation of 3 x 2 pixels a frame; `most` is the largest fraction, 0 for a binary one.
fn segmentation(labels: &[&str], most: u16, frames: &[Frame]) -> File {
    let mut file = File::new(SEG, "1.2.3.50.1", "SEG", "1.2.3.50");
    plane(&mut file, [3, 2], [0.0; 3], [1.0; 2]);
    for tag in [(0x0020, 0x0032), (0x0020, 0x0037), (0x0028, 0x0030)] {
        file = file.without(tag);
    }
    let bits = if most == 0 { 1 } else { 8 };
    stored(&mut file, bits, bits, false);
    let segments = labels
        .iter()
        .zip(1u16..)
        .map(|(label, n)| vec![number((0x0062, 0x0004), n), text((0x0062, 0x0005), "LO", label)]);
    let own = frames.iter().map(|(segment, at, _)| {
        let of = vec![number((0x0062, 0x000b), *segment)];
        vec![
            sequence((0x0062, 0x000a), vec![of]),
            sequence((0x0020, 0x9113), vec![vec![decimals((0x0020, 0x0032), at)]]),
        ]
    });
    let measures =
        vec![decimals((0x0028, 0x0030), &[0.75, 0.5]), decimals((0x0018, 0x0088), &[2.0])];
    let directions = vec![decimals((0x0020, 0x0037), &[1.0, 0.0, 0.0, 0.0, 1.0, 0.0])];
    let shared = vec![
        sequence((0x0028, 0x9110), vec![measures]),
        sequence((0x0020, 0x9116), vec![directions]),
    ];
    let values: Vec<u8> = frames.iter().flat_map(|f| f.2.clone()).collect();
    let pixels = if most == 0 {
        // Bits follow one another through all frames.
        values.chunks(8).map(|c| c.iter().rev().fold(0, |byte, bit| byte << 1 | bit)).collect()
    } else {
        values
    };
    let kind = if most == 0 { "BINARY" } else { "FRACTIONAL" };
    let mut file = file
        .with(text((0x0028, 0x0008), "IS", &frames.len().to_string()))
        .with(text((0x0062, 0x0001), "CS", kind))
        .with(sequence((0x0062, 0x0002), segments.collect()))
        .with(sequence((0x5200, 0x9229), vec![shared]))
        .with(sequence((0x5200, 0x9230), own.collect()))
        .with(raw(PIXELS, "OB", &pixels));
    if most > 0 {
        file.set(number((0x0062, 0x000e), most));
    }
    file
}

/// The place of slice `k` of the image.
fn at(k: u16) -> [f64; 3] {
    [-10.0, -20.0, 2.0 * f64::from(k)]
}

fn two() -> File {
    segmentation(
        &["tumour", "edema"],
        0,
        &[
            (1, at(3), vec![1, 0, 0, 0, 0, 1]),
            (2, at(0), vec![1, 1, 1, 1, 1, 1]),
            (1, at(1), vec![0, 1, 1, 0, 0, 0]),
            (2, at(1), vec![0, 0, 0, 0, 0, 0]),
        ],
    )
}

#[test]
fn binary_segments() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = image(folder.path());
    let rois = opened(folder.path(), &two());
    let list = rois.list();
    assert_eq!(
        list.iter().map(|r| (r.name.as_str(), r.number, r.parts)).collect::<Vec<_>>(),
        [("tumour", 1, 2), ("edema", 2, 2)]
    );
    let of = |name: &str| {
        let chosen = rois.select(&[Pattern::parse(name).expect("a pattern")]).expect("a region");
        let options = MaskOptions::default();
        inside(&rois.mask(chosen[0], &picture, &options, &Limits::default()).expect("a mask"))
    };
    assert_eq!(of("tumour"), [[1, 0, 1], [2, 0, 1], [0, 0, 3], [2, 1, 3]]);
    assert_eq!(of("edema").len(), 6);
    assert!(of("edema").iter().all(|v| v[2] == 0));
}

#[test]
fn fractions_from_a_threshold_on() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = image(folder.path());
    let file = segmentation(&["x"], 200, &[(1, at(2), vec![0, 99, 100, 101, 150, 200])]);
    let rois = opened(folder.path(), &file);
    let of = |fraction| {
        let options = MaskOptions { fraction, ..MaskOptions::default() };
        inside(&mask(&rois, &picture, &options).expect("a mask"))
    };
    assert_eq!(of(0.5), [[2, 0, 2], [0, 1, 2], [1, 1, 2], [2, 1, 2]]);
    assert_eq!(of(0.75), [[1, 1, 2], [2, 1, 2]]);
    // No fraction is not a little of it.
    assert_eq!(of(0.0).len(), 5);
}

#[test]
fn segments_on_a_part_of_the_grid_and_beyond() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = image(folder.path());
    // One voxel to the right and one up; its last column lies outside.
    let shifted = [-9.5, -19.25, 4.0];
    let file = segmentation(&["x"], 0, &[(1, shifted, vec![1, 1, 1, 1, 0, 0])]);
    let found = mask(&opened(folder.path(), &file), &picture, &MaskOptions::default());
    let found = found.expect("a mask");
    assert_eq!(inside(&found), [[1, 1, 2], [2, 1, 2]]);
    assert_eq!(found.notes, ["2 voxels lie outside the image and are left out"]);
}

#[test]
fn other_grids() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = image(folder.path());
    // A quarter of a voxel to the side and half a slice up: two frames around slice 1.
    let places = [[-10.125, -20.0, 1.0], [-10.125, -20.0, 3.0]];
    let frames: Vec<Frame> = places.iter().map(|p| (1, *p, vec![1, 1, 0, 0, 0, 0])).collect();
    let rois = opened(folder.path(), &segmentation(&["x"], 0, &frames));
    let error = mask(&rois, &picture, &MaskOptions::default()).expect_err("a refusal");
    assert!(
        error.contains("origin is") && error.contains("mm apart at the farthest corner"),
        "{error}"
    );
    let of = |other_grid| {
        let options = MaskOptions { other_grid, ..MaskOptions::default() };
        let found = mask(&rois, &picture, &options).expect("a mask");
        assert!(found.notes[0].contains("resampled onto the image's grid"), "{:?}", found.notes);
        inside(&found)
    };
    // A height half way belongs to the upper frame.
    assert_eq!(of(OtherGrid::Nearest), [[0, 0, 0], [1, 0, 0], [0, 0, 1], [1, 0, 1]]);
    // Slice 0 has half of the lower frame, slice 2 half of the upper; x: 1 and 0.75.
    assert_eq!(of(OtherGrid::Linear), [[0, 0, 0], [0, 0, 1], [1, 0, 1], [0, 0, 2]]);
}

#[test]
fn what_is_wrong_is_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let error = |file: File| {
        let path = folder.path().join("seg.dcm");
        file.write(&path);
        radiomics_io::Rois::open(&path, &Limits::default()).expect_err("a refusal").to_string()
    };
    let has = |found: String, part: &str| assert!(found.contains(part), "{found}");
    has(error(two().without((0x0062, 0x0001))), "lacks SegmentationType (0062,0001)");
    let fractional = segmentation(&["x"], 200, &[(1, at(0), vec![0; 6])]);
    has(error(fractional.without((0x0062, 0x000e))), "lacks MaximumFractionalValue (0062,000E)");
    has(error(two().without((0x5200, 0x9230))), "lacks PerFrameFunctionalGroupsSequence");
    has(error(two().with(text((0x0028, 0x0008), "IS", "9"))), "declares 9 frames and describes 4");
    has(error(two().without(PIXELS)), "lacks PixelData (7FE0,0010)");
    // The frames are there by their header, their pixels are not.
    let mut short = two();
    let pixels = short.elements.iter_mut().find(|e| e.tag == PIXELS).expect("pixels");
    pixels.value = Value::Bytes(vec![1, 2]);
    let picture = image(folder.path());
    let rois = opened(folder.path(), &short);
    let all = rois.select(&[Pattern::All]).expect("regions");
    let text = rois.mask(all[0], &picture, &MaskOptions::default(), &Limits::default());
    has(text.expect_err("a refusal").to_string(), "2 of 3 bytes of pixel data are there");
    let empty = segmentation(&["x"], 0, &[(1, at(0), vec![0; 6])]);
    let found = mask(&opened(folder.path(), &empty), &picture, &MaskOptions::default());
    has(found.expect_err("a refusal"), "has no frame with a voxel inside");
}
