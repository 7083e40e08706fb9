//! The contours as a program holds them.

use crate::error::Error;
use crate::roi::Numbers;

/// Borrowed closed contours: points x, y, z in mm of the patient, one after the other, and where each contour
/// lies in them.
#[derive(Clone, Copy, Debug)]
pub struct Contours<'a> {
    points: &'a [f64],
    split: Split<'a>,
}

#[derive(Clone, Copy, Debug)]
enum Split<'a> {
    /// Points of each contour.
    Lengths(Numbers<'a>),
    /// First point of each contour, and one past the last point of the last.
    Offsets(Numbers<'a>),
}

impl<'a> Contours<'a> {
    /// Contours that follow one another; `lengths` counts the points of each.
    ///
    /// # Errors
    /// When the points are not threes of numbers, or the lengths do not add up to them.
    pub fn from_lengths(points: &'a [f64], lengths: impl Into<Numbers<'a>>) -> Result<Self, Error> {
        let lengths = lengths.into();
        let mut left = count(points)?;
        for at in 0..lengths.len() {
            let length = lengths.whole(at).and_then(|n| usize::try_from(n).ok());
            left = length.and_then(|n| left.checked_sub(n)).ok_or_else(|| {
                let expected = "a number of points that are there";
                Error::invalid_at("contours.lengths", at, lengths.detail(at), expected)
            })?;
        }
        if left > 0 {
            return Err(Error::invalid(
                "contours.points",
                left,
                "no points after the last contour",
            ));
        }
        Ok(Self { points, split: Split::Lengths(lengths) })
    }

    /// Contours between offsets: contour `i` is the points `offsets[i]..offsets[i + 1]`, so that there is one
    /// offset more than contours. Offsets count points, not numbers.
    ///
    /// # Errors
    /// When the points are not threes of numbers, or the offsets fall or leave them.
    pub fn from_offsets(points: &'a [f64], offsets: impl Into<Numbers<'a>>) -> Result<Self, Error> {
        let offsets = offsets.into();
        let (points_given, mut last) = (count(points)?, 0);
        for at in 0..offsets.len() {
            let offset = offsets.whole(at).and_then(|n| usize::try_from(n).ok());
            last = offset.filter(|n| (last..=points_given).contains(n)).ok_or_else(|| {
                let expected = "offsets that rise up to the number of points";
                Error::invalid_at("contours.offsets", at, offsets.detail(at), expected)
            })?;
        }
        Ok(Self { points, split: Split::Offsets(offsets) })
    }

    /// How many contours there are.
    pub const fn len(&self) -> usize {
        match &self.split {
            Split::Lengths(lengths) => lengths.len(),
            Split::Offsets(offsets) => offsets.len().saturating_sub(1),
        }
    }

    /// Whether there are none.
    pub const fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The contours in their order.
    pub(super) fn iter(&self) -> impl Iterator<Item = Contour<'a>> {
        let (points, split) = (self.points, self.split);
        let mut next = 0;
        (0..self.len()).map(move |index| {
            // Checked when the contours were made.
            let whole = |numbers: Numbers, at| numbers.whole(at).unwrap_or(0) as usize;
            let (first, end) = match split {
                Split::Lengths(lengths) => (next, next + whole(lengths, index)),
                Split::Offsets(offsets) => (whole(offsets, index), whole(offsets, index + 1)),
            };
            next = end;
            Contour { index, first, points: &points[3 * first..3 * end] }
        })
    }
}

fn count(points: &[f64]) -> Result<usize, Error> {
    if points.len().is_multiple_of(3) {
        Ok(points.len() / 3)
    } else {
        Err(Error::invalid("contours.points", points.len(), "threes of x, y, z"))
    }
}

/// One contour.
pub(super) struct Contour<'a> {
    /// Its number, from 0.
    pub index: usize,
    /// Its first point among all points.
    pub first: usize,
    points: &'a [f64],
}

impl Contour<'_> {
    pub(super) const fn len(&self) -> usize {
        self.points.len() / 3
    }

    /// Its points in their order.
    pub(super) fn points(&self) -> impl Iterator<Item = [f64; 3]> {
        self.points.chunks_exact(3).map(|p| [p[0], p[1], p[2]])
    }
}
