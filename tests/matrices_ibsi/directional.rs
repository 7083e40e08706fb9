//! GLCM and GLRLM of the digital phantom: every row of the appendix, and nothing besides.

use std::collections::BTreeMap;
use std::ops::Range;

use radiomics::family::{glcm, glrlm};
use radiomics::volume::{DIRECTIONS, Levels, PLANAR_DIRECTIONS};
use support::golden::rows;
use support::phantom;

const TABLE: &str = include_str!("../golden/digital_phantom_matrices.csv");

/// Non-zero cells of a matrix by row and column, both from 1.
type Cells = BTreeMap<(u64, u64), u64>;
/// Approach, direction and slice, as in the table.
type Key = (String, String, String);

fn golden(family: &str) -> BTreeMap<Key, Cells> {
    let mut matrices = BTreeMap::<Key, Cells>::new();
    for row in rows(TABLE).into_iter().filter(|row| row["family"] == family) {
        let key = ["approach", "direction_xyz", "slice"].map(|c| row[c].to_string());
        let [i, j, n] = ["i", "j", "n"].map(|c| row[c].parse::<u64>().expect("a whole number"));
        let cells = matrices.entry(key.into()).or_default();
        assert_eq!(cells.insert((i, j), n), None, "a cell stands once in the table");
    }
    matrices
}

/// The directions that a matrix merges: its own, or those in a slice, or all.
fn directions(key: &Key) -> Vec<[i32; 3]> {
    if key.1.is_empty() {
        let planar = key.0 != "3D merged";
        return DIRECTIONS[..if planar { PLANAR_DIRECTIONS } else { DIRECTIONS.len() }].to_vec();
    }
    let parts: Vec<i32> = key.1.split(' ').map(|d| d.parse().expect("a step")).collect();
    vec![parts.try_into().expect("three axes")]
}

/// The slices that a matrix covers; each is a matrix of its own where runs and pairs stay within slices.
fn slices(key: &Key) -> Vec<Range<usize>> {
    let nz = phantom::SHAPE[2];
    match (key.0.starts_with("3D"), key.2.parse::<usize>()) {
        (true, Err(_)) => vec![0..nz; 1],
        (false, Ok(slice)) => vec![slice - 1..slice; 1],
        (false, Err(_)) => (0..nz).map(|z| z..z + 1).collect(),
        (true, Ok(_)) => panic!("a slice of a volume: {key:?}"),
    }
}

/// Compares every matrix of a family with the sum of those that `count` fills.
fn compare(
    family: &str,
    expected: (usize, usize),
    columns: usize,
    count: impl Fn(&Levels<u8>, [i32; 3], Range<usize>, &mut [u64]),
) {
    let golden = golden(family);
    assert_eq!((golden.len(), golden.values().map(Cells::len).sum()), expected, "matrices, rows");
    let phantom = phantom::digital_levels();
    let mut total = vec![0; phantom.count as usize * columns];
    let mut part = vec![u64::MAX; total.len()];
    phantom.with::<u8, _>(1, |levels| {
        for (key, want) in golden {
            total.fill(0);
            for direction in directions(&key) {
                for slices in slices(&key) {
                    count(levels, direction, slices, &mut part);
                    total.iter_mut().zip(&part).for_each(|(total, part)| *total += part);
                }
            }
            let place = |at: usize| ((at / columns + 1) as u64, (at % columns + 1) as u64);
            let filled = total.iter().enumerate().filter(|(_, n)| **n > 0);
            let got: Cells = filled.map(|(at, n)| (place(at), *n)).collect();
            assert_eq!(got, want, "{family} {key:?}");
        }
    });
}

#[test]
fn co_occurrence() {
    // 4 slices in 4 directions, the same merged, 4 directions over slices, one merged, 13 and one in 3D.
    let matrices = 16 + 4 + 4 + 1 + 13 + 1;
    compare("glcm", (matrices, 352), 6, |levels, step, slices, matrix| {
        glcm::count(levels, step, slices, matrix).expect("counts");
    });
}

#[test]
fn run_lengths() {
    let matrices = 16 + 4 + 4 + 1 + 13 + 1;
    let longest = glrlm::longest(phantom::SHAPE);
    compare("glrlm", (matrices, 269), longest, |levels, direction, slices, matrix| {
        glrlm::count(levels, direction, slices, matrix).expect("runs");
    });
}
