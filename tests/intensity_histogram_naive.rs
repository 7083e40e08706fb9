//! Histogram features against the list of levels.

use proptest::prelude::*;
use radiomics::Status;
use radiomics::family::intensity_histogram as histogram;
use support::compare::assert_same;

use crate::naive::intensity_histogram as naive;

proptest! {
    #[test]
    fn random_levels(levels in proptest::collection::vec(1u32..12, 1..150), empty in 0usize..4) {
        let count = *levels.iter().max().expect("a level") as usize + empty;
        let mut counts = vec![0u64; count];
        levels.iter().for_each(|l| counts[*l as usize - 1] += 1);
        let want = naive::features(&levels, count);
        for (k, (got, want)) in histogram::extract(&counts).into_iter().zip(want).enumerate() {
            assert_same(&format!("feature {k}"), got, want, 1e-10);
        }
    }
}

#[test]
fn reasons() {
    assert!(histogram::extract(&[0, 0]).iter().all(|v| v.status() == Status::EmptyIntensityMask));
    let one = histogram::extract(&[5]);
    assert_eq!(one[2].status(), Status::OkByConvention);
    assert_eq!(one[19].status(), Status::TooFewLevels);
    assert_eq!(one[17].number(), 0.0);
}

#[test]
fn the_most_levels() {
    let mut counts = vec![0u64; 65_535];
    (counts[0], counts[99], counts[65_534]) = (3, 5, 2);
    let levels: Vec<u32> = [(1, 3), (100, 5), (65_535, 2)]
        .into_iter()
        .flat_map(|(level, voxels)| vec![level; voxels])
        .collect();
    let want = naive::features(&levels, counts.len());
    for (k, (got, want)) in histogram::extract(&counts).into_iter().zip(want).enumerate() {
        assert_same(&format!("feature {k}"), got, want, 1e-10);
    }
}

#[test]
fn ties_of_the_mode() {
    let mode = |counts: &[u64]| histogram::extract(counts)[9].number();
    // The mean decides, then the lower level.
    assert_eq!(mode(&[4, 0, 0, 1, 4]), 5.0);
    assert_eq!(mode(&[4, 0, 0, 0, 4]), 1.0);
}

#[test]
fn more_voxels_than_can_be_counted() {
    let features = histogram::extract(&[u64::MAX, 5]);
    assert!(features.iter().all(|v| v.status() == Status::Overflow));
}
