//! The sort of the core against the standard library's.

use proptest::prelude::*;
use radiomics::host::Control;
use radiomics::{Arena, Error, Watch, sort};

/// Sorts with exactly the announced memory, which holds nonsense.
fn sorted(values: &[f64]) -> Vec<f64> {
    let mut out = values.to_vec();
    let mut words = vec![0x5a5a_5a5a_5a5a_5a5a; sort::footprint(values.len()).words()];
    sort::sort(&mut out, Arena::new(&mut words), &Watch::silent()).expect("a sorted list");
    out
}

#[track_caller]
fn check(values: &[f64]) {
    let mut wanted = values.to_vec();
    wanted.sort_by(f64::total_cmp);
    let found = sorted(values);
    assert!(found.iter().zip(&wanted).all(|(a, b)| a.to_bits() == b.to_bits()));
}

/// Numbers of one kind, spread as images and worse spread them.
fn number(kind: u8, bits: u64) -> f64 {
    let unit = (bits >> 11) as f64 / (1u64 << 53) as f64;
    let x = match kind {
        0 => (bits % 3000) as f64 - 1000.0,
        1 => (bits % 1_000_000) as f64 - 500_000.0,
        2 => unit * 2.0 - 1.0,
        3 => f64::from_bits(bits),
        4 => (unit * 1400.0 - 700.0).exp2(),
        5 if bits.is_multiple_of(1000) => f64::MAX * (unit - 0.5),
        5 => 7.25,
        6 => 1.0 + unit * 1e-12,
        _ => (unit * 16.0).floor() * 0.1,
    };
    if x.is_finite() { x + 0.0 } else { 1.0 }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn equals_the_standard_sort(kind in 0u8..8, count in 0usize..30_000, seed in any::<u64>()) {
        let mut state = seed | 1;
        let values: Vec<f64> = (0..count)
            .map(|_| {
                state ^= state << 13;
                state ^= state >> 7;
                state ^= state << 17;
                number(kind, state)
            })
            .collect();
        check(&values);
        let once = sorted(&values);
        check(&once);
        check(&once.iter().rev().copied().collect::<Vec<_>>());
    }
}

#[test]
fn long_ranges_of_whole_numbers_and_extremes() {
    check(&(0..200_000).map(|i| f64::from((i * 7919) % 65_536)).collect::<Vec<_>>());
    check(&(0..200_000).map(|i| f64::from(i) * 21_473.0).collect::<Vec<_>>());
    check(&(0..70_000).map(|i| if i % 2 == 0 { f64::MAX } else { f64::MIN }).collect::<Vec<_>>());
    check(
        &(0..70_000)
            .map(|i| if i % 7 == 0 { f64::from(i32::MAX) } else { f64::from(i32::MIN) })
            .collect::<Vec<_>>(),
    );
    check(&vec![3.5; 100_000]);
}

#[test]
fn the_host_can_stop_it() {
    let mut values: Vec<f64> = (0..4_000_000).map(|i| f64::from(i).sin()).collect();
    let mut words = vec![0; sort::footprint(values.len()).words()];
    let asked = std::sync::atomic::AtomicUsize::new(0);
    let progress = |_: f32| match asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed) {
        0..5 => Control::Continue,
        _ => Control::Cancel,
    };
    let watch = Watch::new(Some(&progress), 1);
    assert_eq!(sort::sort(&mut values, Arena::new(&mut words), &watch), Err(Error::Cancelled));
}

/// The exchange of the values visits all of them in a few long chains: the host is asked within them.
#[test]
fn the_host_is_asked_while_values_are_exchanged() {
    const COUNT: u32 = 2_000_000;
    let mut values: Vec<f64> = (0..COUNT).map(|i| f64::from(i).sin()).collect();
    let mut words = vec![0; sort::footprint(values.len()).words()];
    let asked = std::sync::atomic::AtomicU32::new(0);
    let progress = |_: f32| {
        asked.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        Control::Continue
    };
    sort::sort(&mut values, Arena::new(&mut words), &Watch::new(Some(&progress), 1))
        .expect("sorted");
    // A step far away costs some 50 ns: 100 000 of them 5 ms.
    let asked = asked.into_inner();
    assert!(asked > COUNT / 100_000 + 20, "asked {asked} times");
}
