//! Options by text: ranges, round trips, contradictions, mistakes.

use proptest::prelude::*;
use radiomics::registry::{Kind, OPTIONS, OptionSpec};
use radiomics::settings::BinningMethod;
use radiomics::{Aggregation, Error, Settings};

use super::{shown, with};

#[test]
fn defaults_of_the_table_are_the_defaults() {
    let mut settings = Settings::default();
    settings.check().expect("the defaults make sense");
    for option in OPTIONS {
        assert_eq!(shown(&settings, option.key), option.default, "{}", option.key);
        settings.set(option.key, option.default).expect("a default is accepted");
    }
}

#[test]
fn options_can_be_read_by_people() {
    for (index, option) in OPTIONS.iter().enumerate() {
        assert!(!option.help.is_empty() && !option.range.is_empty(), "{}", option.key);
        assert!(OPTIONS[..index].iter().all(|o| o.key != option.key), "{} twice", option.key);
        if let Kind::Word(words) = option.kind {
            let named: Vec<_> = option.range.split([',', ' ']).filter(|w| !w.is_empty()).collect();
            let named: Vec<_> = named.into_iter().filter(|w| *w != "or").collect();
            assert_eq!(named, words, "{}", option.key);
        }
    }
}

/// The numbers that the text of a range names.
fn bounds(option: &OptionSpec) -> [f64; 2] {
    let (_, rest) = option.range.split_once("from ").expect("a lower bound");
    let (low, rest) = rest.split_once(" to ").expect("an upper bound");
    let high = rest.split(',').next().expect("an upper bound");
    [low, high].map(|x| x.parse().unwrap_or_else(|_| panic!("{}: {x}", option.key)))
}

fn accepts(option: &OptionSpec, text: &str) -> bool {
    match Settings::default().set(option.key, text) {
        Ok(()) => true,
        Err(Error::Invalid { field, expected, .. }) => {
            assert_eq!((field, expected), (option.key, option.range));
            false
        }
        Err(other) => panic!("{}: {other}", option.key),
    }
}

/// The range that is printed is the range that is enforced, to the last bit.
#[test]
fn printed_ranges_are_enforced() {
    for option in OPTIONS {
        match option.kind {
            Kind::Integer { .. } => {
                let [low, high] = bounds(option);
                for (text, expected) in
                    [(low, true), (low - 1.0, false), (high, true), (high + 1.0, false)]
                {
                    assert_eq!(
                        accepts(option, &text.to_string()),
                        expected,
                        "{}={text}",
                        option.key
                    );
                }
                assert!(!accepts(option, "1.5") && !accepts(option, "1e1"), "{}", option.key);
            }
            Kind::Real { .. } | Kind::RealOrNone { .. } => {
                let [low, high] = bounds(option);
                for (text, expected) in
                    [(low, true), (low.next_down(), false), (high, true), (high.next_up(), false)]
                {
                    assert_eq!(
                        accepts(option, &text.to_string()),
                        expected,
                        "{}={text}",
                        option.key
                    );
                }
                let optional = matches!(option.kind, Kind::RealOrNone { .. });
                assert_eq!(accepts(option, "none"), optional, "{}", option.key);
                assert_eq!(option.range.ends_with("none"), optional, "{}", option.key);
            }
            Kind::Triple { .. } => {
                let [low, high] = bounds(option);
                for (x, expected) in [
                    (0.0, true),
                    (low, true),
                    (low.next_down(), false),
                    (-low, false),
                    (high, true),
                    (high.next_up(), false),
                ] {
                    assert_eq!(accepts(option, &format!("1,{x},1")), expected, "{}", option.key);
                }
                for text in ["1", "1,1", "1,1,1,1", "1 1 1", "1,,1", "none"] {
                    assert!(!accepts(option, text), "{}={text}", option.key);
                }
            }
            Kind::Bool => {
                for text in ["true", "on", "1", "yes", "false", "off", "0", "no"] {
                    assert!(accepts(option, text), "{}={text}", option.key);
                }
                assert!(!accepts(option, "2") && !accepts(option, "none"), "{}", option.key);
            }
            Kind::Word(words) => {
                assert!(words.iter().all(|w| accepts(option, w)), "{}", option.key);
                assert!(!accepts(option, "other"), "{}", option.key);
            }
            Kind::Range => {
                for text in ["-1,1", "-inf,0", "0,inf", "-inf,+inf", " -1 , 1 ", "none"] {
                    assert!(accepts(option, text), "{}={text}", option.key);
                }
                for text in ["1,-1", "1,1", "inf,inf", "inf,0", "nan,1", "1", "1,2,3", "1e400,inf"]
                {
                    assert!(!accepts(option, text), "{}={text}", option.key);
                }
            }
            Kind::Percentages => {
                for text in ["10", "2.5,50,99.9", "1,2,3,4,5,6,7,8"] {
                    assert!(accepts(option, text), "{}={text}", option.key);
                }
                for text in ["0", "100", "50,50", "90,10", "nan", "1,2,3,4,5,6,7,8,9", "10,"] {
                    assert!(!accepts(option, text), "{}={text}", option.key);
                }
            }
            Kind::Aggregations => {
                for aggregation in Aggregation::DIRECTIONAL {
                    for text in [aggregation.words(), aggregation.code()] {
                        let settings = with(&[(option.key, text)]);
                        let got: Vec<_> = settings.texture.aggregation.iter().collect();
                        assert_eq!(got, [aggregation], "{text}");
                    }
                }
                let all: Vec<_> = with(&[(option.key, "all")]).texture.aggregation.iter().collect();
                assert_eq!(all, Aggregation::DIRECTIONAL);
                for text in ["KOBO", "3d", "all,IAZD", "IAZD,", "none"] {
                    assert!(!accepts(option, text), "{}={text}", option.key);
                }
            }
            Kind::Words(words) => {
                for (i, word) in words.iter().enumerate() {
                    assert!(accepts(option, word), "{}={word}", option.key);
                    let both = format!("{word}, {}", words[0]);
                    let shown = shown(&with(&[(option.key, &both)]), option.key);
                    let expected =
                        if i == 0 { words[0].into() } else { format!("{},{word}", words[0]) };
                    assert_eq!(shown, expected, "{}", option.key);
                    assert!(option.range.contains(word), "{}", option.key);
                }
                for text in ["other", "all", "none", &format!("{},", words[0])] {
                    assert!(!accepts(option, text), "{}={text}", option.key);
                }
            }
            Kind::Reals { .. } => {
                let [low, high] = bounds(option);
                for (text, expected) in [
                    (format!("{low},{high}"), true),
                    (format!("{}", low.next_down()), false),
                    (format!("{}", high.next_up()), false),
                    (format!("{high},{low}"), false),
                    (format!("{high},{high}"), false),
                    ("1,2,3,4,5,6,7,8".into(), true),
                    ("1,2,3,4,5,6,7,8,9".into(), false),
                    ("1,".into(), false),
                    ("none".into(), false),
                ] {
                    assert_eq!(accepts(option, &text), expected, "{}={text}", option.key);
                }
            }
            Kind::Integers { .. } => {
                let [low, high] = bounds(option);
                for (text, expected) in [
                    (format!("{low},{high}"), true),
                    (format!("{}", low - 1.0), false),
                    (format!("{}", high + 1.0), false),
                    (format!("{high},{low}"), false),
                    (format!("{low},{low}"), false),
                    ("1.5".into(), false),
                    (format!("{low},"), false),
                    ("none".into(), false),
                ] {
                    assert_eq!(accepts(option, &text), expected, "{}={text}", option.key);
                }
            }
            Kind::Order { max } => {
                assert!(option.range.contains(&format!("up to {max}")), "{}", option.key);
                for (text, expected) in [
                    ("0,0,1".to_string(), true),
                    (format!("{max},{max},{max}"), true),
                    (format!("0,{},0", max + 1), false),
                    ("0,0,0".into(), false),
                    ("1,0".into(), false),
                    ("1,0,0,0".into(), false),
                    ("-1,0,2".into(), false),
                ] {
                    assert_eq!(accepts(option, &text), expected, "{}={text}", option.key);
                }
            }
            Kind::Kernels => {
                for kernel in ["L3", "L5", "E3", "E5", "S3", "S5", "W5", "R5"] {
                    assert!(option.range.contains(kernel), "{}", option.key);
                    for text in [
                        format!("{kernel}L5"),
                        format!("E3{kernel}S5"),
                        format!("L5L5, L3{kernel}"),
                    ] {
                        assert!(accepts(option, &text), "{}={text}", option.key);
                    }
                }
                for text in
                    ["L5", "l5l5", "L5L5L5L5", "L4E5", "L5E", "L5E5,L5E5", "L5E5,", "all", "none"]
                {
                    assert!(!accepts(option, text), "{}={text}", option.key);
                }
            }
            Kind::Bands => {
                for text in ["all", "LL", "HLH", "LH,HL", "LLL,LLH,LHL,LHH,HLL,HLH,HHL,HHH"] {
                    assert!(accepts(option, text), "{}={text}", option.key);
                }
                for text in ["L", "LLLL", "lh", "LM", "LH,LH", "LH,", "all,LH", "none"] {
                    assert!(!accepts(option, text), "{}={text}", option.key);
                }
            }
            other => panic!("no test for {other:?}"),
        }
        for text in ["", "nan", "NaN", "-nan", "inf", "1e999", "true false"] {
            assert!(!accepts(option, text), "{}={text}", option.key);
        }
    }
}

fn word(words: &'static [&'static str]) -> BoxedStrategy<String> {
    prop::sample::select(words).prop_map(str::to_string).boxed()
}

/// Any text that an option accepts.
fn texts(option: &'static OptionSpec) -> BoxedStrategy<String> {
    let number = |min: f64, max: f64| {
        // Uniform, and down to the smallest numbers of the range.
        prop_oneof![
            min..=max,
            Just(min),
            Just(max),
            (-30i32..=0).prop_map(move |e| { (max * 10f64.powi(e)).clamp(min, max) })
        ]
    };
    match option.kind {
        Kind::Bool => word(&["true", "false"]),
        Kind::Word(words) => word(words),
        Kind::Integer { min, max } => (min..=max).prop_map(|x| x.to_string()).boxed(),
        Kind::Real { min, max } => number(min, max).prop_map(|x| x.to_string()).boxed(),
        Kind::RealOrNone { min, max } => {
            prop_oneof![Just("none".to_string()), number(min, max).prop_map(|x| x.to_string())]
                .boxed()
        }
        Kind::Triple { max, .. } => {
            let side = move || prop_oneof![Just(0.0), number(1e-6, max)];
            (side(), side(), side()).prop_map(|(x, y, z)| format!("{x},{y},{z}")).boxed()
        }
        Kind::Range => {
            let end = || {
                prop_oneof![
                    any::<f64>().prop_filter("finite", |x| x.abs() <= 1e300),
                    -2000.0..2000.0,
                    Just(f64::NEG_INFINITY),
                    Just(f64::INFINITY)
                ]
            };
            let pair = (end(), end()).prop_filter("apart", |(a, b)| a != b);
            let pair = pair.prop_map(|(a, b)| format!("{},{}", a.min(b), a.max(b)));
            prop_oneof![Just("none".to_string()), pair].boxed()
        }
        Kind::Percentages => prop::collection::btree_set(1u32..10_000, 1..=8)
            .prop_map(|set| {
                let shares: Vec<_> =
                    set.iter().map(|x| (f64::from(*x) / 100.0).to_string()).collect();
                shares.join(",")
            })
            .boxed(),
        Kind::Aggregations => {
            prop::collection::vec(prop::sample::select(Aggregation::DIRECTIONAL.to_vec()), 1..=6)
                .prop_map(|list| list.iter().map(|a| a.code()).collect::<Vec<_>>().join(","))
                .boxed()
        }
        Kind::Words(words) => prop::collection::vec(prop::sample::select(words), 1..=4)
            .prop_map(|list| list.join(","))
            .boxed(),
        Kind::Reals { min, max } => prop::collection::vec(number(min, max), 1..=8)
            .prop_map(|mut list| {
                list.sort_by(f64::total_cmp);
                list.dedup();
                list.iter().map(f64::to_string).collect::<Vec<_>>().join(",")
            })
            .boxed(),
        Kind::Integers { min, max } => prop::collection::btree_set(min..=max, 1..=8)
            .prop_map(|set| set.iter().map(u32::to_string).collect::<Vec<_>>().join(","))
            .boxed(),
        Kind::Order { max } => {
            (1..=max, 0..=max, 0..=max).prop_map(|(x, y, z)| format!("{x},{y},{z}")).boxed()
        }
        Kind::Kernels => {
            let one = prop::sample::select(vec!["L3", "L5", "E3", "E5", "S3", "S5", "W5", "R5"]);
            let kernels = prop::collection::vec(one, 2..=3).prop_map(|k| k.concat());
            joined(prop::collection::btree_set(kernels, 1..=8))
        }
        Kind::Bands => {
            let one = prop::collection::vec(prop::sample::select(vec!["L", "H"]), 2..=3);
            let bands = one.prop_map(|b| b.concat());
            prop_oneof![Just("all".to_string()), joined(prop::collection::btree_set(bands, 1..=8))]
                .boxed()
        }
        other => panic!("no strategy for {other:?}"),
    }
}

fn joined(
    words: impl Strategy<Value = std::collections::BTreeSet<String>> + 'static,
) -> BoxedStrategy<String> {
    words.prop_map(|set| set.into_iter().collect::<Vec<_>>().join(",")).boxed()
}

/// Any accepted setting.
fn pairs() -> impl Strategy<Value = (&'static str, String)> {
    (0..OPTIONS.len()).prop_flat_map(|i| (Just(OPTIONS[i].key), texts(&OPTIONS[i])))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// What is read back is what was set: the text that is shown sets the same value, to the bit.
    #[test]
    fn texts_round_trip((key, text) in pairs()) {
        let mut settings = Settings::default();
        settings.set(key, &text).expect("an accepted text");
        let once = shown(&settings, key);
        // The check reads every value back through a text of bounded length.
        prop_assert!(once.len() <= 256);
        let mut again = Settings::default();
        again.set(key, &once).expect("a shown text");
        prop_assert_eq!(&settings, &again, "{} shown as {}", text, once);
        let numbers = |t: &str| t.split(',').map(|x| x.parse::<f64>().ok()).collect::<Vec<_>>();
        let option = OPTIONS.iter().find(|o| o.key == key).expect("a key");
        let numeric = !matches!(
            option.kind,
            Kind::Bool | Kind::Word(_) | Kind::Words(_) | Kind::Aggregations | Kind::Kernels | Kind::Bands
        );
        if numeric {
            prop_assert_eq!(numbers(&text), numbers(&once));
        }
    }

    /// A record that lists the options in effect restores the extraction.
    #[test]
    fn options_in_effect_restore_the_settings(pairs in prop::collection::vec(pairs(), 0..8)) {
        let mut settings = Settings::default();
        for (key, text) in &pairs {
            settings.set(key, text).expect("an accepted text");
        }
        prop_assume!(settings.check().is_ok());
        let mut restored = Settings::default();
        let counts = |s: &Settings, key| s.in_effect(key).expect("a key");
        for option in OPTIONS.iter().filter(|o| counts(&settings, o.key)) {
            restored.set(option.key, &shown(&settings, option.key)).expect("a shown text");
        }
        prop_assert_eq!(restored.check(), Ok(()));
        for option in OPTIONS {
            prop_assert_eq!(counts(&settings, option.key), counts(&restored, option.key));
            if counts(&settings, option.key) {
                prop_assert_eq!(shown(&settings, option.key), shown(&restored, option.key));
            }
        }
    }

    /// Whatever comes in, an answer comes out; a refused text changes nothing.
    #[test]
    fn random_texts_never_panic(
        known in any::<prop::sample::Index>(),
        key in prop_oneof![any::<String>(), "[a-z_.0-9]{0,100}"],
        text in prop_oneof![any::<String>(), "[-+0-9.,eEinfa ]{0,40}", "\\PC{0,200}"],
    ) {
        let mut settings = Settings::default();
        for key in [OPTIONS[known.index(OPTIONS.len())].key, key.as_str()] {
            let before = settings.clone();
            match settings.set(key, &text) {
                Ok(()) => { settings.get(key).expect("a known key").to_string(); }
                Err(error) => {
                    error.to_string();
                    prop_assert_eq!(&settings, &before);
                }
            }
            let _ = settings.check();
            let _ = settings.in_effect(key);
        }
        let _ = Settings::preset(&key);
    }

    /// The key that is proposed takes no more edits than any other.
    #[test]
    fn the_nearest_key_is_proposed(
        of in any::<prop::sample::Index>(),
        edits in prop::collection::vec((any::<prop::sample::Index>(), 0u8..3, b'a'..=b'z'), 1..6),
    ) {
        let mut key = OPTIONS[of.index(OPTIONS.len())].key.as_bytes().to_vec();
        for (place, what, letter) in edits {
            match what {
                0 => key.insert(place.index(key.len() + 1), letter),
                1 if !key.is_empty() => { let i = place.index(key.len()); key.remove(i); }
                _ if !key.is_empty() => { let i = place.index(key.len()); key[i] = letter; }
                _ => {}
            }
        }
        let key = String::from_utf8(key).expect("letters");
        match Settings::default().set(&key, "1") {
            Err(Error::UnknownKey { key: given, nearest }) => {
                prop_assert_eq!(given.as_str(), key.as_str());
                let best = OPTIONS.iter().map(|o| edit_distance(&key, o.key)).min();
                prop_assert_eq!(Some(edit_distance(&key, nearest)), best);
            }
            _ => prop_assert!(OPTIONS.iter().any(|o| o.key == key)),
        }
    }
}

/// Levenshtein's distance from its recursion, memoised in a full table.
fn edit_distance(a: &str, b: &str) -> usize {
    let (a, b) = (a.as_bytes(), b.as_bytes());
    let mut table = vec![vec![0; b.len() + 1]; a.len() + 1];
    for i in 0..=a.len() {
        for j in 0..=b.len() {
            table[i][j] = match (i, j) {
                (0, _) => j,
                (_, 0) => i,
                _ if a[i - 1] == b[j - 1] => table[i - 1][j - 1],
                _ => 1 + table[i - 1][j - 1].min(table[i - 1][j]).min(table[i][j - 1]),
            };
        }
    }
    table[a.len()][b.len()]
}

#[test]
fn long_keys_and_values_are_cut_in_errors() {
    let long = "\u{e9}".repeat(5000);
    let Err(Error::UnknownKey { key, .. }) = Settings::default().set(&long, "1") else {
        panic!("no such key");
    };
    assert_eq!((key.len(), long.starts_with(key.as_str())), (64, true));
    let message =
        Settings::default().set("glcm.distance", &long).expect_err("no number").to_string();
    assert!(message.starts_with("glcm.distance is \"") && message.len() < 150, "{message}");
}

/// Settings that contradict each other name the one to take back, in whatever order they came.
#[test]
fn contradictions_are_errors() {
    let refused: &[(&[(&str, &str)], &str)] = &[
        (&[("discretise.method", "fbn"), ("discretise.bin_width", "25")], "discretise.bin_width"),
        (
            &[
                ("discretise.method", "fbs"),
                ("discretise.bin_count", "8"),
                ("discretise.bin_width", "5"),
            ],
            "discretise.bin_count",
        ),
        (&[("discretise.bin_width", "25"), ("discretise.bin_count", "16")], "discretise.bin_width"),
        (&[("discretise.bin_count", "16"), ("discretise.bin_width", "25")], "discretise.bin_count"),
        (&[("discretise.method", "fbs")], "discretise.bin_width"),
        (&[("discretise.method", "none"), ("discretise.bin_width", "25")], "discretise.bin_width"),
        (&[("discretise.method", "none"), ("discretise.bin_count", "32")], "discretise.bin_count"),
        (&[("discretise.lower", "0")], "discretise.lower"),
        (&[("ivh.method", "fbn"), ("ivh.bin_width", "25")], "ivh.bin_width"),
        (&[("ivh.method", "fbs")], "ivh.bin_width"),
        (&[("ivh.method", "none"), ("ivh.bin_count", "100")], "ivh.bin_count"),
        (&[("ivh.lower", "0")], "ivh.lower"),
        (&[("normalise.over", "region")], "normalise.over"),
        (&[("normalise.lower", "0")], "normalise.lower"),
        (&[("normalise.method", "z_score"), ("normalise.upper", "2")], "normalise.upper"),
        (&[("normalise.method", "range"), ("normalise.lower", "1")], "normalise.lower"),
        (&[("resample.image_method", "cubic")], "resample.image_method"),
        (&[("resample.mask_method", "nearest")], "resample.mask_method"),
        (&[("resample.round", "true")], "resample.round"),
        (&[("resample.mask_threshold", "0.9")], "resample.mask_threshold"),
        (
            &[
                ("resample.spacing_mm", "1,1,1"),
                ("resample.mask_method", "nearest"),
                ("resample.mask_threshold", "0.9"),
            ],
            "resample.mask_threshold",
        ),
    ];
    for (pairs, key) in refused {
        let backwards: Vec<_> = pairs.iter().rev().copied().collect();
        // Of two that exclude each other the first is named: the last one wins.
        let symmetric = pairs.iter().any(|(k, _)| k.ends_with(".method")) || pairs.len() == 1;
        let orders = if symmetric { vec![pairs.to_vec(), backwards] } else { vec![pairs.to_vec()] };
        for order in orders {
            match with(&order).check() {
                Err(Error::Invalid { field, .. }) => assert_eq!(field, *key, "{order:?}"),
                other => panic!("{order:?}: {other:?}"),
            }
        }
    }
}

#[test]
fn the_last_one_wins() {
    let settings = with(&[("discretise.bin_width", "25")]);
    assert_eq!(settings.discretise.method, BinningMethod::FixedBinSize);
    let accepted: &[&[(&str, &str)]] = &[
        &[("discretise.bin_width", "25"), ("discretise.lower", "-1000")],
        &[
            ("discretise.method", "fbn"),
            ("discretise.method", "fbs"),
            ("discretise.bin_width", "25"),
        ],
        &[
            ("discretise.bin_width", "25"),
            ("discretise.bin_width", "none"),
            ("discretise.bin_count", "8"),
        ],
        &[("discretise.method", "fbn"), ("discretise.bin_width", "none")],
        &[("ivh.bin_width", "2.5")],
        &[("ivh.bin_count", "100")],
        &[("normalise.method", "range"), ("normalise.lower", "1"), ("normalise.upper", "2")],
        &[("resample.spacing_mm", "0,0,3"), ("resample.round", "true")],
    ];
    for pairs in accepted {
        with(pairs).check().unwrap_or_else(|e| panic!("{pairs:?}: {e}"));
    }
}

/// Fields are public: what no text could set is refused all the same.
#[test]
fn values_written_past_the_parser_are_checked() {
    type Change = fn(&mut Settings);
    let changes: [(&str, Change); 15] = [
        ("glcm.distance", |s| s.glcm.distance = 0),
        ("ngtdm.distance", |s| s.ngtdm.distance = 17),
        ("ngldm.distance", |s| s.ngldm.distance = u32::MAX),
        ("ngldm.alpha", |s| s.ngldm.alpha = f64::NAN),
        ("resample.spacing_mm", |s| s.resample.spacing_mm[1] = -1.0),
        ("resample.spacing_mm", |s| s.resample.spacing_mm[2] = f64::INFINITY),
        ("resample.mask_threshold", |s| s.resample.mask_threshold = 0.0),
        ("resegment.range", |s| s.resegment.range = Some([1.0, -1.0])),
        ("resegment.sigma", |s| s.resegment.sigma = Some(f64::NAN)),
        ("discretise.bin_width", |s| s.discretise.bin_width = Some(f64::MIN_POSITIVE)),
        ("discretise.bin_count", |s| s.discretise.bin_count = 0),
        ("texture.max_levels", |s| s.texture.max_levels = 65_536),
        ("texture.aggregation", |s| s.texture.aggregation = Default::default()),
        ("texture.aggregation", |s| {
            s.texture.aggregation = s.texture.aggregation.with(Aggregation::Volume3D)
        }),
        ("ivh.fractions", |s| s.ivh.fractions = [90.0, 10.0].into_iter().collect()),
    ];
    for (key, change) in changes {
        let mut settings = Settings::default();
        change(&mut settings);
        match settings.check() {
            Err(Error::Invalid { field, .. }) => assert_eq!(field, key),
            other => panic!("{key}: {other:?}"),
        }
    }
}
