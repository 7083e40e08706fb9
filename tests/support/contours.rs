//! Contours made into masks by the library, for tests.

use radiomics::roi::contours::{self, Contours, Frame, Rasterised, Rules};
use radiomics::view::BoundingBox;
use radiomics::{Arena, Error, Region, Watch};

/// Contours as flat lists: coordinates, and the points of each contour.
#[derive(Clone, Debug, Default)]
pub struct Flat {
    /// x, y, z of one point after the other.
    pub points: Vec<f64>,
    /// Points of each contour.
    pub lengths: Vec<u32>,
}

impl Flat {
    /// Flattens contours.
    pub fn of(contours: &[Vec<[f64; 3]>]) -> Self {
        Self {
            points: contours.iter().flatten().flatten().copied().collect(),
            lengths: contours.iter().map(|c| c.len() as u32).collect(),
        }
    }

    /// The view that the library takes.
    pub fn view(&self) -> Contours<'_> {
        Contours::from_lengths(&self.points, self.lengths.as_slice()).expect("contours")
    }
}

/// The box that the library announces.
pub fn bounds(
    contours: &Contours,
    frame: &Frame,
    rules: &Rules,
) -> Result<Option<BoundingBox>, Error> {
    contours::bounds(contours, frame, rules, &Watch::silent())
}

/// The cells of a box, from memory that held rubbish.
pub fn fill(
    contours: &Contours,
    frame: &Frame,
    rules: &Rules,
    within: BoundingBox,
) -> Result<(Vec<u8>, Rasterised), Error> {
    let mut cells = vec![0xa5; within.voxels()];
    let mut words = vec![u64::MAX; contours::footprint(frame.shape()).words()];
    let scratch = Arena::new(&mut words);
    let watch = Watch::silent();
    let summary = contours::fill(contours, frame, rules, within, &mut cells, scratch, &watch)?;
    Ok((cells, summary))
}

/// The cells of the whole grid.
pub fn whole(
    contours: &Contours,
    frame: &Frame,
    rules: &Rules,
) -> Result<(Vec<u8>, Rasterised), Error> {
    fill(contours, frame, rules, BoundingBox::whole(frame.shape()))
}

/// The cells of the whole grid by way of the announced box and a region.
pub fn by_box(
    contours: &Contours,
    frame: &Frame,
    rules: &Rules,
) -> Result<(Vec<u8>, Rasterised), Error> {
    let empty = BoundingBox { start: [0; 3], shape: [0; 3] };
    let within = bounds(contours, frame, rules)?.unwrap_or(empty);
    let (cells, summary) = fill(contours, frame, rules, within)?;
    let region = Region::boxed(&cells, within, frame.shape())?;
    Ok((read(&region), summary))
}

/// Every voxel of a region, x fastest.
pub fn read(region: &Region) -> Vec<u8> {
    let [nx, ny, nz] = region.shape();
    let mut out = vec![0xa5; nx * ny * nz];
    for (at, row) in out.chunks_exact_mut(nx).enumerate() {
        region.read_row(0, [at % ny, at / ny], row);
    }
    out
}
