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

const MIRROR: (&str, &str) = ("filter.boundary", "mirror");
/// What filters are that are defined by their spectrum.
const PERIODIC: (&str, &str) = ("filter.boundary", "periodic");
const RANGE: (&str, &str) = ("resegment.range", "-1000,400");
const IN_SLICES: (&str, &str) = ("filter.dimension", "2d");
const IN_VOLUME: (&str, &str) = ("filter.dimension", "3d");
/// Configuration B of IBSI-2: cubic B-spline to 1 mm, rounded.
const CUBIC_1MM: [(&str, &str); 3] =
    [("resample.spacing_mm", "1,1,1"), ("resample.image_method", "cubic"), ROUND];

/// The processing configurations of IBSI-1, and those of IBSI-2 with their filters.
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
    Preset {
        name: "ibsi2-1a",
        title: "IBSI-2 configuration 1.A: 2D, no filter",
        settings: &[RANGE],
    },
    Preset {
        name: "ibsi2-1b",
        title: "IBSI-2 configuration 1.B: 3D, no filter",
        settings: &[CUBIC_1MM[0], CUBIC_1MM[1], CUBIC_1MM[2], RANGE],
    },
    Preset {
        name: "ibsi2-2a",
        title: "IBSI-2 configuration 2.A: 2D, mean of 5 voxels",
        settings: &[RANGE, ("filter.images", "mean"), IN_SLICES, MIRROR, ("filter.mean.size", "5")],
    },
    Preset {
        name: "ibsi2-2b",
        title: "IBSI-2 configuration 2.B: 3D, mean of 5 voxels",
        settings: &[
            CUBIC_1MM[0],
            CUBIC_1MM[1],
            CUBIC_1MM[2],
            RANGE,
            ("filter.images", "mean"),
            IN_VOLUME,
            MIRROR,
            ("filter.mean.size", "5"),
        ],
    },
    Preset {
        name: "ibsi2-3a",
        title: "IBSI-2 configuration 3.A: 2D, Laplacian of Gaussian of 1.5 mm",
        settings: &[
            RANGE,
            ("filter.images", "log"),
            IN_SLICES,
            MIRROR,
            ("filter.log.sigma_mm", "1.5"),
            ("filter.log.cutoff", "4"),
        ],
    },
    Preset {
        name: "ibsi2-3b",
        title: "IBSI-2 configuration 3.B: 3D, Laplacian of Gaussian of 1.5 mm",
        settings: &[
            CUBIC_1MM[0],
            CUBIC_1MM[1],
            CUBIC_1MM[2],
            RANGE,
            ("filter.images", "log"),
            IN_VOLUME,
            MIRROR,
            ("filter.log.sigma_mm", "1.5"),
            ("filter.log.cutoff", "4"),
        ],
    },
    Preset {
        name: "ibsi2-4a",
        title: "IBSI-2 configuration 4.A: 2D, Laws L5E5, max of rotations, energy map",
        settings: &[
            RANGE,
            ("filter.images", "laws"),
            IN_SLICES,
            MIRROR,
            ("filter.laws.kernels", "L5E5"),
            ("filter.laws.pooling", "max"),
            ("filter.laws.energy", "true"),
            ("filter.laws.energy_delta", "7"),
        ],
    },
    Preset {
        name: "ibsi2-4b",
        title: "IBSI-2 configuration 4.B: 3D, Laws L5E5E5, max of rotations, energy map",
        settings: &[
            CUBIC_1MM[0],
            CUBIC_1MM[1],
            CUBIC_1MM[2],
            RANGE,
            ("filter.images", "laws"),
            IN_VOLUME,
            MIRROR,
            ("filter.laws.kernels", "L5E5E5"),
            ("filter.laws.pooling", "max"),
            ("filter.laws.energy", "true"),
            ("filter.laws.energy_delta", "7"),
        ],
    },
    Preset {
        name: "ibsi2-5a",
        title: "IBSI-2 configuration 5.A: 2D, Gabor of 5 mm and 2 mm, mean of 16 orientations",
        settings: &[
            RANGE,
            ("filter.images", "gabor"),
            MIRROR,
            ("filter.gabor.sigma_mm", "5"),
            ("filter.gabor.lambda_mm", "2"),
            ("filter.gabor.gamma", "1.5"),
            ("filter.gabor.pooling", "mean"),
            ("filter.gabor.step_deg", "22.5"),
            ("filter.gabor.planes", "axial"),
        ],
    },
    Preset {
        name: "ibsi2-5b",
        title: "IBSI-2 configuration 5.B: 3D, Gabor of 5 mm and 2 mm, mean of 16 orientations and 3 planes",
        settings: &[
            CUBIC_1MM[0],
            CUBIC_1MM[1],
            CUBIC_1MM[2],
            RANGE,
            ("filter.images", "gabor"),
            MIRROR,
            ("filter.gabor.sigma_mm", "5"),
            ("filter.gabor.lambda_mm", "2"),
            ("filter.gabor.gamma", "1.5"),
            ("filter.gabor.pooling", "mean"),
            ("filter.gabor.step_deg", "22.5"),
            ("filter.gabor.planes", "orthogonal"),
        ],
    },
    Preset {
        name: "ibsi2-6a",
        title: "IBSI-2 configuration 6.A: 2D, Daubechies 3 LH at level 1, mean of rotations",
        settings: &[
            RANGE,
            ("filter.images", "wavelet"),
            IN_SLICES,
            MIRROR,
            ("filter.wavelet.name", "db3"),
            ("filter.wavelet.level", "1"),
            ("filter.wavelet.bands", "LH"),
            ("filter.wavelet.pooling", "mean"),
        ],
    },
    Preset {
        name: "ibsi2-6b",
        title: "IBSI-2 configuration 6.B: 3D, Daubechies 3 LLH at level 1, mean of rotations",
        settings: &[
            CUBIC_1MM[0],
            CUBIC_1MM[1],
            CUBIC_1MM[2],
            RANGE,
            ("filter.images", "wavelet"),
            IN_VOLUME,
            MIRROR,
            ("filter.wavelet.name", "db3"),
            ("filter.wavelet.level", "1"),
            ("filter.wavelet.bands", "LLH"),
            ("filter.wavelet.pooling", "mean"),
        ],
    },
    Preset {
        name: "ibsi2-7a",
        title: "IBSI-2 configuration 7.A: 2D, Daubechies 3 HH at level 2, mean of rotations",
        settings: &[
            RANGE,
            ("filter.images", "wavelet"),
            IN_SLICES,
            MIRROR,
            ("filter.wavelet.name", "db3"),
            ("filter.wavelet.level", "2"),
            ("filter.wavelet.bands", "HH"),
            ("filter.wavelet.pooling", "mean"),
        ],
    },
    Preset {
        name: "ibsi2-7b",
        title: "IBSI-2 configuration 7.B: 3D, Daubechies 3 HHH at level 2, mean of rotations",
        settings: &[
            CUBIC_1MM[0],
            CUBIC_1MM[1],
            CUBIC_1MM[2],
            RANGE,
            ("filter.images", "wavelet"),
            IN_VOLUME,
            MIRROR,
            ("filter.wavelet.name", "db3"),
            ("filter.wavelet.level", "2"),
            ("filter.wavelet.bands", "HHH"),
            ("filter.wavelet.pooling", "mean"),
        ],
    },
    Preset {
        name: "ibsi2-8a",
        title: "IBSI-2 configuration 8.A: 2D, Simoncelli B map at level 1",
        settings: &[
            RANGE,
            ("filter.images", "simoncelli"),
            IN_SLICES,
            PERIODIC,
            ("filter.simoncelli.level", "1"),
        ],
    },
    Preset {
        name: "ibsi2-8b",
        title: "IBSI-2 configuration 8.B: 3D, Simoncelli B map at level 1",
        settings: &[
            CUBIC_1MM[0],
            CUBIC_1MM[1],
            CUBIC_1MM[2],
            RANGE,
            ("filter.images", "simoncelli"),
            IN_VOLUME,
            PERIODIC,
            ("filter.simoncelli.level", "1"),
        ],
    },
    Preset {
        name: "ibsi2-9a",
        title: "IBSI-2 configuration 9.A: 2D, Simoncelli B map at level 2",
        settings: &[
            RANGE,
            ("filter.images", "simoncelli"),
            IN_SLICES,
            PERIODIC,
            ("filter.simoncelli.level", "2"),
        ],
    },
    Preset {
        name: "ibsi2-9b",
        title: "IBSI-2 configuration 9.B: 3D, Simoncelli B map at level 2",
        settings: &[
            CUBIC_1MM[0],
            CUBIC_1MM[1],
            CUBIC_1MM[2],
            RANGE,
            ("filter.images", "simoncelli"),
            IN_VOLUME,
            PERIODIC,
            ("filter.simoncelli.level", "2"),
        ],
    },
];
