//! Descriptions of the image, the masks and the grid after each step: the `diagnostics` rows of the
//! IBSI reference tables.
//!
//! These are the values to compare first when two programs disagree.

use crate::prepare::source::Summary;
use crate::status::{Status, Value};

/// Number of diagnostics: two images of 9, three regions of 14.
pub(super) const COUNT: usize = 60;
const IMAGE: usize = 9;
const REGION: usize = 14;

/// The image at one step.
#[derive(Clone, Copy, Debug)]
pub(super) enum ImageStep {
    Initial = 0,
    Interpolated = 1,
}

/// The region at one step.
#[derive(Clone, Copy, Debug)]
pub(super) enum RegionStep {
    Initial = 0,
    Interpolated = 1,
    Resegmented = 2,
}

/// What is described of a region.
#[derive(Clone, Copy, Debug)]
pub(super) struct RegionFacts {
    /// Extent of the grid.
    pub grid: [usize; 3],
    /// Extent of the box around the intensity mask; 0 when it is empty.
    pub intensity_box: [usize; 3],
    /// Extent of the box around the morphological mask; 0 when it is empty.
    pub morphological_box: [usize; 3],
    /// Voxels of the morphological mask.
    pub morphological_count: u64,
    /// Intensities of the intensity mask.
    pub intensities: Summary,
}

fn count(n: usize) -> Value {
    Value::ok(n as f64)
}

fn moments(summary: &Summary) -> [Value; 3] {
    match summary.problem() {
        Some(Status::EmptyRegion) => [Value::undefined(Status::EmptyIntensityMask); 3],
        Some(status) => [Value::undefined(status); 3],
        None => [summary.mean, summary.min, summary.max].map(Value::ok),
    }
}

/// Writes the nine values of an image: extent, spacing, mean, minimum, maximum.
pub(super) fn image(
    out: &mut [Value; COUNT],
    step: ImageStep,
    shape: [usize; 3],
    spacing: [f64; 3],
    summary: &Summary,
) {
    let out = &mut out[IMAGE * step as usize..][..IMAGE];
    out[..3].copy_from_slice(&shape.map(count));
    out[3..6].copy_from_slice(&spacing.map(Value::ok));
    out[6..].copy_from_slice(&moments(summary));
}

/// Writes the fourteen values of a region: extents of the grid and of both boxes, both voxel counts,
/// mean, minimum and maximum.
pub(super) fn region(out: &mut [Value; COUNT], step: RegionStep, facts: &RegionFacts) {
    let out = &mut out[2 * IMAGE + REGION * step as usize..][..REGION];
    out[..3].copy_from_slice(&facts.grid.map(count));
    out[3..6].copy_from_slice(&facts.intensity_box.map(count));
    out[6..9].copy_from_slice(&facts.morphological_box.map(count));
    out[9] = Value::ok(facts.intensities.count as f64);
    out[10] = Value::ok(facts.morphological_count as f64);
    out[11..].copy_from_slice(&moments(&facts.intensities));
}
