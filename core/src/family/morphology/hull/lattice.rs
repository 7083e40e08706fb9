//! How many corners a convex polygon of half voxels can have.
//!
//! Its edges all point in different directions, and in a box of finite size there is room only for so many short
//! ones: about the side to the power 2/3.

/// The most corners of a convex polygon in a layer through voxel centres, and in one between them, for slices
/// of `nx` times `ny` voxels. Both rise with either side.
pub(super) fn most_corners(nx: usize, ny: usize) -> [usize; 2] {
    // Through voxel centres x + y is odd, so of (dx + dy) / 2 and (dx - dy) / 2 both are whole, and the larger
    // one of an edge is half of |dx| + |dy|, which sums to at most twice the box's sides 2 nx and 2 ny.
    // 8 phi(s) directions have a larger coordinate of s.
    let through = distinct(2 * (nx + ny), 8);
    // Between them x and y are even; halved, the edges sum to twice nx - 1 and ny - 1, and 4 phi(s) directions
    // have |dx| + |dy| = s.
    let between = distinct(2 * (nx + ny - 2), 4);
    // A row and a column give two corners at most; a point is a polygon, too.
    let thin = |n: usize, rows: usize| n.min(2 * rows).max(1);
    [thin(through, 2 * nx.min(ny) + 1), thin(between, nx.min(ny))]
}

/// How many directions of the shortest lengths fit a total, when `each` times phi(s) have the length s.
fn distinct(total: usize, each: usize) -> usize {
    let (mut left, mut count, mut length) = (total, 0, 1);
    while left >= length {
        let fit = (each * coprime(length)).min(left / length);
        count += fit;
        left -= fit * length;
        length += 1;
    }
    count
}

/// Euler's phi: how many of 1 to `n` have no factor in common with `n`.
fn coprime(n: usize) -> usize {
    let (mut rest, mut phi, mut prime) = (n, n, 2);
    while prime * prime <= rest {
        if rest % prime == 0 {
            phi -= phi / prime;
            while rest % prime == 0 {
                rest /= prime;
            }
        }
        prime += 1;
    }
    if rest > 1 { phi - phi / rest } else { phi }
}
