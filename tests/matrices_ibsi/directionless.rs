//! GLSZM, GLDZM, NGTDM and NGLDM of the digital phantom: every row of the appendix.

use std::collections::BTreeMap;

use radiomics::family::neighbourhood::{Distances, Tally, Wanted, tally_footprint};
use radiomics::volume::Mask;
use radiomics::{Arena, Extent, Watch};
use support::boxes::MaskBox;
use support::phantom;

use crate::zones_naive::found;

const TABLE: &str = include_str!("../golden/digital_phantom_matrices.csv");
const DISTANCES: Distances = Distances { ngtdm: 1, ngldm: 1, alpha: 0.0 };

/// Rows of a family as (approach, slice, i, j, n, s); slices count from 1, no slice is 0.
fn golden(family: &str) -> Vec<(&str, usize, u64, u64, u64, &str)> {
    let rows = TABLE.lines().map(|line| line.split(',').collect::<Vec<_>>());
    rows.filter(|f| f[0] == family)
        .map(|f| {
            let number =
                |text: &str| if text.is_empty() { 0 } else { text.parse().expect("a number") };
            (f[1], number(f[3]) as usize, number(f[4]), number(f[5]), number(f[6]), f[7])
        })
        .collect()
}

/// The matrices that the table names: approach and slice, with extent and slices of the box.
fn matrices(family: &str) -> BTreeMap<(&str, usize), (Extent, core::ops::Range<usize>)> {
    let nz = phantom::SHAPE[2];
    let of = |approach: &str, slice: usize| match approach {
        "2D" => (Extent::Slice, slice - 1..slice),
        "2.5D merged" => (Extent::SlicesMerged, 0..nz),
        "3D" => (Extent::Volume, 0..nz),
        other => panic!("no such approach: {other}"),
    };
    golden(family).iter().map(|row| ((row.0, row.1), of(row.0, row.1))).collect()
}

/// Counts of one golden matrix.
fn counts(family: &str, key: (&str, usize)) -> BTreeMap<(u64, u64), u64> {
    let rows = golden(family).into_iter().filter(|row| (row.0, row.1) == key);
    rows.map(|row| ((row.2, row.3), row.4)).collect()
}

fn zone_matrices(
    family: &str,
    expected_rows: usize,
    column: fn(&crate::naive::zones::Zone) -> u64,
) {
    assert_eq!(golden(family).len(), expected_rows);
    let levels = phantom::digital_levels();
    let (_, region) = phantom::digital();
    let flags =
        region.iter().map(|m| if *m != 0 { Mask::MORPHOLOGICAL | Mask::INTENSITY } else { 0 });
    let mask = MaskBox { shape: phantom::SHAPE, flags: flags.collect() };
    for (key, (extent, slices)) in matrices(family) {
        let zones = found(&levels, &mask, extent, slices);
        let mut got = BTreeMap::new();
        for zone in zones {
            *got.entry((zone.level, column(&zone))).or_default() += 1;
        }
        assert_eq!(got, counts(family, key), "{family} {key:?}");
    }
}

#[test]
fn size_zones() {
    zone_matrices("glszm", 32, |zone| zone.size);
}

#[test]
fn distance_zones() {
    zone_matrices("gldzm", 23, |zone| zone.distance);
}

/// (level, voxels, dependences, n_i, s_i) of the levels that occur.
type Row = (u64, Vec<u64>, u64, f64);

fn tally(extent: Extent, slices: core::ops::Range<usize>) -> Vec<Row> {
    let levels = phantom::digital_levels();
    let mut memory = vec![0; tally_footprint(levels.shape, levels.count, &DISTANCES).words()];
    let wanted = Wanted { tones: true, dependences: true };
    levels.with::<u8, _>(1, |levels| {
        let mut rows = Vec::new();
        Tally::new(levels, &DISTANCES, extent, wanted, Arena::new(&mut memory))
            .expect("a tally")
            .visit(slices, &Watch::silent(), |level, row| {
                let dependence = row.dependence.to_vec();
                rows.push((level as u64, dependence, row.with_neighbours, row.difference()));
            })
            .expect("counts");
        rows
    })
}

#[test]
fn dependences() {
    assert_eq!(golden("ngldm").len(), 69);
    for (key, (extent, slices)) in matrices("ngldm") {
        let mut got = BTreeMap::new();
        for (level, dependence, _, _) in tally(extent, slices) {
            let counted = dependence.iter().enumerate().filter(|(_, n)| **n > 0);
            got.extend(counted.map(|(k, n)| ((level, k as u64), *n)));
        }
        assert_eq!(got, counts("ngldm", key), "{key:?}");
    }
}

#[test]
fn tone_differences() {
    assert_eq!(golden("ngtdm").len(), 17);
    for (key, (extent, slices)) in matrices("ngtdm") {
        let got: Vec<_> = tally(extent, slices).into_iter().filter(|row| row.2 > 0).collect();
        let want: Vec<_> =
            golden("ngtdm").into_iter().filter(|row| (row.0, row.1) == key).collect();
        assert_eq!(got.len(), want.len(), "levels of {key:?}");
        for ((level, _, n, s), (_, _, i, _, voxels, printed)) in got.into_iter().zip(want) {
            assert_eq!((level, n), (i, voxels), "{key:?}");
            // The table prints s with nine significant digits or fewer.
            let decimals = printed.split_once('.').map_or(0, |(_, d)| d.len() as i32);
            let half = 0.5 * 10f64.powi(-decimals) * (1.0 + 1e-6);
            let value: f64 = printed.parse().expect("a number");
            let exact = (s - value).abs() <= 1e-12 * value;
            let few = printed.len() < 10;
            assert!(
                exact || (!few && (s - value).abs() <= half),
                "{key:?} level {level}: {s}, {printed}"
            );
        }
    }
}
