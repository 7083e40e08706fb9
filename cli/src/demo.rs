//! Without a command: the digital phantom of IBSI-1 beside its reference values.

use std::io::{self, Write};

use radiomics::plan::Workspace;
use radiomics::{Geometry, Host, Image, Layout, Plan, Region, Select, Settings};

use crate::failure::Failure;

/// The 80 voxels of the phantom.
const PHANTOM: &str = include_str!("../../tests/golden/digital_phantom.csv");
/// Reference values with their tolerances.
const REFERENCES: &str = include_str!("../../tests/golden/ibsi1.csv");

/// A reference value as it is printed.
struct Reference<'t> {
    tag: &'t str,
    value: &'t str,
    tolerance: &'t str,
}

pub fn run() -> Result<(), Failure> {
    let (mut image, mut mask) = (Vec::new(), Vec::new());
    for record in reader(PHANTOM).records() {
        let record = record?;
        image.push(record[3].parse::<i16>().map_err(Failure::input)?);
        mask.push(record[4].parse::<u8>().map_err(Failure::input)?);
    }
    let layout = Layout::x_fastest([5, 4, 4]).map_err(Failure::input)?;
    let geometry = Geometry::axis_aligned([2.0; 3]);
    let image = Image::new(image.as_slice(), layout, geometry).map_err(Failure::input)?;
    let region = Region::new(mask.as_slice(), layout, Select::NonZero).map_err(Failure::input)?;
    let settings = Settings::preset("ibsi-digital").map_err(Failure::input)?;
    let plan = Plan::new(&settings).map_err(Failure::input)?;
    let (values, _) = Workspace::new()
        .extract(&plan, &image, &region, &Host::serial())
        .map_err(Failure::input)?;
    let mut references = reader(REFERENCES);
    let records: Vec<_> = references.records().collect::<Result<_, _>>()?;
    // Columns: config, family, tag, base_tag, ..., value, tolerance, consensus, status.
    let references: Vec<Reference> = records
        .iter()
        .filter(|r| &r[0] == "digital" && &r[10] == "standard")
        .map(|r| Reference { tag: &r[2], value: &r[7], tolerance: &r[8] })
        .collect();

    let mut out = io::stdout().lock();
    let line = |a: &str, b: &str, c: &str, d: &str, e: &str| {
        format!("{a:<28} {b:<5} {c:>22} {d:>10} {e:>9}")
    };
    writeln!(out, "The digital phantom of IBSI-1: 5 x 4 x 4 voxels of 2 mm, 74 in the region\n")?;
    writeln!(out, "{}  verdict", line("ibsi_tag", "code", "value", "reference", "tolerance"))?;
    let (mut passed, mut compared) = (0, 0);
    for (column, value) in plan.columns().zip(&values) {
        let tag = column.tag().to_string();
        let shown = match value.status().has_value() {
            true => value.number().to_string(),
            false => value.status().name().to_owned(),
        };
        let reference = references.iter().find(|r| r.tag == tag);
        let (expected, tolerance, verdict) = match reference {
            None => ("", "", "no reference"),
            Some(r) => {
                compared += 1;
                let ok = passes(value.number(), r)?;
                passed += usize::from(ok);
                (r.value, r.tolerance, if ok { "ok" } else { "DIFFERENT" })
            }
        };
        let row = line(&tag, column.feature.code, &shown, expected, tolerance);
        writeln!(out, "{row}  {verdict}")?;
    }
    writeln!(out, "\n{passed} of {compared} features equal their IBSI reference value")?;
    if passed == compared && compared == references.len() {
        Ok(())
    } else {
        Err(Failure::input("the results differ from the reference values: do not use this build"))
    }
}

/// Within the tolerance, or equal after rounding to three significant digits.
fn passes(x: f64, reference: &Reference) -> Result<bool, Failure> {
    let number = |text: &str| text.parse::<f64>().map_err(Failure::input);
    let (value, tolerance) = (number(reference.value)?, number(reference.tolerance)?);
    Ok((x - value).abs() <= tolerance || format!("{x:.2e}") == format!("{value:.2e}"))
}

fn reader(table: &str) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new().comment(Some(b'#')).from_reader(table.as_bytes())
}
