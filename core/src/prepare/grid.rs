//! The interpolation grid: aligned with the centre of the original grid.

use super::method::Method;
use super::spline;
use crate::error::Error;
use crate::math;
use crate::view::BoundingBox;

/// One axis of both grids.
///
/// ```text
/// n_b = ceil(n_a s_a / s_b)          x_0 = ((n_a - 1) - (n_b - 1) s_b / s_a) / 2
/// position of target voxel m = x_0 + m s_b / s_a        in source voxels
/// ```
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Source voxels n_a.
    pub source: usize,
    /// Target voxels n_b.
    pub target: usize,
    /// Position x_0 of the first target voxel, in source voxels.
    pub start: f64,
    /// Ratio s_b / s_a.
    pub step: f64,
}

/// Source voxels and weights of one target voxel along one axis.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Taps {
    /// Source voxels; only the first `count` count.
    pub index: [usize; 4],
    /// Their weights, never 0.
    pub weight: [f64; 4],
    /// How many there are: 1 to 4.
    pub count: usize,
}

impl Taps {
    fn push(&mut self, index: usize, weight: f64) {
        // A weight of 0 must not let a NaN through.
        if weight != 0.0 {
            self.index[self.count] = index;
            self.weight[self.count] = weight;
            self.count += 1;
        }
    }

    /// The pairs of source voxel and weight.
    pub fn iter(&self) -> impl Iterator<Item = (usize, f64)> + '_ {
        self.index.iter().copied().zip(self.weight.iter().copied()).take(self.count)
    }
}

/// Steps of 1/64 that positions settle on when rounding noise keeps them from it.
const SETTLE: f64 = 64.0;
/// How far rounding noise goes, in source voxels.
const NOISE: f64 = 1e-9;

impl Axis {
    /// An axis that stays as it is.
    pub const fn kept(voxels: usize) -> Self {
        Self { source: voxels, target: voxels, start: 0.0, step: 1.0 }
    }

    fn new(field: &'static str, voxels: usize, from: f64, to: f64) -> Result<Self, Error> {
        let extent = voxels as f64 * from / to;
        // Headers hold single precision: a whole number and a ten-thousandth is that whole number.
        let target = math::ceil(extent - 1e-4).max(1.0);
        if target > 1e8 {
            return Err(Error::invalid(field, to, "a spacing that gives at most 1e8 voxels"));
        }
        let step = to / from;
        let start = ((voxels as f64 - 1.0) - step * (target - 1.0)) / 2.0;
        Ok(Self { source: voxels, target: target as usize, start, step })
    }

    /// Whether target and source voxels coincide.
    pub fn is_identity(&self) -> bool {
        self.source == self.target && self.step == 1.0 && self.start == 0.0
    }

    const fn last(&self) -> usize {
        self.source.saturating_sub(1)
    }

    /// Position of a target voxel in source voxels, at most the last one away from the grid: outside it
    /// the nearest edge value counts.
    pub fn position(&self, m: usize) -> f64 {
        let exact = self.start + m as f64 * self.step;
        let settled = math::round_half_even(exact * SETTLE) / SETTLE;
        let position = if math::abs(exact - settled) < NOISE { settled } else { exact };
        position.clamp(0.0, self.last() as f64)
    }

    /// The source voxels of a target voxel and their weights.
    pub fn taps(&self, m: usize, method: Method) -> Taps {
        let position = self.position(m);
        let mut taps = Taps::default();
        match method {
            Method::Nearest => {
                let nearest = math::floor(position + 0.5) as usize;
                taps.push(nearest.min(self.last()), 1.0);
            }
            Method::Linear => {
                let low = math::floor(position);
                let fraction = position - low;
                let low = low as usize;
                taps.push(low, 1.0 - fraction);
                taps.push((low + 1).min(self.last()), fraction);
            }
            Method::Cubic if self.source == 1 || self.is_identity() => {
                taps.push(position as usize, 1.0);
            }
            Method::Cubic => {
                let low = math::floor(position);
                let weights = spline::weights(position - low);
                let last = self.last() as i64;
                for (k, weight) in weights.into_iter().enumerate() {
                    let at = low as i64 + k as i64 - 1;
                    let mirrored = if at < 0 {
                        -at
                    } else if at > last {
                        2 * last - at
                    } else {
                        at
                    };
                    taps.push(mirrored.clamp(0, last) as usize, weight);
                }
            }
        }
        taps
    }

    /// Target voxels that source voxels `start..end` can reach.
    fn reached(&self, start: usize, end: usize, method: Method) -> (usize, usize) {
        if self.is_identity() {
            return (start.min(self.target), end.min(self.target));
        }
        let reach = match method {
            Method::Nearest | Method::Linear => 1.0,
            // The spline rings: 0.27^8 is far below any threshold.
            Method::Cubic => 8.0,
        };
        let to_target = |p: f64| (p - self.start) / self.step;
        let low = math::floor(to_target(start as f64 - reach)) - 1.0;
        let high = math::ceil(to_target(end as f64 - 1.0 + reach)) + 2.0;
        let last = self.target as f64;
        // Edge values go on beyond the grid.
        let low = if start == 0 { 0.0 } else { low.clamp(0.0, last) };
        let high = if end >= self.source { last } else { high.clamp(0.0, last) };
        (low as usize, (high as usize).max(low as usize))
    }

    /// Source voxels that target voxels `start..end` read.
    fn read(&self, start: usize, end: usize, method: Method) -> (usize, usize) {
        if self.is_identity() || start >= end {
            return (start.min(self.source), end.min(self.source));
        }
        let margin = match method {
            Method::Nearest | Method::Linear => 1,
            Method::Cubic => spline::MARGIN,
        };
        let low = self.position(start) as usize;
        let high = self.position(end - 1) as usize;
        (low.saturating_sub(margin), (high + 2 + margin).min(self.source))
    }
}

/// Both grids.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regrid {
    /// Along x, y, z.
    pub axes: [Axis; 3],
    /// Spacing of the target grid in mm.
    pub spacing: [f64; 3],
}

const WANTED: &str = "resample.spacing_mm";
const SHAPE: &str = "grid.shape";
const SPACING: &str = "grid.spacing";

impl Regrid {
    /// The grid with the wanted spacing, where 0 keeps an axis.
    ///
    /// # Errors
    /// When the grid has no voxel or no spacing, or when a wanted spacing is negative or not finite, or gives
    /// more than 1e8 voxels along an axis.
    pub fn new(shape: [usize; 3], spacing: [f64; 3], wanted: [f64; 3]) -> Result<Self, Error> {
        let mut axes = shape.map(Axis::kept);
        let mut target = spacing;
        for axis in 0..3 {
            let (voxels, from, to) = (shape[axis], spacing[axis], wanted[axis]);
            if voxels == 0 || voxels > u32::MAX as usize {
                return Err(Error::invalid(SHAPE, voxels, "1 to 4294967295 voxels"));
            }
            if !(from.is_finite() && from > 0.0) {
                return Err(Error::invalid(SPACING, from, "positive spacings"));
            }
            if to == 0.0 || to == from {
                continue;
            }
            if !(to.is_finite() && to > 0.0) {
                return Err(Error::invalid(WANTED, to, "positive spacings, or 0 to keep an axis"));
            }
            axes[axis] = Axis::new(WANTED, voxels, from, to)?;
            target[axis] = to;
        }
        Ok(Self { axes, spacing: target })
    }

    /// Extent of the target grid.
    pub const fn shape(&self) -> [usize; 3] {
        [self.axes[0].target, self.axes[1].target, self.axes[2].target]
    }

    /// Whether both grids are the same.
    pub fn is_identity(&self) -> bool {
        self.axes.iter().all(Axis::is_identity)
    }

    /// Target voxels where a mask inside a source box can be above a threshold after interpolation.
    pub fn target_box(&self, source: BoundingBox, method: Method) -> BoundingBox {
        self.each(source, |axis, start, end| axis.reached(start, end, method))
    }

    /// Source voxels that a target box reads.
    pub fn source_box(&self, target: BoundingBox, method: Method) -> BoundingBox {
        self.each(target, |axis, start, end| axis.read(start, end, method))
    }

    fn each(
        &self,
        from: BoundingBox,
        map: impl Fn(&Axis, usize, usize) -> (usize, usize),
    ) -> BoundingBox {
        let mut out = BoundingBox { start: [0; 3], shape: [0; 3] };
        if from.is_empty() {
            return out;
        }
        for axis in 0..3 {
            let start = from.start[axis];
            let (low, high) = map(&self.axes[axis], start, start.saturating_add(from.shape[axis]));
            (out.start[axis], out.shape[axis]) = (low, high.saturating_sub(low));
        }
        out
    }
}
