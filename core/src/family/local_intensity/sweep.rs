//! Sums over the sphere around every voxel, slice by slice.
//!
//! A slice of the image contributes a disc to the spheres around voxels up to the reach above and below it, and
//! the disc is the same above and below. A disc is made of rows of a few different widths, and the
//! sums over rows of all widths come from the next narrower ones by two additions. So a voxel costs about
//! one addition for each row of half the sphere, and nothing is ever subtracted.

use core::ops::{Add, AddAssign, Range};

use bytemuck::Pod;

use super::rows::Spans;
use super::sphere::Sphere;
use crate::error::Error;
use crate::host::Watch;
use crate::volume::Intensities;
use crate::workspace::{Arena, Footprint};

/// Rows between two questions to the host.
const CHECK: usize = 16;

/// The first slice of the image that any sphere touches, and the one after the last.
pub(super) fn slices(intensities: &Intensities, sphere: &Sphere) -> [usize; 2] {
    let (start, depth) = (intensities.region_start()[2], intensities.region_shape()[2]);
    let reach = sphere.reach[2];
    [start.saturating_sub(reach), (start + depth).saturating_add(reach).min(intensities.shape()[2])]
}

/// A term of the sums: whole numbers where they cannot overflow, which take half the memory and give the same.
pub(super) trait Term: Pod + Into<f64> + Add<Output = Self> + AddAssign {}

impl Term for f64 {}
impl Term for i32 {}

pub(super) struct Sweep<'w, T> {
    /// Extent of the region's box.
    shape: [usize; 3],
    /// Slices of sums that are held.
    held: usize,
    /// Widths of rows.
    each: usize,
    /// Sums over the part of the sphere seen so far: `held` slices of the region's box.
    totals: &'w mut [T],
    /// Sums over rows of one slice: for each image row near the region, all widths from 1 up.
    widths: &'w mut [T],
    /// One row of the image with zeros at both ends.
    line: &'w mut [T],
    /// One row of a disc.
    disc: &'w mut [T],
}

fn held(depth: usize, reach: [usize; 3]) -> usize {
    depth.min(reach[2].saturating_mul(2).saturating_add(1))
}

/// Image rows near a box of `rows` rows.
fn near(rows: usize, reach: [usize; 3]) -> usize {
    reach[1].saturating_mul(2).saturating_add(rows)
}

fn line(width: usize, reach: [usize; 3]) -> usize {
    reach[0].saturating_mul(2).saturating_add(width)
}

/// What [`Sweep::new`] takes, whatever the terms.
pub(super) fn footprint(shape: [usize; 3], reach: [usize; 3]) -> Footprint {
    let lengths = Sweep::<f64>::lengths(shape, reach);
    lengths.iter().fold(Footprint::NONE, |f, n| f.all_of(Footprint::of::<f64>(*n)))
}

impl<'w, T: Term> Sweep<'w, T> {
    fn lengths([nx, ny, nz]: [usize; 3], reach: [usize; 3]) -> [usize; 4] {
        let widths = reach[0].saturating_add(1);
        [
            held(nz, reach).saturating_mul(ny).saturating_mul(nx),
            near(ny, reach).saturating_mul(widths).saturating_mul(nx),
            line(nx, reach),
            nx,
        ]
    }

    pub(super) fn new(
        shape: [usize; 3],
        reach: [usize; 3],
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let [totals, widths, line, disc] = Self::lengths(shape, reach);
        Ok(Self {
            shape,
            held: held(shape[2], reach),
            each: reach[0] + 1,
            totals: scratch.take_zeroed(totals)?,
            widths: scratch.take(widths)?,
            line: scratch.take(line)?,
            disc: scratch.take(disc)?,
        })
    }

    fn start(&self, y: usize, z: usize) -> usize {
        (z % self.held * self.shape[1] + y) * self.shape[0]
    }

    /// The sums around the voxels of a row of the region's box.
    pub(super) fn row(&self, y: usize, z: usize) -> &[T] {
        let start = self.start(y, z);
        &self.totals[start..start + self.shape[0]]
    }

    /// The slices of the region's box whose sums are complete once slice `z` of the image is in.
    pub(super) fn finished(
        &self,
        z: usize,
        last: bool,
        intensities: &Intensities,
        sphere: &Sphere,
    ) -> Range<usize> {
        let (start, reach) = (intensities.region_start()[2], sphere.reach[2]);
        let [first, _] = slices(intensities, sphere);
        let complete = |z: usize| (z + 1).saturating_sub(start + reach).min(self.shape[2]);
        let from = if z == first { 0 } else { complete(z - 1) };
        from..if last { self.shape[2] } else { complete(z) }
    }

    /// Adds what slice `z` of the image contributes; slices come in order. `read` turns intensities into terms.
    pub(super) fn add_slice(
        &mut self,
        intensities: &Intensities,
        z: usize,
        sphere: &Sphere,
        spans: &Spans,
        watch: &Watch,
        read: impl Fn(f64) -> T,
    ) -> Result<(), Error> {
        let [x0, y0, z0] = intensities.region_start();
        let [width, height, depth] = self.shape;
        let [rx, ry, rz] = sphere.reach;
        // The slice that this one is the first of the sphere for takes the place of the oldest.
        if let Some(new) = (z + rz).checked_sub(z0).filter(|new| *new < depth) {
            let start = self.start(0, new);
            self.totals[start..start + width * height].fill(T::zeroed());
        }
        let rows = y0.saturating_sub(ry)..(y0 + height + ry).min(intensities.shape()[1]);
        let first_row = rows.start;
        for y in rows.clone() {
            let row = intensities.image_row(y, z);
            self.fill_widths(y - first_row, row, x0, rx, &read);
        }
        for y in 0..height {
            if y % CHECK == 0 {
                watch.check()?;
            }
            for dz in 0..=rz {
                let above = (z + dz).checked_sub(z0).filter(|t| *t < depth);
                let below = match dz {
                    0 => None,
                    _ => z.checked_sub(z0 + dz).filter(|t| *t < depth),
                };
                let targets = [above, below].map(|t| Some((t?, spans.row(y, t?)?)));
                let Some(span) = union(targets.map(|t| t.map(|(_, span)| span))) else {
                    continue;
                };
                self.sum_disc(y + y0, sphere.disc(dz), span, &rows);
                for (target, [from, to]) in targets.into_iter().flatten() {
                    let start = self.start(y, target);
                    let totals = &mut self.totals[start + from..start + to];
                    for (total, part) in totals.iter_mut().zip(&self.disc[from..to]) {
                        *total += *part;
                    }
                }
            }
        }
        Ok(())
    }

    /// Sums over 1, 3, 5, ... voxels around the places of one row.
    fn fill_widths(
        &mut self,
        at: usize,
        row: &[f64],
        x0: usize,
        reach: usize,
        read: impl Fn(f64) -> T,
    ) {
        let width = self.shape[0];
        // Place i of the line is place x0 + i - reach of the row.
        let from = x0.saturating_sub(reach);
        let to = (x0 + width + reach).min(row.len());
        let offset = reach - (x0 - from);
        self.line.fill(T::zeroed());
        for (out, x) in self.line[offset..].iter_mut().zip(&row[from..to]) {
            *out = read(*x);
        }
        let start = at * (reach + 1) * width;
        let widths = &mut self.widths[start..start + (reach + 1) * width];
        let (first, wider) = widths.split_at_mut(width);
        first.copy_from_slice(&self.line[reach..reach + width]);
        let mut narrow: &[T] = first;
        for (half, out) in (1..).zip(wider.chunks_exact_mut(width)) {
            let left = &self.line[reach - half..][..width];
            let right = &self.line[reach + half..][..width];
            for (((out, sum), a), b) in out.iter_mut().zip(narrow).zip(left).zip(right) {
                *out = *sum + (*a + *b);
            }
            narrow = out;
        }
    }

    /// Sums a disc, given by its half widths, around the places `from..to` of row `y` of the image.
    fn sum_disc(&mut self, y: usize, disc: &[u64], span: [usize; 2], rows: &Range<usize>) {
        let [from, to] = span;
        let width = self.shape[0];
        let (all, sums) = (&*self.widths, &mut self.disc[from..to]);
        let part = |row: usize, half: u64| {
            rows.contains(&row).then(|| {
                let start = ((row - rows.start) * self.each + half as usize) * width;
                &all[start + from..start + to]
            })
        };
        sums.fill(T::zeroed());
        for (dy, half) in disc.iter().enumerate() {
            let above = part(y + dy, *half);
            let below = match dy {
                0 => None,
                _ => y.checked_sub(dy).and_then(|row| part(row, *half)),
            };
            match (above, below) {
                (Some(a), Some(b)) => {
                    for (sum, (a, b)) in sums.iter_mut().zip(a.iter().zip(b)) {
                        *sum += *a + *b;
                    }
                }
                (Some(one), None) | (None, Some(one)) => {
                    for (sum, a) in sums.iter_mut().zip(one) {
                        *sum += *a;
                    }
                }
                (None, None) => {}
            }
        }
    }
}

fn union(spans: [Option<[usize; 2]>; 2]) -> Option<[usize; 2]> {
    match spans {
        [Some(a), Some(b)] => Some([a[0].min(b[0]), a[1].max(b[1])]),
        [one, other] => one.or(other),
    }
}
