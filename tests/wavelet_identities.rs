//! The wavelet tables by what defines them.

use radiomics::filter::wavelet::Filters;
use radiomics::registry::{Kind, OPTIONS};

fn names() -> &'static [&'static str] {
    let option = OPTIONS.iter().find(|o| o.key == "filter.wavelet.name").expect("the option");
    match option.kind {
        Kind::Word(words) => words,
        other => panic!("{other:?}"),
    }
}

/// `sum a_k b_(k + shift)`
fn product(a: &[f64], b: &[f64], shift: isize) -> f64 {
    let other =
        |k: usize| k.checked_add_signed(shift).and_then(|k| b.get(k)).copied().unwrap_or(0.0);
    a.iter().enumerate().map(|(k, x)| x * other(k)).sum()
}

/// `sum (-1)^k k^p a_k`, about the middle and in units of the length, which keeps rounding small.
fn moment(a: &[f64], p: i32) -> f64 {
    let n = a.len() as f64;
    let place = |k: usize| ((k as f64 - (n - 1.0) / 2.0) / n).powi(p);
    a.iter().enumerate().map(|(k, x)| x * place(k)).sum()
}

#[test]
fn every_name_has_its_filters() {
    assert_eq!(names().len(), 1 + 20 + 19 + 5 + 15);
    for name in names() {
        let filters = Filters::named(name).unwrap_or_else(|| panic!("{name}"));
        let sum: f64 = filters.low().iter().sum();
        assert!((sum - 2f64.sqrt()).abs() < 1e-13, "{name}: sum {sum}");
        assert!(moment(filters.high(), 0).abs() < 1e-13, "{name}");
    }
    for name in ["", "db0", "db21", "sym1", "coif6", "bior9.9", "Haar"] {
        assert_eq!(Filters::named(name), None, "{name}");
    }
}

/// Orthogonal wavelets: length 1, perpendicular to their even shifts and to the other filter.
#[test]
fn orthogonal_wavelets() {
    for name in names().iter().filter(|n| !n.starts_with("bior")) {
        let filters = Filters::named(name).expect("a wavelet");
        let (low, high) = (filters.low(), filters.high());
        for shift in (-(low.len() as isize)..=low.len() as isize).filter(|s| s % 2 == 0) {
            let one = if shift == 0 { 1.0 } else { 0.0 };
            assert!((product(low, low, shift) - one).abs() < 1e-13, "{name} low {shift}");
            assert!((product(high, high, shift) - one).abs() < 1e-13, "{name} high {shift}");
            assert!(product(low, high, shift).abs() < 1e-13, "{name} both {shift}");
        }
        let digits = |prefix: &str| name.strip_prefix(prefix).and_then(|n| n.parse::<usize>().ok());
        let (vanishing, length) = match (digits("db"), digits("sym"), digits("coif")) {
            (Some(n), ..) | (_, Some(n), _) => (n, 2 * n),
            (.., Some(n)) => (2 * n, 6 * n),
            _ => (1, 2),
        };
        assert_eq!(low.len(), length, "{name}");
        for p in 0..vanishing as i32 {
            assert!(moment(high, p).abs() < 1e-13, "{name}: moment {p} is {}", moment(high, p));
        }
        // Coiflets: the scaling function has vanishing moments, too, about its centre.
        if let Some(n) = digits("coif") {
            let centre =
                low.iter().enumerate().map(|(k, x)| k as f64 * x).sum::<f64>() / 2f64.sqrt();
            assert!((centre - centre.round()).abs() < 1e-12, "{name}: {centre}");
            for p in 1..2 * n as i32 {
                let place = |k: usize| ((k as f64 - centre.round()) / low.len() as f64).powi(p);
                let m: f64 = low.iter().enumerate().map(|(k, x)| x * place(k)).sum();
                assert!(m.abs() < 1e-13, "{name}: moment {p} of the scaling filter is {m}");
            }
        }
    }
}

/// Biorthogonal wavelets: decomposition and reconstruction undo each other.
#[test]
fn biorthogonal_wavelets() {
    for name in names().iter().filter(|n| n.starts_with("bior")) {
        let filters = Filters::named(name).expect("a wavelet");
        let low = filters.low();
        // The high-pass filter is the reconstructing low-pass filter with every other sign changed.
        let rebuild: Vec<f64> = filters
            .high()
            .iter()
            .enumerate()
            .map(|(k, x)| if k % 2 == 0 { -x } else { *x })
            .collect();
        // Convolved with each other they are a half-band filter: of every other sample only one is not 0.
        let mut whole = vec![0.0; 2 * low.len() - 1];
        for (i, a) in low.iter().enumerate() {
            for (j, b) in rebuild.iter().enumerate() {
                whole[i + j] += a * b;
            }
        }
        let (even, odd): (Vec<f64>, Vec<f64>) = (
            whole.iter().step_by(2).copied().collect(),
            whole.iter().skip(1).step_by(2).copied().collect(),
        );
        let ones = |v: &[f64]| {
            let rest: f64 = v.iter().map(|x| x.abs()).filter(|x| (x - 1.0).abs() > 1e-13).sum();
            rest < 1e-12 && v.iter().any(|x| (x - 1.0).abs() < 1e-13)
        };
        assert!(ones(&even) || ones(&odd), "{name}: {whole:?}");
        let rebuilding: usize =
            name["bior".len()..].split('.').next().expect("a number").parse().expect("a number");
        for p in 0..rebuilding as i32 {
            assert!(moment(filters.high(), p).abs() < 1e-13, "{name}: moment {p}");
        }
    }
}

/// The closed forms.
#[test]
fn known_filters() {
    let r3 = 3f64.sqrt();
    let db2 = [1.0 + r3, 3.0 + r3, 3.0 - r3, 1.0 - r3].map(|x| x / (4.0 * 2f64.sqrt()));
    let filters = Filters::named("db2").expect("a wavelet");
    for k in 0..4 {
        assert!((filters.low()[3 - k] - db2[k]).abs() < 1e-15);
        let sign = if k % 2 == 0 { -1.0 } else { 1.0 };
        assert!((filters.high()[k] - sign * db2[k]).abs() < 1e-15);
    }
    assert_eq!(Filters::named("haar"), Filters::named("db1"));
}
