//! Slices in order, and what is wrong with their places.

use super::Series;
use crate::dicom::header::{Header, cross};
use crate::dicom::problem::Problem;
use crate::grids::TOLERANCE_VOXELS;
use crate::place;

/// Slices nearer than this lie at one place.
pub(super) const SAME_PLACE_MM: f64 = 1e-3;

/// Where slices lie along the normal, in mm.
pub(super) fn places(files: &[Header], slices: &[[usize; 2]]) -> Vec<f64> {
    let Some(&[f, n]) = slices.first() else { return Vec::new() };
    let normal = cross(files[f].frames[n].axes);
    let along = |[f, n]: &[usize; 2]| {
        files[*f].frames[*n].position.iter().zip(normal).map(|(p, d)| p * d).sum()
    };
    slices.iter().map(along).collect()
}

/// Puts the slices of one kind in order.
pub(super) fn stack(files: &[Header], slices: Vec<[usize; 2]>) -> Series {
    let places = places(files, &slices);
    let mut order: Vec<(f64, [usize; 2])> = places.into_iter().zip(slices).collect();
    // Equal places in the order of their instance: not that of their names.
    order.sort_by(|(p, [f, n]), (q, [g, m])| {
        p.total_cmp(q).then_with(|| files[*f].instance.cmp(&files[*g].instance)).then(n.cmp(m))
    });
    let heights: Vec<f64> = order.iter().map(|(p, _)| *p).collect();
    let slices: Vec<[usize; 2]> = order.into_iter().map(|(_, s)| s).collect();
    let mut problems = Vec::new();
    let first = &files[slices[0][0]].frames[slices[0][1]];
    let step = match heights.as_slice() {
        [_] => match first.thickness {
            Some(thickness_mm) => {
                problems.push(Problem::OneSlice { thickness_mm });
                thickness_mm
            }
            None => {
                problems.push(Problem::NoThickness);
                1.0
            }
        },
        _ => spacing(&heights, &mut problems),
    };
    let normal = cross(first.axes);
    if let Some(mm) = shift(files, &slices, normal) {
        problems.push(Problem::Shifted { mm });
    }
    if slices.iter().any(|[f, _]| files[*f].lossy) {
        problems.push(Problem::Lossy);
    }
    let axes = [first.axes[0], first.axes[1], normal].map(place::from_dicom);
    let spacing = [first.spacing[0], first.spacing[1], step];
    let geometry = place::rounded(axes, spacing, place::from_dicom(first.position));
    let format = files[slices[0][0]].format;
    let shape = [format.columns, format.rows, slices.len()];
    // Each volume keeps the files it is made of.
    let mut used: Vec<usize> = slices.iter().map(|[f, _]| *f).collect();
    used.sort_unstable();
    used.dedup();
    let slices =
        slices.into_iter().map(|[f, n]| [used.binary_search(&f).unwrap_or_default(), n]).collect();
    let files = used.into_iter().map(|f| files[f].clone()).collect();
    Series { files, slices, shape, geometry, problems, part: 1 }
}

/// The distance of slices, at rising places, and what is wrong with it.
fn spacing(heights: &[f64], problems: &mut Vec<Problem>) -> f64 {
    let gaps: Vec<f64> = heights.windows(2).map(|w| w[1] - w[0]).collect();
    let same: Vec<usize> = (0..gaps.len()).filter(|i| gaps[*i] < SAME_PLACE_MM).collect();
    if let Some(at) = same.first() {
        problems.push(Problem::SamePlace { places: same.len(), first_mm: heights[*at] });
    }
    let apart: Vec<f64> = gaps.iter().copied().filter(|g| *g >= SAME_PLACE_MM).collect();
    if apart.is_empty() {
        return 1.0;
    }
    let (first, last) = (heights[0], heights[heights.len() - 1]);
    let mean = (last - first) / apart.len() as f64;
    let regular = |step: f64| {
        heights.iter().all(|h| {
            let k = (h - first) / step;
            (k - k.round()).abs() <= TOLERANCE_VOXELS
        })
    };
    let longest = apart.iter().copied().fold(0.0, f64::max);
    let shortest = apart.iter().copied().fold(f64::INFINITY, f64::min);
    if regular(mean) && longest < 1.5 * mean {
        return mean;
    }
    // The usual distance, by which a regular series with missing slices is still regular.
    let mut sorted = apart.clone();
    sorted.sort_by(f64::total_cmp);
    let usual = sorted[(sorted.len() - 1) / 2];
    let whole: f64 = apart.iter().map(|g| (g / usual).round()).sum();
    let step = (last - first) / whole.max(1.0);
    if shortest > 0.75 * usual && regular(step) {
        let lacking = |g: &f64| ((g / step).round() as usize).saturating_sub(1);
        let at = gaps.iter().position(|g| lacking(g) > 0).unwrap_or(0);
        problems.push(Problem::MissingSlices {
            count: gaps.iter().map(lacking).sum(),
            first_mm: heights[at] + step,
            spacing_mm: step,
        });
        return step;
    }
    problems.push(Problem::UnequalSpacing { smallest_mm: shortest, largest_mm: longest });
    mean
}

/// How far slices lie beside the normal through the first, where that is more than the tolerance.
fn shift(files: &[Header], slices: &[[usize; 2]], normal: [f64; 3]) -> Option<f64> {
    let frame = |[f, n]: [usize; 2]| &files[f].frames[n];
    let first = frame(slices[0]);
    let aside = |slice: &[usize; 2]| {
        let position = frame(*slice).position;
        let apart: [f64; 3] = std::array::from_fn(|r| position[r] - first.position[r]);
        let along: f64 = apart.iter().zip(normal).map(|(x, n)| x * n).sum();
        let square: f64 = apart.iter().zip(normal).map(|(x, n)| (x - along * n).powi(2)).sum();
        square.sqrt()
    };
    let most = slices.iter().map(aside).fold(0.0, f64::max);
    let pixel = first.spacing[0].min(first.spacing[1]);
    (most > TOLERANCE_VOXELS * pixel).then_some(most)
}
