//! The surface inside a cube of eight voxel centres, for each of the 256 ways in which they can lie inside or
//! outside: marching cubes at level 0.5.
//!
//! The table is derived, not listed. On each face of the cube the surface separates inside corners from outside
//! ones; where two inside corners face each other diagonally, each is cut off on its own, as in the classic tables
//! (Lorensen and Cline 1987). The segments on the faces close to loops, and a loop is filled by triangles:
//!
//! - a loop of six points with as many inside as outside corners: a triangle of every other point, and the three
//!   triangles beside it;
//! - any other loop: a fan from the point whose two corners differ most in how many points of the loop they have.
//!
//! These are the surfaces of the classic tables, said without numbering the axes. Where the rule leaves a choice
//! (two such fans, the other three points), both choices are made of triangles of the same shape, whatever the
//! spacing: the surface turns and mirrors with the mask. Lewiner's tables differ from it at ambiguous faces only.

/// A corner or edge middle in half voxels from the first corner of the cube.
type Point = [i32; 3];

/// Corners of the six faces, counterclockwise from outside: x = 0, x = 1, y = 0, y = 1, z = 0, z = 1.
const FACES: [[usize; 4]; 6] =
    [[4, 6, 2, 0], [1, 3, 7, 5], [1, 5, 4, 0], [2, 6, 7, 3], [2, 3, 1, 0], [4, 5, 7, 6]];

/// Edges of a cube.
const EDGES: usize = 12;

/// Most triangles that a configuration has.
const MOST: usize = 5;

/// The doubled area vector of a triangle has no component above this, in squared half voxels.
const LARGEST: i32 = 4;

/// Kinds of triangles that have the same area, whatever the spacing.
pub(super) const KINDS: usize = ((LARGEST + 1) * (LARGEST + 1) * (LARGEST + 1)) as usize;

/// What lies inside one cube.
#[derive(Clone, Copy, Debug)]
pub(super) struct Patch {
    /// The enclosed part of the cube in 48ths.
    pub volume: u8,
    kinds: [u8; MOST],
    triangles: u8,
}

impl Patch {
    /// The kind of each triangle.
    pub(super) fn kinds(&self) -> impl Iterator<Item = usize> + '_ {
        self.kinds.iter().take(usize::from(self.triangles)).map(|k| usize::from(*k))
    }
}

/// The patches; bit `c` of the index says whether corner `c` is inside, and corner `c` lies at x = bit 0, y = bit 1,
/// z = bit 2 of `c`.
pub(super) static PATCHES: [Patch; 256] = {
    let mut out = [Patch { volume: 0, kinds: [0; MOST], triangles: 0 }; 256];
    let mut inside = 0;
    while inside < 256 {
        out[inside] = patch(inside);
        inside += 1;
    }
    out
};

/// Sizes of the components of the doubled area vector of a kind, in squared half voxels.
pub(super) const fn components(kind: usize) -> [u8; 3] {
    let n = (LARGEST + 1) as usize;
    [(kind / (n * n)) as u8, (kind / n % n) as u8, (kind % n) as u8]
}

const fn is_inside(inside: usize, corner: usize) -> bool {
    inside >> corner & 1 == 1
}

/// The corners of an edge: four edges along x, four along y, four along z.
const fn ends(edge: usize) -> [usize; 2] {
    let (axis, place) = (edge / 4, edge % 4);
    // The two bits of `place` stand on either side of the bit of the axis.
    let first = place & ((1 << axis) - 1) | (place >> axis) << (axis + 1);
    [first, first | 1 << axis]
}

/// The edge between two corners.
const fn edge(a: usize, b: usize) -> usize {
    let (axis, first) = ((a ^ b).trailing_zeros() as usize, a & b);
    4 * axis + (first & ((1 << axis) - 1) | first >> (axis + 1) << axis)
}

/// The middle of an edge.
const fn middle(edge: usize) -> Point {
    let [a, b] = ends(edge);
    let mut out = [0; 3];
    let mut axis = 0;
    while axis < 3 {
        out[axis] = ((a >> axis & 1) + (b >> axis & 1)) as i32;
        axis += 1;
    }
    out
}

const fn patch(inside: usize) -> Patch {
    // From each edge where the surface enters a face to the edge where it leaves it; EDGES: not crossed. Seen from
    // outside, the surface has what it encloses behind it.
    let mut after = [EDGES; EDGES];
    // Six times the enclosed volume, in cubed half voxels: 48 in a whole cube.
    let mut volume = 0;
    let mut f = 0;
    while f < 6 {
        let face = FACES[f];
        if f % 2 == 1 {
            volume += 2 * doubled_area(face, inside);
        }
        let mut k = 0;
        while k < 4 {
            let next = face[(k + 1) % 4];
            if is_inside(inside, face[k]) && !is_inside(inside, next) {
                // Back along the inside corners to where the boundary came in.
                let mut first = k;
                while is_inside(inside, face[(first + 3) % 4]) {
                    first = (first + 3) % 4;
                }
                after[edge(face[(first + 3) % 4], face[first])] = edge(face[k], next);
            }
            k += 1;
        }
        f += 1;
    }
    let mut out = Patch { volume: 0, kinds: [0; MOST], triangles: 0 };
    let mut start = 0;
    while start < EDGES {
        let mut points = [0; EDGES];
        let mut n = 0;
        let mut at = start;
        while after[at] != EDGES {
            points[n] = at;
            n += 1;
            let next = after[at];
            after[at] = EDGES;
            at = next;
        }
        if n > 0 {
            volume += fill(points, n, inside, &mut out);
        }
        start += 1;
    }
    out.volume = volume as u8;
    out
}

/// Twice the inside area of a face in squared half voxels.
const fn doubled_area(face: [usize; 4], inside: usize) -> i32 {
    let mut corners = 0;
    let mut k = 0;
    while k < 4 {
        corners += is_inside(inside, face[k]) as usize;
        k += 1;
    }
    let diagonal = is_inside(inside, face[0]) == is_inside(inside, face[2]);
    match corners {
        0 => 0,
        1 => 1,
        2 if diagonal => 2,
        2 => 4,
        3 => 7,
        _ => 8,
    }
}

/// Fills a loop of `n` edge middles with triangles; returns six times the volume between them and the first corner.
const fn fill(points: [usize; EDGES], n: usize, inside: usize, out: &mut Patch) -> i32 {
    let mut at_corner = [0i32; 8];
    let mut i = 0;
    while i < n {
        let [a, b] = ends(points[i]);
        at_corner[a] += 1;
        at_corner[b] += 1;
        i += 1;
    }
    let mut balance = 0;
    let mut corner = 0;
    while corner < 8 {
        if at_corner[corner] > 0 {
            balance += if is_inside(inside, corner) { 1 } else { -1 };
        }
        corner += 1;
    }
    let p = points;
    if n == 6 && balance == 0 {
        return triangle(p[0], p[2], p[4], out)
            + triangle(p[0], p[1], p[2], out)
            + triangle(p[2], p[3], p[4], out)
            + triangle(p[4], p[5], p[0], out);
    }
    let (mut apex, mut most) = (0, -1);
    let mut i = 0;
    while i < n {
        let [a, b] = ends(points[i]);
        let differ = (at_corner[a] - at_corner[b]).abs();
        if differ > most {
            (apex, most) = (i, differ);
        }
        i += 1;
    }
    let mut volume = 0;
    let mut i = 1;
    while i + 1 < n {
        volume += triangle(p[apex], p[(apex + i) % n], p[(apex + i + 1) % n], out);
        i += 1;
    }
    volume
}

/// Adds a triangle; returns six times the volume between it and the first corner.
const fn triangle(a: usize, b: usize, c: usize, out: &mut Patch) -> i32 {
    let (a, b, c) = (middle(a), middle(b), middle(c));
    let u = [b[0] - a[0], b[1] - a[1], b[2] - a[2]];
    let v = [c[0] - a[0], c[1] - a[1], c[2] - a[2]];
    let n = [u[1] * v[2] - u[2] * v[1], u[2] * v[0] - u[0] * v[2], u[0] * v[1] - u[1] * v[0]];
    let base = LARGEST + 1;
    let kind = (n[0].abs() * base + n[1].abs()) * base + n[2].abs();
    // Checked while compiling: the table is a constant.
    assert!(n[0].abs() <= LARGEST && n[1].abs() <= LARGEST && n[2].abs() <= LARGEST);
    out.kinds[out.triangles as usize] = kind as u8;
    out.triangles += 1;
    a[0] * n[0] + a[1] * n[1] + a[2] * n[2]
}
