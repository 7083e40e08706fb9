//! The three planes of the patient, as radiologists look at them: the patient's right is on the left of the picture.

use radiomics::Geometry;

/// A plane of voxels and how it lies on the picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Plane {
    pub name: &'static str,
    /// The voxel axis across the plane.
    pub normal: usize,
    /// The voxel axis that runs to the right of the picture, and whether it counts that way.
    pub right: (usize, bool),
    /// The voxel axis that runs up.
    pub up: (usize, bool),
    /// The patient's sides at left, right, top and bottom.
    pub letters: [String; 4],
}

/// Which voxel axis runs most along each axis of the patient: right, front, head.
fn nearest(geometry: &Geometry) -> [usize; 3] {
    let mut best = ([0, 1, 2], -1.0);
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let along: f64 = (0..3).map(|r| geometry.direction[r][order[r]].abs()).sum();
        if along > best.1 {
            best = (order, along);
        }
    }
    best.0
}

/// The side that a direction points to; several letters where it is oblique.
fn side(direction: [f64; 3]) -> String {
    const SIDES: [[&str; 2]; 3] = [["R", "L"], ["A", "P"], ["H", "F"]];
    /// About 17 degrees.
    const OBLIQUE: f64 = 0.3;
    let mut order = [0, 1, 2];
    order.sort_by(|a, b| direction[*b].abs().total_cmp(&direction[*a].abs()));
    let letters = order
        .iter()
        .enumerate()
        .filter(|(place, axis)| *place == 0 || direction[**axis].abs() > OBLIQUE)
        .map(|(_, axis)| SIDES[*axis][usize::from(direction[*axis] < 0.0)]);
    letters.collect()
}

impl Plane {
    /// Axial, coronal, sagittal.
    pub fn three(geometry: &Geometry) -> [Plane; 3] {
        let axes = nearest(geometry);
        // The axes of the patient: across, to the right of the picture, up; and which way they run there.
        let plane = |name, across: usize, right: (usize, f64), up: (usize, f64)| {
            let towards = |(patient, sign): (usize, f64)| {
                let voxel = axes[patient];
                let forwards = geometry.direction[patient][voxel] * sign >= 0.0;
                let sign = if forwards { 1.0 } else { -1.0 };
                let direction: [f64; 3] =
                    std::array::from_fn(|r| geometry.direction[r][voxel] * sign);
                ((voxel, forwards), direction)
            };
            let ((right, to_right), (up, to_top)) = (towards(right), towards(up));
            let opposite = |d: [f64; 3]| d.map(|x| -x);
            let letters = [opposite(to_right), to_right, to_top, opposite(to_top)].map(side);
            Plane { name, normal: axes[across], right, up, letters }
        };
        [
            plane("axial", 2, (0, -1.0), (1, 1.0)),
            plane("coronal", 1, (0, -1.0), (2, 1.0)),
            plane("sagittal", 0, (1, -1.0), (2, 1.0)),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::Plane;
    use radiomics::Geometry;

    fn geometry(direction: [[f64; 3]; 3]) -> Geometry {
        Geometry { direction, ..Geometry::axis_aligned([1.0; 3]) }
    }

    #[test]
    fn letters_follow_the_patient_whatever_the_voxels_do() {
        // Every order and sense of the voxel axes: the letters stay, the axes change.
        for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
            for signs in 0..8 {
                let mut direction = [[0.0; 3]; 3];
                for (voxel, patient) in order.iter().enumerate() {
                    direction[*patient][voxel] = if signs >> voxel & 1 == 1 { -1.0 } else { 1.0 };
                }
                let [axial, coronal, sagittal] = Plane::three(&geometry(direction));
                assert_eq!(axial.letters, ["R", "L", "A", "P"]);
                assert_eq!(coronal.letters, ["R", "L", "H", "F"]);
                assert_eq!(sagittal.letters, ["A", "P", "H", "F"]);
                // To the right of the axial picture is the patient's left: -x.
                let (axis, forwards) = axial.right;
                assert_eq!(direction[0][axis], if forwards { -1.0 } else { 1.0 });
                let (axis, forwards) = sagittal.up;
                assert_eq!(direction[2][axis], if forwards { 1.0 } else { -1.0 });
                assert_eq!(order[coronal.normal], 1);
            }
        }
    }

    #[test]
    fn oblique_axes_have_two_letters() {
        let (c, s) = (0.8, 0.6);
        let turned = geometry([[c, -s, 0.0], [s, c, 0.0], [0.0, 0.0, 1.0]]);
        let [axial, _, sagittal] = Plane::three(&turned);
        assert_eq!(axial.letters, ["RA", "LP", "AL", "PR"]);
        assert_eq!(sagittal.letters[2..], ["H", "F"]);
    }
}
