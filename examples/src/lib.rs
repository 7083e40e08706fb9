//! Examples of embedding: see `rust/`. Run one with `cargo run -p radiomics-examples --example minimal`.
