//! One filter over a cube of smooth noise, best of several runs: `filter side=96 repeat=20 filter.images=log ...`.

use std::process::ExitCode;
use std::time::Instant;

use radiomics::{Geometry, Grid, Host, Image, Layout, Plan, Settings};
use radiomics_benches::{Body, Input, Texture};

fn run() -> Result<(), Box<dyn std::error::Error>> {
    let (mut side, mut repeat) = (96usize, 20u32);
    let mut settings = Settings::default();
    for argument in std::env::args().skip(1) {
        let (key, text) = argument.split_once('=').ok_or("key=value")?;
        match key {
            "side" => side = text.parse()?,
            "repeat" => repeat = text.parse()?,
            _ => settings.set(key, text)?,
        }
    }
    let voxels = Input::new(side, Texture::Smooth, Body::Box).image;
    let image = Image::new(
        voxels.as_slice(),
        Layout::x_fastest([side; 3])?,
        Geometry::axis_aligned([1.0; 3]),
    )?;
    let plan = Plan::new(&settings)?;
    let mut out = vec![0.0; voxels.len()];
    for (index, filter) in plan.filters().iter().enumerate() {
        let words = plan.map_workspace(&Grid::of(&image), index)?.words();
        let mut workspace = vec![0; words];
        let mut best = f64::INFINITY;
        for _ in 0..repeat {
            let start = Instant::now();
            plan.map(&image, index, &Host::serial(), &mut workspace, &mut out)?;
            best = best.min(start.elapsed().as_secs_f64());
        }
        let each = |x: f64| x / voxels.len() as f64;
        println!(
            "{:7.1} ns {:6.1} bytes of workspace a voxel  {filter}",
            each(1e9 * best),
            each(8.0 * words as f64)
        );
    }
    Ok(())
}

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
