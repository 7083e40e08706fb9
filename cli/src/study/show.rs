//! A full configuration in TOML, with comments from the table of options; reading it back changes nothing.

use std::fmt::Write;

use radiomics::registry::{Kind, OPTIONS};

use super::Study;
use super::input::INPUTS;

/// The whole configuration.
pub fn show(study: &Study, title: &str) -> String {
    let settings = study.plan.settings();
    let mut out = format!("# {title}\n# radiomics {}\n\n", env!("CARGO_PKG_VERSION"));
    let selectors: Vec<String> = study.selectors.iter().map(|s| quoted(s)).collect();
    out += "# Families, feature names, IBSI codes or IBSI tags; an empty list takes all.\n";
    out += &format!("features = [{}]\n", selectors.join(", "));
    // Keys without a dot come before the first table, and each table stands once.
    let mut sections = vec![""];
    for option in OPTIONS {
        let section = split(option.key).0;
        if !sections.contains(&section) {
            sections.push(section);
        }
    }
    let of = |section| OPTIONS.iter().filter(move |o| split(o.key).0 == section);
    let options = sections.into_iter().flat_map(of);
    let mut table = "";
    for option in options {
        let (section, name) = split(option.key);
        if section != table {
            let _ = writeln!(out, "\n[{section}]");
            table = section;
        } else if section.is_empty() {
            out.push('\n');
        }
        let unit = if option.unit.is_empty() { "" } else { ", in " };
        let _ = writeln!(out, "# {}", option.help);
        let _ =
            writeln!(out, "# {}{unit}{}; default {}", option.range, option.unit, option.default);
        // Every key of the table is known to the settings.
        let text = settings.get(option.key).map(|t| t.to_string()).unwrap_or_default();
        let value = value(&option.kind, &text);
        match settings.in_effect(option.key) {
            Ok(true) => {
                let _ = writeln!(out, "{name} = {value}");
            }
            _ => {
                let _ = writeln!(out, "# no effect beside the others: {name} = {value}");
            }
        }
    }
    out += "\n[input]\n";
    for spec in INPUTS {
        let name = spec.key.trim_start_matches("input.");
        let text = study.input.get(spec.key);
        let value = match name {
            "roi" => {
                let names: Vec<String> = study.input.rois.iter().map(|r| quoted(r)).collect();
                format!("[{}]", names.join(", "))
            }
            "fraction" | "foreign" => text,
            _ => quoted(&text),
        };
        let _ = writeln!(out, "# {}\n# {}\n{name} = {value}", spec.help, spec.range);
    }
    out
}

/// Table and name of a key.
fn split(key: &'static str) -> (&'static str, &'static str) {
    key.rsplit_once('.').unwrap_or(("", key))
}

/// The value of an option in TOML.
fn value(kind: &Kind, text: &str) -> String {
    // Whole numbers of many digits are too large for TOML's integers: a text says the same.
    let is_number = |t: &str| t.parse::<f64>().is_ok_and(f64::is_finite) && t.len() < 16;
    let one = |t: &str| {
        if is_number(t) || t == "true" || t == "false" { t.to_owned() } else { quoted(t) }
    };
    match kind {
        Kind::Real { .. }
        | Kind::RealOrNone { .. }
        | Kind::Integer { .. }
        | Kind::Bool
        | Kind::Word(_) => one(text),
        _ if text.contains(',') => {
            let parts: Vec<String> = text.split(',').map(one).collect();
            format!("[{}]", parts.join(", "))
        }
        _ => one(text),
    }
}

/// A text in quotes.
fn quoted(text: &str) -> String {
    // A string of JSON is a basic string of TOML.
    serde_json::Value::from(text).to_string()
}
