//! Every option changes what is computed: none is accepted and ignored.

use std::collections::BTreeSet;

use radiomics::plan::Workspace;
use radiomics::registry::OPTIONS;
use radiomics::settings::filter::FilterKind;
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
    const FILTER: &str = "filter.images";
    let laws = (FILTER, "laws");
    let gabor = (FILTER, "gabor");
    let wavelet = (FILTER, "wavelet");
    let riesz = (FILTER, "riesz");
    let cases: Vec<Case> = vec![
        (FILTER, "mean", None),
        ("filter.dimension", "2d", Some((FILTER, "mean"))),
        ("filter.boundary", "zero", Some((FILTER, "mean"))),
        ("filter.bin_count", "8", Some((FILTER, "mean"))),
        ("filter.ivh_bin_count", "8", Some((FILTER, "mean"))),
        ("filter.mean.size", "3", Some((FILTER, "mean"))),
        ("filter.gaussian.sigma_mm", "2", Some((FILTER, "gaussian"))),
        ("filter.gaussian.cutoff", "2", Some((FILTER, "gaussian"))),
        ("filter.log.sigma_mm", "2", Some((FILTER, "log"))),
        ("filter.log.cutoff", "2", Some((FILTER, "riesz_log"))),
        ("filter.log.zero_sum", "true", Some((FILTER, "log"))),
        ("filter.laws.kernels", "L3E5S5", Some(laws)),
        ("filter.laws.pooling", "min", Some(laws)),
        ("filter.laws.energy", "false", Some(laws)),
        ("filter.laws.energy_delta", "1", Some(laws)),
        ("filter.gabor.sigma_mm", "2", Some(gabor)),
        ("filter.gabor.lambda_mm", "3", Some(gabor)),
        ("filter.gabor.gamma", "1", Some(gabor)),
        ("filter.gabor.theta_deg", "30", Some(gabor)),
        ("filter.gabor.pooling", "max", Some(gabor)),
        ("filter.gabor.planes", "orthogonal", Some(gabor)),
        ("filter.wavelet.name", "db2", Some(wavelet)),
        ("filter.wavelet.level", "2", Some(wavelet)),
        ("filter.wavelet.bands", "HHL,LLH", Some(wavelet)),
        ("filter.wavelet.pooling", "sum", Some(wavelet)),
        ("filter.simoncelli.level", "2", Some((FILTER, "riesz_simoncelli"))),
        ("filter.riesz.order", "0,1,0", Some(riesz)),
        ("filter.lbp.code", "count", Some((FILTER, "lbp"))),
        ("filter.riesz.steering_sigma_mm", "2", Some(riesz)),
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
    // Options that two others open, and the widths of all filters.
    let opened = [
        ("filter.constant", "-3", vec![(FILTER, "mean"), ("filter.boundary", "constant")]),
        ("filter.gabor.step_deg", "10", vec![gabor, ("filter.gabor.pooling", "mean")]),
    ];
    let filters = FilterKind::ALL.iter().map(|kind| kind.name());
    let widths: Vec<(String, &str)> =
        filters.map(|name| (format!("filter.{name}.bin_width"), name)).collect();
    let cases: Vec<(&str, &str, Vec<_>)> = cases
        .into_iter()
        .map(|(key, text, condition)| (key, text, condition.into_iter().collect()))
        .chain(opened)
        .chain(widths.iter().map(|(key, name)| (key.as_str(), "0.37", vec![(FILTER, *name)])))
        .collect();
    let tried: BTreeSet<_> = cases.iter().map(|(key, _, _)| *key).collect();
    assert_eq!(tried, OPTIONS.iter().map(|o| o.key).collect(), "an option without a case");
    for (key, text, condition) in cases {
        let base = with(&condition);
        let mut changed = base.clone();
        changed.set(key, text).expect("an option");
        assert!(extract(&base) != extract(&changed), "{key}={text} changes nothing");
    }
}
