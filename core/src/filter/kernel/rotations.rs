//! The rotations by right angles: 4 in a slice, 24 in a volume.

/// Which kernel acts along each axis, and whether it is turned round.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Rotation {
    pub kernel: [usize; 3],
    pub flipped: [bool; 3],
}

/// With which signs a response is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Signs {
    Plus,
    Minus,
    Both,
}

impl Rotation {
    /// What happens along one axis, as a number below 8; kernels turned the same way are neighbours.
    pub(crate) fn part(&self, axis: usize) -> usize {
        self.kernel[axis] + 4 * usize::from(self.flipped[axis])
    }
}

/// Permutations of three axes and whether they are odd; the first two keep the third axis.
const PERMUTATIONS: [([usize; 3], bool); 6] = [
    ([0, 1, 2], false),
    ([1, 0, 2], true),
    ([0, 2, 1], true),
    ([1, 2, 0], false),
    ([2, 0, 1], false),
    ([2, 1, 0], true),
];

/// The rotations: permutations of the axes with reversals that together do not mirror.
pub(crate) fn rotations(dimensions: usize) -> impl Iterator<Item = Rotation> {
    let (permutations, reversals) = if dimensions == 2 { (2, 4) } else { (6, 8) };
    PERMUTATIONS.iter().take(permutations).flat_map(move |(kernel, odd)| {
        (0..reversals).filter_map(move |bits: u32| {
            let mirrored = bits.count_ones() % 2 == 1;
            (mirrored == *odd).then_some(Rotation {
                kernel: *kernel,
                flipped: [bits & 1 != 0, bits & 2 != 0, bits & 4 != 0],
            })
        })
    })
}
