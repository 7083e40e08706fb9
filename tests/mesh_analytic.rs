//! Shapes whose measures are known in closed form.

use support::boxes::{MaskBox, places};

use crate::morphology_naive::extract;
use crate::naive::morphology as naive;

fn solid(shape: [usize; 3], inside: impl Fn([f64; 3]) -> bool) -> MaskBox {
    let flags = places(shape).map(|p| 3 * u8::from(inside(p.map(|x| x as f64)))).collect();
    MaskBox { shape, flags }
}

fn measured(b: &MaskBox, spacing: [f64; 3]) -> radiomics::family::morphology::Features {
    let cells = b.shape.iter().product();
    extract(b, &vec![1.0; cells], spacing)
}

#[track_caller]
fn close(got: f64, want: f64, relative: f64) {
    assert!((got - want).abs() <= relative * want.abs(), "{got}, want {want}");
}

#[test]
fn one_voxel_is_an_octahedron() {
    let spacing = [2.0, 3.0, 4.0];
    let out = measured(&solid([1; 3], |_| true), spacing);
    let [a, b, c] = spacing.map(|s| s / 2.0);
    close(out[0].number(), 4.0 / 3.0 * a * b * c, 1e-14);
    let face = ((a * b).powi(2) + (b * c).powi(2) + (a * c).powi(2)).sqrt() / 2.0;
    close(out[2].number(), 8.0 * face, 1e-14);
    close(out[10].number(), 4.0, 1e-14);
    close(out[16].number(), 1.0 / 6.0, 1e-14);
    close(out[24].number(), 1.0, 1e-14);
    close(out[25].number(), 1.0, 1e-14);
}

/// A box of voxels is a box whose edges and corners are cut at half a voxel.
#[test]
fn boxes() {
    for (shape, spacing) in
        [([4, 3, 5], [1.0; 3]), ([1, 6, 2], [0.7, 1.3, 2.9]), ([2, 2, 2], [3.0, 1.0, 2.0])]
    {
        let out = measured(&solid(shape, |_| true), spacing);
        let [x, y, z] = [0, 1, 2].map(|i| shape[i] as f64);
        let v = spacing.iter().product::<f64>();
        // Along each edge a prism of an eighth of a voxel's section is missing; at a corner a 1/48 less of each.
        let edges = 4.0 * ((x - 1.0) + (y - 1.0) + (z - 1.0));
        let corner = 1.0 / 8.0 - 1.0 / 48.0;
        close(out[0].number(), (x * y * z - edges / 8.0 - 8.0 * corner) * v, 1e-13);
        let [a, b, c] = [0, 1, 2].map(|i| (shape[i] as f64 - 1.0) * spacing[i]);
        let [p, q, r] = spacing.map(|s| s / 2.0);
        let sides = 2.0 * (a * b + b * c + c * a);
        let bevel = |l: f64, s: f64, t: f64| 4.0 * l * (s * s + t * t).sqrt();
        let bevels = bevel(a, q, r) + bevel(b, p, r) + bevel(c, p, q);
        let corners = 8.0 * ((p * q).powi(2) + (q * r).powi(2) + (p * r).powi(2)).sqrt() / 2.0;
        close(out[2].number(), sides + bevels + corners, 1e-13);
        close(out[24].number(), 1.0, 1e-13);
        let full: f64 = [0, 1, 2].map(|i| shape[i] as f64 * spacing[i]).iter().product();
        close(out[16].number(), out[0].number() / full, 1e-13);
    }
}

#[test]
fn balls_and_ellipsoids_converge() {
    let pi = std::f64::consts::PI;
    for (radius, tolerance) in [(8.0, 0.03), (16.0, 0.01), (30.0, 0.004)] {
        let side = 2 * radius as usize + 3;
        let middle = (side - 1) as f64 / 2.0;
        let b = solid([side; 3], |p| {
            p.iter().map(|x| (x - middle).powi(2)).sum::<f64>() <= radius * radius
        });
        let spacing = [1.0, 1.5, 2.0];
        let out = measured(&b, spacing);
        close(out[0].number(), 4.0 / 3.0 * pi * radius.powi(3) * 3.0, tolerance);
        // Axes of a full ellipsoid: 4 sqrt(r^2 / 5).
        for (k, s) in [2.0, 1.5, 1.0].into_iter().enumerate() {
            close(out[11 + k].number(), 4.0 * radius * s / 5f64.sqrt(), tolerance);
        }
        close(out[14].number(), 0.75, tolerance);
        close(out[15].number(), 0.5, tolerance);
        // The area of a mesh with steps stays above the smooth one.
        let smooth = naive::ellipsoid_area([2.0 * radius, 1.5 * radius, radius]);
        assert!(out[2].number() > smooth && out[2].number() < 1.15 * smooth);
    }
}

/// The approximate ellipsoid: the area by the series of the manual, term by term with Legendre's polynomials: the
/// reference values are made with it, though it is not the exact area of an ellipsoid.
#[test]
fn area_of_the_approximate_ellipsoid() {
    for (shape, spacing) in
        [([7, 5, 4], [1.0, 1.0, 1.0]), ([9, 9, 9], [1.0; 3]), ([12, 6, 5], [1.0, 2.0, 1.0])]
    {
        let out = measured(&solid(shape, |_| true), spacing);
        let semi = [11, 12, 13].map(|k| out[k].number() / 2.0);
        let area = out[2].number() / out[21].number();
        close(area, naive::series_area(semi), 1e-12);
        let volume = 4.0 / 3.0 * std::f64::consts::PI * semi.iter().product::<f64>();
        close(out[0].number() / out[20].number(), volume, 1e-12);
    }
}

/// Every other voxel: as many octahedra.
#[test]
fn combs() {
    let b = solid([9, 5, 3], |p| p.iter().all(|x| x % 2.0 == 0.0));
    let out = measured(&b, [2.0; 3]);
    let teeth = 5.0 * 3.0 * 2.0;
    close(out[0].number(), teeth * 8.0 / 6.0, 1e-13);
    close(out[2].number(), teeth * 8.0 * 3f64.sqrt() / 2.0, 1e-13);
    close(out[1].number(), teeth * 8.0, 1e-13);
}
