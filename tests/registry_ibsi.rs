//! The registry against the IBSI nomenclature and the tags of the reference tables.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use radiomics::registry::{FEATURES, Family, Feature, PRESETS, family_features};
use radiomics::{Plan, Settings};
use support::golden;

/// The feature behind a tag of the nomenclature, whose rows of the intensity-volume histogram have their
/// percentages in the tag.
fn behind(tag: &str) -> &str {
    match tag {
        "ivh_v10" | "ivh_v90" => "ivh_v",
        "ivh_i10" | "ivh_i90" => "ivh_i",
        "ivh_diff_v10_v90" => "ivh_diff_v",
        "ivh_diff_i10_i90" => "ivh_diff_i",
        tag => tag,
    }
}

#[test]
fn every_feature_is_in_the_nomenclature_and_the_other_way_round() {
    let nomenclature = golden::rows(include_str!("golden/nomenclature.csv"));
    assert_eq!(nomenclature.len(), 174, "rows of the nomenclature");
    let mut reached = BTreeSet::new();
    for row in &nomenclature {
        let tag = behind(row["tag"]);
        let feature = FEATURES.iter().find(|f| f.tag == tag);
        let feature = feature.unwrap_or_else(|| panic!("{tag} has no row"));
        let got = (feature.code, feature.family.name(), feature.unit, feature.name);
        assert_eq!(got, (row["code"], row["family"], row["unit"], tag));
        reached.insert(tag);
    }
    for feature in FEATURES.iter().filter(|f| f.family != Family::Diagnostics) {
        assert!(reached.contains(feature.tag), "{} is not in the nomenclature", feature.tag);
    }
}

/// Values stand in the order of the rows, so the order is part of what a family promises.
#[test]
fn rows_stand_in_the_order_of_the_nomenclature() {
    let nomenclature = golden::rows(include_str!("golden/nomenclature.csv"));
    let mut tags: Vec<&str> = nomenclature.iter().map(|row| behind(row["tag"])).collect();
    let mut seen = BTreeSet::new();
    tags.retain(|tag| seen.insert(*tag));
    let rows = FEATURES.iter().filter(|f| f.family != Family::Diagnostics);
    assert_eq!(rows.map(|f| f.tag).collect::<Vec<_>>(), tags);
}

#[test]
fn codes_of_features_and_families_are_unique() {
    let mut seen = BTreeMap::new();
    let features = FEATURES.iter().filter(|f| f.family != Family::Diagnostics);
    let families = Family::ALL.iter().filter(|f| **f != Family::Diagnostics);
    for (code, what) in
        features.map(|f| (f.code, f.name)).chain(families.map(|f| (f.code(), f.name())))
    {
        assert_eq!(code.len(), 4, "{what} has the code {code}");
        assert_eq!(seen.insert(code, what), None, "{what} repeats a code");
    }
}

/// An id or a name that changes breaks files and programs of users: the golden list is only appended.
#[test]
fn ids_and_names_are_pinned() {
    let pinned = golden::rows(include_str!("golden/feature_ids.csv"));
    let listed: BTreeMap<u16, &str> =
        pinned.iter().map(|row| (row["id"].parse().expect("an id"), row["name"])).collect();
    assert_eq!(listed.len(), pinned.len(), "the golden list repeats an id");
    let table: BTreeMap<u16, &str> = FEATURES.iter().map(|f| (f.id, f.name)).collect();
    assert_eq!(table.len(), FEATURES.len(), "the registry repeats an id");
    assert_eq!(FEATURES.iter().map(|f| f.name).collect::<BTreeSet<_>>().len(), FEATURES.len());
    assert_eq!(table, listed, "append new features to tests/golden/feature_ids.csv");
}

#[test]
fn families_are_contiguous_and_complete() {
    let counts: Vec<usize> = Family::ALL.iter().map(|f| family_features(*f).len()).collect();
    assert_eq!(counts, [60, 29, 2, 18, 23, 5, 25, 16, 16, 16, 5, 17]);
    let mut joined: Vec<&Feature> = Vec::new();
    // The table has the diagnostics last.
    for family in Family::ALL.iter().cycle().skip(1).take(Family::ALL.len()) {
        let rows = family_features(*family);
        assert!(rows.iter().all(|f| f.family == *family), "{}", family.name());
        joined.extend(rows);
    }
    assert_eq!(joined, FEATURES.iter().collect::<Vec<_>>());
}

#[test]
fn every_row_can_be_read_by_people() {
    for feature in FEATURES {
        assert!(!feature.title.is_empty() && !feature.unit.is_empty(), "{}", feature.name);
        let machine = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
        assert!(feature.name.chars().all(machine), "{}", feature.name);
    }
}

/// The columns of each configuration's preset are exactly its reference rows, with their codes.
#[test]
fn every_reference_row_has_its_column() {
    let reference = golden::rows(include_str!("golden/ibsi1.csv"));
    let mut compared = 0;
    for preset in PRESETS {
        let config = match preset.name.strip_prefix("ibsi-") {
            Some("digital") => "digital".to_string(),
            Some(letter) => letter.to_uppercase(),
            None => continue,
        };
        let mut settings = Settings::preset(preset.name).expect("a preset");
        settings.set("diagnostics", "true").expect("an option");
        let plan = Plan::new(&settings).expect("a plan");
        let columns: HashMap<String, _> =
            plan.columns().map(|c| (c.tag().to_string(), c)).collect();
        assert_eq!(columns.len(), plan.len(), "{} repeats a tag", preset.name);
        let rows: Vec<_> = reference
            .iter()
            .filter(|r| r["config"] == config && r["status"] == "standard")
            .collect();
        for row in &rows {
            let tag = row["tag"];
            let column = columns.get(tag).unwrap_or_else(|| panic!("{config}: {tag} is missing"));
            assert_eq!(column.feature.family.name(), row["family"], "{config}: {tag}");
            assert_eq!(column.name().to_string(), row["base_tag"], "{config}: {tag}");
            assert_eq!(column.feature.code, row["ibsi_code"], "{config}: {tag}");
            assert_eq!(column.aggregation_words(), row["aggregation"], "{config}: {tag}");
            if column.feature.family != Family::Diagnostics {
                assert_eq!(column.aggregation.code(), row["aggregation_code"], "{config}: {tag}");
            }
        }
        compared += rows.len();
        let known: BTreeSet<&str> =
            reference.iter().filter(|r| r["config"] == config).map(|r| r["tag"]).collect();
        // The digital phantom has no published diagnostics.
        let unpublished = |f: Family| f == Family::Diagnostics && config == "digital";
        for (tag, column) in &columns {
            let family = column.feature.family;
            assert!(known.contains(tag.as_str()) || unpublished(family), "{config}: {tag}");
        }
    }
    assert_eq!(compared, 2104, "standard rows");
}

/// Families write by place, columns read by place.
#[test]
fn places_of_aggregations() {
    use radiomics::Aggregation;
    for list in [&Aggregation::DIRECTIONAL[..], &Aggregation::DIRECTIONLESS[..]] {
        for (at, aggregation) in list.iter().enumerate() {
            assert_eq!(aggregation.place(), at, "{aggregation:?}");
        }
    }
}
