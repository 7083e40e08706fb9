//! Every filter on a volume: time per voxel is the time shown over the throughput's elements. Beside them a plain
//! triple loop over a kernel of 125 voxels, and the memory floor: the volume copied once.
#![expect(missing_docs, reason = "criterion's macros make public functions")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use radiomics::{Geometry, Grid, Host, Image, Layout, Plan, Settings};

const SIDE: usize = 96;

/// Name and options.
const FILTERS: [(&str, &[(&str, &str)]); 11] = [
    ("mean_5", &[("filter.images", "mean")]),
    ("gaussian_2", &[("filter.images", "gaussian"), ("filter.gaussian.sigma_mm", "2")]),
    ("log_3", &[("filter.images", "log")]),
    ("laws_energy", &[("filter.images", "laws")]),
    ("laws_max_energy", &[("filter.images", "laws"), ("filter.laws.pooling", "max")]),
    (
        "wavelet_coif3",
        &[
            ("filter.images", "wavelet"),
            ("filter.wavelet.name", "coif3"),
            ("filter.wavelet.bands", "LLH"),
        ],
    ),
    (
        "wavelet_coif3_max",
        &[
            ("filter.images", "wavelet"),
            ("filter.wavelet.name", "coif3"),
            ("filter.wavelet.bands", "LLH"),
            ("filter.wavelet.pooling", "max"),
        ],
    ),
    (
        "gabor_16",
        &[
            ("filter.images", "gabor"),
            ("filter.gabor.pooling", "mean"),
            ("filter.gabor.step_deg", "22.5"),
        ],
    ),
    ("simoncelli", &[("filter.images", "simoncelli")]),
    ("riesz", &[("filter.images", "riesz")]),
    ("gradient", &[("filter.images", "gradient")]),
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

fn naive(from: &[f64], to: &mut [f64]) {
    let at = |x: usize, y: usize, z: usize| (z * SIDE + y) * SIDE + x;
    for z in 2..SIDE - 2 {
        for y in 2..SIDE - 2 {
            for x in 2..SIDE - 2 {
                let mut sum = 0.0;
                for c in z - 2..=z + 2 {
                    for b in y - 2..=y + 2 {
                        for a in x - 2..=x + 2 {
                            sum += from[at(a, b, c)];
                        }
                    }
                }
                to[at(x, y, z)] = sum / 125.0;
            }
        }
    }
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
    group.bench_function("naive_mean_5", |b| {
        b.iter(|| naive(std::hint::black_box(&voxels), &mut out))
    });
    for (name, options) in FILTERS {
        let mut settings = Settings::default();
        for (key, text) in options {
            settings.set(key, text).expect("an option");
        }
        let plan = Plan::new(&settings).expect("a plan");
        let words = plan.map_workspace(&Grid::of(&image), 0).expect("a size").words();
        let mut workspace = vec![0; words];
        group.bench_function(BenchmarkId::new(name, voxels.len()), |b| {
            b.iter(|| {
                plan.map(&image, 0, &Host::serial(), &mut workspace, &mut out).expect("a map")
            });
        });
    }
}

criterion_group!(benches, filters);
criterion_main!(benches);
