//! The mean of every feature of a family over several matrices.

use crate::status::{MeanOf, Status, Value};

/// Means of N features.
#[derive(Clone, Debug)]
pub(crate) struct Means<const N: usize>([MeanOf; N]);

impl<const N: usize> Means<N> {
    pub(crate) fn new() -> Self {
        Self(core::array::from_fn(|_| MeanOf::default()))
    }

    /// Adds the features of one matrix.
    pub(crate) fn push(&mut self, features: &[Value; N]) {
        for (mean, value) in self.0.iter_mut().zip(features) {
            mean.push(*value);
        }
    }

    /// The means; without any matrix undefined for `empty`.
    pub(crate) fn means(&self, empty: Status) -> [Value; N] {
        core::array::from_fn(|i| self.0[i].mean(empty))
    }
}
