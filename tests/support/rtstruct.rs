//! Contours of a DICOM structure set and the grid of an axial DICOM series, read for the tests alone.

use std::path::Path;

use dicom_object::{InMemDicomObject, Tag, open_file};
use radiomics::Geometry;

/// The closed contours of one region.
#[derive(Clone, Debug, Default)]
pub struct Structure {
    /// Its name.
    pub name: String,
    /// x, y, z in mm, one point after the other.
    pub points: Vec<f64>,
    /// Points of each contour.
    pub lengths: Vec<usize>,
}

const POSITION: Tag = Tag(0x0020, 0x0032);
const PIXEL_SPACING: Tag = Tag(0x0028, 0x0030);
const ROWS: Tag = Tag(0x0028, 0x0010);
const COLUMNS: Tag = Tag(0x0028, 0x0011);
const ROI_SEQUENCE: Tag = Tag(0x3006, 0x0020);
const ROI_NUMBER: Tag = Tag(0x3006, 0x0022);
const ROI_NAME: Tag = Tag(0x3006, 0x0026);
const ROI_CONTOURS: Tag = Tag(0x3006, 0x0039);
const REFERENCED_ROI: Tag = Tag(0x3006, 0x0084);
const CONTOURS: Tag = Tag(0x3006, 0x0040);
const CONTOUR_TYPE: Tag = Tag(0x3006, 0x0042);
const CONTOUR_DATA: Tag = Tag(0x3006, 0x0050);

fn text(item: &InMemDicomObject, tag: Tag) -> String {
    let element = item.element(tag).expect("an element");
    element.to_str().expect("a text").trim().to_string()
}

fn numbers(item: &InMemDicomObject, tag: Tag) -> Vec<f64> {
    item.element(tag).expect("an element").to_multi_float64().expect("numbers")
}

fn items(item: &InMemDicomObject, tag: Tag) -> &[InMemDicomObject] {
    item.get(tag).and_then(|e| e.items()).unwrap_or_default()
}

/// The regions of a structure set.
pub fn structures(path: &Path) -> Vec<Structure> {
    let file = open_file(path).expect("a DICOM file");
    let mut out = Vec::new();
    for roi in items(&file, ROI_SEQUENCE) {
        let number = text(roi, ROI_NUMBER);
        let mut structure = Structure { name: text(roi, ROI_NAME), ..Structure::default() };
        let mut found = items(&file, ROI_CONTOURS).iter();
        if let Some(held) = found.find(|held| text(held, REFERENCED_ROI) == number) {
            for contour in items(held, CONTOURS) {
                assert_eq!(text(contour, CONTOUR_TYPE), "CLOSED_PLANAR");
                let points = numbers(contour, CONTOUR_DATA);
                structure.lengths.push(points.len() / 3);
                structure.points.extend(points);
            }
        }
        out.push(structure);
    }
    out
}

/// Shape and geometry of an axial series: its files sorted along z.
pub fn grid(folder: &Path) -> ([usize; 3], Geometry) {
    let mut slices = Vec::new();
    for entry in std::fs::read_dir(folder).expect("a folder") {
        let file = open_file(entry.expect("a file").path()).expect("a DICOM file");
        let side =
            |tag| file.element(tag).expect("an element").to_int::<usize>().expect("a number");
        slices.push((
            numbers(&file, POSITION),
            numbers(&file, PIXEL_SPACING),
            [side(COLUMNS), side(ROWS)],
        ));
    }
    slices.sort_by(|a, b| a.0[2].total_cmp(&b.0[2]));
    let (first, spacing, [nx, ny]) = &slices[0];
    let last = &slices[slices.len() - 1].0;
    let step = (last[2] - first[2]) / (slices.len() - 1) as f64;
    // Pixel spacing names the distance between rows first.
    let mut geometry = Geometry::axis_aligned([spacing[1], spacing[0], step]);
    geometry.origin = [first[0], first[1], first[2]];
    ([*nx, *ny, slices.len()], geometry)
}
