//! Options of reading: the `input` part of a configuration.

use radiomics_io::dicom::Normalisation;
use radiomics_io::{ImageOptions, MaskOptions, OtherGrid, Pattern};

use crate::args::InputArgs;

/// How inputs are read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Input {
    /// Patterns of the regions; empty for the only one.
    pub rois: Vec<String>,
    pub suv: Option<Normalisation>,
    pub mask: MaskOptions,
}

/// A key, what it takes, and what it does.
pub struct InputSpec {
    pub key: &'static str,
    pub range: &'static str,
    pub help: &'static str,
}

/// Every option of reading.
pub const INPUTS: &[InputSpec] = &[
    InputSpec {
        key: "input.roi",
        range: "a list of names, \"glob:...\", \"regex:...\", labels, or [\"all\"]",
        help: "Which regions; an empty list takes the only one there is.",
    },
    InputSpec {
        key: "input.suv",
        range: "none, bw, bsa, lbm_james, lbm_janmahasatian or ibw",
        help: "Make uptake values of PET series.",
    },
    InputSpec {
        key: "input.other_grid",
        range: "refuse, nearest or linear",
        help: "What to do with a mask on another grid than the image.",
    },
    InputSpec {
        key: "input.fraction",
        range: "a number above 0 and up to 1",
        help: "A voxel of a fractional segmentation is inside from this fraction up.",
    },
    InputSpec {
        key: "input.foreign",
        range: "true or false",
        help: "Take regions that name another patient or frame of reference than the image.",
    },
];

const WAYS: [(&str, OtherGrid); 3] =
    [("refuse", OtherGrid::Refuse), ("nearest", OtherGrid::Nearest), ("linear", OtherGrid::Linear)];

impl Input {
    /// Sets an option from its text; patterns of regions are one a line.
    pub fn set(&mut self, key: &str, text: &str) -> Result<(), String> {
        let Some(spec) = INPUTS.iter().find(|i| i.key == key) else {
            return Err(format!("unknown option \"{key}\""));
        };
        let refuse = || format!("{key} is \"{text}\": expected {}", spec.range);
        match key {
            "input.roi" => {
                let rois: Vec<String> =
                    text.lines().map(str::to_owned).filter(|l| !l.is_empty()).collect();
                for roi in &rois {
                    Pattern::parse(roi).map_err(|e| format!("{key}: {e}"))?;
                }
                self.rois = rois;
            }
            "input.suv" => {
                self.suv = match text {
                    "none" => None,
                    name => Some(Normalisation::parse(name).ok_or_else(refuse)?),
                }
            }
            "input.other_grid" => {
                let way = WAYS.iter().find(|(name, _)| *name == text);
                self.mask.other_grid = way.ok_or_else(refuse)?.1;
            }
            "input.fraction" => {
                let number = text.parse::<f64>().ok().filter(|x| *x > 0.0 && *x <= 1.0);
                self.mask.fraction = number.ok_or_else(refuse)?;
            }
            _ => self.mask.foreign = text.parse().map_err(|_| refuse())?,
        }
        Ok(())
    }

    /// The text of an option, such that setting it again changes nothing.
    pub fn get(&self, key: &str) -> String {
        match key {
            "input.roi" => self.rois.join("\n"),
            "input.suv" => self.suv.map_or("none", Normalisation::name).to_owned(),
            "input.other_grid" => {
                let way = WAYS.iter().find(|(_, way)| *way == self.mask.other_grid);
                way.map_or("", |w| w.0).to_owned()
            }
            "input.fraction" => self.mask.fraction.to_string(),
            _ => self.mask.foreign.to_string(),
        }
    }

    /// What the command line says takes precedence.
    pub fn update(&mut self, args: &InputArgs) -> Result<(), String> {
        if !args.roi.is_empty() {
            self.set("input.roi", &args.roi.join("\n"))?;
        }
        if let Some(suv) = &args.suv {
            self.set("input.suv", suv)?;
        }
        if let Some(way) = &args.other_grid {
            self.set("input.other_grid", way)?;
        }
        if let Some(fraction) = args.fraction {
            self.set("input.fraction", &fraction.to_string())?;
        }
        if args.foreign {
            self.mask.foreign = true;
        }
        Ok(())
    }

    /// Which image is read.
    pub fn image_options(&self, series: Option<&str>) -> ImageOptions {
        ImageOptions { series: series.map(str::to_owned), suv: self.suv, ..ImageOptions::default() }
    }
}
