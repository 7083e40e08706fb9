//! Every filter on a volume: time per voxel is the time shown over the throughput's elements. Beside each the plain loop
//! over the box of its kernel for every voxel and kernel of the definition (on a block of the volume), and the memory
//! floor: the volume copied once.
#![expect(missing_docs, reason = "criterion's macros make public functions")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use radiomics::{Geometry, Grid, Host, Image, Layout, Plan, Settings};

const SIDE: usize = 96;

/// One filter: its name, its options, and the sums of products that its definition asks for at each voxel.
struct Case {
    name: &'static str,
    options: &'static [(&'static str, &'static str)],
    /// Sides of the kernel, and kernels; none where the definition is no convolution of a box.
    naive: Option<([usize; 3], usize)>,
}

const fn case(
    name: &'static str,
    options: &'static [(&'static str, &'static str)],
    naive: Option<([usize; 3], usize)>,
) -> Case {
    Case { name, options, naive }
}

#[rustfmt::skip]
const FILTERS: &[Case] = &[
    case("mean_5", &[("filter.images", "mean")], Some(([5; 3], 1))),
    case("gaussian_2", &[("filter.images", "gaussian"), ("filter.gaussian.sigma_mm", "2")], Some(([17; 3], 1))),
    case("gaussian_9", &[("filter.images", "gaussian"), ("filter.gaussian.sigma_mm", "9")], Some(([73; 3], 1))),
    case("log_3", &[("filter.images", "log")], Some(([25; 3], 1))),
    case("log_9", &[("filter.images", "log"), ("filter.log.sigma_mm", "9")], Some(([73; 3], 1))),
    case("laws", &[("filter.images", "laws"), ("filter.laws.energy", "false")], Some(([5; 3], 1))),
    case("laws_energy", &[("filter.images", "laws")], Some(([15; 3], 1))),
    case("laws_max_energy", &[("filter.images", "laws"), ("filter.laws.pooling", "max")], Some(([5; 3], 24))),
    case("wavelet_coif3", &[("filter.images", "wavelet"), ("filter.wavelet.name", "coif3"), ("filter.wavelet.bands", "LLH")], Some(([18; 3], 1))),
    case("wavelet_coif3_max", &[("filter.images", "wavelet"), ("filter.wavelet.name", "coif3"), ("filter.wavelet.bands", "LLH"), ("filter.wavelet.pooling", "max")], Some(([18; 3], 24))),
    case("gabor", &[("filter.images", "gabor")], Some(([61, 61, 1], 2))),
    case("gabor_16", &[("filter.images", "gabor"), ("filter.gabor.pooling", "mean"), ("filter.gabor.step_deg", "22.5")], Some(([61, 61, 1], 32))),
    case("gabor_16_orthogonal", &[("filter.images", "gabor"), ("filter.gabor.pooling", "mean"), ("filter.gabor.step_deg", "22.5"), ("filter.gabor.planes", "orthogonal")], Some(([61, 61, 1], 96))),
    case("simoncelli", &[("filter.images", "simoncelli")], None),
    case("riesz", &[("filter.images", "riesz")], None),
    case("riesz_steered", &[("filter.images", "riesz"), ("filter.riesz.steering_sigma_mm", "2")], None),
    case("riesz_log", &[("filter.images", "riesz_log")], None),
    case("riesz_simoncelli", &[("filter.images", "riesz_simoncelli")], None),
    case("gradient", &[("filter.images", "gradient")], Some(([3, 1, 1], 3))),
    case("lbp", &[("filter.images", "lbp")], None),
    case("square", &[("filter.images", "square")], None),
    case("square_root", &[("filter.images", "square_root")], None),
    case("logarithm", &[("filter.images", "logarithm")], None),
    case("exponential", &[("filter.images", "exponential")], None),
];

/// Smooth noise from a fixed seed.
fn volume() -> Vec<f64> {
    let mut state = 12_345u32;
    (0..SIDE * SIDE * SIDE)
        .map(|i| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            f64::from((i / 500 % 13) as u32 * 40 + (state >> 25))
        })
        .collect()
}

/// Side of the block in the middle of the volume that the plain loops fill.
const PART: usize = 4;

/// Every kernel at every voxel of the block: a triple loop over the kernel's box.
fn naive(from: &[f64], sides: [usize; 3], weights: &[f64], kernels: usize) -> f64 {
    let first = SIDE / 2 - PART / 2;
    let start = sides.map(|side| first.saturating_sub(side / 2));
    let mut all = 0.0;
    for _ in 0..kernels {
        for (z, y, x) in (0..PART * PART * PART)
            .map(|i| (i / PART / PART + start[2], i / PART % PART + start[1], i % PART + start[0]))
        {
            let mut sum = 0.0;
            for c in 0..sides[2] {
                for b in 0..sides[1] {
                    for a in 0..sides[0] {
                        let weight = weights[(c * sides[1] + b) * sides[0] + a];
                        sum += weight * from[((z + c) * SIDE + y + b) * SIDE + x + a];
                    }
                }
            }
            all += std::hint::black_box(sum);
        }
    }
    all
}

fn filters(c: &mut Criterion) {
    let voxels = volume();
    let layout = Layout::x_fastest([SIDE; 3]).expect("a layout");
    let geometry = Geometry::axis_aligned([1.0; 3]);
    let image = Image::new(voxels.as_slice(), layout, geometry).expect("an image");
    let mut out = vec![0.0; voxels.len()];
    let mut group = c.benchmark_group("filter");
    group.throughput(Throughput::Elements(voxels.len() as u64));
    group.sample_size(10);
    group.bench_function("memory_floor", |b| {
        b.iter(|| out.copy_from_slice(std::hint::black_box(&voxels)))
    });
    for Case { name, options, naive: plain } in FILTERS {
        if let Some((sides, kernels)) = plain {
            let weights = vec![0.125; sides.iter().product()];
            group.throughput(Throughput::Elements((PART * PART * PART) as u64));
            group.bench_function(BenchmarkId::new("naive", name), |b| {
                b.iter(|| naive(std::hint::black_box(&voxels), *sides, &weights, *kernels));
            });
        }
        group.throughput(Throughput::Elements(voxels.len() as u64));
        let mut settings = Settings::default();
        for (key, text) in *options {
            settings.set(key, text).expect("an option");
        }
        let plan = Plan::new(&settings).expect("a plan");
        let words = plan.map_workspace(&Grid::of(&image), 0).expect("a size").words();
        let mut workspace = vec![0; words];
        group.bench_function(BenchmarkId::new("map", name), |b| {
            b.iter(|| {
                plan.map(&image, 0, &Host::serial(), &mut workspace, &mut out).expect("a map")
            });
        });
    }
}

criterion_group!(benches, filters);
criterion_main!(benches);
