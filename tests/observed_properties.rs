//! What an observer is shown is what the families read, and watching changes nothing.

use proptest::prelude::*;
use radiomics::family::local_intensity;
use radiomics::plan::Observed;
use radiomics::volume::Mask;
use radiomics::{
    Arena, Geometry, Grid, Host, Image, Layout, Plan, Region, Select, Settings, Status, Value,
    Watch,
};
use support::phantom;

#[test]
fn an_observer_sees_what_is_measured_and_changes_nothing() {
    let (image, mask) = phantom::digital();
    let layout = Layout::x_fastest(phantom::SHAPE).expect("a layout");
    let geometry = Geometry::axis_aligned(phantom::SPACING);
    let image = Image::new(image.as_slice(), layout, geometry).expect("an image");
    let region = Region::new(mask.as_slice(), layout, Select::NonZero).expect("a region");
    for spacing in ["0,0,0", "1,1.5,1"] {
        let mut settings = Settings::default();
        settings.set("resample.spacing_mm", spacing).expect("an option");
        settings.set("resegment.range", "1,4").expect("an option");
        let mut plan = Plan::new(&settings).expect("a plan");
        plan.select(&["stat_mean", "stat_max"]).expect("features");
        let bounds = region.bounds(&Watch::silent()).expect("bounds").expect("a region");
        let words = plan.workspace(&Grid::of(&image), bounds, 1).expect("a size").words();
        let run = |observer: Option<&mut dyn FnMut(&Observed<'_>)>| {
            let mut workspace = vec![0; words];
            let (mut values, mut status) = (vec![0.0; 2], vec![Status::Ok; 2]);
            let summary = plan
                .extract_observed(
                    &image,
                    &region,
                    &Host::serial(),
                    &mut workspace,
                    observer,
                    &mut values,
                    &mut status,
                )
                .expect("values");
            (values, summary)
        };
        let mut seen = Vec::new();
        let (values, summary) = run(Some(&mut |o: &Observed<'_>| {
            let (mut sum, mut count, mut most) = (0.0, 0u64, f64::NEG_INFINITY);
            let [nx, ny, nz] = o.mask.shape();
            assert_eq!(o.within.shape, [nx, ny, nz]);
            for z in 0..nz {
                for y in 0..ny {
                    for (flags, x) in o.mask.row(y, z).iter().zip(o.intensities.row(y, z)) {
                        if flags & Mask::INTENSITY != 0 {
                            (sum, count, most) = (sum + x, count + 1, most.max(*x));
                        }
                    }
                }
            }
            seen.push((o.mask.count(Mask::MORPHOLOGICAL), count, sum / count as f64, most));
            assert_eq!(
                o.regrid.spacing,
                [1.0, 1.5, 1.0].map(|s| if spacing == "0,0,0" { 2.0 } else { s })
            );
        }));
        let [(morphological, count, mean, most)] = seen[..] else { panic!("shown once") };
        assert_eq!(
            [morphological, count],
            [summary.morphological_voxels, summary.intensity_voxels]
        );
        assert!((mean - values[0]).abs() < 1e-12 && most == values[1], "{mean} {values:?}");
        let (again, _) = run(None);
        let bits = |values: &[f64]| values.iter().map(|v| v.to_bits()).collect::<Vec<_>>();
        assert_eq!(bits(&again), bits(&values));
    }
}

proptest! {
    /// A plan knows the extremes before the peaks are looked for, and the kernel alone does not: same bits.
    #[test]
    fn intensity_peaks_are_those_of_the_kernel_alone(
        shape in [1usize..9, 1usize..9, 1usize..9],
        spacing in [0.7f64..9.0, 0.7f64..9.0, 0.7f64..9.0],
        seed in any::<u64>(),
        kind in 0usize..6,
        range in any::<bool>(),
    ) {
        let voxels = shape.iter().product::<usize>();
        let mut state = seed | 1;
        let mut next = || {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            state
        };
        let image: Vec<f32> = (0..voxels).map(|_| {
            let x = (next() % 900) as f32 - 300.0;
            match kind {
                0 => x,
                1 => x * 1e5,
                2 => x / 7.0,
                // Not everything is a number beyond the region, or within it.
                _ if next() % 20 > 0 => x,
                3 => f32::NAN,
                4 => f32::INFINITY,
                _ => f32::NEG_INFINITY,
            }
        }).collect();
        let mask: Vec<u8> = (0..voxels).map(|_| u8::from(next() % 3 > 0)).collect();
        let layout = Layout::x_fastest(shape).expect("a layout");
        let view = Image::new(image.as_slice(), layout, Geometry::axis_aligned(spacing)).expect("an image");
        let region = Region::new(mask.as_slice(), layout, Select::NonZero).expect("a region");
        let Some(bounds) = region.bounds(&Watch::silent()).expect("bounds") else { return Ok(()) };
        let mut settings = Settings::default();
        if range {
            settings.set("resegment.range", "-200,500").expect("an option");
        }
        let mut plan = Plan::new(&settings).expect("a plan");
        plan.select(&["loc_peak_loc", "loc_peak_glob"]).expect("features");
        let words = plan.workspace(&Grid::of(&view), bounds, 1).expect("a size").words();
        let (mut values, mut statuses) = (vec![0.0; 2], vec![Status::Ok; 2]);
        let mut alone = None;
        plan.extract_observed(
            &view,
            &region,
            &Host::serial(),
            &mut vec![0; words],
            Some(&mut |o: &Observed<'_>| {
                let needed = local_intensity::footprint(o.intensities.shape(), spacing);
                let mut out = [Value::PENDING; local_intensity::FEATURES];
                let mut memory = vec![0; needed.words()];
                local_intensity::extract(
                    o.mask, o.intensities, spacing, &Watch::silent(), Arena::new(&mut memory), &mut out,
                ).expect("peaks");
                alone = Some(out);
            }),
            &mut values,
            &mut statuses,
        ).expect("values");
        let alone = alone.expect("shown");
        for (at, alone) in alone.iter().enumerate() {
            prop_assert_eq!(statuses[at], alone.status());
            prop_assert_eq!(values[at].to_bits(), alone.number().to_bits());
        }
    }
}
