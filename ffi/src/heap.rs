//! A workspace on the heap.

use std::alloc::{Layout, alloc_zeroed, dealloc};
use std::ptr::NonNull;
use std::slice;

use crate::diagnostic::Fail;

/// Words that are taken as pages which the system clears when they are first touched: a large workspace is there at once,
/// and too large a one is an answer, not the end of the program.
#[derive(Default)]
pub(crate) struct Words(Option<(NonNull<u64>, Layout)>);

impl Words {
    fn len(&self) -> usize {
        self.0.map_or(0, |(_, layout)| layout.size() / size_of::<u64>())
    }

    /// The first `count` words, whatever they hold.
    pub(crate) fn at_least(&mut self, count: usize) -> Result<&mut [u64], Fail> {
        if self.len() < count {
            // Nothing in it is kept: give back first, so that the two never stand side by side.
            *self = Self::default();
            let layout = Layout::array::<u64>(count).map_err(|_| Fail::memory())?;
            // SAFETY: the count is not 0, so that the layout has a size.
            let words = NonNull::new(unsafe { alloc_zeroed(layout) }.cast::<u64>());
            self.0 = Some((words.ok_or_else(Fail::memory)?, layout));
        }
        match self.0 {
            // SAFETY: this allocation holds at least so many words, all written, and is borrowed with `self`.
            Some((words, _)) => Ok(unsafe { slice::from_raw_parts_mut(words.as_ptr(), count) }),
            None => Ok(&mut []),
        }
    }
}

impl Drop for Words {
    fn drop(&mut self) {
        if let Some((words, layout)) = self.0.take() {
            // SAFETY: taken from this allocator with this layout.
            unsafe { dealloc(words.as_ptr().cast(), layout) };
        }
    }
}
