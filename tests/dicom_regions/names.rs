//! Regions by name, glob and regular expression.

use proptest::prelude::*;
use radiomics_io::Pattern;

use super::{drawn, opened, rectangle, structure_set};
use support::dicom::Drawn;

const NAMES: [&str; 6] = ["GTV-1", "GTV-2", "gtv-1", "Lung L", "GTV*", "marker"];

fn found(text: &str) -> Vec<usize> {
    Pattern::parse(text).expect("a pattern").matches(&NAMES)
}

#[test]
fn exactly_by_glob_and_by_expression() {
    assert_eq!(found("GTV-1"), [0]);
    assert_eq!(found("GTV"), [] as [usize; 0]);
    assert_eq!(found("all"), [0, 1, 2, 3, 4, 5]);
    // A name that is there is that name, although it could be a glob.
    assert_eq!(found("GTV*"), [4]);
    assert_eq!(found("glob:GTV*"), [0, 1, 4]);
    assert_eq!(found("GTV-?"), [0, 1]);
    assert_eq!(found("*L"), [3]);
    assert_eq!(found("regex:GTV-[0-9]"), [0, 1]);
    assert_eq!(found("regex:(?i)gtv-1"), [0, 2]);
    // An expression matches the whole name.
    assert_eq!(found("regex:GTV"), [] as [usize; 0]);
    assert_eq!(found("regex:a|marker"), [5]);
    let error = Pattern::parse("regex:(").expect_err("an error");
    assert!(error.contains("is no regular expression"), "{error}");
    assert!(Pattern::parse(" ").is_err());
}

#[test]
fn several_patterns_choose_each_region_once() {
    let folder = tempfile::tempdir().expect("a folder");
    let contour = || vec![rectangle([0.0, 1.0], [0.0, 1.0], 2.0)];
    let drawings: Vec<Drawn> = NAMES
        .iter()
        .enumerate()
        .map(|(i, name)| Drawn {
            number: i as u32 + 5,
            ..drawn(name, if *name == "marker" { vec![] } else { contour() })
        })
        .collect();
    let rois = opened(folder.path(), &structure_set(&drawings));
    let list = rois.list();
    assert_eq!(list.iter().map(|r| r.name.as_str()).collect::<Vec<_>>(), NAMES);
    assert_eq!((list[1].number, list[1].parts, list[1].points), (6, 1, 4));
    let select = |texts: &[&str]| {
        let patterns: Vec<Pattern> =
            texts.iter().map(|t| Pattern::parse(t).expect("a pattern")).collect();
        rois.select(&patterns).map_err(|e| e.to_string())
    };
    assert_eq!(select(&["Lung L", "GTV-1", "GTV-?"]).expect("regions"), [0, 1, 3]);
    // What was never drawn is not among all.
    assert_eq!(select(&["all"]).expect("regions"), [0, 1, 2, 3, 4]);
    let error = select(&["GTV-1", "CTV"]).expect_err("an error");
    assert!(
        error.contains("no region that matches \"CTV\": there are \"GTV-1\", \"GTV-2\""),
        "{error}"
    );
    let error = select(&[]).expect_err("an error");
    assert!(error.contains("holds 6 regions: name one of them"), "{error}");
}

/// The definition: a star is any prefix of the rest.
fn matches(pattern: &[char], name: &[char]) -> bool {
    match pattern {
        [] => name.is_empty(),
        ['*', rest @ ..] => (0..=name.len()).any(|n| matches(rest, &name[n..])),
        [c, rest @ ..] => {
            !name.is_empty() && (*c == '?' || *c == name[0]) && matches(rest, &name[1..])
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    #[test]
    fn globs(pattern in "[ab*?]{0,8}", name in "[abé]{0,8}") {
        let found = Pattern::Glob(pattern.clone()).matches(&[&name]) == [0];
        let of = |text: &str| text.chars().collect::<Vec<_>>();
        prop_assert_eq!(found, matches(&of(&pattern), &of(&name)));
    }
}
