//! Every form of a region against its definition, voxel by voxel.

use proptest::prelude::*;
use radiomics::view::{BitOrder, BoundingBox};
use radiomics::{Control, Error, Layout, Region, Select, Voxels, Watch};
use support::boxes::{places, shapes};
use support::contours::read;

/// A layout in any order of the axes, mirrored, with gaps, and the length of the buffer it needs.
fn layouts() -> impl Strategy<Value = (Layout, usize)> {
    let axes = Just([0usize, 1, 2]).prop_shuffle();
    let sizes = [0usize..3, 0..3, 0..3];
    (shapes(9), axes, sizes, [0i32..5, 0..5, 0..5], 0usize..9).prop_map(
        |(shape, axes, gaps, kinds, before)| {
            let (mut step, mut start) = (1, before);
            let mut strides = [0isize; 3];
            for axis in axes {
                match kinds[axis] {
                    // A plane that repeats.
                    0 => continue,
                    1 | 2 => {
                        strides[axis] = -(step as isize);
                        start += step * (shape[axis] - 1);
                    }
                    _ => strides[axis] = step as isize,
                }
                step = step * shape[axis] + gaps[axis];
            }
            (Layout::new(shape, strides, start).expect("a layout"), before + step)
        },
    )
}

/// Where a voxel lies in the buffer.
fn index(layout: &Layout, p: [i64; 3]) -> usize {
    let first = layout.index(0, 0, 0) as i64;
    (first + (0..3).map(|a| p[a] * layout.strides()[a] as i64).sum::<i64>()) as usize
}

/// The smallest box around the ones of a mask.
fn tight(shape: [usize; 3], mask: &[u8]) -> Option<BoundingBox> {
    let inside: Vec<_> =
        places(shape).zip(mask).filter(|(_, m)| **m != 0).map(|(p, _)| p).collect();
    let first = inside.first()?;
    let (mut low, mut high) = (*first, *first);
    for p in &inside {
        for a in 0..3 {
            (low[a], high[a]) = (low[a].min(p[a]), high[a].max(p[a]));
        }
    }
    let start = low.map(|c| c as usize);
    Some(BoundingBox { start, shape: [0, 1, 2].map(|a| (high[a] - low[a] + 1) as usize) })
}

fn check(region: &Region, want: &[u8]) -> Result<(), TestCaseError> {
    prop_assert_eq!(&read(region), want);
    let [nx, ny, nz] = region.shape();
    prop_assert_eq!(region.bounding_box(), tight([nx, ny, nz], want));
    // A part of a row.
    let (x, y, z) = (nx / 2, ny / 2, nz / 2);
    let mut part = vec![9; nx - x];
    region.read_row(x, [y, z], &mut part);
    prop_assert_eq!(&part, &want[(z * ny + y) * nx + x..(z * ny + y + 1) * nx]);
    Ok(())
}

/// Numbers on which the kinds of voxels and of selection differ, most of them zero.
fn values() -> impl Strategy<Value = f64> {
    let edges = vec![
        1.0,
        -1.0,
        0.5,
        0.1,
        -0.0,
        127.0,
        127.5,
        128.0,
        255.0,
        256.0,
        -128.0,
        65535.0,
        2147483647.0,
        4294967295.0,
        16777217.0,
        f64::NAN,
        f64::INFINITY,
        f64::NEG_INFINITY,
        1e-320,
        1e39,
    ];
    prop_oneof![6 => Just(0.0), 2 => proptest::sample::select(edges), 1 => -300.0f64..300.0]
}

macro_rules! check_type {
    ($type:ty, $values:expr, $layout:expr, $select:expr) => {{
        let data: Vec<$type> = $values.iter().map(|v| *v as $type).collect();
        let voxels = Voxels::from(data.as_slice());
        let inside = |value: f64| match $select {
            Select::NonZero => value != 0.0 && !value.is_nan(),
            Select::Label(label) => value == label,
            Select::AtLeast(threshold) => value >= threshold,
            _ => unreachable!(),
        };
        let shape = $layout.shape();
        let want: Vec<u8> =
            places(shape).map(|p| u8::from(inside(data[index(&$layout, p)] as f64))).collect();
        check(&Region::new(voxels, $layout, $select).expect("a region"), &want)?;
    }};
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(150))]

    /// Every type of voxel, every selection, every order of the buffer.
    #[test]
    fn masks_labels_and_fractions(
        (layout, values) in layouts().prop_flat_map(|(layout, length)| {
            (Just(layout), proptest::collection::vec(values(), length))
        }),
        number in values(),
    ) {
        let mut selections = vec![Select::NonZero];
        if number.is_finite() {
            selections.push(Select::AtLeast(number));
            if number != 0.0 {
                selections.push(Select::Label(number));
            }
        }
        for select in selections {
            check_type!(u8, values, layout, select);
            check_type!(i8, values, layout, select);
            check_type!(u16, values, layout, select);
            check_type!(i16, values, layout, select);
            check_type!(u32, values, layout, select);
            check_type!(i32, values, layout, select);
            check_type!(f32, values, layout, select);
            check_type!(f64, values, layout, select);
        }
    }

    /// Bits in both orders, at any place of their bytes.
    #[test]
    fn bits(
        (layout, bits) in layouts().prop_flat_map(|(layout, length)| {
            let bit = (0u32..20).prop_map(|n| n == 0);
            (Just(layout), proptest::collection::vec(bit, length.next_multiple_of(8)))
        }),
    ) {
        let want: Vec<u8> =
            places(layout.shape()).map(|p| u8::from(bits[index(&layout, p)])).collect();
        let pack = |high_first: bool| -> Vec<u8> {
            let byte = |eight: &[bool]| {
                let weight = |i: usize| if high_first { 128 >> i } else { 1 << i };
                eight.iter().enumerate().map(|(i, b)| if *b { weight(i) } else { 0 }).sum()
            };
            bits.chunks(8).map(byte).collect()
        };
        let (low, high) = (pack(false), pack(true));
        check(&Region::bits(&low, BitOrder::LowFirst, layout).expect("a region"), &want)?;
        check(&Region::bits(&high, BitOrder::HighFirst, layout).expect("a region"), &want)?;
    }

    /// A mask of a box of a grid.
    #[test]
    fn boxed(
        (grid, within, cells) in (shapes(9), [0.0f64..1.0, 0.0..1.0, 0.0..1.0], [0.0f64..1.0, 0.0..1.0, 0.0..1.0])
            .prop_flat_map(|(grid, a, b)| {
                let mut within = BoundingBox { start: [0; 3], shape: [0; 3] };
                for axis in 0..3 {
                    let n = grid[axis] as f64 + 1.0;
                    let (low, high) = ((a[axis].min(b[axis]) * n) as usize, (a[axis].max(b[axis]) * n) as usize);
                    (within.start[axis], within.shape[axis]) = (low, high - low);
                }
                let cell = (0u8..20).prop_map(|n| n.saturating_sub(15));
                (Just(grid), Just(within), proptest::collection::vec(cell, within.voxels()))
            }),
    ) {
        let want: Vec<u8> = places(grid)
            .map(|p| {
                let at = [0, 1, 2].map(|a| p[a] - within.start[a] as i64);
                let [nx, ny, _] = within.shape.map(|n| n as i64);
                let inside = (0..3).all(|a| at[a] >= 0 && at[a] < within.shape[a] as i64);
                u8::from(inside && cells[((at[2] * ny + at[1]) * nx + at[0]) as usize] != 0)
            })
            .collect();
        check(&Region::boxed(&cells, within, grid).expect("a region"), &want)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    /// A few voxels in much that is outside: the box grows from each of them, in every direction and over many blocks.
    #[test]
    fn few_voxels_far_apart(
        shape in [1usize..400, 1usize..30, 1usize..6],
        voxels in proptest::collection::vec([0.0f64..1.0, 0.0..1.0, 0.0..1.0], 0..7),
    ) {
        let layout = Layout::x_fastest(shape).expect("a layout");
        let mut mask = vec![0u8; shape.iter().product()];
        for voxel in voxels {
            let [x, y, z] = [0, 1, 2].map(|a| (voxel[a] * shape[a] as f64) as usize);
            mask[layout.index(x, y, z)] = 1;
        }
        let region = Region::new(mask.as_slice(), layout, Select::NonZero).expect("a region");
        prop_assert_eq!(region.bounding_box(), tight(shape, &mask));
    }
}

/// Rows longer than what is tested at once, and the first and last voxel at every place of them.
#[test]
fn long_rows() {
    let shape = [401, 2, 1];
    let layout = Layout::x_fastest(shape).expect("a layout");
    for (first, last) in
        [(0, 0), (127, 128), (128, 255), (5, 400), (256, 257), (400, 400), (129, 300)]
    {
        let mut mask = vec![0u8; 802];
        mask[401 + first] = 1;
        mask[401 + last] = 3;
        let want = BoundingBox { start: [first, 1, 0], shape: [last + 1 - first, 1, 1] };
        let region = Region::new(mask.as_slice(), layout, Select::NonZero).expect("a region");
        assert_eq!(region.bounding_box(), Some(want));
        let mut bytes = vec![0u8; 802_usize.div_ceil(8)];
        for at in [401 + first, 401 + last] {
            bytes[at / 8] |= 1 << (at % 8);
        }
        let region = Region::bits(&bytes, BitOrder::LowFirst, layout).expect("a region");
        assert_eq!(region.bounding_box(), Some(want));
    }
}

#[test]
fn what_does_not_fit_is_refused() {
    let layout = Layout::x_fastest([3, 3, 1]).expect("a layout");
    assert!(Region::bits(&[0; 1], BitOrder::LowFirst, layout).is_err());
    assert!(Region::bits(&[0; 2], BitOrder::LowFirst, layout).is_ok());
    for select in [
        Select::AtLeast(f64::NAN),
        Select::AtLeast(f64::INFINITY),
        Select::Label(f64::NAN),
        Select::Label(0.0),
    ] {
        assert!(Region::new(&[0u8; 9][..], layout, select).is_err(), "{select:?}");
    }
    let grid = [3, 3, 3];
    let fits = |start, shape, cells: usize| {
        Region::boxed(&[1; 64][..cells], BoundingBox { start, shape }, grid).is_ok()
    };
    assert!(fits([1, 1, 1], [2, 2, 2], 8));
    assert!(fits([3, 3, 3], [0, 0, 0], 0));
    assert!(!fits([1, 1, 1], [2, 2, 2], 7));
    assert!(!fits([1, 1, 1], [2, 2, 3], 12));
    assert!(!fits([usize::MAX, 0, 0], [2, 1, 1], 2));
    assert!(!fits([0, 0, 0], [usize::MAX, 0, 0], 0));
    let none = BoundingBox { start: [0; 3], shape: [0; 3] };
    assert!(Region::boxed(&[], none, [0, 3, 3]).is_err());
    assert!(Region::boxed(&[], none, [usize::MAX; 3]).is_err());
    assert_eq!(Region::boxed(&[], none, grid).expect("a region").bounding_box(), None);
}

/// The search for the box asks the host every few milliseconds.
#[test]
fn a_host_that_stops_is_heard() {
    let shape = [256, 256, 128];
    let mask = vec![0u8; 256 * 256 * 128];
    let asked = std::sync::atomic::AtomicU32::new(0);
    let progress = |_: f32| match asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
        0 | 1 => Control::Continue,
        _ => Control::Cancel,
    };
    let layout = Layout::x_fastest(shape).expect("a layout");
    let region = Region::new(mask.as_slice(), layout, Select::NonZero).expect("a region");
    assert_eq!(region.bounds(&Watch::new(Some(&progress), 1)), Err(Error::Cancelled));
}
