//! GLSZM, GLDZM, NGTDM and NGLDM of the digital phantom: every row of the reference tables, from the kernels.

use std::collections::HashMap;

use radiomics::family::neighbourhood::Distances;
use radiomics::family::{gldzm, glszm, neighbourhood, ngldm, ngtdm, zones};
use radiomics::volume::Mask;
use radiomics::{Aggregation, Arena, Status, Value, Watch};
use support::boxes::MaskBox;
use support::golden::{ibsi1, rows};
use support::phantom;

use crate::zones_naive::everything;

/// Tags of a family in the order of its features.
fn tags(family: &str) -> Vec<&'static str> {
    let table = include_str!("golden/nomenclature.csv");
    let all = rows(table).into_iter().filter(|row| row["family"] == family);
    all.map(|row| row["tag"]).collect()
}

fn label<const N: usize>(family: &str, values: [[Value; N]; 3], into: &mut HashMap<String, Value>) {
    let tags = tags(family);
    assert_eq!(tags.len(), N, "features of {family}");
    for (aggregation, values) in Aggregation::DIRECTIONLESS.into_iter().zip(values) {
        for (tag, value) in tags.iter().zip(values) {
            into.insert(format!("{tag}{}", aggregation.tag_suffix()), value);
        }
    }
}

fn phantom_values() -> HashMap<String, Value> {
    let levels = phantom::digital_levels();
    let (_, region) = phantom::digital();
    let flags =
        region.iter().map(|m| if *m != 0 { Mask::MORPHOLOGICAL | Mask::INTENSITY } else { 0 });
    let mask = MaskBox { shape: phantom::SHAPE, flags: flags.collect() };
    let mut memory = vec![0; 1 << 16];
    let mut sizes = [[Value::PENDING; glszm::FEATURES]; 3];
    let mut border = [[Value::PENDING; gldzm::FEATURES]; 3];
    let mut tones = [[Value::PENDING; ngtdm::FEATURES]; 3];
    let mut dependences = [[Value::PENDING; ngldm::FEATURES]; 3];
    let reach = Distances { ngtdm: 1, ngldm: 1, alpha: 0.0 };
    let (which, watch) = (everything(), Watch::silent());
    levels.with::<u8, _>(1, |levels| {
        mask.with(|mask| {
            let (arena, sizes) = (Arena::new(&mut memory), Some(&mut sizes));
            zones::extract(levels, mask, which, &watch, arena, sizes, Some(&mut border))
                .expect("zones");
        });
        let (arena, tones) = (Arena::new(&mut memory), Some(&mut tones));
        neighbourhood::extract(levels, &reach, which, &watch, arena, tones, Some(&mut dependences))
            .expect("neighbourhoods");
    });
    let mut all = HashMap::new();
    label("glszm", sizes, &mut all);
    label("gldzm", border, &mut all);
    label("ngtdm", tones, &mut all);
    label("ngldm", dependences, &mut all);
    all
}

#[test]
fn every_row_of_the_digital_phantom() {
    let values = phantom_values();
    let families = ["glszm", "gldzm", "ngtdm", "ngldm"];
    let rows: Vec<_> = ibsi1()
        .into_iter()
        .filter(|r| r.config == "digital" && families.contains(&r.family.as_str()))
        .collect();
    assert_eq!(rows.len(), 3 * (16 + 16 + 5 + 17), "rows of the four families");
    for row in rows {
        let value = values[&row.tag];
        assert_eq!(value.status(), Status::Ok, "{}", row.tag);
        assert!(row.passes(value.number()), "{}: {} for {}", row.tag, value.number(), row.value);
        // Sharper than the tolerance: six significant digits, without exception.
        let agrees = row.agrees_with_median(value.number());
        assert_eq!(agrees, Some(true), "{}: {} for {:?}", row.tag, value.number(), row.teams);
    }
}
