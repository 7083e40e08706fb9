//! What the benchmarks share: how long they take, and the table of nanoseconds for each voxel at their end.
#![allow(dead_code, reason = "not every benchmark uses all of it")]

pub mod report;

/// The settings of the whole 3D set: 64 levels, without what looks at all pairs of voxels.
pub const SET: [(&str, &str); 2] =
    [("discretise.bin_count", "64"), ("morphology.spatial", "false")];

/// Families, and what there is beside them: features that need reading alone, or grey levels as well.
pub const FAMILIES: [&str; 11] = [
    "morphology",
    "local_intensity",
    "statistics",
    "intensity_histogram",
    "intensity_volume_histogram",
    "glcm",
    "glrlm",
    "glszm",
    "gldzm",
    "ngtdm",
    "ngldm",
];
