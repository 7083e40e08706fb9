//! Standardised uptake values.

mod header;
mod time;

pub(super) use header::Header;
