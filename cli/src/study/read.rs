//! Reading a configuration: TOML, or JSON where the file is named so.

use std::path::Path;

use radiomics::Settings;
use radiomics::registry::OPTIONS;
use serde_json::Value;

use super::Input;
use super::input::INPUTS;
use crate::failure::Failure;

/// A configuration is a page of text; what is larger is another file.
const MOST_BYTES: u64 = 1 << 20;

/// Sets every option that a file names.
pub fn read(
    path: &Path,
    settings: &mut Settings,
    selectors: &mut Vec<String>,
    input: &mut Input,
) -> Result<(), Failure> {
    let fail = |problem: String| Failure::usage(format!("{}: {problem}", path.display()));
    let size = std::fs::metadata(path).map_err(|e| fail(format!("cannot be opened: {e}")))?.len();
    if size > MOST_BYTES {
        return Err(fail(format!("has {size} bytes, too many for a configuration")));
    }
    let text = std::fs::read_to_string(path).map_err(|e| fail(format!("cannot be read: {e}")))?;
    let is_json = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("json"));
    let root: Value = if is_json {
        serde_json::from_str(&text).map_err(|e| fail(format!("is no JSON: {e}")))?
    } else {
        let table: toml::Table = toml::from_str(&text)
            .map_err(|e| fail(format!("is no TOML: {}", e.to_string().trim())))?;
        json(toml::Value::Table(table))
    };
    let mut flat = Vec::new();
    flatten("", &root, &mut flat).map_err(fail)?;
    if let Some((_, name)) = flat.iter().find(|(key, _)| key == "preset") {
        let name = name.first().map_or("", String::as_str);
        *settings = super::preset(name)?;
    }
    // An option that was not asked for must not undo one that was: methods come before their parameters.
    let place = |key: &str| OPTIONS.iter().position(|o| o.key == key).unwrap_or(OPTIONS.len());
    flat.sort_by_key(|(key, _)| place(key));
    for (key, parts) in flat {
        let outcome = match key.as_str() {
            "preset" => Ok(()),
            "features" => {
                *selectors = parts;
                Ok(())
            }
            _ if INPUTS.iter().any(|i| i.key == key) => input.set(&key, &parts.join("\n")),
            _ if OPTIONS.iter().any(|o| o.key == key) => {
                settings.set(&key, &parts.join(",")).map_err(|e| e.to_string())
            }
            _ => Err(format!("unknown option \"{key}\": did you mean \"{}\"?", nearest(&key))),
        };
        outcome.map_err(fail)?;
    }
    Ok(())
}

/// The same values in JSON, which has no infinite numbers: they become texts.
fn json(value: toml::Value) -> Value {
    match value {
        toml::Value::String(text) => text.into(),
        toml::Value::Integer(x) => x.into(),
        toml::Value::Float(x) if x.is_finite() => x.into(),
        toml::Value::Float(x) => x.to_string().into(),
        toml::Value::Boolean(x) => x.into(),
        toml::Value::Datetime(x) => x.to_string().into(),
        toml::Value::Array(items) => items.into_iter().map(json).collect(),
        toml::Value::Table(table) => table.into_iter().map(|(k, v)| (k, json(v))).collect(),
    }
}

/// Keys with dots, each with its values as texts.
fn flatten(
    prefix: &str,
    value: &Value,
    out: &mut Vec<(String, Vec<String>)>,
) -> Result<(), String> {
    let Value::Object(object) = value else {
        return Err("expected a table of options".into());
    };
    for (name, value) in object {
        let key = if prefix.is_empty() { name.clone() } else { format!("{prefix}.{name}") };
        match value {
            Value::Object(_) => flatten(&key, value, out)?,
            Value::Array(items) => {
                let parts = items.iter().map(|item| scalar(&key, item));
                out.push((key.clone(), parts.collect::<Result<_, _>>()?));
            }
            other => out.push((key.clone(), vec![scalar(&key, other)?])),
        }
    }
    Ok(())
}

fn scalar(key: &str, value: &Value) -> Result<String, String> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Bool(x) => Ok(x.to_string()),
        Value::Number(x) => {
            Ok(x.as_f64().filter(|_| x.is_f64()).map_or_else(|| x.to_string(), |f| f.to_string()))
        }
        _ => Err(format!("{key}: expected a text, a number, true or false, or a list of them")),
    }
}

/// The key that takes the fewest changes to become this one.
pub fn nearest(key: &str) -> &'static str {
    let own = ["preset", "features"];
    let keys = OPTIONS.iter().map(|o| o.key).chain(INPUTS.iter().map(|i| i.key)).chain(own);
    keys.min_by_key(|k| crate::words::distance(key, k)).unwrap_or("")
}
