//! GLSZM and GLDZM where the zones are known in closed form.

use radiomics::family::{gldzm, glszm, zones};
use radiomics::volume::{Level, Mask};
use radiomics::{Arena, Extent, Status, Value, Watch};
use support::boxes::{LevelBox, MaskBox, places};
use support::compare::assert_same;

use crate::naive::zones::Zone;
use crate::zones_naive::{everything, found};

/// A box whose morphological mask is everything, with these levels.
fn solid(shape: [usize; 3], level: impl Fn([i64; 3]) -> u32) -> (LevelBox, MaskBox) {
    let levels: Vec<u32> = places(shape).map(level).collect();
    let flags = levels.iter().map(|l| if *l > 0 { 3 } else { Mask::MORPHOLOGICAL }).collect();
    let count = levels.iter().copied().max().unwrap_or(0).max(1);
    (LevelBox { shape, levels, count }, MaskBox { shape, flags })
}

fn features<L: Level>(
    levels: &LevelBox,
    mask: &MaskBox,
) -> ([glszm::Features; 3], [gldzm::Features; 3]) {
    let mut memory = vec![!0; zones::footprint(levels.shape, levels.count, everything()).words()];
    let mut sizes = [[Value::PENDING; glszm::FEATURES]; 3];
    let mut distances = [[Value::PENDING; gldzm::FEATURES]; 3];
    levels
        .with::<L, _>(1, |levels| {
            mask.with(|mask| {
                let (arena, watch) = (Arena::new(&mut memory), Watch::silent());
                let (sizes, distances) = (Some(&mut sizes), Some(&mut distances));
                zones::extract(levels, mask, everything(), &watch, arena, sizes, distances)
            })
        })
        .expect("values");
    (sizes, distances)
}

#[test]
fn a_box_of_one_level_is_one_zone() {
    let (levels, mask) = solid([4, 3, 5], |_| 1);
    let (sizes, distances) = features::<u8>(&levels, &mask);
    // One cell of count 1 in level 1: size 60 in the volume, 12 in each of five slices, distance 1.
    let one = |j: f64, n: f64, voxels: f64| {
        let (s, l) = (1.0 / (j * j), j * j);
        [s, l, 1.0, 1.0, s, s, l, l, n, 1.0, n, 1.0, n / voxels, 0.0, 0.0, 0.0]
    };
    let want = [
        (sizes[0], one(12.0, 1.0, 12.0)),
        (sizes[1], one(12.0, 5.0, 60.0)),
        (sizes[2], one(60.0, 1.0, 60.0)),
        (distances[0], one(1.0, 1.0, 12.0)),
        (distances[1], one(1.0, 5.0, 60.0)),
        (distances[2], one(1.0, 1.0, 60.0)),
    ];
    for (case, (got, want)) in want.into_iter().enumerate() {
        for (k, (got, want)) in got.into_iter().zip(want).enumerate() {
            assert_eq!(got.status(), Status::Ok);
            assert_same(&format!("case {case}, feature {k}"), got, Some(want), 1e-14);
        }
    }
}

#[test]
fn shells_of_a_cube_lie_at_their_distance() {
    let m = 5i64;
    let side = (2 * m - 1) as usize;
    let depth = |p: [i64; 3]| p.iter().map(|c| (c + 1).min(2 * m - 1 - c)).min().unwrap_or(0);
    let (levels, mask) = solid([side; 3], |p| depth(p) as u32);
    let zones = found(&levels, &mask, Extent::Volume, 0..side);
    let want: Vec<Zone> = (1..=m as u64)
        .map(|k| {
            let outer = 2 * (m as u64 - k) + 1;
            let inner = outer.saturating_sub(2);
            Zone { level: k, size: outer.pow(3) - inner.pow(3), distance: k }
        })
        .collect();
    assert_eq!(zones, want);
    let (_, distances) = features::<u8>(&levels, &mask);
    // Large distance emphasis: the mean of the squares of 1 to 5.
    assert_same("large distance emphasis", distances[2][1], Some(11.0), 1e-14);
}

#[test]
fn corners_connect_in_the_volume_and_edges_in_a_slice() {
    let (levels, mask) = solid([4; 3], |p| 1 + (p.iter().sum::<i64>() % 2) as u32);
    let board = found(&levels, &mask, Extent::Volume, 0..4);
    assert_eq!(board.iter().map(|z| z.size).collect::<Vec<_>>(), [32, 32]);
    assert_eq!(found(&levels, &mask, Extent::Slice, 0..4).len(), 8, "two zones in each slice");
    let (levels, mask) = solid([4; 3], |p| u32::from(p[0] == p[1] && p[1] == p[2]));
    assert_eq!(found(&levels, &mask, Extent::Volume, 0..4).len(), 1, "a diagonal through corners");
    assert_eq!(found(&levels, &mask, Extent::Slice, 0..4).len(), 4, "one voxel in each slice");
}

#[test]
fn distance_is_that_of_the_morphological_mask_with_its_holes() {
    // Re-segmentation leaves one voxel, (3, 3, 3) of a cube of side 7; its distance is that of the cube.
    let (levels, mut mask) = solid([7; 3], |p| u32::from(p == [3, 3, 3]));
    let distance = |mask: &MaskBox, extent| found(&levels, mask, extent, 0..7)[0].distance;
    assert_eq!(distance(&mask, Extent::Volume), 4);
    assert_eq!(distance(&mask, Extent::Slice), 4);
    // A hole two steps away in its slice, one in the slice before: the latter counts in the volume alone.
    let at = |p: [i64; 3]| (p[0] + 7 * (p[1] + 7 * p[2])) as usize;
    mask.flags[at([4, 4, 3])] = 0;
    assert_eq!(distance(&mask, Extent::Volume), 2);
    assert_eq!(distance(&mask, Extent::Slice), 2);
    mask.flags[at([3, 3, 2])] = 0;
    assert_eq!(distance(&mask, Extent::Volume), 1);
    assert_eq!(distance(&mask, Extent::Slice), 2);
}

#[test]
fn an_empty_region_has_a_reason_for_every_feature() {
    let (levels, mask) = solid([3, 2, 2], |_| 0);
    let (sizes, distances) = features::<u8>(&levels, &mask);
    for value in sizes.iter().flatten().chain(distances.iter().flatten()) {
        assert_eq!(value.status(), Status::EmptyIntensityMask);
    }
}

#[test]
fn slices_without_voxels_leave_the_mean_alone() {
    let (levels, mask) =
        solid([3, 3, 5], |p| if p[2] % 2 == 0 { 1 + (p[0] % 2) as u32 } else { 0 });
    let (single, single_mask) = solid([3, 3, 1], |p| 1 + (p[0] % 2) as u32);
    let (many, _) = features::<u8>(&levels, &mask);
    let (one, _) = features::<u8>(&single, &single_mask);
    for (k, (many, one)) in many[0].into_iter().zip(one[0]).enumerate() {
        assert_same(&format!("feature {k}"), many, Some(one.number()), 1e-14);
    }
}

#[test]
fn many_zones_count_alike_in_a_table_and_by_sorting() {
    // A row of one zone, and 70000 zones of one voxel, kept apart by gaps. With 65535 levels no table fits and
    // more zones are sorted than one sort takes.
    let (nx, ny) = (700usize, 401usize);
    let (mut levels, mask) = solid([nx, ny, 1], |[x, y, _]| match (y, x % 2, y % 2) {
        (0, ..) => 1,
        (_, 0, 0) => 3 + ((x / 2 + y / 2) % 2) as u32,
        _ => 0,
    });
    let (table, _) = features::<u8>(&levels, &mask);
    levels.count = u32::from(u16::MAX);
    let (sorted, _) = features::<u16>(&levels, &mask);
    let n = 350.0 * 200.0 + 1.0;
    let half = (n - 1.0) / 2.0;
    let want = [
        ("zone percentage", 12, n / (n - 1.0 + 700.0)),
        ("large zone emphasis", 1, (700.0 * 700.0 + (n - 1.0)) / n),
        ("grey level non-uniformity", 8, (1.0 + 2.0 * half * half) / n),
        ("zone size non-uniformity", 10, (1.0 + (n - 1.0) * (n - 1.0)) / n),
    ];
    for (name, k, want) in want {
        assert_same(name, table[2][k], Some(want), 1e-14);
    }
    for (k, (table, sorted)) in table.iter().flatten().zip(sorted.iter().flatten()).enumerate() {
        assert_eq!(table.number().to_bits(), sorted.number().to_bits(), "value {k}");
    }
}
