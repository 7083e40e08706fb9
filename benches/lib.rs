//! Generated inputs that the benchmarks share.
