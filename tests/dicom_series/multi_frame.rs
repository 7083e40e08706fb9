//! Objects of many frames: enhanced CT and dose grids.

use radiomics_io::dicom::Problem;
use radiomics_io::volume::Data;
use support::dicom::{
    ENHANCED_CT, Element, File, PIXELS, RTDOSE, decimals, plane, sequence, stored, text, words,
};

use super::{intensities, problems, read};

fn place(z: f64) -> Element {
    sequence((0x0020, 0x9113), vec![vec![decimals((0x0020, 0x0032), &[-10.0, -20.0, z])]])
}

fn rescale(slope: f64) -> Element {
    let values = vec![decimals((0x0028, 0x1052), &[-1024.0]), decimals((0x0028, 0x1053), &[slope])];
    sequence((0x0028, 0x9145), vec![values])
}

fn time(index: u32) -> Element {
    let index = Element {
        tag: (0x0020, 0x9128),
        vr: *b"UL",
        value: support::dicom::Value::Bytes(index.to_le_bytes().to_vec()),
    };
    sequence((0x0020, 0x9111), vec![vec![index]])
}

/// Frames of 3 x 2 pixels, whose stored values are the number of the frame times ten and of the pixel.
fn enhanced(own: Vec<Vec<Element>>, shared: Vec<Element>) -> File {
    let frames = own.len() as u16;
    let mut file = File::new(ENHANCED_CT, "1.2.3.30.1", "CT", "1.2.3.30");
    plane(&mut file, [3, 2], [0.0; 3], [1.0; 2]);
    stored(&mut file, 16, 12, false);
    for tag in [(0x0020, 0x0032), (0x0020, 0x0037), (0x0028, 0x0030)] {
        file = file.without(tag);
    }
    let pixels: Vec<u16> = (0..frames).flat_map(|f| (0..6).map(move |p| 10 * f + p)).collect();
    file.with(text((0x0028, 0x0008), "IS", &frames.to_string()))
        .with(sequence((0x5200, 0x9229), vec![shared]))
        .with(sequence((0x5200, 0x9230), own))
        .with(words(PIXELS, "OW", &pixels))
}

fn shared() -> Vec<Element> {
    let measures =
        vec![decimals((0x0028, 0x0030), &[0.75, 0.5]), decimals((0x0018, 0x0050), &[4.0])];
    let directions = vec![decimals((0x0020, 0x0037), &[1.0, 0.0, 0.0, 0.0, 1.0, 0.0])];
    vec![sequence((0x0028, 0x9110), vec![measures]), sequence((0x0020, 0x9116), vec![directions])]
}

#[test]
fn enhanced_frames_are_slices() {
    let mut all = shared();
    all.push(rescale(2.0));
    // The second frame is the lowest.
    let file = enhanced(vec![vec![place(3.0)], vec![place(0.0)], vec![place(6.0)]], all);
    let (volume, problems) = read(&[file]);
    assert_eq!(problems, []);
    assert_eq!((volume.shape, volume.geometry.spacing), ([3, 2, 3], [0.5, 0.75, 3.0]));
    assert!(matches!(&volume.data, Data::U16(data) if data[0] == 10 && data[6] == 0));
    assert_eq!(intensities(&volume)[..2], [2.0 * 10.0 - 1024.0, 2.0 * 11.0 - 1024.0]);
}

#[test]
fn frames_have_rescaling_of_their_own() {
    let own = vec![vec![place(0.0), rescale(1.0)], vec![place(1.0), rescale(0.5)]];
    let (volume, _) = read(&[enhanced(own, shared())]);
    assert!(matches!(volume.data, Data::F64(_)));
    assert_eq!(intensities(&volume)[5..7], [5.0 - 1024.0, 0.5 * 10.0 - 1024.0]);
}

#[test]
fn frames_at_one_place_are_told_apart_by_time() {
    let own = |z: f64, t: u32| vec![place(z), time(t)];
    let file = enhanced(vec![own(0.0, 1), own(0.0, 2), own(1.0, 1), own(1.0, 2)], shared());
    let scan = super::scan(super::written(&[file]).path());
    assert_eq!(scan.series.iter().map(|s| s.shape()).collect::<Vec<_>>(), [[3, 2, 2]; 2]);
    let file = enhanced(vec![vec![place(0.0)], vec![place(0.0)], vec![place(1.0)]], shared());
    assert_eq!(problems(&[file]), [Problem::SamePlace { places: 1, first_mm: 0.0 }]);
}

#[test]
fn what_a_frame_lacks_is_named() {
    let reason = |file: File| {
        let folder = super::written(&[file]);
        let scan = super::scan(folder.path());
        assert_eq!(scan.series.len(), 0);
        scan.skipped[0].reason.clone()
    };
    let text = reason(enhanced(vec![vec![], vec![place(1.0)]], shared()));
    assert!(text.contains("lacks PlanePositionSequence (0020,9113)"), "{text}");
    let many = support::dicom::text((0x0028, 0x0008), "IS", "7");
    let text = reason(enhanced(vec![vec![place(0.0)]], shared()).with(many));
    assert!(text.contains("declares 7 frames and describes 1"), "{text}");
}

#[test]
fn dose_grids() {
    let mut file = File::new(RTDOSE, "1.2.3.40.1", "RTDOSE", "1.2.3.40");
    plane(&mut file, [3, 1], [0.0, 0.0, 5.0], [2.5, 2.5]);
    stored(&mut file, 32, 32, false);
    let file = file
        .with(text((0x0028, 0x0008), "IS", "2"))
        .with(decimals((0x3004, 0x000c), &[0.0, 2.5]))
        .with(decimals((0x3004, 0x000e), &[0.001]))
        .with(words(PIXELS, "OW", &[0, 1, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0]));
    let (volume, problems) = read(&[file]);
    assert_eq!(problems, []);
    assert_eq!((volume.geometry.spacing, volume.geometry.origin[2]), ([2.5; 3], 5.0));
    assert_eq!(intensities(&volume), [65.536, 0.001, 0.002, 0.003, 0.004, 0.005]);
}
