//! Tables of many regions, and the record beside them.

mod atomic;
mod parquet;
mod rows;
mod sink;

pub use atomic::AtomicFile;
pub use rows::{columns, rows};
pub use sink::Sink;
