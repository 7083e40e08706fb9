//! The passes of a transform: small transforms of length 2, 3, 4 and 5.

use super::Lines;

/// One pass of Stockham's algorithm.
pub(super) struct Pass<'t> {
    /// Neighbouring numbers that share a twiddle factor.
    pub block: usize,
    /// Groups of `radix` blocks.
    pub groups: usize,
    /// Twiddle factors from one group to the next.
    pub stride: usize,
    pub cosines: &'t [f64],
    pub sines: &'t [f64],
}

type Complex = (f64, f64);

impl Pass<'_> {
    /// Runs one radix: `transform` maps R numbers; results but the first are turned by the twiddle factors
    /// of the group.
    #[inline(always)]
    fn run<const R: usize>(
        &self,
        from: &Lines,
        to: &mut Lines,
        transform: impl Fn([Complex; R]) -> [Complex; R],
    ) {
        let Pass { block, groups, stride, cosines, sines } = *self;
        for group in 0..groups {
            let turn: [Complex; R] = core::array::from_fn(|t| {
                let k = group * stride * t;
                (cosines[k], sines[k])
            });
            let re: [&[f64]; R] = core::array::from_fn(|u| {
                let start = (group + u * groups) * block;
                &from.re[start..start + block]
            });
            let im: [&[f64]; R] = core::array::from_fn(|u| {
                let start = (group + u * groups) * block;
                &from.im[start..start + block]
            });
            let start = group * R * block;
            let out_re = &mut to.re[start..start + R * block];
            let out_im = &mut to.im[start..start + R * block];
            for at in 0..block {
                let x = transform(core::array::from_fn(|u| (re[u][at], im[u][at])));
                for (t, (a, b)) in x.into_iter().enumerate() {
                    let (c, s) = turn[t];
                    out_re[t * block + at] = a * c - b * s;
                    out_im[t * block + at] = a * s + b * c;
                }
            }
        }
    }
}

fn add(a: Complex, b: Complex) -> Complex {
    (a.0 + b.0, a.1 + b.1)
}

fn sub(a: Complex, b: Complex) -> Complex {
    (a.0 - b.0, a.1 - b.1)
}

fn scale(a: Complex, s: f64) -> Complex {
    (a.0 * s, a.1 * s)
}

/// Times -i.
fn turn_back(a: Complex) -> Complex {
    (a.1, -a.0)
}

pub(super) fn radix2(pass: &Pass, from: &Lines, to: &mut Lines) {
    pass.run(from, to, |[a, b]| [add(a, b), sub(a, b)]);
}

pub(super) fn radix3(pass: &Pass, from: &Lines, to: &mut Lines) {
    /// sin(2 pi / 3)
    const S: f64 = 0.866_025_403_784_438_6;
    pass.run(from, to, |[a, b, c]| {
        let sum = add(b, c);
        let middle = sub(a, scale(sum, 0.5));
        let side = turn_back(scale(sub(b, c), S));
        [add(a, sum), add(middle, side), sub(middle, side)]
    });
}

pub(super) fn radix4(pass: &Pass, from: &Lines, to: &mut Lines) {
    pass.run(from, to, |[a, b, c, d]| {
        let (even, odd) = (add(a, c), add(b, d));
        let (even_difference, odd_difference) = (sub(a, c), turn_back(sub(b, d)));
        [
            add(even, odd),
            add(even_difference, odd_difference),
            sub(even, odd),
            sub(even_difference, odd_difference),
        ]
    });
}

pub(super) fn radix5(pass: &Pass, from: &Lines, to: &mut Lines) {
    /// cos and sin of 2 pi / 5 and 4 pi / 5
    const C1: f64 = 0.309_016_994_374_947_45;
    const C2: f64 = -0.809_016_994_374_947_5;
    const S1: f64 = 0.951_056_516_295_153_5;
    const S2: f64 = 0.587_785_252_292_473_1;
    pass.run(from, to, |[a, b, c, d, e]| {
        let (outer, inner) = (add(b, e), add(c, d));
        let (outer_difference, inner_difference) = (sub(b, e), sub(c, d));
        let first = add(a, add(scale(outer, C1), scale(inner, C2)));
        let second = add(a, add(scale(outer, C2), scale(inner, C1)));
        let first_side = turn_back(add(scale(outer_difference, S1), scale(inner_difference, S2)));
        let second_side = turn_back(sub(scale(outer_difference, S2), scale(inner_difference, S1)));
        [
            add(a, add(outer, inner)),
            add(first, first_side),
            add(second, second_side),
            sub(second, second_side),
            sub(first, first_side),
        ]
    });
}
