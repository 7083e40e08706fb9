//! Contours against every edge tried for every centre.

use proptest::prelude::*;
use radiomics::roi::contours::{Contours, Frame, Inside, Rules, SliceRule, Slices};
use radiomics::view::BoundingBox;
use radiomics::{Geometry, Layout, Region, Select};
use support::boxes::shapes;
use support::contours::{Flat, bounds, by_box, fill, whole};

use crate::naive::contours::{Combine, Lattice, mask, mask_of_nearest_planes};

const RULES: [(Inside, Combine); 3] = [
    (Inside::EvenOdd, Combine::EvenOdd),
    (Inside::Union, Combine::Union),
    (Inside::Winding, Combine::Winding),
];

fn rules(inside: Inside) -> Rules {
    Rules { inside, slice: SliceRule::Nearest }
}

/// A grid along the axes and contours in the planes of some of its slices, or just off them.
#[derive(Clone, Debug)]
struct Case {
    shape: [usize; 3],
    origin: [f64; 3],
    spacing: [f64; 3],
    contours: Vec<Vec<[f64; 3]>>,
}

impl Case {
    fn geometry(&self) -> Geometry {
        Geometry { origin: self.origin, ..Geometry::axis_aligned(self.spacing) }
    }

    fn lattice(&self) -> Lattice {
        let slices = (0..self.shape[2]).map(|k| k as f64 * self.spacing[2]).collect();
        let [sx, sy, _] = self.spacing;
        Lattice { shape: self.shape, origin: self.origin, spacing: [sx, sy], slices }
    }

    fn naive(&self, combine: Combine) -> Vec<u8> {
        mask(&self.lattice(), self.spacing[2], &self.contours, combine)
    }
}

/// Contours in pixel coordinates. On a lattice of quarters, centres lie on edges and in vertices.
fn outlines(quarters: bool) -> impl Strategy<Value = Vec<([f64; 2], Vec<[f64; 2]>)>> {
    let coordinate = move || {
        (-3.0f64..11.0).prop_map(move |c| if quarters { (4.0 * c).round() / 4.0 } else { c })
    };
    let points = proptest::collection::vec([coordinate(), coordinate()], 0..9);
    proptest::collection::vec(([-1.2f64..7.0, 0.0..1.0], points), 0..7)
}

fn cases(quarters: bool) -> impl Strategy<Value = Case> {
    let spacings = [0.3f64..3.0, 0.3f64..3.0, 0.3f64..3.0];
    (shapes(8), spacings, [-9.0f64..9.0, -9.0..9.0, -9.0..9.0], outlines(quarters)).prop_map(
        move |(shape, spacing, origin, outlines)| {
            let (spacing, origin) = if quarters { ([1.0; 3], [0.0; 3]) } else { (spacing, origin) };
            let place =
                |[x, y]: [f64; 2], z: f64| [0, 1, 2].map(|a| origin[a] + spacing[a] * [x, y, z][a]);
            let contours = outlines
                .iter()
                .map(|([z, _], points)| points.iter().map(|p| place(*p, *z)).collect())
                .collect();
            Case { shape, origin, spacing, contours }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    /// Every rule, on any numbers and on those where centres lie on edges.
    #[test]
    fn every_rule_is_its_definition(case in prop_oneof![cases(false), cases(true)]) {
        let frame = Frame::new(case.shape, &case.geometry(), Slices::Regular).expect("a frame");
        let flat = Flat::of(&case.contours);
        for (inside, combine) in RULES {
            let want = case.naive(combine);
            let (got, summary) = whole(&flat.view(), &frame, &rules(inside)).expect("a mask");
            prop_assert_eq!(&got, &want);
            prop_assert_eq!(summary.voxels, want.iter().map(|v| u64::from(*v)).sum::<u64>());
            let seen = summary.contours_used + summary.contours_outside + summary.contours_degenerate;
            prop_assert_eq!(seen, case.contours.len());
            // The announced box holds every voxel.
            prop_assert_eq!(by_box(&flat.view(), &frame, &rules(inside)).expect("a mask"), (want, summary));
        }
    }

    /// A mask of a part of the grid is the part of the mask.
    #[test]
    fn a_box_is_a_part_of_the_whole(
        case in cases(true),
        corners in [[0.0f64..1.0, 0.0..1.0], [0.0..1.0, 0.0..1.0], [0.0..1.0, 0.0..1.0]],
    ) {
        let frame = Frame::new(case.shape, &case.geometry(), Slices::Regular).expect("a frame");
        let flat = Flat::of(&case.contours);
        let mut within = BoundingBox { start: [0; 3], shape: [0; 3] };
        for (axis, [a, b]) in corners.iter().enumerate() {
            let n = case.shape[axis] as f64 + 1.0;
            let (low, high) = ((a.min(*b) * n) as usize, (a.max(*b) * n) as usize);
            (within.start[axis], within.shape[axis]) = (low, high - low);
        }
        for (inside, _) in RULES {
            let (all, all_summary) = whole(&flat.view(), &frame, &rules(inside)).expect("a mask");
            let layout = Layout::x_fastest(case.shape).expect("a layout");
            let region = Region::new(all.as_slice(), layout, Select::NonZero).expect("a region");
            let (got, summary) = fill(&flat.view(), &frame, &rules(inside), within).expect("a mask");
            let mut want = vec![0; within.voxels()];
            for (at, row) in want.chunks_exact_mut(within.shape[0].max(1)).enumerate() {
                let (y, z) = (at % within.shape[1], at / within.shape[1]);
                region.read_row(within.start[0], [y + within.start[1], z + within.start[2]], row);
            }
            prop_assert_eq!(summary.voxels, want.iter().map(|v| u64::from(*v)).sum::<u64>());
            prop_assert_eq!(got, want);
            prop_assert_eq!(summary.contours_used, all_summary.contours_used);
            prop_assert_eq!(summary.slices_shared, all_summary.slices_shared);
        }
    }

    /// Positions that happen to be regular change nothing; nor does holding offsets instead of lengths.
    #[test]
    fn other_ways_to_say_the_same(case in cases(false)) {
        let (geometry, flat) = (case.geometry(), Flat::of(&case.contours));
        let regular = Frame::new(case.shape, &geometry, Slices::Regular).expect("a frame");
        let positions = case.lattice().slices;
        let listed = Frame::new(case.shape, &geometry, Slices::Positions(&positions)).expect("a frame");
        let mut offsets = vec![0.0];
        for length in &flat.lengths {
            offsets.push(offsets[offsets.len() - 1] + f64::from(*length));
        }
        let by_offsets = Contours::from_offsets(&flat.points, offsets.as_slice()).expect("contours");
        for (inside, _) in RULES {
            let want = whole(&flat.view(), &regular, &rules(inside)).expect("a mask");
            prop_assert_eq!(&whole(&flat.view(), &listed, &rules(inside)).expect("a mask"), &want);
            prop_assert_eq!(&whole(&by_offsets, &regular, &rules(inside)).expect("a mask"), &want);
        }
    }

    /// Slices at irregular distances.
    #[test]
    fn irregular_slices(case in cases(false), steps in proptest::collection::vec(0.2f64..4.0, 8)) {
        let mut lattice = case.lattice();
        for k in 1..lattice.slices.len() {
            lattice.slices[k] = lattice.slices[k - 1] + steps[k];
        }
        let slices = Slices::Positions(&lattice.slices);
        let frame = Frame::new(case.shape, &case.geometry(), slices).expect("a frame");
        let flat = Flat::of(&case.contours);
        for (inside, combine) in RULES {
            let want = mask(&lattice, case.spacing[2], &case.contours, combine);
            prop_assert_eq!(by_box(&flat.view(), &frame, &rules(inside)).expect("a mask").0, want);
        }
    }

    /// Every slice takes the plane nearest to it, on regular and irregular slices, coarser and finer than the
    /// planes of the contours.
    #[test]
    fn the_plane_nearest_to_each_slice(
        case in prop_oneof![cases(false), cases(true)],
        steps in proptest::collection::vec(0.1f64..2.0, 8),
        reach in prop_oneof![0.05f64..3.0, Just(0.5), Just(1.0)],
        regular in any::<bool>(),
    ) {
        let mut case = case;
        // Planes of several contours, at places where two are equally near.
        for contour in &mut case.contours {
            for point in contour {
                point[2] = case.origin[2] + ((point[2] - case.origin[2]) * 2.0).round() / 2.0;
            }
        }
        let mut lattice = case.lattice();
        if !regular {
            for k in 1..lattice.slices.len() {
                lattice.slices[k] = lattice.slices[k - 1] + steps[k];
            }
        }
        let listed = Slices::Positions(&lattice.slices);
        let slices = if regular { Slices::Regular } else { listed };
        let frame = Frame::new(case.shape, &case.geometry(), slices).expect("a frame");
        let flat = Flat::of(&case.contours);
        for (inside, combine) in RULES {
            let want = mask_of_nearest_planes(&lattice, reach, &case.contours, combine);
            let rules = Rules { inside, slice: SliceRule::NearestPlane(reach) };
            let (got, summary) = whole(&flat.view(), &frame, &rules).expect("a mask");
            prop_assert_eq!(&got, &want);
            prop_assert_eq!(by_box(&flat.view(), &frame, &rules).expect("a mask"), (want, summary));
            let left_out = summary.contours_outside + summary.contours_between;
            let seen = summary.contours_used + left_out + summary.contours_degenerate;
            prop_assert_eq!(seen, case.contours.len());
        }
    }

    /// The patient turned with the grid: axes exchanged and mirrored give the same bits.
    #[test]
    fn exchanged_and_mirrored_axes(
        case in cases(false),
        axes in Just([0usize, 1, 2]).prop_shuffle(),
        mirrored in [any::<bool>(), any::<bool>(), any::<bool>()],
    ) {
        let sign = mirrored.map(|m| if m { -1.0 } else { 1.0 });
        let turn = |p: [f64; 3]| [0, 1, 2].map(|r| sign[r] * p[axes[r]]);
        let mut geometry = case.geometry();
        geometry.origin = turn(case.origin);
        for c in 0..3 {
            for r in 0..3 {
                geometry.direction[r][c] = if axes[r] == c { sign[r] } else { 0.0 };
            }
        }
        let turned: Vec<Vec<_>> =
            case.contours.iter().map(|c| c.iter().map(|p| turn(*p)).collect()).collect();
        let plain = Frame::new(case.shape, &case.geometry(), Slices::Regular).expect("a frame");
        let frame = Frame::new(case.shape, &geometry, Slices::Regular).expect("a frame");
        for (inside, _) in RULES {
            let want = whole(&Flat::of(&case.contours).view(), &plain, &rules(inside)).expect("a mask");
            let got = whole(&Flat::of(&turned).view(), &frame, &rules(inside)).expect("a mask");
            prop_assert_eq!(got.0, want.0);
        }
    }

    /// A rotation by any angle leaves every centre that is not within rounding of an edge.
    #[test]
    fn oblique_grids(case in cases(false), angles in [0.0f64..6.3, 0.0..6.3, 0.0..6.3]) {
        let rotate = |p: [f64; 3]| {
            let mut p = p;
            for (axis, angle) in angles.iter().enumerate() {
                let ((s, c), a, b) = (angle.sin_cos(), (axis + 1) % 3, (axis + 2) % 3);
                (p[a], p[b]) = (c * p[a] - s * p[b], s * p[a] + c * p[b]);
            }
            p
        };
        let mut geometry = case.geometry();
        geometry.origin = rotate(case.origin);
        let columns = [[1.0, 0.0, 0.0], [0.0, 1.0, 0.0], [0.0, 0.0, 1.0]].map(rotate);
        for (r, row) in geometry.direction.iter_mut().enumerate() {
            *row = columns.map(|column| column[r]);
        }
        // Rounding may carry a plane over half way between slices.
        let undecided = case.contours.iter().flatten().any(|p| {
            let z = (p[2] - case.origin[2]) / case.spacing[2];
            (z - z.floor() - 0.5).abs() < 1e-6
        });
        prop_assume!(!undecided);
        let turned: Vec<Vec<_>> =
            case.contours.iter().map(|c| c.iter().map(|p| rotate(*p)).collect()).collect();
        let frame = Frame::new(case.shape, &geometry, Slices::Regular).expect("a frame");
        let (got, _) = whole(&Flat::of(&turned).view(), &frame, &rules(Inside::EvenOdd)).expect("a mask");
        let want = case.naive(Combine::EvenOdd);
        let [nx, ny, _] = case.shape;
        for (at, (got, want)) in got.iter().zip(&want).enumerate() {
            let centre = [at % nx, at / nx % ny].map(|i| i as f64);
            prop_assert!(got == want || near_an_edge(&case, centre), "voxel {}", at);
        }
    }
}

/// Whether a centre is within a millionth of a pixel of an edge of any contour.
fn near_an_edge(case: &Case, [x, y]: [f64; 2]) -> bool {
    let pixel = |p: [f64; 3]| [0, 1].map(|a| (p[a] - case.origin[a]) / case.spacing[a]);
    case.contours.iter().any(|contour| {
        (0..contour.len()).any(|i| {
            let (a, b) = (pixel(contour[i]), pixel(contour[(i + 1) % contour.len()]));
            let (dx, dy) = (b[0] - a[0], b[1] - a[1]);
            let length = dx * dx + dy * dy;
            let t = if length > 0.0 { ((x - a[0]) * dx + (y - a[1]) * dy) / length } else { 0.0 };
            let t = t.clamp(0.0, 1.0);
            (x - a[0] - t * dx).hypot(y - a[1] - t * dy) < 1e-6
        })
    })
}

/// Numbers as damaged files hold them.
fn hostile() -> impl Strategy<Value = f64> {
    prop_oneof![
        4 => -3.0f64..12.0,
        2 => any::<f64>(),
        1 => prop_oneof![Just(f64::NAN), Just(f64::INFINITY), Just(1e308), Just(-1e308), Just(1e18)],
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// Whatever the numbers: an error, or a mask of zeros and ones inside the announced box.
    #[test]
    fn hostile_numbers(
        points in proptest::collection::vec(hostile(), 0..40),
        flat in any::<bool>(),
        lengths in proptest::collection::vec(0i32..9, 0..6),
        shape in shapes(7),
        origin in [hostile(), hostile(), hostile()],
        positions in proptest::collection::vec(hostile(), 0..7),
        fraction in hostile(),
        rule in 0usize..12,
    ) {
        let mut points = points;
        if flat {
            points.iter_mut().skip(2).step_by(3).for_each(|z| *z = 2.0);
        }
        let geometry = Geometry { origin, ..Geometry::axis_aligned([1.0; 3]) };
        let slices = [Slices::Regular, Slices::Positions(&positions)][rule % 2];
        let _ = Contours::from_offsets(&points, lengths.as_slice());
        let Ok(frame) = Frame::new(shape, &geometry, slices) else { return Ok(()) };
        let all = [points.len() / 3];
        let contours = Contours::from_lengths(&points, lengths.as_slice())
            .or_else(|_| Contours::from_lengths(&points, all.as_slice()));
        let Ok(contours) = contours else { return Ok(()) };
        let slice =
            [SliceRule::Nearest, SliceRule::SkipBeyond(fraction), SliceRule::RefuseBeyond(fraction), SliceRule::NearestPlane(fraction)];
        let rules = Rules { inside: RULES[rule % 3].0, slice: slice[rule / 3] };
        let result = whole(&contours, &frame, &rules);
        prop_assert_eq!(result.is_ok(), bounds(&contours, &frame, &rules).is_ok());
        let Ok((cells, summary)) = result else { return Ok(()) };
        prop_assert!(cells.iter().all(|c| *c < 2));
        prop_assert_eq!(summary.voxels, cells.iter().map(|c| u64::from(*c)).sum::<u64>());
        prop_assert_eq!(by_box(&contours, &frame, &rules).expect("a mask").0, cells);
    }
}
