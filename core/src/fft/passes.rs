//! Stockham's algorithm: one pass for each factor 2, 3, 4 or 5 of the length.

use super::packed::{Packed, add, quarter_back, scale, sub, turn};
use super::twiddle;
use crate::error::Error;
use crate::workspace::{Arena, Footprint};

/// A transform of a length that is a product of 2, 3 and 5.
#[derive(Debug)]
pub(super) struct Passes<'w> {
    length: usize,
    /// In the order of the passes. 64 places: no length has more factors.
    radices: heapless::Vec<u8, 64>,
    /// `exp(-2 pi i k / n)`.
    roots: &'w [[f64; 2]],
}

impl<'w> Passes<'w> {
    pub(super) const fn footprint(length: usize) -> Footprint {
        Footprint::of::<[f64; 2]>(length)
    }

    pub(super) fn new(length: usize, scratch: &mut Arena<'w>) -> Result<Self, Error> {
        let mut radices = heapless::Vec::new();
        let mut rest = length;
        // Large and odd factors first: later passes run over longer blocks with one twiddle factor.
        for radix in [5usize, 3, 4, 2] {
            while rest.is_multiple_of(radix) && radices.push(radix as u8).is_ok() {
                rest /= radix;
            }
        }
        let roots = scratch.take::<[f64; 2]>(length)?;
        for (k, root) in roots.iter_mut().enumerate() {
            *root = twiddle::root(k, length);
        }
        Ok(Self { length, radices, roots })
    }

    /// Whether [`Passes::run`] leaves the spectrum in `work` and not in `lines`.
    pub(super) fn ends_in_work(&self) -> bool {
        self.radices.len() % 2 == 1
    }

    /// Both buffers have the length of the transform.
    pub(super) fn run(&self, lines: &mut [Packed], work: &mut [Packed]) {
        let mut block = 1;
        for (at, radix) in self.radices.iter().enumerate() {
            let (from, to): (&[Packed], &mut [Packed]) =
                if at % 2 == 0 { (&*lines, &mut *work) } else { (&*work, &mut *lines) };
            match radix {
                2 => pass(from, to, block, self.roots, two),
                3 => pass(from, to, block, self.roots, three),
                4 => pass(from, to, block, self.roots, four),
                _ => pass(from, to, block, self.roots, five),
            }
            block *= usize::from(*radix);
        }
        debug_assert_eq!(block, self.length);
    }
}

/// One pass of radix R: from groups of places that lie n/R apart to neighbouring blocks. All results but the
/// first are turned by the twiddle factors of their group.
#[inline(always)]
fn pass<const R: usize>(
    from: &[Packed],
    to: &mut [Packed],
    block: usize,
    roots: &[[f64; 2]],
    small: impl Fn([Packed; R]) -> [Packed; R],
) {
    let groups = from.len() / (R * block);
    for (group, out) in to.chunks_exact_mut(R * block).enumerate() {
        let turns: [[f64; 2]; R] = core::array::from_fn(|t| roots[group * block * t]);
        let ins: [&[Packed]; R] = core::array::from_fn(|u| {
            let start = (group + u * groups) * block;
            &from[start..start + block]
        });
        let mut rest = out;
        let outs: [&mut [Packed]; R] = core::array::from_fn(|_| {
            let (front, back) = core::mem::take(&mut rest).split_at_mut(block);
            rest = back;
            front
        });
        for at in 0..block {
            let y = small(core::array::from_fn(|u| ins[u][at]));
            outs[0][at] = y[0];
            for t in 1..R {
                outs[t][at] = turn(y[t], turns[t]);
            }
        }
    }
}

#[inline(always)]
fn two([a, b]: [Packed; 2]) -> [Packed; 2] {
    [add(a, b), sub(a, b)]
}

#[inline(always)]
fn three([a, b, c]: [Packed; 3]) -> [Packed; 3] {
    /// sin(2 pi / 3)
    const S: f64 = 0.866_025_403_784_438_6;
    let sum = add(b, c);
    let middle = sub(a, scale(sum, 0.5));
    let side = quarter_back(scale(sub(b, c), S));
    [add(a, sum), add(middle, side), sub(middle, side)]
}

#[inline(always)]
fn four([a, b, c, d]: [Packed; 4]) -> [Packed; 4] {
    let (even, odd) = (add(a, c), add(b, d));
    let (even_side, odd_side) = (sub(a, c), quarter_back(sub(b, d)));
    [add(even, odd), add(even_side, odd_side), sub(even, odd), sub(even_side, odd_side)]
}

#[inline(always)]
fn five([a, b, c, d, e]: [Packed; 5]) -> [Packed; 5] {
    // Cosines and sines of 2 pi / 5 and 4 pi / 5.
    const C1: f64 = 0.309_016_994_374_947_45;
    const C2: f64 = -0.809_016_994_374_947_5;
    const S1: f64 = 0.951_056_516_295_153_5;
    const S2: f64 = 0.587_785_252_292_473_1;
    let (outer, inner) = (add(b, e), add(c, d));
    let (outer_side, inner_side) = (sub(b, e), sub(c, d));
    let first = add(a, add(scale(outer, C1), scale(inner, C2)));
    let second = add(a, add(scale(outer, C2), scale(inner, C1)));
    let first_side = quarter_back(add(scale(outer_side, S1), scale(inner_side, S2)));
    let second_side = quarter_back(sub(scale(outer_side, S2), scale(inner_side, S1)));
    [
        add(a, add(outer, inner)),
        add(first, first_side),
        add(second, second_side),
        sub(second, second_side),
        sub(first, first_side),
    ]
}
