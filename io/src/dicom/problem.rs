//! What may be wrong with a series.

use std::fmt;

/// Something about a series that its user should know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Problem {
    /// Files that are there more than once; one of each is read.
    RepeatedFiles {
        /// How many are left out.
        count: usize,
    },
    /// Several different images at one place.
    SamePlace {
        /// Number of places that are taken more than once.
        places: usize,
        /// The first of them, in mm along the normal of the slices.
        first_mm: f64,
    },
    /// Slices are missing from an otherwise regular series.
    MissingSlices {
        /// How many.
        count: usize,
        /// Where the first would be, in mm along the normal of the slices.
        first_mm: f64,
        /// Distance of the others.
        spacing_mm: f64,
    },
    /// Slices do not follow one another at one distance.
    UnequalSpacing {
        /// Smallest distance of neighbours.
        smallest_mm: f64,
        /// Largest distance of neighbours.
        largest_mm: f64,
    },
    /// Slices shift sideways from one to the next, as with a tilted gantry.
    Shifted {
        /// Largest shift off the normal through the first slice.
        mm: f64,
    },
    /// The series holds images that make no single volume: orientations, sizes or frames of reference differ. Each
    /// kind is a volume of its own.
    Mixed {
        /// Number of volumes.
        volumes: usize,
        /// What differs.
        differs: &'static str,
    },
    /// A single slice: its thickness stands for the distance to the next.
    OneSlice {
        /// The thickness.
        thickness_mm: f64,
    },
    /// A single slice without thickness.
    NoThickness,
    /// The pixels went through a compression that loses detail.
    Lossy,
}

impl Problem {
    /// Whether there is no volume on a regular grid.
    pub const fn prevents_reading(&self) -> bool {
        matches!(
            self,
            Problem::SamePlace { .. }
                | Problem::MissingSlices { .. }
                | Problem::UnequalSpacing { .. }
                | Problem::Shifted { .. }
                | Problem::NoThickness
        )
    }

    /// A short name for tables and records.
    pub const fn name(&self) -> &'static str {
        match self {
            Problem::RepeatedFiles { .. } => "repeated_files",
            Problem::SamePlace { .. } => "same_place",
            Problem::MissingSlices { .. } => "missing_slices",
            Problem::UnequalSpacing { .. } => "unequal_spacing",
            Problem::Shifted { .. } => "shifted",
            Problem::Mixed { .. } => "mixed",
            Problem::OneSlice { .. } => "one_slice",
            Problem::NoThickness => "no_thickness",
            Problem::Lossy => "lossy",
        }
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Problem::RepeatedFiles { count } => {
                write!(f, "{count} files are there more than once; one of each is read")
            }
            Problem::SamePlace { places, first_mm } => write!(
                f,
                "{places} places hold several different images, the first at {first_mm:.3} mm: keep one set of them"
            ),
            Problem::MissingSlices { count, first_mm, spacing_mm } => write!(
                f,
                "{count} slices are missing, the first at {first_mm:.3} mm (slices lie {spacing_mm:.3} mm apart): export the series again"
            ),
            Problem::UnequalSpacing { smallest_mm, largest_mm } => write!(
                f,
                "slices lie {smallest_mm:.3} to {largest_mm:.3} mm apart: resample the series to one distance first"
            ),
            Problem::Shifted { mm } => write!(
                f,
                "slices shift sideways by up to {mm:.3} mm (a tilted gantry): resample the series to a straight grid first"
            ),
            Problem::Mixed { volumes, differs } => {
                write!(f, "the series holds {volumes} volumes that differ in {differs}")
            }
            Problem::OneSlice { thickness_mm } => write!(
                f,
                "there is one slice; its thickness of {thickness_mm:.3} mm stands for the distance to the next"
            ),
            Problem::NoThickness => f.write_str(
                "there is one slice and its header has no thickness: SliceThickness (0018,0050)",
            ),
            Problem::Lossy => f.write_str("the pixels were compressed with loss of detail"),
        }
    }
}
