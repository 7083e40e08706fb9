//! The texture matrices of the digital phantom, as printed in the appendix of the IBSI manual.

mod directionless;
