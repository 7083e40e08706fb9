//! One measurement: the median time of an extraction in nanoseconds for each voxel of the region, and its memory
//! in bytes for each voxel of the region's box.
//!
//! ```text
//! measure [side=162] [texture=smooth|noise] [body=ball|box] [repeat=5] [features=glcm,glrlm] [spacing=1,1,1]
//!         [slope=1] [ct=ct|sarcoma_008|sarcoma_042] [key=value ...]
//! ```
//!
//! With `ct` the image and the region are a real case instead, where the data is there.
//! Intensities are whole numbers times the slope.
//! Whatever is no word above is a setting of the library, such as `discretise.bin_count=64`.

use std::error::Error;
use std::time::Instant;

use radiomics::{Image, Region, Serial};
use radiomics_benches::{Body, Ct, Extraction, Input, Texture};

fn main() -> Result<(), Box<dyn Error>> {
    let (mut side, mut texture, mut body) = (162, Texture::Smooth, Body::Ball);
    let (mut repeat, mut features) = (5, String::new());
    let (mut spacing, mut slope) = ([1.0; 3], 1.0);
    let mut case = None;
    let mut settings = vec![
        ("discretise.bin_count".to_owned(), "64".to_owned()),
        ("morphology.spatial".to_owned(), "false".to_owned()),
    ];
    for argument in std::env::args().skip(1) {
        let (key, value) = argument.split_once('=').ok_or("an argument is key=value")?;
        match (key, value) {
            ("side", value) => side = value.parse()?,
            ("repeat", value) => repeat = value.parse()?,
            ("spacing", value) => {
                for (along, number) in spacing.iter_mut().zip(value.split(',')) {
                    *along = number.parse()?;
                }
            }
            ("texture", "smooth") => texture = Texture::Smooth,
            ("texture", "noise") => texture = Texture::Noise,
            ("body", "ball") => body = Body::Ball,
            ("body", "box") => body = Body::Box,
            ("ct", value) => case = Some(Ct::read(value)?),
            ("slope", value) => slope = value.parse()?,
            ("features", value) => value.clone_into(&mut features),
            (key, value) => settings.push((key.to_owned(), value.to_owned())),
        }
    }
    let settings: Vec<(&str, &str)> =
        settings.iter().map(|(key, value)| (key.as_str(), value.as_str())).collect();
    let selectors: Vec<&str> = features.split(',').filter(|name| !name.is_empty()).collect();
    let work = Work { settings: &settings, selectors: &selectors, repeat };
    if let Some(case) = case {
        return work.measure(case.image()?.rescaled(slope, 0.0)?, case.region()?, case.voxels());
    }
    let input = Input::new(side, texture, body);
    work.measure(input.scan(spacing)?.rescaled(slope, 0.0)?, input.region()?, input.voxels())
}

/// What is extracted, and how often.
struct Work<'a> {
    settings: &'a [(&'a str, &'a str)],
    selectors: &'a [&'a str],
    repeat: usize,
}

impl Work<'_> {
    /// Extracts from a region and prints what it took.
    fn measure(&self, image: Image, region: Region, voxels: u64) -> Result<(), Box<dyn Error>> {
        let bounds = region.bounding_box().ok_or("the region is empty")?.voxels();
        let mut extraction = Extraction::of(image, region, self.settings, self.selectors, 1)?;
        let mut times = Vec::new();
        for _ in 0..self.repeat {
            let start = Instant::now();
            extraction.run(&Serial)?;
            times.push(start.elapsed().as_secs_f64());
        }
        times.sort_by(f64::total_cmp);
        println!(
            "{voxels} voxels: {:.1} ns a voxel (best {:.1}), {:.1} bytes a voxel of the box",
            times[times.len() / 2] * 1e9 / voxels as f64,
            times[0] * 1e9 / voxels as f64,
            extraction.bytes() as f64 / bounds as f64,
        );
        Ok(())
    }
}
