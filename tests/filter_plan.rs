//! Filtered images in the chain: boxes, memory, threads, names, selectors.

use std::collections::BTreeSet;

use proptest::prelude::*;
use radiomics::plan::Workspace;
use radiomics::{
    Error, Geometry, Grid, Host, Image, Layout, Plan, Region, Select, Settings, Status, Value,
};
use radiomics_io::Threads;

type Pairs<'p> = &'p [(&'p str, &'p str)];

fn with(pairs: Pairs) -> Settings {
    let mut settings = Settings::default();
    for (key, text) in pairs {
        settings.set(key, text).unwrap_or_else(|e| panic!("{key}={text}: {e}"));
    }
    settings
}

/// All filters with more than one image where lists allow it.
const ALL: &str = "original,mean,gaussian,log,laws,gabor,wavelet,simoncelli,riesz,riesz_log,riesz_simoncelli,\
    gradient,lbp,square,square_root,logarithm,exponential";
const SMALL: Pairs = &[
    ("filter.images", ALL),
    ("filter.mean.size", "2,3"),
    ("filter.log.sigma_mm", "0.7,1"),
    ("filter.log.cutoff", "2"),
    ("filter.gaussian.cutoff", "2"),
    ("filter.laws.kernels", "L3E3E3,E3L5S3"),
    ("filter.laws.pooling", "max"),
    ("filter.laws.energy_delta", "1"),
    ("filter.gabor.sigma_mm", "0.5"),
    ("filter.gabor.pooling", "mean"),
    ("filter.wavelet.name", "haar"),
    ("filter.wavelet.level", "1,2"),
    ("filter.wavelet.pooling", "mean"),
];

#[derive(Clone, Debug)]
struct Case {
    shape: [usize; 3],
    spacing: [f64; 3],
    image: Vec<f64>,
    mask: Vec<u8>,
}

impl Case {
    fn views(&self) -> (Image<'_>, Region<'_>) {
        let layout = Layout::x_fastest(self.shape).expect("a layout");
        let geometry = Geometry::axis_aligned(self.spacing);
        let image = Image::new(self.image.as_slice(), layout, geometry).expect("an image");
        let region = Region::new(self.mask.as_slice(), layout, Select::NonZero).expect("a region");
        (image, region)
    }
}

/// An image with a box of region somewhere inside, far from the edges or not.
fn cases() -> impl Strategy<Value = Case> {
    (
        [4usize..14, 4usize..14, 3usize..9],
        any::<[u8; 6]>(),
        [0.8f64..2.0, 0.8f64..2.0, 0.8f64..2.0],
        any::<u64>(),
    )
        .prop_map(|(shape, ends, spacing, seed)| {
            let pick = |axis: usize| {
                let n = shape[axis];
                let a = usize::from(ends[axis]) % n;
                (a, (a + 1 + usize::from(ends[axis + 3]) % 4).min(n))
            };
            let boxes = [pick(0), pick(1), pick(2)];
            let mut state = seed;
            let mut image = Vec::new();
            let mut mask = Vec::new();
            for z in 0..shape[2] {
                for y in 0..shape[1] {
                    for x in 0..shape[0] {
                        state = state
                            .wrapping_mul(6_364_136_223_846_793_005)
                            .wrapping_add(1_442_695_040_888_963_407);
                        image.push((state >> 40) as f64 % 200.0 - 60.0);
                        let inside =
                            [x, y, z].iter().zip(boxes).all(|(p, (a, b))| (a..b).contains(p));
                        mask.push(u8::from(inside));
                    }
                }
            }
            Case { shape, spacing, image, mask }
        })
}

fn bits(values: &[Value]) -> Vec<(u64, Status)> {
    values.iter().map(|v| (v.number().to_bits(), v.status())).collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Filtering the grown box gives what filtering the whole image gives, whatever the boundary rule: the features
    /// of a filtered image are those of its map taken as an image.
    #[test]
    fn the_grown_box_is_enough(
        case in cases(),
        boundary in prop::sample::select(vec!["zero", "constant", "nearest", "periodic", "mirror"]),
        dimension in prop::sample::select(vec!["2d", "3d"]),
    ) {
        let mut pairs = SMALL.to_vec();
        pairs.extend([("filter.boundary", boundary), ("filter.dimension", dimension)]);
        if boundary == "constant" {
            pairs.push(("filter.constant", "12.5"));
        }
        if dimension == "2d" {
            pairs.retain(|(key, _)| *key != "filter.laws.kernels");
            pairs.push(("filter.laws.kernels", "L3E3,S3L5"));
        }
        let plan = Plan::new(&with(&pairs)).expect("a plan");
        let (image, region) = case.views();
        let values = Workspace::new().extract(&plan, &image, &region, &Host::serial()).expect("values").0;
        let columns: Vec<_> = plan.columns().collect();
        let plain = Plan::new(&with(&[("discretise.bin_count", "32"), ("ivh.bin_count", "1000")])).expect("a plan");
        for (index, filter) in plan.filters().iter().enumerate() {
            let mut map = vec![0.0; case.image.len()];
            let words = plan.map_workspace(&Grid::of(&image), index).expect("a size").words();
            plan.map(&image, index, &Host::serial(), &mut vec![7; words], &mut map).expect("a map");
            let mapped = Case { image: map, ..case.clone() };
            let (view, region) = mapped.views();
            let want = Workspace::new().extract(&plain, &view, &region, &Host::serial()).expect("values").0;
            let gabor = filter.to_string().starts_with("gabor");
            for (column, want) in plain.columns().zip(want) {
                let same = |c: &radiomics::plan::Column| c.filter == Some(*filter) && c.unfiltered() == column;
                let Some(at) = columns.iter().position(same) else { continue };
                prop_assert_eq!(values[at].status(), want.status(), "{}", columns[at].tag());
                let (a, b) = (values[at].number(), want.number());
                // A box of another size is transformed with other roundings.
                if gabor {
                    if column.feature.family.name() == "statistics" {
                        prop_assert!((a - b).abs() <= 1e-6 * b.abs().max(1.0) || a.is_nan(), "{}: {} {}", columns[at].tag(), a, b);
                    }
                } else {
                    prop_assert_eq!(a.to_bits(), b.to_bits(), "{}: {} {}", columns[at].tag(), a, b);
                }
            }
        }
    }

    /// The announced workspace suffices whatever it holds, for any threads; a word less is refused.
    #[test]
    fn the_announced_workspace_suffices(case in cases(), threads in 1usize..4, resampled in any::<bool>()) {
        let mut pairs = SMALL.to_vec();
        if resampled {
            pairs.extend([("resample.spacing_mm", "1.1,0,1.3"), ("diagnostics", "true")]);
        }
        let plan = Plan::new(&with(&pairs)).expect("a plan");
        let (image, region) = case.views();
        let want = Workspace::new().extract(&plan, &image, &region, &Host::serial()).expect("values").0;
        let bounds = region.bounding_box().expect("a region");
        let words = plan.workspace(&Grid::of(&image), bounds, threads).expect("a size").words();
        let executor = Threads::new(threads);
        let host = Host { executor: &executor, progress: None };
        let (mut values, mut status) = (vec![7.0; plan.len()], vec![Status::Ok; plan.len()]);
        let mut workspace = vec![u64::MAX; words];
        plan.extract(&image, &region, &host, &mut workspace, &mut values, &mut status).expect("values");
        let got: Vec<Value> = values.iter().zip(&status).map(|(v, s)| Value::stored(*v, *s)).collect();
        let tags: Vec<_> = plan
            .columns()
            .zip(bits(&got).into_iter().zip(bits(&want)))
            .filter(|(_, (a, b))| a != b)
            .map(|(c, _)| c.tag().to_string())
            .collect();
        prop_assert_eq!(tags, Vec::<String>::new());
        let less = &mut workspace[1..];
        let refused = plan.extract(&image, &region, &host, less, &mut values, &mut status);
        prop_assert_eq!(refused, Err(Error::WorkspaceTooSmall { needed: words, given: words - 1 }));
        prop_assert!(values.iter().all(|v| v.is_nan()));
    }
}

fn cube() -> Case {
    let image = (0..1000).map(|i| ((i * 7919) % 97) as f64).collect();
    let mask = (0..1000).map(|i| u8::from((200..700).contains(&i))).collect();
    Case { shape: [10; 3], spacing: [1.0; 3], image, mask }
}

#[test]
fn names_differ_and_select() {
    let mut plan = Plan::new(&with(SMALL)).expect("a plan");
    let tags: BTreeSet<String> = plan.columns().map(|c| c.tag().to_string()).collect();
    assert_eq!((tags.len(), plan.columns().len()), (plan.len(), plan.len()));
    // As a program asks that goes through the columns by number.
    for (i, column) in plan.columns().enumerate() {
        assert_eq!(plan.columns().nth(i), Some(column));
    }
    assert_eq!(plan.columns().nth(plan.len()), None);
    let names: Vec<String> = plan.filters().iter().map(|f| f.to_string()).collect();
    assert_eq!(names.iter().collect::<BTreeSet<_>>().len(), names.len());
    for name in [
        "mean_2",
        "log_sigma_0.7mm",
        "laws_E3L5S3_max_energy1",
        "wavelet_haar_LHH_level2_mean",
        "riesz_log_100_sigma_1mm",
        "square_root",
    ] {
        assert!(names.iter().any(|n| n == name), "{name} is not in {names:?}");
    }
    // Shape belongs to the region, not to its images.
    let filtered = plan.columns().filter(|c| c.filter.is_some());
    assert!(
        filtered.map(|c| c.feature.family.name()).all(|f| f != "morphology" && f != "diagnostics")
    );
    let count = |plan: &Plan, selectors: &[&str]| {
        let mut plan = plan.clone();
        plan.select(selectors).expect("columns");
        plan.len()
    };
    let images = names.len();
    assert_eq!(count(&plan, &["statistics"]), 18 * (images + 1));
    assert_eq!(count(&plan, &["original:statistics"]), 18);
    assert_eq!(count(&plan, &["log:statistics"]), 36);
    assert_eq!(count(&plan, &["log_sigma_1mm:stat_mean"]), 1);
    assert_eq!(count(&plan, &["log_sigma_1mm_stat_mean"]), 1);
    assert_eq!(count(&plan, &["stat_mean", "Q4LE"]), images + 1);
    assert_eq!(
        count(&plan, &["original"]) + count(&plan, &["log", "morphology"]),
        count(&plan, &["original", "log"]) + 25
    );
    for unknown in ["log:morphology", "original:log", "nope:stat_mean", ":stat_mean"] {
        assert!(plan.select(&[unknown]).is_err(), "{unknown}");
    }
    // What no column needs is not computed: the values stay the same.
    let case = cube();
    let (image, region) = case.views();
    let run = |plan: &Plan| {
        Workspace::new().extract(plan, &image, &region, &Host::serial()).expect("values")
    };
    let (all, _) = run(&plan);
    let all: Vec<_> = plan
        .columns()
        .zip(all)
        .filter(|(c, _)| c.filter.is_some_and(|f| f.kind.name() == "log"))
        .collect();
    plan.select(&["log"]).expect("columns");
    let (some, summary) = run(&plan);
    assert_eq!(summary.intensity_voxels, 500);
    assert_eq!(bits(&some), bits(&all.iter().map(|(_, v)| *v).collect::<Vec<_>>()));
}

/// The unfiltered image is an option; the descriptions of the steps are not about an image.
#[test]
fn the_unfiltered_image_is_optional() {
    let plan =
        Plan::new(&with(&[("filter.images", "log"), ("diagnostics", "true")])).expect("a plan");
    let unfiltered: Vec<_> = plan.columns().filter(|c| c.filter.is_none()).collect();
    assert_eq!(unfiltered.len(), 60);
    assert!(unfiltered.iter().all(|c| c.feature.family.name() == "diagnostics"));
    let case = cube();
    let (image, region) = case.views();
    let (values, _) =
        Workspace::new().extract(&plan, &image, &region, &Host::serial()).expect("values");
    assert!(values.iter().all(|v| v.status().has_value()));
}

/// The mask of a range is that of the unfiltered image, and bins lie between the extremes of the response.
#[test]
fn ranges_and_bins() {
    let case = cube();
    let (image, region) = case.views();
    let run = |pairs: Pairs| {
        let plan = Plan::new(&with(pairs)).expect("a plan");
        let (values, summary) =
            Workspace::new().extract(&plan, &image, &region, &Host::serial()).expect("values");
        let tags: Vec<String> = plan.columns().map(|c| c.tag().to_string()).collect();
        let value =
            move |tag: &str| values[tags.iter().position(|t| t == tag).expect("a column")].number();
        (value, summary)
    };
    let (all, summary) = run(&[
        ("filter.images", "original,square"),
        ("resegment.range", "10,50"),
        ("discretise.bin_width", "5"),
    ]);
    assert!(summary.intensity_voxels < 500);
    // The square is x^2 / 96: those of 10 and 50 are the extremes.
    let near = |a: f64, b: f64| assert!((a - b).abs() < 1e-12 * b.abs().max(1.0), "{a} {b}");
    near(all("square_stat_min"), all("stat_min").powi(2) / 96.0);
    near(all("square_stat_max"), all("stat_max").powi(2) / 96.0);
    assert_eq!([all("ih_max"), all("square_ih_max")], [9.0, 32.0]);
    let (wide, _) = run(&[("filter.images", "square"), ("filter.square.bin_width", "10")]);
    assert_eq!(wide("square_ih_max"), (wide("square_stat_max") / 10.0).floor() + 1.0);
}

#[test]
fn refusals_name_the_option() {
    let refused: &[(Pairs, &str)] = &[
        (&[("filter.log.sigma_mm", "2")], "filter.log.sigma_mm"),
        (&[("filter.boundary", "zero")], "filter.boundary"),
        (&[("filter.images", "square"), ("filter.boundary", "zero")], "filter.boundary"),
        (&[("filter.images", "mean"), ("filter.constant", "1")], "filter.constant"),
        (&[("filter.images", "simoncelli"), ("filter.boundary", "mirror")], "filter.boundary"),
        (&[("filter.images", "riesz,square"), ("filter.boundary", "zero")], "filter.boundary"),
        (&[("filter.images", "gabor"), ("filter.dimension", "2d")], "filter.dimension"),
        (&[("filter.images", "laws"), ("filter.dimension", "2d")], "filter.laws.kernels"),
        (&[("filter.images", "laws"), ("filter.laws.kernels", "L5E5")], "filter.laws.kernels"),
        (&[("filter.images", "wavelet"), ("filter.wavelet.bands", "LH")], "filter.wavelet.bands"),
        (
            &[
                ("filter.images", "riesz"),
                ("filter.dimension", "2d"),
                ("filter.riesz.order", "0,0,1"),
            ],
            "filter.riesz.order",
        ),
        (&[("filter.images", "gabor"), ("filter.gabor.step_deg", "30")], "filter.gabor.step_deg"),
        (&[("filter.images", "log"), ("filter.mean.bin_width", "1")], "filter.mean.bin_width"),
        (&[("filter.images", "log"), ("discretise.bin_width", "5")], "discretise.bin_width"),
        (
            &[("filter.images", "log"), ("filter.log.bin_width", "1"), ("filter.bin_count", "8")],
            "filter.bin_count",
        ),
    ];
    for (pairs, key) in refused {
        match with(pairs).check() {
            Err(Error::Invalid { field, .. }) => assert_eq!(field, *key, "{pairs:?}"),
            other => panic!("{pairs:?}: {other:?}"),
        }
    }
    // What is defined by its spectrum is periodic; a structure tensor has an edge, and so has what is transformed.
    for taken in [
        &[("filter.images", "simoncelli"), ("filter.boundary", "periodic")][..],
        &[("filter.images", "simoncelli,log"), ("filter.boundary", "zero")],
        &[("filter.images", "riesz_log"), ("filter.boundary", "zero")],
        &[
            ("filter.images", "riesz"),
            ("filter.boundary", "zero"),
            ("filter.riesz.steering_sigma_mm", "2"),
        ],
    ] {
        assert_eq!(with(taken).check(), Ok(()), "{taken:?}");
    }
    // 8 levels of 8 sub-bands are as many images as a plan can have.
    let most = [("filter.images", "wavelet"), ("filter.wavelet.level", "1,2,3,4,5,6,7,8")];
    assert_eq!(Plan::new(&with(&most)).expect("a plan").filters().len(), 64);
    let more = [("filter.images", "wavelet,mean"), ("filter.wavelet.level", "1,2,3,4,5,6,7,8")];
    assert_eq!(Plan::new(&with(&more)).err(), Some(Error::TooLarge { field: "filter.images" }));
}

/// A missing intensity makes responses that see it missing, with the reason.
#[test]
fn missing_intensities_spread_with_their_reason() {
    let mut case = cube();
    // Outside the region by two slices.
    case.image[0] = f64::NAN;
    let pairs = [
        ("filter.images", "mean,log,simoncelli"),
        ("filter.mean.size", "3"),
        ("filter.log.sigma_mm", "3"),
    ];
    let plan = Plan::new(&with(&pairs)).expect("a plan");
    let (image, region) = case.views();
    let (values, _) =
        Workspace::new().extract(&plan, &image, &region, &Host::serial()).expect("values");
    for (column, value) in plan.columns().zip(values) {
        let seen = column.filter.is_some_and(|f| f.kind.name() != "mean");
        assert_eq!(value.status() == Status::NonFiniteIntensity, seen, "{}", column.tag());
    }
}
