//! What is done with every case: options of the extraction, features, and how inputs are read.

mod input;
mod read;
mod show;

use radiomics::registry::PRESETS;
use radiomics::{Plan, Settings};

use crate::args::{InputArgs, StudyArgs};
use crate::failure::Failure;

pub use input::{INPUTS, Input};
pub use show::show;

/// What is done with every case.
#[derive(Clone, Debug)]
pub struct Study {
    pub plan: Plan,
    /// As they were given; empty for all.
    pub selectors: Vec<String>,
    pub input: Input,
}

impl Study {
    /// The preset or the file, then every `--set` and the other arguments.
    pub fn new(study: &StudyArgs, input: &InputArgs) -> Result<Self, Failure> {
        let mut settings = match &study.preset {
            Some(name) => preset(name)?,
            None => Settings::default(),
        };
        let mut selectors = Vec::new();
        let mut inputs = Input::default();
        if let Some(path) = &study.config {
            read::read(path, &mut settings, &mut selectors, &mut inputs)?;
        }
        for setting in &study.settings {
            let Some((key, text)) = setting.split_once('=') else {
                return Err(Failure::usage(format!("--set {setting}: expected KEY=VALUE")));
            };
            settings.set(key.trim(), text).map_err(Failure::usage)?;
        }
        if study.diagnostics {
            settings.set("diagnostics", "true").map_err(Failure::usage)?;
        }
        if !study.features.is_empty() {
            selectors = study.features.clone();
        }
        inputs.update(input).map_err(Failure::usage)?;
        Self::of(&settings, selectors, inputs)
    }

    /// Of settings that are complete.
    pub fn of(settings: &Settings, selectors: Vec<String>, input: Input) -> Result<Self, Failure> {
        let mut plan = Plan::new(settings).map_err(Failure::usage)?;
        let selectors: Vec<String> = selectors.iter().map(|s| s.trim().to_owned()).collect();
        if !selectors.is_empty() {
            let all: Vec<&str> = selectors.iter().map(String::as_str).collect();
            plan.select(&all).map_err(Failure::usage)?;
        }
        Ok(Self { plan, selectors, input })
    }
}

/// The settings of a preset.
pub fn preset(name: &str) -> Result<Settings, Failure> {
    Settings::preset(name).map_err(|_| {
        let names: Vec<_> = PRESETS.iter().map(|p| p.name).collect();
        Failure::usage(format!("unknown preset \"{name}\": there are {}", names.join(", ")))
    })
}
