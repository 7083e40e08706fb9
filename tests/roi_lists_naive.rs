//! Lists of indices and runs against the numbering of the voxels written out.

use proptest::prelude::*;
use radiomics::error::Detail;
use radiomics::roi::{Base, Indices, Numbers, Order, Runs};
use radiomics::view::BoundingBox;
use radiomics::{Control, Error, Region, Watch};
use support::boxes::{places, shapes};
use support::contours::read;

const AXES: [[usize; 3]; 6] = [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]];

/// Places of the grid in the order of an array whose axes are named fastest first.
fn numbered(shape: [usize; 3], axes: [usize; 3]) -> Vec<[i64; 3]> {
    let mut all: Vec<_> = places(shape).collect();
    all.sort_by_key(|p| [p[axes[2]], p[axes[1]], p[axes[0]]]);
    all
}

/// A mask of the grid, x fastest, of some places of it.
fn mask(shape: [usize; 3], inside: &[[i64; 3]]) -> Vec<u8> {
    places(shape).map(|p| u8::from(inside.contains(&p))).collect()
}

/// A list in each of the types of numbers.
struct Typed {
    u32: Vec<u32>,
    u64: Vec<u64>,
    usize: Vec<usize>,
    i32: Vec<i32>,
    i64: Vec<i64>,
    f64: Vec<f64>,
}

impl Typed {
    fn of(list: &[usize]) -> Self {
        Self {
            u32: list.iter().map(|n| *n as u32).collect(),
            u64: list.iter().map(|n| *n as u64).collect(),
            usize: list.to_vec(),
            i32: list.iter().map(|n| *n as i32).collect(),
            i64: list.iter().map(|n| *n as i64).collect(),
            f64: list.iter().map(|n| *n as f64).collect(),
        }
    }

    fn all(&self) -> [Numbers<'_>; 6] {
        let Self { u32, u64, usize, i32, i64, f64 } = self;
        [
            u32.as_slice().into(),
            u64.as_slice().into(),
            usize.as_slice().into(),
            i32.as_slice().into(),
            i64.as_slice().into(),
            f64.as_slice().into(),
        ]
    }
}

/// Checks box, mask, mask of the box and counts of a form.
fn check(
    shape: [usize; 3],
    want: &[u8],
    bounds: Option<BoundingBox>,
    fill: impl Fn(BoundingBox, &mut [u8]) -> u64,
) -> Result<(), TestCaseError> {
    let count = want.iter().map(|v| u64::from(*v)).sum::<u64>();
    let mut whole = vec![9; want.len()];
    prop_assert_eq!(fill(BoundingBox::whole(shape), &mut whole), count);
    prop_assert_eq!(&whole, want);
    let region = Region::boxed(&whole, BoundingBox::whole(shape), shape).expect("a region");
    prop_assert_eq!(bounds, region.bounding_box());
    let within = bounds.unwrap_or(BoundingBox { start: shape, shape: [0; 3] });
    let mut cells = vec![9; within.voxels()];
    prop_assert_eq!(fill(within, &mut cells), count);
    let region = Region::boxed(&cells, within, shape).expect("a region");
    prop_assert_eq!(read(&region), want);
    prop_assert_eq!(region.bounding_box(), bounds);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(100))]

    #[test]
    fn indices_in_any_order_and_type(
        shape in shapes(6),
        axes in 0usize..6,
        picks in proptest::collection::vec((any::<prop::sample::Index>(), 0u8..=255), 0..30),
        one in any::<bool>(),
    ) {
        let (axes, watch) = (AXES[axes], Watch::silent());
        let all = numbered(shape, axes);
        let (base, first) = if one { (Base::One, 1) } else { (Base::Zero, 0) };
        let numbers: Vec<usize> = picks.iter().map(|(i, _)| i.index(all.len())).collect();
        let shifted: Vec<usize> = numbers.iter().map(|n| n + first).collect();
        let order = Order::new(shape, axes).expect("an order");
        let chosen: Vec<_> = numbers.iter().map(|n| all[*n]).collect();
        let want = mask(shape, &chosen);
        for list in Typed::of(&shifted).all() {
            let indices = Indices::new(list, base, order);
            let bounds = indices.bounds(&watch).expect("a box");
            check(shape, &want, bounds, |w, out| indices.fill(w, out, &watch).expect("a mask"))?;
        }
        // Half of a voxel, as a byte, a fraction in single and in double precision.
        let bytes: Vec<u8> = picks.iter().map(|(_, o)| *o).collect();
        let singles: Vec<f32> = bytes.iter().map(|b| f32::from(*b) / 255.0).collect();
        let mut doubles: Vec<f64> = bytes.iter().map(|b| f64::from(*b) / 255.0).collect();
        if let Some(last) = doubles.last_mut() {
            *last = f64::NAN;
        }
        let occupied = |keep: &dyn Fn(usize) -> bool| {
            let kept: Vec<_> = (0..chosen.len()).filter(|i| keep(*i)).map(|i| chosen[i]).collect();
            mask(shape, &kept)
        };
        let indices = Indices::new(shifted.as_slice(), base, order);
        for (held, want) in [
            (indices.with_occupancy(bytes.as_slice(), 127.5), occupied(&|i| bytes[i] >= 128)),
            (indices.with_occupancy(singles.as_slice(), 0.5), occupied(&|i| singles[i] >= 0.5)),
            (indices.with_occupancy(doubles.as_slice(), 0.5), occupied(&|i| doubles[i] >= 0.5)),
        ] {
            let held = held.expect("indices");
            let bounds = held.bounds(&watch).expect("a box");
            check(shape, &want, bounds, |w, out| held.fill(w, out, &watch).expect("a mask"))?;
        }
    }

    #[test]
    fn runs_in_any_order_and_type(
        shape in shapes(6),
        axes in 0usize..6,
        picks in proptest::collection::vec((any::<prop::sample::Index>(), any::<prop::sample::Index>()), 0..6),
        one in any::<bool>(),
    ) {
        let (axes, watch) = (AXES[axes], Watch::silent());
        let all = numbered(shape, axes);
        let (base, first) = if one { (Base::One, 1) } else { (Base::Zero, 0) };
        let order = Order::new(shape, axes).expect("an order");
        let (mut pairs, mut rows) = (Vec::new(), Vec::new());
        let (mut in_pairs, mut in_rows) = (Vec::new(), Vec::new());
        for (start, length) in &picks {
            let start = start.index(all.len());
            let count = length.index(all.len() - start + 1);
            pairs.extend([start + first, count]);
            in_pairs.extend_from_slice(&all[start..start + count]);
            let place = all[start].map(|c| c as usize);
            let count = length.index(shape[axes[0]] - place[axes[0]] + 1);
            rows.extend(place.map(|c| c + first));
            rows.push(count);
            in_rows.extend_from_slice(&all[start..start + count]);
        }
        let (in_pairs, in_rows) = (mask(shape, &in_pairs), mask(shape, &in_rows));
        for list in Typed::of(&pairs).all() {
            let runs = Runs::linear(list, base, order).expect("runs");
            let bounds = runs.bounds(&watch).expect("a box");
            check(shape, &in_pairs, bounds, |w, out| runs.fill(w, out, &watch).expect("a mask"))?;
        }
        for list in Typed::of(&rows).all() {
            let runs = Runs::rows(list, base, order).expect("runs");
            let bounds = runs.bounds(&watch).expect("a box");
            check(shape, &in_rows, bounds, |w, out| runs.fill(w, out, &watch).expect("a mask"))?;
        }
    }

    /// Any box gets its part of the region.
    #[test]
    fn boxes_get_their_part(
        shape in shapes(6),
        axes in 0usize..6,
        run in [any::<prop::sample::Index>(), any::<prop::sample::Index>()],
        corners in [[0.0f64..1.0, 0.0..1.0], [0.0..1.0, 0.0..1.0], [0.0..1.0, 0.0..1.0]],
    ) {
        let all = numbered(shape, AXES[axes]);
        let order = Order::new(shape, AXES[axes]).expect("an order");
        let start = run[0].index(all.len());
        let count = run[1].index(all.len() - start + 1);
        let mut within = BoundingBox { start: [0; 3], shape: [0; 3] };
        for (axis, [a, b]) in corners.iter().enumerate() {
            let n = shape[axis] as f64 + 1.0;
            let (low, high) = ((a.min(*b) * n) as usize, (a.max(*b) * n) as usize);
            (within.start[axis], within.shape[axis]) = (low, high - low);
        }
        let offset = within.start.map(|s| s as i64);
        let want: Vec<u8> = places(within.shape)
            .map(|p| [p[0] + offset[0], p[1] + offset[1], p[2] + offset[2]])
            .map(|p| u8::from(all[start..start + count].contains(&p)))
            .collect();
        let voxels = want.iter().map(|v| u64::from(*v)).sum::<u64>();
        let mut cells = vec![9; want.len()];
        let pair = [start, count];
        let runs = Runs::linear(pair.as_slice(), Base::Zero, order).expect("runs");
        prop_assert_eq!(runs.fill(within, &mut cells, &Watch::silent()), Ok(voxels));
        prop_assert_eq!(&cells, &want);
        let list: Vec<usize> = (start..start + count).collect();
        let indices = Indices::new(list.as_slice(), Base::Zero, order);
        prop_assert_eq!(indices.fill(within, &mut cells, &Watch::silent()), Ok(voxels));
        prop_assert_eq!(&cells, &want);
    }

    /// Whatever the numbers: an error, or a mask of zeros and ones with its count.
    #[test]
    fn hostile_numbers(
        list in proptest::collection::vec(any::<u64>().prop_map(|n| n >> (n % 64)), 0..12),
        doubles in proptest::collection::vec(any::<f64>(), 0..12),
        shape in shapes(5),
        one in any::<bool>(),
    ) {
        let watch = Watch::silent();
        let base = if one { Base::One } else { Base::Zero };
        let order = Order::x_fastest(shape).expect("an order");
        let signed: Vec<i64> = list.iter().map(|n| *n as i64).collect();
        let mut cells = vec![0; shape.iter().product()];
        let whole = BoundingBox::whole(shape);
        for numbers in [Numbers::U64(&list), Numbers::I64(&signed), Numbers::F64(&doubles)] {
            let indices = Indices::new(numbers, base, order);
            let filled = indices.fill(whole, &mut cells, &watch);
            prop_assert_eq!(filled.is_ok(), indices.bounds(&watch).is_ok());
            if let Ok(count) = filled {
                prop_assert_eq!(count, cells.iter().map(|c| u64::from(*c)).sum::<u64>());
            }
            for runs in [Runs::linear(numbers, base, order), Runs::rows(numbers, base, order)] {
                let Ok(runs) = runs else { continue };
                let filled = runs.fill(whole, &mut cells, &watch);
                prop_assert_eq!(filled.is_ok(), runs.bounds(&watch).is_ok());
                if let Ok(count) = filled {
                    prop_assert_eq!(count, cells.iter().map(|c| u64::from(*c)).sum::<u64>());
                }
            }
        }
    }
}

fn at(result: Result<impl std::fmt::Debug, Error>) -> (usize, Detail) {
    match result {
        Err(Error::InvalidAt { position, value, .. }) => (position, value),
        other => panic!("{other:?}"),
    }
}

#[test]
fn wrong_numbers_are_named_with_their_position() {
    let (watch, order) = (Watch::silent(), Order::x_fastest([2, 3, 4]).expect("an order"));
    let bounds = |numbers: Numbers, base| at(Indices::new(numbers, base, order).bounds(&watch));
    assert_eq!(bounds(Numbers::U32(&[3, 24]), Base::Zero), (1, Detail::Integer(24)));
    assert_eq!(bounds(Numbers::U32(&[24, 25]), Base::One), (1, Detail::Integer(25)));
    assert_eq!(bounds(Numbers::U32(&[1, 0]), Base::One), (1, Detail::Integer(0)));
    assert_eq!(bounds(Numbers::I32(&[1, 2, -3]), Base::Zero), (2, Detail::Integer(-3)));
    assert_eq!(bounds(Numbers::F64(&[1.0, 2.5]), Base::Zero), (1, Detail::Real(2.5)));
    assert_eq!(bounds(Numbers::F64(&[1e300]), Base::Zero), (0, Detail::Real(1e300)));
    assert_eq!(bounds(Numbers::F64(&[-0.5]), Base::Zero), (0, Detail::Real(-0.5)));
    // An index that an occupancy leaves out must be right all the same.
    let left_out = Indices::new(&[99u32][..], Base::Zero, order).with_occupancy(&[0u8][..], 1.0);
    assert_eq!(at(left_out.expect("indices").bounds(&watch)), (0, Detail::Integer(99)));

    let linear =
        |pairs: Numbers| at(Runs::linear(pairs, Base::Zero, order).expect("runs").bounds(&watch));
    assert_eq!(linear(Numbers::U32(&[0, 24, 24, 0])), (2, Detail::Integer(24)));
    assert_eq!(linear(Numbers::U64(&[1, 24])), (1, Detail::Integer(24)));
    assert_eq!(linear(Numbers::U64(&[1, 1 << 62])), (1, Detail::Integer(1 << 62)));
    let rows =
        |rows: Numbers| at(Runs::rows(rows, Base::Zero, order).expect("runs").bounds(&watch));
    assert_eq!(rows(Numbers::U32(&[0, 3, 0, 1])), (1, Detail::Integer(3)));
    assert_eq!(rows(Numbers::U32(&[1, 2, 3, 2])), (3, Detail::Integer(2)));
    let error =
        Indices::new(&[24u32][..], Base::Zero, order).bounds(&watch).expect_err("a refusal");
    let text =
        "indices[0] is 24: expected a whole number from 0 to one less than the voxels of the grid";
    assert_eq!(error.to_string(), text);
}

#[test]
fn wrong_lists_are_refused() {
    let order = Order::x_fastest([2, 3, 4]).expect("an order");
    assert!(Runs::linear(&[1u32][..], Base::Zero, order).is_err());
    assert!(Runs::rows(&[1u32, 2, 3][..], Base::Zero, order).is_err());
    let indices = Indices::new(&[1u32, 2][..], Base::Zero, order);
    assert!(indices.with_occupancy(&[1u8][..], 0.5).is_err());
    assert!(indices.with_occupancy(&[1u8, 1][..], f64::NAN).is_err());
    assert!(Order::new([2, 3, 4], [0, 1, 1]).is_err());
    assert!(Order::new([2, 3, 4], [0, 1, 3]).is_err());
    assert!(Order::new([2, 0, 4], [0, 1, 2]).is_err());
    assert!(Order::new([usize::MAX; 3], [0, 1, 2]).is_err());
    let watch = Watch::silent();
    let beyond = BoundingBox { start: [1, 0, 0], shape: [2, 1, 1] };
    assert!(indices.fill(beyond, &mut [0; 2], &watch).is_err());
    assert!(indices.fill(BoundingBox::whole([2, 3, 4]), &mut [0; 23], &watch).is_err());
}

/// One run over more lines than anybody could visit is described at once, and fills only its box.
#[test]
fn a_run_over_a_huge_grid() {
    let shape = [1, 1 << 28, 1 << 28];
    let order = Order::x_fastest(shape).expect("an order");
    let all = [0u64, 1 << 56];
    let runs = Runs::linear(all.as_slice(), Base::Zero, order).expect("runs");
    let watch = Watch::silent();
    assert_eq!(runs.bounds(&watch), Ok(Some(BoundingBox::whole(shape))));
    let within = BoundingBox { start: [0, 1 << 20, 1 << 20], shape: [1, 10, 10] };
    assert_eq!(runs.fill(within, &mut [0; 100], &watch), Ok(100));
}

#[test]
fn a_host_that_stops_is_heard() {
    let order = Order::x_fastest([100, 100, 100]).expect("an order");
    let cancel = |_: f32| Control::Cancel;
    let watch = Watch::new(Some(&cancel), 1);
    let list = [1u32, 2];
    assert_eq!(
        Indices::new(list.as_slice(), Base::Zero, order).bounds(&watch),
        Err(Error::Cancelled)
    );
    let runs = Runs::linear(list.as_slice(), Base::Zero, order).expect("runs");
    let mut cells = vec![0; 1_000_000];
    assert_eq!(runs.fill(BoundingBox::whole([100; 3]), &mut cells, &watch), Err(Error::Cancelled));
}
