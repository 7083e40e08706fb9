//! The whole set on one, two and all threads, with the same bits.

mod shared;

use radiomics::Error;
use radiomics_benches::{Body, Extraction, Input, Texture};
use radiomics_io::Threads;
use shared::SET;
use shared::report::{Report, short};

fn main() -> Result<(), Error> {
    let mut report = Report::new();
    let side = Input::side_of_ball(if short() { 1e5 } else { 2e6 });
    let mut counts = vec![1, 2, Threads::new(0).count()];
    counts.dedup();
    for (texture, name) in [(Texture::Smooth, "smooth"), (Texture::Noise, "noise")] {
        let input = Input::new(side, texture, Body::Ball);
        let mut alone: Option<(f64, Vec<u64>)> = None;
        for count in &counts {
            let threads = Threads::new(*count);
            let mut extraction = Extraction::new(&input, [1.0; 3], &SET, &[], *count)?;
            let mut bits = Vec::new();
            let ns = report.run("threads", &format!("{name}/{count}"), input.voxels(), || {
                let values = extraction.run(&threads).expect("values");
                bits = values.iter().map(|v| v.to_bits()).collect();
            });
            let Some(ns) = ns else { continue };
            match &alone {
                None => alone = Some((ns, bits)),
                Some((serial, same)) => {
                    assert_eq!(&bits, same, "{count} threads change bits");
                    let times = serial / ns;
                    report.note(format!("{name}: {count} threads are {times:.2} times one thread"));
                }
            }
        }
    }
    report.finish();
    Ok(())
}
