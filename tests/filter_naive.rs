//! Every filter against its definition: all boundary rules, odd and even kernels, volumes smaller than the kernel.

use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;
use radiomics::filter::wavelet::Filters;
use radiomics::filter::{
    Binary, Boundary, Gabor, Gaussian, Gradient, Laws, LawsKernel, Lbp, Log, Mean, Pooling, Riesz,
    Simoncelli, Volume, Wavelet,
};
use radiomics::{Arena, Control, Error, Footprint, Watch};

use crate::naive::convolution::{self as naive, Dense, Edge};

#[derive(Clone, Copy, Debug)]
struct Rule {
    boundary: Boundary,
    edge: Edge,
}

fn rules() -> impl Strategy<Value = Rule> {
    prop_oneof![
        Just(Rule { boundary: Boundary::Zero, edge: Edge::Constant(0.0) }),
        (-5.0f64..5.0)
            .prop_map(|c| Rule { boundary: Boundary::Constant(c), edge: Edge::Constant(c) }),
        Just(Rule { boundary: Boundary::Nearest, edge: Edge::Nearest }),
        Just(Rule { boundary: Boundary::Periodic, edge: Edge::Periodic }),
        Just(Rule { boundary: Boundary::Mirror, edge: Edge::Mirror }),
    ]
}

impl Rule {
    /// For a response whose kernel has this sum.
    fn times(self, sum: f64) -> Edge {
        match self.edge {
            Edge::Constant(c) => Edge::Constant(c * sum),
            other => other,
        }
    }
}

fn volumes(side: usize) -> impl Strategy<Value = Dense> {
    [1..=side, 1..=side, 1..=side].prop_flat_map(|shape| {
        let cells = shape.iter().product::<usize>();
        prop::collection::vec(-100.0f64..100.0, cells)
            .prop_map(move |values| Dense { values, shape })
    })
}

fn poolings() -> impl Strategy<Value = Pooling> {
    prop::sample::select(vec![
        Pooling::None,
        Pooling::Max,
        Pooling::Mean,
        Pooling::Min,
        Pooling::Sum,
    ])
}

/// A large kernel is made within the time after which the host is asked.
#[test]
fn large_kernels_ask_the_host() {
    let asked = AtomicU32::new(0);
    let progress = |_: f32| {
        asked.fetch_add(1, Ordering::Relaxed);
        if asked.load(Ordering::Relaxed) == 20 { Control::Cancel } else { Control::Continue }
    };
    let pooling = Pooling::None;
    let [sigma_mm, lambda_mm, gamma, theta_deg] = [20.0, 4.0, 0.5, 0.0];
    let spacing = [0.5; 3];
    let filter =
        Gabor { sigma_mm, lambda_mm, gamma, theta_deg, pooling, orthogonal: false, spacing };
    let mut values = [1.0; 4];
    let mut volume = Volume::new(&mut values, [2, 2, 1]).expect("a volume");
    let mut words = vec![0; filter.footprint([2, 2, 1]).words()];
    let watch = Watch::new(Some(&progress), 1);
    let ended = filter.apply(&mut volume, Boundary::Mirror, &watch, Arena::new(&mut words));
    assert_eq!(ended, Err(Error::Cancelled));
}

type Apply<'a> = &'a dyn Fn(&mut Volume, &Watch, Arena<'_>) -> Result<(), Error>;

/// Runs a filter on exactly the announced words, full of rubbish; one word less is refused.
fn run(image: &Dense, footprint: Footprint, apply: Apply) -> Dense {
    let mut out = image.clone();
    let mut words = vec![0xfff8_dead_beef_0001; footprint.words()];
    let mut volume = Volume::new(&mut out.values, out.shape).expect("a volume");
    apply(&mut volume, &Watch::silent(), Arena::new(&mut words)).expect("a response");
    if let Some(less) = words.len().checked_sub(1) {
        let mut again = image.clone();
        let mut volume = Volume::new(&mut again.values, image.shape).expect("a volume");
        let refused = apply(&mut volume, &Watch::silent(), Arena::new(&mut words[..less]));
        assert!(matches!(refused, Err(Error::WorkspaceTooSmall { .. })), "a word less was enough");
    }
    out
}

fn agree(got: &Dense, want: &Dense, scale: f64) -> Result<(), TestCaseError> {
    for (i, (a, b)) in got.values.iter().zip(&want.values).enumerate() {
        prop_assert!((a - b).abs() <= 1e-9 * scale, "voxel {i}: {a} {b}");
    }
    Ok(())
}

/// All orientations of a kernel, pooled.
fn pooled(
    image: &Dense,
    kernel: &naive::Kernel,
    edge: Edge,
    dimensions: usize,
    pooling: Pooling,
) -> Dense {
    if pooling == Pooling::None {
        return naive::convolve(image, kernel, edge);
    }
    let turned = naive::rotations(dimensions);
    let responses: Vec<Dense> =
        turned.iter().map(|m| naive::convolve(image, &naive::rotated(kernel, m), edge)).collect();
    naive::pool(&responses, pooling.name())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(60))]

    #[test]
    fn mean(image in volumes(6), rule in rules(), size in 1usize..12, dimensions in 2usize..=3) {
        let filter = Mean { size, dimensions };
        let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
        let line = vec![1.0 / size as f64; size];
        let across: &[f64] = if dimensions == 3 { &line } else { &[1.0] };
        let want = naive::convolve(&image, &naive::product([&line, &line, across]), rule.edge);
        agree(&got, &want, 100.0)?;
    }

    #[test]
    fn gaussian_and_log(
        image in volumes(6),
        rule in rules(),
        sigma in [0.4f64..2.0, 0.4f64..2.0, 0.4f64..2.0],
        cutoff in 1.0f64..4.0,
        dimensions in 2usize..=3,
        zero_sum in any::<bool>(),
    ) {
        let filter = Gaussian { sigma, cutoff, dimensions };
        let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
        let kernel = naive::gaussian(sigma, cutoff, dimensions, false, false);
        agree(&got, &naive::convolve(&image, &kernel, rule.edge), 100.0)?;
        let filter = Log { sigma, cutoff, zero_sum, dimensions };
        let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
        let kernel = naive::gaussian(sigma, cutoff, dimensions, true, zero_sum);
        agree(&got, &naive::convolve(&image, &kernel, rule.edge), 1000.0)?;
    }

    /// Kernels on both sides of where they go through the transform.
    #[test]
    fn long_gaussian_and_log(
        image in volumes(5),
        rule in rules(),
        axis in 0usize..3,
        long in 8.0f64..12.0,
        short in 0.1f64..0.8,
        dimensions in 2usize..=3,
        zero_sum in any::<bool>(),
    ) {
        let mut sigma = [short; 3];
        sigma[axis] = long;
        let filter = Gaussian { sigma, cutoff: 4.0, dimensions };
        let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
        let kernel = naive::gaussian(sigma, 4.0, dimensions, false, false);
        agree(&got, &naive::convolve(&image, &kernel, rule.edge), 100.0)?;
        let filter = Log { sigma, cutoff: 4.0, zero_sum, dimensions };
        let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
        let kernel = naive::gaussian(sigma, 4.0, dimensions, true, zero_sum);
        // The factor 1/s^2 is that of x.
        let scale = (1.0 / sigma[0].powi(2)).max(1.0);
        agree(&got, &naive::convolve(&image, &kernel, rule.edge), 1000.0 * scale)?;
    }

    #[test]
    fn laws(
        image in volumes(5),
        rule in rules(),
        names in [0usize..8, 0usize..8, 0usize..8],
        dimensions in 2usize..=3,
        pooling in poolings(),
        energy in prop::option::of(0usize..3),
    ) {
        const KERNELS: [(&str, LawsKernel, &[f64]); 8] = [
            ("L3", LawsKernel::L3, &[1.0, 2.0, 1.0]),
            ("L5", LawsKernel::L5, &[1.0, 4.0, 6.0, 4.0, 1.0]),
            ("E3", LawsKernel::E3, &[-1.0, 0.0, 1.0]),
            ("E5", LawsKernel::E5, &[-1.0, -2.0, 0.0, 2.0, 1.0]),
            ("S3", LawsKernel::S3, &[-1.0, 2.0, -1.0]),
            ("S5", LawsKernel::S5, &[-1.0, 0.0, 2.0, 0.0, -1.0]),
            ("W5", LawsKernel::W5, &[-1.0, 2.0, 0.0, -2.0, 1.0]),
            ("R5", LawsKernel::R5, &[1.0, -4.0, 6.0, -4.0, 1.0]),
        ];
        for (name, kernel, _) in KERNELS {
            prop_assert_eq!(LawsKernel::named(name), Some(kernel));
        }
        let kernels = names.map(|n| KERNELS[n].1);
        let filter = Laws { kernels, dimensions, pooling, energy };
        let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
        let unit = |n: usize| {
            let length = KERNELS[n].2.iter().map(|x| x * x).sum::<f64>().sqrt();
            KERNELS[n].2.iter().map(|x| x / length).collect::<Vec<f64>>()
        };
        let lines = names.map(unit);
        let across: &[f64] = if dimensions == 3 { &lines[2] } else { &[1.0] };
        let kernel = naive::product([&lines[0], &lines[1], across]);
        let mut want = pooled(&image, &kernel, rule.edge, dimensions, pooling);
        if let Some(delta) = energy {
            want.values.iter_mut().for_each(|x| *x = x.abs());
            let side = vec![1.0 / (2 * delta + 1) as f64; 2 * delta + 1];
            let across: &[f64] = if dimensions == 3 { &side } else { &[1.0] };
            let sum: f64 = kernel.iter().map(|(_, w)| w).sum();
            let edge = match rule.times(sum) {
                Edge::Constant(c) => Edge::Constant(c.abs()),
                other => other,
            };
            // Pooled sums add up 4 or 24 flat responses.
            let edge = match (edge, pooling) {
                (Edge::Constant(c), Pooling::Sum) => Edge::Constant(c * if dimensions == 3 { 24.0 } else { 4.0 }),
                (edge, _) => edge,
            };
            want = naive::convolve(&want, &naive::product([&side, &side, across]), edge);
        }
        agree(&got, &want, 10_000.0)?;
    }

    #[test]
    fn wavelets(
        image in volumes(5),
        rule in rules(),
        name in prop::sample::select(vec!["haar", "db2", "db3", "sym4", "coif1", "bior2.2"]),
        high in [any::<bool>(), any::<bool>(), any::<bool>()],
        level in 1u32..=2,
        dimensions in 2usize..=3,
        pooling in poolings(),
    ) {
        let filters = Filters::named(name).expect("a wavelet");
        let filter = Wavelet { filters, high, level, dimensions, pooling };
        let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
        // Level by level, every weight followed by zeros.
        let line = |high: bool, level: u32| -> Vec<f64> {
            let weights = if high { filters.high() } else { filters.low() };
            let zeros = (1 << (level - 1)) - 1;
            weights.iter().flat_map(|w| [vec![*w], vec![0.0; zeros]].concat()).collect()
        };
        let stage = |j: u32| {
            let lines = high.map(|h| line(h && j == level, j));
            let across: &[f64] = if dimensions == 3 { &lines[2] } else { &[1.0] };
            naive::product([&lines[0], &lines[1], across])
        };
        let turned = match pooling {
            Pooling::None => vec![[[1, 0, 0], [0, 1, 0], [0, 0, 1]]],
            _ => naive::rotations(dimensions),
        };
        let responses: Vec<Dense> = turned
            .iter()
            .map(|m| {
                let mut sum = 1.0;
                (1..=level).fold(image.clone(), |image, j| {
                    let kernel = naive::rotated(&stage(j), m);
                    let out = naive::convolve(&image, &kernel, rule.times(sum));
                    sum *= kernel.iter().map(|(_, w)| w).sum::<f64>();
                    out
                })
            })
            .collect();
        agree(&got, &naive::pool(&responses, pooling.name()), 10_000.0)?;
    }

    #[test]
    fn local_binary_patterns(image in volumes(5), rule in rules(), dimensions in 2usize..=3, coarse in any::<bool>()) {
        // Few levels, so that neighbours are often equal.
        let values = image.values.iter().map(|x| if coarse { (x / 60.0).round() } else { *x }).collect();
        let image = Dense { values, shape: image.shape };
        let steps: Vec<[isize; 3]> = if dimensions == 2 {
            (0..8).map(|p| {
                let angle = f64::from(p) * std::f64::consts::FRAC_PI_4;
                [(angle.cos() * 1.2).round() as isize, (angle.sin() * 1.2).round() as isize, 0]
            }).collect()
        } else {
            vec![[1, 0, 0], [-1, 0, 0], [0, 1, 0], [0, -1, 0], [0, 0, 1], [0, 0, -1]]
        };
        // Neighbours as convolutions with a single weight; each rotation is a new order of the neighbours.
        let others: Vec<Dense> = steps.iter().map(|d| naive::convolve(&image, &vec![(d.map(|k| -k), 1.0)], rule.edge)).collect();
        let orders: Vec<Vec<usize>> = if dimensions == 2 {
            (0..8).map(|turn| (0..8).map(|p| (p + turn) % 8).collect()).collect()
        } else {
            naive::rotations(3).iter().map(|m| {
                steps.iter().map(|d| {
                    let turned: [isize; 3] = std::array::from_fn(|r| (0..3).map(|c| m[r][c] * d[c]).sum());
                    steps.iter().position(|e| *e == turned).expect("a neighbour")
                }).collect()
            }).collect()
        };
        for binary in Binary::ALL {
            let filter = Lbp { binary, dimensions };
            let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
            for (i, own) in image.values.iter().enumerate() {
                let set: Vec<bool> = others.iter().map(|o| o.values[i] >= *own).collect();
                let number = |order: &Vec<usize>| order.iter().enumerate().map(|(p, q)| u32::from(set[*q]) << p).sum::<u32>();
                let want = match binary {
                    Binary::Pattern => number(&(0..steps.len()).collect()),
                    Binary::Invariant => orders.iter().map(number).min().expect("a rotation"),
                    Binary::Count => set.iter().map(|s| u32::from(*s)).sum(),
                };
                prop_assert_eq!(got.values[i], f64::from(want));
            }
        }
    }

    #[test]
    fn gradient(image in volumes(6), rule in rules(), spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0], dimensions in 2usize..=3) {
        let filter = Gradient { spacing, dimensions };
        let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
        let mut want = vec![0.0; image.values.len()];
        for axis in 0..dimensions {
            let mut ahead = [0; 3];
            ahead[axis] = -1;
            let kernel = vec![(ahead, 0.5 / spacing[axis]), (ahead.map(|k: isize| -k), -0.5 / spacing[axis])];
            let slope = naive::convolve(&image, &kernel, rule.edge);
            want.iter_mut().zip(&slope.values).for_each(|(sum, x)| *sum += x * x);
        }
        want.iter_mut().for_each(|x| *x = x.sqrt());
        agree(&got, &Dense { values: want, shape: image.shape }, 1000.0)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(16))]

    #[test]
    fn gabor(
        image in volumes(5),
        rule in rules(),
        sigma_mm in 0.5f64..1.5,
        lambda_mm in 1.0f64..5.0,
        gamma in 0.5f64..2.0,
        theta_deg in -180.0f64..180.0,
        spacing in [0.7f64..2.0, 0.7f64..2.0, 0.7f64..2.0],
        orthogonal in any::<bool>(),
        pooling in poolings(),
        step in prop::sample::select(vec![45.0, 60.0, 72.0, 100.0]),
    ) {
        let pools = pooling != Pooling::None;
        let filter = Gabor {
            sigma_mm, lambda_mm, gamma, theta_deg: if pools { step } else { theta_deg }, pooling, orthogonal, spacing,
        };
        let got = run(&image, filter.footprint(image.shape), &|v, w, a| filter.apply(v, rule.boundary, w, a));
        let angles: Vec<f64> = if pools {
            (0..).map(|k| f64::from(k) * step).take_while(|a| *a < 360.0).collect()
        } else {
            vec![theta_deg]
        };
        let planes: &[[usize; 2]] = if orthogonal { &[[0, 1], [0, 2], [1, 2]] } else { &[[0, 1]] };
        let of_planes: Vec<Dense> = planes
            .iter()
            .map(|plane| {
                let all: Vec<Dense> = angles
                    .iter()
                    .map(|a| naive::gabor(&image, [sigma_mm, lambda_mm, gamma, a.to_radians()], spacing, *plane, rule.edge))
                    .collect();
                naive::pool(&all, pooling.name())
            })
            .collect();
        // The envelope is cut where it is below 2e-8.
        agree(&got, &naive::pool(&of_planes, "mean"), 100_000.0)?;
    }

    #[test]
    fn simoncelli_and_riesz(
        image in volumes(6),
        level in 1u32..4,
        order in [0u32..3, 0u32..3, 0u32..3],
        dimensions in 2usize..=3,
    ) {
        let shape = image.shape;
        let filter = Simoncelli { level, dimensions };
        let got = run(&image, filter.footprint(shape), &|v, w, a| filter.apply(v, Boundary::Mirror, w, a));
        let want = naive::multiplied(&image, dimensions, |k| {
            // From -1 to 1 over the samples, the middle one first.
            let v = |a: usize| match shape[a] {
                1 => 0.0,
                n => -1.0 + 2.0 * ((k[a] + n / 2) % n) as f64 / (n as f64 - 1.0),
            };
            let r = (0..dimensions).map(|a| v(a) * v(a)).sum::<f64>().sqrt() * 2f64.powi(level as i32 - 1);
            let inside = r > 0.25 && r <= 1.0;
            [if inside { (std::f64::consts::FRAC_PI_2 * (2.0 * r).log2()).cos() } else { 0.0 }, 0.0]
        });
        agree(&got, &want, 1000.0)?;
        let mut order = order;
        if dimensions == 2 {
            order[2] = 0;
        }
        prop_assume!(order.iter().sum::<u32>() > 0);
        let filter = Riesz { order, dimensions };
        let got = run(&image, filter.footprint(shape), &|v, w, a| filter.apply(v, Boundary::Mirror, w, a));
        let total = order.iter().sum::<u32>() as i32;
        let factorial = |n: u32| (1..=n).map(f64::from).product::<f64>();
        let scale = (factorial(total as u32) / order.iter().map(|l| factorial(*l)).product::<f64>()).sqrt();
        let want = naive::multiplied(&image, dimensions, |k| {
            let v: Vec<f64> = (0..dimensions)
                .map(|a| {
                    let (k, n) = (k[a] as f64, shape[a] as f64);
                    if 2.0 * k >= n { k / n - 1.0 } else { k / n }
                })
                .collect();
            let length = v.iter().map(|x| x * x).sum::<f64>().sqrt();
            let nyquist = (0..dimensions).any(|a| 2 * k[a] == shape[a] && order[a] % 2 == 1);
            if length == 0.0 || nyquist {
                return [0.0; 2];
            }
            let part: f64 = (0..dimensions).map(|a| (v[a] / length).powi(order[a] as i32)).product();
            [[1.0, 0.0], [0.0, -1.0], [-1.0, 0.0], [0.0, 1.0]][total as usize % 4].map(|c| c * part * scale)
        });
        agree(&got, &want, 1000.0)?;
    }
}
