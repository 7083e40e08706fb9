//! GLCM and GLRLM of the digital phantom: every row of the reference tables, from the kernels.

use std::collections::HashMap;

use radiomics::family::{glcm, glrlm};
use radiomics::{Aggregation, Aggregations, Arena, Status, Value, Watch};
use support::golden::{ibsi1, rows};
use support::phantom;

/// Values of a family by tag, in the order of its features.
fn label<const N: usize>(family: &str, values: [[Value; N]; 6], into: &mut HashMap<String, Value>) {
    let table = rows(include_str!("golden/nomenclature.csv"));
    let tags: Vec<_> =
        table.into_iter().filter(|row| row["family"] == family).map(|row| row["tag"]).collect();
    assert_eq!(tags.len(), N, "features of {family}");
    for (aggregation, values) in Aggregation::DIRECTIONAL.into_iter().zip(values) {
        for (tag, value) in tags.iter().zip(values) {
            into.insert(format!("{tag}{}", aggregation.tag_suffix()), value);
        }
    }
}

/// Values of the phantom; with `spare` levels more that do not occur, matrices are no longer tables.
fn values(spare: u32) -> HashMap<String, Value> {
    let mut phantom = phantom::digital_levels();
    phantom.count += spare;
    let which: Aggregations = Aggregation::DIRECTIONAL.into_iter().collect();
    let (shape, count) = (phantom.shape, phantom.count);
    let needed = glcm::footprint(shape, count, which).any_of(glrlm::footprint(shape, count, which));
    let mut memory = vec![0; needed.words()];
    let mut pairs = [[Value::PENDING; glcm::FEATURES]; 6];
    let mut runs = [[Value::PENDING; glrlm::FEATURES]; 6];
    phantom.with::<u16, _>(1, |levels| {
        let watch = Watch::silent();
        glcm::extract(levels, 1, which, &watch, Arena::new(&mut memory), &mut pairs)
            .expect("co-occurrence");
        glrlm::extract(levels, which, &watch, Arena::new(&mut memory), &mut runs)
            .expect("run lengths");
    });
    let mut all = HashMap::new();
    label("glcm", pairs, &mut all);
    label("glrlm", runs, &mut all);
    all
}

#[test]
fn every_row_of_the_digital_phantom() {
    let values = values(0);
    let rows: Vec<_> = ibsi1()
        .into_iter()
        .filter(|r| r.config == "digital" && (r.family == "glcm" || r.family == "glrlm"))
        .collect();
    assert_eq!(rows.len(), 6 * (25 + 16), "rows of both families");
    for row in rows {
        let value = values[&row.tag];
        assert_eq!(value.status(), Status::Ok, "{}", row.tag);
        assert!(row.passes(value.number()), "{}: {} for {}", row.tag, value.number(), row.value);
        // Sharper than the tolerance: six significant digits, without exception.
        let agrees = row.agrees_with_median(value.number());
        assert_eq!(agrees, Some(true), "{}: {} for {:?}", row.tag, value.number(), row.teams);
    }
}

/// How matrices are held must not show in the bits. Only what is normalised by N_g may change.
#[test]
fn tables_and_buckets_give_the_same_bits() {
    let (tables, buckets) = (values(0), values(65_000));
    for (tag, value) in tables {
        let normalised =
            tag.starts_with("cm_inv_diff_norm") || tag.starts_with("cm_inv_diff_mom_norm");
        let same = value.number().to_bits() == buckets[&tag].number().to_bits();
        assert_eq!(same, !normalised, "{tag}: {value:?}, {:?}", buckets[&tag]);
    }
}
