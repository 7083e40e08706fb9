//! Weighted sums of rows: the inner loop of every convolution.

use super::{Combine, Line, Signs};
use crate::error::Error;
use crate::filter::Boundary;
use crate::workspace::{Arena, Footprint};

/// The weights of a kernel that are not zero, and where each looks in the cells before it.
#[derive(Debug)]
pub(crate) struct Taps<'w> {
    offsets: &'w mut [usize],
    weights: &'w mut [f64],
    count: usize,
    /// What weights beyond the edge add to every sum.
    beyond: f64,
}

/// Sums that are kept in registers.
const WIDE: usize = 16;

impl<'w> Taps<'w> {
    /// Room for this many weights.
    pub(crate) const fn footprint(most: usize) -> Footprint {
        Footprint::of::<usize>(most).all_of(Footprint::of::<f64>(most))
    }

    pub(crate) fn new(most: usize, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let offsets = scratch.take::<usize>(most)?;
        let weights = scratch.take::<f64>(most)?;
        Ok(Self { offsets, weights, count: 0, beyond: 0.0 })
    }

    fn clear(&mut self) {
        (self.count, self.beyond) = (0, 0.0);
    }

    #[inline]
    fn push(&mut self, offset: usize, weight: f64) {
        if let (Some(o), Some(w)) =
            (self.offsets.get_mut(self.count), self.weights.get_mut(self.count))
        {
            (*o, *w) = (offset, weight);
            self.count += 1;
        }
    }

    /// A kernel at place i of n places that lie `stride` cells apart, with what the rule says of the others.
    pub(crate) fn at(&mut self, line: &Line, i: usize, n: usize, stride: usize, edge: Boundary) {
        self.clear();
        for (k, weight) in line.weights.iter().enumerate() {
            if *weight == 0.0 {
                continue;
            }
            match edge.index(i as isize + line.offset(k), n) {
                Some(at) => self.push(at * stride, *weight),
                None => self.beyond += weight * edge.outside(),
            }
        }
    }

    /// A kernel on a line that goes on for `low` places before the first, places `pitch` cells apart.
    pub(crate) fn extended(&mut self, line: &Line, low: usize, pitch: usize) {
        self.clear();
        for (k, weight) in line.weights.iter().enumerate() {
            if *weight != 0.0 {
                // At least 0 by the reach.
                let place = (low as isize + line.offset(k)).unsigned_abs();
                self.push(place * pitch, *weight);
            }
        }
    }

    /// A sum for each cell of `out`, the first over cells from `base` on: `sum_k w_k source(base + o_k + x)`.
    #[inline]
    pub(crate) fn sum(
        &self,
        source: &[f64],
        base: usize,
        combine: Combine,
        signs: Signs,
        out: &mut [f64],
    ) {
        let done = self.chunks::<WIDE>(source, base, combine, signs, out, 0);
        let done = self.chunks::<4>(source, base, combine, signs, out, done);
        self.chunks::<1>(source, base, combine, signs, out, done);
    }

    /// Goes on in steps of W cells and says how far it came.
    #[inline(always)]
    fn chunks<const W: usize>(
        &self,
        source: &[f64],
        base: usize,
        combine: Combine,
        signs: Signs,
        out: &mut [f64],
        mut done: usize,
    ) -> usize {
        let (offsets, weights) = (&self.offsets[..self.count], &self.weights[..self.count]);
        let Some(last) = source.len().checked_sub(W) else { return done };
        while let Some(out) = out.get_mut(done..).and_then(|rest| rest.first_chunk_mut::<W>()) {
            let mut sums = [self.beyond; W];
            for (offset, weight) in offsets.iter().zip(weights) {
                let at = base + done + offset;
                if at <= last {
                    let cells = &source[at..at + W];
                    for (sum, x) in sums.iter_mut().zip(cells) {
                        *sum += weight * x;
                    }
                }
            }
            combine.join(signs, out, &mut sums);
            done += W;
        }
        done
    }
}
