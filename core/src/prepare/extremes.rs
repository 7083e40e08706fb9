//! What is known of the intensities of a region: how many, the extremes, whether they are whole.

use core::ops::Range;

use crate::error::Error;
use crate::host::{Executor, Watch};
use crate::math;
use crate::pace::Pace;
use crate::slabs::{self, Slabs};
use crate::status::Status;
use crate::volume::{Extent, Intensities, Mask, POINT, count};

/// What is known of the intensity mask.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extremes {
    /// Voxels in the intensity mask.
    pub count: u64,
    /// Lowest intensity.
    pub min: f64,
    /// Highest intensity.
    pub max: f64,
    /// Whether every intensity is a whole number.
    pub whole: bool,
}

/// Extremes of the intensity mask, or why the intensity families have no values.
///
/// The inner error is the status of those families: an empty mask or a non-finite intensity.
///
/// # Errors
/// [`Error::Cancelled`].
pub fn extremes<E: Executor>(
    mask: &Mask,
    intensities: &Intensities,
    executor: &E,
    watch: &Watch,
) -> Result<Result<Extremes, Status>, Error> {
    let slices = 0..mask.shape()[2];
    let count = slabs::even(executor.workers(), mask.cells().len());
    let mut all = Slabs::new(slices, count, |_| Seen::default());
    all.run(executor, |slices, seen| {
        *seen = Seen::of(mask, intensities, slices, watch)?;
        Ok(())
    })?;
    Ok(all.into_parts().fold(Seen::default(), Seen::with).extremes())
}

/// What was seen of some voxels.
#[derive(Clone, Copy)]
pub(crate) struct Seen {
    extremes: Extremes,
    finite: bool,
}

impl Default for Seen {
    fn default() -> Self {
        let (min, max) = (f64::INFINITY, f64::NEG_INFINITY);
        Self { extremes: Extremes { count: 0, min, max, whole: true }, finite: true }
    }
}

impl Seen {
    fn of(
        mask: &Mask,
        intensities: &Intensities,
        slices: Range<usize>,
        watch: &Watch,
    ) -> Result<Self, Error> {
        let mut seen = Self::default();
        let mut pace = Pace::start(watch)?;
        for z in slices {
            for y in 0..mask.shape()[1] {
                let span = mask.span(y, z);
                pace.spend(span.len())?;
                seen.look(&mask.row(y, z)[span.clone()], &intensities.row(y, z)[span]);
            }
        }
        Ok(seen)
    }

    /// Both together.
    pub(crate) fn with(self, other: Self) -> Self {
        let (a, b) = (self.extremes, other.extremes);
        let extremes = Extremes {
            count: a.count + b.count,
            min: if b.min < a.min { b.min } else { a.min },
            max: if b.max > a.max { b.max } else { a.max },
            whole: a.whole && b.whole,
        };
        Self { extremes, finite: self.finite && other.finite }
    }

    /// Looks at a row of which the extent of its intensities is known, and whether it is `full`: all have the flag.
    pub(crate) fn look_at_known(
        &mut self,
        flags: &[u8],
        full: bool,
        values: &[f64],
        known: Extent,
    ) {
        let (min, max) = (known.low, known.high);
        if full && known.whole && known.finite {
            let extremes = Extremes { count: values.len() as u64, min, max, whole: true };
            *self = self.with(Self { extremes, finite: true });
        } else {
            self.look(flags, values);
        }
    }

    /// Looks at a row.
    fn look(&mut self, flags: &[u8], values: &[f64]) {
        let inside = |flags: &u8| flags & Mask::INTENSITY != 0;
        // Seen once more instead of what is outside, an intensity of the row changes nothing.
        let Some(first) = flags.iter().position(inside) else { return };
        let own = values[first];
        let mut lanes = Lanes::new(own);
        let (chunks, rest) = values.as_chunks::<WIDTH>();
        let (flag_chunks, rest_flags) = flags.as_chunks::<WIDTH>();
        for (values, flags) in chunks.iter().zip(flag_chunks) {
            if u64::from_ne_bytes(*flags) & ALL == ALL {
                lanes.push(values);
            } else {
                lanes.push_some(values, flags, own);
            }
        }
        lanes.push_some(rest, rest_flags, own);
        let least = |a: f64, b: &f64| if *b < a { *b } else { a };
        let most = |a: f64, b: &f64| if *b > a { *b } else { a };
        let mut row = Self {
            extremes: Extremes {
                count: count(flags, Mask::INTENSITY),
                min: lanes.min.iter().fold(f64::INFINITY, least),
                max: lanes.max.iter().fold(f64::NEG_INFINITY, most),
                whole: true,
            },
            finite: true,
        };
        if lanes.rest.iter().any(|bits| *bits != 0) {
            // Not whole, not finite, or too large for the quick test.
            let inside = || flags.iter().zip(values).filter(|(flags, _)| inside(flags));
            row.extremes.whole = inside().all(|(_, x)| math::floor(*x) == *x);
            row.finite = inside().all(|(_, x)| x.is_finite());
        }
        *self = self.with(row);
    }

    /// Extremes, or why the intensity families have no values.
    pub(crate) fn extremes(self) -> Result<Extremes, Status> {
        match (self.extremes.count, self.finite) {
            (0, _) => Err(Status::EmptyIntensityMask),
            (_, false) => Err(Status::NonFiniteIntensity),
            _ => Ok(self.extremes),
        }
    }
}

/// Voxels that are looked at side by side.
const WIDTH: usize = 8;
/// The flags of as many voxels of the intensity mask.
const ALL: u64 = u64::from_ne_bytes([Mask::INTENSITY; WIDTH]);

/// What was seen of some voxels, in lanes that a compiler turns into vectors.
struct Lanes {
    min: [f64; WIDTH],
    max: [f64; WIDTH],
    /// 0 where all intensities were whole and below 2^51.
    rest: [u64; WIDTH],
}

impl Lanes {
    /// Lanes that have seen one intensity.
    fn new(own: f64) -> Self {
        let mut lanes = Self { min: [own; WIDTH], max: [own; WIDTH], rest: [0; WIDTH] };
        lanes.push(&[own; WIDTH]);
        lanes
    }

    #[inline(always)]
    fn push(&mut self, values: &[f64; WIDTH]) {
        for (lane, x) in values.iter().enumerate() {
            self.min[lane] = if *x < self.min[lane] { *x } else { self.min[lane] };
            self.max[lane] = if *x > self.max[lane] { *x } else { self.max[lane] };
            // Without its sign: a difference of 0 may have either.
            self.rest[lane] |= ((*x + POINT) - POINT - *x).to_bits() << 1;
        }
    }

    /// Pushes what is inside, and `own` for the others.
    fn push_some(&mut self, values: &[f64], flags: &[u8], own: f64) {
        let mut some = [own; WIDTH];
        for ((some, x), flags) in some.iter_mut().zip(values).zip(flags) {
            *some = if flags & Mask::INTENSITY != 0 { *x } else { own };
        }
        self.push(&some);
    }
}
