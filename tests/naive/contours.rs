//! Masks of contours, voxel by voxel: every edge of every contour is tried for every centre.

/// How contours of a slice combine.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Combine {
    EvenOdd,
    Union,
    Winding,
}

/// A grid along the axes of the patient.
#[derive(Clone, Debug)]
pub struct Lattice {
    pub shape: [usize; 3],
    pub origin: [f64; 3],
    pub spacing: [f64; 2],
    /// Along z, from the origin.
    pub slices: Vec<f64>,
}

/// Crossings to the right of a centre: how many, and their sum with upward ones positive.
fn crossings(lattice: &Lattice, contour: &[[f64; 3]], x: f64, y: f64) -> (u32, i32) {
    let pixel = |p: [f64; 3]| {
        (
            (p[0] - lattice.origin[0]) / lattice.spacing[0],
            (p[1] - lattice.origin[1]) / lattice.spacing[1],
        )
    };
    let (mut count, mut sum) = (0, 0);
    for i in 0..contour.len() {
        let j = if i == 0 { contour.len() - 1 } else { i - 1 };
        let ((xi, yi), (xj, yj)) = (pixel(contour[i]), pixel(contour[j]));
        if (yi > y) != (yj > y) && x < (xj - xi) * (y - yi) / (yj - yi) + xi {
            count += 1;
            sum += if yi > yj { 1 } else { -1 };
        }
    }
    (count, sum)
}

/// The slice whose position is nearest, the first of equals; none beyond half a slice from the ends.
pub fn slice_of(slices: &[f64], plane: f64, lone_gap: f64) -> Option<usize> {
    let last = slices.len() - 1;
    let (first_gap, last_gap) = match last {
        0 => (lone_gap, lone_gap),
        _ => (slices[1] - slices[0], slices[last] - slices[last - 1]),
    };
    if plane < slices[0] - first_gap / 2.0 || plane > slices[last] + last_gap / 2.0 {
        return None;
    }
    let mut best = 0;
    for k in 1..=last {
        if (plane - slices[k]).abs() < (plane - slices[best]).abs() {
            best = k;
        }
    }
    Some(best)
}

/// Whether a contour has an inside at all: three points that do not share their X or their Y.
fn has_extent(lattice: &Lattice, contour: &[[f64; 3]]) -> bool {
    let pixel = |p: &[f64; 3], a: usize| (p[a] - lattice.origin[a]) / lattice.spacing[a];
    let varies = |a: usize| contour.iter().any(|p| pixel(p, a) != pixel(&contour[0], a));
    contour.len() >= 3 && varies(0) && varies(1)
}

/// The mask of the grid, x fastest, of contours that are flat along the slices, each in its nearest slice.
pub fn mask(
    lattice: &Lattice,
    lone_gap: f64,
    contours: &[Vec<[f64; 3]>],
    combine: Combine,
) -> Vec<u8> {
    let plane = |c: &[[f64; 3]]| c[0][2] - lattice.origin[2];
    let belongs = |c: &[[f64; 3]], z| slice_of(&lattice.slices, plane(c), lone_gap) == Some(z);
    draw(lattice, contours, combine, belongs)
}

/// The mask of which every slice has the contours of the plane nearest to it, within a reach.
pub fn mask_of_nearest_planes(
    lattice: &Lattice,
    reach: f64,
    contours: &[Vec<[f64; 3]>],
    combine: Combine,
) -> Vec<u8> {
    let plane = |c: &[[f64; 3]]| c[0][2] - lattice.origin[2];
    let mut planes: Vec<f64> =
        contours.iter().filter(|c| has_extent(lattice, c)).map(|c| plane(c)).collect();
    planes.sort_by(f64::total_cmp);
    let distance = |k: usize, plane: f64| (plane - lattice.slices[k]).abs();
    draw(lattice, contours, combine, |c, k| {
        // The first of equals is the lower one.
        let near =
            planes.iter().copied().min_by(|a, b| distance(k, *a).total_cmp(&distance(k, *b)));
        near.is_some_and(|near| {
            distance(k, near) <= reach && (plane(c) - near).abs() <= 0.01 * reach
        })
    })
}

/// The mask of contours whose slices `belongs` tells.
fn draw(
    lattice: &Lattice,
    contours: &[Vec<[f64; 3]>],
    combine: Combine,
    belongs: impl Fn(&[[f64; 3]], usize) -> bool,
) -> Vec<u8> {
    let [nx, ny, nz] = lattice.shape;
    let mut out = Vec::new();
    for z in 0..nz {
        let here: Vec<_> =
            contours.iter().filter(|c| has_extent(lattice, c) && belongs(c, z)).collect();
        for y in 0..ny {
            for x in 0..nx {
                let each = here.iter().map(|c| crossings(lattice, c, x as f64, y as f64));
                let inside = match combine {
                    Combine::EvenOdd => each.map(|(n, _)| n).sum::<u32>() % 2 == 1,
                    Combine::Union => each.map(|(n, _)| n % 2).max() == Some(1),
                    Combine::Winding => each.map(|(_, s)| s).sum::<i32>() != 0,
                };
                out.push(u8::from(inside));
            }
        }
    }
    out
}
