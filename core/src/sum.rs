//! Sums of floating point numbers with one fixed shape.
//!
//! Addition is not associative, so the order is part of the result. Here it depends on the number of
//! terms alone: blocks of [`BLOCK`] terms, [`LANES`] interleaved lanes in a block, and a binary tree over
//! the blocks. The tree also keeps the rounding error at the logarithm of the number of terms.

/// Terms in one block.
pub const BLOCK: usize = 1024;
/// Interleaved partial sums within a block.
pub const LANES: usize = 8;

/// Running sum of `W` quantities over the same terms.
///
/// ```
/// use radiomics::sum::Sums;
/// let mut sums = Sums::<2>::new();
/// for x in [1.0, 2.0, 3.0] {
///     sums.push([x, x * x]);
/// }
/// assert_eq!(sums.total(), [6.0, 14.0]);
/// ```
#[derive(Clone, Debug)]
pub struct Sums<const W: usize> {
    lanes: [[f64; W]; LANES],
    pending: usize,
    blocks: u64,
    /// Partial sum of a full subtree of 2^level blocks, where the bit `level` of `blocks` is set.
    tree: [[f64; W]; 54],
}

impl<const W: usize> Default for Sums<W> {
    fn default() -> Self {
        Self::new()
    }
}

fn add<const W: usize>(a: [f64; W], b: [f64; W]) -> [f64; W] {
    let mut out = a;
    for (o, b) in out.iter_mut().zip(b) {
        *o += b;
    }
    out
}

impl<const W: usize> Sums<W> {
    /// An empty sum.
    pub const fn new() -> Self {
        Self { lanes: [[0.0; W]; LANES], pending: 0, blocks: 0, tree: [[0.0; W]; 54] }
    }

    /// Adds one term to each quantity.
    #[inline]
    pub fn push(&mut self, terms: [f64; W]) {
        let lane = &mut self.lanes[self.pending % LANES];
        *lane = add(*lane, terms);
        self.pending += 1;
        if self.pending == BLOCK {
            self.close_block();
        }
    }

    fn lane_total(&self) -> [f64; W] {
        let l = &self.lanes;
        add(add(add(l[0], l[1]), add(l[2], l[3])), add(add(l[4], l[5]), add(l[6], l[7])))
    }

    fn close_block(&mut self) {
        let mut carry = self.lane_total();
        let mut level = 0;
        while self.blocks >> level & 1 == 1 {
            carry = add(self.tree[level], carry);
            level += 1;
        }
        self.tree[level] = carry;
        self.blocks += 1;
        self.lanes = [[0.0; W]; LANES];
        self.pending = 0;
    }

    /// The sums so far.
    pub fn total(&self) -> [f64; W] {
        let mut total = self.lane_total();
        let mut left = self.blocks;
        while left != 0 {
            let level = left.trailing_zeros() as usize;
            total = add(self.tree[level], total);
            left &= left - 1;
        }
        // A sum of negative zeros is a zero, and every zero leaves this crate positive.
        add(total, [0.0; W])
    }
}

/// The sum of an iterator's terms.
pub fn sum(terms: impl IntoIterator<Item = f64>) -> f64 {
    let mut sums = Sums::<1>::new();
    for term in terms {
        sums.push([term]);
    }
    sums.total()[0]
}
