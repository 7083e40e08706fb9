//! Why a call was refused or ended early.

use core::fmt;

/// A short text copied from the caller, cut after 64 bytes.
pub type Excerpt = heapless::String<64>;

/// Copies as much of a text as an error can carry.
pub fn excerpt(text: &str) -> Excerpt {
    let mut out = Excerpt::new();
    for c in text.chars() {
        if out.push(c).is_err() {
            break;
        }
    }
    out
}

/// The value that an error is about.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Detail {
    /// An integer.
    Integer(i64),
    /// A real number.
    Real(f64),
    /// A text, cut to what an error can carry.
    Text(Excerpt),
}

impl From<f64> for Detail {
    fn from(x: f64) -> Self {
        Detail::Real(x)
    }
}
impl From<usize> for Detail {
    fn from(x: usize) -> Self {
        Detail::Integer(i64::try_from(x).unwrap_or(i64::MAX))
    }
}
impl From<isize> for Detail {
    fn from(x: isize) -> Self {
        Detail::Integer(x as i64)
    }
}
impl From<u32> for Detail {
    fn from(x: u32) -> Self {
        Detail::Integer(i64::from(x))
    }
}
impl From<i64> for Detail {
    fn from(x: i64) -> Self {
        Detail::Integer(x)
    }
}
impl From<u64> for Detail {
    fn from(x: u64) -> Self {
        Detail::Integer(i64::try_from(x).unwrap_or(i64::MAX))
    }
}
impl From<&str> for Detail {
    fn from(x: &str) -> Self {
        Detail::Text(excerpt(x))
    }
}

impl fmt::Display for Detail {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Detail::Integer(x) => write!(f, "{x}"),
            Detail::Real(x) => write!(f, "{x}"),
            Detail::Text(x) => write!(f, "\"{x}\""),
        }
    }
}

/// Why a call was refused or ended early. No output of a failed call holds a value.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Error {
    /// An argument does not hold what it must.
    Invalid {
        /// The argument, dotted from the outside in (`image.spacing[1]`, `resample.spacing_mm`).
        field: &'static str,
        /// What it held.
        value: Detail,
        /// What it must hold.
        expected: &'static str,
    },
    /// No option has this key.
    UnknownKey {
        /// The key as given.
        key: Excerpt,
        /// The existing key that looks most like it.
        nearest: &'static str,
    },
    /// No family, feature name, IBSI code or tag is written like this.
    UnknownFeature {
        /// The selector as given.
        selector: Excerpt,
    },
    /// The workspace is smaller than what was announced.
    WorkspaceTooSmall {
        /// Words of 8 bytes that are needed.
        needed: usize,
        /// Words of 8 bytes that were given.
        given: usize,
    },
    /// An output slice has the wrong length.
    OutputLength {
        /// The slice.
        field: &'static str,
        /// Columns of the plan.
        needed: usize,
        /// Length given.
        given: usize,
    },
    /// The sizes are so large that the memory they need cannot be addressed.
    TooLarge {
        /// What is too large.
        field: &'static str,
    },
    /// The host asked to stop.
    Cancelled,
    /// One element of a list does not hold what it must.
    InvalidAt {
        /// The list (`indices`, `contours.points`).
        field: &'static str,
        /// Which element, from 0.
        position: usize,
        /// What it held.
        value: Detail,
        /// What it must hold.
        expected: &'static str,
    },
}

impl Error {
    /// An argument that does not hold what it must.
    pub fn invalid(field: &'static str, value: impl Into<Detail>, expected: &'static str) -> Self {
        Error::Invalid { field, value: value.into(), expected }
    }

    /// An element of a list that does not hold what it must.
    pub fn invalid_at(
        field: &'static str,
        position: usize,
        value: impl Into<Detail>,
        expected: &'static str,
    ) -> Self {
        Error::InvalidAt { field, position, value: value.into(), expected }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Error::Invalid { field, value, expected } => {
                write!(f, "{field} is {value}: expected {expected}")
            }
            Error::UnknownKey { key, nearest } => {
                write!(f, "unknown option \"{key}\": did you mean \"{nearest}\"?")
            }
            Error::UnknownFeature { selector } => write!(
                f,
                "\"{selector}\" is no family, feature name, IBSI code or tag of this plan"
            ),
            Error::WorkspaceTooSmall { needed, given } => {
                write!(f, "workspace holds {given} words of 8 bytes: {needed} are needed")
            }
            Error::OutputLength { field, needed, given } => {
                write!(f, "{field} has length {given}: the plan has {needed} columns")
            }
            Error::TooLarge { field } => {
                write!(f, "{field} is too large: the memory it needs cannot be addressed")
            }
            Error::Cancelled => f.write_str("cancelled by the host"),
            Error::InvalidAt { field, position, value, expected } => {
                write!(f, "{field}[{position}] is {value}: expected {expected}")
            }
        }
    }
}

impl core::error::Error for Error {}
