//! The presets against the table of configurations in the IBSI-1 manual.

use std::collections::BTreeMap;

use radiomics::registry::{OPTIONS, PRESETS};
use radiomics::{Error, Settings};

use super::shown;

const PLANAR: &str = "2d_averaged,2d_slice_merged,2.5d_direction_merged,2.5d_merged";
const SOLID: &str = "3d_averaged,3d_merged";

/// Every step of the six configurations, spelled out even where it is the default.
#[test]
fn presets_are_the_configurations_of_the_manual() {
    let steps = [
        "load.round",
        "resample.spacing_mm",
        "resample.image_method",
        "resample.mask_method",
        "resample.mask_threshold",
        "resample.round",
        "resegment.range",
        "resegment.sigma",
        "discretise.method",
        "discretise.bin_width",
        "discretise.bin_count",
        "ivh.method",
        "ivh.bin_width",
        "ivh.bin_count",
        "texture.aggregation",
    ];
    let all = format!("{PLANAR},{SOLID}");
    // "-" stands for a step that is not taken.
    #[rustfmt::skip]
    let table = [
        ("ibsi-digital", ["false", "0,0,0", "-",      "-",      "-",   "-",    "none",      "none", "none", "-",  "-",  "none", "-",   "-",    all.as_str()]),
        ("ibsi-a",       ["true",  "0,0,0", "-",      "-",      "-",   "-",    "-500,400",  "none", "fbs",  "25", "-",  "none", "-",   "-",    PLANAR]),
        ("ibsi-b",       ["true",  "2,2,0", "linear", "linear", "0.5", "true", "-500,400",  "none", "fbn",  "-",  "32", "none", "-",   "-",    PLANAR]),
        ("ibsi-c",       ["true",  "2,2,2", "linear", "linear", "0.5", "true", "-1000,400", "none", "fbs",  "25", "-",  "fbs",  "2.5", "-",    SOLID]),
        ("ibsi-d",       ["true",  "2,2,2", "linear", "linear", "0.5", "true", "none",      "3",    "fbn",  "-",  "32", "none", "-",   "-",    SOLID]),
        ("ibsi-e",       ["true",  "2,2,2", "cubic",  "linear", "0.5", "true", "-1000,400", "3",    "fbn",  "-",  "32", "fbn",  "-",   "1000", SOLID]),
    ];
    assert_eq!(
        table.map(|(name, _)| name).to_vec(),
        PRESETS.iter().map(|p| p.name).filter(|n| n.starts_with("ibsi-")).collect::<Vec<_>>()
    );
    let defaults = Settings::default();
    for (name, texts) in table {
        let settings = Settings::preset(name).expect("a preset");
        settings.check().expect("a preset makes sense");
        let expected: BTreeMap<_, _> = steps.into_iter().zip(texts).collect();
        for option in OPTIONS {
            let in_effect = settings.in_effect(option.key).expect("a key");
            match expected.get(option.key) {
                Some(&"-") => assert!(!in_effect, "{name}: {} should not count", option.key),
                Some(text) => {
                    assert!(in_effect, "{name}: {} should count", option.key);
                    assert_eq!(shown(&settings, option.key), *text, "{name}: {}", option.key);
                }
                // The manual's distances, dependence, fractions: what the defaults hold.
                None => assert_eq!(
                    shown(&settings, option.key),
                    shown(&defaults, option.key),
                    "{name}: {}",
                    option.key
                ),
            }
        }
    }
}

#[test]
fn an_unknown_preset_is_answered_with_the_known_ones() {
    let Err(Error::Invalid { field: "preset", expected, .. }) = Settings::preset("ibsi-f") else {
        panic!("ibsi-f is no preset");
    };
    for name in ["ibsi-digital", "ibsi-a", "ibsi-e", "ibsi2-1a", "ibsi2-9b"] {
        assert!(expected.contains(name), "{name} is not named");
        assert!(PRESETS.iter().any(|p| p.name == name), "{name} is no preset");
    }
}

/// Presets are printed with their settings: each must say only what counts.
#[test]
fn presets_set_nothing_in_vain() {
    for preset in PRESETS {
        let settings = super::with(preset.settings);
        settings.check().unwrap_or_else(|e| panic!("{}: {e}", preset.name));
    }
}

/// What a preset chose is no contradiction to what is set after it.
#[test]
fn what_is_set_wins_over_the_preset() {
    let mut settings = Settings::preset("ibsi-a").expect("a preset");
    settings.set("discretise.bin_count", "64").expect("an option");
    settings.check().expect("the preset's bin width was not asked for");
    assert_eq!(shown(&settings, "discretise.method"), "fbn");
    let mut settings = Settings::preset("ibsi-e").expect("a preset");
    settings.set("resample.spacing_mm", "0,0,0").expect("an option");
    settings.check().expect("the preset's interpolation was not asked for");
}

/// Configurations A and B of IBSI-2 phase 2 with filters 1 to 9.
#[test]
fn configurations_of_phase_2() {
    let names: Vec<_> =
        PRESETS.iter().map(|p| p.name).filter(|n| n.starts_with("ibsi2-")).collect();
    let expected: Vec<_> =
        (1..=9).flat_map(|n| ["a", "b"].map(|c| format!("ibsi2-{n}{c}"))).collect();
    assert_eq!(names, expected);
    for name in names {
        let settings = Settings::preset(name).expect("a preset");
        let shown = |key| shown(&settings, key);
        assert_eq!(shown("resegment.range"), "-1000,400", "{name}");
        assert_eq!(shown("resegment.sigma"), "none", "{name}");
        // The Simoncelli wavelet is periodic by its definition.
        let boundary =
            if name.contains("-8") || name.contains("-9") { "periodic" } else { "mirror" };
        assert_eq!(shown("filter.boundary"), boundary, "{name}");
        let solid = name.ends_with('b');
        let grid = ["resample.spacing_mm", "resample.image_method", "resample.round"].map(shown);
        if solid {
            assert_eq!(grid, ["1,1,1", "cubic", "true"], "{name}");
        } else {
            assert_eq!(grid[0], "0,0,0", "{name}");
        }
        let mut plan = radiomics::Plan::new(&settings).expect("a plan");
        assert_eq!(plan.filters().len(), usize::from(!name.contains("-1")), "{name}");
        for filter in plan.filters() {
            let in_slices = filter.planar || filter.to_string().ends_with("_axial");
            assert_eq!(in_slices, !solid, "{name}: {filter}");
        }
        plan.select(&["statistics"]).expect("a family");
        assert_eq!(plan.len(), 18, "{name}");
    }
}
