//! Sums over the sphere around every voxel, two slices of the image at a time.
//!
//! A slice contributes a disc to the spheres around voxels up to the reach above and below it, and the disc is the same
//! above and below. All discs around the voxels of a run of places come from one recipe, [`Rings`], and are
//! added to the totals of all slices that see them. Nothing is ever subtracted.
//!
//! Rows follow each other with the reach between them on both sides, so that the neighbours of a place are a constant
//! number of places away, and a run may go on from one row to the next.

use core::ops::Range;

use super::rings::{Rings, TERMS};
use super::rows::Rows;
use super::term::{LANES, Term, add, add_totals, padded, widen, widen_more};
use crate::error::Error;
use crate::pace::Pace;
use crate::volume::Intensities;
use crate::workspace::{Arena, Footprint};

/// Slices that are added together, which saves half the reading and writing of totals.
const GROUP: usize = 2;

/// The most places of a run: what it takes stays in the nearest cache.
const RUN: usize = 512;

/// Places between two runs, besides the reach, that cost as much as starting another run.
const GAP: usize = 48;

/// The first slice of the image that any sphere touches, and the one after the last.
pub(super) fn slices(intensities: &Intensities, reach: [usize; 3]) -> Range<usize> {
    let (start, depth) = (intensities.region_start()[2], intensities.region_shape()[2]);
    let last = start.saturating_add(depth).saturating_add(reach[2]);
    start.saturating_sub(reach[2])..last.min(intensities.shape()[2])
}

pub(super) struct Sweep<'w, T: Term> {
    /// Extent of the region's box.
    shape: [usize; 3],
    reach: [usize; 3],
    /// Slices of totals that are held.
    held: usize,
    /// From one row to the next.
    pitch: usize,
    /// Sums over the part of the sphere seen so far.
    totals: &'w mut [T::Sum],
    /// How many slices of totals have been started.
    started: usize,
    /// The slices of a group: the rows of the region's box and the reach around them, zeros beyond the image.
    slices: &'w mut [T],
    /// Pairs and columns around a run.
    sources: &'w mut [T],
    /// A part of a ring around a run.
    ring: &'w mut [T],
    /// The discs of each slice of a group around a run.
    discs: &'w mut [T::Sum],
}

/// How many numbers each part takes.
struct Lengths {
    held: usize,
    pitch: usize,
    /// Of the places of a run.
    run: usize,
    totals: usize,
    slice: usize,
    sources: usize,
    discs: usize,
}

impl Lengths {
    fn new([nx, ny, nz]: [usize; 3], [rx, ry, rz]: [usize; 3]) -> Self {
        let held = nz.min(rz.saturating_mul(2).saturating_add(GROUP));
        let pitch = rx.saturating_mul(2).saturating_add(nx);
        let plane = pitch.saturating_mul(ny);
        let run = padded(plane.min(RUN));
        let rows = ry.saturating_mul(2).saturating_add(ny);
        let sources = rx.saturating_add(ry).saturating_add(2);
        Self {
            held,
            pitch,
            run,
            totals: held.saturating_mul(plane),
            // The last run is read beyond its end.
            slice: rows.saturating_mul(pitch).saturating_add(2 * LANES),
            sources: sources.saturating_mul(Self::around(run, rx)),
            discs: rz.saturating_add(1).saturating_mul(run).saturating_mul(GROUP),
        }
    }

    /// Places of a run and around it.
    fn around(run: usize, rx: usize) -> usize {
        padded(rx.saturating_mul(2).saturating_add(run))
    }
}

/// What [`Sweep::new`] takes, whatever the terms.
pub(super) fn footprint(shape: [usize; 3], reach: [usize; 3]) -> Footprint {
    let Lengths { run, totals, slice, sources, discs, .. } = Lengths::new(shape, reach);
    let of = Footprint::of::<f64>;
    of(totals)
        .all_of(of(slice.saturating_mul(GROUP)))
        .all_of(of(sources))
        .all_of(of(run))
        .all_of(of(discs))
}

impl<'w, T: Term> Sweep<'w, T> {
    pub(super) fn new(
        shape: [usize; 3],
        reach: [usize; 3],
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let Lengths { held, pitch, run, totals, slice, sources, discs } =
            Lengths::new(shape, reach);
        Ok(Self {
            shape,
            reach,
            held,
            pitch,
            totals: scratch.take_zeroed(totals)?,
            started: 0,
            slices: scratch.take_zeroed(slice.saturating_mul(GROUP))?,
            sources: scratch.take(sources)?,
            ring: scratch.take(run)?,
            discs: scratch.take(discs)?,
        })
    }

    /// The sums around the voxels of a row of the region's box.
    pub(super) fn row(&self, y: usize, z: usize) -> &[T::Sum] {
        let start = (z % self.held * self.shape[1] + y) * self.pitch;
        &self.totals[start..start + self.shape[0]]
    }

    /// Adds what the slices from `z` on contribute, as many as belong together, and says which slice of the image is the next
    /// and up to which slice of the region's box sums are complete. Slices come in order. `read` turns intensities into terms.
    #[inline(never)]
    pub(super) fn add_slices(
        &mut self,
        intensities: &Intensities,
        z: usize,
        rings: &Rings,
        rows: &Rows,
        pace: &mut Pace,
        read: impl Fn(f64) -> T,
    ) -> Result<[usize; 2], Error> {
        let (z0, [_, height, depth], rz) =
            (intensities.region_start()[2], self.shape, self.reach[2]);
        let end = (z + GROUP).min(slices(intensities, self.reach).end);
        let targets =
            (z.saturating_sub(z0 + rz)).min(depth)..(end + rz).saturating_sub(z0).min(depth);
        // A slice takes the place of one that is complete.
        let plane = height * self.pitch;
        for new in self.started..targets.end {
            let start = new % self.held * plane;
            self.totals[start..start + plane].fill(bytemuck::Zeroable::zeroed());
        }
        self.started = self.started.max(targets.end);
        let span = |y: usize| {
            let spans = targets.clone().filter_map(|t| rows.span(y, t));
            spans.reduce(|a, b| [a[0].min(b[0]), a[1].max(b[1])])
        };
        let spans = || (0..height).filter_map(|y| Some((y, span(y)?)));
        let complete = match end == slices(intensities, self.reach).end {
            true => depth,
            false => end.saturating_sub(z0 + rz).min(depth),
        };
        let Some(frame) = frame(spans()) else { return Ok([end, complete]) };
        for (slice, z) in (z..end).enumerate() {
            self.fill_slice(slice, z, frame, intensities, &read);
        }
        let mut run: Option<Range<usize>> = None;
        for (y, [from, to]) in spans() {
            let next = y * self.pitch + from..y * self.pitch + to;
            run = match run {
                Some(run) if next.start - run.end <= GAP + 2 * self.reach[0] => {
                    Some(run.start..next.end)
                }
                Some(run) => {
                    self.add_run(run, z..end, z0, targets.clone(), rings, pace)?;
                    Some(next)
                }
                None => Some(next),
            };
        }
        if let Some(run) = run {
            self.add_run(run, z..end, z0, targets, rings, pace)?;
        }
        Ok([end, complete])
    }

    /// Reads what the spheres around the places of a frame, x and y from and to, see of slice `z` of the image.
    fn fill_slice(
        &mut self,
        slice: usize,
        z: usize,
        [[from, to], [top, bottom]]: [[usize; 2]; 2],
        intensities: &Intensities,
        read: impl Fn(f64) -> T,
    ) {
        let ([x0, y0, _], [rx, ry, _]) = (intensities.region_start(), self.reach);
        let [width, height, _] = intensities.shape();
        let length = self.slices.len() / GROUP;
        let cells = &mut self.slices[slice * length..(slice + 1) * length];
        // Place i of a row is place x0 + i - reach of the image's.
        let places = from..to + 2 * rx;
        let first = (x0 + from).saturating_sub(rx);
        let last = (x0 + to + rx).min(width);
        let skipped = rx.saturating_sub(x0 + from);
        for row in top..bottom + 2 * ry {
            let out = &mut cells[row * self.pitch..][places.clone()];
            match (y0 + row).checked_sub(ry).filter(|y| *y < height) {
                Some(y) => {
                    let (before, out) = out.split_at_mut(skipped);
                    let (out, after) = out.split_at_mut(last - first);
                    before.fill(T::zeroed());
                    after.fill(T::zeroed());
                    let seen = &intensities.image_row(y, z)[first..last];
                    for (out, x) in out.iter_mut().zip(seen) {
                        *out = read(*x);
                    }
                }
                None => out.fill(T::zeroed()),
            }
        }
    }

    /// Adds the discs of slices of the image around a run of places to the totals of some slices.
    fn add_run(
        &mut self,
        run: Range<usize>,
        slices: Range<usize>,
        z0: usize,
        targets: Range<usize>,
        rings: &Rings,
        pace: &mut Pace,
    ) -> Result<(), Error> {
        let most = self.discs.len() / (GROUP * (self.reach[2] + 1));
        let plane = self.shape[1] * self.pitch;
        for start in run.clone().step_by(most) {
            let piece = start..run.end.min(start + most);
            let length = padded(piece.len());
            for slice in 0..slices.len() {
                self.sum_discs(slice, start, length, rings, pace)?;
            }
            let discs = &*self.discs;
            let disc = |slice: usize, disc: usize| {
                let start = (slice * (self.reach[2] + 1) + disc) * most;
                &discs[start..start + piece.len()]
            };
            for target in targets.clone() {
                let start = target % self.held * plane;
                let totals = &mut self.totals[start + piece.start..start + piece.end];
                // Never more than a group.
                let mut seen = slices.clone().enumerate().filter_map(|(slice, z)| {
                    let dz = z.abs_diff(z0 + target);
                    (dz <= self.reach[2]).then(|| disc(slice, rings.disc(dz)))
                });
                if let Some(one) = seen.next() {
                    add_totals(totals, one, seen.next());
                }
            }
            pace.spend(targets.len().saturating_mul(length))?;
        }
        Ok(())
    }

    /// Sums all discs of a slice around places from `start` on; `length` is padded.
    fn sum_discs(
        &mut self,
        slice: usize,
        start: usize,
        length: usize,
        rings: &Rings,
        pace: &mut Pace,
    ) -> Result<(), Error> {
        let [rx, ry, rz] = self.reach;
        let cells = self.slices.len() / GROUP;
        // From the first place that any disc touches in the row of the first place of the run.
        let cells = &self.slices[slice * cells..(slice + 1) * cells];
        let around = Lengths::around(length, rx);
        let sources = &mut self.sources[..(rx + ry + 2) * around];
        let row = |up: usize, down: usize| {
            let first = start + (ry + down - up) * self.pitch;
            &cells[first..first + around]
        };
        for (k, pair) in sources.chunks_exact_mut(around).take(ry + 1).enumerate() {
            add(pair, false, if k == 0 { 1 } else { 2 }, |i| row(i * k, (1 - i) * k));
        }
        let most = self.discs.len() / (GROUP * (rz + 1));
        let discs = &mut self.discs[slice * (rz + 1) * most..(slice + 1) * (rz + 1) * most];
        for disc in 0..rings.len() {
            let ring = rings.ring(disc);
            pace.spend(ring.cost().saturating_mul(length))?;
            let (pairs, columns) = sources.split_at_mut((ry + 1) * around);
            for (column, [from, to]) in columns.chunks_exact_mut(around).zip(ring.columns) {
                for first in (*from..*to).step_by(TERMS) {
                    let pair = |k: usize| &pairs[(first as usize + k) * around..][..around];
                    add(column, first > *from, TERMS.min((*to - first) as usize), pair);
                }
            }
            let (before, out) = discs.split_at_mut(disc * most);
            let (out, sum) = (&mut out[..length], &mut self.ring[..length]);
            for (at, terms) in ring.sums().enumerate() {
                let row = |k: usize| {
                    let [source, place] = terms[k].map(|n| n as usize);
                    &sources[source * around + place..][..length]
                };
                add(sum, false, terms.len(), row);
                match at {
                    0 => widen(out, before.rchunks_exact(most).next().map(|d| &d[..length]), sum),
                    _ => widen_more(out, sum),
                }
            }
        }
        Ok(())
    }
}

/// The frame of some rows: x and y, from and to.
fn frame(rows: impl Iterator<Item = (usize, [usize; 2])>) -> Option<[[usize; 2]; 2]> {
    rows.map(|(y, span)| [span, [y, y + 1]])
        .reduce(|a, b| [0, 1].map(|axis| [a[axis][0].min(b[axis][0]), a[axis][1].max(b[axis][1])]))
}
