//! Morphology (IBSI HCUG): shape and size of the morphological mask.
//!
//! Shape is that of a mesh around the mask ([`mesh`]), of its voxel centres, and of bodies that enclose the mesh.
//! Moran's I and Geary's C, which belong to this family too, are computed by [`super::spatial`].
//!
//! # Symbols
//!
//! ```text
//! V, A   volume and area of the mesh            l1 >= l2 >= l3   eigenvalues of the covariance of the voxel
//! N      number of voxels                                        centres, divided by N - 1
//! v      volume of a voxel                      c                centre of the voxels, each of equal weight
//! ```
//!
//! Lengths are in mm. The mask is the morphological one; what reads intensities takes the voxels of the intensity
//! mask, and is undefined without any (`empty_intensity_mask`) or with NaN or infinity among them
//! (`non_finite_intensity`). An empty morphological mask leaves every feature undefined (`empty_region`). Reference:
//! IBSI manual, section *Morphological features*.
//!
//! # Features, in the order of the registry
//!
//! **Volume (mesh)** (RNU0): what the mesh encloses, in mm^3.
//!
//! ```text
//! V = |sum over triangles a, b, c of a . (b x c)| / 6
//! ```
//!
//! **Volume (voxel counting)** (YEKZ): in mm^3.
//!
//! ```text
//! N v
//! ```
//!
//! **Surface area** (C0JK): of the mesh, in mm^2.
//!
//! ```text
//! A = sum over triangles a, b, c of |(b - a) x (c - a)| / 2
//! ```
//!
//! **Surface to volume ratio** (2PR5): in 1/mm.
//!
//! ```text
//! A / V
//! ```
//!
//! **Compactness 1** (SKGS): likeness to a ball, for which it is 1 / (6 pi).
//!
//! ```text
//! V / (pi^(1/2) A^(3/2))
//! ```
//!
//! **Compactness 2** (BQWJ): likeness to a ball, for which it is 1.
//!
//! ```text
//! 36 pi V^2 / A^3
//! ```
//!
//! **Spherical disproportion** (KRCK): area relative to that of a ball of the same volume.
//!
//! ```text
//! A / (36 pi V^2)^(1/3)
//! ```
//!
//! **Sphericity** (QCFX): area of a ball of the same volume relative to that of the mesh.
//!
//! ```text
//! (36 pi V^2)^(1/3) / A
//! ```
//!
//! **Asphericity** (25C7): 0 for a ball.
//!
//! ```text
//! (A^3 / (36 pi V^2))^(1/3) - 1
//! ```
//!
//! **Centre of mass shift** (KLMA): how far the intensities lie from the centre of the shape, in mm. With w_k the
//! intensity and x_k the place of voxel k of the intensity mask; undefined when the intensities sum to 0
//! (`zero_denominator`).
//!
//! ```text
//! |c - sum_k w_k x_k / sum_k w_k|
//! ```
//!
//! **Maximum 3D diameter** (L0JK): largest distance between two vertices of the mesh, in mm.
//!
//! ```text
//! max_ij |x_i - x_j|
//! ```
//!
//! **Major, minor, least axis length** (TDIC, P9VJ, 7J51): axes of the ellipsoid with the covariance of the voxels, in
//! mm; 0 where the region has no extent. Undefined with one voxel (`too_few_voxels`).
//!
//! ```text
//! 4 l1^(1/2)      4 l2^(1/2)      4 l3^(1/2)
//! ```
//!
//! **Elongation, flatness** (Q3CK, N17B): from 0 for a line or a slice to 1 for what is equally long in all directions.
//! Undefined with one voxel (`too_few_voxels`).
//!
//! ```text
//! (l2 / l1)^(1/2)      (l3 / l1)^(1/2)
//! ```
//!
//! **Volume and area density**: of the mesh within another body of volume V_b and area A_b.
//!
//! ```text
//! V / V_b      A / A_b
//! ```
//!
//! | body | codes | |
//! |---|---|---|
//! | axis-aligned bounding box | PBX1, R59B | of the vertices of the mesh |
//! | oriented minimum bounding box | ZH1A, IQYR | the box of least volume in any orientation |
//! | approximate enclosing ellipsoid | 6BDE, RDD2 | semi-axes 2 l1^(1/2), 2 l2^(1/2), 2 l3^(1/2); undefined with one voxel (`too_few_voxels`) and when all voxel centres lie on a plane (`flat_region`) |
//! | minimum volume enclosing ellipsoid | SWZ1, BRI8 | of the vertices of the mesh; undefined when its bound is not reached (`not_converged`) |
//! | convex hull | R3ER, 7T7F | of the vertices of the mesh |
//!
//! The areas of ellipsoids are those of the manual's series, which [`extract`] cuts after 20 terms as the manual
//! says.
//!
//! **Integrated intensity** (99N0): in intensity times mm^3. With m the mean intensity of the intensity mask.
//!
//! ```text
//! V m
//! ```

mod axes;
mod cube;
mod ellipsoid;
mod extent;
pub mod hull;
pub mod mesh;
mod rows;
mod weights;

use crate::error::Error;
use crate::host::Watch;
use crate::math;
use crate::status::{Status, Value};
use crate::volume::{Intensities, Mask};
use crate::workspace::{Arena, Footprint};
use axes::Moments;
use extent::Extent;
use hull::Hull;
use mesh::Mesh;
use weights::Weights;

/// Number of features.
pub const FEATURES: usize = 27;
/// Values in the order of the registry.
pub type Features = [Value; FEATURES];

/// The costlier parts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Wanted {
    /// Convex hull densities and the maximum diameter.
    pub hull: bool,
    /// Densities of the oriented minimum bounding box.
    pub ombb: bool,
    /// Densities of the minimum volume enclosing ellipsoid.
    pub mvee: bool,
}

impl Wanted {
    const fn any(self) -> bool {
        self.hull || self.ombb || self.mvee
    }
}

/// What [`extract`] takes for any region in a box.
pub fn footprint(shape: [usize; 3], wanted: Wanted) -> Footprint {
    if wanted.any() { hull::footprint(shape, wanted.ombb, wanted.mvee) } else { Footprint::NONE }
}

/// Computes the features as [the family](self) defines them.
///
/// What is not wanted stays undefined (`not_computed`). `intensities` are the intensities of the mask's box, or why they
/// cannot be read: then what reads them is undefined for this reason.
///
/// # Errors
/// [`Error::WorkspaceTooSmall`], [`Error::Cancelled`], or [`Error::Invalid`] when the box of the region in
/// `intensities` has another shape than the mask.
pub fn extract(
    mask: &Mask,
    intensities: Result<&Intensities, Status>,
    spacing: [f64; 3],
    wanted: Wanted,
    watch: &Watch,
    mut scratch: Arena<'_>,
    out: &mut Features,
) -> Result<(), Error> {
    out.fill(Value::PENDING);
    if let Ok(intensities) = intensities {
        for (side, want) in intensities.region_shape().into_iter().zip(mask.shape()) {
            if side != want {
                let expected = "the mask's shape";
                return Err(Error::invalid("intensities.region_shape", side, expected));
            }
        }
    }
    let moments = Moments::of(mask, watch)?;
    if moments.count == 0 {
        out.fill(Value::undefined(Status::EmptyRegion));
        return Ok(());
    }
    let extent = Extent::of(mask, watch)?;
    let mesh = mesh::measure(mask, spacing, watch)?;
    let Mesh { volume, area } = mesh;
    let ball = 36.0 * core::f64::consts::PI * volume * volume;
    let cube = area * area * area;
    let round = math::cbrt(ball);
    out[0] = Value::ok(volume);
    out[1] = Value::ok(moments.count as f64 * voxel_volume(spacing));
    out[2] = Value::ok(area);
    out[3] = Value::ok(area / volume);
    out[4] = Value::ok(volume / (math::sqrt(core::f64::consts::PI) * area * math::sqrt(area)));
    out[5] = Value::ok(ball / cube);
    out[6] = Value::ok(area / round);
    out[7] = Value::ok(round / area);
    out[8] = Value::ok(area / round - 1.0);
    [out[9], out[26]] = match intensities {
        Ok(intensities) => {
            let weights = Weights::of(mask, intensities, &moments, watch)?;
            [weights.shift(spacing), weights.mean().map(|mean| volume * mean)]
        }
        Err(reason) => [Value::undefined(reason); 2],
    };
    principal(&moments, extent, &mesh, spacing, out);
    let sides = core::array::from_fn(|a| moments.sides()[a] as f64 * spacing[a]);
    [out[16], out[17]] = densities(&mesh, box_volume(sides), box_area(sides));
    if wanted.any()
        && let Some(hull) = Hull::build(mask, watch, &mut scratch)?
    {
        if wanted.hull {
            out[10] = Value::ok(hull.diameter(spacing, watch, scratch.scope())?);
            [out[24], out[25]] = densities(&mesh, hull.volume(spacing), hull.area(spacing));
        }
        if wanted.ombb {
            let sides = hull::ombb::minimal(&hull, spacing, watch, scratch.scope())?;
            [out[18], out[19]] = densities(&mesh, box_volume(sides), box_area(sides));
        }
        if wanted.mvee {
            let found = hull::mvee::enclosing(&hull, spacing, watch, scratch.scope())?;
            let axes = found.semi_axes;
            [out[22], out[23]] = if found.converged {
                densities(&mesh, ellipsoid::volume(axes), ellipsoid::area(axes))
            } else {
                [Value::undefined(Status::NotConverged); 2]
            };
        }
    }
    Ok(())
}

fn densities(mesh: &Mesh, volume: f64, area: f64) -> [Value; 2] {
    [Value::ok(mesh.volume / volume), Value::ok(mesh.area / area)]
}

fn box_volume([a, b, c]: [f64; 3]) -> f64 {
    a * b * c
}

fn box_area([a, b, c]: [f64; 3]) -> f64 {
    2.0 * (a * b + b * c + c * a)
}

/// Volume of a voxel in mm^3, the same however the axes are numbered.
fn voxel_volume(mut spacing: [f64; 3]) -> f64 {
    spacing.sort_unstable_by(f64::total_cmp);
    spacing[0] * spacing[1] * spacing[2]
}

/// Axes, elongation, flatness, and the approximate ellipsoid.
fn principal(
    moments: &Moments,
    extent: Extent,
    mesh: &Mesh,
    spacing: [f64; 3],
    out: &mut Features,
) {
    const AXES: [usize; 7] = [11, 12, 13, 14, 15, 20, 21];
    let values = match extent {
        Extent::Point => Err(Status::TooFewVoxels),
        _ => moments.eigenvalues(spacing, extent).ok_or(Status::Overflow),
    };
    let roots = match values {
        Ok(values) => values.map(math::sqrt),
        Err(reason) => {
            for i in AXES {
                out[i] = Value::undefined(reason);
            }
            return;
        }
    };
    for (i, root) in roots.iter().enumerate() {
        out[11 + i] = Value::ok(4.0 * root);
    }
    out[14] = Value::ok(roots[1] / roots[0]);
    out[15] = Value::ok(roots[2] / roots[0]);
    [out[20], out[21]] = if extent == Extent::Space {
        let axes = roots.map(|root| 2.0 * root);
        densities(mesh, ellipsoid::volume(axes), ellipsoid::area(axes))
    } else {
        [Value::undefined(Status::FlatRegion); 2]
    };
}
