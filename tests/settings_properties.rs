//! Settings: what is accepted, what contradicts, and that nothing is accepted without an effect.

mod effects;
mod presets;
mod text;

use radiomics::Settings;

/// Defaults with some options set.
fn with(pairs: &[(&str, &str)]) -> Settings {
    let mut settings = Settings::default();
    for (key, text) in pairs {
        settings.set(key, text).unwrap_or_else(|e| panic!("{key}={text}: {e}"));
    }
    settings
}

/// The text of an option.
fn shown(settings: &Settings, key: &str) -> String {
    settings.get(key).expect("a key").to_string()
}
