//! Many voxels: sums over pairs as convolutions.
//!
//! With the kernel K = 1 / distance, K(0) = 0, the sum over ordered pairs of w u_i v_j is the product of u with
//! K * v, and by Parseval's theorem 1/P sum K^ Re(U^ conj(V^)): no inverse transform. K^ is real and even, and
//! the fields are real, so half a spectrum along x is enough. Columns along z are transformed and summed one
//! block at a time and never stored.

use super::PairSums;
use super::kernel::{self, LANES, Padded, lines_footprint};
use crate::error::Error;
use crate::fft::{Fft, Lines};
use crate::host::Watch;
use crate::sum::Sums;
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};

pub(super) fn footprint(shape: [usize; 3]) -> Footprint {
    let padded = Padded::new(shape);
    let plans = padded.length.iter().fold(Footprint::NONE, |f, n| f.all_of(Fft::footprint(*n)));
    plans
        .all_of(Footprint::of::<f64>(padded.octant()))
        .all_of(Spectrum::footprint(&padded).times(2))
        .all_of(lines_footprint(&padded).times(2))
}

pub(super) fn sums(
    mask: &Mask,
    intensities: &Intensities,
    spacing: [f64; 3],
    centred: impl Fn(f64) -> f64,
    watch: &Watch,
    mut scratch: Arena<'_>,
) -> Result<PairSums, Error> {
    let padded = Padded::new(mask.shape());
    let [nx, ny, nz] = padded.length;
    let ffts =
        [Fft::new(nx, &mut scratch)?, Fft::new(ny, &mut scratch)?, Fft::new(nz, &mut scratch)?];
    let octant = scratch.take::<f64>(padded.octant())?;
    kernel::spectrum(&padded, spacing, &ffts, octant, watch, scratch.scope())?;
    let field = |f: &dyn Fn(f64) -> f64, y: usize, z: usize, row: &mut [f64]| {
        for ((out, flags), x) in row.iter_mut().zip(mask.row(y, z)).zip(intensities.row(y, z)) {
            *out = if flags & Mask::INTENSITY != 0 { f(*x) } else { 0.0 };
        }
    };
    let mut a = Spectrum::take(&padded, &mut scratch)?;
    let mut b = Spectrum::take(&padded, &mut scratch)?;
    a.fill(&padded, &ffts, watch, scratch.scope(), |y, z, row| field(&centred, y, z, row))?;
    let products = a.products(None, &padded, &ffts[2], octant, watch, scratch.scope())?[0];
    a.fill(&padded, &ffts, watch, scratch.scope(), |y, z, row| field(&|_| 1.0, y, z, row))?;
    let square = |x| centred(x) * centred(x);
    b.fill(&padded, &ffts, watch, scratch.scope(), |y, z, row| field(&square, y, z, row))?;
    let [weights, squares] =
        a.products(Some(&b), &padded, &ffts[2], octant, watch, scratch.scope())?;
    Ok(PairSums { weights, products, squares })
}

/// Half a spectrum along x and a whole one along y, for each slice: x fastest, then y, then z.
struct Spectrum<'w> {
    re: &'w mut [f64],
    im: &'w mut [f64],
}

impl<'w> Spectrum<'w> {
    fn cells(padded: &Padded) -> usize {
        padded.half[0].saturating_mul(padded.length[1]).saturating_mul(padded.shape[2])
    }

    fn footprint(padded: &Padded) -> Footprint {
        Footprint::of::<f64>(Self::cells(padded)).times(2)
    }

    fn take(padded: &Padded, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let cells = Self::cells(padded);
        Ok(Self { re: scratch.take(cells)?, im: scratch.take(cells)? })
    }

    /// Transforms a field along x and y. `read(y, z, row)` gives its rows.
    fn fill(
        &mut self,
        padded: &Padded,
        ffts: &[Fft; 3],
        watch: &Watch,
        mut scratch: Arena<'_>,
        read: impl Fn(usize, usize, &mut [f64]),
    ) -> Result<(), Error> {
        let [nx, ny, nz] = padded.shape;
        let [px, py, _] = padded.length;
        let hx = padded.half[0];
        let longest = padded.longest();
        let mut lines = Lines::take(longest, LANES, &mut scratch)?;
        let mut other = Lines::take(longest, LANES, &mut scratch)?;
        let row = Lines::take(longest, 1, &mut scratch)?;
        for z in 0..nz {
            watch.check()?;
            let plane = z * py * hx;
            let along_x = px * LANES;
            let mut block = cut(&mut lines, along_x);
            let mut spare = cut(&mut other, along_x);
            // Two real rows make one complex row; its spectrum splits into an even and an odd part.
            for y in (0..ny).step_by(2 * LANES) {
                block.re.fill(0.0);
                block.im.fill(0.0);
                for lane in 0..2 * LANES {
                    if y + lane < ny {
                        let values = &mut row.re[..nx];
                        read(y + lane, z, values);
                        let part = if lane < LANES { &mut *block.re } else { &mut *block.im };
                        for (x, value) in values.iter().enumerate() {
                            part[x * LANES + lane % LANES] = *value;
                        }
                    }
                }
                ffts[0].forward(&mut block, &mut spare, LANES)?;
                for lane in 0..LANES {
                    let (first, second) = (y + lane, y + lane + LANES);
                    for k in 0..hx {
                        let at = k * LANES + lane;
                        let mirrored = (px - k) % px * LANES + lane;
                        let (re, im) = (block.re[at], block.im[at]);
                        let (re_m, im_m) = (block.re[mirrored], block.im[mirrored]);
                        if first < ny {
                            let out = plane + first * hx + k;
                            self.re[out] = (re + re_m) / 2.0;
                            self.im[out] = (im - im_m) / 2.0;
                        }
                        if second < ny {
                            let out = plane + second * hx + k;
                            self.re[out] = (im + im_m) / 2.0;
                            self.im[out] = (re_m - re) / 2.0;
                        }
                    }
                }
            }
            let along_y = py * LANES;
            let mut block = cut(&mut lines, along_y);
            let mut spare = cut(&mut other, along_y);
            for x in (0..hx).step_by(LANES) {
                let count = LANES.min(hx - x);
                block.re.fill(0.0);
                block.im.fill(0.0);
                for y in 0..ny {
                    let from = plane + y * hx + x;
                    let to = y * LANES;
                    block.re[to..to + count].copy_from_slice(&self.re[from..from + count]);
                    block.im[to..to + count].copy_from_slice(&self.im[from..from + count]);
                }
                ffts[1].forward(&mut block, &mut spare, LANES)?;
                for y in 0..py {
                    let (from, to) = (y * LANES, plane + y * hx + x);
                    self.re[to..to + count].copy_from_slice(&block.re[from..from + count]);
                    self.im[to..to + count].copy_from_slice(&block.im[from..from + count]);
                }
            }
        }
        Ok(())
    }

    /// Sums over ordered pairs of w u u', and of w u v where there is a second field v.
    fn products(
        &self,
        second: Option<&Spectrum>,
        padded: &Padded,
        fft: &Fft,
        octant: &[f64],
        watch: &Watch,
        mut scratch: Arena<'_>,
    ) -> Result<[f64; 2], Error> {
        let [px, py, pz] = padded.length;
        let [hx, hy, _] = padded.half;
        let size = pz * LANES;
        let mut u = Lines::take(pz, LANES, &mut scratch)?;
        let mut v = Lines::take(pz, LANES, &mut scratch)?;
        let mut spare = Lines::take(pz, LANES, &mut scratch)?;
        debug_assert_eq!(u.re.len(), size);
        let mut sums = Sums::<2>::new();
        for y in 0..py {
            watch.check()?;
            for x in (0..hx).step_by(LANES) {
                let count = LANES.min(hx - x);
                self.column(padded, x, y, count, &mut u);
                fft.forward(&mut u, &mut spare, LANES)?;
                if let Some(second) = second {
                    second.column(padded, x, y, count, &mut v);
                    fft.forward(&mut v, &mut spare, LANES)?;
                }
                for z in 0..pz {
                    let from = (z.min(pz - z) * hy + y.min(py - y)) * hx + x;
                    for lane in 0..count {
                        // The half that is not stored has the same products, but for the planes that are
                        // their own mirror images.
                        let own = x + lane == 0 || 2 * (x + lane) == px;
                        let k = octant[from + lane] * if own { 1.0 } else { 2.0 };
                        let at = z * LANES + lane;
                        let (re, im) = (u.re[at], u.im[at]);
                        let cross = if second.is_some() {
                            k * (re * v.re[at] + im * v.im[at])
                        } else {
                            0.0
                        };
                        sums.push([k * (re * re + im * im), cross]);
                    }
                }
            }
        }
        let points = px as f64 * py as f64 * pz as f64;
        Ok(sums.total().map(|s| s / points))
    }

    /// Copies some columns along z, padded with zeros.
    fn column(&self, padded: &Padded, x: usize, y: usize, count: usize, out: &mut Lines) {
        let (hx, py, nz) = (padded.half[0], padded.length[1], padded.shape[2]);
        out.re.fill(0.0);
        out.im.fill(0.0);
        for z in 0..nz {
            let from = (z * py + y) * hx + x;
            let to = z * LANES;
            out.re[to..to + count].copy_from_slice(&self.re[from..from + count]);
            out.im[to..to + count].copy_from_slice(&self.im[from..from + count]);
        }
    }
}

/// The front of some lines.
fn cut<'l>(lines: &'l mut Lines, size: usize) -> Lines<'l> {
    Lines { re: &mut lines.re[..size], im: &mut lines.im[..size] }
}
