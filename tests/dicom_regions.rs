//! Structure sets, segmentations and label images made by the tests, on grids of their own and of others.

mod names;
mod other_grid;
mod segmentation;

use std::path::Path;

use radiomics_io::{ImageOptions, Limits, Mask, MaskOptions, Pattern, Picture, Rois, open};
use support::dicom::{Drawn, File, Value, raw, sequence, slice, structure_set, text};

/// An image of 3 x 2 x 4 voxels of 0.5 x 0.75 x 2 mm; its first voxel lies at -10, -20, 0 as DICOM counts.
pub fn image(folder: &Path) -> Picture {
    let series = folder.join("series");
    std::fs::create_dir(&series).expect("a folder");
    for i in 0..4u16 {
        slice(i + 1, 2.0 * f64::from(i), [0; 6]).write(&series.join(format!("{i}.dcm")));
    }
    open::image(&series, &ImageOptions::default(), &Limits::default()).expect("an image")
}

/// A rectangle in voxels, at a height in mm.
pub fn rectangle([x0, x1]: [f64; 2], [y0, y1]: [f64; 2], z: f64) -> Vec<[f64; 3]> {
    let point = |x: f64, y: f64| [-10.0 + 0.5 * x, -20.0 + 0.75 * y, z];
    vec![point(x0, y0), point(x1, y0), point(x1, y1), point(x0, y1)]
}

pub fn drawn<'a>(name: &'a str, contours: Vec<Vec<[f64; 3]>>) -> Drawn<'a> {
    Drawn { name, number: 1, kind: "CLOSED_PLANAR", contours }
}

pub fn opened(folder: &Path, file: &File) -> Rois {
    let path = folder.join("regions.dcm");
    file.write(&path);
    Rois::open(&path, &Limits::default()).expect("regions")
}

/// The only region, as a mask.
pub fn mask(rois: &Rois, picture: &Picture, options: &MaskOptions) -> Result<Mask, String> {
    let chosen = rois.select(&[]).map_err(|e| e.to_string())?;
    rois.mask(chosen[0], picture, options, &Limits::default()).map_err(|e| e.to_string())
}

/// Voxels inside.
pub fn inside(mask: &Mask) -> Vec<[usize; 3]> {
    let region = mask.region().expect("a region");
    let [nx, ny, nz] = mask.grid;
    let mut row = vec![0; nx];
    let mut all = Vec::new();
    for z in 0..nz {
        for y in 0..ny {
            region.read_row(0, [y, z], &mut row);
            all.extend((0..nx).filter(|x| row[*x] != 0).map(|x| [x, y, z]));
        }
    }
    assert_eq!(all.len() as u64, mask.voxels);
    all
}

fn one(file: &File) -> Result<Mask, String> {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = image(folder.path());
    mask(&opened(folder.path(), file), &picture, &MaskOptions::default())
}

fn refusal(file: &File) -> String {
    one(file).expect_err("a refusal")
}

#[test]
fn centres_inside_an_odd_number_of_contours() {
    let whole = |z| rectangle([-0.5, 2.5], [-0.5, 1.5], z);
    let hole = rectangle([0.5, 1.5], [-0.4, 0.5], 2.0);
    let file = structure_set(&[drawn("GTV", vec![whole(2.0), hole, whole(4.0)])]);
    let mask = one(&file).expect("a mask");
    let voxels = inside(&mask);
    assert_eq!(voxels.len(), 11);
    assert!(!voxels.contains(&[1, 0, 1]) && voxels.contains(&[1, 0, 2]));
    assert_eq!((mask.name.as_str(), mask.notes.len()), ("GTV", 0));
}

#[test]
fn what_became_of_contours_is_noted() {
    let whole = |z| rectangle([-0.5, 2.5], [-0.5, 1.5], z);
    let wide = rectangle([-4.0, 1.5], [-0.5, 1.5], 0.0);
    let far = whole(40.0);
    let thin = vec![[-10.0, -20.0, 2.0]; 2];
    let mask =
        one(&structure_set(&[drawn("x", vec![wide, far, thin, whole(6.0)])])).expect("a mask");
    assert_eq!(inside(&mask).len(), 4 + 6);
    let notes = mask.notes.join("\n");
    for part in [
        "1 contours lie above or below the image",
        "1 contours have fewer than three points",
        "1 contours reach beyond the edge",
        "2 slices between the first and the last have no contour",
    ] {
        assert!(notes.contains(part), "{notes}");
    }
}

#[test]
fn what_is_wrong_with_a_structure_is_named() {
    let has = |text: String, part: &str| assert!(text.contains(part), "{text}");
    let whole = |z| rectangle([-0.5, 2.5], [-0.5, 1.5], z);
    let good = structure_set(&[drawn("GTV", vec![whole(2.0)])]);
    has(
        refusal(&good.clone().with(text((0x0010, 0x0020), "LO", "patient 2"))),
        "belongs to another patient",
    );
    let message = refusal(&good.clone().with(text((0x0010, 0x0020), "LO", "patient 2")));
    assert!(!message.contains("patient 2") && !message.contains("patient 1"), "{message}");
    has(refusal(&structure_set(&[drawn("GTV", vec![whole(200.0)])])), "lies outside the image");
    has(
        refusal(&structure_set(&[drawn("GTV", vec![rectangle([9.0, 12.0], [0.0, 1.0], 2.0)])])),
        "lies outside the image",
    );
    has(
        refusal(&structure_set(&[drawn("GTV", vec![rectangle([0.6, 0.9], [0.1, 0.2], 2.0)])])),
        "has no voxel of the image",
    );
    has(refusal(&structure_set(&[drawn("GTV", vec![])])), "has no contours");
    let point = Drawn { kind: "POINT", ..drawn("GTV", vec![vec![[0.0; 3]]]) };
    has(refusal(&structure_set(&[point])), "has no closed contour, only 1 points or open lines");
    has(refusal(&structure_set(&[])), "holds no regions");
    // Drawn on another orientation: not flat on the slices.
    let upright = vec![[-10.0, -20.0, 0.0], [-9.0, -20.0, 6.0], [-9.0, -19.0, 6.0]];
    has(refusal(&structure_set(&[drawn("GTV", vec![upright])])), "the region \"GTV\"");
    // Drawn on slices twice as dense: rings would appear.
    let dense = (0..7).map(|i| whole(f64::from(i) + 0.1)).collect();
    has(
        refusal(&structure_set(&[drawn("GTV", dense)])),
        "was drawn on other slices than the image's",
    );
}

#[test]
fn another_frame_of_reference_is_refused_or_noted() {
    let folder = tempfile::tempdir().expect("a folder");
    let picture = image(folder.path());
    let contour = rectangle([-0.5, 2.5], [-0.5, 1.5], 2.0);
    let mut file = structure_set(&[drawn("GTV", vec![contour])]);
    for element in &mut file.elements {
        if let (true, Value::Items(items)) = (element.tag == (0x3006, 0x0020), &mut element.value) {
            items[0].retain(|e| e.tag != (0x3006, 0x0024));
            items[0].push(text((0x3006, 0x0024), "UI", "9.9.9"));
        }
    }
    let rois = opened(folder.path(), &file);
    let error = mask(&rois, &picture, &MaskOptions::default()).expect_err("a refusal");
    assert!(error.contains("frame of reference 9.9.9, the image lies in 1.2.3.9"), "{error}");
    let foreign = MaskOptions { foreign: true, ..MaskOptions::default() };
    let mask = mask(&rois, &picture, &foreign).expect("a mask");
    assert_eq!(mask.voxels, 6);
    assert!(mask.notes[0].contains("9.9.9"), "{:?}", mask.notes);
}

#[test]
fn damaged_contours() {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("regions.dcm");
    let error = |contour: Vec<support::dicom::Element>| {
        let contours =
            vec![sequence((0x3006, 0x0040), vec![contour]), text((0x3006, 0x0084), "IS", "1")];
        structure_set(&[drawn("GTV", vec![])])
            .with(sequence((0x3006, 0x0039), vec![contours]))
            .write(&path);
        Rois::open(&path, &Limits::default()).expect_err("a refusal").to_string()
    };
    let closed = || text((0x3006, 0x0042), "CS", "CLOSED_PLANAR");
    let text = |tag, vr, value| text(tag, vr, value);
    let points = |value| text((0x3006, 0x0050), "DS", value);
    let has = |found: String, part: &str| assert!(found.contains(part), "{found}");
    has(error(vec![closed(), points("1\\2\\3\\4")]), "a contour of 4 coordinates");
    has(error(vec![closed(), points("1\\2\\x")]), "whose points are no numbers");
    has(error(vec![closed(), points("1\\2\\inf")]), "whose points are no numbers");
    has(error(vec![closed()]), "whose points are no numbers");
    has(
        error(vec![closed(), points("1\\2\\3"), text((0x3006, 0x0046), "IS", "5")]),
        "a contour of 1 points that declares 5",
    );
}

#[test]
fn files_that_hold_no_regions() {
    let folder = tempfile::tempdir().expect("a folder");
    let refuse =
        |path: &Path| Rois::open(path, &Limits::default()).expect_err("a refusal").to_string();
    let put = |name: &str, bytes: &[u8]| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).expect("written");
        refuse(&path)
    };
    let has = |found: String, part: &str| assert!(found.contains(part), "{found}");
    has(put("text.dcm", b"RTSTRUCT"), "is neither DICOM");
    has(put("mask.nii", b"mask"), "is no NIfTI file");
    has(put("image.dcm", &slice(1, 0.0, [0; 6]).bytes()), "there are 1 series of images");
    let set = structure_set(&[drawn("GTV", vec![rectangle([0.0, 1.0], [0.0, 1.0], 2.0)])]).bytes();
    has(put("cut.dcm", &set[..set.len() - 30]), "is truncated");
    std::fs::remove_file(folder.path().join("cut.dcm")).expect("removed");
    put_ok(&folder.path().join("a.dcm"), &set);
    put_ok(&folder.path().join("b.dcm"), &set);
    has(refuse(folder.path()), "holds 2 files of regions: give one of them");
    has(refuse(&folder.path().join("nowhere")), "cannot be opened");
}

fn put_ok(path: &Path, bytes: &[u8]) {
    std::fs::write(path, bytes).expect("written");
}

#[test]
fn a_name_in_another_alphabet_is_found() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut file = structure_set(&[drawn("?", vec![rectangle([-0.5, 2.5], [-0.5, 1.5], 2.0)])])
        .with(text((0x0008, 0x0005), "CS", "ISO_IR 100"));
    for element in &mut file.elements {
        if let (true, Value::Items(items)) = (element.tag == (0x3006, 0x0020), &mut element.value) {
            items[0].retain(|e| e.tag != (0x3006, 0x0026));
            items[0].push(raw((0x3006, 0x0026), "LO", b"tumeur t\xeate "));
        }
    }
    let rois = opened(folder.path(), &file);
    assert_eq!(rois.list()[0].name, "tumeur tête");
    let pattern = Pattern::parse("tumeur tête").expect("a pattern");
    assert_eq!(rois.select(&[pattern]).expect("a region"), [0]);
}
