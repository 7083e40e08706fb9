//! A value, or the reason why there is none.

/// Why a column has the value it has.
///
/// The codes are pinned: they appear in files and behind the C interface and are only ever appended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
#[repr(u8)]
pub enum Status {
    /// The value follows from the definition.
    Ok = 0,
    /// A degenerate case to which the IBSI manual assigns this value.
    OkByConvention = 1,
    /// The region holds no voxel.
    EmptyRegion = 10,
    /// Re-segmentation removed every voxel of the region.
    EmptyIntensityMask = 11,
    /// The region has too few voxels for this feature.
    TooFewVoxels = 12,
    /// No pair of voxels lies at the asked distance and direction inside the region.
    NoNeighbours = 13,
    /// The definition divides by a quantity that is zero here.
    ZeroDenominator = 14,
    /// All intensities are equal and the definition divides by their spread.
    ZeroVariance = 15,
    /// The region has no extent in at least one direction.
    FlatRegion = 16,
    /// There is one grey level, and the definition compares a level with its neighbours.
    TooFewLevels = 17,
    /// The region holds NaN or infinite intensities and no range removes them.
    NonFiniteIntensity = 20,
    /// Without discretisation, the intensities are not integer grey levels from 1 up.
    NotGreyLevels = 21,
    /// Discretisation gives more grey levels than the plan allows.
    TooManyLevels = 22,
    /// The result does not fit a finite floating point number.
    Overflow = 30,
    /// An iteration stopped before its stated bound was reached.
    NotConverged = 31,
    /// The host cancelled the extraction.
    Cancelled = 40,
    /// The extraction failed before this column was computed.
    NotComputed = 41,
}

impl Status {
    /// All statuses, in the order of their codes.
    pub const ALL: &'static [Status] = &[
        Status::Ok,
        Status::OkByConvention,
        Status::EmptyRegion,
        Status::EmptyIntensityMask,
        Status::TooFewVoxels,
        Status::NoNeighbours,
        Status::ZeroDenominator,
        Status::ZeroVariance,
        Status::FlatRegion,
        Status::TooFewLevels,
        Status::NonFiniteIntensity,
        Status::NotGreyLevels,
        Status::TooManyLevels,
        Status::Overflow,
        Status::NotConverged,
        Status::Cancelled,
        Status::NotComputed,
    ];

    /// The pinned number.
    pub const fn code(self) -> u8 {
        self as u8
    }

    /// The word that stands in tables.
    pub const fn name(self) -> &'static str {
        match self {
            Status::Ok => "ok",
            Status::OkByConvention => "ok_by_convention",
            Status::EmptyRegion => "empty_region",
            Status::EmptyIntensityMask => "empty_intensity_mask",
            Status::TooFewVoxels => "too_few_voxels",
            Status::NoNeighbours => "no_neighbours",
            Status::ZeroDenominator => "zero_denominator",
            Status::ZeroVariance => "zero_variance",
            Status::FlatRegion => "flat_region",
            Status::TooFewLevels => "too_few_levels",
            Status::NonFiniteIntensity => "non_finite_intensity",
            Status::NotGreyLevels => "not_grey_levels",
            Status::TooManyLevels => "too_many_levels",
            Status::Overflow => "overflow",
            Status::NotConverged => "not_converged",
            Status::Cancelled => "cancelled",
            Status::NotComputed => "not_computed",
        }
    }

    /// Whether a value stands beside this status.
    pub const fn has_value(self) -> bool {
        matches!(self, Status::Ok | Status::OkByConvention)
    }
}

/// A number with its status. Without a value the number is the canonical quiet NaN.
#[derive(Clone, Copy, Debug)]
pub struct Value {
    number: f64,
    status: Status,
}

impl Value {
    /// What stands in a column before it is computed.
    pub const PENDING: Value = Value::undefined(Status::NotComputed);

    /// A value that follows from the definition; a NaN or an infinity becomes [`Status::Overflow`].
    pub fn ok(number: f64) -> Self {
        Self::with(number, Status::Ok)
    }

    /// A value that the IBSI manual assigns to a degenerate case.
    pub fn by_convention(number: f64) -> Self {
        Self::with(number, Status::OkByConvention)
    }

    /// No value, and why.
    pub const fn undefined(status: Status) -> Self {
        debug_assert!(!status.has_value());
        Self { number: f64::NAN, status }
    }

    /// `numerator / denominator`, or `reason` where the denominator is zero.
    pub fn ratio(numerator: f64, denominator: f64, reason: Status) -> Self {
        if denominator == 0.0 { Self::undefined(reason) } else { Self::ok(numerator / denominator) }
    }

    /// A value as it was written to two output slices.
    pub fn stored(number: f64, status: Status) -> Self {
        if status.has_value() { Self::with(number, status) } else { Self::undefined(status) }
    }

    fn with(number: f64, status: Status) -> Self {
        if number.is_finite() {
            // Adding zero turns a negative zero positive and changes nothing else.
            Self { number: number + 0.0, status }
        } else {
            Self::undefined(Status::Overflow)
        }
    }

    /// The number; NaN where there is none.
    pub const fn number(self) -> f64 {
        self.number
    }

    /// The status.
    pub const fn status(self) -> Status {
        self.status
    }

    /// This value transformed; a missing value stays missing for the same reason.
    pub fn map(self, f: impl FnOnce(f64) -> f64) -> Self {
        if self.status.has_value() { Self::with(f(self.number), self.status) } else { self }
    }
}

/// The unweighted mean of one feature over several matrices (directions, slices).
///
/// One undefined part makes the mean undefined, for the reason of the first such part; one part by
/// convention makes the mean one by convention. Without any part the mean is undefined for `empty`.
#[derive(Clone, Debug)]
pub struct MeanOf {
    total: f64,
    count: u64,
    status: Status,
}

impl Default for MeanOf {
    fn default() -> Self {
        Self { total: 0.0, count: 0, status: Status::Ok }
    }
}

impl MeanOf {
    /// Adds one part.
    pub fn push(&mut self, part: Value) {
        self.count += 1;
        match (self.status.has_value(), part.status) {
            (true, Status::Ok) => self.total += part.number,
            (true, Status::OkByConvention) => {
                self.total += part.number;
                self.status = Status::OkByConvention;
            }
            (true, reason) => self.status = reason,
            (false, _) => {}
        }
    }

    /// The mean of the parts.
    pub fn mean(&self, empty: Status) -> Value {
        if self.count == 0 {
            Value::undefined(empty)
        } else if self.status.has_value() {
            Value::with(self.total / self.count as f64, self.status)
        } else {
            Value::undefined(self.status)
        }
    }
}
