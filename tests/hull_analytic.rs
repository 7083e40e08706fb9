//! The hull, the minimal box and the ellipsoid against brute force and closed forms.

use std::sync::atomic::{AtomicU32, Ordering};

use proptest::prelude::*;
use radiomics::family::morphology::hull::{self, Hull, mvee, ombb};
use radiomics::family::morphology::mesh;
use radiomics::volume::Mask;
use radiomics::{Arena, Control, Error, Watch};
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
    fn hulls_are_those_of_every_plane(
        b in mask_boxes(3),
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
    ) {
        let points = naive::mesh_vertices(&b);
        let found = with_hull(&b, |hull, arena| {
            let diameter = hull.diameter(spacing, &Watch::silent(), arena).expect("a diameter");
            let mut corners: Vec<_> = hull.vertices().map(|p| p.map(i64::from)).collect();
            corners.sort_unstable();
            let sides: usize = hull.facets().map(<[u32]>::len).sum();
            let counts = (hull.facets().len(), sides);
            (hull.volume(spacing), hull.area(spacing), diameter, corners, counts)
        });
        let Some((volume, area, diameter, corners, (facets, sides))) = found else {
            prop_assert!(points.is_empty());
            return Ok(());
        };
        let want = naive::facts(&points, spacing);
        prop_assert_eq!(&corners, &want.corners);
        prop_assert_eq!((facets, sides), (want.facets, 2 * want.edges));
        // Euler's formula.
        prop_assert_eq!(corners.len() + facets, sides / 2 + 2);
        prop_assert_eq!(volume, want.volume as f64 / 48.0 * (spacing[0] * spacing[1] * spacing[2]));
        prop_assert!((area - want.area).abs() <= 1e-12 * area, "area {} {}", area, want.area);
        let points = naive::in_mm(&points, spacing);
        let mut farthest = 0.0f64;
        for p in &points {
            for q in &points {
                farthest = farthest.max((0..3).map(|i| (p[i] - q[i]).powi(2)).sum::<f64>().sqrt());
            }
        }
        prop_assert!((diameter - farthest).abs() <= 1e-12 * farthest);
    }

    /// The announced memory is enough for large regions of any curvature, and what it held does not matter.
    #[test]
    fn the_announced_memory_is_enough(
        shape in [1usize..40, 1usize..40, 1usize..40],
        power in 0.8f64..5.0,
        middle in [0.3f64..0.7, 0.3f64..0.7, 0.3f64..0.7],
    ) {
        let b = solid(shape, |p| {
            (0..3).map(|i| (p[i] / shape[i] as f64 - middle[i]).abs().powf(power)).sum::<f64>()
                <= 0.45f64.powf(power)
        });
        b.with(|mask| {
            let results = [0, u64::MAX].map(|garbage| {
                let mut workspace = vec![garbage; hull::footprint(shape, false, true).words()];
                let mut arena = Arena::new(&mut workspace);
                let watch = Watch::silent();
                let hull = Hull::build(mask, &watch, &mut arena).expect("a hull")?;
                let found = mvee::enclosing(&hull, [1.0; 3], &watch, arena).expect("an ellipsoid");
                Some((hull.vertices().collect::<Vec<_>>(), found))
            });
            prop_assert_eq!(&results[0], &results[1]);
            Ok(())
        })?;
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
        let mut least = naive::least_box(&points, 8, 24);
        if volume < least * 0.9 {
            // Few starts may all end in the wrong valley.
            least = naive::least_box(&points, 16, 400);
        }
        // What is left is rounding.
        prop_assert!(volume <= least * (1.0 + ombb::EXCESS + 1e-13), "{} {}", volume, least);
        // The search is local: it may miss the best orientation, but not by much.
        prop_assert!(volume >= least * 0.9, "{} {}", volume, least);
    }

    /// The volume lies between the bounds of a slow ascent, and follows the spacing as affine maps do.
    #[test]
    fn ellipsoids_are_minimal(
        b in mask_boxes(4),
        spacing in [0.5f64..3.0, 0.5f64..3.0, 0.5f64..3.0],
    ) {
        let ellipsoids = with_hull(&b, |hull, mut arena| {
            [spacing, [1.0; 3]].map(|spacing| {
                mvee::enclosing(hull, spacing, &Watch::silent(), arena.scope()).expect("an ellipsoid")
            })
        });
        let Some([found, unit]) = ellipsoids else { return Ok(()) };
        prop_assert!(found.converged && found.gap <= mvee::GAP);
        let volume = |e: mvee::Ellipsoid| {
            4.0 / 3.0 * std::f64::consts::PI * e.semi_axes.iter().product::<f64>()
        };
        let points = naive::in_mm(&naive::mesh_vertices(&b), spacing);
        let [least, most] = naive::ellipsoid_volume(&points, 300);
        prop_assert!(volume(found) >= least * (1.0 - 1e-12), "{} {}", volume(found), least);
        prop_assert!(volume(found) <= most * (1.0 + mvee::GAP), "{} {}", volume(found), most);
        let voxel: f64 = spacing.iter().product();
        let off = volume(found) / volume(unit) / voxel - 1.0;
        prop_assert!(off.abs() <= mvee::GAP, "{}", off);
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

fn smallest_box(b: &MaskBox, spacing: [f64; 3]) -> [f64; 3] {
    let mut sides = with_hull(b, |hull, arena| {
        ombb::minimal(hull, spacing, &Watch::silent(), arena).expect("a box")
    })
    .expect("a hull");
    sides.sort_by(f64::total_cmp);
    sides
}

#[track_caller]
fn assert_sides(got: [f64; 3], want: [f64; 3]) {
    for (g, w) in got.iter().zip(want) {
        assert!((g / w - 1.0).abs() < 1e-11, "{got:?} {want:?}");
    }
}

#[test]
fn boxes_of_known_bodies() {
    let centred = |p: [f64; 3], n: f64| p.map(|x| x - n);
    // An octahedron with corners at distance r has the cube of side 4/3 r: normals (2, 2, 1) / 3.
    let octahedron =
        solid([21; 3], |p| centred(p, 10.0).iter().map(|x| x.abs()).sum::<f64>() <= 10.0);
    assert_sides(smallest_box(&octahedron, [1.0; 3]), [14.0; 3]);
    // A regular tetrahedron has the cube around its six edges.
    let tetrahedron = solid([21; 3], |p| {
        let [x, y, z] = centred(p, 10.0);
        x + y + z <= 10.0 && x - y - z <= 10.0 && -x + y - z <= 10.0 && -x - y + z <= 10.0
    });
    assert_sides(smallest_box(&tetrahedron, [1.0; 3]), [21.0; 3]);
    // A block along (2, -1, 2), (2, 2, -1), (-1, 2, 2): thrice the position is whole along each, here up to
    // odd multiples of a half, and the mesh reaches a third of a voxel farther.
    let block = solid([60; 3], |p| {
        let [x, y, z] = centred(p, 29.5);
        let along = [2.0 * x - y + 2.0 * z, 2.0 * x + 2.0 * y - z, -x + 2.0 * y + 2.0 * z];
        along.iter().zip([24.5, 34.5, 44.5]).all(|(a, most)| a.abs() <= most)
    });
    let sides = [24.5, 34.5, 44.5].map(|most| 2.0 * (most / 3.0 + 1.0 / 3.0));
    assert_sides(smallest_box(&block, [1.0; 3]), sides);
}

/// The mesh of a block of voxels has its corners half a voxel inside two of three faces; for a cube the
/// ellipsoid is the ball through them.
#[test]
fn cubes_have_balls_around_them() {
    for n in 1..6 {
        let b = MaskBox { shape: [n; 3], flags: vec![Mask::MORPHOLOGICAL; n * n * n] };
        let spacing = [1.0, 2.0, 3.0];
        let found = with_hull(&b, |hull, arena| {
            mvee::enclosing(hull, spacing, &Watch::silent(), arena).expect("an ellipsoid")
        })
        .expect("a hull");
        let n = n as f64;
        let radius = (n * n + 2.0 * (n - 1.0) * (n - 1.0)).sqrt() / 2.0;
        for (got, factor) in found.semi_axes.iter().zip([3.0, 2.0, 1.0]) {
            assert!((got / (factor * radius) - 1.0).abs() < 1e-9, "{n} {:?}", found.semi_axes);
        }
    }
}

/// For a block whose sides differ, the weights of the corners may reach zero: the conditions of the optimum
/// are solved by hand for those with two kinds of corners.
#[test]
fn blocks_have_ellipsoids_around_them() {
    // Corners (X, y, z), (x, Y, z), (x, y, Z) with X = n / 2, x = (n - 1) / 2. Around a block of 1 x 1 x n they
    // are (1/2, 0, z), (0, 1/2, z), (0, 0, Z): with m = 1 / semi-axis^2, m_x / 4 + m_z z^2 = 1 is tight, m_z Z^2 <= 1 is
    // not, and the largest product m_x^2 m_z wants m_x / 4 = 2/3, m_z z^2 = 1/3 while that keeps Z inside.
    for n in [4usize, 7] {
        let b = MaskBox { shape: [1, 1, n], flags: vec![Mask::MORPHOLOGICAL; n] };
        let found = with_hull(&b, |hull, arena| {
            mvee::enclosing(hull, [1.0; 3], &Watch::silent(), arena).expect("an ellipsoid")
        })
        .expect("a hull");
        let z = (n as f64 - 1.0) / 2.0;
        let want = [z * 3f64.sqrt(), (3.0f64 / 8.0).sqrt(), (3.0f64 / 8.0).sqrt()];
        assert!(n as f64 / 2.0 <= want[0], "the tips are inside");
        for (got, want) in found.semi_axes.iter().zip(want) {
            assert!((got / want - 1.0).abs() < 1e-9, "{:?} {want:?}", found.semi_axes);
        }
    }
}

/// Densities of the digital phantom's hull and box: the teams' median where they give nine digits.
#[test]
fn the_digital_phantom() {
    let levels = support::phantom::digital_levels();
    let flags = levels.levels.iter().map(|l| u8::from(*l != 0)).collect();
    let b = MaskBox { shape: levels.shape, flags };
    let spacing = support::phantom::SPACING;
    let mesh = b.with(|mask| mesh::measure(mask, spacing, &Watch::silent()).expect("a mesh"));
    let sides = smallest_box(&b, spacing);
    let (volume, area, diameter) = with_hull(&b, |hull, arena| {
        let diameter = hull.diameter(spacing, &Watch::silent(), arena).expect("a diameter");
        (hull.volume(spacing), hull.area(spacing), diameter)
    })
    .expect("a hull");
    let near = |got: f64, want: f64, digits: f64| {
        assert!((got / want - 1.0).abs() < digits, "{got} {want}")
    };
    near(mesh.volume / volume, 0.960852044, 1e-7);
    near(mesh.area / area, 1.03286884, 1e-6);
    near(diameter, 13.114877, 1e-7);
    near(mesh.volume / sides.iter().product::<f64>(), 0.869270833, 1e-7);
}

/// Two million voxels: the hull of a ball that no symmetry helps, in seconds even in a debug build, and the
/// same whichever way it is held.
#[test]
fn large_balls_are_quick() {
    let radius = 63.7;
    let volumes = [false, true].map(|mirrored| {
        let b = solid([129; 3], |p| {
            let p = if mirrored { [p[1], 128.0 - p[2], p[0]] } else { p };
            let d = [p[0] - 64.1, p[1] - 63.8, p[2] - 64.3];
            d.iter().map(|x| x * x).sum::<f64>() <= radius * radius
        });
        let (hull, ellipsoid) = with_hull(&b, |hull, arena| {
            let found = mvee::enclosing(hull, [1.0; 3], &Watch::silent(), arena);
            (hull.volume([1.0; 3]), found.expect("an ellipsoid"))
        })
        .expect("a hull");
        let sides = smallest_box(&b, [1.0; 3]);
        let ball = 4.0 / 3.0 * std::f64::consts::PI * ellipsoid.semi_axes.iter().product::<f64>();
        [hull, ball, sides.iter().product()]
    });
    for (one, other) in volumes[0].iter().zip(volumes[1]) {
        assert!((one / other - 1.0).abs() < 1e-9, "{volumes:?}");
    }
    let [hull, ball, cuboid] = volumes[0];
    assert!(hull < ball && ball < 1.01 * hull, "{volumes:?}");
    // The box of a ball is a cube of the diameter, up to what the lattice takes off its caps.
    let side = cuboid.cbrt();
    assert!(side < 2.0 * radius + 1.0 && side > 2.0 * radius - 2.0, "{side}");
}

#[test]
fn every_part_stops_when_the_host_cancels() {
    let b = solid([20; 3], |p| p.iter().map(|x| (x - 9.5).powi(2)).sum::<f64>() <= 90.0);
    let cancel = |_: f32| Control::Cancel;
    let watch = Watch::new(Some(&cancel), 1);
    with_hull(&b, |hull, mut arena| {
        let spacing = [1.0; 3];
        assert_eq!(ombb::minimal(hull, spacing, &watch, arena.scope()), Err(Error::Cancelled));
        assert_eq!(mvee::enclosing(hull, spacing, &watch, arena.scope()), Err(Error::Cancelled));
        assert_eq!(hull.diameter(spacing, &watch, arena.scope()), Err(Error::Cancelled));
    })
    .expect("a hull");
    b.with(|mask| {
        let mut workspace = vec![0; hull::footprint(b.shape, false, false).words()];
        let built = Hull::build(mask, &watch, &mut Arena::new(&mut workspace));
        assert_eq!(built.err(), Some(Error::Cancelled));
    });
    // The search for the box asks many times on its way, not only at the start.
    let asked = AtomicU32::new(0);
    let count = |_: f32| {
        asked.fetch_add(1, Ordering::Relaxed);
        Control::Continue
    };
    let watch = Watch::new(Some(&count), 1);
    with_hull(&b, |hull, arena| ombb::minimal(hull, [1.0; 3], &watch, arena))
        .expect("a hull")
        .expect("a box");
    assert!(asked.load(Ordering::Relaxed) > 5);
}
