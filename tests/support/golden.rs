//! The golden tables, and the rule by which a value passes.

use std::collections::HashMap;

/// One row of the reference values.
#[derive(Clone, Debug)]
pub struct Reference {
    /// `digital`, `A` to `E`.
    pub config: String,
    /// Family as in the registry.
    pub family: String,
    /// Tag with aggregation.
    pub tag: String,
    /// Published value, as printed.
    pub value: String,
    /// Published tolerance.
    pub tolerance: f64,
    /// `standard`, `draft` or `diagnostic`.
    pub status: String,
    /// Unrounded values of the teams within tolerance: median, smallest, largest.
    pub teams: Option<[String; 3]>,
}

/// Rows of a table with `#` comments and a header, as maps from column to text.
pub fn rows(table: &str) -> Vec<HashMap<&str, &str>> {
    let mut lines = table.lines().filter(|l| !l.starts_with('#'));
    let header: Vec<_> = lines.next().expect("a header").split(',').collect();
    lines.map(|line| header.iter().copied().zip(line.split(',')).collect()).collect()
}

/// The IBSI-1 reference values.
pub fn ibsi1() -> Vec<Reference> {
    references(include_str!("../golden/ibsi1.csv"))
}

/// The reference values of IBSI-2 phase 2; the configuration is `1.A` to `9.B`.
pub fn ibsi2() -> Vec<Reference> {
    references(include_str!("../golden/ibsi2.csv"))
}

fn references(table: &str) -> Vec<Reference> {
    rows(table)
        .into_iter()
        .map(|row| Reference {
            config: row["config"].into(),
            family: row.get("family").copied().unwrap_or("").into(),
            tag: row["tag"].into(),
            value: row["value"].into(),
            tolerance: row["tolerance"].parse().expect("a tolerance"),
            status: row["status"].into(),
            teams: (!row["teams_median"].is_empty())
                .then(|| ["teams_median", "teams_min", "teams_max"].map(|c| row[c].into())),
        })
        .collect()
}

/// A number with three significant digits.
pub fn three_digits(x: f64) -> f64 {
    format!("{x:.2e}").parse().expect("a number")
}

impl Reference {
    /// Whether a value passes: within the tolerance, or equal after rounding to three significant digits.
    /// Counts and extents are compared unrounded.
    pub fn passes(&self, x: f64) -> bool {
        let value: f64 = self.value.parse().expect("a value");
        let count = self.tag.contains("_dim_") || self.tag.contains("count");
        let counted = count && !self.tag.starts_with("vox_dim");
        (x - value).abs() <= self.tolerance || (!counted && three_digits(x) == three_digits(value))
    }

    /// Whether a value agrees with the median of the teams to six significant digits.
    pub fn agrees_with_median(&self, x: f64) -> Option<bool> {
        let median: f64 = self.teams.as_ref()?[0].parse().expect("a median");
        Some((x - median).abs() <= 0.5e-5 * 10f64.powi(median.abs().log10().floor() as i32))
    }

    /// Whether a value lies between the teams' smallest and largest, widened by half a unit of the
    /// last printed digit of each.
    pub fn within_teams(&self, x: f64) -> Option<bool> {
        let [_, min, max] = self.teams.as_ref()?;
        let edge = |text: &str, sign: f64| {
            let number: f64 = text.parse().expect("a number");
            number + sign * half_unit(text)
        };
        Some(x >= edge(min, -1.0) && x <= edge(max, 1.0))
    }
}

/// Half a unit of the last printed digit.
fn half_unit(text: &str) -> f64 {
    let (mantissa, exponent) = text.split_once(['e', 'E']).unwrap_or((text, "0"));
    let decimals = mantissa.split_once('.').map_or(0, |(_, d)| d.len() as i32);
    0.5 * 10f64.powi(exponent.parse::<i32>().expect("an exponent") - decimals)
}
