//! Pictures to check that the right region was measured: three slices through it, whole and near, with the mask as
//! it was given and as it was measured, the grey levels, and the letters of the patient's sides.

mod canvas;
mod histogram;
mod page;
mod panel;
mod plane;
mod window;

use std::io::{self, BufWriter};
use std::path::Path;

use radiomics::plan::Observed;
use radiomics::{Image, Settings};
use radiomics_io::{Mask, Picture};

use crate::digest::Parts;
use crate::output::AtomicFile;

use canvas::{Canvas, GREY, WHITE};
use panel::Panel;
use plane::Plane;
use window::Window;

pub use page::page;

/// What a picture shows, besides what the features read.
pub struct Scene<'s> {
    pub case: &'s str,
    pub picture: &'s Picture,
    pub image: &'s Image<'s>,
    pub mask: &'s Mask,
    pub settings: &'s Settings,
}

const GAP: usize = 8;
const HEAD: usize = 40;
const HISTOGRAM: usize = 190;

/// The name of a picture: letters of the names, and a mark that keeps equal ones apart.
pub fn file(case: &str, region: &str) -> String {
    let plain = |text: &str| -> String {
        let plain = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '_' };
        text.chars().map(plain).take(60).collect()
    };
    let mut parts = Parts::default();
    parts.add(case).add(region);
    let mark = parts.hex();
    format!("{}__{}__{}.png", plain(case), plain(region), &mark[..8])
}

/// Draws a picture and writes it.
pub fn write(path: &Path, scene: &Scene, observed: &Observed) -> Result<(), String> {
    let canvas = draw(scene, observed);
    save(path, &canvas).map_err(|e| format!("{}: cannot be written: {e}", path.display()))
}

fn save(path: &Path, canvas: &Canvas) -> io::Result<()> {
    let mut out = BufWriter::new(AtomicFile::create(path, ".partial")?);
    {
        let [width, height] = canvas.size().map(|n| n as u32);
        let mut encoder = png::Encoder::new(&mut out, width, height);
        encoder.set_color(png::ColorType::Rgb);
        encoder.set_depth(png::BitDepth::Eight);
        let mut writer = encoder.write_header().map_err(io::Error::other)?;
        writer.write_image_data(canvas.bytes()).map_err(io::Error::other)?;
        writer.finish().map_err(io::Error::other)?;
    }
    out.into_inner().map_err(|e| e.into_error())?.commit().map(drop)
}

fn draw(scene: &Scene, observed: &Observed) -> Canvas {
    let width = 3 * panel::SIDE + 4 * GAP;
    let height = HEAD + 2 * (panel::SIDE + GAP) + HISTOGRAM + GAP;
    let mut canvas = Canvas::new([width, height]);
    let window = Window::of(scene, observed);
    let spacing = observed.regrid.spacing.map(|s| format!("{s:.3}"));
    canvas.text([GAP, 4], &format!("{}   {}", scene.case, scene.mask.name), WHITE);
    canvas.text(
        [GAP, 22],
        &format!(
            "{} {}  window {}   {} voxels as given, {} on the grid of {} mm",
            scene.picture.modality,
            scene.picture.unit,
            window.text(),
            scene.mask.voxels,
            observed.mask.count(radiomics::volume::Mask::MORPHOLOGICAL),
            spacing.join(" x ")
        ),
        GREY,
    );
    for (column, plane) in Plane::three(scene.image.geometry()).iter().enumerate() {
        for near in [false, true] {
            let corner = [
                GAP + column * (panel::SIDE + GAP),
                HEAD + usize::from(near) * (panel::SIDE + GAP),
            ];
            Panel { scene, observed, plane, window: &window, near }.draw(&mut canvas, corner);
        }
    }
    let corner = [GAP, HEAD + 2 * (panel::SIDE + GAP)];
    histogram::draw(&mut canvas, corner, [width - 2 * GAP, HISTOGRAM], scene, observed);
    canvas
}
