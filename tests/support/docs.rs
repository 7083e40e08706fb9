//! `docs/features.md` and `docs/options.md`, written from the tables of the library.

use std::fmt::Write as _;
use std::path::PathBuf;

use radiomics::registry::{Family, OPTIONS, OptionSpec, PRESETS, family_features};
use radiomics::{Aggregation, Settings, Status};

/// Where the documents lie.
pub fn path(name: &str) -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/../docs")).join(name)
}

const GENERATED: &str = "<!-- Generated from the tables of the library; do not edit. \
    `RADIOMICS_UPDATE_DOCS=1 cargo test --workspace docs_tables` writes it again. -->\n\n";

/// One table: a header and its rows.
fn table(out: &mut String, header: &[&str], rows: impl IntoIterator<Item = Vec<String>>) {
    let line = |cells: &[String]| format!("| {} |\n", cells.join(" | "));
    *out += &line(&header.iter().map(|h| h.to_string()).collect::<Vec<_>>());
    *out += &line(&vec!["---".to_string(); header.len()]);
    for row in rows {
        assert_eq!(row.len(), header.len(), "cells of a row");
        // A bar would end the cell.
        *out += &line(&row.iter().map(|c| c.replace('|', "\\|")).collect::<Vec<_>>());
    }
    *out += "\n";
}

fn code(text: &str) -> String {
    if text.is_empty() { String::new() } else { format!("`{text}`") }
}

/// `docs/features.md`.
pub fn features() -> String {
    let mut out = String::from("# Features\n\n");
    out += GENERATED;
    out += "Every feature with its machine name and its IBSI code. Names, codes and ids are pinned: \
        more may come, none changes.\n\n\
        - `--features` takes a family, a name, an IBSI code or a tag.\n\
        - The **tag** of a column is its name followed by the suffix of its aggregation \
        (`cm_joint_max_3D_comb`), as in the reference tables of the initiative.\n\
        - A feature with another parameter has another name: `ivh_v25` is read at 25 %, \
        `cm_contrast_d2` is at distance 2, `ngl_lde_a1` has a coarseness of 1, `ngl_lde_d2_a1` both.\n\
        - Grey-level units: the number depends on the discretisation, and compares only with numbers \
        from the same one.\n\n";
    table(
        &mut out,
        &["family", "name", "IBSI code", "features"],
        Family::ALL.iter().map(|family| {
            let count = family_features(*family).len();
            vec![
                family.title().into(),
                code(family.name()),
                family.code().into(),
                count.to_string(),
            ]
        }),
    );
    out += "## Aggregations\n\n\
        Families with directions (GLCM, GLRLM) have six ways to make one value of their matrices:\n\n";
    aggregations(&mut out, &Aggregation::DIRECTIONAL);
    out += "The other texture families have no directions, and follow with three:\n\n";
    aggregations(&mut out, &Aggregation::DIRECTIONLESS);
    out += "All other families are volumetric (IBSI DHQ4) and have no suffix.\n\n";
    out += "## Statuses\n\n\
        A column holds a value or the reason why there is none. `ok_by_convention` marks a degenerate \
        case to which the IBSI manual assigns a value.\n\n";
    table(
        &mut out,
        &["code", "status", "has a value"],
        Status::ALL.iter().map(|status| {
            let value = if status.has_value() { "yes" } else { "no" };
            vec![status.code().to_string(), code(status.name()), value.into()]
        }),
    );
    for family in Family::ALL {
        let _ = match family.code() {
            "" => writeln!(out, "## {}\n", family.title()),
            ibsi => writeln!(out, "## {} ({ibsi})\n", family.title()),
        };
        out += note(*family);
        table(
            &mut out,
            &["id", "name", "IBSI code", "unit", "title"],
            family_features(*family).iter().map(|f| {
                vec![f.id.to_string(), code(f.name), f.code.into(), f.unit.into(), f.title.into()]
            }),
        );
    }
    out.trim_end().to_string() + "\n"
}

fn aggregations(out: &mut String, list: &[Aggregation]) {
    table(
        out,
        &["aggregation", "IBSI code", "suffix of the tag"],
        list.iter().map(|a| vec![a.words().into(), a.code().into(), code(a.tag_suffix())]),
    );
}

/// What the table of a family does not say by itself.
fn note(family: Family) -> &'static str {
    match family {
        Family::Diagnostics => {
            "Columns only with the option `diagnostics` (`--diagnostics`). They have tags, but no \
            codes.\n\n"
        }
        Family::Morphology => {
            "The densities of the oriented minimum bounding box and of the minimum volume enclosing \
            ellipsoid are columns only with `morphology.ombb` and `morphology.mvee`; `morphology.spatial` \
            leaves Moran's I and Geary's C out.\n\n"
        }
        Family::IntensityVolumeHistogram => {
            "These rows are definitions; a column appends the percentages of `ivh.fractions`. With the \
            default `10,90` the columns are `ivh_v10`, `ivh_v90`, `ivh_i10`, `ivh_i90`, \
            `ivh_diff_v10_v90`, `ivh_diff_i10_i90` and `ivh_auc`. The differences are between the first \
            percentage and the last.\n\n"
        }
        _ => "",
    }
}

/// `docs/options.md`.
pub fn options() -> String {
    let mut out = String::from("# Options\n\n");
    out += GENERATED;
    out += "Everything that can be set, as `--set key=value` or by `Settings::set`. The order is: \
        defaults, then a preset, then single settings; the last one wins.\n\n\
        - Setting a bin width switches its discretisation to `fbs`, setting a bin count to `fbn`.\n\
        - Settings that contradict each other are an error, and so is a setting that nothing would \
        read: a bin width beside `discretise.method=fbn`, an interpolation method without a spacing. \
        What a preset or the defaults hold never contradicts what is set after it.\n\
        - `none` takes a number or a range back.\n\
        - Numbers are finite; `inf` and `-inf` stand only in a range.\n\
        - Filters: `filter.images` says which; every combination of listed parameters is an image of its \
        own with columns of its own. [filters.md](filters.md) has formulas and conventions.\n\n";
    let mut groups: Vec<&str> = OPTIONS.iter().map(group).collect();
    groups.dedup();
    for name in groups {
        let _ = writeln!(out, "## {name}\n");
        table(
            &mut out,
            &["key", "type", "default", "allowed", "unit", "meaning"],
            OPTIONS.iter().filter(|o| group(o) == name).map(|o| {
                vec![
                    code(o.key),
                    o.kind.name().into(),
                    code(o.default),
                    o.range.into(),
                    o.unit.into(),
                    o.help.into(),
                ]
            }),
        );
    }
    out += "## Presets\n\n\
        The processing configurations of IBSI-1, and of IBSI-2 phase 2 with its filters. Options that are not \
        listed have their defaults in every preset; an empty cell has no effect in that preset.\n\n";
    table(
        &mut out,
        &["preset", "what it is"],
        PRESETS.iter().map(|p| vec![code(p.name), p.title.into()]),
    );
    type Group = (&'static str, fn(&str) -> bool);
    let groups: [Group; 3] = [
        ("IBSI-1", |name| name.starts_with("ibsi-")),
        ("IBSI-2, configuration A", |name| name.starts_with("ibsi2-") && name.ends_with('a')),
        ("IBSI-2, configuration B", |name| name.starts_with("ibsi2-") && name.ends_with('b')),
    ];
    for (title, belongs) in groups {
        let _ = writeln!(out, "### {title}\n");
        preset_table(&mut out, belongs);
    }
    out.trim_end().to_string() + "\n"
}

/// The options that any of these presets holds otherwise than the defaults, preset by preset.
fn preset_table(out: &mut String, belongs: fn(&str) -> bool) {
    let presets: Vec<_> = PRESETS.iter().filter(|p| belongs(p.name)).collect();
    let settings: Vec<Settings> =
        presets.iter().map(|p| Settings::preset(p.name).expect("a preset")).collect();
    let header: Vec<&str> = std::iter::once("key").chain(presets.iter().map(|p| p.name)).collect();
    let named = |o: &OptionSpec| presets.iter().flat_map(|p| p.settings).any(|(k, _)| *k == o.key);
    let changed = |o: &OptionSpec| settings.iter().any(|s| shown(s, o) != o.default);
    let listed = OPTIONS.iter().filter(|o| named(o) || changed(o));
    table(
        out,
        &header,
        listed.map(|o| {
            let effects = settings.iter().map(|s| match s.in_effect(o.key) {
                Ok(true) => code(&shown(s, o)),
                _ => String::new(),
            });
            std::iter::once(code(o.key)).chain(effects).collect()
        }),
    );
}

/// What stands before the dot of a key.
fn group(option: &OptionSpec) -> &'static str {
    option.key.split_once('.').map_or(option.key, |(group, _)| group)
}

fn shown(settings: &Settings, option: &OptionSpec) -> String {
    settings.get(option.key).expect("a key").to_string()
}
