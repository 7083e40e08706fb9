//! Contours whose masks, counts and errors are known.

use radiomics::error::Detail;
use radiomics::roi::contours::{
    self, Contours, Frame, Inside, Rasterised, Rules, SliceRule, Slices,
};
use radiomics::view::BoundingBox;
use radiomics::{Arena, Control, Error, Geometry, Watch};
use support::contours::{Flat, bounds, fill, whole};

/// Corners of a square of pixels, which goes around `sense` with rising angle or against it.
fn square(low: f64, high: f64, z: f64, sense: bool) -> Vec<[f64; 3]> {
    let mut corners = vec![[low, low, z], [high, low, z], [high, high, z], [low, high, z]];
    if !sense {
        corners.reverse();
    }
    corners
}

fn unit_frame(shape: [usize; 3]) -> Frame<'static> {
    Frame::new(shape, &Geometry::axis_aligned([1.0; 3]), Slices::Regular).expect("a frame")
}

fn run(shape: [usize; 3], contours: &[Vec<[f64; 3]>], rules: Rules) -> Result<Rasterised, Error> {
    whole(&Flat::of(contours).view(), &unit_frame(shape), &rules).map(|(_, summary)| summary)
}

fn voxels(contours: &[Vec<[f64; 3]>], inside: Inside) -> u64 {
    let rules = Rules { inside, slice: SliceRule::Nearest };
    run([20, 20, 1], contours, rules).expect("a mask").voxels
}

fn of_rule(slice: SliceRule) -> Rules {
    Rules { slice, ..Rules::default() }
}

const ALL: [Inside; 3] = [Inside::EvenOdd, Inside::Union, Inside::Winding];

#[test]
fn a_contour_in_a_contour() {
    let (outer, inner) = (square(0.5, 10.5, 0.0, true), square(2.5, 5.5, 0.0, true));
    let hole = square(2.5, 5.5, 0.0, false);
    let same_sense = [outer.clone(), inner];
    let counter_sense = [outer, hole];
    assert_eq!(ALL.map(|rule| voxels(&same_sense, rule)), [91, 100, 100]);
    assert_eq!(ALL.map(|rule| voxels(&counter_sense, rule)), [91, 100, 91]);
}

#[test]
fn contours_that_overlap() {
    let (a, b) = (square(0.5, 4.5, 0.0, true), square(2.5, 6.5, 0.0, true));
    let against = square(2.5, 6.5, 0.0, false);
    assert_eq!(ALL.map(|rule| voxels(&[a.clone(), b.clone()], rule)), [24, 28, 28]);
    assert_eq!(ALL.map(|rule| voxels(&[a.clone(), against.clone()], rule)), [24, 28, 24]);
    assert_eq!(ALL.map(|rule| voxels(&[a.clone(), a.clone()], rule)), [0, 16, 16]);
}

/// A pentagram winds twice around its middle, which is outside by the even-odd rule.
#[test]
fn a_contour_that_crosses_itself() {
    let corner = |i: usize| {
        let (s, c) = (std::f64::consts::TAU * i as f64 / 5.0).sin_cos();
        [9.6 + 8.0 * s, 9.7 + 8.0 * c, 0.0]
    };
    let star = [(0..5).map(|i| corner(2 * i % 5)).collect::<Vec<_>>()];
    let [even_odd, union, winding] = ALL.map(|rule| voxels(&star, rule));
    assert_eq!(even_odd, union);
    // The pentagon in the middle has the radius 8 / phi^2 = 3.056 and the area 2.3776 r^2 = 22.2.
    assert!((19..=25).contains(&(winding - even_odd)), "{even_odd} {winding}");
}

/// Centres on a low edge are inside, those on a high edge outside: neighbours share no voxel and leave no gap.
#[test]
fn centres_on_an_edge_belong_to_one_side() {
    for rule in ALL {
        assert_eq!(voxels(&[square(2.0, 5.0, 0.0, true)], rule), 9);
        let (rules, frame) = (Rules { inside: rule, ..Rules::default() }, unit_frame([8, 8, 1]));
        let flat = Flat::of(&[square(2.0, 5.0, 0.0, true)]);
        let (cells, _) = whole(&flat.view(), &frame, &rules).expect("a mask");
        let at = |x: usize, y: usize| cells[8 * y + x];
        assert_eq!([at(2, 2), at(4, 4), at(5, 3), at(3, 5)], [1, 1, 0, 0]);
    }
}

#[test]
fn a_disc_has_its_area() {
    let circle: Vec<_> = (0..720)
        .map(|i| {
            let (s, c) = (std::f64::consts::TAU * f64::from(i) / 720.0).sin_cos();
            [100.3 + 80.0 * c, 99.6 + 80.0 * s, 0.0]
        })
        .collect();
    for inside in ALL {
        let rules = Rules { inside, ..Rules::default() };
        let voxels =
            run([200, 200, 1], std::slice::from_ref(&circle), rules).expect("a mask").voxels;
        // The error of counting centres in a disc of radius 80 stays below a few times sqrt(80).
        let area = std::f64::consts::PI * 6400.0;
        assert!((voxels as f64 - area).abs() < 30.0, "{voxels}");
    }
}

#[test]
fn the_summary_counts_what_became_of_each_contour() {
    let contours = [
        square(0.5, 3.5, 0.0, true),
        // Half way between two slices counts for the lower one.
        square(0.5, 3.5, 3.5, true),
        square(5.5, 7.5, 3.0, true),
        square(-9.0, 30.0, 6.0, true),
        square(0.5, 3.5, -0.6, true),
        square(0.5, 3.5, 7.6, true),
        vec![[1.0, 1.0, 0.0], [5.0, 5.0, 0.0]],
        vec![],
        vec![[1.0, 3.0, 0.0], [5.0, 3.0, 0.0], [9.0, 3.0, 0.0]],
    ];
    let want = Rasterised {
        voxels: 9 + 9 + 4 + 400,
        contours_used: 4,
        contours_outside: 2,
        contours_between: 0,
        contours_degenerate: 3,
        contours_clipped: 1,
        slices_used: 3,
        slices_missing: 4,
        slices_shared: 1,
        largest_distance: 0.5,
    };
    assert_eq!(run([20, 20, 8], &contours, Rules::default()), Ok(want));
    let skipped = run([20, 20, 8], &contours, of_rule(SliceRule::SkipBeyond(0.3))).expect("a mask");
    assert_eq!((skipped.contours_between, skipped.contours_used, skipped.voxels), (1, 3, 413));
    assert_eq!((skipped.slices_shared, skipped.largest_distance), (0, 0.0));
    let refused = run([20, 20, 8], &contours, of_rule(SliceRule::RefuseBeyond(0.3)));
    let Err(Error::InvalidAt { field, position, value, .. }) = refused else {
        panic!("{refused:?}");
    };
    assert_eq!((field, position, value), ("contours.distance_mm", 1, Detail::Real(0.5)));
}

/// Contours of slices 3 mm apart on slices 4 mm and 1 mm apart.
#[test]
fn contours_of_another_grid() {
    let contours: Vec<_> = (0..9).map(|k| square(0.5, 3.5, 3.0 * f64::from(k), true)).collect();
    let flat = Flat::of(&contours);
    let run = |step: f64, slices: usize, slice: SliceRule| {
        let geometry = Geometry::axis_aligned([1.0, 1.0, step]);
        let frame = Frame::new([5, 5, slices], &geometry, Slices::Regular).expect("a frame");
        whole(&flat.view(), &frame, &of_rule(slice)).expect("a mask").1
    };
    // Planes at 0, 3, ..., 24 mm: slices 4 and 16 mm have those 1 mm below and 2 mm above, whose voxels the
    // even-odd rule takes from each other.
    let coarse = run(4.0, 7, SliceRule::Nearest);
    assert_eq!((coarse.slices_shared, coarse.slices_used, coarse.voxels), (2, 7, 5 * 9));
    let coarse = run(4.0, 7, SliceRule::NearestPlane(1.5));
    assert_eq!((coarse.slices_shared, coarse.slices_used, coarse.voxels), (0, 7, 7 * 9));
    assert_eq!((coarse.contours_used, coarse.contours_between), (7, 2));
    let fine = run(1.0, 25, SliceRule::Nearest);
    assert_eq!((fine.slices_missing, fine.slices_used, fine.voxels), (16, 9, 9 * 9));
    let fine = run(1.0, 25, SliceRule::NearestPlane(1.5));
    assert_eq!((fine.slices_missing, fine.slices_used, fine.voxels), (0, 25, 25 * 9));
    assert_eq!((fine.contours_used, fine.largest_distance), (9, 1.0));
}

/// Planes that differ by rounding are one plane, planes that differ by more are two.
#[test]
fn planes_that_are_one() {
    for (height, used) in [(0.0099, 2), (0.0101, 1)] {
        let contours = [square(0.5, 3.5, 0.0, true), square(3.5, 4.5, height, true)];
        let rules = of_rule(SliceRule::NearestPlane(1.0));
        let summary = run([6, 6, 1], &contours, rules).expect("a mask");
        assert_eq!((summary.contours_used, summary.contours_between), (used, 2 - used));
        let summary = run([6, 6, 1], &contours, Rules::default()).expect("a mask");
        assert_eq!((summary.contours_used, summary.slices_shared), (2, 2 - used));
    }
}

/// The last plane that counts for the first and for the last slice lies half a slice beyond it.
#[test]
fn the_ends_of_the_grid_reach_half_a_slice() {
    for (z, used) in [(-0.5, 1), (-0.501, 0), (2.5, 1), (2.501, 0)] {
        let summary = run([9, 9, 3], &[square(0.5, 3.5, z, true)], Rules::default());
        assert_eq!(summary.expect("a mask").contours_used, used, "{z}");
    }
    // One slice is as thick as the spacing says.
    for (z, used) in [(-0.5, 1), (0.5, 1), (0.501, 0)] {
        let summary = run([9, 9, 1], &[square(0.5, 3.5, z, true)], Rules::default());
        assert_eq!(summary.expect("a mask").contours_used, used, "{z}");
    }
}

#[test]
fn contours_that_are_not_in_a_slice_are_named() {
    let mut tilted = square(0.5, 3.5, 1.0, true);
    tilted[2][2] = 1.5;
    let upright = vec![[2.0, 1.0, 0.0], [2.0, 5.0, 0.0], [2.0, 5.0, 2.0], [2.0, 1.0, 2.0]];
    for (contour, deviation) in [(tilted, 0.25), (upright, 1.0)] {
        let error = run([9, 9, 3], &[square(0.5, 3.5, 0.0, true), contour], Rules::default());
        let Err(Error::InvalidAt { field, position, value, .. }) = error else {
            panic!("{error:?}");
        };
        assert_eq!((field, position, value), ("contours.deviation_mm", 1, Detail::Real(deviation)));
    }
    // A tenth of the distance between slices from the middle plane is as far as a point may lie.
    let mut rounded = square(0.5, 3.5, 1.0, true);
    rounded[2][2] = 1.19;
    assert_eq!(run([9, 9, 3], &[rounded], Rules::default()).expect("a mask").voxels, 9);
}

#[test]
fn coordinates_that_are_no_numbers_are_named() {
    for wrong in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY] {
        for axis in 0..3 {
            let mut contours = [square(0.5, 3.5, 0.0, true), square(0.5, 3.5, 1.0, true)];
            contours[1][2][axis] = wrong;
            let error = run([9, 9, 3], &contours, Rules::default()).expect_err("a refusal");
            let Error::InvalidAt { field: "contours.points", position, .. } = error else {
                panic!("{error}");
            };
            assert_eq!(position, 18 + axis);
        }
    }
    // Finite, but not on any grid.
    let geometry = Geometry { origin: [-1e308; 3], ..Geometry::axis_aligned([1.0; 3]) };
    let frame = Frame::new([9, 9, 3], &geometry, Slices::Regular).expect("a frame");
    let far = Flat::of(&[vec![[0.0, 1e308, 0.0]; 3]]);
    let error = whole(&far.view(), &frame, &Rules::default()).expect_err("a refusal");
    let expected = "contours.points[1] is 1";
    assert!(error.to_string().starts_with(expected), "{error}");
}

#[test]
fn lists_that_do_not_fit_are_named() {
    let points = [0.0; 12];
    let field = |result: Result<Contours, Error>| match result {
        Err(Error::Invalid { field, .. } | Error::InvalidAt { field, .. }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(field(Contours::from_lengths(&points[..11], &[3usize][..])), "contours.points");
    assert_eq!(field(Contours::from_lengths(&points, &[3usize][..])), "contours.points");
    assert_eq!(field(Contours::from_lengths(&points, &[3usize, 2][..])), "contours.lengths");
    assert_eq!(field(Contours::from_lengths(&points, &[usize::MAX, 5][..])), "contours.lengths");
    assert_eq!(field(Contours::from_lengths(&points, &[-1i32, 5][..])), "contours.lengths");
    assert_eq!(field(Contours::from_lengths(&points, &[3.5f64, 0.5][..])), "contours.lengths");
    assert_eq!(field(Contours::from_offsets(&points, &[0u32, 5][..])), "contours.offsets");
    assert_eq!(field(Contours::from_offsets(&points, &[2u64, 1][..])), "contours.offsets");
    assert_eq!(field(Contours::from_offsets(&points, &[f64::NAN][..])), "contours.offsets");
    assert!(Contours::from_offsets(&points, &[1i64, 4][..]).is_ok_and(|c| c.len() == 1));
    assert!(Contours::from_lengths(&[], &[0u32; 0][..]).is_ok_and(|c| c.is_empty()));

    let geometry = Geometry::axis_aligned([1.0; 3]);
    for positions in [&[0.0, 1.0][..], &[0.0, 1.0, 1.0], &[0.0, 2.0, 1.0], &[0.0, f64::NAN, 1.0]] {
        let frame = Frame::new([4, 4, 3], &geometry, Slices::Positions(positions));
        assert!(frame.is_err_and(|e| e.to_string().starts_with("slices.positions")));
    }
    for reach in [0.0, -1.0, f64::INFINITY, f64::NAN] {
        assert!(run([4, 4, 1], &[], of_rule(SliceRule::NearestPlane(reach))).is_err());
    }
    for fraction in [-0.1, 0.6, f64::NAN] {
        for rule in [SliceRule::SkipBeyond(fraction), SliceRule::RefuseBeyond(fraction)] {
            assert!(run([4, 4, 1], &[], of_rule(rule)).is_err());
        }
    }
}

#[test]
fn boxes_and_memory_that_do_not_fit_are_refused() {
    let (flat, frame) = (Flat::of(&[square(0.5, 3.5, 0.0, true)]), unit_frame([5, 5, 2]));
    let rules = Rules::default();
    let beyond = BoundingBox { start: [0, 0, 1], shape: [5, 5, 2] };
    assert!(fill(&flat.view(), &frame, &rules, beyond).is_err());
    let overflow = BoundingBox { start: [usize::MAX, 0, 0], shape: [1, 1, 1] };
    assert!(fill(&flat.view(), &frame, &rules, overflow).is_err());
    let within = BoundingBox::whole([5, 5, 2]);
    let words = contours::footprint([5, 5, 2]).words();
    let run = |words: usize, cells: usize, watch: &Watch| {
        let (mut words, mut cells) = (vec![0; words], vec![0; cells]);
        let scratch = Arena::new(&mut words);
        contours::fill(&flat.view(), &frame, &rules, within, &mut cells, scratch, watch)
    };
    assert!(run(words, 50, &Watch::silent()).is_ok());
    assert!(run(words, 49, &Watch::silent()).is_err());
    let short = run(words - 1, 50, &Watch::silent());
    assert_eq!(short, Err(Error::WorkspaceTooSmall { needed: words, given: words - 1 }));
    let cancel = |_: f32| Control::Cancel;
    assert_eq!(run(words, 50, &Watch::new(Some(&cancel), 1)), Err(Error::Cancelled));
}

/// More windings between two centres than a cell can count are refused, fewer are counted.
#[test]
fn many_windings() {
    let winding = Rules { inside: Inside::Winding, ..Rules::default() };
    let many = |count: usize| vec![square(0.5, 3.5, 0.0, true); count];
    assert_eq!(run([5, 5, 1], &many(127), winding).expect("a mask").voxels, 9);
    let refused = run([5, 5, 1], &many(129), winding);
    assert!(matches!(refused, Err(Error::InvalidAt { field: "contours", .. })), "{refused:?}");
    assert_eq!(run([5, 5, 1], &many(1001), Rules::default()).expect("a mask").voxels, 9);
}

#[test]
fn nothing_on_the_grid_has_no_box() {
    let frame = unit_frame([5, 5, 2]);
    for contours in [vec![], vec![square(0.5, 3.5, 9.0, true)], vec![square(30.5, 33.5, 0.0, true)]]
    {
        assert_eq!(bounds(&Flat::of(&contours).view(), &frame, &Rules::default()), Ok(None));
    }
}

/// A host that wants to stop is heard within a long contour.
#[test]
fn a_long_contour_asks_the_host() {
    let points =
        (0..300_000).map(|i| [f64::from(i % 40), f64::from(i % 39), 0.0]).collect::<Vec<_>>();
    let (flat, frame) = (Flat::of(&[points]), unit_frame([40, 40, 1]));
    let asked = std::sync::atomic::AtomicU32::new(0);
    let progress = |_: f32| match asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
        0 | 1 => Control::Continue,
        _ => Control::Cancel,
    };
    let watch = Watch::new(Some(&progress), 1);
    let result = contours::bounds(&flat.view(), &frame, &Rules::default(), &watch);
    assert_eq!(result, Err(Error::Cancelled));
}
