//! Ways to interpolate.

/// A way to interpolate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Method {
    /// The nearest voxel; halfway, the one with the higher index.
    Nearest,
    /// Linear along each axis.
    Linear,
    /// Interpolating cubic B-spline along each axis.
    Cubic,
}
