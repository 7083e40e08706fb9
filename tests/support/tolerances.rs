//! Rows that pass but lie outside the unrounded values of the teams, each with the reason.

/// Configuration, tag, reason.
pub const OUTSIDE_TEAMS: &[(&str, &str, &str)] = &[
    ("A", "morph_moran_i", PAIRS),
    ("B", "morph_moran_i", PAIRS),
    ("B", "morph_geary_c", PAIRS),
    ("C", "morph_moran_i", PAIRS),
    ("D", "morph_moran_i", PAIRS),
    ("C", "int_mask_mean_int_reseg_roi", SINGLE),
];

/// Ours equal a visit of all pairs in double precision to 1e-10 (`spatial_naive`); the teams differ from one
/// another and from us from the seventh digit on.
const PAIRS: &str = "few teams, sums over 10^10 pairs in their own precision";

/// 4e-7 HU over 45 981 voxels: 0.02 HU in the sum, less than one voxel rounded otherwise (1 HU).
const SINGLE: &str = "a sum in single precision";

/// Why a row lies outside, where that is known.
pub fn reason(config: &str, tag: &str) -> Option<&'static str> {
    OUTSIDE_TEAMS.iter().find(|(c, t, _)| *c == config && *t == tag).map(|(_, _, reason)| *reason)
}
