//! A workspace on the heap, for programs that have one.

use alloc::vec;
use alloc::vec::Vec;

use super::{Grid, Plan, Summary};
use crate::error::Error;
use crate::host::{Executor, Host, Watch};
use crate::status::{Status, Value};
use crate::view::{BoundingBox, Image, Region};

/// A workspace that grows to what a plan announces and is used again for the next region.
#[derive(Clone, Debug, Default)]
pub struct Workspace {
    words: Vec<u64>,
}

impl Workspace {
    /// An empty workspace.
    pub const fn new() -> Self {
        Self { words: Vec::new() }
    }

    /// Bytes held at the moment.
    pub fn bytes(&self) -> usize {
        self.words.len() * crate::workspace::WORD
    }

    /// Makes room for so many words; what was in it is not kept.
    fn grow(&mut self, words: usize) -> Result<(), Error> {
        if self.words.len() < words {
            self.words = Vec::new();
            // Asked for once in vain, so that too much is an error; then taken as pages that the system clears when
            // they are first touched, which is quicker than to write zeros.
            let mut attempt = Vec::<u64>::new();
            attempt.try_reserve_exact(words).map_err(|_| Error::TooLarge { field: "workspace" })?;
            drop(attempt);
            self.words = vec![0; words];
        }
        Ok(())
    }

    /// Computes every column for one region; the values are in the order of [`Plan::columns`].
    ///
    /// # Errors
    /// As [`Plan::extract`]; [`Error::TooLarge`] when the memory is not to be had.
    pub fn extract<E: Executor>(
        &mut self,
        plan: &Plan,
        image: &Image,
        region: &Region,
        host: &Host<'_, E>,
    ) -> Result<(Vec<Value>, Summary), Error> {
        let watch = Watch::new(host.progress, 1);
        let empty = BoundingBox { start: [0; 3], shape: [0; 3] };
        let bounds = region.bounds(&watch)?.unwrap_or(empty);
        // Regions of another extent are refused below.
        if region.shape() == image.shape() {
            let workers = host.executor.workers();
            let words = plan.workspace(&Grid::of(image), bounds, workers)?.words();
            self.grow(words)?;
        }
        let mut numbers = vec![0.0; plan.len()];
        let mut status = vec![Status::NotComputed; plan.len()];
        let summary =
            plan.extract(image, region, host, &mut self.words, &mut numbers, &mut status)?;
        let values = numbers.iter().zip(&status).map(|(n, s)| Value::stored(*n, *s)).collect();
        Ok((values, summary))
    }
}
