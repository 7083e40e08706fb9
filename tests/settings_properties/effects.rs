//! Every option changes what is computed: none is accepted and ignored.

use std::collections::BTreeSet;

use radiomics::plan::Workspace;
use radiomics::registry::OPTIONS;
use radiomics::{Geometry, Host, Image, Layout, Plan, Region, Select, Settings, Status};
use support::phantom::{SHAPE, SPACING, digital};

use super::with;

/// All values and statuses of the digital phantom's region, with intensities that are no whole numbers.
/// Names are left out: they carry parameters and would differ without any effect.
fn extract(settings: &Settings) -> Vec<(u64, Status)> {
    let (levels, mask) = digital();
    let place = |i: usize| (i * 7 % 11) as f64;
    let voxels: Vec<f64> =
        levels.iter().enumerate().map(|(i, x)| 10.3 * f64::from(*x) + 0.37 * place(i)).collect();
    let layout = Layout::x_fastest(SHAPE).expect("a layout");
    let geometry = Geometry::axis_aligned(SPACING);
    let image = Image::new(voxels.as_slice(), layout, geometry).expect("an image");
    let region = Region::new(mask.as_slice(), layout, Select::NonZero).expect("a region");
    let plan = Plan::new(settings).unwrap_or_else(|e| panic!("{e}"));
    let (values, _) =
        Workspace::new().extract(&plan, &image, &region, &Host::serial()).expect("values");
    values.into_iter().map(|v| (v.number().to_bits(), v.status())).collect()
}

#[test]
fn every_option_changes_the_result() {
    let grid = ("resample.spacing_mm", "1.5,1.5,1.5");
    let size = ("discretise.bin_width", "5");
    let ivh_size = ("ivh.bin_width", "5");
    let target = ("normalise.method", "range");
    // An option, its text, and the setting without which it has no effect.
    type Case = (&'static str, &'static str, Option<(&'static str, &'static str)>);
    let cases: [Case; 31] = [
        ("load.round", "true", None),
        ("normalise.method", "z_score", None),
        ("normalise.over", "region", Some(target)),
        ("normalise.lower", "-1", Some(target)),
        ("normalise.upper", "5", Some(target)),
        ("resample.spacing_mm", "1.5,1.5,1.5", None),
        ("resample.image_method", "cubic", Some(grid)),
        ("resample.mask_method", "nearest", Some(grid)),
        ("resample.mask_threshold", "0.9", Some(grid)),
        ("resample.round", "true", Some(grid)),
        ("resegment.range", "0,50", None),
        ("resegment.sigma", "1", None),
        ("discretise.method", "none", None),
        ("discretise.bin_width", "10", Some(size)),
        ("discretise.bin_count", "8", None),
        ("discretise.lower", "-7", Some(size)),
        ("ivh.method", "fbn", None),
        ("ivh.bin_width", "10", Some(ivh_size)),
        ("ivh.bin_count", "8", Some(("ivh.method", "fbn"))),
        ("ivh.lower", "-7", Some(ivh_size)),
        ("ivh.fractions", "25,60", None),
        ("texture.aggregation", "2d_averaged,2.5d_merged", None),
        ("texture.max_levels", "8", None),
        ("glcm.distance", "2", None),
        ("ngtdm.distance", "2", None),
        ("ngldm.distance", "2", None),
        ("ngldm.alpha", "1", None),
        ("morphology.ombb", "true", None),
        ("morphology.mvee", "true", None),
        ("morphology.spatial", "false", None),
        ("diagnostics", "true", None),
    ];
    let tried: BTreeSet<_> = cases.iter().map(|(key, _, _)| *key).collect();
    assert_eq!(tried, OPTIONS.iter().map(|o| o.key).collect(), "an option without a case");
    for (key, text, condition) in cases {
        let base = with(condition.as_slice());
        let mut changed = base.clone();
        changed.set(key, text).expect("an option");
        assert!(extract(&base) != extract(&changed), "{key}={text} changes nothing");
    }
}
