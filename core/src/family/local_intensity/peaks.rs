//! The highest means, row by row.

use super::FEATURES;
use super::counts::Counts;
use super::rows::{Bounds, Rows};
use super::sphere::Sphere;
use super::sweep::Sweep;
use super::term::{Term, highest};
use crate::error::Error;
use crate::pace::Pace;
use crate::volume::{Intensities, Mask};

/// The means of spheres, looked at in the order of rows.
pub(super) struct Peaks<'a> {
    pub mask: &'a Mask<'a>,
    pub intensities: &'a Intensities<'a>,
    pub rows: &'a Rows<'a>,
    pub bounds: Bounds<'a>,
    /// The highest intensity of the mask.
    pub highest: f64,
    /// What was taken off every intensity.
    pub base: f64,
    /// The local and the global peak so far.
    pub peaks: [f64; FEATURES],
    /// For each row what no mean exceeds there that could be the local and the global peak, where that is wanted.
    pub means: Option<&'a mut [[f64; FEATURES]]>,
}

impl Peaks<'_> {
    /// A slice of the image that has just been read.
    pub(super) fn read(&mut self, z: usize, pace: &mut Pace) -> Result<(), Error> {
        // Before the box a place wraps round and is in no row.
        let z = z.wrapping_sub(self.intensities.region_start()[2]);
        self.bounds.look_at_slice(self.intensities, self.rows, z, pace)
    }

    /// A row whose spheres lack only what lies beyond the image.
    pub(super) fn look<T: Term>(
        &mut self,
        [y, z]: [usize; 2],
        sums: &Sweep<T>,
        counts: &mut Counts,
        sphere: &Sphere,
    ) {
        let Some([from, to]) = self.rows.span(y, z) else { return };
        counts.go_to(y, z, sphere);
        let sums = sums.row(y, z);
        let base = self.base;
        let mean = |x: usize| mean(sums[x].into(), counts.at(x) as f64, base);
        let [inner, outer] = counts.inner(sums.len());
        let [inner, outer] = [inner.clamp(from, to), outer.clamp(from, to)];
        self.look_at(from..inner, [y, z], mean);
        // A sum that is not higher has no higher mean. Most rows hold none.
        let mut most = f64::NEG_INFINITY;
        if inner < outer {
            let bound = highest(&sums[inner..outer]).map_or(0.0, Into::into);
            most = self::mean(bound, counts.at(inner) as f64, base);
            if most > self.peaks[1] {
                self.look_at(inner..outer, [y, z], mean);
            }
        }
        self.look_at(outer..to, [y, z], mean);
        let local = self.look_at_highest([y, z], mean);
        if let Some(means) = &mut self.means {
            let [_, rows, _] = self.mask.shape();
            let global = (from..inner).chain(outer..to).map(mean).fold(most, f64::max);
            means[z * rows + y] = [local, global];
        }
    }

    /// A row whose spheres lack voxels anywhere.
    pub(super) fn look_at_counted<T: Term>(
        &mut self,
        [y, z]: [usize; 2],
        sums: &Sweep<T>,
        counts: &Sweep<T>,
    ) {
        let Some([from, to]) = self.rows.span(y, z) else { return };
        let (sums, counts, base) = (sums.row(y, z), counts.row(y, z), self.base);
        let mean = |x: usize| mean(sums[x].into(), counts[x].into(), base);
        self.look_at(from..to, [y, z], mean);
        self.look_at_highest([y, z], mean);
    }

    fn look_at(
        &mut self,
        places: core::ops::Range<usize>,
        [y, z]: [usize; 2],
        mean: impl Fn(usize) -> f64,
    ) {
        let flags = self.mask.row(y, z);
        for x in places {
            if flags[x] & Mask::INTENSITY != 0 {
                self.peaks[1] = self.peaks[1].max(mean(x));
            }
        }
    }

    /// Looks at the voxels with the highest intensity; returns the highest mean of those in the row.
    fn look_at_highest(&mut self, [y, z]: [usize; 2], mean: impl Fn(usize) -> f64) -> f64 {
        let mut most = f64::NEG_INFINITY;
        if self.bounds.of(y, z) < self.highest {
            return most;
        }
        let (flags, values) = (self.mask.row(y, z), self.intensities.row(y, z));
        for (x, (flags, value)) in flags.iter().zip(values).enumerate() {
            if *value == self.highest && flags & Mask::INTENSITY != 0 {
                most = most.max(mean(x));
            }
        }
        self.peaks[0] = self.peaks[0].max(most);
        most
    }
}

/// Exact but for the division where intensities are whole.
fn mean(sum: f64, count: f64, base: f64) -> f64 {
    (sum + count * base) / count
}
