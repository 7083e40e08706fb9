//! The whole 3D set on a ball, family by family: time per region voxel is the time shown over the throughput's
//! elements.
#![expect(missing_docs, reason = "criterion's macros make public functions")]

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use radiomics::plan::Grid;
use radiomics::{Geometry, Host, Image, Layout, Plan, Region, Select, Settings, Status};

/// A ball of smooth noise from a fixed seed.
fn ball(side: usize) -> (Vec<i16>, Vec<u8>) {
    let (mut image, mut mask) = (Vec::new(), Vec::new());
    let (middle, radius) = ((side - 1) as f64 / 2.0, side as f64 / 2.0 - 2.0);
    let mut state = 12_345u32;
    for z in 0..side {
        for y in 0..side {
            for x in 0..side {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let smooth = (x / 5 + y / 7 + z / 6) % 13;
                image.push((40 * smooth) as i16 + (state >> 25) as i16);
                let square: f64 = [x, y, z].iter().map(|v| (*v as f64 - middle).powi(2)).sum();
                mask.push(u8::from(square <= radius * radius));
            }
        }
    }
    (image, mask)
}

fn whole_set(c: &mut Criterion) {
    for side in [16, 62, 128] {
        let (image, mask) = ball(side);
        let voxels = mask.iter().map(|m| u64::from(*m)).sum();
        let layout = Layout::x_fastest([side; 3]).expect("a layout");
        let geometry = Geometry::axis_aligned([1.0; 3]);
        let image = Image::new(image.as_slice(), layout, geometry).expect("an image");
        let region = Region::new(mask.as_slice(), layout, Select::NonZero).expect("a region");
        let mut group = c.benchmark_group("set_3d");
        group.throughput(Throughput::Elements(voxels));
        group.sample_size(10);
        for family in [
            "all_but_spatial",
            "morphology",
            "spatial",
            "local_intensity",
            "statistics",
            "glcm",
            "glrlm",
            "glszm",
            "ngtdm",
            "ngldm",
        ] {
            let mut settings = Settings::default();
            settings.set("discretise.bin_count", "64").expect("an option");
            let spatial = family == "spatial";
            settings
                .set("morphology.spatial", if spatial { "true" } else { "false" })
                .expect("an option");
            let mut plan = Plan::new(&settings).expect("a plan");
            match family {
                "all_but_spatial" => {}
                "spatial" => plan.select(&["N365", "NPT7"]).expect("features"),
                family => plan.select(&[family]).expect("a family"),
            }
            let bounds = region.bounding_box().expect("a region");
            let words = plan.workspace(&Grid::of(&image), bounds, 1).expect("a size").words();
            let mut workspace = vec![0; words];
            let (mut values, mut status) = (vec![0.0; plan.len()], vec![Status::Ok; plan.len()]);
            group.bench_function(BenchmarkId::new(family, voxels), |b| {
                b.iter(|| {
                    let host = Host::serial();
                    plan.extract(&image, &region, &host, &mut workspace, &mut values, &mut status)
                        .expect("values")
                });
            });
        }
    }
}

criterion_group!(benches, whole_set);
criterion_main!(benches);
