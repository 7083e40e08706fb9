//! The wavelet tables beside those of PyWavelets.

use std::process::Command;

use radiomics::filter::wavelet::Filters;
use support::clib::run;

/// A line for each wavelet: its name, then the decomposition filters, low-pass first.
const LISTING: &str = "
import pywt
for family in ('haar', 'db', 'sym', 'coif', 'bior'):
    for name in pywt.wavelist(family):
        w = pywt.Wavelet(name)
        print(name, *map(repr, list(w.dec_lo) + list(w.dec_hi)))
";

/// Its symlets have about eleven digits: they miss their own orthogonality by as much.
fn within(name: &str) -> f64 {
    if name.starts_with("sym") { 1e-10 } else { 1e-12 }
}

#[test]
#[cfg_attr(no_pywavelets, ignore = "python3 with PyWavelets not found")]
fn every_weight_of_pywavelets() {
    let listing = run(Command::new("python3").args(["-c", LISTING]));
    let mut families: Vec<(String, usize, f64)> = Vec::new();
    for line in listing.lines() {
        let mut words = line.split_whitespace();
        let name = words.next().expect("a name");
        // It goes on where the usual ones end.
        let Some(filters) = Filters::named(name) else { continue };
        let want: Vec<f64> = words.map(|w| w.parse().expect("a number")).collect();
        let got = [filters.low(), filters.high()].concat();
        assert_eq!(got.len(), want.len(), "{name}");
        let worst = got.iter().zip(&want).map(|(a, b)| (a - b).abs()).fold(0.0, f64::max);
        assert!(worst <= within(name), "{name}: off by {worst:e}");
        let family: String = name.chars().take_while(|c| c.is_alphabetic()).collect();
        match families.last_mut() {
            Some((last, count, most)) if *last == family => {
                *count += 1;
                *most = worst.max(*most);
            }
            _ => families.push((family, 1, worst)),
        }
    }
    for (family, count, worst) in &families {
        println!("{family:>5} {count:>3} wavelets, at most {worst:.1e} off");
    }
    let counts: Vec<usize> = families.iter().map(|(_, count, _)| *count).collect();
    assert_eq!(counts, [1, 20, 19, 5, 15]);
}
