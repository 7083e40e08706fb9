//! Where the intensity mask lies in each row of the region's box, and how high intensities are there.

use super::term::highest;
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};

/// What is known of each row of the region's box.
pub(super) struct Rows<'w> {
    /// First voxel of the mask and the place after its last; both 0 in an empty row.
    spans: &'w mut [[u64; 2]],
    /// The highest intensity between both, in the mask or not; minus infinity in an empty row.
    bounds: &'w mut [f64],
    rows: usize,
    slices: usize,
}

impl<'w> Rows<'w> {
    pub(super) fn footprint([_, ny, nz]: [usize; 3]) -> Footprint {
        let rows = ny.saturating_mul(nz);
        Footprint::of::<[u64; 2]>(rows).all_of(Footprint::of::<f64>(rows))
    }

    pub(super) fn new(
        mask: &Mask,
        intensities: &Intensities,
        watch: &Watch,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let [_, rows, slices] = mask.shape();
        let spans = scratch.take::<[u64; 2]>(rows * slices)?;
        let bounds = scratch.take::<f64>(rows * slices)?;
        let mut pace = Pace::start(watch)?;
        for (at, (span, bound)) in spans.iter_mut().zip(bounds.iter_mut()).enumerate() {
            let (y, z) = (at % rows, at / rows);
            let known = mask.span(y, z);
            pace.spend(known.len())?;
            let row = &mask.row(y, z)[known.clone()];
            let inside = |flags: &u8| flags & Mask::INTENSITY != 0;
            (*span, *bound) = ([0, 0], f64::NEG_INFINITY);
            let ends = (row.iter().position(inside), row.iter().rposition(inside));
            if let (Some(first), Some(last)) = ends {
                let [first, end] = [known.start + first, known.start + last + 1];
                *span = [first as u64, end as u64];
                *bound = highest(&intensities.row(y, z)[first..end]).unwrap_or(f64::NEG_INFINITY);
            }
        }
        Ok(Self { spans, bounds, rows, slices })
    }

    /// The part of a row from the first to the last voxel of the mask, or `None` in an empty row and outside
    /// the box.
    pub(super) fn span(&self, y: usize, z: usize) -> Option<[usize; 2]> {
        if y >= self.rows || z >= self.slices {
            return None;
        }
        let [first, end] = self.spans[z * self.rows + y];
        (first < end).then_some([first as usize, end as usize])
    }

    /// What no finite intensity of the mask in a row exceeds.
    pub(super) fn bound(&self, y: usize, z: usize) -> f64 {
        self.bounds[z * self.rows + y]
    }
}

/// Lowest and highest of some numbers other than NaN, and whether all are whole.
#[derive(Clone, Copy)]
pub(super) struct Extent {
    pub low: f64,
    pub high: f64,
    /// Whether all are whole, if they are within 2^31.
    pub whole: bool,
}

/// Numbers that are looked at together.
const LANES: usize = 8;

/// 1.5 times 2^52: what is added to it has no digits behind the point any more.
pub(super) const POINT: f64 = 6_755_399_441_055_744.0;

impl Extent {
    pub(super) const NONE: Self = Self { low: f64::INFINITY, high: f64::NEG_INFINITY, whole: true };

    pub(super) fn of(numbers: &[f64]) -> Self {
        let mut lanes = Lanes::NONE;
        let (chunks, rest) = numbers.as_chunks();
        for chunk in chunks {
            lanes.add(chunk);
        }
        if let Some(first) = rest.first() {
            let mut last = [*first; LANES];
            last[..rest.len()].copy_from_slice(rest);
            lanes.add(&last);
        }
        Self {
            low: lanes.low.into_iter().fold(f64::INFINITY, f64::min),
            high: lanes.high.into_iter().fold(f64::NEG_INFINITY, f64::max),
            whole: lanes.whole.into_iter().all(|lane| lane != 0),
        }
    }

    pub(super) fn with(self, other: Self) -> Self {
        Self {
            low: self.low.min(other.low),
            high: self.high.max(other.high),
            whole: self.whole && other.whole,
        }
    }
}

/// What is known of every eighth number.
#[derive(Clone, Copy)]
struct Lanes {
    low: [f64; LANES],
    high: [f64; LANES],
    whole: [u64; LANES],
}

impl Lanes {
    const NONE: Self =
        Self { low: [f64::INFINITY; LANES], high: [f64::NEG_INFINITY; LANES], whole: [!0; LANES] };

    #[inline(always)]
    fn add(&mut self, numbers: &[f64; LANES]) {
        for lane in 0..LANES {
            let x = numbers[lane];
            self.low[lane] = if x < self.low[lane] { x } else { self.low[lane] };
            self.high[lane] = if x > self.high[lane] { x } else { self.high[lane] };
            self.whole[lane] &= if (x + POINT) - POINT == x { !0 } else { 0 };
        }
    }
}
