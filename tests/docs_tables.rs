//! The documents that are written from the tables are as the tables are.

use std::fs;

use radiomics::{Plan, Settings};
use support::docs;

/// Compares a document with what the tables give now, or writes it where `RADIOMICS_UPDATE_DOCS` is 1.
fn fresh(name: &str, expected: &str) {
    let path = docs::path(name);
    if std::env::var_os("RADIOMICS_UPDATE_DOCS").is_some_and(|v| v == "1") {
        fs::create_dir_all(path.parent().expect("a folder")).expect("the folder of the documents");
        fs::write(&path, expected).expect("a document that can be written");
        return;
    }
    // A checkout may end lines in its own way.
    let committed = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    let differs = committed.lines().zip(expected.lines()).position(|(old, new)| old != new);
    let line = differs.unwrap_or(committed.lines().count().min(expected.lines().count())) + 1;
    assert!(
        committed == expected,
        "docs/{name} is stale from line {line} on; RADIOMICS_UPDATE_DOCS=1 cargo test --workspace \
        docs_tables writes it again"
    );
}

#[test]
fn features() {
    fresh("features.md", &docs::features());
}

#[test]
fn options() {
    fresh("options.md", &docs::options());
}

/// The names that the document gives as examples are names of columns.
#[test]
fn examples_are_names() {
    type Case = (&'static [(&'static str, &'static str)], &'static [&'static str]);
    let cases: [Case; 3] = [
        (
            &[],
            &[
                "ivh_v10",
                "ivh_v90",
                "ivh_i10",
                "ivh_i90",
                "ivh_diff_v10_v90",
                "ivh_diff_i10_i90",
                "ivh_auc",
            ],
        ),
        (
            &[("ivh.fractions", "25"), ("glcm.distance", "2"), ("ngldm.alpha", "1")],
            &["ivh_v25", "cm_contrast_d2", "ngl_lde_a1"],
        ),
        (&[("ngldm.distance", "2"), ("ngldm.alpha", "1")], &["ngl_lde_d2_a1"]),
    ];
    let document = docs::features();
    for (pairs, names) in cases {
        let mut settings = Settings::default();
        for (key, text) in pairs {
            settings.set(key, text).expect("an option");
        }
        let plan = Plan::new(&settings).expect("a plan");
        for name in names {
            assert!(plan.columns().any(|c| c.name().to_string() == *name), "no column {name}");
            assert!(document.contains(&format!("`{name}`")), "{name} is not in the document");
        }
    }
}
