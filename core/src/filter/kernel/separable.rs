//! A product of kernels along the axes, in one orientation or pooled over all rotations by right angles.

use super::{Combine, Line, Rotation, footprint, pass, pass_into, rotations};
use crate::error::Error;
use crate::filter::{Boundary, Pooling, Volume};
use crate::host::Watch;
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

impl Separable<'_> {
    /// How far the longest chain looks along each axis.
    pub(crate) fn reach(&self) -> [usize; 3] {
        let of =
            |chain: &Chain| chain.iter().map(|l| l.reach()[0].max(l.reach()[1])).sum::<usize>();
        let mut out = [0; 3];
        for axis in 0..self.dimensions {
            out[axis] = match self.pooling {
                Pooling::None => of(&self.chains[axis]),
                _ => self.chains[..self.dimensions].iter().map(of).max().unwrap_or(0),
            };
        }
        out
    }

    pub(crate) fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let lines = self.chains.iter().take(self.dimensions).flatten();
        let reach = lines.map(|l| l.reach()[0].max(l.reach()[1])).max().unwrap_or(0);
        let line = footprint(shape, reach);
        if self.pooling == Pooling::None {
            return line;
        }
        let voxels = shape.iter().fold(1usize, |n, side| n.saturating_mul(*side));
        let copies = self.dimensions + usize::from(self.is_chained());
        Footprint::of::<f64>(voxels).times(copies).all_of(line)
    }

    pub(crate) fn apply(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let shape = volume.shape;
        if self.pooling == Pooling::None {
            let mut boundary = boundary;
            for axis in 0..self.dimensions {
                for line in &self.chains[axis] {
                    pass(volume.values, shape, axis, line, boundary, watch, scratch.scope())?;
                    boundary = boundary.times(line.sum());
                }
            }
            return Ok(());
        }
        let mut all: heapless::Vec<Rotation, 24> = heapless::Vec::new();
        for rotation in rotations(self.dimensions) {
            // 4 or 24 of them.
            let _ = all.push(self.canonical(rotation));
        }
        all.sort_unstable_by_key(|r| (0..3).map(|a| r.part(a)).fold(0, |key, part| key * 8 + part));
        // Every kernel is met by as many rotations as leave it as it is: once is enough.
        let total = all.len();
        let all: heapless::Vec<Rotation, 24> =
            all.iter().fold(heapless::Vec::new(), |mut out, r| {
                if out.last() != Some(r) {
                    let _ = out.push(*r);
                }
                out
            });
        let scale = match self.pooling {
            Pooling::Mean => 1.0 / all.len() as f64,
            Pooling::Sum => (total / all.len().max(1)) as f64,
            _ => 1.0,
        };
        let combine = match self.pooling {
            Pooling::Max => Combine::Max,
            Pooling::Min => Combine::Min,
            _ => Combine::Add,
        };
        let voxels = volume.values.len();
        let first = scratch.take::<f64>(voxels)?;
        let pooled = scratch.take::<f64>(voxels)?;
        let second = scratch.take::<f64>(if self.dimensions == 2 { 0 } else { voxels })?;
        let spare = scratch.take::<f64>(if self.is_chained() { voxels } else { 0 })?;
        let mut done: Option<Rotation> = None;
        for rotation in all {
            let fresh = |axis| done.is_none_or(|d: Rotation| d.part(axis) != rotation.part(axis));
            let join = if done.is_none() { Combine::Set } else { combine };
            let step = Step { whole: self, rotation, shape, boundary, watch };
            if fresh(0) {
                step.along(0, volume.values, first, scratch.scope())?;
            }
            if self.dimensions == 2 {
                step.join(1, first, pooled, join, spare, scratch.scope())?;
            } else {
                if fresh(0) || fresh(1) {
                    step.along(1, first, second, scratch.scope())?;
                }
                step.join(2, second, pooled, join, spare, scratch.scope())?;
            }
            done = Some(rotation);
        }
        for (out, x) in volume.values.iter_mut().zip(pooled.iter()) {
            *out = x * scale;
        }
        Ok(())
    }

    /// Whether any axis has several kernels.
    fn is_chained(&self) -> bool {
        self.chains.iter().any(|chain| chain.len() > 1)
    }

    /// The same rotation, written so that equal kernels look equal.
    fn canonical(&self, mut rotation: Rotation) -> Rotation {
        for axis in 0..self.dimensions {
            let chain = &self.chains[rotation.kernel[axis]];
            if chain.iter().all(Line::is_even) {
                rotation.flipped[axis] = false;
            }
            let equal = |other: &usize| {
                let other = &self.chains[*other];
                other.len() == chain.len()
                    && other
                        .iter()
                        .zip(chain)
                        .all(|(a, b)| a.weights == b.weights && a.dilation == b.dilation)
            };
            rotation.kernel[axis] = (0..self.dimensions).find(equal).unwrap_or(axis);
        }
        rotation
    }
}

/// One rotation on its way.
struct Step<'s, 'k> {
    whole: &'s Separable<'k>,
    rotation: Rotation,
    shape: [usize; 3],
    boundary: Boundary,
    watch: &'s Watch<'s>,
}

impl Step<'_, '_> {
    /// The boundary rule after the axes before this one.
    fn edge(&self, axis: usize) -> Boundary {
        let before = (0..axis).flat_map(|before| self.lines(before));
        self.boundary.times(before.map(|line| line.sum()).product())
    }

    fn lines(&self, axis: usize) -> impl ExactSizeIterator<Item = Line<'_>> {
        let (kernel, flipped) = (self.rotation.kernel[axis], self.rotation.flipped[axis]);
        self.whole.chains[kernel].iter().map(move |line| Line { flipped, ..*line })
    }

    /// The chain of an axis, from one volume into another.
    fn along(
        &self,
        axis: usize,
        from: &[f64],
        to: &mut [f64],
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let Self { shape, watch, .. } = *self;
        let mut boundary = self.edge(axis);
        for (at, line) in self.lines(axis).enumerate() {
            let scratch = scratch.scope();
            if at == 0 {
                let set = Combine::Set;
                pass_into(from, to, shape, axis, &line, boundary, set, watch, scratch)?;
            } else {
                pass(to, shape, axis, &line, boundary, watch, scratch)?;
            }
            boundary = boundary.times(line.sum());
        }
        Ok(())
    }

    /// The chain of an axis; its response joins what is in the other volume. The kernels before the last act on
    /// a spare volume.
    fn join(
        &self,
        axis: usize,
        from: &[f64],
        to: &mut [f64],
        combine: Combine,
        spare: &mut [f64],
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let Self { shape, watch, .. } = *self;
        let mut boundary = self.edge(axis);
        let last = self.lines(axis).len().saturating_sub(1);
        for (at, line) in self.lines(axis).enumerate() {
            let scratch = scratch.scope();
            match (at == 0, at == last) {
                (true, true) => {
                    pass_into(from, to, shape, axis, &line, boundary, combine, watch, scratch)?;
                }
                (true, false) => {
                    let set = Combine::Set;
                    pass_into(from, spare, shape, axis, &line, boundary, set, watch, scratch)?;
                }
                (false, true) => {
                    pass_into(spare, to, shape, axis, &line, boundary, combine, watch, scratch)?;
                }
                (false, false) => pass(spare, shape, axis, &line, boundary, watch, scratch)?,
            }
            boundary = boundary.times(line.sum());
        }
        Ok(())
    }
}
