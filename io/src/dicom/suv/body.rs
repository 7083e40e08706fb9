//! What uptake is related to.

use std::fmt;

use dicom_core::Tag;
use dicom_dictionary_std::tags;
use radiomics::math;

use super::header::Header;
use crate::dicom::attributes::{missing, name};

/// What the concentration is multiplied with after division by the dose.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Normalisation {
    /// Body weight, in g.
    #[default]
    BodyWeight,
    /// Body surface area by Du Bois, in cm²: `0.007184 W^0.425 H^0.725` m² of kg and cm.
    BodySurface,
    /// Lean body mass by James, in g: `1.10 W - 128 (W/H)²` (M), `1.07 W - 148 (W/H)²` (F) kg of kg and cm.
    LeanJames,
    /// Lean body mass by Janmahasatian, in g: `9270 W / (6680 + 216 B)` (M), `9270 W / (8780 + 244 B)` (F) kg of
    /// kg and the body mass index B in kg/m².
    LeanJanmahasatian,
    /// Ideal body weight, in g: `48.0 + 1.06 (H - 152)` (M), `45.5 + 0.91 (H - 152)` (F) kg of cm.
    IdealWeight,
}

impl Normalisation {
    /// All of them.
    pub const ALL: [Normalisation; 5] = [
        Normalisation::BodyWeight,
        Normalisation::BodySurface,
        Normalisation::LeanJames,
        Normalisation::LeanJanmahasatian,
        Normalisation::IdealWeight,
    ];

    /// A short name: `bw`, `bsa`, `lbm_james`, `lbm_janmahasatian`, `ibw`.
    pub const fn name(self) -> &'static str {
        match self {
            Normalisation::BodyWeight => "bw",
            Normalisation::BodySurface => "bsa",
            Normalisation::LeanJames => "lbm_james",
            Normalisation::LeanJanmahasatian => "lbm_janmahasatian",
            Normalisation::IdealWeight => "ibw",
        }
    }

    /// The one with this short name.
    pub fn parse(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|n| n.name() == text)
    }

    /// Unit of the uptake.
    pub const fn unit(self) -> &'static str {
        match self {
            Normalisation::BodySurface => "cm2/ml",
            _ => "g/ml",
        }
    }

    /// The one that a header's SUV Type names.
    pub(super) fn of_suv_type(text: &str) -> Option<Self> {
        Some(match text {
            "BW" => Normalisation::BodyWeight,
            "BSA" => Normalisation::BodySurface,
            "LBM" | "LBMJAMES128" => Normalisation::LeanJames,
            "LBMJANMA" => Normalisation::LeanJanmahasatian,
            "IBW" => Normalisation::IdealWeight,
            _ => return None,
        })
    }
}

impl fmt::Display for Normalisation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// Sex, as the formulas for lean and ideal mass know it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    /// `M`
    Male,
    /// `F`
    Female,
}

/// Measures of the body that take precedence over the header's.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Body {
    /// Weight in kg.
    pub weight_kg: Option<f64>,
    /// Height in m.
    pub height_m: Option<f64>,
    /// Sex.
    pub sex: Option<Sex>,
}

/// The measure in g, or in cm² for the body surface.
pub(super) fn measure(
    normalisation: Normalisation,
    header: &Header,
    given: &Body,
) -> Result<f64, String> {
    let weight = || {
        let kg = given.weight_kg.or(header.weight_kg);
        within(kg, tags::PATIENT_WEIGHT, 0.001..=700.0, "kg")
    };
    let height = || {
        let m = given.height_m.or(header.height_m);
        within(m, tags::PATIENT_SIZE, 0.01..=2.8, "m").map(|m| m * 100.0)
    };
    let male = || match (given.sex, header.sex.as_deref()) {
        (Some(sex), _) => Ok(sex == Sex::Male),
        (None, Some("M")) => Ok(true),
        (None, Some("F")) => Ok(false),
        (None, Some(other)) => Err(format!(
            "has {other} as its {}: {normalisation} is defined for M and F; give the sex to use, or take bw or bsa",
            name(tags::PATIENT_SEX)
        )),
        (None, None) => Err(missing(tags::PATIENT_SEX)),
    };
    let amount = match normalisation {
        Normalisation::BodyWeight => 1000.0 * weight()?,
        Normalisation::BodySurface => {
            10_000.0 * 0.007_184 * math::pow(weight()?, 0.425) * math::pow(height()?, 0.725)
        }
        Normalisation::LeanJames => {
            let (w, h) = (weight()?, height()?);
            let [a, b] = if male()? { [1.10, 128.0] } else { [1.07, 148.0] };
            1000.0 * (a * w - b * (w / h) * (w / h))
        }
        Normalisation::LeanJanmahasatian => {
            let (w, h) = (weight()?, height()? / 100.0);
            let index = w / (h * h);
            let [a, b] = if male()? { [6680.0, 216.0] } else { [8780.0, 244.0] };
            1000.0 * 9270.0 * w / (a + b * index)
        }
        Normalisation::IdealWeight => {
            let h = height()?;
            let [a, b] = if male()? { [48.0, 1.06] } else { [45.5, 0.91] };
            1000.0 * (a + b * (h - 152.0))
        }
    };
    if amount > 0.0 {
        return Ok(amount);
    }
    Err(format!(
        "gives {amount} for {normalisation}, which is no mass: {} and {} are outside what the formula was made for",
        name(tags::PATIENT_WEIGHT),
        name(tags::PATIENT_SIZE)
    ))
}

/// A measure that is there and in its unit.
fn within(
    value: Option<f64>,
    tag: Tag,
    range: std::ops::RangeInclusive<f64>,
    unit: &str,
) -> Result<f64, String> {
    let value = value.ok_or_else(|| missing(tag))?;
    if range.contains(&value) {
        return Ok(value);
    }
    Err(format!("has {value} as its {}: expected {unit}", name(tag)))
}
