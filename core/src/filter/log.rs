//! The Laplacian of Gaussian.

use super::gaussian::{gaussian, half, kernels, reach, within};
use super::kernel::{
    Chain, Combine, LONG, Line, Row, Separable, Signs, Taps, footprint, long_footprint, long_pass,
    pass_twice,
};
use super::{Boundary, Pooling, Volume};
use crate::error::Error;
use crate::host::Watch;
use crate::pace::Pace;
use crate::workspace::{Arena, Footprint};

/// Kernels whose places are known at once: g and l along y, g for what is bent, g and l along x.
const TAPS: usize = 5;

/// The Laplacian of a Gaussian, truncated to a box.
///
/// ```text
/// h(k) = -(1 / s_x^2) (D - sum_d k_d^2 / s_d^2) prod_d (1 / (sqrt(2 pi) s_d)) exp(-k_d^2 / (2 s_d^2))
///        |k_d| <= floor(c s_d + 1/2)
/// ```
///
/// IBSI L6PA. s_d: standard deviation in voxels of axis d; c: the cutoff. With spacings that differ the response
/// is the same in every direction of the patient, in units of the voxels along x. Unit: that of the image.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Log {
    /// Standard deviation in voxels along x, y, z.
    pub sigma: [f64; 3],
    /// Half-width in standard deviations.
    pub cutoff: f64,
    /// Whether the mean of the truncated kernel is taken off, so that flat images have the response 0.
    pub zero_sum: bool,
    /// Axes D: 2 acts slice by slice.
    pub dimensions: usize,
}

impl Log {
    /// How far it looks along each axis.
    pub fn reach(&self) -> Option<[usize; 3]> {
        Some(reach(self.sigma, self.cutoff, self.dimensions))
    }

    fn dimensions(&self) -> usize {
        self.dimensions.clamp(2, 3)
    }

    fn widest(&self) -> usize {
        kernels(reach(self.sigma, self.cutoff, self.dimensions))
    }

    /// Scratch: a volume (none in 2D; two for long kernels), another one for the zero-sum kernel, a slice, lines and
    /// the kernels.
    pub fn footprint(&self, shape: [usize; 3]) -> Footprint {
        let widest = self.widest();
        let slice = shape[0].saturating_mul(shape[1]);
        let volume = Footprint::of::<f64>(slice.saturating_mul(shape[2]));
        let long = volume
            .times(2)
            .all_of(Footprint::of::<f64>(widest).times(6))
            .all_of(long_footprint(within(shape, self.dimensions()), widest / 2));
        let main = volume
            .times(self.dimensions() - 2)
            .all_of(Footprint::of::<f64>(slice))
            .all_of(Footprint::of::<f64>(widest).times(6))
            .all_of(Taps::footprint(widest).times(TAPS))
            .all_of(Row::footprint(shape[0], widest / 2).times(2))
            .all_of(footprint(shape, widest / 2, widest));
        let main = if widest > LONG { long } else { main };
        if !self.zero_sum {
            return main;
        }
        let flat = Footprint::of::<f64>(widest);
        volume.all_of(main.any_of(flat.all_of(Separable::unpooled(shape, widest / 2, widest))))
    }

    /// Replaces the volume by its response.
    ///
    /// The kernel is a sum of products of `g` and `l(k) = (k^2 / s^2 - 1) g(k)`, one `l` in each: going through
    /// the axes, `smooth` holds the products without `l` and `bent` the sum of those with one.
    ///
    /// # Errors
    /// Too little scratch, or cancelled.
    #[inline(never)]
    pub fn apply(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let [nx, ny, nz] = volume.shape;
        if volume.values.is_empty() {
            return Ok(());
        }
        let flat = scratch.take::<f64>(if self.zero_sum { volume.values.len() } else { 0 })?;
        if self.zero_sum {
            flat.copy_from_slice(volume.values);
            let mut flat = Volume { values: flat, shape: volume.shape };
            self.box_sums(&mut flat, boundary, watch, scratch.scope())?;
        }
        let (dimensions, widest) = (self.dimensions(), self.widest());
        if widest > LONG {
            return self.apply_long(volume, flat, boundary, watch, scratch);
        }
        let bent = scratch.take::<f64>(nx * ny * nz * (dimensions - 2))?;
        let smooth = scratch.take::<f64>(nx * ny)?;
        let weights = scratch.take::<f64>(6 * widest)?;
        let lines = self.lines(weights, widest);
        let mut taps = || Taps::new(widest, &mut scratch);
        let (mut smooth_y, mut bent_y, mut cross_y) = (taps()?, taps()?, taps()?);
        let (mut smooth_x, mut cross_x) = (taps()?, taps()?);
        let low = widest / 2;
        let mut smooth_row = Row::new(nx, low, &mut scratch)?;
        let mut bent_row = Row::new(nx, low, &mut scratch)?;
        let passing = scratch.split(footprint(volume.shape, low, widest))?;
        // Sums of the kernel's products so far: without l, with one.
        let mut sums = [1.0, 0.0];
        if dimensions == 3 {
            let shape = volume.shape;
            let [g, l] = &lines[2];
            pass_twice(volume.values, Some(bent), shape, 2, [g, l], boundary, watch, passing)?;
            sums = onwards(sums, lines[2]);
        }
        let edges = sums.map(|sum| boundary.times(sum));
        let after_y = onwards(sums, lines[1]);
        let edges_x = after_y.map(|sum| boundary.times(sum));
        let whole = onwards(after_y, lines[0])[1];
        let [g, l] = lines[0];
        smooth_x.extended(&g, low, 1);
        cross_x.extended(&l, low, 1);
        let scale = 1.0 / (self.sigma[0] * self.sigma[0]);
        let count: f64 = lines[..dimensions].iter().map(|[g, _]| g.weights.len() as f64).product();
        let mean = whole / count;
        let (set, add, plus) = (Combine::Set, Combine::Add, Signs::Plus);
        let size = nx * ny;
        let mut pace = Pace::start(watch)?;
        for (z, out) in volume.values.chunks_mut(size).enumerate() {
            smooth.copy_from_slice(out);
            let bent = bent.get(z * size..(z + 1) * size);
            for (y, out) in out.chunks_mut(nx).enumerate() {
                pace.spend(nx * (1 + widest))?;
                let [g, l] = &lines[1];
                smooth_y.at(g, y, ny, nx, edges[0]);
                cross_y.at(l, y, ny, nx, edges[0]);
                smooth_y.sum(smooth, 0, set, plus, smooth_row.inner());
                cross_y.sum(smooth, 0, set, plus, bent_row.inner());
                if let Some(bent) = bent {
                    bent_y.at(g, y, ny, nx, edges[1]);
                    bent_y.sum(bent, 0, add, plus, bent_row.inner());
                }
                smooth_row.extend(edges_x[0]);
                bent_row.extend(edges_x[1]);
                smooth_x.sum(bent_row.cells(), 0, set, plus, out);
                cross_x.sum(smooth_row.cells(), 0, add, plus, out);
                out.iter_mut().for_each(|x| *x *= scale);
                let flat = flat.get(z * size + y * nx..).unwrap_or_default();
                for (out, flat) in out.iter_mut().zip(flat) {
                    *out -= scale * mean * flat;
                }
            }
        }
        Ok(())
    }

    /// The same with long kernels: every pass goes through the transform.
    fn apply_long(
        &self,
        volume: &mut Volume,
        flat: &[f64],
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let (shape, voxels, widest) = (volume.shape, volume.values.len(), self.widest());
        let cross = scratch.take::<f64>(voxels)?;
        let bent = scratch.take_zeroed::<f64>(voxels)?;
        let weights = scratch.take::<f64>(6 * widest)?;
        let lines = self.lines(weights, widest);
        let passing = long_footprint(within(shape, self.dimensions()), widest / 2);
        let mut scratch = scratch.split(passing)?;
        let smooth = &mut *volume.values;
        let mut sums = [1.0, 0.0];
        let mut count = 1.0;
        for axis in (0..self.dimensions()).rev() {
            let [g, l] = &lines[axis];
            let mut pass = |values: &mut [f64], line: &Line, sum: f64| {
                let edge = boundary.times(sum);
                if let [weight] = line.weights {
                    values.iter_mut().for_each(|x| *x *= weight);
                    return Ok(());
                }
                long_pass(values, shape, axis, line, edge, watch, scratch.scope())
            };
            cross.copy_from_slice(smooth);
            pass(cross, l, sums[0])?;
            // Nothing is bent before the first axis, and nothing reads what is smooth after the last.
            if axis + 1 < self.dimensions() {
                pass(bent, g, sums[1])?;
            }
            if axis > 0 {
                pass(smooth, g, sums[0])?;
            }
            bent.iter_mut().zip(cross.iter()).for_each(|(bent, cross)| *bent += cross);
            sums = onwards(sums, lines[axis]);
            count *= g.weights.len() as f64;
        }
        let scale = 1.0 / (self.sigma[0] * self.sigma[0]);
        for (out, bent) in smooth.iter_mut().zip(bent.iter()) {
            *out = bent * scale;
        }
        for (out, flat) in smooth.iter_mut().zip(flat) {
            *out -= scale * (sums[1] / count) * flat;
        }
        Ok(())
    }

    /// The kernels g and l along each axis.
    fn lines<'k>(&self, weights: &'k mut [f64], widest: usize) -> [[Line<'k>; 2]; 3] {
        let mut out = [[Line::new(&[]); 2]; 3];
        for ((axis, out), pair) in
            out.iter_mut().enumerate().zip(weights.chunks_exact_mut(2 * widest))
        {
            let sigma = self.sigma[axis];
            if axis >= self.dimensions() {
                continue;
            }
            let half = half(sigma, self.cutoff);
            let (g, l) = pair.split_at_mut(widest);
            let (g, l) = (&mut g[..2 * half + 1], &mut l[..2 * half + 1]);
            gaussian(g, half, sigma);
            for (k, (l, g)) in l.iter_mut().zip(g.iter()).enumerate() {
                let t = (k as f64 - half as f64) / sigma;
                *l = (t * t - 1.0) * g;
            }
            *out = [Line::new(g), Line::new(l)];
        }
        out
    }

    /// Sums over the box of the kernel.
    fn box_sums(
        &self,
        volume: &mut Volume,
        boundary: Boundary,
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<(), Error> {
        let ones = scratch.take::<f64>(self.widest())?;
        ones.fill(1.0);
        let mut chains = [Chain::new(), Chain::new(), Chain::new()];
        for (axis, chain) in chains.iter_mut().enumerate().take(self.dimensions()) {
            let half = half(self.sigma[axis], self.cutoff);
            let _ = chain.push(Line::new(&ones[..2 * half + 1]));
        }
        let (dimensions, pooling) = (self.dimensions(), Pooling::None);
        let kernel = Separable { chains, dimensions, pooling };
        kernel.apply(volume, boundary, |_| {}, watch, scratch)
    }
}

/// Sums of the kernel's products without l and with one, after those along another axis.
fn onwards([smooth, bent]: [f64; 2], [g, l]: [Line; 2]) -> [f64; 2] {
    [smooth * g.sum(), bent * g.sum() + smooth * l.sum()]
}
