//! The rotations of a kernel that differ, in the order in which they share most.

use super::{Line, Rotation, Separable, Signs, rotations};
use crate::filter::Pooling;

/// A rotation, and the signs with which its response is met.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Turned {
    pub rotation: Rotation,
    pub signs: Signs,
}

impl Turned {
    pub(super) fn part(&self, axis: usize) -> usize {
        self.rotation.part(axis)
    }

    /// Rotations with the same parts along z, then along y, are neighbours.
    fn key(&self) -> usize {
        (0..3).rev().fold(0, |key, axis| key * 8 + self.part(axis))
    }
}

/// What is computed, and the factor of what was pooled.
#[derive(Debug)]
pub(super) struct Orientations {
    pub all: heapless::Vec<Turned, 24>,
    pub scale: f64,
}

impl Orientations {
    /// The rotations of a kernel; those that differ by a sign only are one.
    ///
    /// Every rotated kernel is met by as many rotations as leave it as it is: once is enough.
    pub(super) fn of(kernel: &Separable) -> Self {
        let mut all: heapless::Vec<Turned, 24> = heapless::Vec::new();
        if kernel.pooling == Pooling::None {
            let rotation = Rotation { kernel: [0, 1, 2], flipped: [false; 3] };
            let _ = all.push(Turned { rotation, signs: Signs::Plus });
            return Self { all, scale: 1.0 };
        }
        for rotation in rotations(kernel.dimensions) {
            // 4 or 24 of them.
            let _ = all.push(canonical(kernel, rotation));
        }
        let total = all.len();
        all.sort_unstable_by_key(|t| (t.key(), t.signs));
        let mut different = 0;
        let mut out: heapless::Vec<Turned, 24> = heapless::Vec::new();
        let mut last = None;
        for turned in all {
            if last == Some(turned) {
                continue;
            }
            last = Some(turned);
            different += 1;
            match out.last_mut() {
                Some(before) if before.key() == turned.key() => before.signs = Signs::Both,
                _ => {
                    let _ = out.push(turned);
                }
            }
        }
        let scale = match kernel.pooling {
            Pooling::Mean => 1.0 / different as f64,
            Pooling::Sum => (total / different.max(1)) as f64,
            _ => 1.0,
        };
        Self { all: out, scale }
    }

    /// How many kernels there are along an axis: each as it is or turned round.
    pub(super) fn parts(&self, axis: usize) -> usize {
        (0..8).filter(|part| self.all.iter().any(|t| t.part(axis) == *part)).count()
    }
}

/// The same rotation, written so that equal kernels look equal.
fn canonical(kernel: &Separable, mut rotation: Rotation) -> Turned {
    let mut sign = 1.0;
    for axis in 0..kernel.dimensions {
        let chain = &kernel.chains[rotation.kernel[axis]];
        let parity = chain.iter().try_fold(1.0, |all, line| Some(all * line.parity()?));
        if let (Some(parity), true) = (parity, rotation.flipped[axis]) {
            sign *= parity;
            rotation.flipped[axis] = false;
        }
        let equal = |other: &usize| same(&kernel.chains[*other], chain);
        rotation.kernel[axis] = (0..kernel.dimensions).find(equal).unwrap_or(axis);
    }
    Turned { rotation, signs: if sign < 0.0 { Signs::Minus } else { Signs::Plus } }
}

/// Whether two chains have the same kernels.
pub(super) fn same(a: &[Line], b: &[Line]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.equals(b))
}

/// Neighbours that agree, from the front.
pub(super) fn take_group<'t>(
    rest: &mut &'t [Turned],
    agree: impl Fn(&Turned, &Turned) -> bool,
) -> &'t [Turned] {
    let count = match rest.first() {
        Some(first) => rest.iter().take_while(|t| agree(first, t)).count(),
        None => 0,
    };
    let (group, others) = rest.split_at(count);
    *rest = others;
    group
}
