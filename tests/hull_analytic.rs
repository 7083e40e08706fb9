//! The hull, the minimal box and the ellipsoid against brute force and closed forms.

use proptest::prelude::*;
use radiomics::family::morphology::hull::{self, Hull, mvee, ombb};
use radiomics::volume::Mask;
use radiomics::{Arena, Watch};
use support::boxes::{MaskBox, mask_boxes};

use crate::naive::hull as naive;

/// Runs `f` with the hull of a region and what is left of the announced memory.
fn with_hull<R>(b: &MaskBox, f: impl FnOnce(&Hull, Arena<'_>) -> R) -> Option<R> {
    b.with(|mask| {
        let mut workspace = vec![u64::MAX; hull::footprint(b.shape, true, true).words()];
        let mut arena = Arena::new(&mut workspace);
        let hull = Hull::build(mask, &Watch::silent(), &mut arena).expect("a hull")?;
        Some(f(&hull, arena))
    })
}

fn solid(shape: [usize; 3], inside: impl Fn([f64; 3]) -> bool) -> MaskBox {
    let places = support::boxes::places(shape);
    let flags = places.map(|p| u8::from(inside(p.map(|x| x as f64)))).collect();
    MaskBox { shape, flags }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn hulls_are_those_of_every_triangle(
        b in mask_boxes(3),
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
    ) {
        let points = naive::mesh_vertices(&b);
        let found = with_hull(&b, |hull, arena| {
            let diameter = hull.diameter(spacing, &Watch::silent(), arena).expect("a diameter");
            // Euler: V - E + F = 2, with three edges for every two triangles.
            let (v, t) = (hull.vertices().len(), hull.triangles().count());
            assert_eq!(2 * v, t + 4);
            (hull.volume(spacing), hull.area(spacing), diameter)
        });
        let Some((volume, area, diameter)) = found else {
            prop_assert!(points.is_empty());
            return Ok(());
        };
        let (whole, want_area) = naive::volume_and_area(&points, spacing);
        let want = whole as f64 / 48.0 * (spacing[0] * spacing[1] * spacing[2]);
        prop_assert_eq!(volume, want);
        prop_assert!((area - want_area).abs() <= 1e-12 * area, "area {} {}", area, want_area);
        let points = naive::in_mm(&points, spacing);
        let mut farthest = 0.0f64;
        for p in &points {
            for q in &points {
                farthest = farthest.max((0..3).map(|i| (p[i] - q[i]).powi(2)).sum::<f64>().sqrt());
            }
        }
        prop_assert!((diameter - farthest).abs() <= 1e-12 * farthest);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// No orientation that a search from many starts finds has a smaller box, and the box is not smaller either.
    #[test]
    fn boxes_are_minimal(b in mask_boxes(4), spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0]) {
        let points = naive::in_mm(&naive::mesh_vertices(&b), spacing);
        let found = with_hull(&b, |hull, arena| {
            ombb::minimal(hull, spacing, &Watch::silent(), arena).expect("a box")
        });
        let Some(sides) = found else { return Ok(()) };
        let volume: f64 = sides.iter().product();
        let least = naive::least_box(&points, 8);
        prop_assert!(volume <= least * (1.0 + ombb::EXCESS), "{} {}", volume, least);
        // The search is local: it may miss the best orientation, but not by much.
        prop_assert!(volume >= least * 0.9, "{} {}", volume, least);
    }

    /// The ellipsoid holds every point, and the certificate holds: no ellipsoid is smaller.
    #[test]
    fn ellipsoids_enclose(b in mask_boxes(4), spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0]) {
        let found = with_hull(&b, |hull, arena| {
            let volume = hull.volume(spacing);
            (mvee::enclosing(hull, spacing, &Watch::silent(), arena).expect("an ellipsoid"), volume)
        });
        let Some((found, hull_volume)) = found else { return Ok(()) };
        prop_assert!(found.converged && found.gap <= mvee::GAP);
        let volume = 4.0 / 3.0 * std::f64::consts::PI * found.semi_axes.iter().product::<f64>();
        // John's theorem: shrunk to a third it lies inside the hull.
        prop_assert!(volume >= hull_volume && volume <= 27.0 * hull_volume * (1.0 + 1e-6));
    }
}

#[test]
fn one_voxel_is_an_octahedron() {
    let b = MaskBox { shape: [1; 3], flags: vec![Mask::MORPHOLOGICAL] };
    let spacing = [2.0, 3.0, 4.0];
    let (volume, diameter, sides, ellipsoid) = with_hull(&b, |hull, mut arena| {
        let watch = Watch::silent();
        (
            hull.volume(spacing),
            hull.diameter(spacing, &watch, arena.scope()).expect("a diameter"),
            ombb::minimal(hull, spacing, &watch, arena.scope()).expect("a box"),
            mvee::enclosing(hull, spacing, &watch, arena.scope()).expect("an ellipsoid"),
        )
    })
    .expect("a hull");
    assert_eq!(volume, 24.0 / 6.0);
    assert_eq!(diameter, 4.0);
    // Half axes of the octahedron are those of the ellipsoid.
    for (got, want) in ellipsoid.semi_axes.iter().zip([2.0, 1.5, 1.0]) {
        assert!((got - want).abs() < 1e-7, "{got} {want}");
    }
    // A face flush with the rhombus of two axes: a / sqrt(a^2 + b^2) style widths beat the axis-aligned box.
    assert!(sides.iter().product::<f64>() <= 24.0 * (1.0 + 1e-6));
}

#[test]
fn turned_boxes_are_found() {
    // A beam turned by 30 degrees in the plane: the minimal box is far smaller than the one along the axes.
    let (s, c) = (30f64.to_radians()).sin_cos();
    let b = solid([50, 40, 8], |[x, y, _]| {
        let (x, y) = (x - 24.5, y - 19.5);
        (c * x + s * y).abs() <= 22.0 && (c * y - s * x).abs() <= 6.0
    });
    let (sides, hull_volume) = with_hull(&b, |hull, arena| {
        let sides = ombb::minimal(hull, [1.0; 3], &Watch::silent(), arena).expect("a box");
        (sides, hull.volume([1.0; 3]))
    })
    .expect("a hull");
    let volume: f64 = sides.iter().product();
    assert!(volume < 1.06 * hull_volume && volume >= hull_volume, "{sides:?} {hull_volume}");
}

#[test]
fn a_ball_has_the_measures_of_a_ball() {
    let radius = 20.0;
    let b =
        solid([43; 3], |p| p.iter().map(|x| (x - 21.0).powi(2)).sum::<f64>() <= radius * radius);
    let watch = Watch::silent();
    let (volume, area, diameter, ellipsoid) = with_hull(&b, |hull, mut arena| {
        (
            hull.volume([1.0; 3]),
            hull.area([1.0; 3]),
            hull.diameter([1.0; 3], &watch, arena.scope()).expect("a diameter"),
            mvee::enclosing(hull, [1.0; 3], &watch, arena.scope()).expect("an ellipsoid"),
        )
    })
    .expect("a hull");
    let pi = std::f64::consts::PI;
    // Half a voxel more than the radius of the centres on the axes; less in between.
    assert!((volume / (4.0 / 3.0 * pi * 20.2f64.powi(3)) - 1.0).abs() < 0.02, "{volume}");
    assert!((area / (4.0 * pi * 20.2 * 20.2) - 1.0).abs() < 0.02, "{area}");
    assert!((diameter - 41.0).abs() < 0.05, "{diameter}");
    assert!(ellipsoid.semi_axes.iter().all(|a| (a - 20.5).abs() < 0.1), "{ellipsoid:?}");
}

/// Points inside flat facets once held the search: all orientations of this region have the same box.
#[test]
fn flat_facets_do_not_hold_the_search() {
    let rows = [
        "00000001000000000100",
        "00001110100010101110",
        "01110000101100100000",
        "01100000001010100101",
        "00111100011011100110",
        "11001010101000011101",
    ];
    let flags = rows.iter().flat_map(|row| row.bytes().map(|b| b - b'0')).collect();
    let b = MaskBox { shape: [4, 5, 6], flags };
    let spacing = [2.5190193459574877, 1.9949057040539664, 0.7225816390320738];
    let volume = |b: &MaskBox| {
        let sides = with_hull(b, |hull, arena| {
            ombb::minimal(hull, spacing, &Watch::silent(), arena).expect("a box")
        });
        sides.expect("a hull").iter().product::<f64>()
    };
    let want = volume(&b);
    for mirrored in 1..8 {
        let flags = support::boxes::places(b.shape).map(|mut p| {
            for a in (0..3).filter(|a| mirrored >> a & 1 == 1) {
                p[a] = b.shape[a] as i64 - 1 - p[a];
            }
            b.at(p)
        });
        let found = volume(&MaskBox { shape: b.shape, flags: flags.collect() });
        assert!((found / want - 1.0).abs() < 1e-6, "{found} {want}");
    }
}
