//! The rows of one case, wide or long. The columns depend on the study alone, never on what happens to a case.

use crate::args::Shape;
use crate::extract;
use crate::record::{CaseRecord, RegionRecord};
use crate::study::Study;
use crate::table::Cell;

/// What a column holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    Text,
    Number,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    pub name: String,
    pub kind: Kind,
}

/// What stands before the features of a wide row.
const WIDE: [(&str, Kind); 7] = [
    ("case", Kind::Text),
    ("region", Kind::Text),
    ("outcome", Kind::Text),
    ("reason", Kind::Text),
    ("modality", Kind::Text),
    ("unit", Kind::Text),
    ("region_voxels", Kind::Number),
];

/// The columns of a table.
pub fn columns(study: &Study, shape: Shape) -> Vec<Column> {
    let column = |name: &str, kind| Column { name: name.to_owned(), kind };
    match shape {
        Shape::Wide => {
            let fixed = WIDE.iter().map(|(name, kind)| column(name, *kind));
            let features = study.plan.columns().map(|c| column(&c.tag().to_string(), Kind::Number));
            fixed.chain(features).collect()
        }
        Shape::Long => {
            let kind = |name: &str| if name == "value" { Kind::Number } else { Kind::Text };
            let features = extract::HEADER.iter().map(|name| column(name, kind(name)));
            let case = [column("case", Kind::Text), column("region", Kind::Text)];
            case.into_iter().chain(features).chain([column("reason", Kind::Text)]).collect()
        }
    }
}

/// The rows of a case: at least one, also where nothing could be read.
pub fn rows(study: &Study, shape: Shape, case: &CaseRecord) -> Vec<Vec<Cell>> {
    let nothing = RegionRecord { failure: case.failure.clone(), ..RegionRecord::default() };
    let failed = case.failure.is_some() || case.regions.is_empty();
    let regions = case.regions.iter().chain(failed.then_some(&nothing));
    regions
        .flat_map(|region| match shape {
            Shape::Wide => vec![wide(study, case, region)],
            Shape::Long => long(study, case, region),
        })
        .collect()
}

fn outcome(region: &RegionRecord) -> (&'static str, String) {
    match &region.failure {
        Some(reason) => ("failed", reason.clone()),
        None => ("ok", String::new()),
    }
}

fn wide(study: &Study, case: &CaseRecord, region: &RegionRecord) -> Vec<Cell> {
    let (outcome, reason) = outcome(region);
    let (modality, unit) =
        case.read.as_ref().map_or(("", ""), |r| (r.modality.as_str(), r.unit.as_str()));
    let voxels = match region.voxels.region {
        0 => f64::NAN,
        n => n as f64,
    };
    let mut row = vec![
        Cell::text(&case.case),
        Cell::text(&region.region),
        Cell::text(outcome),
        Cell::text(reason),
        Cell::text(modality),
        Cell::text(unit),
        Cell::Number(voxels),
    ];
    row.extend((0..study.plan.len()).map(|i| Cell::Number(region.value(i).0)));
    row
}

fn long(study: &Study, case: &CaseRecord, region: &RegionRecord) -> Vec<Vec<Cell>> {
    let (outcome, reason) = outcome(region);
    let named = |mut row: Vec<Cell>| {
        row.splice(0..0, [Cell::text(&case.case), Cell::text(&region.region)]);
        row.push(Cell::text(&reason));
        row
    };
    if region.failure.is_some() {
        let mut row = vec![Cell::text(""); extract::HEADER.len() - 2];
        row.extend([Cell::Number(f64::NAN), Cell::text(outcome)]);
        return vec![named(row)];
    }
    let row = |(i, column)| {
        let (number, status) = region.value(i);
        named(extract::row(&column, number, status))
    };
    study.plan.columns().enumerate().map(row).collect()
}
