//! What the benchmarks measure: regions of three textures in two shapes from a fixed seed, and one extraction.
//!
//! Run the benchmarks with `cargo bench -p radiomics-benches`, a single measurement with
//! `cargo run --release -p radiomics-benches --bin measure`.

pub mod ct;
mod extraction;
mod input;

pub use ct::Ct;
pub use extraction::Extraction;
pub use input::{Body, Input, Texture};
