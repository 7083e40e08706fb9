//! The Fourier transform against `rustfft`, at every kind of length, and its own identities.

use radiomics::fft::{Fft, LANES, Packed, ZeroPadded, pair, smooth_length};
use radiomics::{Arena, Error, Footprint};
use rustfft::FftPlanner;
use rustfft::num_complex::Complex;

/// Largest error relative to the root mean square of the spectrum, for each doubling of the length: some
/// units of the last place.
const UNITS: f64 = 1e-15;

type Line = Vec<Complex<f64>>;

fn noise(count: usize, seed: u64) -> Line {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut step = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 11) as f64 / (1u64 << 53) as f64 * 2.0 - 1.0
    };
    (0..count).map(|_| Complex::new(step(), step())).collect()
}

fn pack(lines: &[Line]) -> Vec<Packed> {
    let at = |k: usize, f: fn(&Complex<f64>) -> f64| std::array::from_fn(|lane| f(&lines[lane][k]));
    (0..lines[0].len()).map(|k| [at(k, |c| c.re), at(k, |c| c.im)]).collect()
}

fn lane(lines: &[Packed], lane: usize) -> Line {
    lines.iter().map(|cell| Complex::new(cell[0][lane], cell[1][lane])).collect()
}

/// Lets `f` use a transform on exactly the announced memory, full of NaN.
fn with_fft<R>(length: usize, f: impl FnOnce(&Fft, &mut [Packed]) -> R) -> R {
    let mut words = vec![u64::MAX; Fft::footprint(length).words()];
    let fft = Fft::new(length, &mut Arena::new(&mut words)).expect("a transform");
    let mut work = vec![[[f64::NAN; LANES]; 2]; Fft::work_length(length)];
    f(&fft, &mut work)
}

#[track_caller]
fn assert_near(what: &str, got: &[Complex<f64>], want: &[Complex<f64>]) {
    assert_eq!(got.len(), want.len());
    let n = want.len() as f64;
    let size = (want.iter().map(Complex::norm_sqr).sum::<f64>() / n).sqrt();
    let doublings = f64::from(usize::BITS - want.len().leading_zeros()) + 1.0;
    for (k, (got, want)) in got.iter().zip(want).enumerate() {
        let off = (got - want).norm();
        let bound = UNITS * doublings * size.max(want.norm());
        assert!(off <= bound, "{what} {n}, place {k}: off by {off:e}, allowed {bound:e}");
    }
}

fn lengths() -> impl Iterator<Item = usize> {
    // All short ones; then powers, primes, squares of primes, and mixtures.
    let long =
        [243, 256, 289, 360, 500, 509, 512, 625, 729, 1000, 1009, 1024, 2187, 2310, 4096, 4099];
    (1..=144).chain(long)
}

#[test]
fn forward_agrees() {
    let mut planner = FftPlanner::new();
    for n in lengths() {
        let lines: Vec<Line> = (0..LANES as u64).map(|s| noise(n, 7 * s + 1)).collect();
        let mut packed = pack(&lines);
        with_fft(n, |fft, work| {
            assert_eq!(fft.length(), n);
            fft.forward(&mut packed, work).expect("a spectrum");
        });
        for (at, mut line) in lines.into_iter().enumerate() {
            planner.plan_fft_forward(n).process(&mut line);
            assert_near("forward", &lane(&packed, at), &line);
        }
    }
}

#[test]
fn inverse_agrees_and_undoes() {
    let mut planner = FftPlanner::new();
    for n in lengths() {
        let lines: Vec<Line> = (0..LANES as u64).map(|s| noise(n, 5 * s + 2)).collect();
        let mut packed = pack(&lines);
        with_fft(n, |fft, work| {
            fft.inverse(&mut packed, work).expect("a line");
            for (at, line) in lines.iter().enumerate() {
                let mut line = line.clone();
                planner.plan_fft_inverse(n).process(&mut line);
                line.iter_mut().for_each(|c| *c /= n as f64);
                assert_near("inverse", &lane(&packed, at), &line);
            }
            fft.forward(&mut packed, work).expect("a spectrum");
            for (at, line) in lines.iter().enumerate() {
                assert_near("there and back", &lane(&packed, at), line);
            }
        });
    }
}

#[test]
fn either_buffer_holds_the_same_bits() {
    for n in [1, 2, 3, 8, 12, 16, 30, 31, 60, 64] {
        let lines: Vec<Line> = (0..LANES as u64).map(|s| noise(n, s + 11)).collect();
        let (mut a, mut b) = (pack(&lines), pack(&lines));
        with_fft(n, |fft, work| {
            fft.forward(&mut a, work).expect("a spectrum");
            let either = fft.forward_either(&mut b, work).expect("a spectrum");
            assert_eq!(&a[..], &*either, "length {n}");
        });
    }
}

#[test]
fn zeros_need_not_be_transformed() {
    let mut planner = FftPlanner::new();
    for n in [1, 2, 3, 5, 8, 11, 25, 60, 96] {
        let lines: Vec<Line> = (0..LANES as u64).map(|s| noise(n, 3 * s + 4)).collect();
        let mut words = vec![u64::MAX; ZeroPadded::footprint(n).words()];
        let padded = ZeroPadded::new(n, &mut Arena::new(&mut words)).expect("a transform");
        let mut work = vec![[[f64::NAN; LANES]; 2]; Fft::work_length(n)];
        let (mut even, mut odd) = (pack(&lines), pack(&lines));
        let even = padded.even(&mut even, &mut work).expect("a spectrum").to_vec();
        let odd = padded.odd(&mut odd, &mut work).expect("a spectrum").to_vec();
        for (at, mut line) in lines.into_iter().enumerate() {
            line.resize(2 * n, Complex::default());
            planner.plan_fft_forward(2 * n).process(&mut line);
            let merged: Line = lane(&even, at)
                .into_iter()
                .zip(lane(&odd, at))
                .flat_map(|(even, odd)| [even, odd])
                .collect();
            assert_near("padded", &merged, &line);
        }
    }
}

#[test]
fn two_real_lines_share_a_transform() {
    let mut planner = FftPlanner::new();
    for n in [1, 2, 7, 12, 45] {
        let lines: Vec<Line> = (0..LANES as u64).map(|s| noise(n, s + 21)).collect();
        let mut packed = pack(&lines);
        with_fft(n, |fft, work| {
            fft.forward(&mut packed, work).expect("a spectrum");
            let halves: Vec<[Packed; 2]> =
                (0..n).map(|k| pair::split(packed[k], packed[(n - k) % n])).collect();
            for (which, part) in
                [|c: &Complex<f64>| c.re, |c: &Complex<f64>| c.im].iter().enumerate()
            {
                let spectra: Vec<Packed> = halves.iter().map(|h| h[which]).collect();
                for (at, line) in lines.iter().enumerate() {
                    let mut real: Line = line.iter().map(|c| Complex::new(part(c), 0.0)).collect();
                    planner.plan_fft_forward(n).process(&mut real);
                    assert_near("one of two", &lane(&spectra, at), &real);
                }
            }
            for (k, half) in halves.into_iter().enumerate() {
                let [at, mirror] = pair::join(half);
                packed[k] = at;
                packed[(n - k) % n] = mirror;
            }
            fft.inverse(&mut packed, work).expect("a line");
            for (at, line) in lines.iter().enumerate() {
                assert_near("joined", &lane(&packed, at), line);
            }
        });
    }
}

#[test]
fn exact_where_exact_numbers_suffice() {
    // An impulse has the twiddle factors as spectrum: axes and diagonals of the circle are exact.
    with_fft(8, |fft, work| {
        let mut lines = vec![[[0.0; LANES]; 2]; 8];
        lines[1][0] = [1.0; LANES];
        fft.forward(&mut lines, work).expect("a spectrum");
        let h = std::f64::consts::FRAC_1_SQRT_2;
        let want =
            [[1.0, 0.0], [h, -h], [0.0, -1.0], [-h, -h], [-1.0, 0.0], [-h, h], [0.0, 1.0], [h, h]];
        for (got, want) in lines.iter().zip(want) {
            assert_eq!([got[0][2], got[1][2]], want);
        }
    });
}

#[test]
fn the_next_smooth_length_is_the_next_one() {
    let smooth = |n: usize| {
        let strip = |n: usize, p: usize| {
            std::iter::successors(Some(n), |n| Some(n / p)).find(|n| n % p != 0)
        };
        [2, 3, 5].into_iter().try_fold(n, strip) == Some(1)
    };
    assert_eq!(smooth_length(0), 1);
    let mut next = 5000;
    assert!(smooth(next));
    for n in (1..=5000).rev() {
        next = if smooth(n) { n } else { next };
        assert_eq!(smooth_length(n), next, "after {n}");
    }
    // Sizes that nobody can store end at once as well.
    let half = usize::MAX / 2 + 1;
    assert_eq!(smooth_length(half), half);
    assert_eq!(smooth_length(usize::MAX), usize::MAX);
    assert_eq!(Fft::footprint(usize::MAX), Footprint::UNBOUNDED);
}

#[test]
fn wrong_sizes_are_errors() {
    let invalid = |result: Result<(), Error>| matches!(result, Err(Error::Invalid { .. }));
    for n in [12, 13] {
        with_fft(n, |fft, work| {
            let mut lines = vec![[[0.0; LANES]; 2]; n + 1];
            assert!(invalid(fft.forward(&mut lines, work)));
            assert!(invalid(fft.inverse(&mut lines[..n - 1], work)));
            let short = work.len() - 1;
            assert!(invalid(fft.forward(&mut lines[..n], &mut work[..short])));
        });
        let mut words = vec![0; Fft::footprint(n).words() - 1];
        let little = Fft::new(n, &mut Arena::new(&mut words)).err();
        assert!(matches!(little, Some(Error::WorkspaceTooSmall { .. })), "{little:?}");
    }
    assert!(invalid(Fft::new(0, &mut Arena::new(&mut [])).map(|_| ())));
    let huge = Fft::new(usize::MAX, &mut Arena::new(&mut [])).err();
    assert_eq!(huge, Some(Error::TooLarge { field: "fft.length" }));
}
