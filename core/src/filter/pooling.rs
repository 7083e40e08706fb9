//! Rotation invariance: the responses of several orientations made one.

/// How the responses of several orientations become one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pooling {
    /// One orientation only: no rotation invariance.
    None,
    /// The largest.
    Max,
    /// The mean.
    Mean,
    /// The smallest.
    Min,
    /// The sum.
    Sum,
}

impl Pooling {
    /// The machine word.
    pub const fn name(self) -> &'static str {
        match self {
            Pooling::None => "none",
            Pooling::Max => "max",
            Pooling::Mean => "mean",
            Pooling::Min => "min",
            Pooling::Sum => "sum",
        }
    }
}
