//! Radiomics to the letter of the Image Biomarker Standardisation Initiative (IBSI), for embedding.
//!
//! Raw voxel buffers and a region go in, named numbers come out. The crate needs neither heap nor
//! operating system, takes its memory from the caller, and gives the same bits on every machine.
//!
//! The way through it is the order of the IBSI manual, one stage a module:
//!
//! | stage | module |
//! |---|---|
//! | what the caller holds: image and region, read in place | [`view`] |
//! | regions held as indices, runs or contours, made into masks | [`roi`] |
//! | interpolation, re-segmentation, normalisation, discretisation | [`prepare`] |
//! | the volumes the features read | [`volume`] |
//! | convolutional filters | [`filter`] |
//! | the features, one family a module | [`family`] |
//! | names, codes, options and presets | [`registry`], [`settings`] |
//! | the whole chain: settings to plan to values | [`plan`] |
#![no_std]
#![forbid(unsafe_code)]
#![deny(missing_docs)]

#[cfg(feature = "alloc")]
extern crate alloc;
#[cfg(feature = "std")]
extern crate std;

/// Moves whenever any value may change.
pub const NUMERICS_VERSION: u32 = 1;

pub mod aggregation;
pub mod error;
pub mod family;
pub mod fft;
pub mod filter;
mod heapsort;
pub mod host;
pub mod math;
mod pace;
pub mod plan;
pub mod prepare;
pub mod registry;
pub mod roi;
pub mod settings;
mod slabs;
pub mod sort;
pub mod status;
pub mod sum;
pub mod view;
pub mod volume;
pub mod workspace;

pub use aggregation::{Aggregation, Aggregations, Extent};
pub use error::Error;
pub use host::{Control, Executor, Host, Serial, Watch};
pub use plan::{Grid, Plan};
pub use settings::Settings;
pub use status::{Status, Value};
pub use view::{BitOrder, BoundingBox, Geometry, Image, Layout, Region, Select, Voxels};
pub use workspace::{Arena, Footprint};
