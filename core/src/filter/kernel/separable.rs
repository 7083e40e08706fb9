//! A product of kernels along the axes, in one orientation or pooled over all rotations by right angles.
//!
//! Axis z comes first, then y, then x. The rotations are a tree: those with the same kernel along z share its
//! response, and among them those with the same along y. Nothing but the pooled response is as large as the
//! image: row by row the responses along z are made for all kernels at once, then slice by slice a row along y
//! and all its rows along x, which join the pooled ones at once.

use super::orientations::{Orientations, Turned, same, take_group};
use super::{Combine, Line, Row, Signs, Taps, footprint, pass};
use crate::error::Error;
use crate::filter::{Boundary, Pooling, Volume};
use crate::host::Watch;
use crate::pace::Pace;
use crate::workspace::{Arena, Footprint};

/// Kernels one after the other along one axis.
pub(crate) type Chain<'k> = heapless::Vec<Line<'k>, 8>;

/// Chains for x, y and z.
#[derive(Clone, Debug)]
pub(crate) struct Separable<'k> {
    pub chains: [Chain<'k>; 3],
    /// 2 leaves the third axis alone.
    pub dimensions: usize,
    pub pooling: Pooling,
}

/// Kernels along an axis, each as it is or turned round.
const PARTS: usize = 6;

impl Separable<'_> {
    /// How far the longest chain looks along each axis.
    pub(crate) fn reach(&self) -> [usize; 3] {
        let of = |chain: &Chain| chain.iter().map(Line::farthest).sum::<usize>();
        let mut out = [0; 3];
        for axis in 0..self.dimensions {
            out[axis] = match self.pooling {
                Pooling::None => of(&self.chains[axis]),
                _ => self.chains[..self.dimensions].iter().map(of).max().unwrap_or(0),
            };
        }
        out
    }

    fn lines(&self) -> impl Iterator<Item = &Line<'_>> {
        self.chains.iter().take(self.dimensions).flatten()
    }

    /// The farthest that one kernel looks.
    fn farthest(&self) -> usize {
        self.lines().map(Line::farthest).max().unwrap_or(0)
    }

    /// Weights of the longest kernel.
    fn most(&self) -> usize {
        self.lines().map(|line| line.weights.len()).max().unwrap_or(0)
    }

    /// Whether any axis has several kernels.
    fn is_chained(&self) -> bool {
        self.chains.iter().take(self.dimensions).any(|chain| chain.len() > 1)
    }

    fn pools(&self) -> bool {
        self.pooling != Pooling::None
    }

    /// Volumes and slices of scratch.
    fn copies(&self, all: &Orientations) -> [usize; 2] {
        let chained = usize::from(self.is_chained());
        match (self.pools(), self.dimensions) {
            // The pooled volume; a response along z for each of its kernels.
            (true, 3) => [1 + chained, all.parts(2) + chained],
            // The pooled slice, or a copy of the one that is replaced.
            _ => [0, 1 + chained],
        }
    }

    /// Scratch: for pooling over 24 rotations one volume, and another for several kernels one after the
    /// other; a few slices and rows.
    #[inline(never)]
    pub(crate) fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let all = Orientations::of(self);
        let slice = shape[0].saturating_mul(shape[1]);
        let [volumes, slices] = self.copies(&all);
        let taps = Taps::footprint(self.most()).times(1 + all.parts(0) + all.parts(2));
        Footprint::of::<f64>(slice.saturating_mul(shape[2]))
            .times(volumes)
            .all_of(Footprint::of::<f64>(slice).times(slices))
            .all_of(taps)
            .all_of(Row::footprint(shape[0], self.farthest()).times(2))
            .all_of(footprint(shape, self.farthest(), self.most()))
    }

    /// Scratch of a kernel in one orientation, one for each axis, that looks so far and has at most as many weights.
    #[inline(never)]
    pub(crate) fn unpooled(shape: [usize; 3], reach: usize, most: usize) -> Footprint {
        Footprint::of::<f64>(shape[0].saturating_mul(shape[1]))
            .all_of(Taps::footprint(most).times(3))
            .all_of(Row::footprint(shape[0], reach).times(2))
            .all_of(footprint(shape, reach, most))
    }

    /// Replaces the volume by its response; `finish` does what else is to be done with each slice of it.
    #[inline(never)]
    pub(crate) fn apply(
        &self,
        volume: &mut Volume,
        edge: Boundary,
        finish: impl Fn(&mut [f64]),
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let shape = volume.shape;
        if shape.contains(&0) {
            return Ok(());
        }
        let all = Orientations::of(self);
        let scale = all.scale;
        let combine = match self.pooling {
            Pooling::None => Combine::Set,
            Pooling::Max => Combine::Max,
            Pooling::Min => Combine::Min,
            Pooling::Mean | Pooling::Sum => Combine::Add,
        };
        let size = shape[0] * shape[1];
        let [volumes, slices] = self.copies(&all);
        let large = scratch.take::<f64>(volumes * volume.values.len())?;
        let small = scratch.take::<f64>(slices * size)?;
        let (small, spare) = small.split_at_mut((slices - usize::from(self.is_chained())) * size);
        let mut planes = Planes::new(self, &all, shape, combine, spare, watch, &mut scratch)?;
        let finished = |out: &mut [f64]| {
            if scale != 1.0 {
                out.iter_mut().for_each(|x| *x *= scale);
            }
            finish(out);
        };
        if self.dimensions == 3 && self.pools() {
            let (pooled, bent) = large.split_at_mut(volume.values.len());
            for pooled in pooled.chunks_mut(size) {
                watch.check()?;
                pooled.fill(combine.neutral());
            }
            let mut rest = all.all.as_slice();
            while !rest.is_empty() {
                let group = take_group(&mut rest, |a, b| self.shares_start(2, a, b));
                let (source, edge) = planes.start(2, group, volume.values, bent, shape, edge)?;
                planes.volume(group, source, edge, small, pooled)?;
            }
            for (out, pooled) in volume.values.chunks_mut(size).zip(pooled.chunks_mut(size)) {
                watch.check()?;
                finished(pooled);
                out.copy_from_slice(pooled);
            }
            return Ok(());
        }
        let mut edge = edge;
        if self.dimensions == 3 {
            for line in &self.chains[2] {
                pass(volume.values, shape, 2, line, edge, watch, planes.scratch.scope())?;
                edge = after(edge, line);
            }
        }
        for out in volume.values.chunks_mut(size) {
            if self.pools() {
                small.fill(combine.neutral());
                planes.slice(&all.all, out, edge, small)?;
                out.copy_from_slice(small);
            } else {
                small.copy_from_slice(out);
                planes.slice(&all.all, small, edge, out)?;
            }
            finished(out);
        }
        Ok(())
    }

    /// The kernels of a rotation along an axis.
    fn along(&self, turned: &Turned, axis: usize) -> impl DoubleEndedIterator<Item = Line<'_>> {
        let rotation = turned.rotation;
        let flipped = rotation.flipped[axis];
        self.chains[rotation.kernel[axis]].iter().map(move |line| Line { flipped, ..*line })
    }

    /// Whether two rotations have the same kernels along an axis, up to the last.
    fn shares_start(&self, axis: usize, a: &Turned, b: &Turned) -> bool {
        let start = |t: &Turned| {
            let chain = &self.chains[t.rotation.kernel[axis]];
            &chain[..chain.len().saturating_sub(1)]
        };
        let (x, y) = (start(a), start(b));
        same(x, y) && (x.is_empty() || a.rotation.flipped[axis] == b.rotation.flipped[axis])
    }
}

/// The rule after a kernel: a constant continues as the response of a flat image.
fn after(edge: Boundary, line: &Line) -> Boundary {
    match edge {
        Boundary::Constant(_) => edge.times(line.sum()),
        other => other,
    }
}

/// What the slices of a volume need.
struct Planes<'a, 'k, 'w, 'h> {
    whole: &'a Separable<'k>,
    shape: [usize; 3],
    combine: Combine,
    /// A slice, for the kernels before the last along y.
    spare: &'w mut [f64],
    taps: Taps<'w>,
    /// For the kernels along x and along z, by [`super::Rotation::part`].
    last: [heapless::LinearMap<usize, Taps<'w>, PARTS>; 2],
    rows: [Row<'w>; 2],
    watch: &'a Watch<'h>,
    pace: Pace<'a, 'h>,
    scratch: Arena<'w>,
}

impl<'a, 'k, 'w, 'h> Planes<'a, 'k, 'w, 'h> {
    fn new(
        whole: &'a Separable<'k>,
        all: &Orientations,
        shape: [usize; 3],
        combine: Combine,
        spare: &'w mut [f64],
        watch: &'a Watch<'h>,
        scratch: &mut Arena<'w>,
    ) -> Result<Self, Error> {
        let (most, farthest) = (whole.most(), whole.farthest());
        let taps = Taps::new(most, scratch)?;
        let mut last = [heapless::LinearMap::new(), heapless::LinearMap::new()];
        for (map, axis) in last.iter_mut().zip([0, 2]) {
            for turned in &all.all {
                let part = turned.part(axis);
                if map.contains_key(&part) {
                    continue;
                }
                let mut taps = Taps::new(most, scratch)?;
                if let (0, Some(line)) = (axis, whole.along(turned, axis).last()) {
                    taps.extended(&line, farthest, 1);
                }
                // Three kernels in two ways.
                let _ = map.insert(part, taps);
            }
        }
        let rows = [Row::new(shape[0], farthest, scratch)?, Row::new(shape[0], farthest, scratch)?];
        let needed = footprint(shape, farthest, most);
        let (scratch, pace) = (scratch.split(needed)?, Pace::start(watch)?);
        Ok(Self { whole, shape, combine, spare, taps, last, rows, watch, pace, scratch })
    }

    /// The kernels of a group along y or z, but the last; `from` itself where there are no others.
    fn start<'s>(
        &mut self,
        axis: usize,
        group: &[Turned],
        from: &'s [f64],
        spare: &'s mut [f64],
        shape: [usize; 3],
        mut edge: Boundary,
    ) -> Result<(&'s [f64], Boundary), Error> {
        let whole = self.whole;
        let mut lines = group.first().into_iter().flat_map(|first| whole.along(first, axis));
        let _ = lines.next_back();
        let mut fresh = true;
        for line in lines {
            if fresh {
                spare.copy_from_slice(from);
            }
            fresh = false;
            pass(spare, shape, axis, &line, edge, self.watch, self.scratch.scope())?;
            edge = after(edge, &line);
        }
        Ok((if fresh { from } else { spare }, edge))
    }

    /// The responses of a group that shares its kernels along z, but the last, join the pooled ones.
    fn volume(
        &mut self,
        group: &[Turned],
        from: &[f64],
        edge: Boundary,
        slices: &mut [f64],
        pooled: &mut [f64],
    ) -> Result<(), Error> {
        let [nx, ny, nz] = self.shape;
        let size = nx * ny;
        for (z, pooled) in pooled.chunks_mut(size).enumerate() {
            let same_part = |a: &Turned, b: &Turned| a.part(2) == b.part(2);
            let mut rest = group;
            while let [first, ..] = take_group(&mut rest, same_part) {
                let line = self.whole.along(first, 2).last();
                if let (Some(line), Some(taps)) = (line, self.last[1].get_mut(&first.part(2))) {
                    taps.at(&line, z, nz, size, edge);
                }
            }
            // All kernels for one row: the rows they read are still near.
            let kernels = slices.len() / size;
            for y in 0..ny {
                self.pace.spend(nx * kernels * (1 + self.whole.most() / 4))?;
                let mut rest = group;
                let mut outs = slices.chunks_mut(size);
                while let ([first, ..], Some(out)) = (take_group(&mut rest, same_part), outs.next())
                {
                    if let Some(taps) = self.last[1].get(&first.part(2)) {
                        let out = &mut out[y * nx..(y + 1) * nx];
                        taps.sum(from, y * nx, Combine::Set, Signs::Plus, out);
                    }
                }
            }
            let mut rest = group;
            for slice in slices.chunks(size) {
                let group = take_group(&mut rest, same_part);
                let Some(line) = group.first().and_then(|t| self.whole.along(t, 2).last()) else {
                    break;
                };
                self.slice(group, slice, after(edge, &line), pooled)?;
            }
        }
        Ok(())
    }

    /// The responses of rotations with the same kernels along z, from those along z, join the pooled ones.
    fn slice(
        &mut self,
        mut all: &[Turned],
        from: &[f64],
        edge: Boundary,
        pooled: &mut [f64],
    ) -> Result<(), Error> {
        let whole = self.whole;
        let [nx, ny, _] = self.shape;
        while !all.is_empty() {
            let group = take_group(&mut all, |a, b| whole.shares_start(1, a, b));
            let spare = core::mem::take(&mut self.spare);
            let (source, edge) = self.start(1, group, from, spare, [nx, ny, 1], edge)?;
            for (y, out) in pooled.chunks_mut(nx).enumerate() {
                self.pace.spend(nx * group.len() * (1 + whole.most() / 4))?;
                let mut rest = group;
                while !rest.is_empty() {
                    let group = take_group(&mut rest, |a, b| a.part(1) == b.part(1));
                    let Some(line) = group.first().and_then(|t| whole.along(t, 1).last()) else {
                        continue;
                    };
                    self.taps.at(&line, y, ny, nx, edge);
                    let row = self.rows[0].inner();
                    self.taps.sum(source, 0, Combine::Set, Signs::Plus, row);
                    self.row(group, after(edge, &line), out);
                }
            }
            self.spare = spare;
        }
        Ok(())
    }

    /// The responses along x, from a row of those along z and y, join the pooled ones.
    fn row(&mut self, mut all: &[Turned], edge: Boundary, out: &mut [f64]) {
        let whole = self.whole;
        while !all.is_empty() {
            let group = take_group(&mut all, |a, b| whole.shares_start(0, a, b));
            let mut lines = group.first().into_iter().flat_map(|first| whole.along(first, 0));
            let _ = lines.next_back();
            let [first, second] = &mut self.rows;
            let (mut at, mut edge) = (&mut *first, edge);
            if let Some(line) = lines.next() {
                second.follow(at, &line, edge, &mut self.taps);
                (at, edge) = (second, after(edge, &line));
            }
            for line in lines {
                at.again(&line, edge, &mut self.taps);
                edge = after(edge, &line);
            }
            at.extend(edge);
            for turned in group {
                if let Some(taps) = self.last[0].get(&turned.part(0)) {
                    taps.sum(at.cells(), 0, self.combine, turned.signs, out);
                }
            }
        }
    }
}
