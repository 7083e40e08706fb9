//! Lengths that are products of 2, 3 and 5.

pub(super) const fn is_smooth(n: usize) -> bool {
    if n == 0 {
        return false;
    }
    let mut rest = n >> n.trailing_zeros();
    while rest.is_multiple_of(3) {
        rest /= 3;
    }
    while rest.is_multiple_of(5) {
        rest /= 5;
    }
    rest == 1
}

/// The smallest product of 2, 3 and 5 that is at least `n` and at least 1, or `usize::MAX` when it cannot be
/// addressed.
pub const fn smooth_length(n: usize) -> usize {
    if n <= 1 {
        return 1;
    }
    let mut best = usize::MAX;
    let mut fives = 1usize;
    loop {
        let mut odd = fives;
        loop {
            // The power of two that lifts the odd part to n.
            if let Some(power) = n.div_ceil(odd).checked_next_power_of_two()
                && let Some(product) = odd.checked_mul(power)
                && product < best
            {
                best = product;
            }
            match odd.checked_mul(3) {
                Some(next) if odd < n => odd = next,
                _ => break,
            }
        }
        match fives.checked_mul(5) {
            Some(next) if fives < n => fives = next,
            _ => break,
        }
    }
    best
}
