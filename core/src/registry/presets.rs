//! The table of presets: settings as text over the option table.

/// Settings under one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Preset {
    /// Its name.
    pub name: &'static str,
    /// What it is for.
    pub title: &'static str,
    /// Keys and texts; the other options have their defaults.
    pub settings: &'static [(&'static str, &'static str)],
}

const PLANAR: (&str, &str) =
    ("texture.aggregation", "2d_averaged,2d_slice_merged,2.5d_direction_merged,2.5d_merged");
const SOLID: (&str, &str) = ("texture.aggregation", "3d_averaged,3d_merged");
const LOAD: (&str, &str) = ("load.round", "true");
const ROUND: (&str, &str) = ("resample.round", "true");

/// The processing configurations of IBSI-1.
pub const PRESETS: &[Preset] = &[
    Preset {
        name: "ibsi-digital",
        title: "IBSI-1 digital phantom: the intensities are the grey levels",
        settings: &[("discretise.method", "none"), ("texture.aggregation", "all")],
    },
    Preset {
        name: "ibsi-a",
        title: "IBSI-1 configuration A: 2D, native grid, fixed bin size 25",
        settings: &[LOAD, ("resegment.range", "-500,400"), ("discretise.bin_width", "25"), PLANAR],
    },
    Preset {
        name: "ibsi-b",
        title: "IBSI-1 configuration B: 2D, bilinear to 2 mm in the slice, 32 bins",
        settings: &[
            LOAD,
            ("resample.spacing_mm", "2,2,0"),
            ROUND,
            ("resegment.range", "-500,400"),
            ("discretise.bin_count", "32"),
            PLANAR,
        ],
    },
    Preset {
        name: "ibsi-c",
        title: "IBSI-1 configuration C: 3D, trilinear to 2 mm, fixed bin size 25",
        settings: &[
            LOAD,
            ("resample.spacing_mm", "2,2,2"),
            ROUND,
            ("resegment.range", "-1000,400"),
            ("discretise.bin_width", "25"),
            ("ivh.bin_width", "2.5"),
            SOLID,
        ],
    },
    Preset {
        name: "ibsi-d",
        title: "IBSI-1 configuration D: 3D, trilinear to 2 mm, outliers beyond 3 sd removed, 32 bins",
        settings: &[
            LOAD,
            ("resample.spacing_mm", "2,2,2"),
            ROUND,
            ("resegment.sigma", "3"),
            ("discretise.bin_count", "32"),
            SOLID,
        ],
    },
    Preset {
        name: "ibsi-e",
        title: "IBSI-1 configuration E: 3D, cubic B-spline to 2 mm, range and outliers, 32 bins",
        settings: &[
            LOAD,
            ("resample.spacing_mm", "2,2,2"),
            ("resample.image_method", "cubic"),
            ROUND,
            ("resegment.range", "-1000,400"),
            ("resegment.sigma", "3"),
            ("discretise.bin_count", "32"),
            ("ivh.bin_count", "1000"),
            SOLID,
        ],
    },
];
