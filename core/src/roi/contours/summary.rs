//! What became of the contours.

use super::frame::Frame;
use crate::math;

/// What became of the contours. Counts of contours and slices are about the whole grid, whatever the box.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rasterised {
    /// Voxels inside, in the box.
    pub voxels: u64,
    /// Contours that count for a slice.
    pub contours_used: usize,
    /// Contours off the grid along z.
    pub contours_outside: usize,
    /// Contours on the grid that the slice rule left out: too far from any slice, or nearest to none.
    pub contours_between: usize,
    /// Contours of fewer than three points or without extent along x or y.
    pub contours_degenerate: usize,
    /// Contours among the used ones that reach beyond the pixels of the grid along x or y, and were cut there.
    pub contours_clipped: usize,
    /// Slices that have contours.
    pub slices_used: usize,
    /// Slices without contours between the first and the last that have some: nothing is interpolated.
    pub slices_missing: usize,
    /// Slices that have contours of several planes. Under the even-odd rule these exclude each other, so that
    /// rings appear: the contours were drawn on slices that lie closer than these.
    pub slices_shared: usize,
    /// The largest distance of a used contour from its slice in mm.
    pub largest_distance: f64,
}

/// Planes of one slice further apart than this fraction of the distance between slices are different planes.
const DIFFERENT: f64 = 0.01;

/// The lowest and the highest plane whose contours each slice of the grid has.
pub(super) struct Planes<'w>(&'w mut [[f64; 2]]);

impl<'w> Planes<'w> {
    /// No contour yet: the lowest plane lies above the highest.
    const NONE: [f64; 2] = [f64::INFINITY, f64::NEG_INFINITY];

    /// Slices without contours.
    pub(super) fn none(planes: &'w mut [[f64; 2]]) -> Self {
        planes.fill(Self::NONE);
        Self(planes)
    }

    /// Adds a plane to those of a slice.
    pub(super) fn add(&mut self, slice: usize, plane: f64) {
        let [low, high] = self.0[slice];
        self.0[slice] = [low.min(plane), high.max(plane)];
    }

    /// Keeps a plane for a slice if it is nearer than the one that the slice has, or as near and lower.
    pub(super) fn offer(&mut self, slice: usize, position: f64, plane: f64) {
        let held = self.0[slice];
        let (new, old) = (math::abs(plane - position), math::abs(held[0] - position));
        if held == Self::NONE || new < old || (new == old && plane < held[0]) {
            self.0[slice] = [plane; 2];
        }
    }

    /// How far a plane is from the lowest of a slice.
    pub(super) fn distance(&self, slice: usize, plane: f64) -> f64 {
        math::abs(plane - self.0[slice][0])
    }

    /// Counts the slices by their planes.
    pub(super) fn count(&self, frame: &Frame, summary: &mut Rasterised) {
        let mut last = None;
        for (slice, planes) in self.0.iter().enumerate().filter(|(_, p)| **p != Self::NONE) {
            summary.slices_used += 1;
            summary.slices_missing += last.map_or(0, |last| slice - last - 1);
            last = Some(slice);
            let different = DIFFERENT * frame.finest_gap(frame.position(slice));
            summary.slices_shared += usize::from(planes[1] - planes[0] > different);
        }
    }
}
